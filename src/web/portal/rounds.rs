//! Rounds as the bureau works with them: where each stands, what may be done next and by whom, its plans, what
//! happened.
//!
//! Not here: doing it (`round_acts`), what the public sees (`notices`).

use actix_web::{HttpResponse, web};

use super::notices::{history, name, steps};
use super::policy_acts::{BEGIN, CORRECT};
use super::round_acts::{knows, may_plan};
use super::verbs::{self, before, upon};
use super::{of, page, say};
use crate::acts::powers::tasks::SEE_SCENARIO;
use crate::acts::rounds::view;
use crate::acts::{Desk, lookup};
use crate::domain::fault::Faults;
use crate::domain::ids::RoundId;
use crate::domain::points::Points;
use crate::domain::procedure::Step;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::routes::Route;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[
    page(
        "/rounds",
        of(&SEE_SCENARIO),
        "rounds with where they stand",
        |r| r.to(list),
    ),
    before(&BEGIN),
    upon(&BEGIN),
    before(&CORRECT),
    upon(&CORRECT),
    page(
        "/rounds/{id}",
        of(&SEE_SCENARIO),
        "one round, its acts and plans",
        |r| r.to(one),
    ),
];

/// Every step.
const STEPS: [Step; 8] = [
    Step::Preparing,
    Step::Guided,
    Step::Frozen,
    Step::Chosen,
    Step::Approved,
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
        let next: Vec<&str> = seen
            .next
            .iter()
            .map(|n| ctx.t(round_word(n.verb)))
            .collect();
        let count = |all: &std::collections::BTreeMap<&'static str, u64>| {
            i64::try_from(all.values().sum::<u64>()).unwrap_or(i64::MAX)
        };
        lines.push(Line {
            key: round.id.to_string(),
            cells: vec![
                Cell::link(
                    ctx.plain(&path_to("/rounds/{}", &[&round.id])),
                    name(ctx, &seen),
                )
                .under(round.id.to_string()),
                say::state(ctx, "step", seen.procedure.step.name()),
                Cell::text(next.join(ctx.t("comma"))),
                Cell::count(count(&seen.objections)),
                Cell::count(count(&seen.offers)),
                Cell::day(round.start),
            ],
        });
    }
    let heads = [
        ("round", ctx.t("term.round")),
        ("step", ctx.t("round.step")),
        ("next", ctx.t("desk.may")),
        ("objections", ctx.t("nav.objections")),
        ("offers", ctx.t("nav.offers")),
        ("start", ctx.t("lease.from")),
    ];
    let table = Table::of(ctx, ctx.t("nav.rounds"), &heads, lines).empty(ctx.t("round.none"));
    let sheet = Sheet::new("rounds", ctx.t("nav.rounds"));
    let sheet = verbs::buttons(sheet, ctx, &verbs::keys(&[]), &[&BEGIN]);
    Ok(sheet.with("list", "", Part::Table(table)))
}

/// The key of the words of an act on a round.
pub fn round_word(verb: &str) -> &'static str {
    match verb {
        "guide" => "round.guide",
        "freeze" => "round.freeze",
        "choose" => "round.choose",
        "approve" => "round.approve",
        "send-back" => "round.send-back",
        "reopen" => "round.reopen",
        "publicise" => "round.publicise",
        "object" => "round.object",
        "confirm" => "round.confirm",
        "next" => "round.next",
        _ => "round.close",
    }
}

async fn one(ctx: Ctx, caller: Caller, id: web::Path<RoundId>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, &id))
        .await
}

fn sheet(desk: &Desk, ctx: &Ctx, id: &RoundId) -> Result<Sheet, Faults> {
    let seen = view::show(desk, id)?;
    let now = &seen.procedure;
    let mut sheet = Sheet::new("rounds", name(ctx, &seen))
        .under(ctx.plain("/rounds"), ctx.t("nav.rounds"))
        .state(now.step.name(), say::word(ctx, "step", now.step.name()))
        .lead(id.to_string());
    for (n, next) in seen.next.iter().filter(|n| knows(n.verb)).enumerate() {
        let kind = if n == 0 { "primary" } else { "" };
        sheet = sheet.button(
            ctx.plain(&path_to("/rounds/{}/{}", &[&id, &next.verb])),
            ctx.t(round_word(next.verb)),
            kind,
        );
    }
    if now.step == Step::Preparing && now.guide.is_none() {
        sheet = verbs::buttons(
            sheet,
            ctx,
            &verbs::keys(&[("id", id.as_str())]),
            &[&CORRECT],
        );
    }
    let plannable = matches!(now.step, Step::Preparing | Step::Frozen | Step::Chosen);
    if plannable && may_plan(ctx) {
        sheet = sheet.button(
            ctx.plain(&path_to("/rounds/{}/plan", &[&id])),
            ctx.t("round.plan"),
            "",
        );
    }
    sheet = sheet.button(
        ctx.plain(&path_to("/notices/{}", &[&id])),
        ctx.t("round.preview"),
        "",
    );
    let people = lookup::people(desk)?;
    let mut facts = vec![
        (ctx.t("lease.from").to_owned(), Cell::day(seen.round.start)),
        (
            ctx.t("subsidy.year").to_owned(),
            Cell::text(seen.round.subsidy_year.to_string()),
        ),
        (
            ctx.t("digest.snapshot").to_owned(),
            now.snapshot
                .as_ref()
                .map_or_else(Cell::none, |d| Cell::key(ctx.short(d))),
        ),
    ];
    if let Some(guide) = &now.guide {
        facts.push((
            ctx.t("notices.guide").to_owned(),
            Cell::text(guide.number.clone()).under(format!(
                "{} – {}",
                ctx.clock(&guide.opens_at),
                ctx.clock(&guide.closes_at)
            )),
        ));
    }
    if let Some(choice) = &now.choice {
        facts.push((
            ctx.t("round.chosen").to_owned(),
            Cell::key(ctx.short(&choice.plan)).under(format!(
                "{} · {}",
                say::person(&people, &choice.chosen.by),
                choice.chosen.reason
            )),
        ));
        if let Some(a) = &choice.approved {
            facts.push((
                ctx.t("round.approved").to_owned(),
                Cell::moment(ctx, &a.at).under(format!(
                    "{} · {}",
                    say::person(&people, &a.by),
                    a.reason
                )),
            ));
        }
    }
    if let Some(p) = &now.publicity {
        facts.push((
            ctx.t("round.publicity").to_owned(),
            Cell::text(p.number.clone()).under(format!("{} – {}", p.from, p.until)),
        ));
    }
    let counts = |kind: &str, all: &std::collections::BTreeMap<&'static str, u64>| {
        let words = all
            .iter()
            .map(|(k, n)| format!("{} {n}", say::word(ctx, kind, k)));
        Cell::text(words.collect::<Vec<_>>().join(" · "))
    };
    facts.push((
        ctx.t("nav.objections").to_owned(),
        counts("objection", &seen.objections),
    ));
    facts.push((
        ctx.t("nav.offers").to_owned(),
        counts("offer", &seen.offers),
    ));
    Ok(sheet
        .with(
            "steps",
            ctx.t("round.steps"),
            Part::Steps(steps(ctx, &seen, &STEPS)),
        )
        .half("facts", ctx.t("facts"), Part::Pairs(facts))
        .half(
            "history",
            ctx.t("round.history"),
            Part::Events(say::people(desk, history(ctx, &seen))?),
        )
        .with(
            "plans",
            ctx.t("round.plans"),
            Part::Table(plans(desk, ctx, id)?),
        ))
}

fn plans(desk: &Desk, ctx: &Ctx, id: &RoundId) -> Result<Table, Faults> {
    let all = lookup::plans(desk, id)?;
    let newest = all.first().map(|p| p.digest.clone()).unwrap_or_default();
    let lines = all.iter().map(|p| {
        let other = all.get(1).map(|q| q.digest.clone()).unwrap_or_default();
        let with = if p.digest == newest { &other } else { &newest };
        let of = match (&p.scenario, p.in_force) {
            (Some(name), _) => name.clone(),
            (None, true) => ctx.t("plan.in_force").to_owned(),
            (None, false) => ctx.t("plan.old").to_owned(),
        };
        Line {
            key: p.digest.clone(),
            cells: vec![
                Cell::link(
                    ctx.plain(&path_to("/plans/{}/board", &[&p.digest])),
                    ctx.short(&p.digest),
                )
                .under(ctx.clock(&p.at)),
                Cell::text(of),
                Cell::count(i64::try_from(p.placed).unwrap_or(0)),
                Cell::figure(ctx.points(&Points(p.value)), p.value),
                p.bound.map_or_else(
                    || Cell::maybe(None),
                    |b| Cell::figure(ctx.points(&Points(b)), b),
                ),
                p.gap
                    .map_or_else(|| Cell::maybe(None), |g| Cell::figure(ctx.gap(&g), g)),
                match with.is_empty() {
                    true => Cell::none(),
                    false => Cell::link(
                        ctx.plain(&path_to(
                            "/plans/compare?before={}&after={}",
                            &[&p.digest, &with],
                        )),
                        ctx.t("plan.compare"),
                    ),
                },
            ],
        }
    });
    let heads = [
        ("plan", ctx.t("term.plan")),
        ("of", ctx.t("plan.of")),
        ("placed", ctx.t("fig.placed")),
        ("value", ctx.t("value")),
        ("bound", ctx.t("bound")),
        ("gap", ctx.t("gap")),
        ("compare", ctx.t("plan.compare")),
    ];
    Ok(Table::of(ctx, ctx.t("round.plans"), &heads, lines.collect()).empty(ctx.t("plan.none")))
}
