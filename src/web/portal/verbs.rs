//! Acts with a page of their own: it says what will happen, asks what the act needs, and carries the version that
//! the reader saw. One table of verbs for each noun; what is common to all of them is here.
//!
//! Not here: any act (`money`, `supervision`), acts on cases and rounds (`case_acts`, `round_acts`).

use std::collections::BTreeMap;
use std::str::FromStr;

use actix_web::http::Method;
use actix_web::{HttpRequest, HttpResponse};

use super::{money, of, policy_acts, retention, supervision};
use crate::acts::powers::Power;
use crate::acts::{Desk, refuse};
use crate::domain::fault::Faults;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::format::encoded;
use crate::web::links::decoded;
use crate::web::refusal;
use crate::web::routes::Route;
use crate::web::screen::Went;
use crate::web::sheet::field::Field;
use crate::web::sheet::form::{Fields, Form, Group};
use crate::web::sheet::{Part, Sheet};

/// The keys in a path, by name.
#[derive(Debug, Clone)]
pub struct Keys(BTreeMap<String, String>);

impl Keys {
    /// The keys in the path of a request.
    fn of(request: &HttpRequest) -> Keys {
        let pairs = request.match_info().iter();
        Keys(pairs.map(|(k, v)| (k.to_owned(), decoded(v))).collect())
    }

    /// A key as it stands in the path.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map(String::as_str).unwrap_or_default()
    }

    /// A key, read; AC013 when it is none: nothing has such a key.
    pub fn read<T: FromStr>(&self, name: &'static str) -> Result<T, Faults> {
        let text = self.get(name);
        text.parse()
            .map_err(|_| refuse::absent(name, text.to_owned()).into())
    }

    /// A path with the keys of this one in place of its names.
    pub fn filled(&self, path: &str) -> String {
        self.0.iter().fold(path.to_owned(), |path, (name, value)| {
            path.replace(&format!("{{{name}}}"), &encoded(value))
        })
    }
}

/// What an act stands on.
#[derive(Default)]
pub struct Stand {
    /// Key of the entry of the navigation.
    pub here: &'static str,
    /// The way to it: paths and words; the last one is where it leads back.
    pub way: Vec<(String, String)>,
    /// Where the thing stands: class, word.
    pub state: Option<(String, String)>,
    /// Version of the thing as the reader saw it; empty where the act brings something new into being.
    pub tag: String,
    /// What the act asks.
    pub groups: Vec<Group>,
    /// What the reader should see before it.
    pub about: Vec<(&'static str, String, Part)>,
}

impl Stand {
    /// What stands under an entry of the navigation.
    pub fn under(here: &'static str, path: &str, words: impl Into<String>) -> Stand {
        Stand {
            here,
            way: vec![(path.to_owned(), words.into())],
            ..Stand::default()
        }
    }

    /// The same, one step deeper.
    #[must_use]
    pub fn at(mut self, path: String, words: impl Into<String>) -> Stand {
        self.way.push((path, words.into()));
        self
    }

    /// The same with where the thing stands.
    #[must_use]
    pub fn state(mut self, class: &str, word: String) -> Stand {
        self.state = Some((class.to_owned(), word));
        self
    }

    /// The same with the version that the reader saw.
    #[must_use]
    pub fn tag(mut self, tag: String) -> Stand {
        self.tag = tag;
        self
    }

    /// The same, asking this.
    #[must_use]
    pub fn asks(mut self, fields: Vec<Field>) -> Stand {
        if !fields.is_empty() {
            self.groups.push(Group {
                fields,
                ..Group::default()
            });
        }
        self
    }

    /// The same, asking this under a heading.
    #[must_use]
    pub fn group(mut self, legend: &str, hint: &str, fields: Vec<Field>) -> Stand {
        self.groups.push(Group {
            legend: legend.to_owned(),
            hint: hint.to_owned(),
            fields,
        });
        self
    }

    /// The same, showing this beside the form.
    #[must_use]
    pub fn about(mut self, key: &'static str, heading: &str, part: Part) -> Stand {
        self.about.push((key, heading.to_owned(), part));
        self
    }
}

/// Finds what an act stands on.
pub type Stands = fn(&Desk, &Ctx, &Keys) -> Result<Stand, Faults>;

/// An act with a page of its own.
pub struct Verb {
    /// Its path.
    pub path: &'static str,
    /// Its power.
    pub power: &'static Power,
    /// Key of its words; the key with `.means` says what will happen.
    pub words: &'static str,
    /// True when it cannot be undone.
    pub danger: bool,
    /// What it stands on.
    pub stands: Stands,
    /// Does it; gives where to go then.
    pub act: fn(&Desk, &Keys, &Fields) -> Result<Went, Faults>,
}

/// A verb that can be undone.
pub const fn verb(
    path: &'static str,
    power: &'static Power,
    words: &'static str,
    stands: Stands,
    act: fn(&Desk, &Keys, &Fields) -> Result<Went, Faults>,
) -> Verb {
    Verb {
        path,
        power,
        words,
        danger: false,
        stands,
        act,
    }
}

/// Every verb.
const ALL: &[&[Verb]] = &[
    money::quotas::VERBS,
    money::claim_acts::VERBS,
    money::bank::VERBS,
    money::settlements::VERBS,
    money::batches::VERBS,
    money::claw_backs::VERBS,
    supervision::statement_acts::VERBS,
    supervision::draw_acts::VERBS,
    supervision::visits::VERBS,
    supervision::finding_acts::VERBS,
    supervision::sanctions::VERBS,
    retention::VERBS,
    policy_acts::VERBS,
];

/// The page of a verb.
pub const fn before(verb: &'static Verb) -> Route {
    Route {
        method: Method::GET,
        path: verb.path,
        who: of(verb.power),
        shows: "what an act will do, before it does",
        doc: None,
        handler: |r| r.to(ask),
    }
}

/// The act of a verb.
pub const fn upon(verb: &'static Verb) -> Route {
    Route {
        method: Method::POST,
        path: verb.path,
        who: of(verb.power),
        shows: "the act itself",
        doc: None,
        handler: |r| r.to(act),
    }
}

/// The verb that a request names.
fn named(request: &HttpRequest) -> Option<&'static Verb> {
    let pattern = request.match_pattern()?;
    let all = ALL.iter().flat_map(|some| some.iter());
    let mine = all.filter(|v| pattern.ends_with(v.path));
    mine.max_by_key(|v| v.path.len())
}

/// True when a verb of a path may be done by the reader's role.
pub fn may(ctx: &Ctx, verb: &Verb) -> bool {
    ctx.can(verb.power)
}

/// The same sheet with a button for each of some verbs that the reader's role may do; the first one stands out.
pub fn buttons(mut sheet: Sheet, ctx: &Ctx, keys: &Keys, verbs: &[&'static Verb]) -> Sheet {
    let mine = verbs.iter().filter(|v| may(ctx, v));
    for (n, verb) in mine.enumerate() {
        let kind = match (verb.danger, n) {
            (true, _) => "danger",
            (false, 0) => "primary",
            _ => "",
        };
        sheet = sheet.button(ctx.plain(&keys.filled(verb.path)), ctx.t(verb.words), kind);
    }
    sheet
}

/// Keys for links: names and values.
pub fn keys(pairs: &[(&str, &str)]) -> Keys {
    let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    Keys(pairs.iter().map(pair).collect())
}

async fn ask(ctx: Ctx, caller: Caller, request: HttpRequest) -> HttpResponse {
    let keys = Keys::of(&request);
    match named(&request) {
        Some(verb) => {
            caller
                .see(ctx, move |desk, ctx| sheet(desk, ctx, &keys, verb))
                .await
        }
        None => refusal::unlisted(request).await,
    }
}

fn sheet(desk: &Desk, ctx: &Ctx, keys: &Keys, verb: &Verb) -> Result<Sheet, Faults> {
    let stand = (verb.stands)(desk, ctx, keys)?;
    let words = ctx.t(verb.words).to_owned();
    let back = stand.way.last().map(|(path, _)| path.clone());
    let mut form = Form::new("act", ctx.plain(&keys.filled(verb.path)), &words)
        .says(ctx.t(&format!("{}.means", verb.words)))
        .cancel(ctx.plain(&back.unwrap_or_else(|| "/desk".to_owned())));
    if !stand.tag.is_empty() {
        form = form.hidden("tag", &stand.tag);
    }
    form.groups = stand.groups;
    form.danger = verb.danger;
    let mut sheet = Sheet::new(stand.here, words);
    for (path, label) in stand.way {
        sheet = sheet.under(ctx.plain(&path), label);
    }
    if let Some((class, word)) = stand.state {
        sheet = sheet.state(&class, word);
    }
    sheet = sheet.with("act", "", Part::Form(form));
    for (key, heading, part) in stand.about {
        sheet = sheet.with(key, heading, part);
    }
    Ok(sheet)
}

async fn act(ctx: Ctx, caller: Caller, request: HttpRequest, sent: Fields) -> HttpResponse {
    let Some(verb) = named(&request) else {
        return refusal::unlisted(request).await;
    };
    let keys = Keys::of(&request);
    let his = keys.clone();
    caller
        .does(
            ctx,
            sent,
            move |desk, sent| (verb.act)(desk, &keys, sent),
            move |desk, ctx| sheet(desk, ctx, &his, verb),
        )
        .await
}
