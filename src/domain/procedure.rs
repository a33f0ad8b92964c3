//! Procedures (批次流程): where a round stands on its way from the guide to the contracts.
//!
//! Not here: who may take a step (`acts`), how long each lasts (policy).

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::ids::RoundId;
use super::signature::Signature;

/// Step of a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// 筹备: the guide is being written.
    Preparing,
    /// 指南已发布: the window is set; applications come in within it.
    Guided,
    /// 已冻结: a snapshot is frozen; proposals may be made.
    Frozen,
    /// 已选定: one plan is chosen by a planner.
    Chosen,
    /// 已批准: the choice is approved by another officer.
    Approved,
    /// 公示中.
    Publicised,
    /// 已确认: offers go out.
    Confirmed,
    /// 已办结.
    Closed,
}

impl Step {
    /// The steps that may follow. An upheld objection leads from `Publicised` back to `Frozen`.
    pub fn next(self) -> &'static [Step] {
        match self {
            Step::Preparing => &[Step::Guided],
            Step::Guided => &[Step::Guided, Step::Frozen],
            Step::Frozen => &[Step::Frozen, Step::Chosen],
            Step::Chosen => &[Step::Frozen, Step::Chosen, Step::Approved],
            Step::Approved => &[Step::Frozen, Step::Publicised],
            Step::Publicised => &[Step::Frozen, Step::Confirmed],
            Step::Confirmed => &[Step::Closed],
            Step::Closed => &[],
        }
    }

    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            Step::Preparing => "preparing",
            Step::Guided => "guided",
            Step::Frozen => "frozen",
            Step::Chosen => "chosen",
            Step::Approved => "approved",
            Step::Publicised => "publicised",
            Step::Confirmed => "confirmed",
            Step::Closed => "closed",
        }
    }
}

/// The guide of a round (申报指南).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guide {
    /// Document number (文号).
    pub number: String,
    /// Text for applicants.
    pub text: String,
    /// First moment of the window.
    pub opens_at: DateTime<Utc>,
    /// First moment after the window; also the cut-off of the facts.
    pub closes_at: DateTime<Utc>,
    /// Version of the policy that the round follows.
    pub policy: String,
    /// Why the window is shorter than the policy asks; empty where it is not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub short_window: String,
    /// Published by.
    pub published: Signature,
}

/// A publicity period (公示期).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publicity {
    /// Document number (文号).
    pub number: String,
    /// Day of publication; not counted.
    pub from: NaiveDate,
    /// Last working day of the period; objections count until its end.
    pub until: NaiveDate,
    /// Published by.
    pub published: Signature,
}

/// The choice of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Digest of the plan.
    pub plan: String,
    /// Digest of the snapshot that was in force before, when the plan is of an adopted variant of it:
    /// the variant is in force while the choice stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// Chosen by a planner, with the reason.
    pub chosen: Signature,
    /// Approved by another officer, with the reason.
    pub approved: Option<Signature>,
}

/// The procedure of a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    /// Key: that of its round.
    pub round: RoundId,
    /// Where it stands.
    pub step: Step,
    /// The guide.
    pub guide: Option<Guide>,
    /// Digest of the snapshot in force.
    pub snapshot: Option<String>,
    /// The chosen plan.
    pub choice: Option<Choice>,
    /// The publicity period.
    pub publicity: Option<Publicity>,
    /// Confirmed by.
    pub confirmed: Option<Signature>,
}

impl Procedure {
    /// The snapshot that proposals start from: the one in force, or that which was before an
    /// adopted variant of it was chosen.
    pub fn base(&self) -> Option<&str> {
        let before = self.choice.as_ref().and_then(|c| c.base.as_deref());
        before.or(self.snapshot.as_deref())
    }
}
