//! A contract: it lets what was offered and accepted, its states follow one another, and it was signed and
//! ended by whom had the power.

use super::Kind;
use super::fold::{Fold, fold, written};
use super::report::Replay;
use super::signing::{Mark, shown};
use super::sources::Sources;
use crate::acts::act::Owner;
use crate::acts::powers::contracts::{RENEW_CONTRACT, SIGN_CONTRACT};
use crate::acts::record::trail;
use crate::acts::refuse;
use crate::domain::fault::Faults;
use crate::domain::ids::RoundId;
use crate::domain::money::Fen;
use crate::domain::offer::{Contract, ContractStage, Offer};
use crate::store::{self, Reading};

/// Contracts.
pub const KIND: Kind = Kind {
    name: "contract",
    keys,
    owner: |tx, key| need(tx, key).map(|c| Owner::of(&c.firm, &c.district)),
    rebuild,
};

fn keys(tx: &mut Reading<'_>, round: &RoundId) -> Result<Vec<String>, Faults> {
    let all: Vec<Contract> = store::having(tx, "round_id", round.as_str())?;
    Ok(all.into_iter().map(|c| c.id.to_string()).collect())
}

fn need(tx: &mut Reading<'_>, key: &str) -> Result<Contract, Faults> {
    let known: Option<Contract> = store::get(tx, key)?;
    Ok(known.ok_or_else(|| refuse::absent("contract", key))?)
}

fn rebuild(tx: &mut Reading<'_>, _: &mut Sources, report: &mut Replay) -> Result<(), Faults> {
    let now = need(tx, &report.key.clone())?;
    report.round = Some(now.round.to_string());
    let steps = trail::about(tx, &format!("contract {}", now.id))?;
    let states = Fold {
        steps: &steps,
        // The entry that makes it names the offer, or the contract that is renewed, as the state before.
        first: None,
        is_state: |v| v.get("holds").is_some(),
    };
    fold(tx, report, states, &written(&now)?)?;
    offered(tx, report, &now)?;
    let rent = Fen::sum(now.award.units.iter().map(|g| g.monthly_rent))?;
    report.same("monthly rent", rent.0, now.monthly_rent.0);
    let owner = Owner::of(&now.firm, &now.district);
    let signed = Mark {
        what: "signed",
        signed: &now.signed,
        by: &[&SIGN_CONTRACT, &RENEW_CONTRACT],
        owner: &owner,
    };
    shown(report, &steps, &signed);
    if let Some(ended) = &now.ended {
        let ended = Mark {
            what: match now.stage {
                ContractStage::InForce => "notice of the end",
                over => over.name(),
            },
            signed: ended,
            by: &[],
            owner: &owner,
        };
        shown(report, &steps, &ended);
    }
    Ok(())
}

/// What is let is what was offered.
fn offered(tx: &mut Reading<'_>, report: &mut Replay, now: &Contract) -> Result<(), Faults> {
    let Some(id) = &now.offer else {
        return Ok(());
    };
    let offer: Option<Offer> = store::get(tx, id.as_str())?;
    match offer {
        Some(offer) if offer.award == now.award && offer.firm == now.firm => {
            report.plan = Some(offer.plan);
            report.proves("it lets what was offered");
        }
        Some(_) => report.differs("award", "what was offered", "something else"),
        None => report.differs("offer", id, "none"),
    }
    Ok(())
}
