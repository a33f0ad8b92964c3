//! The manual: one short chapter for each page, in both languages, reached by the "?" beside its title.
//!
//! Not here: the chapters (`words/manual.tsv`).

use actix_web::{HttpResponse, web};

use super::{chapters, page};
use crate::acts::Desk;
use crate::domain::fault::Faults;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
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

async fn all(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, contents).await
}

fn contents(_: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let card = |key: &str, title: String| Card {
        title,
        text: first(ctx, key),
        href: ctx.plain(&path_to("/manual/{}", &[&key])),
        label: ctx.t("start.open").to_owned(),
        post: String::new(),
    };
    let entries = |all: Vec<crate::web::nav::Entry>| {
        let known = all.into_iter().filter(|e| ctx.chapter(e.key).is_some());
        known.map(|e| card(e.key, e.label)).collect::<Vec<_>>()
    };
    // The chapters of pages that have work of their own to explain stand behind those of their group.
    let own = |group: &str| {
        let mine = chapters::OWN.iter().filter(|(_, g, _)| *g == group);
        let mine = mine.filter(|(key, _, _)| *key != "manual");
        mine.map(|(key, _, _)| card(key, title(ctx, key)))
            .collect::<Vec<_>>()
    };
    let both = |group: &str, mut cards: Vec<Card>| {
        cards.extend(own(group));
        Part::Cards(cards)
    };
    let mut sheet = Sheet::new("manual", ctx.t("nav.manual"))
        .lead(ctx.t("manual.lead"))
        .with(
            "public",
            ctx.t("manual.public"),
            both("public", entries(ctx.public_nav())),
        );
    for (key, group) in crate::web::nav::all(ctx) {
        let (key, heading) = match key {
            "" => ("work", ctx.t("nav.work").to_owned()),
            key => (key, group.heading),
        };
        sheet = sheet.with(key, heading, both(key, entries(group.entries)));
    }
    Ok(sheet.with("own", ctx.t("manual.own"), Part::Cards(own("own"))))
}

/// The title of a chapter: that of its entry of the navigation, or its own.
fn title(ctx: &Ctx, key: &str) -> String {
    match crate::web::nav::path(key) {
        Some(_) => ctx.t(&format!("nav.{key}")).to_owned(),
        None => ctx.t(&format!("chapter.{key}")).to_owned(),
    }
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
    let mut sheet = Sheet::new("manual", title(ctx, key))
        .under(ctx.plain("/manual"), ctx.t("nav.manual"))
        .with("text", "", Part::Text(vec![text.to_owned()]));
    if let Some(path) = chapters::place(key) {
        sheet = sheet.button(ctx.plain(path), ctx.t("manual.to"), "primary");
    }
    Ok(sheet)
}
