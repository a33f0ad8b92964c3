//! Policy (规则): rules as data and how each is evaluated. A policy is one TOML document with a
//! version, a validity and a legal basis for each rule; every number that policy may change
//! stands there and none stands in code. Documented in `data/policy/default.toml`.
//!
//! Not here: who applies a rule, when, and on which table; what it is worth to whom (planning).

use chrono::NaiveDate;
use serde::Deserialize;

pub mod claim;
pub mod condition;
pub mod conditions;
pub mod diff;
pub mod document;
pub mod effect;
pub mod eligibility;
pub mod entitlement;
pub mod evidence_kind;
mod gather;
pub mod housing;
pub mod housing_quota;
pub mod housing_terms;
pub mod labels;
pub mod lint;
pub mod optimizer;
pub mod other_aid;
pub mod process;
mod process_twin;
mod prove;
pub mod quota;
mod read;
pub mod rent;
pub mod reserve;
pub mod retention;
pub mod schema;
pub mod score_card;
pub mod settle;
pub mod sheet;
pub mod simulate;
pub mod subsidy;
mod subsidy_laws;
pub mod subsidy_rule;
mod subsidy_twin;
pub mod transit;
mod verdict;
pub mod weights;
pub mod window;

pub use gather::{BAD_DOCUMENT, BAD_SECTION, BAD_VALUE, KEY_TWICE};
pub use prove::{BAD_VALIDITY, UNKNOWN_DISTRICT, unknown_districts};
pub use read::read;

use eligibility::Eligibility;
use entitlement::{AreaRule, AreaStep, PerHead};
use evidence_kind::EvidenceKind;
use housing::Housing;
use labels::Labels;
use optimizer::Optimizer;
use other_aid::OtherAid;
use process::Process;
use quota::QuotaRule;
use rent::Rents;
use reserve::Reserve;
use score_card::ScoreCard;
use subsidy_rule::SubsidyRule;
use transit::Transit;
use weights::Weights;

/// A policy document that was read and proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Name, version, validity.
    pub meta: Meta,
    /// Kinds of evidence that rules may ask for.
    pub evidence_kinds: Vec<EvidenceKind>,
    /// Who may apply.
    pub eligibility: Eligibility,
    /// Area by headcount: ascending, without gap or overlap, never falling.
    pub area_steps: Vec<AreaStep>,
    /// Area by heads for some uses; none = the steps alone.
    pub area_per_head: Vec<PerHead>,
    /// Tolerance and cap of the area.
    pub area: AreaRule,
    /// Rent subsidy, any number of rules for each district.
    pub subsidy: Vec<SubsidyRule>,
    /// Other public aid; `None` = only the difference to it is paid.
    pub other_aid: Option<OtherAid>,
    /// Rents by rule; `None` = a unit has the rent of its row.
    pub rent: Option<Rents>,
    /// Score card; `None` = the weights alone decide.
    pub score_card: Option<ScoreCard>,
    /// What happens above a quota; none = what each quota states.
    pub quotas: Vec<QuotaRule>,
    /// The procedure; `None` = not governed, see [`Policy::process`].
    pub process: Option<Process>,
    /// Mode of the optimizer; `None` = the optimum.
    pub optimizer: Option<Optimizer>,
    /// Which household may take which layout, and what counts as near.
    pub housing: Housing,
    /// Area kept for some firms.
    pub reserves: Vec<Reserve>,
    /// Worth of each part of a score.
    pub weights: Weights,
    /// Speeds of walking and metro.
    pub transit: Transit,
    /// Names of the parts of a score in both languages.
    pub labels: Labels,
}

/// Name, version and validity of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meta {
    /// Key.
    pub id: String,
    /// Version; plans name it.
    pub version: String,
    /// First day in force.
    pub effective_from: NaiveDate,
    /// Last day in force; `None` = until replaced.
    pub effective_until: Option<NaiveDate>,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// State of the fair-competition review (公平竞争审查).
    pub fair_competition_note: String,
}

impl Meta {
    /// True when the policy is in force on a day; both ends count.
    pub fn in_force_on(&self, day: NaiveDate) -> bool {
        self.effective_from <= day && self.effective_until.is_none_or(|last| day <= last)
    }
}
