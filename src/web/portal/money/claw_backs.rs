//! Claw-backs: the orders that the reader may see, one with what came in, ordering, entering money, waiving by two.
//!
//! Not here: proposals of supervision (`supervision::sanctions`), the ledger (`quotas`).

use actix_web::{HttpResponse, web};

use super::{MOST, yuan};
use crate::acts::act::tag;
use crate::acts::money::claims;
use crate::acts::money::claw_back::{self, Order};
use crate::acts::powers::money as power;
use crate::acts::powers::supervision::SEE_SANCTION;
use crate::acts::rounds::contracts;
use crate::acts::supervision::sanctions;
use crate::acts::{Desk, lookup};
use crate::domain::claw_back::{ClawBack, ClawBackStage};
use crate::domain::fault::Faults;
use crate::domain::ids::{ClawBackId, ContractId};
use crate::domain::money::Fen;
use crate::domain::sanction::ProposalStage;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::portal::told::filter;
use crate::web::portal::verbs::{self, Keys, Stand, Verb, before, upon, verb};
use crate::web::portal::{of, page, say};
use crate::web::routes::Route;
use crate::web::screen::Went;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::field::Field;
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

const ORDER: Verb = Verb {
    path: "/contracts/{id}/claw-back",
    power: &power::ORDER_CLAW_BACK,
    words: "claw_back.order",
    danger: true,
    stands: ordering,
    act: |desk, keys, sent| {
        let contract: ContractId = keys.read("id")?;
        let new = Order {
            claim: sent.maybe("claim")?,
            amount: sent.maybe("amount")?,
            proposal: sent.maybe("proposal")?,
            reason: sent.get("reason").to_owned(),
            deadline: sent.need("deadline")?,
        };
        claw_back::order(desk, &contract, &new)?;
        Went::to("/claw-backs", "claw_back_ordered")
    },
};

const RECEIVE: Verb = verb(
    "/claw-backs/{id}/receive",
    &power::RECEIVE_CLAW_BACK,
    "claw_back.receive",
    |desk, ctx, keys| {
        let found = claw_back::one(desk, &keys.read("id")?)?;
        let fields = vec![
            yuan("amount", ctx.t("quota.sum"))
                .value(found.owed())
                .needed(),
            Field::line("reference", ctx.t("batch.reference")).needed(),
        ];
        Ok(stands(desk, ctx, keys)?.asks(fields))
    },
    |desk, keys, sent| {
        let id: ClawBackId = keys.read("id")?;
        let amount: Fen = sent.need("amount")?;
        let done = claw_back::receive(desk, &id, amount, sent.get("reference"));
        gone(done, &id, "claw_back_received")
    },
);

const PROPOSE: Verb = verb(
    "/claw-backs/{id}/propose-waiver",
    &power::PROPOSE_WAIVER,
    "claw_back.propose",
    with_reason,
    |desk, keys, sent| {
        let id: ClawBackId = keys.read("id")?;
        let done = claw_back::propose_waiver(desk, &id, sent.get("reason"));
        gone(done, &id, "waiver_proposed")
    },
);

const WAIVE: Verb = Verb {
    danger: true,
    ..verb(
        "/claw-backs/{id}/waive",
        &power::SIGN_WAIVER,
        "claw_back.waive",
        stands,
        |desk, keys, _| {
            let id: ClawBackId = keys.read("id")?;
            gone(claw_back::sign_waiver(desk, &id), &id, "waiver_signed")
        },
    )
};

const REFUSE: Verb = verb(
    "/claw-backs/{id}/refuse-waiver",
    &power::REFUSE_WAIVER,
    "claw_back.refuse",
    with_reason,
    |desk, keys, sent| {
        let id: ClawBackId = keys.read("id")?;
        let done = claw_back::refuse_waiver(desk, &id, sent.get("reason"));
        gone(done, &id, "waiver_refused")
    },
);

/// Acts on claw-backs.
pub const VERBS: &[Verb] = &[ORDER, RECEIVE, PROPOSE, WAIVE, REFUSE];

/// The routes.
pub const ROUTES: &[Route] = &[
    page(
        "/claw-backs",
        of(&power::SEE_CLAW_BACK),
        "paid aid that is ordered back",
        |r| r.to(list),
    ),
    page(
        "/claw-backs/{id}",
        of(&power::SEE_CLAW_BACK),
        "one order to pay back",
        |r| r.to(one),
    ),
    before(&ORDER),
    upon(&ORDER),
    before(&RECEIVE),
    upon(&RECEIVE),
    before(&PROPOSE),
    upon(&PROPOSE),
    before(&WAIVE),
    upon(&WAIVE),
    before(&REFUSE),
    upon(&REFUSE),
];

fn gone<T>(done: Result<T, Faults>, id: &ClawBackId, words: &'static str) -> Result<Went, Faults> {
    done?;
    Went::to(path_to("/claw-backs/{}", &[&id]), words)
}

async fn list(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, all).await
}

fn all(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let firms = lookup::firms(desk).unwrap_or_default();
    let today = crate::acts::rounds::today(desk);
    let stage = ClawBackStage::ALL
        .into_iter()
        .find(|s| s.name() == ctx.value("stage"));
    let found = claw_back::list(desk, stage, None, (None, MOST))?;
    let lines = found.iter().map(|c| Line {
        key: c.id.to_string(),
        cells: vec![
            Cell::link(
                ctx.plain(&path_to("/claw-backs/{}", &[&c.id])),
                say::firm(ctx, &firms, c.firm.as_str()),
            ),
            say::state(ctx, "claw_back", c.stage.name()),
            Cell::money(c.amount),
            Cell::money(c.owed()),
            deadline(ctx, c, today),
        ],
    });
    let heads = [
        ("firm", ctx.t("firm")),
        ("stage", ctx.t("state")),
        ("amount", ctx.t("claw_back.amount")),
        ("owed", ctx.t("claw_back.owed")),
        ("deadline", ctx.t("claw_back.deadline")),
    ];
    let table = Table::of(ctx, ctx.t("nav.claw_backs"), &heads, lines.collect());
    let states =
        ClawBackStage::ALL.map(|s| (s.name().to_owned(), say::word(ctx, "claw_back", s.name())));
    let states = say::or_none(ctx, "all", states.to_vec());
    let fields = vec![Field::one("stage", ctx.t("state"), states)];
    Ok(Sheet::new("claw_backs", ctx.t("nav.claw_backs"))
        .with("filter", "", filter(ctx, fields))
        .with(
            "list",
            "",
            Part::Table(table.empty(ctx.t("claw_back.none"))),
        ))
}

fn deadline(ctx: &Ctx, order: &ClawBack, today: chrono::NaiveDate) -> Cell {
    let day = Cell::day(order.deadline);
    match order.is_late(today) {
        true => day.under(ctx.t("claw_back.late")),
        false => day,
    }
}

async fn one(ctx: Ctx, caller: Caller, id: web::Path<ClawBackId>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, &id))
        .await
}

fn sheet(desk: &Desk, ctx: &Ctx, id: &ClawBackId) -> Result<Sheet, Faults> {
    let found = claw_back::one(desk, id)?;
    let firms = lookup::firms(desk).unwrap_or_default();
    let sheet = Sheet::new("claw_backs", say::firm(ctx, &firms, found.firm.as_str()))
        .under(ctx.plain("/claw-backs"), ctx.t("nav.claw_backs"))
        .state(
            found.stage.name(),
            say::word(ctx, "claw_back", found.stage.name()),
        );
    let keys = verbs::keys(&[("id", id.as_str())]);
    let mine: &[&'static Verb] = match found.stage {
        ClawBackStage::Ordered => &[&RECEIVE, &PROPOSE],
        ClawBackStage::WaiverProposed => &[&WAIVE, &REFUSE],
        _ => &[],
    };
    let mut events = vec![say::event(ctx, ctx.t("claw_back.ordered"), &found.ordered)];
    let got = |r: &crate::domain::claw_back::Receipt| {
        let what = format!("{} {}", ctx.t("claw_back.got"), ctx.money(&r.amount));
        let mut event = say::event(ctx, what, &r.signed);
        event.note.clone_from(&r.reference);
        event
    };
    events.extend(found.receipts.iter().map(got));
    for (name, signed) in [
        ("waiver_proposed", &found.waiver),
        ("waived", &found.waived),
    ] {
        let word = say::word(ctx, "claw_back", name);
        events.extend(signed.as_ref().map(|s| say::event(ctx, word, s)));
    }
    if desk.person().role.is_firm() {
        events.iter_mut().for_each(|e| e.who.clear());
    }
    Ok(verbs::buttons(sheet, ctx, &keys, mine)
        .half(
            "facts",
            ctx.t("facts"),
            Part::Pairs(facts(desk, ctx, &found)),
        )
        .half(
            "events",
            ctx.t("case.history"),
            Part::Events(say::people(desk, events)?),
        ))
}

fn facts(desk: &Desk, ctx: &Ctx, found: &ClawBack) -> Vec<(String, Cell)> {
    let today = crate::acts::rounds::today(desk);
    let amount =
        |words: &str, amount: Fen| (ctx.t(words).to_owned(), Cell::text(ctx.money(&amount)));
    vec![
        amount("claw_back.amount", found.amount),
        amount("claw_back.owed", found.owed()),
        (
            ctx.t("claw_back.deadline").to_owned(),
            deadline(ctx, found, today),
        ),
        (
            ctx.t("claim.one").to_owned(),
            Cell::link(
                ctx.plain(&path_to("/claims/{}", &[&found.claim])),
                found.year.to_string(),
            ),
        ),
        (
            ctx.t("claim.contract").to_owned(),
            Cell::link(
                ctx.plain(&path_to("/contracts/{}", &[&found.contract])),
                found.contract.to_string(),
            ),
        ),
        (
            ctx.t("reason").to_owned(),
            Cell::text(found.ordered.reason.clone()),
        ),
    ]
}

fn stands(desk: &Desk, ctx: &Ctx, keys: &Keys) -> Result<Stand, Faults> {
    let found = claw_back::one(desk, &keys.read("id")?)?;
    let firms = lookup::firms(desk).unwrap_or_default();
    Ok(
        Stand::under("claw_backs", "/claw-backs", ctx.t("nav.claw_backs"))
            .at(
                path_to("/claw-backs/{}", &[&found.id]),
                say::firm(ctx, &firms, found.firm.as_str()),
            )
            .state(
                found.stage.name(),
                say::word(ctx, "claw_back", found.stage.name()),
            )
            .tag(tag(&found)?)
            .about(
                "facts",
                ctx.t("facts"),
                Part::Pairs(facts(desk, ctx, &found)),
            ),
    )
}

fn with_reason(desk: &Desk, ctx: &Ctx, keys: &Keys) -> Result<Stand, Faults> {
    let why = Field::words("reason", ctx.t("reason")).needed();
    Ok(stands(desk, ctx, keys)?.asks(vec![why]))
}

/// What of a contract can be ordered back.
fn ordering(desk: &Desk, ctx: &Ctx, keys: &Keys) -> Result<Stand, Faults> {
    let contract = contracts::one(desk, &keys.read("id")?)?;
    let mut paid = claims::list(desk, None, Some(&contract.id), (None, MOST))?;
    paid.retain(|c| c.paid > Fen::ZERO);
    let choice = |c: &crate::domain::claim::Claim| {
        let months = super::claim_form::months_of(ctx, c);
        (
            c.id.to_string(),
            format!("{months} · {}", ctx.money(&c.paid)),
        )
    };
    let choices = say::or_none(ctx, "claw_back.all", paid.iter().map(choice).collect());
    let mut fields = vec![
        Field::one("claim", ctx.t("claim.one"), choices),
        yuan("amount", ctx.t("quota.sum")).hint(ctx.t("claw_back.amount.hint")),
    ];
    if ctx.can(&SEE_SANCTION) {
        let mut open = sanctions::proposals(desk, Some(ProposalStage::Open), (None, MOST))?;
        open.retain(|p| p.contract == contract.id);
        if !open.is_empty() {
            let choice = |p: &crate::domain::sanction::Proposal| {
                (
                    p.id.to_string(),
                    format!("{} {}", ctx.t("contract.claw_back"), p.from),
                )
            };
            let choices = say::or_none(
                ctx,
                "claw_back.no_proposal",
                open.iter().map(choice).collect(),
            );
            fields.push(Field::one("proposal", ctx.t("claw_back.proposal"), choices));
        }
    }
    fields.push(Field::day("deadline", ctx.t("claw_back.deadline")).needed());
    fields.push(Field::words("reason", ctx.t("reason")).needed());
    let stand = Stand::under("contracts", "/contracts", ctx.t("nav.contracts"))
        .at(path_to("/contracts/{}", &[&contract.id]), contract.number)
        .asks(fields);
    Ok(match paid.is_empty() {
        true => stand.about(
            "none",
            "",
            Part::Note("info", ctx.t("claw_back.nothing").to_owned()),
        ),
        false => stand,
    })
}
