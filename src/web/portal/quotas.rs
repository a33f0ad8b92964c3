//! Quotas of rent subsidy with what stands in their accounts, and the burn-down of one, month by month, with the price
//! of one more yuan.
//!
//! Not here: proposing and releasing them (the API until its pages are made).

use actix_web::{HttpResponse, web};

use super::told::filter;
use super::{of, page, say};
use crate::acts::money::quotas::{self, QuotaNow};
use crate::acts::money::{burn_down, what_if};
use crate::acts::powers::money::SEE_QUOTA;
use crate::acts::{Desk, lookup, refuse, words};
use crate::domain::fault::Faults;
use crate::domain::ledger::QuotaKey;
use crate::domain::money::Fen;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::routes::Route;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::chart::{Bar, Chart};
use crate::web::sheet::field::Field;
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[
    page("/quotas", of(&SEE_QUOTA), "quotas of rent subsidy", |r| {
        r.to(list)
    }),
    page(
        "/quotas/{district}/{year}",
        of(&SEE_QUOTA),
        "burn-down of a quota",
        |r| r.to(one),
    ),
];

async fn list(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, all).await
}

/// What is bound, owed or paid of a quota.
fn used(now: &QuotaNow) -> Fen {
    Fen(now.quota.amount.0.saturating_sub(now.balance.free.0))
}

fn bar(ctx: &Ctx, label: String, now: &QuotaNow) -> Bar {
    let (used, all) = (used(now), now.quota.amount);
    Bar {
        label,
        value: used.0,
        limit: all.0,
        text: format!(
            "{} / {} · {}",
            ctx.yuan(&used),
            ctx.yuan(&all),
            ctx.share(&used.0, &all.0)
        ),
    }
}

fn all(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let districts = lookup::districts(desk)?;
    let found = quotas::list(desk, (None, 1000))?;
    let name = |q: &QuotaNow| say::named(ctx, &districts, q.quota.district.as_str());
    let lines = found.iter().map(|q| Line {
        key: format!("{}/{}", q.quota.district, q.quota.year),
        cells: vec![
            Cell::link(
                ctx.plain(&format!("/quotas/{}/{}", q.quota.district, q.quota.year)),
                name(q),
            )
            .under(q.quota.year.to_string()),
            Cell::money(q.quota.amount),
            Cell::money(q.balance.committed),
            Cell::money(q.balance.payable),
            Cell::money(q.balance.paid),
            Cell::money(q.balance.free),
            Cell::text(ctx.say(&words::quota_mode(q.quota.mode))),
            Cell::text(ctx.say(&words::evidence(q.quota.provenance.evidence))),
        ],
    });
    let heads = [
        ("district", ctx.t("district")),
        ("amount", ctx.t("quota.amount")),
        ("committed", ctx.t("quota.committed")),
        ("payable", ctx.t("quota.payable")),
        ("paid", ctx.t("quota.paid")),
        ("left", ctx.t("quota.left")),
        ("mode", ctx.t("quota.mode")),
        ("evidence", ctx.t("source")),
    ];
    let table = Table::of(ctx, ctx.t("nav.quotas"), &heads, lines.collect());
    let bars = found.iter().map(|q| bar(ctx, name(q), q)).collect();
    let heads = [ctx.t("district"), ctx.t("district.used"), ""];
    let chart = Chart::bars(ctx.t("nav.quotas"), ctx.t("quota.text"), heads, bars);
    Ok(Sheet::new("quotas", ctx.t("nav.quotas"))
        .with("table", "", Part::Table(table))
        .with("chart", ctx.t("quota.use"), Part::Chart(chart)))
}

async fn one(ctx: Ctx, caller: Caller, path: web::Path<(String, i32)>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, (&path.0, path.1)))
        .await
}

fn sheet(desk: &Desk, ctx: &Ctx, (district, year): (&str, i32)) -> Result<Sheet, Faults> {
    let found = quotas::list(desk, (None, 1000))?;
    let mine = |q: &&QuotaNow| q.quota.district.as_str() == district && q.quota.year == year;
    let now = found.iter().find(mine);
    let now = now.ok_or_else(|| refuse::absent("quota", format!("{district}/{year}")))?;
    let key = QuotaKey::of(&now.quota);
    let districts = lookup::districts(desk)?;
    let months = burn_down::series(desk, &key)?;
    let lines = months.iter().map(|m| Line {
        key: m.month.clone(),
        cells: vec![
            Cell::text(m.month.clone()),
            Cell::money(m.balance.committed),
            Cell::money(m.balance.payable),
            Cell::money(m.balance.paid),
            Cell::money(m.balance.free),
        ],
    });
    let heads = [
        ("month", ctx.t("quota.month")),
        ("committed", ctx.t("quota.committed")),
        ("payable", ctx.t("quota.payable")),
        ("paid", ctx.t("quota.paid")),
        ("left", ctx.t("quota.left")),
    ];
    let bars = months.iter().map(|m| Bar {
        label: m.month.clone(),
        value: m.balance.free.0,
        limit: now.quota.amount.0,
        text: ctx.yuan(&m.balance.free),
    });
    let chart = Chart::bars(
        ctx.t("quota.burn"),
        ctx.t("quota.burn.text"),
        [ctx.t("quota.month"), ctx.t("quota.left"), ""],
        bars.collect(),
    );
    let table = Table::plain(ctx, ctx.t("quota.burn"), &heads, lines.collect());
    let title = say::named(ctx, &districts, district);
    Ok(Sheet::new("quotas", format!("{title} {year}"))
        .under(ctx.plain("/quotas"), ctx.t("nav.quotas"))
        .half("burn", ctx.t("quota.burn"), Part::Chart(chart))
        .half(
            "months",
            ctx.t("quota.months"),
            Part::Table(table.empty(ctx.t("quota.none"))),
        )
        .with(
            "what",
            "",
            filter(ctx, vec![Field::number("more", ctx.t("quota.more"))]),
        )
        .with("if", ctx.t("quota.what_if"), more(desk, ctx, &key)?))
}

/// What another amount would change in the settlement of the year.
fn more(desk: &Desk, ctx: &Ctx, key: &QuotaKey) -> Result<Part, Faults> {
    let amount: Fen = ctx.value("more").parse().unwrap_or(Fen::ZERO);
    let found = match what_if::what_if(desk, key, true, amount) {
        Ok(found) => found,
        Err(faults) => return Ok(Part::Text(say::missing(ctx, &faults))),
    };
    let firms = lookup::firms(desk).unwrap_or_default();
    let lines = found.shifts.iter().map(|s| Line {
        key: s.claim.to_string(),
        cells: vec![
            Cell::text(say::firm(ctx, &firms, s.firm.as_str())),
            Cell::money(s.now),
            Cell::money(s.then),
        ],
    });
    let heads = [
        ("firm", ctx.t("firm")),
        ("now", ctx.t("compare.before")),
        ("then", ctx.t("compare.after")),
    ];
    let table = Table::plain(ctx, ctx.t("quota.what_if"), &heads, lines.collect());
    Ok(Part::Table(table.empty(ctx.t("quota.no_shift"))))
}
