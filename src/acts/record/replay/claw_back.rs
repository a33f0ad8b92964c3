//! A claw-back: its states follow one another, the claim lost exactly the sum that was ordered, what came in and
//! what was waived make it up, and a waiver has two signatures.

use super::fold::{Fold, fold, written};
use super::report::Replay;
use super::signing::{Mark, apart, shown};
use super::sources::Sources;
use super::{Kind, settlement};
use crate::acts::act::Owner;
use crate::acts::powers::money::{ORDER_CLAW_BACK, PROPOSE_WAIVER, SIGN_WAIVER};
use crate::acts::record::trail::{self, Step};
use crate::acts::refuse;
use crate::domain::claw_back::{ClawBack, ClawBackStage};
use crate::domain::fault::Faults;
use crate::domain::ids::RoundId;
use crate::domain::money::Fen;
use crate::store::{self, Reading};

/// Claw-backs, by the contracts of a round.
pub const KIND: Kind = Kind {
    name: "claw-back",
    keys,
    owner: |tx, key| need(tx, key).map(|c| Owner::of(&c.firm, &c.district)),
    rebuild,
};

fn keys(tx: &mut Reading<'_>, round: &RoundId) -> Result<Vec<String>, Faults> {
    let mut all = Vec::new();
    for contract in settlement::contracts(tx, round)? {
        let orders: Vec<ClawBack> = store::having(tx, "contract_id", contract.as_str())?;
        all.extend(orders.into_iter().map(|o| o.id.to_string()));
    }
    Ok(all)
}

fn need(tx: &mut Reading<'_>, key: &str) -> Result<ClawBack, Faults> {
    let known: Option<ClawBack> = store::get(tx, key)?;
    Ok(known.ok_or_else(|| refuse::absent("claw-back", key))?)
}

fn rebuild(tx: &mut Reading<'_>, _: &mut Sources, report: &mut Replay) -> Result<(), Faults> {
    let now = need(tx, &report.key.clone())?;
    let steps = trail::about(tx, &format!("claw-back {}", now.id))?;
    let states = Fold {
        steps: &steps,
        first: None,
        is_state: |v| v.get("deadline").is_some(),
    };
    fold(tx, report, states, &written(&now)?)?;
    signatures(report, &steps, &now);
    let came = Fen::sum(now.receipts.iter().map(|r| r.amount))?;
    if now.stage == ClawBackStage::Received {
        report.same("what came in", now.amount.0, came.0);
    }
    taken(tx, report, &now)
}

fn signatures(report: &mut Replay, steps: &[Step], now: &ClawBack) {
    let owner = &Owner::of(&now.firm, &now.district);
    let mut mark = |what, signed, by: &[&_]| {
        shown(
            report,
            steps,
            &Mark {
                what,
                signed,
                by,
                owner,
            },
        );
    };
    mark("ordered", &now.ordered, &[&ORDER_CLAW_BACK]);
    if let Some(proposed) = &now.waiver {
        mark("waiver proposed", proposed, &[&PROPOSE_WAIVER]);
    }
    if let Some(waived) = &now.waived {
        mark("waived", waived, &[&SIGN_WAIVER]);
    }
    if let (Some(proposed), Some(waived)) = (&now.waiver, &now.waived) {
        apart(report, "waiver", &proposed.by, &waived.by);
    }
}

/// The entry beside the order took the sum off what the claim was paid.
fn taken(tx: &mut Reading<'_>, report: &mut Replay, now: &ClawBack) -> Result<(), Faults> {
    let steps = trail::about(tx, &format!("claim {}", now.claim))?;
    let mut paid = None;
    let mut lost = Vec::new();
    for step in &steps {
        let Some(claim) = settlement::claim_of(step) else {
            continue;
        };
        let entry = &step.entered.entry;
        if entry.act == ORDER_CLAW_BACK.act && entry.at == now.ordered.at {
            lost.push(paid.unwrap_or(Fen::ZERO).minus(claim.paid)?);
        }
        paid = Some(claim.paid);
    }
    match lost.contains(&now.amount) {
        true => report.proves("the claim lost what was ordered"),
        false => {
            let expected = lost.first().map_or(0, |sum| sum.0);
            report.differs("sum ordered back", expected, now.amount.0);
        }
    }
    Ok(())
}
