//! The path through a round of the demonstration: how far its first firm and its newest round have come, so that a
//! visitor sees which step is next and as whom.
//!
//! Not here: the acts themselves, entering (`demo`).

use super::demo;
use super::tools::Tools;
use crate::acts::{Desk, lookup, rounds};
use crate::domain::case::{Case, CaseStage};
use crate::domain::fault::Faults;
use crate::domain::ids::RoundId;
use crate::domain::offer::Contract;
use crate::domain::people::{Body, Role};
use crate::domain::procedure::Step;
use crate::store;

/// How far it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Come {
    /// The newest round.
    pub round: RoundId,
    /// Where it stands.
    pub step: Step,
    /// The furthest stage of an application of the first firm in it.
    pub case: Option<CaseStage>,
    /// True when a contract of the round is signed.
    pub signed: bool,
    /// Code of the district of the first firm.
    pub district: String,
}

/// How far the demonstration has come; nothing outside of one, or without a round or a firm.
pub fn come(desk: &Desk, tools: &Tools) -> Result<Option<Come>, Faults> {
    let people = demo::listed(desk, tools)?;
    let firm = people.iter().find(|a| a.role == Some(Role::FirmPreparer));
    let round = lookup::rounds(desk)?.into_iter().next();
    let (Some(account), Some(round)) = (firm, round) else {
        return Ok(None);
    };
    let Body::Firm(firm) = &account.body else {
        return Ok(None);
    };
    let district = account.district.as_ref().map(ToString::to_string);
    desk.store().read(|tx| {
        let cases: Vec<Case> = store::having(tx, "firm_id", firm.as_str())?;
        let mine = cases.iter().filter(|c| c.round == round.id);
        let contracts: Vec<Contract> = store::having(tx, "round_id", round.id.as_str())?;
        Ok(Some(Come {
            step: rounds::procedure(tx, &round.id)?.step,
            case: mine
                .map(|c| c.stage)
                .filter(|s| rank(*s) > 0)
                .max_by_key(|s| rank(*s)),
            signed: !contracts.is_empty(),
            district: district.clone().unwrap_or_default(),
            round: round.id.clone(),
        }))
    })
}

fn rank(stage: CaseStage) -> usize {
    match stage {
        CaseStage::Withdrawn | CaseStage::Rejected => 0,
        CaseStage::Draft => 1,
        CaseStage::Prepared => 2,
        CaseStage::Submitted | CaseStage::Returned => 3,
        CaseStage::Accepted => 4,
        CaseStage::Verified => 5,
    }
}

impl Come {
    /// How many of the seven steps of the path are done.
    pub fn done(&self) -> usize {
        let stage = self.case.map_or(0, rank);
        let steps = [
            self.step >= Step::Guided,
            stage >= 2,
            stage >= 3,
            stage >= 5,
            self.step >= Step::Chosen,
            self.step >= Step::Publicised,
            self.step >= Step::Confirmed && self.signed,
        ];
        // A round that went on has left the steps before it behind.
        steps.iter().rposition(|done| *done).map_or(0, |n| n + 1)
    }
}
