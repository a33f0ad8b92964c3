//! Quotas of rent subsidy by district and year, with what the plan that is published awards of them.
//!
//! Not here: what was paid.

use actix_web::HttpResponse;

use super::{of, page, say};
use crate::acts::powers::cases::SEE_CASE;
use crate::acts::{lookup, words};
use crate::domain::fault::Faults;
use crate::domain::money::Fen;
use crate::web::caller::Caller;
use crate::web::context::{Ctx, board as fetch};
use crate::web::routes::Route;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::chart::{Bar, Chart};
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[page(
    "/quotas",
    of(&SEE_CASE),
    "quotas of rent subsidy",
    |r| r.to(show),
)];

async fn show(ctx: Ctx, caller: Caller) -> HttpResponse {
    let board = fetch(&ctx).await.ok().flatten();
    caller
        .see(ctx, move |desk, ctx| {
            let year = board.as_ref().map(|b| b.subsidy_year);
            let rounds = lookup::rounds(desk)?;
            let year = year.or_else(|| rounds.first().map(|r| r.subsidy_year));
            let districts = lookup::districts(desk)?;
            let mut lines = Vec::new();
            let mut bars = Vec::new();
            for quota in lookup::quotas(desk, year.unwrap_or_default())? {
                let rows = board.iter().flat_map(|b| &b.districts);
                let awarded = rows
                    .filter(|d| d.code == quota.district)
                    .map(|d| d.awarded)
                    .next();
                let awarded = awarded.unwrap_or(Fen::ZERO);
                let name = say::named(ctx, &districts, quota.district.as_str());
                let left = Fen(quota.amount.0.saturating_sub(awarded.0));
                bars.push(Bar {
                    label: name.clone(),
                    value: awarded.0,
                    limit: quota.amount.0,
                    text: format!(
                        "{} / {} · {}",
                        ctx.yuan(&awarded),
                        ctx.yuan(&quota.amount),
                        ctx.share(&awarded.0, &quota.amount.0)
                    ),
                });
                lines.push(Line {
                    key: quota.district.to_string(),
                    cells: vec![
                        Cell::text(name),
                        Cell::money(quota.amount),
                        Cell::money(awarded),
                        Cell::money(left),
                        Cell::text(ctx.say(&words::quota_mode(quota.mode))),
                        Cell::text(ctx.say(&words::evidence(quota.provenance.evidence))),
                    ],
                });
            }
            let heads = [
                ("district", ctx.t("district")),
                ("amount", ctx.t("quota.amount")),
                ("awarded", ctx.t("quota.awarded")),
                ("left", ctx.t("quota.left")),
                ("mode", ctx.t("quota.mode")),
                ("evidence", ctx.t("source")),
            ];
            let table = Table::of(ctx, ctx.t("nav.quotas"), &heads, lines);
            let chart = Chart::bars(
                ctx.t("nav.quotas"),
                ctx.t("stat.subsidy.text"),
                [ctx.t("district"), ctx.t("district.used"), ""],
                bars,
            );
            Ok::<_, Faults>(
                Sheet::new("quotas", ctx.t("nav.quotas"))
                    .lead(format!(
                        "{} {}",
                        ctx.t("subsidy.year"),
                        year.unwrap_or_default()
                    ))
                    .with("table", "", Part::Table(table))
                    .with("chart", ctx.t("stat.subsidy"), Part::Chart(chart)),
            )
        })
        .await
}
