//! An offer: it is the award of a stored plan, made when the round was confirmed or at a succession, and
//! was answered by whom had the power.

use super::fold::{Fold, fold, written};
use super::report::Replay;
use super::signing::{Mark, shown};
use super::sources::Sources;
use super::{Kind, plan};
use crate::acts::act::Owner;
use crate::acts::powers::rounds::{CONFIRM_ROUND, SUCCEED};
use crate::acts::record::trail;
use crate::acts::refuse;
use crate::domain::fault::Faults;
use crate::domain::ids::RoundId;
use crate::domain::offer::{Offer, OfferStage};
use crate::store::{self, Reading};

/// Offers.
pub const KIND: Kind = Kind {
    name: "offer",
    keys,
    owner: |tx, key| need(tx, key).map(|o| Owner::of(&o.firm, &o.district)),
    rebuild,
};

fn keys(tx: &mut Reading<'_>, round: &RoundId) -> Result<Vec<String>, Faults> {
    let all: Vec<Offer> = store::having(tx, "round_id", round.as_str())?;
    Ok(all.into_iter().map(|o| o.id.to_string()).collect())
}

fn need(tx: &mut Reading<'_>, key: &str) -> Result<Offer, Faults> {
    let known: Option<Offer> = store::get(tx, key)?;
    Ok(known.ok_or_else(|| refuse::absent("offer", key))?)
}

fn rebuild(tx: &mut Reading<'_>, sources: &mut Sources, report: &mut Replay) -> Result<(), Faults> {
    let now = need(tx, &report.key.clone())?;
    report.round = Some(now.round.to_string());
    report.plan = Some(now.plan.clone());
    if let Some(plan) = sources.plan(tx, report, &now.plan)? {
        report.snapshot = Some(plan.snapshot.clone());
        let award = plan
            .awards
            .iter()
            .find(|a| a.application == now.application);
        match award {
            Some(award) if *award == now.award => {
                report.proves("it offers what the plan awards");
            }
            Some(_) => report.differs("award", "that of the plan", "another"),
            None => report.differs("award", "one in the plan", "none"),
        }
    }
    let steps = trail::about(tx, &format!("offer {}", now.id))?;
    let first = Offer {
        stage: OfferStage::Open,
        answered: None,
        ..now.clone()
    };
    let states = Fold {
        steps: &steps,
        first: Some(written(&first)?),
        is_state: |v| v.get("stage").is_some(),
    };
    fold(tx, report, states, &written(&now)?)?;
    signatures(tx, report, &steps, &now)
}

fn signatures(
    tx: &mut Reading<'_>,
    report: &mut Replay,
    steps: &[trail::Step],
    offer: &Offer,
) -> Result<(), Faults> {
    let owner = Owner::of(&offer.firm, &offer.district);
    let acts = plan::acts_on(tx, offer.round.as_str())?;
    let made = Mark {
        what: "made",
        signed: &offer.made,
        by: &[&CONFIRM_ROUND, &SUCCEED],
        owner: &owner,
    };
    if let Some(step) = shown(report, &acts, &made) {
        plan::one_act(tx, report, step)?;
    }
    if let Some(answered) = &offer.answered {
        let answered = Mark {
            what: offer.stage.name(),
            signed: answered,
            by: &[],
            owner: &owner,
        };
        shown(report, steps, &answered);
    }
    Ok(())
}
