//! Acts on a quota: proposing it or a change of it, releasing, refusing, settling, closing the year.
//!
//! Not here: pages of quotas (`quotas`).

use chrono::Datelike;

use super::{own_district, path_of, quota, yuan};
use crate::acts::act::tag;
use crate::acts::money::quotas::{self, Proposal};
use crate::acts::money::{settle, year_end};
use crate::acts::powers::money as power;
use crate::acts::{Desk, lookup, refuse, words};
use crate::domain::fault::Faults;
use crate::domain::ids::QuotaChangeId;
use crate::domain::ledger::QuotaKey;
use crate::domain::money::Fen;
use crate::domain::quota::{Item, QuotaMode};
use crate::domain::quota_change::QuotaChange;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::portal::verbs::{Keys, Stand, Verb};
use crate::web::portal::{choices, say};
use crate::web::screen::Went;
use crate::web::sheet::Part;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::field::Field;
use crate::web::sheet::form::Fields;

/// Proposing the quota of a year that has none.
pub const NEW: Verb = Verb {
    path: "/quotas/propose",
    power: &power::PROPOSE_QUOTA,
    words: "quota.new",
    danger: false,
    stands: |desk, ctx, _| fresh(desk, ctx),
    act: |desk, _, sent| {
        let key = QuotaKey {
            district: own_district(desk)?,
            year: sent.need("year")?,
            item: Item::RentSubsidy,
        };
        quotas::propose(desk, &key, &proposal(sent)?)?;
        Went::to(path_of(&key), "quota_proposed")
    },
};

/// Proposing another amount.
pub const CHANGE: Verb = Verb {
    path: "/quotas/{district}/{year}/propose",
    power: &power::PROPOSE_QUOTA,
    words: "quota.change",
    danger: false,
    stands: changing,
    act: |desk, keys, sent| {
        let key = quota(keys)?;
        quotas::propose(desk, &key, &proposal(sent)?)?;
        Went::to(path_of(&key), "quota_proposed")
    },
};

/// Releasing what is proposed.
pub const RELEASE: Verb = Verb {
    path: "/quotas/{district}/{year}/changes/{change}/release",
    power: &power::RELEASE_QUOTA,
    words: "quota.release",
    danger: false,
    stands: |desk, ctx, keys| proposed(desk, ctx, keys, Vec::new()),
    act: |desk, keys, _| {
        quotas::release(desk, &keys.read::<QuotaChangeId>("change")?)?;
        Went::to(path_of(&quota(keys)?), "quota_released")
    },
};

/// Refusing what is proposed.
pub const REFUSE: Verb = Verb {
    path: "/quotas/{district}/{year}/changes/{change}/refuse",
    power: &power::REFUSE_QUOTA,
    words: "quota.refuse",
    danger: true,
    stands: |desk, ctx, keys| {
        let why = Field::words("reason", ctx.t("reason")).needed();
        proposed(desk, ctx, keys, vec![why])
    },
    act: |desk, keys, sent| {
        let change: QuotaChangeId = keys.read("change")?;
        quotas::refuse(desk, &change, sent.get("reason"))?;
        Went::to(path_of(&quota(keys)?), "quota_refused")
    },
};

/// Making the sheet of a year.
pub const SETTLE: Verb = Verb {
    path: "/quotas/{district}/{year}/settle",
    power: &power::PROPOSE_SETTLEMENT,
    words: "settlement.make",
    danger: false,
    stands: |desk, ctx, keys| {
        let fields = vec![
            Field::tick("whole_year", ctx.t("settlement.whole_year"), false)
                .hint(ctx.t("settlement.whole_year.hint"))
                .wide(),
            Field::words("reason", ctx.t("reason")),
        ];
        Ok(of_quota(desk, ctx, keys)?.asks(fields))
    },
    act: |desk, keys, sent| {
        let key = quota(keys)?;
        let whole = sent.ticked("whole_year");
        let made = settle::propose(desk, &key, whole, sent.get("reason"))?;
        Went::to(path_to("/settlements/{}", &[&made.id]), "settlement_made")
    },
};

/// Closing a budget year.
pub const CLOSE: Verb = Verb {
    path: "/quotas/{district}/{year}/close",
    power: &power::CLOSE_YEAR,
    words: "quota.close",
    danger: true,
    stands: of_quota,
    act: |desk, keys, _| {
        let key = quota(keys)?;
        year_end::close(desk, &key)?;
        Went::to(path_of(&key), "quota_closed")
    },
};

fn modes(ctx: &Ctx) -> Vec<(String, String)> {
    let all = [QuotaMode::Hard, QuotaMode::ProRata];
    let mode = |m: &QuotaMode| (choices::name(m), ctx.say(&words::quota_mode(*m)).to_owned());
    all.iter().map(mode).collect()
}

fn proposal(sent: &Fields) -> Result<Proposal, Faults> {
    Ok(Proposal {
        amount: sent.need("amount")?,
        mode: choices::noun("mode", sent.get("mode"))?,
        basis: sent.get("basis").to_owned(),
    })
}

fn asked(ctx: &Ctx) -> Vec<Field> {
    vec![
        yuan("amount", ctx.t("quota.amount")).needed(),
        Field::one("mode", ctx.t("quota.mode"), modes(ctx)).needed(),
        Field::line("basis", ctx.t("quota.basis"))
            .hint(ctx.t("quota.basis.hint"))
            .wide()
            .needed(),
    ]
}

fn fresh(desk: &Desk, ctx: &Ctx) -> Result<Stand, Faults> {
    let districts = lookup::districts(desk)?;
    let own = own_district(desk)?;
    let mut fields = asked(ctx);
    let year = Field::number("year", ctx.t("contract.year"));
    fields.insert(0, year.value(desk.now().year()).needed());
    let name = say::named(ctx, &districts, own.as_str());
    Ok(Stand::under("quotas", "/quotas", ctx.t("nav.quotas"))
        .state("draft", name)
        .asks(fields))
}

/// The page of a quota, and where it stands.
fn of_quota(desk: &Desk, ctx: &Ctx, keys: &Keys) -> Result<Stand, Faults> {
    let key = quota(keys)?;
    let now = quotas::one(desk, &key)?;
    let districts = lookup::districts(desk)?;
    let name = say::named(ctx, &districts, key.district.as_str());
    let title = format!("{name} {}", key.year);
    let pairs = vec![
        pair(ctx, "quota.amount", now.quota.amount),
        pair(ctx, "quota.committed", now.balance.committed),
        pair(ctx, "quota.payable", now.balance.payable),
        pair(ctx, "quota.paid", now.balance.paid),
        pair(ctx, "quota.left", now.balance.free),
    ];
    Ok(Stand::under("quotas", "/quotas", ctx.t("nav.quotas"))
        .at(path_of(&key), title)
        .about("now", ctx.t("quota.now"), Part::Pairs(pairs)))
}

fn pair(ctx: &Ctx, words: &str, amount: crate::domain::money::Fen) -> (String, Cell) {
    (ctx.t(words).to_owned(), Cell::text(ctx.yuan(&amount)))
}

fn changing(desk: &Desk, ctx: &Ctx, keys: &Keys) -> Result<Stand, Faults> {
    let key = quota(keys)?;
    let now = quotas::one(desk, &key)?.quota;
    let mut fields = asked(ctx);
    for field in &mut fields {
        match field.name.as_str() {
            "amount" => {
                let tried: Option<Fen> = ctx.value("amount").parse().ok();
                field.value = tried.unwrap_or(now.amount).to_string();
            }
            "mode" => field.value = choices::name(&now.mode),
            _ => {}
        }
    }
    Ok(of_quota(desk, ctx, keys)?.asks(fields))
}

/// The change that a path names; AC013 when it is not of its quota.
fn change(desk: &Desk, keys: &Keys) -> Result<QuotaChange, Faults> {
    let id: QuotaChangeId = keys.read("change")?;
    let all = quotas::history(desk, &quota(keys)?)?;
    let found = all.into_iter().find(|c| c.id == id);
    found.ok_or_else(|| refuse::absent("change of a quota", id).into())
}

fn proposed(desk: &Desk, ctx: &Ctx, keys: &Keys, fields: Vec<Field>) -> Result<Stand, Faults> {
    let key = quota(keys)?;
    let change = change(desk, keys)?;
    let districts = lookup::districts(desk)?;
    let name = say::named(ctx, &districts, key.district.as_str());
    let pairs = vec![
        (
            ctx.t("quota.before").to_owned(),
            change
                .before
                .map_or_else(Cell::none, |a| Cell::text(ctx.money(&a))),
        ),
        (
            ctx.t("quota.proposed").to_owned(),
            Cell::text(ctx.money(&change.amount))
                .under(ctx.say(&words::quota_mode(change.mode)).to_owned()),
        ),
        (
            ctx.t("quota.basis").to_owned(),
            Cell::text(change.basis.clone()),
        ),
    ];
    Ok(Stand::under("quotas", "/quotas", ctx.t("nav.quotas"))
        .at(path_of(&key), format!("{name} {}", key.year))
        .state(
            change.stage.name(),
            say::word(ctx, "change", change.stage.name()),
        )
        .tag(tag(&change)?)
        .asks(fields)
        .about("change", ctx.t("quota.change"), Part::Pairs(pairs)))
}
