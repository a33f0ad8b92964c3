//! The manual: one short chapter for each page, in both languages, reached by the "?" beside its title.
//!
//! Not here: the chapters (`words/manual.tsv`).

use actix_web::{HttpResponse, web};

use super::page;
use crate::acts::Desk;
use crate::domain::fault::Faults;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::refusal::missing;
use crate::web::routes::{Route, Who};
use crate::web::sheet::{Card, Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[
    page("/manual", Who::Public, "the manual", |r| r.to(all)),
    page(
        "/manual/{key}",
        Who::Public,
        "a chapter of the manual",
        |r| r.to(one),
    ),
];

/// Chapters beside those of the navigation: key, path.
const OWN: [(&str, &str); 2] = [("start", "/"), ("account", "/account")];

/// Chapters of pages about a plan or a table, which are reached from the rounds and the tables: key, path.
const DEEPER: [(&str, &str); 7] = [
    ("board", "/rounds"),
    ("money", "/rounds"),
    ("conflict", "/rounds"),
    ("frontier", "/rounds"),
    ("fairness", "/rounds"),
    ("freed", "/rounds"),
    ("compare", "/rounds"),
];

async fn all(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, contents).await
}

fn contents(_: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let card = |key: &str, title: String| Card {
        title,
        text: first(ctx, key),
        href: ctx.plain(&format!("/manual/{key}")),
        label: ctx.t("start.open").to_owned(),
        post: String::new(),
    };
    let entries = |all: Vec<crate::web::nav::Entry>| {
        let known = all.into_iter().filter(|e| ctx.chapter(e.key).is_some());
        known.map(|e| card(e.key, e.label)).collect::<Vec<_>>()
    };
    let own = OWN.map(|(key, _)| card(key, ctx.t(&format!("nav.{key}")).to_owned()));
    let mut sheet = Sheet::new("manual", ctx.t("nav.manual"))
        .lead(ctx.t("manual.lead"))
        .with(
            "public",
            ctx.t("manual.public"),
            Part::Cards(entries(ctx.public_nav())),
        );
    for (key, group) in crate::web::nav::all(ctx) {
        let (key, heading) = match key {
            "" => ("work", ctx.t("nav.work").to_owned()),
            key => (key, group.heading),
        };
        sheet = sheet.with(key, heading, Part::Cards(entries(group.entries)));
    }
    let deeper = DEEPER.map(|(key, _)| card(key, ctx.t(&format!("nav.{key}")).to_owned()));
    let deeper = Part::Cards(deeper.to_vec());
    sheet = sheet.with("deeper", ctx.t("manual.questions"), deeper);
    Ok(sheet.with("own", ctx.t("manual.own"), Part::Cards(own.to_vec())))
}

/// The first sentence of a chapter.
fn first(ctx: &Ctx, key: &str) -> String {
    let text = ctx.chapter(key).unwrap_or_default();
    let end = text.find(['。', '.']).map(|at| {
        let sign = text[at..].chars().next().map_or(1, char::len_utf8);
        at + sign
    });
    end.map_or(text, |end| &text[..end]).to_owned()
}

async fn one(ctx: Ctx, caller: Caller, key: web::Path<String>) -> HttpResponse {
    caller.see(ctx, move |_, ctx| chapter(ctx, &key)).await
}

fn chapter(ctx: &Ctx, key: &str) -> Result<Sheet, Faults> {
    let Some(text) = ctx.chapter(key) else {
        return Err(missing("such chapter").into());
    };
    let title = ctx.t(&format!("nav.{key}")).to_owned();
    let mut sheet = Sheet::new("manual", title)
        .under(ctx.plain("/manual"), ctx.t("nav.manual"))
        .with("text", "", Part::Text(vec![text.to_owned()]));
    let mut own = OWN.iter().chain(&DEEPER);
    let own = own.find(|(k, _)| *k == key).map(|(_, path)| *path);
    if let Some(path) = own.or_else(|| crate::web::nav::path(key)) {
        sheet = sheet.button(ctx.plain(path), ctx.t("manual.to"), "primary");
    }
    Ok(sheet)
}
