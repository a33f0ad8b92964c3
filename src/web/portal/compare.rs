//! Two plans of a round side by side.
//!
//! Not here: how they are compared (`acts::scenarios::compare`).

use std::collections::{BTreeMap, BTreeSet};

use actix_web::HttpResponse;

use super::{of, page, say};
use crate::acts::powers::tasks::SEE_SCENARIO;
use crate::acts::scenarios::compare::{self, Comparison, Moves};
use crate::acts::{Desk, allocation, lookup};
use crate::domain::area::Area;
use crate::domain::fault::Faults;
use crate::domain::money::Fen;
use crate::domain::points::Points;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::portal::told::filter;
use crate::web::routes::Route;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::field::Field;
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Card, Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[page(
    "/plans/compare",
    of(&SEE_SCENARIO),
    "two plans side by side",
    |r| r.to(side_by_side),
)];

async fn side_by_side(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller
        .see(ctx, |desk, ctx| {
            if ctx.value("before").is_empty() || ctx.value("after").is_empty() {
                return unchosen(desk, ctx);
            }
            let found = compare::compare(desk, ctx.value("before"), ctx.value("after"))?;
            let districts = lookup::districts(desk)?;
            let sheet = compared(ctx, &found, &districts);
            let sheet = choose(desk, ctx, sheet)?;
            super::plans::differences::told(desk, ctx, sheet, &districts)
        })
        .await
}

/// The page where no two plans are named: how they are chosen, and the rounds whose plans there are.
fn unchosen(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let mut cards = Vec::new();
    for round in lookup::rounds(desk)? {
        let plans = lookup::plans(desk, &round.id)?;
        let text = format!("{} {}", plans.len(), ctx.t("compare.plans"));
        let card = |href: String, label: &str| Card {
            title: if ctx.zh() {
                &round.name_zh
            } else {
                &round.name_en
            }
            .clone(),
            text: text.clone(),
            href: ctx.plain(&href),
            label: ctx.t(label).to_owned(),
            post: String::new(),
        };
        cards.push(match plans.as_slice() {
            [new, old, ..] => {
                let path = "/plans/compare?before={}&after={}";
                card(
                    path_to(path, &[&old.digest, &new.digest]),
                    "compare.last_two",
                )
            }
            _ => card(path_to("/rounds/{}", &[&round.id]), "compare.to_round"),
        });
    }
    Ok(Sheet::new("scenarios", ctx.t("plan.compare"))
        .under(ctx.plain("/scenarios"), ctx.t("nav.scenarios"))
        .with(
            "how",
            "",
            Part::Note("info", ctx.t("compare.how").to_owned()),
        )
        .with("rounds", ctx.t("nav.rounds"), Part::Cards(cards)))
}

fn compared(ctx: &Ctx, found: &Comparison, districts: &[lookup::Named]) -> Sheet {
    let moves = |key: &'static str, words: &str, all: &BTreeMap<String, Moves>, of: Namer<'_>| {
        let table = gains(ctx, ctx.t(words), all, of);
        (key, ctx.t(words).to_owned(), Part::Table(table))
    };
    let class = |k: &str| {
        let known = super::choices::credentials(ctx);
        let found = known.into_iter().find(|(c, _)| c == k);
        found.map_or_else(|| ctx.t("compare.no_credential").to_owned(), |(_, l)| l)
    };
    let district = |k: &str| say::named(ctx, districts, k);
    let tables = [
        moves("classes", "compare.classes", &found.classes, &class),
        moves("districts", "districts", &found.districts, &district),
    ];
    let figures = figures(ctx, found, districts);
    let mut sheet = Sheet::new("scenarios", ctx.t("plan.compare"))
        .under(ctx.plain("/scenarios"), ctx.t("nav.scenarios"))
        .lead(format!(
            "{} → {}",
            ctx.short(&found.before.plan),
            ctx.short(&found.after.plan)
        ))
        .with("figures", ctx.t("figures"), Part::Table(figures));
    for (key, heading, part) in tables {
        sheet = sheet.half(key, heading, part);
    }
    sheet
}

/// The name of a key.
type Namer<'a> = &'a dyn Fn(&str) -> String;

/// How many gain and how many lose, by group.
fn gains(ctx: &Ctx, caption: &str, all: &BTreeMap<String, Moves>, name: Namer<'_>) -> Table {
    let lines = all.iter().map(|(k, m)| Line {
        key: k.clone(),
        cells: vec![
            Cell::text(name(k)),
            Cell::count(ctx.int(&m.gain)),
            Cell::count(ctx.int(&m.lose)),
        ],
    });
    let heads = [
        ("what", ctx.t("compare.group")),
        ("gain", ctx.t("compare.gain")),
        ("lose", ctx.t("compare.lose")),
    ];
    Table::plain(ctx, caption, &heads, lines.collect()).empty(ctx.t("compare.same_placed"))
}

/// The figures side by side.
fn figures(ctx: &Ctx, found: &Comparison, districts: &[lookup::Named]) -> Table {
    let (a, b) = (&found.before.summary, &found.after.summary);
    let (one, two) = (&found.before, &found.after);
    let count = |label: &str, a: u64, b: u64| {
        let (a, b) = (ctx.int(&a), ctx.int(&b));
        pair(label, (a, b), &|n| n.to_string())
    };
    let points =
        |label: &str, a: Points, b: Points| pair(label, (a.0, b.0), &|n| ctx.points(&Points(n)));
    let metres = |n: i64| crate::web::format::metres(Area(n));
    let mut lines = vec![
        count(ctx.t("fig.placed"), a.placed, b.placed),
        pair(ctx.t("fig.area"), (a.area_let.0, b.area_let.0), &metres),
        count(
            ctx.t("fig.apartments"),
            a.apartments_granted,
            b.apartments_granted,
        ),
        points(ctx.t("value"), a.value, b.value),
        maybe(ctx.t("bound"), (a.upper_bound, b.upper_bound), &|p| {
            (p.0, ctx.points(&p))
        }),
        maybe(ctx.t("gap"), (a.gap_ppm, b.gap_ppm), &|g| (g, ctx.gap(&g))),
        points(ctx.t("compare.cluster"), one.cluster_fit, two.cluster_fit),
        count(ctx.t("minutes.long"), one.minutes, two.minutes),
        count(
            ctx.t("compare.envy"),
            one.fairness.envy_pairs,
            two.fairness.envy_pairs,
        ),
        pair(
            ctx.t("fair.gini"),
            (one.fairness.housing_gini_ppm, two.fairness.housing_gini_ppm),
            &crate::web::format::thousandths,
        ),
        count(ctx.t("compare.moves"), 0, found.moves),
    ];
    let codes: BTreeSet<_> = (a.subsidies.iter().chain(&b.subsidies))
        .map(|s| &s.district)
        .collect();
    for code in codes {
        let of = |all: &[crate::acts::scenarios::compare::DistrictSubsidy]| {
            let mine = all.iter().find(|s| s.district == *code);
            mine.map_or(0, |s| s.awarded.0)
        };
        let name = say::named(ctx, districts, code.as_str());
        let label = format!("{} · {name}", ctx.t("subsidy"));
        let both = (of(&a.subsidies), of(&b.subsidies));
        lines.push(pair(&label, both, &|n| ctx.yuan(&Fen(n))));
    }
    let heads = [
        ("what", ctx.t("compare.what")),
        ("before", ctx.t("compare.before")),
        ("after", ctx.t("compare.after")),
        ("more", ctx.t("compare.more")),
    ];
    Table::plain(ctx, ctx.t("figures"), &heads, lines)
}

/// A figure of both plans, and the difference.
fn pair(label: &str, (a, b): (i64, i64), words: &dyn Fn(i64) -> String) -> Line {
    let more = b.saturating_sub(a);
    Line {
        key: label.to_owned(),
        cells: vec![
            Cell::text(label),
            Cell::figure(words(a), a),
            Cell::figure(words(b), b),
            Cell::figure(signed(more, words(more)), more),
        ],
    }
}

/// A figure that a plan may not have.
fn maybe<T: Copy>(
    label: &str,
    (a, b): (Option<T>, Option<T>),
    words: &dyn Fn(T) -> (i64, String),
) -> Line {
    let cell = |of: Option<T>| match of.map(words) {
        Some((order, text)) => Cell::figure(text, order),
        None => Cell::maybe(None),
    };
    Line {
        key: label.to_owned(),
        cells: vec![Cell::text(label), cell(a), cell(b), Cell::maybe(None)],
    }
}

/// A difference with its sign.
fn signed(more: i64, text: String) -> String {
    if more > 0 { format!("+{text}") } else { text }
}

/// Other plans of the round to be compared.
fn choose(desk: &Desk, ctx: &Ctx, sheet: Sheet) -> Result<Sheet, Faults> {
    let round = allocation::round_of(desk, ctx.value("before"))?;
    let all = lookup::plans(desk, &round)?;
    let choices = |key: &str| {
        let choice = |p: &lookup::PlanHead| {
            let of = match (&p.scenario, p.in_force) {
                (Some(name), _) => name.clone(),
                (None, true) => ctx.t("plan.in_force").to_owned(),
                (None, false) => ctx.t("plan.old").to_owned(),
            };
            (p.digest.clone(), format!("{} · {of}", ctx.short(&p.digest)))
        };
        let mut choices: Vec<(String, String)> = all.iter().map(choice).collect();
        // A plan of a scenario that is not adopted is not among those of its round.
        let shown = ctx.value(key);
        if !choices.iter().any(|(digest, _)| digest == shown) {
            let words = format!("{} · {}", ctx.short(shown), ctx.t("compare.of_scenario"));
            choices.push((shown.to_owned(), words));
        }
        choices
    };
    let form = filter(
        ctx,
        vec![
            Field::one("before", ctx.t("compare.before"), choices("before")),
            Field::one("after", ctx.t("compare.after"), choices("after")),
        ],
    );
    let form = match form {
        Part::Filter(mut form) => {
            ctx.t("plan.compare").clone_into(&mut form.submit);
            form.cancel.clear();
            Part::Filter(form)
        }
        other => other,
    };
    Ok(sheet.with("choose", ctx.t("compare.choose"), form))
}
