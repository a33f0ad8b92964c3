//! A succession (next in line): its plan is right and proven to be the best, its offers are those of the plan,
//! and the act that made it is in the chain.

use super::fold::written;
use super::report::Replay;
use super::sources::Sources;
use super::{Kind, plan};
use crate::acts::act::Owner;
use crate::acts::powers::rounds::SUCCEED;
use crate::acts::refuse;
use crate::domain::fault::Faults;
use crate::domain::ids::RoundId;
use crate::domain::offer::Offer;
use crate::domain::waiting_list::Succession;
use crate::store::{self, Reading};

/// Successions.
pub const KIND: Kind = Kind {
    name: "succession",
    keys,
    owner: |tx, key| need(tx, key).map(|_| Owner::city()),
    rebuild,
};

fn keys(tx: &mut Reading<'_>, round: &RoundId) -> Result<Vec<String>, Faults> {
    let all: Vec<Succession> = store::having(tx, "round_id", round.as_str())?;
    Ok(all.into_iter().map(|s| s.id).collect())
}

fn need(tx: &mut Reading<'_>, key: &str) -> Result<Succession, Faults> {
    let known: Option<Succession> = store::get(tx, key)?;
    Ok(known.ok_or_else(|| refuse::absent("succession", key))?)
}

fn rebuild(tx: &mut Reading<'_>, sources: &mut Sources, report: &mut Replay) -> Result<(), Faults> {
    let now = need(tx, &report.key.clone())?;
    report.round = Some(now.round.to_string());
    let state = written(&now)?;
    let acts = plan::acts_on(tx, now.round.as_str())?;
    let made = acts
        .iter()
        .find(|s| s.entered.entry.act == SUCCEED.act && s.state() == Some(&state));
    match made {
        Some(step) => plan::one_act(tx, report, step)?,
        None => report.differs("entry of the succession", "one that left it", "none"),
    }
    plan::prove(tx, sources, report, &now.plan)?;
    let of_plan = report.snapshot.clone().unwrap_or_default();
    report.same("snapshot", now.snapshot.clone(), of_plan);
    let Some(plan) = sources.plan(tx, report, &now.plan)? else {
        return Ok(());
    };
    report.same("proof", "optimal".to_owned(), plan.proof.status.clone());
    for id in &now.offers {
        let offer: Option<Offer> = store::get(tx, id.as_str())?;
        if offer.is_none_or(|o| o.plan != now.plan) {
            report.differs(format!("offer {id}"), "one of this plan", "none or another");
        }
    }
    Ok(())
}
