//! Scenarios: the list, making one (other quotas, weights, firms left out), running it, adopting it; and two plans
//! side by side.
//!
//! Not here: how a scenario is planned and compared (`acts::scenarios`).

use actix_web::{HttpResponse, web};

use super::{form, of, page, say};
use crate::acts::powers::tasks::{ADOPT_SCENARIO, CHANGE_SCENARIO, SEE_SCENARIO};
use crate::acts::scenarios::{self, Asked};
use crate::acts::{Desk, lookup};
use crate::domain::fault::Faults;
use crate::domain::ids::ScenarioId;
use crate::domain::money::Fen;
use crate::domain::scenario::{Changes, QuotaChange};
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::routes::Route;
use crate::web::screen::Went;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::field::Field;
use crate::web::sheet::form::{Fields, Form, bad};
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[
    page("/scenarios", of(&SEE_SCENARIO), "scenarios", |r| r.to(list)),
    page(
        "/scenarios/new",
        of(&CHANGE_SCENARIO),
        "a new scenario",
        |r| r.to(ask),
    ),
    form(
        "/scenarios/new",
        of(&CHANGE_SCENARIO),
        "make a scenario",
        |r| r.to(create),
    ),
    page("/scenarios/{id}", of(&SEE_SCENARIO), "one scenario", |r| {
        r.to(one)
    }),
    form(
        "/scenarios/{id}/run",
        of(&CHANGE_SCENARIO),
        "run a scenario",
        |r| r.to(run),
    ),
    form(
        "/scenarios/{id}/adopt",
        of(&ADOPT_SCENARIO),
        "adopt a scenario",
        |r| r.to(adopt),
    ),
];

async fn list(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, all).await
}

fn all(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let people = lookup::people(desk)?;
    let mut lines = Vec::new();
    for round in lookup::rounds(desk)? {
        for s in scenarios::list(desk, &round.id, (None, 1000))? {
            lines.push(Line {
                key: s.id.to_string(),
                cells: vec![
                    Cell::link(
                        ctx.plain(&path_to("/scenarios/{}", &[&s.id])),
                        s.name.clone(),
                    )
                    .under(s.tags.join(" ")),
                    Cell::text(s.round.to_string()),
                    Cell::text(changes(ctx, &s.changes)),
                    s.task.as_ref().map_or_else(Cell::none, |t| {
                        Cell::link(
                            ctx.plain(&path_to("/tasks/{}", &[&t])),
                            ctx.t("scenario.last_run"),
                        )
                    }),
                    Cell::text(say::person(&people, &s.made.by)),
                    Cell::moment(ctx, &s.made.at),
                ],
            });
        }
    }
    let heads = [
        ("name", ctx.t("scenario.name")),
        ("round", ctx.t("term.round")),
        ("changes", ctx.t("scenario.changes")),
        ("run", ctx.t("scenario.last_run")),
        ("by", ctx.t("scenario.by")),
        ("at", ctx.t("case.changed")),
    ];
    let table = Table::of(ctx, ctx.t("nav.scenarios"), &heads, lines).empty(ctx.t("scenario.none"));
    let mut sheet = Sheet::new("scenarios", ctx.t("nav.scenarios")).lead(ctx.t("scenario.lead"));
    if ctx.can(&CHANGE_SCENARIO) {
        sheet = sheet.button(
            ctx.plain("/scenarios/new"),
            ctx.t("scenario.new"),
            "primary",
        );
    }
    Ok(sheet.with("list", "", Part::Table(table)))
}

/// What a scenario changes, in one line.
fn changes(ctx: &Ctx, changes: &Changes) -> String {
    let count = |word: &str, n: usize| (n > 0).then(|| format!("{} {n}", ctx.t(word)));
    let parts = [
        changes
            .policy
            .as_ref()
            .map(|p| format!("{} {p}", ctx.t("policy"))),
        count("scenario.weights", changes.weights.len()),
        count("scenario.quotas", changes.quotas.len()),
        count("scenario.pins", changes.pins.len()),
        count("scenario.left_out", changes.leave_out.len()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

async fn ask(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, new).await
}

fn new(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let rounds = lookup::rounds(desk)?;
    let year = rounds.first().map(|r| r.subsidy_year).unwrap_or_default();
    let rounds = rounds.into_iter().map(|r| {
        (
            r.id.to_string(),
            if ctx.zh() { r.name_zh } else { r.name_en },
        )
    });
    let districts = lookup::districts(desk)?;
    let quotas = lookup::quotas(desk, year)?;
    let quota = |q: &crate::domain::quota::Quota| {
        let name = say::named(ctx, &districts, q.district.as_str());
        Field::number(&format!("quota_{}", q.district), &name).hint(format!(
            "{} {}",
            ctx.t("scenario.now"),
            ctx.yuan(&q.amount)
        ))
    };
    let form = Form::new(
        "scenario",
        ctx.plain("/scenarios/new"),
        ctx.t("scenario.make"),
    )
    .group(
        "",
        "",
        vec![
            Field::one("round", ctx.t("term.round"), rounds.collect()).needed(),
            Field::line("name", ctx.t("scenario.name")).needed(),
        ],
    )
    .group(
        ctx.t("scenario.quotas"),
        ctx.t("scenario.quotas.hint"),
        quotas.iter().map(quota).collect(),
    )
    .group(
        ctx.t("scenario.left_out"),
        ctx.t("scenario.left_out.hint"),
        vec![
            Field::words("leave_out", ctx.t("scenario.left_out")),
            Field::words("reason", ctx.t("reason")),
        ],
    )
    .cancel(ctx.plain("/scenarios"));
    Ok(Sheet::new("scenarios", ctx.t("scenario.new"))
        .under(ctx.plain("/scenarios"), ctx.t("nav.scenarios"))
        .with("new", "", Part::Form(form)))
}

fn asked(desk: &Desk, sent: &Fields) -> Result<Asked, Faults> {
    let mut quotas = Vec::new();
    for district in lookup::districts(desk)? {
        let amount = sent.maybe::<Fen>(&format!("quota_{}", district.key))?;
        if let Some(amount) = amount {
            quotas.push(QuotaChange {
                district: district.key.parse()?,
                amount,
            });
        }
    }
    let keys = sent
        .get("leave_out")
        .split([',', '，', ' ', '\n'])
        .map(str::trim);
    let keys = keys.filter(|k| !k.is_empty());
    let leave_out = keys.map(|k| k.parse().map_err(|_| bad("leave_out")));
    Ok(Asked {
        round: sent.need("round")?,
        name: sent.get("name").to_owned(),
        tags: Vec::new(),
        changes: Changes {
            quotas,
            leave_out: leave_out.collect::<Result<_, _>>()?,
            ..Changes::default()
        },
        parent: None,
        reason: sent.get("reason").to_owned(),
    })
}

async fn create(ctx: Ctx, caller: Caller, sent: Fields) -> HttpResponse {
    let work = |desk: &Desk, sent: &Fields| {
        let made = scenarios::create(desk, &asked(desk, sent)?)?;
        Went::to(path_to("/scenarios/{}", &[&made.id]), "scenario_made")
    };
    caller.does(ctx, sent, work, new).await
}

async fn one(ctx: Ctx, caller: Caller, id: web::Path<ScenarioId>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, &id))
        .await
}

fn sheet(desk: &Desk, ctx: &Ctx, id: &ScenarioId) -> Result<Sheet, Faults> {
    let (scenario, variants) = scenarios::see(desk, id)?;
    let districts = lookup::districts(desk)?;
    let people = lookup::people(desk)?;
    let quotas = scenario.changes.quotas.iter().map(|q| {
        (
            say::named(ctx, &districts, q.district.as_str()),
            Cell::text(ctx.money(&q.amount)),
        )
    });
    let mut pairs: Vec<(String, Cell)> = quotas.collect();
    let left_out = scenario.changes.leave_out.iter().map(ToString::to_string);
    pairs.push((
        ctx.t("scenario.left_out").to_owned(),
        Cell::text(left_out.collect::<Vec<_>>().join(ctx.t("comma"))),
    ));
    pairs.push((
        ctx.t("reason").to_owned(),
        Cell::text(scenario.made.reason.clone()),
    ));
    let base = lookup::plans(desk, &scenario.round)?;
    let base = base.iter().find(|p| p.in_force).map(|p| p.digest.clone());
    let lines = variants.iter().map(|v| Line {
        key: v.digest.clone(),
        cells: vec![
            Cell::key(ctx.short(&v.digest)),
            v.plan
                .as_ref()
                .map_or_else(Cell::none, |p| Cell::key(ctx.short(p))),
            match (&v.plan, &base) {
                (Some(plan), Some(base)) => Cell::link(
                    ctx.plain(&path_to(
                        "/plans/compare?before={}&after={}",
                        &[&base, &plan],
                    )),
                    ctx.t("plan.compare"),
                ),
                _ => Cell::none(),
            },
            v.adopted.as_ref().map_or_else(Cell::none, |s| {
                Cell::text(say::person(&people, &s.by)).under(s.reason.clone())
            }),
        ],
    });
    let heads = [
        ("variant", ctx.t("scenario.variant")),
        ("plan", ctx.t("term.plan")),
        ("compare", ctx.t("plan.compare")),
        ("adopted", ctx.t("scenario.adopted")),
    ];
    let table = Table::plain(ctx, ctx.t("scenario.variants"), &heads, lines.collect())
        .empty(ctx.t("scenario.not_run"));
    let mut sheet = Sheet::new("scenarios", scenario.name.clone())
        .under(ctx.plain("/scenarios"), ctx.t("nav.scenarios"))
        .lead(format!(
            "{} · {} · {}",
            scenario.round,
            say::person(&people, &scenario.made.by),
            ctx.clock(&scenario.made.at)
        ));
    if let Some(task) = &scenario.task {
        sheet = sheet.button(
            ctx.plain(&path_to("/tasks/{}", &[&task])),
            ctx.t("scenario.last_run"),
            "",
        );
    }
    sheet = sheet
        .half("changes", ctx.t("scenario.changes"), Part::Pairs(pairs))
        .half("variants", ctx.t("scenario.variants"), Part::Table(table));
    sheet = super::plans::price::priced(desk, ctx, sheet, &scenario);
    if ctx.can(&CHANGE_SCENARIO) {
        let form = Form::new(
            "run",
            ctx.plain(&path_to("/scenarios/{}/run", &[&id])),
            ctx.t("scenario.run"),
        )
        .group(
            "",
            "",
            vec![
                Field::number("work", ctx.t("task.work"))
                    .value(60)
                    .hint(ctx.t("task.work.hint"))
                    .needed(),
            ],
        );
        sheet = sheet.half("run", ctx.t("scenario.run"), Part::Form(form));
    }
    let open: Vec<(String, String)> = variants
        .iter()
        .filter(|v| v.plan.is_some() && v.adopted.is_none())
        .map(|v| (v.digest.clone(), ctx.short(&v.digest)))
        .collect();
    if ctx.can(&ADOPT_SCENARIO) && !open.is_empty() {
        let form = Form::new(
            "adopt",
            ctx.plain(&path_to("/scenarios/{}/adopt", &[&id])),
            ctx.t("scenario.adopt"),
        )
        .says(ctx.t("scenario.adopt.means"))
        .group(
            "",
            "",
            vec![
                Field::one("variant", ctx.t("scenario.variant"), open).needed(),
                Field::words("reason", ctx.t("reason")).needed(),
            ],
        );
        sheet = sheet.half("adopt", ctx.t("scenario.adopt"), Part::Form(form));
    }
    Ok(sheet)
}

async fn run(ctx: Ctx, caller: Caller, id: web::Path<ScenarioId>, sent: Fields) -> HttpResponse {
    let his = id.clone();
    caller
        .does(
            ctx,
            sent,
            move |desk, sent| {
                let task = scenarios::run(desk, &id, sent.need("work")?)?;
                Went::to(path_to("/tasks/{}", &[&task.id]), "plan_requested")
            },
            move |desk, ctx| sheet(desk, ctx, &his),
        )
        .await
}

async fn adopt(ctx: Ctx, caller: Caller, id: web::Path<ScenarioId>, sent: Fields) -> HttpResponse {
    let his = id.clone();
    caller
        .does(
            ctx,
            sent,
            move |desk, sent| {
                scenarios::adopt(desk, sent.get("variant"), sent.get("reason"))?;
                Went::to(path_to("/scenarios/{}", &[&id]), "scenario_adopted")
            },
            move |desk, ctx| sheet(desk, ctx, &his),
        )
        .await
}
