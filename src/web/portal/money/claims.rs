//! Claims of rent subsidy: the list of those that the reader may see, and one with the way to its amount.
//!
//! Not here: acts on them (`claim_acts`).

use actix_web::{HttpResponse, web};

use super::claim_acts::open_verbs;
use super::{MOST, maybe};
use crate::acts::money::claims;
use crate::acts::powers::money::{self as power, SEE_CLAIM};
use crate::acts::{Desk, lookup};
use crate::domain::claim::{Claim, ClaimStage};
use crate::domain::fault::Faults;
use crate::domain::ids::ClaimId;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::portal::many;
use crate::web::portal::many_acts::{APPROVE_CLAIMS, PUBLICISE_CLAIMS, REVIEW_CLAIMS};
use crate::web::portal::told::filter;
use crate::web::portal::verbs;
use crate::web::portal::{of, page, say};
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

/// Stages from which officers go on with many claims at once.
const OPEN: [ClaimStage; 3] = [
    ClaimStage::Submitted,
    ClaimStage::Settled,
    ClaimStage::Publicised,
];

async fn list(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, all).await
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
                ctx.plain(&path_to("/claims/{}", &[&c.id])),
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
    let mut table = Table::of(ctx, ctx.t("nav.claims"), &heads, lines.collect());
    let open = found.iter().filter(|c| OPEN.contains(&c.stage));
    let acts = [&REVIEW_CLAIMS, &PUBLICISE_CLAIMS, &APPROVE_CLAIMS];
    table.bulk = many::bulk(ctx, &acts, open.map(|c| c.id.to_string()));
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
    let sheet = Sheet::new("claims", say::firm(ctx, &firms, claim.firm.as_str()))
        .under(ctx.plain("/claims"), ctx.t("nav.claims"))
        .state(
            claim.stage.name(),
            say::word(ctx, "claim", claim.stage.name()),
        );
    let keys = verbs::keys(&[("id", claim.id.as_str())]);
    Ok(verbs::buttons(sheet, ctx, &keys, &open_verbs(&claim))
        .button(
            ctx.plain(&path_to("/contracts/{}", &[&claim.contract])),
            ctx.t("claim.contract"),
            "",
        )
        .half(
            "stated",
            ctx.t("claim.stated"),
            Part::Pairs(stated(ctx, &claim)),
        )
        .half("way", ctx.t("claim.way"), Part::Table(way(ctx, &claim)))
        .half("money", ctx.t("claim.money"), Part::Pairs(due(ctx, &claim)))
        .half(
            "events",
            ctx.t("case.history"),
            Part::Events(say::people(desk, events)?),
        ))
}

/// Where the money of a claim stands, and where it is decided.
fn due(ctx: &Ctx, claim: &Claim) -> Vec<(String, Cell)> {
    let amount = |words: &str, amount| (ctx.t(words).to_owned(), Cell::text(ctx.money(&amount)));
    let mut pairs = vec![
        amount("claim.held", claim.held),
        amount("claim.due", claim.due),
        amount("claim.paid_sum", claim.paid),
        amount("claim.recalled", claim.recalled),
    ];
    let officer = ctx.can(&power::SEE_SETTLEMENT);
    if let Some(id) = claim.settlement.as_ref().filter(|_| officer) {
        let link = Cell::link(
            ctx.plain(&path_to("/settlements/{}", &[&id])),
            ctx.t("settlement.one"),
        );
        pairs.push((ctx.t("nav.settlements").to_owned(), link));
    }
    if let Some(id) = claim.batch.as_ref().filter(|_| officer) {
        let link = Cell::link(
            ctx.plain(&path_to("/payment-batches/{}", &[&id])),
            ctx.t("batch.one"),
        );
        pairs.push((ctx.t("nav.payment_batches").to_owned(), link));
    }
    if let Some(p) = &claim.publicity {
        pairs.push((
            ctx.t("round.publicity").to_owned(),
            Cell::text(p.number.clone()).under(format!("{} – {}", p.from, p.until)),
        ));
    }
    if let Some(p) = &claim.payment {
        pairs.push((
            ctx.t("batch.reference").to_owned(),
            Cell::text(p.reference.clone()).under(p.on.to_string()),
        ));
    }
    pairs
}

/// What is claimed.
pub fn stated(ctx: &Ctx, claim: &Claim) -> Vec<(String, Cell)> {
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
pub fn way(ctx: &Ctx, claim: &Claim) -> Table {
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
