//! The journal for auditors: entries by act, subject and actor, and one with its record, masked, and whether it is
//! genuine and continues the chain.
//!
//! Not here: how it is kept (`acts::record`).

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};

use super::told::filter;
use super::{of, page, say};
use crate::acts::powers::record::SEE_JOURNAL;
use crate::acts::record::journal::{self, Entered, LIMIT_MAX, Wanted};
use crate::acts::{Desk, lookup};
use crate::domain::fault::Faults;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::routes::Route;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::field::Field;
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[
    page("/journal", of(&SEE_JOURNAL), "the journal", |r| r.to(list)),
    page(
        "/journal/{seq}",
        of(&SEE_JOURNAL),
        "one entry of the journal",
        |r| r.to(one),
    ),
];

async fn list(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, all).await
}

fn all(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let value = |key: &str| Some(ctx.value(key).to_owned()).filter(|v| !v.is_empty());
    let after: i64 = ctx.value("after").parse().unwrap_or(0);
    let found = journal::list(
        desk,
        &Wanted {
            act: value("act"),
            subject: value("subject"),
            actor: value("actor"),
            after,
            newest: true,
            limit: LIMIT_MAX,
            ..Wanted::default()
        },
    )?;
    let people = lookup::people(desk)?;
    let full = found.len() >= usize::try_from(LIMIT_MAX).unwrap_or(usize::MAX);
    let next = found.last().filter(|_| full).map(|e| e.seq.to_string());
    let line = |e: &Entered| Line {
        key: e.seq.to_string(),
        cells: vec![
            Cell::link(
                ctx.plain(&path_to("/journal/{}", &[&e.seq])),
                e.seq.to_string(),
            ),
            Cell::moment(ctx, &e.entry.at),
            act(ctx, &e.entry.act),
            subject(ctx, &e.entry.subject),
            Cell::text(person(ctx, &people, &e.entry.actor)),
            Cell::key(ctx.short(&e.hash)),
        ],
    };
    // The newest stands first, unless the journal is read from a number onward.
    let lines: Vec<Line> = match after > 0 || full {
        true => found.iter().map(line).collect(),
        false => found.iter().rev().map(line).collect(),
    };
    let heads = [
        ("seq", ctx.t("journal.seq")),
        ("at", ctx.t("journal.at")),
        ("act", ctx.t("journal.act")),
        ("subject", ctx.t("journal.subject")),
        ("actor", ctx.t("journal.actor")),
        ("hash", ctx.t("journal.hash")),
    ];
    let table = Table::of(ctx, ctx.t("nav.journal"), &heads, lines);
    let fields = vec![
        Field::line("act", ctx.t("journal.act")),
        Field::line("subject", ctx.t("journal.subject")),
        Field::line("actor", ctx.t("journal.actor")),
        Field::number("after", ctx.t("journal.after")),
    ];
    let mut sheet = Sheet::new("journal", ctx.t("nav.journal"))
        .lead(ctx.t("journal.lead"))
        .with("filter", "", filter(ctx, fields));
    if let Some(next) = next {
        sheet = sheet.button(ctx.with("after", &next), ctx.t("journal.more"), "");
    }
    Ok(sheet.with("list", "", Part::Table(table)))
}

/// An act in words, with its name in the journal beneath: by that name it is looked for.
fn act(ctx: &Ctx, name: &str) -> Cell {
    let words = super::notices::act(ctx, name);
    match words == name || !ctx.zh() {
        true => Cell::text(name),
        false => Cell::text(words).under(name),
    }
}

/// A subject: its kind in words, its key beneath.
fn subject(ctx: &Ctx, subject: &str) -> Cell {
    let (kind, key) = subject.split_once(' ').unwrap_or((subject, ""));
    let word = format!("subject.{kind}");
    match ctx.t(&word) {
        words if words == word => Cell::text(subject),
        words => Cell::text(words).under(key),
    }
}

/// Who acted: a login, or the program itself.
fn person(ctx: &Ctx, people: &BTreeMap<String, String>, actor: &str) -> String {
    match actor {
        "operator" => ctx.t("role.operator").to_owned(),
        _ => say::person(people, actor),
    }
}

async fn one(ctx: Ctx, caller: Caller, seq: web::Path<i64>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, *seq))
        .await
}

fn sheet(desk: &Desk, ctx: &Ctx, seq: i64) -> Result<Sheet, Faults> {
    let opened = journal::one(desk, seq)?;
    let people = lookup::people(desk)?;
    let entered = &opened.entered;
    let told = |yes: bool| {
        ctx.t(if yes { "journal.yes" } else { "journal.no" })
            .to_owned()
    };
    let sound = opened.genuine && opened.linked;
    let pairs = vec![
        (
            ctx.t("journal.at").to_owned(),
            Cell::moment(ctx, &entered.entry.at),
        ),
        (
            ctx.t("journal.act").to_owned(),
            act(ctx, &entered.entry.act),
        ),
        (
            ctx.t("journal.subject").to_owned(),
            subject(ctx, &entered.entry.subject),
        ),
        (
            ctx.t("journal.actor").to_owned(),
            Cell::text(person(ctx, &people, &entered.entry.actor))
                .under(entered.entry.actor.clone()),
        ),
        (
            ctx.t("journal.hash").to_owned(),
            Cell::key(entered.hash.clone()),
        ),
        (
            ctx.t("journal.genuine").to_owned(),
            Cell::text(told(opened.genuine)),
        ),
        (
            ctx.t("journal.linked").to_owned(),
            Cell::text(told(opened.linked)),
        ),
    ];
    let text = serde_json::to_string_pretty(&opened.record).unwrap_or_default();
    Ok(
        Sheet::new("journal", format!("{} {seq}", ctx.t("journal.entry")))
            .under(ctx.plain("/journal"), ctx.t("nav.journal"))
            .state(
                if sound { "met" } else { "not_met" },
                ctx.t(if sound {
                    "journal.sound"
                } else {
                    "journal.broken"
                }),
            )
            .with("entry", ctx.t("facts"), Part::Pairs(pairs))
            .with("record", ctx.t("journal.record"), Part::Raw(text)),
    )
}
