//! Two plans of a round side by side.
//!
//! Not here: how they are compared (`acts::scenarios::compare`).

use actix_web::HttpResponse;

use super::{of, page, say};
use crate::acts::lookup;
use crate::acts::powers::tasks::SEE_SCENARIO;
use crate::acts::scenarios::compare::{self, Comparison, Moves};
use crate::domain::money::Fen;
use crate::domain::points::Points;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::routes::Route;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

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
            let found = compare::compare(desk, ctx.value("before"), ctx.value("after"))?;
            let districts = lookup::districts(desk)?;
            let sheet = compared(ctx, &found, &districts);
            super::plans::differences::told(desk, ctx, sheet, &districts)
        })
        .await
}

fn compared(ctx: &Ctx, found: &Comparison, districts: &[lookup::Named]) -> Sheet {
    let (a, b) = (&found.before, &found.after);
    let row = |label: &str, one: Cell, two: Cell, more: i64, text: String| Line {
        key: label.to_owned(),
        cells: vec![Cell::text(label), one, two, Cell::figure(text, more)],
    };
    let count = |label: &str, one: u64, two: u64| {
        let (one, two) = (ctx.int(&one), ctx.int(&two));
        row(
            label,
            Cell::count(one),
            Cell::count(two),
            two - one,
            signed(two - one, (two - one).to_string()),
        )
    };
    let points = |label: &str, one: Points, two: Points| {
        let more = two.0.saturating_sub(one.0);
        row(
            label,
            Cell::figure(ctx.points(&one), one.0),
            Cell::figure(ctx.points(&two), two.0),
            more,
            signed(more, ctx.points(&Points(more))),
        )
    };
    let area = b.summary.area_let.0 - a.summary.area_let.0;
    let mut lines = vec![
        count(ctx.t("fig.placed"), a.summary.placed, b.summary.placed),
        row(
            ctx.t("fig.area"),
            Cell::area(a.summary.area_let),
            Cell::area(b.summary.area_let),
            area,
            signed(
                area,
                crate::web::format::metres(crate::domain::area::Area(area)),
            ),
        ),
        count(
            ctx.t("fig.apartments"),
            a.summary.apartments_granted,
            b.summary.apartments_granted,
        ),
        points(ctx.t("value"), a.summary.value, b.summary.value),
        points(ctx.t("compare.cluster"), a.cluster_fit, b.cluster_fit),
        count(ctx.t("minutes.long"), a.minutes, b.minutes),
        count(
            ctx.t("compare.envy"),
            a.fairness.envy_pairs,
            b.fairness.envy_pairs,
        ),
        count(ctx.t("compare.moves"), 0, found.moves),
    ];
    for s in &a.summary.subsidies {
        let other = b
            .summary
            .subsidies
            .iter()
            .find(|t| t.district == s.district);
        let two = other.map_or(Fen::ZERO, |t| t.awarded);
        let more = two.0.saturating_sub(s.awarded.0);
        let name = format!(
            "{} · {}",
            ctx.t("subsidy"),
            say::named(ctx, districts, s.district.as_str())
        );
        lines.push(row(
            &name,
            Cell::money(s.awarded),
            Cell::money(two),
            more,
            signed(more, ctx.yuan(&Fen(more))),
        ));
    }
    let heads = [
        ("what", ctx.t("compare.what")),
        ("before", ctx.t("compare.before")),
        ("after", ctx.t("compare.after")),
        ("more", ctx.t("compare.more")),
    ];
    let moves = |all: &std::collections::BTreeMap<String, Moves>, name: &dyn Fn(&str) -> String| {
        all.iter()
            .map(|(k, m)| Line {
                key: k.clone(),
                cells: vec![
                    Cell::text(name(k)),
                    Cell::count(ctx.int(&m.gain)),
                    Cell::count(ctx.int(&m.lose)),
                ],
            })
            .collect::<Vec<_>>()
    };
    let gains = [
        ("what", ctx.t("compare.group")),
        ("gain", ctx.t("compare.gain")),
        ("lose", ctx.t("compare.lose")),
    ];
    let class = |k: &str| {
        super::choices::credentials(ctx)
            .into_iter()
            .find(|(c, _)| c == k)
            .map_or_else(|| ctx.t("compare.no_credential").to_owned(), |(_, l)| l)
    };
    let district = |k: &str| say::named(ctx, districts, k);
    Sheet::new("scenarios", ctx.t("plan.compare"))
        .under(ctx.plain("/scenarios"), ctx.t("nav.scenarios"))
        .lead(format!("{} → {}", ctx.short(&a.plan), ctx.short(&b.plan)))
        .with(
            "figures",
            ctx.t("figures"),
            Part::Table(Table::plain(ctx, ctx.t("figures"), &heads, lines)),
        )
        .half(
            "classes",
            ctx.t("compare.classes"),
            Part::Table(Table::plain(
                ctx,
                ctx.t("compare.classes"),
                &gains,
                moves(&found.classes, &class),
            )),
        )
        .half(
            "districts",
            ctx.t("districts"),
            Part::Table(Table::plain(
                ctx,
                ctx.t("districts"),
                &gains,
                moves(&found.districts, &district),
            )),
        )
}

/// A difference with its sign.
fn signed(more: i64, text: String) -> String {
    if more > 0 { format!("+{text}") } else { text }
}
