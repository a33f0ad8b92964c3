//! Sheets: the common form of every working page. A handler says what a page holds (figures, tables,
//! forms, steps, pictures); how it looks is said once, in `templates/sheet.html`.
//!
//! Not here: what any page holds (`portal`), how it is answered (`screen`).

pub mod cell;
pub mod chart;
pub mod field;
pub mod form;
pub mod narrow;
pub mod spots;
pub mod stack;
pub mod steps;
pub mod table;

use askama::Template;

use super::context::Ctx;
use crate::domain::fault::Faults;
use cell::Cell;
use chart::Chart;
use field::Input;
use form::{Fields, Form};
use spots::Spots;
use stack::Stack;
use steps::{Event, Stage};
use table::Table;

/// A link that looks like a button.
#[derive(Debug, Clone)]
pub struct Button {
    /// Address.
    pub href: String,
    /// What it says.
    pub label: String,
    /// `primary`, `danger` or nothing.
    pub kind: &'static str,
}

/// One rule with its outcome.
#[derive(Debug, Clone)]
pub struct Rule {
    /// `met`, `not_met` or `needs_evidence`.
    pub outcome: &'static str,
    /// The outcome in words.
    pub word: String,
    /// The rule.
    pub label: String,
    /// What was compared.
    pub detail: String,
    /// Clause and basis.
    pub clause: String,
}

/// A card of a choice: somebody to enter as, something to do next.
#[derive(Debug, Clone)]
pub struct Card {
    /// Heading.
    pub title: String,
    /// What it is.
    pub text: String,
    /// Where it leads.
    pub href: String,
    /// Words of the link.
    pub label: String,
    /// The login that is sent to the address instead of a link; empty for links.
    pub post: String,
}

/// A door of a demonstration: accounts of one firm, district or office to enter as.
#[derive(Debug, Clone)]
pub struct Door {
    /// Whose accounts they are.
    pub title: String,
    /// What they do.
    pub text: String,
    /// Where it is entered.
    pub enter: String,
    /// Login, words of each.
    pub ways: Vec<[String; 2]>,
}

/// A step of the path through a demonstration.
#[derive(Debug, Clone)]
pub struct Walk {
    /// Number.
    pub n: usize,
    /// `done`, `now` or `next`.
    pub state: &'static str,
    /// The state in words.
    pub word: String,
    /// What it is.
    pub title: String,
    /// What to do.
    pub text: String,
    /// Where it is entered.
    pub enter: String,
    /// Ways in: login, the page that it leads to, words.
    pub ways: Vec<[String; 3]>,
}

/// A map that is fetched view by view.
pub struct View {
    /// Address of the marks; box and zoom are added to it.
    pub src: String,
    /// Pattern of a link to a site.
    pub site: String,
    /// Address of the ground under them.
    pub ground: String,
}

/// What fits what is being typed, and why the rest does not.
#[derive(Debug, Clone, Default)]
pub struct Fits {
    /// How many fit.
    pub fit: usize,
    /// Of how many.
    pub all: usize,
    /// Some of those that fit: address, name, what it is.
    pub some: Vec<[String; 3]>,
    /// Why the others do not: rule, how many.
    pub why: Vec<(String, usize)>,
    /// Where all of them stand.
    pub more: String,
}

/// Something that waits to be put somewhere: chosen by its link, or dragged onto a unit.
#[derive(Debug, Clone)]
pub struct Chip {
    /// Key.
    pub key: String,
    /// What it says.
    pub label: String,
    /// A line beneath.
    pub under: String,
    /// Chooses it.
    pub href: String,
    /// A further link: address, words.
    pub more: (String, String),
    /// True when it is chosen.
    pub chosen: bool,
}

/// What a section shows.
pub enum Part {
    /// Names and values.
    Pairs(Vec<(String, Cell)>),
    /// Large figures: name, value, unit, foot.
    Figures(Vec<[String; 4]>),
    /// A table.
    Table(Table),
    /// Filters above a table.
    Filter(Form),
    /// A form.
    Form(Form),
    /// Paragraphs.
    Text(Vec<String>),
    /// A text as it is written, for records.
    Raw(String),
    /// What a person must know: kind (`info`, `good`, `warn`), text.
    Note(&'static str, String),
    /// Steps of a procedure.
    Steps(Vec<Stage>),
    /// What happened, in order.
    Events(Vec<Event>),
    /// Rules with their outcome.
    Rules(Vec<Rule>),
    /// A picture.
    Chart(Chart),
    /// A building by floor.
    Stack(Stack),
    /// Cards.
    Cards(Vec<Card>),
    /// Accounts of a demonstration to enter as.
    Doors(Vec<Door>),
    /// Rules with their outcome, and what fits.
    Live(Vec<Rule>, Option<Fits>),
    /// The path through a demonstration.
    Path(Vec<Walk>),
    /// What is being made: a text, the address that answers when it is there, and where to go then.
    Await(String, String, String),
    /// A map that is fetched view by view.
    View(View),
    /// A map by which the wishes and stations of the form beneath are chosen; the address of its features.
    Picker(String),
    /// A map: address of its features, pattern of a link to a site.
    Map(String, String),
    /// What a file would change, on the map.
    Spots(Spots),
    /// Buttons.
    Buttons(Vec<Button>),
    /// What waits to be put somewhere.
    Tray(Vec<Chip>),
}

/// A section of a sheet.
pub struct Section {
    /// Key, for addresses within the page.
    pub key: &'static str,
    /// Heading; empty for none.
    pub heading: String,
    /// Half as wide as the page, where there is room.
    pub half: bool,
    /// What it shows.
    pub part: Part,
}

/// A page.
#[derive(Default)]
pub struct Sheet {
    /// Key of the entry of the navigation.
    pub here: &'static str,
    /// Title.
    pub title: String,
    /// The way to it: address, words.
    pub crumbs: Vec<(String, String)>,
    /// Where the thing stands: class, word.
    pub state: Option<(String, String)>,
    /// A sentence under the title.
    pub lead: String,
    /// Buttons beside the title.
    pub actions: Vec<Button>,
    /// Sections.
    pub sections: Vec<Section>,
    /// Address of the events upon which the sections are fetched anew; empty for a page that stands still.
    pub live: String,
}

impl Sheet {
    /// An empty page.
    pub fn new(here: &'static str, title: impl Into<String>) -> Sheet {
        Sheet {
            here,
            title: title.into(),
            ..Sheet::default()
        }
    }

    /// The same with one more step of the way to it.
    #[must_use]
    pub fn under(mut self, href: String, label: impl Into<String>) -> Sheet {
        self.crumbs.push((href, label.into()));
        self
    }

    /// The same with a sentence under the title.
    #[must_use]
    pub fn lead(mut self, text: impl Into<String>) -> Sheet {
        self.lead = text.into();
        self
    }

    /// The same with a state.
    #[must_use]
    pub fn state(mut self, class: &str, word: impl Into<String>) -> Sheet {
        self.state = Some((class.to_owned(), word.into()));
        self
    }

    /// The same with a button.
    #[must_use]
    pub fn button(mut self, href: String, label: impl Into<String>, kind: &'static str) -> Sheet {
        self.actions.push(Button {
            href,
            label: label.into(),
            kind,
        });
        self
    }

    /// The same with a section as wide as the page.
    #[must_use]
    pub fn with(mut self, key: &'static str, heading: impl Into<String>, part: Part) -> Sheet {
        self.sections.push(Section {
            key,
            heading: heading.into(),
            half: false,
            part,
        });
        self
    }

    /// The same with a section half as wide.
    #[must_use]
    pub fn half(mut self, key: &'static str, heading: impl Into<String>, part: Part) -> Sheet {
        self = self.with(key, heading, part);
        if let Some(last) = self.sections.last_mut() {
            last.half = true;
        }
        self
    }

    /// The same after a form was refused: what was typed stands again, with what is wrong.
    #[must_use]
    pub fn again(mut self, ctx: &Ctx, sent: &Fields, faults: &Faults) -> Sheet {
        let name = sent.get("of");
        let forms = self.sections.iter_mut().filter_map(|s| match &mut s.part {
            Part::Form(form) => Some(form),
            _ => None,
        });
        let mut forms: Vec<&mut Form> = forms.collect();
        let at = forms.iter().position(|f| f.name == name).unwrap_or(0);
        match forms.get_mut(at) {
            Some(form) => form.again(ctx, sent, faults),
            None => {
                let said = super::fault_words::said(ctx, faults);
                let text = said.iter().map(|s| s.line()).collect::<Vec<_>>().join(" ");
                self.sections.insert(
                    0,
                    Section {
                        key: "refused",
                        heading: String::new(),
                        half: false,
                        part: Part::Note("warn", text),
                    },
                );
            }
        }
        self
    }

    /// True when the page has filters of its own.
    pub fn has_filter(&self) -> bool {
        self.sections
            .iter()
            .any(|s| matches!(s.part, Part::Filter(_)))
    }

    /// True when a map is shown, so that its scripts are needed.
    pub fn has_map(&self) -> bool {
        self.sections.iter().any(|s| {
            use Part::{Map, Picker, Spots, View};
            matches!(s.part, Map(..) | View(_) | Picker(_) | Spots(_))
        })
    }

    /// True when rows can be ticked, or read beside their list.
    pub fn has_rows(&self) -> bool {
        let rows = |s: &Section| match &s.part {
            Part::Table(table) => table.whole || table.bulk.is_some(),
            _ => false,
        };
        self.sections.iter().any(rows)
    }

    /// True when a scale answers while it is moved.
    pub fn has_scale(&self) -> bool {
        let scale = |s: &Section| matches!(&s.part, Part::Filter(form) if !form.live.is_empty());
        self.sections.iter().any(scale)
    }

    /// True when the map is one to choose by.
    pub fn has_picker(&self) -> bool {
        self.sections
            .iter()
            .any(|s| matches!(s.part, Part::Picker(_)))
    }

    /// True when something can be dragged onto a unit.
    pub fn has_tray(&self) -> bool {
        self.sections
            .iter()
            .any(|s| matches!(s.part, Part::Tray(_)))
    }

    /// The same, fetched anew whenever an event comes from this address.
    #[must_use]
    pub fn live(mut self, events: String) -> Sheet {
        self.live = events;
        self
    }

    /// The page as HTML.
    ///
    /// # Errors
    /// When the template fails.
    pub fn render(&self, ctx: &Ctx) -> askama::Result<String> {
        Page {
            c: ctx,
            here: self.here,
            sheet: self,
        }
        .render()
    }
}

#[derive(Template)]
#[template(path = "sheet.html")]
struct Page<'a> {
    c: &'a Ctx,
    here: &'static str,
    sheet: &'a Sheet,
}
