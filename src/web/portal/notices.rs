//! Notices (通告) for everybody: the guide of each round, where it stands, what was publicised, and the page
//! that is printed.
//!
//! Not here: the awards one by one (the board of the allocation).

use actix_web::{HttpResponse, web};

use super::{page, say};
use crate::acts::rounds::view::{self, Seen};
use crate::acts::{Desk, lookup};
use crate::domain::fault::Faults;
use crate::domain::ids::RoundId;
use crate::domain::procedure::Step;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::routes::{Route, Who};
use crate::web::sheet::cell::Cell;
use crate::web::sheet::steps::{Event, Stage, stages};
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[
    page(
        "/notices",
        Who::Public,
        "guides and notices of all rounds",
        |r| r.to(list),
    ),
    page(
        "/notices/{id}",
        Who::Public,
        "guide and notices of a round",
        |r| r.to(one),
    ),
];

/// Steps as the public counts them.
const STEPS: [Step; 6] = [
    Step::Preparing,
    Step::Guided,
    Step::Frozen,
    Step::Publicised,
    Step::Confirmed,
    Step::Closed,
];

async fn list(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, all).await
}

fn all(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let mut lines = Vec::new();
    for round in lookup::rounds(desk)? {
        let seen = view::show(desk, &round.id)?;
        let now = &seen.procedure;
        let guide = now.guide.as_ref();
        let publicity = now.publicity.as_ref();
        lines.push(Line {
            key: round.id.to_string(),
            cells: vec![
                Cell::link(
                    ctx.plain(&path_to("/notices/{}", &[&round.id])),
                    name(ctx, &seen),
                ),
                say::state(ctx, "step", now.step.name()),
                guide.map_or_else(Cell::none, |g| {
                    Cell::text(ctx.clock(&g.opens_at)).under(ctx.clock(&g.closes_at))
                }),
                publicity.map_or_else(Cell::none, |p| Cell::day(p.from).under(p.until.to_string())),
                Cell::day(round.start),
            ],
        });
    }
    let heads = [
        ("round", ctx.t("term.round")),
        ("step", ctx.t("round.step")),
        ("window", ctx.t("round.window")),
        ("publicity", ctx.t("round.publicity")),
        ("start", ctx.t("lease.from")),
    ];
    let table = Table::of(ctx, ctx.t("nav.notices"), &heads, lines).empty(ctx.t("round.none"));
    Ok(Sheet::new("notices", ctx.t("nav.notices"))
        .lead(ctx.t("notices.lead"))
        .with("list", "", Part::Table(table)))
}

/// The name of a round.
pub fn name(ctx: &Ctx, seen: &Seen) -> String {
    let round = &seen.round;
    match ctx.zh() || round.name_en.is_empty() {
        true => round.name_zh.clone(),
        false => round.name_en.clone(),
    }
}

/// The steps of a round, as far as the reader may see them.
pub fn steps(ctx: &Ctx, seen: &Seen, all: &[Step]) -> Vec<Stage> {
    let now = all
        .iter()
        .position(|s| *s == seen.procedure.step)
        .unwrap_or(0);
    let guide = seen.procedure.guide.as_ref();
    let publicity = seen.procedure.publicity.as_ref();
    let note = |step: &Step| match step {
        Step::Guided => guide.map(|g| format!("→ {}", ctx.clock(&g.closes_at))),
        Step::Publicised => publicity.map(|p| format!("{} – {}", p.from, p.until)),
        _ => None,
    };
    let label = |s: &Step| {
        (
            say::word(ctx, "step", s.name()),
            note(s).unwrap_or_default(),
        )
    };
    let words = [
        ctx.t("step.is_done"),
        ctx.t("step.is_now"),
        ctx.t("step.is_next"),
    ];
    stages(all.iter().map(label).collect(), now, words)
}

/// An act in words; as the journal names it where there are none.
pub fn act(ctx: &Ctx, name: &str) -> String {
    match say::known(ctx, "act", &name.replace(' ', "_")) {
        words if words == name.replace(' ', "_") => name.to_owned(),
        words => words,
    }
}

/// What happened to a round.
pub fn history(ctx: &Ctx, seen: &Seen) -> Vec<Event> {
    let event = |p: &view::Past| Event {
        at: ctx.clock(&p.at),
        what: act(ctx, &p.act),
        who: p.by.clone().unwrap_or_default(),
        note: String::new(),
    };
    seen.history.iter().map(event).collect()
}

async fn one(ctx: Ctx, caller: Caller, id: web::Path<RoundId>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, &id))
        .await
}

fn sheet(desk: &Desk, ctx: &Ctx, id: &RoundId) -> Result<Sheet, Faults> {
    let seen = view::show(desk, id)?;
    let now = &seen.procedure;
    let published = matches!(now.step, Step::Publicised | Step::Confirmed | Step::Closed);
    let mut sheet = Sheet::new("notices", name(ctx, &seen))
        .under(ctx.plain("/notices"), ctx.t("nav.notices"))
        .state(now.step.name(), say::word(ctx, "step", now.step.name()))
        .with(
            "steps",
            ctx.t("round.steps"),
            Part::Steps(steps(ctx, &seen, &STEPS)),
        );
    // What is in preparation shows the plan of a demonstration, where one is stored.
    let shown = match now.step {
        Step::Preparing => ctx.source().latest(Some(id))?.is_some(),
        _ => published,
    };
    if shown {
        sheet = sheet.button(
            ctx.plain(&path_to("/results?round={}", &[&id])),
            ctx.t("notices.results"),
            "primary",
        );
    }
    if now.guide.is_some() {
        sheet = sheet.button(
            ctx.plain(&path_to("/notices/{}/print", &[&id])),
            ctx.t("notices.print"),
            "",
        );
    }
    if now.step == Step::Guided {
        sheet = sheet.button(ctx.plain("/cases/new"), ctx.t("notices.apply"), "primary");
    }
    sheet = match &now.guide {
        Some(guide) => sheet
            .with(
                "guide",
                ctx.t("notices.guide"),
                Part::Pairs(vec![
                    (
                        ctx.t("notice.number").to_owned(),
                        Cell::text(guide.number.clone()),
                    ),
                    (
                        ctx.t("round.window").to_owned(),
                        Cell::text(format!(
                            "{} – {}",
                            ctx.clock(&guide.opens_at),
                            ctx.clock(&guide.closes_at)
                        ))
                        .under(guide.short_window.clone()),
                    ),
                    (ctx.t("policy").to_owned(), Cell::key(guide.policy.clone())),
                    (ctx.t("lease.from").to_owned(), Cell::day(seen.round.start)),
                ]),
            )
            .with(
                "text",
                "",
                Part::Text(guide.text.lines().map(str::to_owned).collect()),
            ),
        None => sheet.with(
            "guide",
            ctx.t("notices.guide"),
            Part::Note("info", ctx.t("notices.no_guide").to_owned()),
        ),
    };
    if let Some(publicity) = &now.publicity {
        sheet = sheet.with(
            "publicity",
            ctx.t("round.publicity"),
            Part::Pairs(vec![
                (
                    ctx.t("notice.number").to_owned(),
                    Cell::text(publicity.number.clone()),
                ),
                (
                    ctx.t("notices.days").to_owned(),
                    Cell::text(format!("{} – {}", publicity.from, publicity.until)),
                ),
                (
                    ctx.t("notices.object").to_owned(),
                    Cell::text(ctx.t("notices.object.text")),
                ),
            ]),
        );
    }
    Ok(sheet.with(
        "history",
        ctx.t("round.history"),
        Part::Events(history(ctx, &seen)),
    ))
}
