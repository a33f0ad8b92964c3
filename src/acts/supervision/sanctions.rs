//! Bans, suspensions and proposals to claw back: seen, lifted, settled; and what cases and money ask of them.
//!
//! Not here: ordering them (`measures`), the order to pay back (money).

use chrono::NaiveDate;
use serde_json::json;

use super::{need, page, scoped, sign, unnamed, words};
use crate::acts::act::{Done, Owner};
use crate::acts::powers::Power;
use crate::acts::powers::supervision::{LIFT_BAN, LIFT_SUSPENSION, SEE_SANCTION, SETTLE_PROPOSAL};
use crate::acts::{Desk, refuse};
use crate::domain::fault::{Fault, Faults};
use crate::domain::ids::{BanId, ContractId, FirmId, ProposalId, SuspensionId};
use crate::domain::sanction::{Ban, Proposal, ProposalStage, SanctionStage, Suspension};
use crate::store::{self, Filter, Noun, Reading, Writing};

/// The ban that bars a firm on a day; of several the one that ends last.
pub fn ban_on(tx: &mut Reading<'_>, firm: &FirmId, day: NaiveDate) -> Result<Option<Ban>, Faults> {
    let all: Vec<Ban> = store::select(tx, &of("firm_id", firm, SanctionStage::Standing.name()))?;
    let barring = all.into_iter().filter(|b| b.bars(day));
    Ok(barring.max_by_key(|b| b.until))
}

/// The suspension under which nothing may be paid for a contract on a day.
pub fn suspension_on(
    tx: &mut Reading<'_>,
    contract: &ContractId,
    day: NaiveDate,
) -> Result<Option<Suspension>, Faults> {
    let standing = SanctionStage::Standing.name();
    let all: Vec<Suspension> = store::select(tx, &of("contract_id", contract, standing))?;
    Ok(all.into_iter().find(|s| s.holds(day)))
}

/// The proposals to claw back of a contract that wait for an order.
pub fn proposals_open(
    tx: &mut Reading<'_>,
    contract: &ContractId,
) -> Result<Vec<Proposal>, Faults> {
    let filter = of("contract_id", contract, ProposalStage::Open.name());
    Ok(store::select(tx, &filter)?)
}

fn of(column: &'static str, key: impl ToString, stage: &str) -> Filter {
    Filter {
        equal: vec![(column, key.to_string()), ("stage", stage.to_owned())],
        ..Filter::default()
    }
}

fn standing(subject: String, stage: SanctionStage) -> Result<(), Fault> {
    match stage {
        SanctionStage::Standing => Ok(()),
        SanctionStage::Lifted => Err(refuse::wrong_state(
            subject,
            stage.name(),
            &[SanctionStage::Standing.name()],
        )),
    }
}

/// Lifts a ban before its last day.
///
/// # Errors
/// AC017 by him who ordered it, AC018 without a reason, AC014 when it is lifted.
pub fn lift_ban(desk: &Desk, id: &BanId, why: &str) -> Result<Ban, Faults> {
    let asked = json!({ "ban": id, "reason": why });
    desk.act(&LIFT_BAN, &asked, |tx| {
        let before: Ban = need(tx, id.as_str())?;
        let owner = Owner::of(&before.firm, &before.district);
        desk.own(&LIFT_BAN, &owner)?;
        standing(format!("ban {id}"), before.stage)?;
        words("reason", why)?;
        if before.ordered.by == desk.actor() {
            return Err(refuse::same_person("ordered the ban").into());
        }
        let after = Ban {
            stage: SanctionStage::Lifted,
            lifted: Some(sign(desk, why)),
            ..before.clone()
        };
        store::upsert_many(tx, std::slice::from_ref(&after))?;
        let done = Done::new(after.clone(), format!("ban {id}"), owner);
        Ok(done.before(&before)?.after(&after)?)
    })
}

/// Lifts a suspension; he who ordered it may, for it is for the time until things are in order.
///
/// # Errors
/// AC018 without a reason, AC014 when it is lifted.
pub fn lift_suspension(desk: &Desk, id: &SuspensionId, why: &str) -> Result<Suspension, Faults> {
    let asked = json!({ "suspension": id, "reason": why });
    desk.act(&LIFT_SUSPENSION, &asked, |tx| {
        let before: Suspension = need(tx, id.as_str())?;
        let owner = Owner::of(&before.firm, &before.district);
        desk.own(&LIFT_SUSPENSION, &owner)?;
        standing(format!("suspension {id}"), before.stage)?;
        words("reason", why)?;
        let after = Suspension {
            stage: SanctionStage::Lifted,
            lifted: Some(sign(desk, why)),
            ..before.clone()
        };
        store::upsert_many(tx, std::slice::from_ref(&after))?;
        let done = Done::new(after.clone(), format!("suspension {id}"), owner);
        Ok(done.before(&before)?.after(&after)?)
    })
}

/// A proposal that waits for an order, or AC014; AC013 without it.
pub(in crate::acts) fn open_proposal(
    tx: &mut Reading<'_>,
    id: &ProposalId,
) -> Result<Proposal, Faults> {
    let proposal: Proposal = need(tx, id.as_str())?;
    match proposal.stage {
        ProposalStage::Open => Ok(proposal),
        other => {
            let subject = format!("claw-back proposal {id}");
            Err(refuse::wrong_state(subject, other.name(), &["open"]).into())
        }
    }
}

/// Settles a proposal that an order carries out, within the act that orders.
pub(in crate::acts) fn carried_out(
    tx: &mut Writing<'_>,
    desk: &Desk,
    power: &Power,
    (id, orders): (&ProposalId, &str),
) -> Result<(), Faults> {
    let before = open_proposal(tx, id)?;
    let after = Proposal {
        stage: ProposalStage::Ordered,
        settled: Some(sign(desk, orders)),
        ..before.clone()
    };
    store::upsert_many(tx, std::slice::from_ref(&after))?;
    desk.beside(
        tx,
        power,
        &format!("claw-back proposal {id}"),
        (&before, &after),
    )
}

/// Says what became of a proposal: ordered, with the reference of the order, or dropped, with the reason.
///
/// # Errors
/// AC018 without words, AC014 unless it is open.
pub fn settle(desk: &Desk, id: &ProposalId, ordered: bool, note: &str) -> Result<Proposal, Faults> {
    let asked = json!({ "proposal": id, "ordered": ordered, "note": note });
    desk.act(&SETTLE_PROPOSAL, &asked, |tx| {
        let known: Proposal = need(tx, id.as_str())?;
        let owner = Owner::of(&known.firm, &known.district);
        desk.own(&SETTLE_PROPOSAL, &owner)?;
        let before = open_proposal(tx, id)?;
        words("note", note)?;
        let stage = match ordered {
            true => ProposalStage::Ordered,
            false => ProposalStage::Dropped,
        };
        let after = Proposal {
            stage,
            settled: Some(sign(desk, note)),
            ..before.clone()
        };
        store::upsert_many(tx, std::slice::from_ref(&after))?;
        let done = Done::new(after.clone(), format!("claw-back proposal {id}"), owner);
        Ok(done.before(&before)?.after(&after)?)
    })
}

fn seen<T: Noun>(
    desk: &Desk,
    stage: Option<&'static str>,
    bounds: impl Into<super::Bounds>,
) -> Result<Vec<T>, Faults> {
    let mut equal = scoped(desk.scope(&SEE_SANCTION)?);
    equal.extend(stage.map(|s| ("stage", s.to_owned())));
    page(desk, equal, bounds)
}

fn is_firm(desk: &Desk) -> bool {
    desk.person().role.is_firm()
}

/// The bans that the actor may see, by key.
pub fn bans(
    desk: &Desk,
    stage: Option<SanctionStage>,
    bounds: impl Into<super::Bounds>,
) -> Result<Vec<Ban>, Faults> {
    let mut all: Vec<Ban> = seen(desk, stage.map(SanctionStage::name), bounds)?;
    for ban in all.iter_mut().filter(|_| is_firm(desk)) {
        unnamed(&mut ban.ordered);
        ban.lifted.iter_mut().for_each(unnamed);
    }
    Ok(all)
}

/// The suspensions that the actor may see, by key.
pub fn suspensions(
    desk: &Desk,
    stage: Option<SanctionStage>,
    bounds: impl Into<super::Bounds>,
) -> Result<Vec<Suspension>, Faults> {
    let mut all: Vec<Suspension> = seen(desk, stage.map(SanctionStage::name), bounds)?;
    for suspension in all.iter_mut().filter(|_| is_firm(desk)) {
        unnamed(&mut suspension.ordered);
        suspension.lifted.iter_mut().for_each(unnamed);
    }
    Ok(all)
}

/// The proposals to claw back that the actor may see, by key.
pub fn proposals(
    desk: &Desk,
    stage: Option<ProposalStage>,
    bounds: impl Into<super::Bounds>,
) -> Result<Vec<Proposal>, Faults> {
    let mut all: Vec<Proposal> = seen(desk, stage.map(ProposalStage::name), bounds)?;
    for proposal in all.iter_mut().filter(|_| is_firm(desk)) {
        unnamed(&mut proposal.proposed);
        proposal.settled.iter_mut().for_each(unnamed);
    }
    Ok(all)
}
