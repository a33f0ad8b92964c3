//! Acts on many things at once: first a page that names each of them and says what will happen, then each by itself,
//! an act of its own with its own entry and upon the version that was shown, and a page that says of each what became
//! of it.
//!
//! Not here: which acts there are (`many_acts`).

use std::collections::{BTreeMap, BTreeSet};

use actix_web::http::Method;
use actix_web::{HttpRequest, HttpResponse};

use super::of;
use crate::acts::powers::Power;
use crate::acts::words::Text;
use crate::acts::{Desk, Wish, lookup};
use crate::domain::fault::Faults;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::fault_words;
use crate::web::refusal;
use crate::web::routes::Route;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::field::Field;
use crate::web::sheet::form::{Fields, Form, Hidden, bad};
use crate::web::sheet::table::{Bulk, Line, Table};
use crate::web::sheet::{Part, Sheet};

/// Most things that are done at once.
const AT_ONCE: usize = 100;

/// Names of firms by key.
pub type Names = BTreeMap<String, Text>;

/// One of the things.
pub struct Found {
    /// Where it stands.
    pub href: String,
    /// What it is called.
    pub name: String,
    /// A line beneath.
    pub under: String,
    /// Where it stands in its procedure.
    pub state: Cell,
    /// Its version.
    pub tag: String,
}

/// Finds one of the things.
pub type Finds = fn(&Desk, &Ctx, &Names, &str) -> Result<Found, Faults>;

/// An act on many things.
pub struct Many {
    /// Its path.
    pub path: &'static str,
    /// Its power.
    pub power: &'static Power,
    /// Key of its words; the key with `.means` says what will happen.
    pub words: &'static str,
    /// Entry of the navigation: key, path of the list.
    pub list: (&'static str, &'static str),
    /// Finds one.
    pub find: Finds,
    /// What is asked once for all of them.
    pub asks: fn(&Ctx) -> Vec<Field>,
    /// Does one.
    pub act: fn(&Desk, &str, &Fields) -> Result<(), Faults>,
}

/// The route of an act on many things.
pub const fn upon(many: &'static Many) -> Route {
    Route {
        method: Method::POST,
        path: many.path,
        who: of(many.power),
        shows: "an act on many things at once, each by itself",
        doc: None,
        handler: |r| r.to(act),
    }
}

/// Its page when nothing was sent: a language was changed, or the address typed.
pub const fn before(many: &'static Many) -> Route {
    Route {
        method: Method::GET,
        path: many.path,
        who: of(many.power),
        shows: "that nothing was chosen",
        doc: None,
        handler: |r| r.to(nothing),
    }
}

/// Ticks for the rows on which one of some acts is open; none where the reader's role may do none of them.
pub fn bulk(ctx: &Ctx, acts: &[&Many], open: impl IntoIterator<Item = String>) -> Option<Bulk> {
    let mine = acts.iter().filter(|m| ctx.can(m.power));
    let acts: Vec<[String; 2]> = mine
        .map(|m| [ctx.plain(m.path), ctx.t(m.words).to_owned()])
        .collect();
    let keys: BTreeSet<String> = open.into_iter().collect();
    (!acts.is_empty() && !keys.is_empty()).then_some(Bulk { acts, keys })
}

/// The act that a request names.
fn named(request: &HttpRequest) -> Option<&'static Many> {
    let pattern = request.match_pattern()?;
    let mut all = super::many_acts::ALL.iter();
    all.find(|m| pattern.ends_with(m.path)).copied()
}

async fn act(ctx: Ctx, caller: Caller, request: HttpRequest, sent: Fields) -> HttpResponse {
    let Some(many) = named(&request) else {
        return refusal::unlisted(request).await;
    };
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, many, &sent))
        .await
}

async fn nothing(ctx: Ctx, caller: Caller, request: HttpRequest) -> HttpResponse {
    act(ctx, caller, request, Fields::default()).await
}

fn sheet(desk: &Desk, ctx: &Ctx, many: &Many, sent: &Fields) -> Result<Sheet, Faults> {
    let keys = sent.all("key");
    if keys.len() > AT_ONCE {
        return Err(bad("key").into());
    }
    let (here, list) = many.list;
    let sheet = Sheet::new(here, ctx.t(many.words))
        .under(ctx.plain(list), ctx.t(&format!("nav.{here}")).to_owned());
    if keys.is_empty() {
        let none = Part::Note("info", ctx.t("many.none").to_owned());
        return Ok(sheet
            .with("none", "", none)
            .with("back", "", back(ctx, list)));
    }
    let names = lookup::firms(desk).unwrap_or_default();
    match sent.ticked("sure") {
        true => Ok(done(desk, ctx, many, (&keys, sent, &names), sheet)),
        false => Ok(asked(desk, ctx, many, (&keys, &names), sheet)),
    }
}

fn back(ctx: &Ctx, list: &str) -> Part {
    Part::Buttons(vec![super::told::button(ctx, list, "many.back")])
}

/// Before the act: what will happen, and to which of them.
fn asked(
    desk: &Desk,
    ctx: &Ctx,
    many: &Many,
    (keys, names): (&[String], &Names),
    sheet: Sheet,
) -> Sheet {
    let means = ctx.t(&format!("{}.means", many.words)).to_owned();
    let says = format!("{} {} {means}", keys.len(), ctx.t("many.chosen"));
    let mut form = Form::new("act", ctx.plain(many.path), ctx.t(many.words))
        .says(&says)
        .hidden("sure", "yes")
        .cancel(ctx.plain(many.list.1));
    let fields = (many.asks)(ctx);
    if !fields.is_empty() {
        form = form.group("", "", fields);
    }
    let mut lines = Vec::new();
    for key in keys {
        let found = (many.find)(desk, ctx, names, key);
        if let Ok(found) = &found {
            form.hidden.push(Hidden::new("key", key));
            form.hidden
                .push(Hidden::new(&format!("tag.{key}"), &found.tag));
        }
        lines.push(match found {
            Ok(found) => Line {
                key: key.clone(),
                cells: vec![
                    Cell::link(found.href, found.name).under(found.under),
                    found.state,
                ],
            },
            Err(faults) => Line {
                key: key.clone(),
                cells: vec![Cell::key(key.clone()), Cell::text(said(ctx, &faults))],
            },
        });
    }
    let heads = [("name", ctx.t("many.what")), ("state", ctx.t("state"))];
    let table = Table::plain(ctx, ctx.t("many.those"), &heads, lines);
    sheet
        .with("act", "", Part::Form(form))
        .with("those", ctx.t("many.those"), Part::Table(table))
}

/// Does each by itself, and says of each what became of it.
fn done(
    desk: &Desk,
    ctx: &Ctx,
    many: &Many,
    (keys, sent, names): (&[String], &Fields, &Names),
    sheet: Sheet,
) -> Sheet {
    let mut lines = Vec::new();
    let mut count = 0;
    for (n, key) in keys.iter().enumerate() {
        let outcome = (many.act)(&desk.wishing(wish(sent, n, key)), key, sent);
        count += usize::from(outcome.is_ok());
        let (result, why) = match outcome {
            Ok(()) => (Cell::state("done", ctx.t("many.done")), String::new()),
            Err(faults) => (
                Cell::state("failed", ctx.t("many.not_done")),
                said(ctx, &faults),
            ),
        };
        let (name, state) = match (many.find)(desk, ctx, names, key) {
            Ok(found) => (
                Cell::link(found.href, found.name).under(found.under),
                found.state,
            ),
            Err(_) => (Cell::key(key.clone()), Cell::none()),
        };
        lines.push(Line {
            key: key.clone(),
            cells: vec![name, result, state, Cell::text(why)],
        });
    }
    let heads = [
        ("name", ctx.t("many.what")),
        ("result", ctx.t("many.result")),
        ("state", ctx.t("many.now")),
        ("why", ctx.t("many.why")),
    ];
    let table = Table::plain(ctx, ctx.t("many.results"), &heads, lines);
    let left = keys.len() - count;
    let (kind, text) = match left {
        0 => ("good", format!("{} {}", ctx.t("many.all_done"), count)),
        left => (
            "warn",
            format!(
                "{} {count} · {} {left}",
                ctx.t("many.done"),
                ctx.t("many.not_done")
            ),
        ),
    };
    sheet
        .with("told", "", Part::Note(kind, text))
        .with("results", ctx.t("many.results"), Part::Table(table))
        .with("back", "", back(ctx, many.list.1))
}

/// Upon the version that was shown, and once, however often the form is sent.
fn wish(sent: &Fields, n: usize, key: &str) -> Wish {
    let value = |name: &str| Some(sent.get(name).to_owned()).filter(|v| !v.is_empty());
    let once = value("once").filter(|once| once.len() <= 180);
    Wish {
        unchanged: value(&format!("tag.{key}")),
        once: once.map(|once| format!("{once}.{n}")),
        ..Wish::default()
    }
}

fn said(ctx: &Ctx, faults: &Faults) -> String {
    let said = fault_words::said(ctx, faults);
    let lines: Vec<String> = said
        .iter()
        .map(|s| format!("{} {}", s.line(), s.code))
        .collect();
    lines.join(" ")
}
