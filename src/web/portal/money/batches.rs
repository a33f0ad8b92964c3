//! Payment batches: the list, one with its payments, putting one together, entering the bank's answer, giving it up.
//!
//! Not here: handing its file out (`batch_file`), bank accounts of firms.

use actix_web::{HttpResponse, web};

use super::{MOST, quota};
use crate::acts::act::tag;
use crate::acts::money::confirm::{self, BankAnswer, Failed};
use crate::acts::money::{claims, payments};
use crate::acts::powers::money as power;
use crate::acts::{Desk, lookup};
use crate::domain::claim::ClaimStage;
use crate::domain::fault::Faults;
use crate::domain::ids::PaymentId;
use crate::domain::payment::{BatchStage, PaymentBatch};
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::portal::verbs::{self, Keys, Stand, Verb, before, upon};
use crate::web::portal::{of, page, say};
use crate::web::routes::Route;
use crate::web::screen::Went;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::field::Field;
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// Putting payable claims of a quota together.
pub const MAKE: Verb = Verb {
    path: "/quotas/{district}/{year}/pay",
    power: &power::MAKE_BATCH,
    words: "batch.make",
    danger: false,
    stands: making,
    act: |desk, keys, sent| {
        let batch = payments::make(desk, &quota(keys)?, &sent.list("claims")?)?;
        Went::to(path_to("/payment-batches/{}", &[&batch.id]), "batch_made")
    },
};

const CONFIRM: Verb = Verb {
    path: "/payment-batches/{id}/confirm",
    power: &power::CONFIRM_BATCH,
    words: "batch.confirm",
    danger: false,
    stands: answering,
    act: |desk, keys, sent| {
        let id: PaymentId = keys.read("id")?;
        let failed = sent.list("failed")?.into_iter().map(|claim| Failed {
            claim,
            reason: sent.get("failed_reason").to_owned(),
        });
        let answer = BankAnswer {
            reference: sent.get("reference").to_owned(),
            paid_on: sent.need("paid_on")?,
            failed: failed.collect(),
        };
        confirm::confirm(desk, &id, &answer)?;
        Went::to(path_to("/payment-batches/{}", &[&id]), "batch_confirmed")
    },
};

const DROP: Verb = Verb {
    path: "/payment-batches/{id}/drop",
    power: &power::DROP_BATCH,
    words: "batch.drop",
    danger: true,
    stands: |desk, ctx, keys| {
        let why = Field::words("reason", ctx.t("reason")).needed();
        Ok(stands(desk, ctx, keys)?.asks(vec![why]))
    },
    act: |desk, keys, sent| {
        let id: PaymentId = keys.read("id")?;
        confirm::drop_batch(desk, &id, sent.get("reason"))?;
        Went::to(path_to("/payment-batches/{}", &[&id]), "batch_dropped")
    },
};

/// Acts on batches.
pub const VERBS: &[Verb] = &[MAKE, CONFIRM, DROP];

/// The routes.
pub const ROUTES: &[Route] = &[
    page(
        "/payment-batches",
        of(&power::SEE_BATCH),
        "payment batches",
        |r| r.to(list),
    ),
    page(
        "/payment-batches/{id}",
        of(&power::SEE_BATCH),
        "one payment batch",
        |r| r.to(one),
    ),
    before(&MAKE),
    upon(&MAKE),
    before(&CONFIRM),
    upon(&CONFIRM),
    before(&DROP),
    upon(&DROP),
];

async fn list(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, all).await
}

/// District, year and when it was made.
pub fn title(ctx: &Ctx, districts: &[lookup::Named], one: &PaymentBatch) -> String {
    let name = say::named(ctx, districts, one.district.as_str());
    format!("{name} {} · {}", one.year, ctx.clock(&one.made.at))
}

fn all(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let districts = lookup::districts(desk)?;
    let mut found = payments::list(desk, None, (None, MOST))?;
    found.reverse();
    let lines = found.iter().map(|b| Line {
        key: b.id.to_string(),
        cells: vec![
            Cell::link(
                ctx.plain(&path_to("/payment-batches/{}", &[&b.id])),
                title(ctx, &districts, b),
            ),
            say::state(ctx, "batch", b.stage.name()),
            Cell::count(i64::try_from(b.payments.len()).unwrap_or(i64::MAX)),
            Cell::money(b.total),
            Cell::text(b.reference.clone().unwrap_or_default()),
            b.paid_on.map_or_else(Cell::none, Cell::day),
        ],
    });
    let heads = [
        ("batch", ctx.t("batch.one")),
        ("stage", ctx.t("state")),
        ("claims", ctx.t("nav.claims")),
        ("total", ctx.t("batch.total")),
        ("reference", ctx.t("batch.reference")),
        ("paid_on", ctx.t("batch.paid_on")),
    ];
    let table = Table::of(ctx, ctx.t("nav.payment_batches"), &heads, lines.collect());
    let table = table.empty(ctx.t("batch.none"));
    Ok(Sheet::new("payment_batches", ctx.t("nav.payment_batches"))
        .lead(ctx.t("batch.lead"))
        .with("list", "", Part::Table(table)))
}

async fn one(ctx: Ctx, caller: Caller, id: web::Path<PaymentId>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, &id))
        .await
}

fn sheet(desk: &Desk, ctx: &Ctx, id: &PaymentId) -> Result<Sheet, Faults> {
    let found = payments::one(desk, id)?;
    let districts = lookup::districts(desk)?;
    let mut sheet = Sheet::new("payment_batches", title(ctx, &districts, &found))
        .under(ctx.plain("/payment-batches"), ctx.t("nav.payment_batches"))
        .state(
            found.stage.name(),
            say::word(ctx, "batch", found.stage.name()),
        );
    let open = matches!(found.stage, BatchStage::Made | BatchStage::Exported);
    if open && ctx.can(&power::EXPORT_BATCH) {
        let path = path_to("/payment-batches/{}/export", &[&id]);
        sheet = sheet.button(ctx.plain(&path), ctx.t("batch.export"), "primary");
    }
    let keys = verbs::keys(&[("id", id.as_str())]);
    let mine: &[&'static Verb] = match found.stage {
        BatchStage::Made => &[&DROP],
        BatchStage::Exported => &[&CONFIRM, &DROP],
        _ => &[],
    };
    sheet = verbs::buttons(sheet, ctx, &keys, mine);
    let mut events = vec![say::event(
        ctx,
        say::word(ctx, "batch", "made"),
        &found.made,
    )];
    for (name, signed) in [
        ("exported", &found.exported),
        ("confirmed", &found.confirmed),
    ] {
        let word = say::word(ctx, "batch", name);
        events.extend(signed.as_ref().map(|s| say::event(ctx, word, s)));
    }
    Ok(sheet
        .half("facts", ctx.t("facts"), Part::Pairs(facts(ctx, &found)))
        .half(
            "events",
            ctx.t("case.history"),
            Part::Events(say::people(desk, events)?),
        )
        .with(
            "payments",
            ctx.t("batch.payments"),
            Part::Table(rows(desk, ctx, &found)),
        ))
}

fn facts(ctx: &Ctx, found: &PaymentBatch) -> Vec<(String, Cell)> {
    let text = |t: Option<String>| t.map_or_else(Cell::none, Cell::text);
    vec![
        (
            ctx.t("batch.total").to_owned(),
            Cell::text(ctx.money(&found.total)),
        ),
        (
            ctx.t("nav.claims").to_owned(),
            Cell::text(found.payments.len().to_string()),
        ),
        (
            ctx.t("batch.digest").to_owned(),
            found
                .digest
                .as_ref()
                .map_or_else(Cell::none, |d| Cell::key(ctx.short(d))),
        ),
        (
            ctx.t("batch.reference").to_owned(),
            text(found.reference.clone()),
        ),
        (
            ctx.t("batch.paid_on").to_owned(),
            text(found.paid_on.map(|d| d.to_string())),
        ),
    ]
}

/// Its payments.
pub fn rows(desk: &Desk, ctx: &Ctx, found: &PaymentBatch) -> Table {
    let firms = lookup::firms(desk).unwrap_or_default();
    let lines = found.payments.iter().map(|p| Line {
        key: p.claim.to_string(),
        cells: vec![
            Cell::link(
                ctx.plain(&path_to("/claims/{}", &[&p.claim])),
                say::firm(ctx, &firms, p.firm.as_str()),
            ),
            Cell::money(p.amount),
            match &p.failed {
                Some(why) => Cell::state("failed", ctx.t("batch.failed")).under(why.clone()),
                None => say::state(ctx, "batch", found.stage.name()),
            },
        ],
    });
    let heads = [
        ("firm", ctx.t("firm")),
        ("amount", ctx.t("quota.sum")),
        ("state", ctx.t("state")),
    ];
    Table::plain(ctx, ctx.t("batch.payments"), &heads, lines.collect())
}

fn making(desk: &Desk, ctx: &Ctx, keys: &Keys) -> Result<Stand, Faults> {
    let key = quota(keys)?;
    let firms = lookup::firms(desk).unwrap_or_default();
    let mut found = claims::list(desk, Some(ClaimStage::Payable), None, (None, MOST))?;
    found.retain(|c| c.quota() == key);
    let choice = |c: &crate::domain::claim::Claim| {
        let name = say::firm(ctx, &firms, c.firm.as_str());
        (c.id.to_string(), format!("{name} · {}", ctx.money(&c.due)))
    };
    let choices: Vec<(String, String)> = found.iter().map(choice).collect();
    let districts = lookup::districts(desk)?;
    let name = say::named(ctx, &districts, key.district.as_str());
    let stand = Stand::under("quotas", "/quotas", ctx.t("nav.quotas"))
        .at(super::path_of(&key), format!("{name} {}", key.year));
    Ok(match choices.is_empty() {
        true => stand.about(
            "none",
            "",
            Part::Note("info", ctx.t("batch.nothing").to_owned()),
        ),
        false => {
            let all: Vec<String> = choices.iter().map(|(id, _)| id.clone()).collect();
            let field = Field::many("claims", ctx.t("batch.payable"), choices);
            stand.asks(vec![field.chosen(all).needed()])
        }
    })
}

/// A batch with its payments beside the form.
fn stands(desk: &Desk, ctx: &Ctx, keys: &Keys) -> Result<Stand, Faults> {
    let found = payments::one(desk, &keys.read("id")?)?;
    let districts = lookup::districts(desk)?;
    Ok(Stand::under(
        "payment_batches",
        "/payment-batches",
        ctx.t("nav.payment_batches"),
    )
    .at(
        path_to("/payment-batches/{}", &[&found.id]),
        title(ctx, &districts, &found),
    )
    .state(
        found.stage.name(),
        say::word(ctx, "batch", found.stage.name()),
    )
    .tag(tag(&found)?)
    .about(
        "payments",
        ctx.t("batch.payments"),
        Part::Table(rows(desk, ctx, &found)),
    ))
}

fn answering(desk: &Desk, ctx: &Ctx, keys: &Keys) -> Result<Stand, Faults> {
    let found = payments::one(desk, &keys.read("id")?)?;
    let firms = lookup::firms(desk).unwrap_or_default();
    let choice = |p: &crate::domain::payment::Payment| {
        let name = say::firm(ctx, &firms, p.firm.as_str());
        (
            p.claim.to_string(),
            format!("{name} · {}", ctx.money(&p.amount)),
        )
    };
    let choices = found.payments.iter().map(choice).collect();
    Ok(stands(desk, ctx, keys)?
        .asks(vec![
            Field::line("reference", ctx.t("batch.reference")).needed(),
            Field::day("paid_on", ctx.t("batch.paid_on"))
                .value(crate::acts::rounds::today(desk))
                .needed(),
        ])
        .group(
            ctx.t("batch.not_paid"),
            ctx.t("batch.not_paid.hint"),
            vec![
                Field::many("failed", ctx.t("batch.not_paid"), choices),
                Field::line("failed_reason", ctx.t("reason")).wide(),
            ],
        ))
}
