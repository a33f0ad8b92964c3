//! Forms: fields in groups, what is wrong with them, and what was sent. A refused form comes back with
//! everything that was typed.
//!
//! Not here: what is done with it (`portal`).

use std::str::FromStr;

use super::field::{Field, Input};
use crate::domain::fault::{Code, Fault, Faults, Place};
use crate::web::context::Ctx;
use crate::web::fault_words::{self, Said};

/// A field of a form cannot be read.
pub const BAD_FIELD: Code = Code("WB140");

/// A value that goes along unseen.
#[derive(Debug, Clone)]
pub struct Hidden {
    /// Name.
    pub name: String,
    /// Value.
    pub value: String,
}

impl Hidden {
    /// A value that goes along unseen.
    pub fn new(name: &str, value: &str) -> Hidden {
        Hidden {
            name: name.to_owned(),
            value: value.to_owned(),
        }
    }
}

/// Fields that belong together.
#[derive(Debug, Clone, Default)]
pub struct Group {
    /// Heading; empty for none.
    pub legend: String,
    /// What to know.
    pub hint: String,
    /// Fields.
    pub fields: Vec<Field>,
}

/// A form.
#[derive(Debug, Clone, Default)]
pub struct Form {
    /// Name, which tells forms of a page apart.
    pub name: &'static str,
    /// Where it goes.
    pub action: String,
    /// Groups of fields.
    pub groups: Vec<Group>,
    /// Values that go along.
    pub hidden: Vec<Hidden>,
    /// What the button says.
    pub submit: String,
    /// Further buttons: name, value, words.
    pub more: Vec<[String; 3]>,
    /// Where to go instead.
    pub cancel: String,
    /// What will happen, said before it does.
    pub consequence: String,
    /// True when it cannot be undone.
    pub danger: bool,
    /// True when it is asked once more before it is sent: it stands beside other things.
    pub sure: bool,
    /// True when it sends files.
    pub files: bool,
    /// What is wrong, with the names of the fields.
    pub faults: Vec<Said>,
    /// Key under which the act is done once.
    pub once: String,
    /// True when a file is the answer, so that the page stays.
    pub keeps: bool,
    /// Where what is typed is sent while it is typed; the section `live` of the answer takes the place of that
    /// of the page. Empty for none.
    pub live: String,
}

impl Form {
    /// A form.
    pub fn new(name: &'static str, action: String, submit: &str) -> Form {
        Form {
            name,
            action,
            submit: submit.to_owned(),
            once: uuid::Uuid::now_v7().simple().to_string(),
            ..Form::default()
        }
    }

    /// The same with a group of fields.
    #[must_use]
    pub fn group(mut self, legend: &str, hint: &str, fields: Vec<Field>) -> Form {
        self.groups.push(Group {
            legend: legend.to_owned(),
            hint: hint.to_owned(),
            fields,
        });
        self
    }

    /// The same with a value that goes along.
    #[must_use]
    pub fn hidden(mut self, name: &str, value: &str) -> Form {
        self.hidden.push(Hidden::new(name, value));
        self
    }

    /// The same, saying what will happen.
    #[must_use]
    pub fn says(mut self, consequence: &str) -> Form {
        consequence.clone_into(&mut self.consequence);
        self
    }

    /// The same for what cannot be undone.
    #[must_use]
    pub fn danger(mut self) -> Form {
        self.danger = true;
        self
    }

    /// The same for what cannot be undone and stands beside other things: it is asked once more.
    #[must_use]
    pub fn sure(mut self) -> Form {
        (self.danger, self.sure) = (true, true);
        self
    }

    /// The same, sending files.
    #[must_use]
    pub fn files(mut self) -> Form {
        self.files = true;
        self
    }

    /// The same, answered by a file.
    #[must_use]
    pub fn keeps(mut self) -> Form {
        self.keeps = true;
        self
    }

    /// The same with a way out.
    #[must_use]
    pub fn cancel(mut self, href: String) -> Form {
        self.cancel = href;
        self
    }

    /// The same with a further button.
    #[must_use]
    pub fn also(mut self, name: &str, value: &str, label: &str) -> Form {
        self.more.push([name, value, label].map(str::to_owned));
        self
    }

    /// Fills in what was sent and says what is wrong.
    pub fn again(&mut self, ctx: &Ctx, sent: &Fields, faults: &Faults) {
        self.faults = fault_words::said(ctx, faults);
        let fields = self.groups.iter_mut().flat_map(|g| &mut g.fields);
        for field in fields {
            match field.input {
                Input::Many(_) => field.chosen = sent.all(&field.name),
                Input::Line("password" | "file") => {}
                _ => sent.get(&field.name).clone_into(&mut field.value),
            }
            let mine = self.faults.iter().find(|f| f.field == field.name);
            if let Some(fault) = mine {
                field.error = fault.line();
            }
        }
    }
}

/// What was sent.
#[derive(Debug, Clone, Default)]
pub struct Fields {
    pairs: Vec<(String, String)>,
    /// The file, if one was sent: its name and bytes.
    pub file: Option<(String, Vec<u8>)>,
}

impl Fields {
    /// What was sent, as names and values.
    pub fn of(pairs: Vec<(String, String)>) -> Fields {
        Fields { pairs, file: None }
    }

    /// A value; empty when there is none. Blanks at its ends fall away.
    pub fn get(&self, name: &str) -> &str {
        let found = self.pairs.iter().find(|(k, _)| k == name);
        found.map(|(_, v)| v.trim()).unwrap_or_default()
    }

    /// A value as it was sent: secrets may begin with a blank.
    pub fn raw(&self, name: &str) -> &str {
        let found = self.pairs.iter().find(|(k, _)| k == name);
        found.map(|(_, v)| v.as_str()).unwrap_or_default()
    }

    /// All values of a name that are not empty.
    pub fn all(&self, name: &str) -> Vec<String> {
        let mine = self.pairs.iter().filter(|(k, _)| k == name);
        let values = mine.map(|(_, v)| v.trim().to_owned());
        values.filter(|v| !v.is_empty()).collect()
    }

    /// True when ticked.
    pub fn ticked(&self, name: &str) -> bool {
        self.get(name) == "yes"
    }

    /// A value that can be read; `None` when it is empty. WB140.
    pub fn maybe<T: FromStr>(&self, name: &str) -> Result<Option<T>, Fault> {
        match self.get(name) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| bad(name)),
        }
    }

    /// A value that can be read; WB140 when it is empty, too.
    pub fn need<T: FromStr>(&self, name: &str) -> Result<T, Fault> {
        self.get(name).parse().map_err(|_| bad(name))
    }

    /// All values of a name, read; WB140.
    pub fn list<T: FromStr>(&self, name: &str) -> Result<Vec<T>, Fault> {
        let read = |v: String| v.parse().map_err(|_| bad(name));
        self.all(name).into_iter().map(read).collect()
    }
}

/// WB140 of a field.
pub fn bad(name: &str) -> Fault {
    let place = Place {
        column: Some(name.to_owned()),
        ..Place::default()
    };
    let cause = "the field is empty or cannot be read";
    Fault::new(BAD_FIELD, cause, "correct the field").at(place)
}
