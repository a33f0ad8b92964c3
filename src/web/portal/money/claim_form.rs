//! What a claim asks of the firm: months, rent paid, other aid, evidence; and the acts of the firm on it.
//!
//! Not here: acts of the district (`claims`).

use std::collections::BTreeMap;

use chrono::Datelike;

use super::yuan;
use crate::acts::Desk;
use crate::acts::act::tag;
use crate::acts::cases::{profile, view};
use crate::acts::money::{claims, entitle};
use crate::acts::powers::money as power;
use crate::acts::rounds::contracts;
use crate::domain::claim::{Claim, ClaimStage, Stated, claimable};
use crate::domain::fault::Faults;
use crate::domain::ids::{ClaimId, ContractId};
use crate::domain::offer::Contract;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::portal::say;
use crate::web::portal::verbs::{Keys, Stand, Verb};
use crate::web::screen::Went;
use crate::web::sheet::Part;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::field::Field;
use crate::web::sheet::form::Fields;

/// Preparing a claim under a contract.
pub const PREPARE: Verb = Verb {
    path: "/contracts/{id}/claim",
    power: &power::PREPARE_CLAIM,
    words: "claim.prepare",
    danger: false,
    stands: preparing,
    act: |desk, keys, sent| {
        let contract: ContractId = keys.read("id")?;
        let claim = claims::prepare(desk, &contract, sent.need("year")?, &stated(sent)?)?;
        Went::to(path_to("/claims/{}", &[&claim.id]), "claim_prepared")
    },
};

/// Changing or supplementing it.
pub const REVISE: Verb = Verb {
    path: "/claims/{id}/revise",
    power: &power::PREPARE_CLAIM,
    words: "claim.revise",
    danger: false,
    stands: |desk, ctx, keys| {
        let claim = claims::one(desk, &keys.read("id")?)?;
        let contract = contracts::one(desk, &claim.contract)?;
        let fields = fields(desk, ctx, (&contract, claim.year, Some(&claim)))?;
        Ok(of_claim(ctx, &claim)?.asks(fields))
    },
    act: |desk, keys, sent| {
        let id: ClaimId = keys.read("id")?;
        claims::revise(desk, &id, &stated(sent)?)?;
        Went::to(path_to("/claims/{}", &[&id]), "claim_prepared")
    },
};

/// Submitting it.
pub const SUBMIT: Verb = Verb {
    path: "/claims/{id}/submit",
    power: &power::SUBMIT_CLAIM,
    words: "claim.submit",
    danger: false,
    stands: |desk, ctx, keys| seen(desk, ctx, keys),
    act: |desk, keys, _| {
        let id: ClaimId = keys.read("id")?;
        claims::submit(desk, &id)?;
        Went::to(path_to("/claims/{}", &[&id]), "claim_submitted")
    },
};

/// Withdrawing it.
pub const WITHDRAW: Verb = Verb {
    path: "/claims/{id}/withdraw",
    power: &power::WITHDRAW_CLAIM,
    words: "claim.withdraw",
    danger: true,
    stands: |desk, ctx, keys| seen(desk, ctx, keys),
    act: |desk, keys, _| {
        let id: ClaimId = keys.read("id")?;
        claims::withdraw(desk, &id)?;
        Went::to(path_to("/claims/{}", &[&id]), "claim_withdrawn")
    },
};

/// What a claim stands on: its page, its stage, its version.
pub fn of_claim(ctx: &Ctx, claim: &Claim) -> Result<Stand, Faults> {
    let title = format!("{} · {}", claim.firm, months_of(ctx, claim));
    Ok(Stand::under("claims", "/claims", ctx.t("nav.claims"))
        .at(path_to("/claims/{}", &[&claim.id]), title)
        .state(
            claim.stage.name(),
            say::word(ctx, "claim", claim.stage.name()),
        )
        .tag(tag(claim)?))
}

/// The same, with what is claimed beside the form.
pub fn seen(desk: &Desk, ctx: &Ctx, keys: &Keys) -> Result<Stand, Faults> {
    let claim = claims::one(desk, &keys.read("id")?)?;
    let stand = of_claim(ctx, &claim)?;
    Ok(stand
        .about(
            "stated",
            ctx.t("claim.stated"),
            Part::Pairs(super::claims::stated(ctx, &claim)),
        )
        .about(
            "way",
            ctx.t("claim.way"),
            Part::Table(super::claims::way(ctx, &claim)),
        ))
}

/// Year and months of a claim in short.
pub fn months_of(ctx: &Ctx, claim: &Claim) -> String {
    let months: Vec<String> = claim.stated.months.iter().map(u32::to_string).collect();
    format!("{}-{}", claim.year, months.join(ctx.t("comma")))
}

/// True when the firm may still change a claim.
pub fn is_open(claim: &Claim) -> bool {
    matches!(claim.stage, ClaimStage::Prepared | ClaimStage::Returned)
}

fn preparing(desk: &Desk, ctx: &Ctx, keys: &Keys) -> Result<Stand, Faults> {
    let contract = contracts::one(desk, &keys.read("id")?)?;
    let asked = ctx.value("year").parse();
    let year = asked.unwrap_or_else(|_| desk.now().year());
    let mut fields = fields(desk, ctx, (&contract, year, None))?;
    let head = Field::number("year", ctx.t("contract.year"));
    fields.insert(0, head.value(year).needed());
    let stand = Stand::under("claims", "/claims", ctx.t("nav.claims"))
        .at(
            path_to("/contracts/{}", &[&contract.id]),
            contract.number.clone(),
        )
        .asks(fields);
    let left = entitle::allowance(desk, &contract.firm, Some(year))?;
    let mine = left.iter().find(|a| a.contract == contract.id);
    Ok(match mine {
        Some(left) => stand.about("left", ctx.t("claim.left"), Part::Pairs(allowed(ctx, left))),
        None => stand,
    })
}

/// What the rules leave under a contract.
fn allowed(ctx: &Ctx, left: &entitle::Allowance) -> Vec<(String, Cell)> {
    let cap = |amount: &Option<crate::domain::money::Fen>| {
        amount.map_or_else(
            || Cell::text(ctx.t("claim.no_cap")),
            |a| Cell::text(ctx.money(&a)),
        )
    };
    let count = |n: u32| Cell::text(n.to_string());
    vec![
        (ctx.t("claim.rule").to_owned(), Cell::key(left.rule.clone())),
        (
            ctx.t("claim.months_used").to_owned(),
            count(left.months_used),
        ),
        (
            ctx.t("claim.months_left").to_owned(),
            count(left.months_left),
        ),
        (ctx.t("claim.year_left").to_owned(), cap(&left.year_left)),
        (ctx.t("claim.total_left").to_owned(), cap(&left.total_left)),
    ]
}

/// Months, amounts and evidence, as they were stated before.
fn fields(
    desk: &Desk,
    ctx: &Ctx,
    (contract, year, before): (&Contract, i32, Option<&Claim>),
) -> Result<Vec<Field>, Faults> {
    let today = crate::acts::rounds::today(desk);
    let open = |m: &u32| claimable(contract, year, *m, today).is_ok();
    let mut months: Vec<u32> = (1..=12).filter(open).collect();
    let mut hint = "claim.months.hint";
    if months.is_empty() {
        months = (1..=12).collect();
        hint = "claim.months.none";
    }
    let months = months
        .iter()
        .map(|m| (m.to_string(), format!("{year}-{m:02}")))
        .collect();
    let known = before.map(|c| &c.stated);
    let chosen = known.map_or_else(Vec::new, |s| s.months.clone());
    let filed = filed(desk, contract);
    let given = known.map_or_else(Vec::new, |s| s.evidence.clone());
    let other: Vec<&str> = given
        .iter()
        .filter(|d| !filed.contains_key(*d))
        .map(String::as_str)
        .collect();
    let mut fields = vec![
        Field::many("months", ctx.t("claim.months"), months)
            .hint(ctx.t(hint))
            .chosen(chosen.iter().map(u32::to_string))
            .needed(),
        yuan("rent_paid", ctx.t("claim.rent"))
            .maybe(known.map(|s| s.rent_paid))
            .hint(ctx.t("claim.rent.hint"))
            .needed(),
        yuan("other_aid", ctx.t("claim.other_aid"))
            .value(known.map_or_else(|| "0".to_owned(), |s| s.other_aid.to_string()))
            .hint(ctx.t("claim.other_aid.hint")),
        yuan("appraised", ctx.t("claim.appraised"))
            .maybe(known.and_then(|s| s.appraised))
            .hint(ctx.t("claim.appraised.hint")),
    ];
    if !filed.is_empty() {
        let choices = filed.into_iter().collect();
        let field = Field::many("evidence", ctx.t("claim.evidence"), choices);
        fields.push(field.chosen(given.clone()));
    }
    fields.push(
        Field::words("digests", ctx.t("claim.digests"))
            .hint(ctx.t("claim.digests.hint"))
            .value(other.join("\n")),
    );
    Ok(fields)
}

/// What the firm has filed with the application of a contract and its profile: digests and labels.
fn filed(desk: &Desk, contract: &Contract) -> BTreeMap<String, String> {
    let case = view::show(desk, &contract.application).ok();
    let of_case = case.into_iter().flat_map(|seen| seen.case.evidence);
    let mut all: BTreeMap<String, String> = of_case.map(|e| (e.digest, e.label)).collect();
    let known = profile::show(desk, &contract.firm).ok();
    let of_firm = known.and_then(|seen| seen.profile);
    let of_firm = of_firm.into_iter().flat_map(|p| p.evidence);
    all.extend(of_firm.map(|f| (f.digest, f.label)));
    all
}

/// What was sent.
fn stated(sent: &Fields) -> Result<Stated, Faults> {
    let mut evidence = sent.all("evidence");
    let more = sent.get("digests").split_whitespace();
    evidence.extend(more.map(str::to_lowercase));
    evidence.sort();
    evidence.dedup();
    Ok(Stated {
        months: sent.list("months")?,
        rent_paid: sent.need("rent_paid")?,
        appraised: sent.maybe("appraised")?,
        other_aid: sent.maybe("other_aid")?.unwrap_or_default(),
        evidence,
    })
}
