//! Claims of rent subsidy: the list of those that the reader may see, and one with the way to its amount.
//!
//! Not here: submitting and settling them (the API until its pages are made).

use actix_web::{HttpResponse, web};

use super::told::filter;
use super::{of, page, say};
use crate::acts::money::claims;
use crate::acts::powers::money::SEE_CLAIM;
use crate::acts::{Desk, lookup};
use crate::domain::claim::{Claim, ClaimStage};
use crate::domain::fault::Faults;
use crate::domain::ids::ClaimId;
use crate::domain::money::Fen;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::routes::Route;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::field::Field;
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[
    page("/claims", of(&SEE_CLAIM), "claims of rent subsidy", |r| {
        r.to(list)
    }),
    page("/claims/{id}", of(&SEE_CLAIM), "one claim", |r| r.to(one)),
];

/// Most rows that are read for a list.
const MOST: u32 = 5000;

async fn list(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, all).await
}

fn maybe(amount: Option<Fen>) -> Cell {
    amount.map_or_else(|| Cell::maybe(None), Cell::money)
}

fn all(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let firms = lookup::firms(desk).unwrap_or_default();
    let stage = ClaimStage::ALL
        .into_iter()
        .find(|s| s.name() == ctx.value("stage"));
    let found = claims::list(desk, stage, None, (None, MOST))?;
    let lines = found.iter().map(|c| Line {
        key: c.id.to_string(),
        cells: vec![
            Cell::link(
                ctx.plain(&format!("/claims/{}", c.id)),
                say::firm(ctx, &firms, c.firm.as_str()),
            )
            .under(format!("{} · {}", c.year, c.stated.months.len())),
            say::state(ctx, "claim", c.stage.name()),
            Cell::money(c.stated.rent_paid),
            Cell::money(c.calculation.amount),
            maybe(c.awarded),
            Cell::money(c.paid),
            c.submitted
                .as_ref()
                .map_or_else(Cell::none, |s| Cell::moment(ctx, &s.at)),
        ],
    });
    let heads = [
        ("firm", ctx.t("firm")),
        ("stage", ctx.t("state")),
        ("rent", ctx.t("claim.rent")),
        ("amount", ctx.t("claim.amount")),
        ("awarded", ctx.t("claim.awarded")),
        ("paid", ctx.t("claim.paid_sum")),
        ("at", ctx.t("claim.at")),
    ];
    let table = Table::of(ctx, ctx.t("nav.claims"), &heads, lines.collect());
    let states = ClaimStage::ALL.map(|s| (s.name().to_owned(), say::word(ctx, "claim", s.name())));
    let states = say::or_none(ctx, "all", states.to_vec());
    let fields = vec![Field::one("stage", ctx.t("state"), states)];
    Ok(Sheet::new("claims", ctx.t("nav.claims"))
        .with("filter", "", filter(ctx, fields))
        .with("list", "", Part::Table(table.empty(ctx.t("claim.none")))))
}

async fn one(ctx: Ctx, caller: Caller, id: web::Path<ClaimId>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, &id))
        .await
}

fn sheet(desk: &Desk, ctx: &Ctx, id: &ClaimId) -> Result<Sheet, Faults> {
    let claim = claims::one(desk, id)?;
    let firms = lookup::firms(desk).unwrap_or_default();
    let sent = claim.submitted.as_ref();
    let sent = sent.map(|s| say::event(ctx, say::word(ctx, "claim", "submitted"), s));
    let mut events: Vec<_> = sent.into_iter().collect();
    let remark = |r: &crate::domain::claim::ClaimRemark| {
        say::event(ctx, say::word(ctx, "claim", r.stage.name()), &r.signed)
    };
    events.extend(claim.remarks.iter().map(remark));
    if desk.person().role.is_firm() {
        events.iter_mut().for_each(|e| e.who.clear());
    }
    Ok(
        Sheet::new("claims", say::firm(ctx, &firms, claim.firm.as_str()))
            .under(ctx.plain("/claims"), ctx.t("nav.claims"))
            .state(
                claim.stage.name(),
                say::word(ctx, "claim", claim.stage.name()),
            )
            .button(
                ctx.plain(&format!("/contracts/{}", claim.contract)),
                ctx.t("claim.contract"),
                "",
            )
            .half(
                "stated",
                ctx.t("claim.stated"),
                Part::Pairs(stated(ctx, &claim)),
            )
            .half("way", ctx.t("claim.way"), Part::Table(way(ctx, &claim)))
            .half(
                "events",
                ctx.t("case.history"),
                Part::Events(say::people(desk, events)?),
            ),
    )
}

fn stated(ctx: &Ctx, claim: &Claim) -> Vec<(String, Cell)> {
    let months: Vec<String> = claim
        .stated
        .months
        .iter()
        .map(ToString::to_string)
        .collect();
    vec![
        (
            ctx.t("claim.months").to_owned(),
            Cell::text(format!("{} · {}", claim.year, months.join(ctx.t("comma")))),
        ),
        (
            ctx.t("claim.rent").to_owned(),
            Cell::text(ctx.money(&claim.stated.rent_paid)),
        ),
        (
            ctx.t("claim.other_aid").to_owned(),
            Cell::text(ctx.money(&claim.stated.other_aid)),
        ),
        (
            ctx.t("claim.amount").to_owned(),
            Cell::text(ctx.money(&claim.calculation.amount)),
        ),
        (
            ctx.t("claim.awarded").to_owned(),
            claim
                .awarded
                .map_or_else(Cell::none, |a| Cell::text(ctx.money(&a))),
        ),
        (
            ctx.t("claim.paid_sum").to_owned(),
            Cell::text(ctx.money(&claim.paid)),
        ),
        (
            ctx.t("policy").to_owned(),
            Cell::key(claim.calculation.policy.clone()).under(claim.calculation.rule.clone()),
        ),
    ]
}

/// The way to the amount, step by step.
fn way(ctx: &Ctx, claim: &Claim) -> Table {
    let lines = claim.calculation.steps.iter().map(|s| Line {
        key: s.name.clone(),
        cells: vec![
            Cell::text(s.name.clone()).under(s.note.clone()),
            Cell::money(s.amount),
        ],
    });
    let heads = [
        ("step", ctx.t("claim.step")),
        ("after", ctx.t("claim.after")),
    ];
    Table::plain(ctx, ctx.t("claim.way"), &heads, lines.collect())
}
