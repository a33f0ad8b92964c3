//! Draws of spot checks: the list, one with its list, what was drawn, and the draw repeated before the reader's
//! eyes. Everybody may see them; why contracts weigh what they weigh is for officers.
//!
//! Not here: acts on draws (`draw_acts`), the method (`acts::supervision::lottery`).

use actix_web::{HttpResponse, web};

use super::draw_acts::{ANNOUNCE, FREEZE, HOLD};
use super::{MOST, contract, events};
use crate::acts::powers::supervision as power;
use crate::acts::supervision::draws;
use crate::acts::supervision::published::{self, Published};
use crate::acts::{Desk, lookup};
use crate::domain::draw::{Draw, DrawStage};
use crate::domain::fault::Faults;
use crate::domain::ids::DrawId;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::portal::verbs::{self, Verb};
use crate::web::portal::{page, say};
use crate::web::routes::{Route, Who};
use crate::web::sheet::cell::Cell;
use crate::web::sheet::steps::stages;
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[
    page("/draws", Who::Public, "draws of spot checks", |r| {
        r.to(list)
    }),
    page("/draws/{id}", Who::Public, "one draw, repeated", |r| {
        r.to(one)
    }),
];

async fn list(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, all).await
}

/// The district of a draw; the city when it has none.
pub fn place(ctx: &Ctx, districts: &[lookup::Named], district: Option<&str>) -> String {
    district.map_or_else(
        || ctx.t("draw.city").to_owned(),
        |d| say::named(ctx, districts, d),
    )
}

fn all(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let districts = lookup::districts(desk)?;
    let mut found = published::list(desk, (None, MOST))?;
    found.sort_by_key(|d| std::cmp::Reverse(d.announced_at));
    let lines = found.iter().map(|d| Line {
        key: d.id.to_string(),
        cells: vec![
            Cell::link(ctx.plain(&path_to("/draws/{}", &[&d.id])), d.title.clone()),
            Cell::text(place(ctx, &districts, d.district.as_deref())),
            say::state(ctx, "draw", &d.stage),
            Cell::day(d.known_from),
            Cell::maybe(d.count.map(i64::from)),
            Cell::moment(ctx, &d.announced_at),
        ],
    });
    let heads = [
        ("title", ctx.t("draw.title")),
        ("district", ctx.t("district")),
        ("stage", ctx.t("state")),
        ("known", ctx.t("draw.known_from")),
        ("count", ctx.t("draw.count")),
        ("announced", ctx.t("draw.announced_at")),
    ];
    let table = Table::of(ctx, ctx.t("nav.draws"), &heads, lines.collect());
    let sheet = Sheet::new("draws", ctx.t("nav.draws")).lead(ctx.t("draw.lead"));
    Ok(
        verbs::buttons(sheet, ctx, &verbs::keys(&[]), &[&ANNOUNCE]).with(
            "list",
            "",
            Part::Table(table.empty(ctx.t("draw.none"))),
        ),
    )
}

async fn one(ctx: Ctx, caller: Caller, id: web::Path<DrawId>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, &id))
        .await
}

fn sheet(desk: &Desk, ctx: &Ctx, id: &DrawId) -> Result<Sheet, Faults> {
    let found = published::one(desk, id)?;
    let districts = lookup::districts(desk)?;
    let mut sheet = Sheet::new("draws", found.title.clone())
        .under(ctx.plain("/draws"), ctx.t("nav.draws"))
        .state(&found.stage, say::word(ctx, "draw", &found.stage))
        .lead(place(ctx, &districts, found.district.as_deref()));
    let keys = verbs::keys(&[("id", id.as_str())]);
    let mine: &[&'static Verb] = match found.stage.as_str() {
        "announced" => &[&FREEZE],
        "frozen" => &[&HOLD],
        _ => &[],
    };
    sheet = verbs::buttons(sheet, ctx, &keys, mine)
        .button(
            ctx.bare(&path_to("/api/v1/draws/{}", &[&id])),
            ctx.t("draw.file"),
            "",
        )
        .with("steps", "", Part::Steps(steps(ctx, &found)))
        .half("facts", ctx.t("facts"), Part::Pairs(facts(ctx, &found)));
    if found.stage == DrawStage::Drawn.name() {
        sheet = sheet
            .half("repeated", ctx.t("draw.repeated"), again(ctx, &found)?)
            .with("drawn", ctx.t("draw.drawn"), drawn(ctx, &found));
    }
    if !found.list.is_empty() {
        sheet = sheet.with(
            "list",
            ctx.t("draw.list"),
            Part::Table(entries(ctx, &found)),
        );
    }
    inside(desk, ctx, sheet, id)
}

fn steps(ctx: &Ctx, found: &Published) -> Vec<crate::web::sheet::steps::Stage> {
    let names = ["announced", "frozen", "drawn"];
    let now = names.iter().position(|n| *n == found.stage).unwrap_or(0);
    let at = [Some(found.announced_at), found.frozen_at, found.drawn_at];
    let labels = names.iter().zip(at).map(|(name, at)| {
        let note = at.map_or_else(String::new, |at| ctx.clock(&at));
        (say::word(ctx, "draw", name), note)
    });
    let words = [
        ctx.t("step.is_done"),
        ctx.t("step.is_now"),
        ctx.t("step.is_next"),
    ];
    // The last step is done when it is reached.
    let now = if now + 1 == names.len() {
        names.len()
    } else {
        now
    };
    stages(labels.collect(), now, words)
}

fn facts(ctx: &Ctx, found: &Published) -> Vec<(String, Cell)> {
    let key = |t: &Option<String>| t.as_ref().map_or_else(Cell::none, |t| Cell::key(t.clone()));
    vec![
        (
            ctx.t("draw.method").to_owned(),
            Cell::text(found.method.clone()),
        ),
        (
            ctx.t("draw.known_from").to_owned(),
            Cell::day(found.known_from),
        ),
        (ctx.t("draw.count").to_owned(), {
            let count = found.count.map(|n| n.to_string()).unwrap_or_default();
            Cell::text(count)
        }),
        (ctx.t("policy").to_owned(), key(&found.policy)),
        (ctx.t("draw.digest").to_owned(), key(&found.list_digest)),
        (ctx.t("draw.value").to_owned(), key(&found.value)),
        (ctx.t("draw.seed").to_owned(), key(&found.seed)),
    ]
}

/// The draw repeated from what is published, by the code that anyone can run.
fn again(ctx: &Ctx, found: &Published) -> Result<Part, Faults> {
    let file = published::file(found)?;
    Ok(match published::repeat(file.as_bytes()) {
        Ok(same) => Part::Text(vec![
            format!(
                "{} {} · {}",
                ctx.t("draw.same"),
                same.listed,
                same.drawn.len()
            ),
            format!(
                "{} zhuchao draw verify {}.json",
                ctx.t("draw.command"),
                found.id
            ),
        ]),
        Err(faults) => {
            let all = say::missing(ctx, &faults);
            Part::Note(
                "warn",
                format!("{} {}", ctx.t("draw.differs"), all.join(" ")),
            )
        }
    })
}

/// What was drawn; an officer goes on to enter the visit.
fn drawn(ctx: &Ctx, found: &Published) -> Part {
    let visits = ctx.can(&power::ENTER_VISIT);
    let lines = found.drawn.iter().enumerate().map(|(n, p)| {
        let officers: Vec<String> = p.officers.iter().map(|o| format!("#{o}")).collect();
        let enter = path_to("/contracts/{}/visit?draw={}", &[&p.contract, &found.id]);
        Line {
            key: p.contract.to_string(),
            cells: vec![
                Cell::count(i64::try_from(n + 1).unwrap_or(i64::MAX)),
                match ctx.signed_in() {
                    true => contract(ctx, p.contract.as_str()),
                    false => Cell::key(p.contract.to_string()),
                },
                Cell::text(officers.join(ctx.t("comma"))),
                match visits {
                    true => Cell::link(ctx.plain(&enter), ctx.t("visit.enter")),
                    false => Cell::none(),
                },
            ],
        }
    });
    let heads = [
        ("n", "#"),
        ("contract", ctx.t("claim.contract")),
        ("officers", ctx.t("draw.officers")),
        ("visit", ctx.t("visit.one")),
    ];
    Part::Table(Table::plain(
        ctx,
        ctx.t("draw.drawn"),
        &heads,
        lines.collect(),
    ))
}

fn entries(ctx: &Ctx, found: &Published) -> Table {
    let lines = found.list.iter().map(|e| Line {
        key: e.contract.to_string(),
        cells: vec![
            Cell::key(e.contract.to_string()),
            Cell::count(i64::try_from(e.weight).unwrap_or(i64::MAX)),
            Cell::count(i64::try_from(e.officers.len()).unwrap_or(i64::MAX)),
        ],
    });
    let heads = [
        ("contract", ctx.t("claim.contract")),
        ("weight", ctx.t("draw.weight")),
        ("officers", ctx.t("draw.officers")),
    ];
    Table::of(ctx, ctx.t("draw.list"), &heads, lines.collect())
}

/// The same with the inner side, for officers whose draw it is.
fn inside(desk: &Desk, ctx: &Ctx, sheet: Sheet, id: &DrawId) -> Result<Sheet, Faults> {
    if !ctx.can(&power::SEE_DRAW) {
        return Ok(sheet);
    }
    let Ok(draw) = draws::one(desk, id) else {
        // Another district's.
        return Ok(sheet);
    };
    let marks = [
        ("draw.announced", Some(&draw.announced)),
        ("draw.frozen", draw.frozen.as_ref().map(|f| &f.signed)),
        ("draw.drawn", draw.outcome.as_ref().map(|o| &o.signed)),
    ];
    let sheet = match draw.frozen.is_some() {
        true => sheet.with("risks", ctx.t("draw.risks"), Part::Table(risks(ctx, &draw))),
        false => sheet,
    };
    Ok(sheet.half(
        "events",
        ctx.t("case.history"),
        Part::Events(say::people(desk, events(ctx, &marks))?),
    ))
}

/// Why each contract weighs what it weighs.
fn risks(ctx: &Ctx, draw: &Draw) -> Table {
    let frozen = draw.frozen.iter();
    let pairs = frozen.flat_map(|f| f.list.entries.iter().zip(&f.risks));
    let count = |n: u64| Cell::count(i64::try_from(n).unwrap_or(i64::MAX));
    let lines = pairs.map(|(e, r)| Line {
        key: e.contract.to_string(),
        cells: vec![
            contract(ctx, e.contract.as_str()),
            count(e.weight),
            count(r.base),
            count(r.overdue),
            count(r.kpis_missed),
            count(r.findings),
            count(r.subsidy_millions),
        ],
    });
    let heads = [
        ("contract", ctx.t("claim.contract")),
        ("weight", ctx.t("draw.weight")),
        ("base", ctx.t("risk.base")),
        ("overdue", ctx.t("risk.overdue")),
        ("missed", ctx.t("risk.missed")),
        ("findings", ctx.t("risk.findings")),
        ("subsidy", ctx.t("risk.subsidy")),
    ];
    Table::plain(ctx, ctx.t("draw.risks"), &heads, lines.collect())
}
