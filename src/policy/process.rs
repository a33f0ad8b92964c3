//! Process (程序): periods, the form of an objection, spot checks, routing of lettings, reasons to reject.
//! Every period says in its name whether it counts working days or calendar days.
//!
//! Absent section: the document does not govern the procedure; [`Policy::process`] says so (PO171).
//!
//! Not here: calendars and clocks (acts), the document's own words (`process_twin`).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Policy;
use super::condition::{Condition, Facts, Truth};
use super::gather::{exact, maybe_exact, value};
use crate::domain::area::{Area, Share};
use crate::domain::evidence::Evidence;
use crate::domain::fault::{Code, Fault};

/// The policy does not govern the procedure.
pub const NO_PROCESS: Code = Code("PO171");

/// Longest period that can be meant, in days.
const DAYS_MAX: u32 = 366;

/// The rules of the procedure.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "super::process_twin::Twin")]
pub struct Process {
    /// How long applications come in, in calendar days.
    pub window_calendar_days: u32,
    /// How long an application that was returned may be supplemented, in working days.
    pub supplement_working_days: u32,
    /// How long a proposal is published, in working days.
    pub publicity_working_days: u32,
    /// The form of an objection.
    pub objection_form: ObjectionForm,
    /// Within how many working days an objection is answered.
    pub objection_answer_working_days: u32,
    /// How long an offer stands, in working days.
    pub offer_working_days: u32,
    /// Within how many working days after acceptance the contract is signed.
    pub contract_working_days: u32,
    /// Share of the contracts that a spot check draws.
    pub spot_check_rate: Share,
    /// How many spot checks there are in a year.
    pub spot_checks_per_year: u32,
    /// From which common holding two applicants count as related.
    pub related_firm_share: Share,
    /// How long a breach bars from applying, in months.
    pub ban_months: u32,
    /// Within how many calendar days after a quarter its statement is filed.
    pub statement_calendar_days: u32,
    /// Within how many working days a firm replies to a finding.
    pub finding_reply_working_days: u32,
    /// What the record of a contract adds to its weight in the draw.
    pub record_weights: RecordWeights,
    /// Weights of the draw, added up for every condition met; a firm without any weighs 1.
    pub risks: Vec<Risk>,
    /// Who decides a letting, by its area.
    pub routes: Vec<Route>,
    /// Reasons to reject an application.
    pub reject_reasons: Vec<RejectReason>,
}

/// Calendar days for a quarterly statement where the policy says nothing (assumption; PR39 asks for one
/// every quarter).
pub const STATEMENT_DAYS: u32 = 15;
/// Working days for the reply to a finding where the policy says nothing (assumption).
pub const FINDING_REPLY_DAYS: u32 = 5;

/// Heaviest weight of a record.
const RECORD_WEIGHT_MAX: u32 = 10_000;

/// What the record of a contract adds to its weight in the draw of spot checks, in whole numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct RecordWeights {
    /// For each overdue statement.
    pub overdue_statement: u32,
    /// For each performance term not met.
    pub term_missed: u32,
    /// For each earlier finding that was not dismissed.
    pub finding: u32,
    /// For each whole million of yuan of subsidy awarded.
    pub subsidy_million: u32,
}

impl Default for RecordWeights {
    /// Where the policy says nothing (assumption).
    fn default() -> RecordWeights {
        RecordWeights {
            overdue_statement: 2,
            term_missed: 2,
            finding: 3,
            subsidy_million: 1,
        }
    }
}

/// The form of an objection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ObjectionForm {
    /// In writing, sealed by a firm or signed with identity by a person; anonymous ones are not accepted.
    NamedInWriting,
    /// Any form, also without a name.
    Any,
}

/// A weight of the draw of spot checks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Risk {
    /// Key.
    pub id: String,
    /// Chinese name.
    pub label_zh: String,
    /// English name.
    pub label_en: String,
    /// Which firms.
    pub condition: Condition,
    /// Weight that is added.
    pub weight: u32,
    /// Legal basis.
    pub basis: String,
    /// How well the rule is known.
    pub evidence: Evidence,
    /// Last day on which the basis is in force; `None` = not known.
    pub basis_until: Option<NaiveDate>,
}

/// Who decides lettings of some area: `from <= area < below`. Whoever decides the smallest lettings does so
/// by signing; for all others the contract names the document of their decision.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// Key.
    pub id: String,
    /// Chinese name of the deciding body.
    pub label_zh: String,
    /// English name of the deciding body.
    pub label_en: String,
    /// Smallest area.
    #[serde(rename = "area_from_m2", deserialize_with = "exact")]
    pub area_from: Area,
    /// First area above; `None` = no end.
    #[serde(rename = "area_below_m2", default, deserialize_with = "maybe_exact")]
    pub area_below: Option<Area>,
    /// Legal basis.
    pub basis: String,
    /// How well the rule is known.
    pub evidence: Evidence,
    /// Last day on which the basis is in force; `None` = not known.
    pub basis_until: Option<NaiveDate>,
}

/// A reason to reject an application.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RejectReason {
    /// Key.
    pub id: String,
    /// Chinese text.
    pub label_zh: String,
    /// English text.
    pub label_en: String,
    /// Clause of the rule text.
    #[serde(default)]
    pub clause: String,
    /// Legal basis.
    pub basis: String,
    /// How well the rule is known.
    pub evidence: Evidence,
    /// Last day on which the basis is in force; `None` = not known.
    pub basis_until: Option<NaiveDate>,
}

impl Policy {
    /// The rules of the procedure; PO171 when the document has none.
    pub fn process(&self) -> Result<&Process, Fault> {
        self.process.as_ref().ok_or_else(|| {
            let cause = format!("policy {} has no section [process]", self.meta.version);
            Fault::new(NO_PROCESS, cause, "publish a policy with the section")
        })
    }
}

impl Process {
    /// Who decides a letting of this area: the first route that holds it.
    pub fn route(&self, area: Area) -> Option<&Route> {
        let holds = |r: &&Route| r.area_from <= area && r.area_below.is_none_or(|b| area < b);
        self.routes.iter().find(holds)
    }

    /// True when a letting of this area is not decided by who decides the smallest ones.
    pub fn is_large(&self, area: Area) -> bool {
        let smallest = self.routes.iter().min_by_key(|r| r.area_from);
        let route = self.route(area);
        route.is_some_and(|r| smallest.is_some_and(|s| s.id != r.id))
    }

    /// The weight of a firm in the draw of spot checks: 1 and what every condition met adds.
    pub fn risk_weight(&self, facts: &Facts<'_>) -> u64 {
        let met = |r: &&Risk| r.condition.of(facts) == Truth::Yes;
        let added: u64 = self
            .risks
            .iter()
            .filter(met)
            .map(|r| u64::from(r.weight))
            .sum();
        1 + added
    }
}

/// Breaches: periods that nobody can mean. Keys are proved unique by the caller.
pub(super) fn breaches(process: &Process) -> Vec<Fault> {
    let days = [
        ("window", process.window_calendar_days),
        ("supplement", process.supplement_working_days),
        ("publicity", process.publicity_working_days),
        ("objection", process.objection_answer_working_days),
        ("offer", process.offer_working_days),
        ("contract", process.contract_working_days),
        ("statement", process.statement_calendar_days),
        ("finding_reply", process.finding_reply_working_days),
    ];
    let mut faults = Vec::new();
    for (name, count) in days {
        if count == 0 || count > DAYS_MAX {
            faults.push(value("[process]", name, "give 1 to 366 days"));
        }
    }
    if process.spot_checks_per_year == 0 || process.spot_checks_per_year > 12 {
        faults.push(value("[process]", "spot_check", "give 1 to 12 a year"));
    }
    let weights = process.record_weights;
    let each = [
        weights.overdue_statement,
        weights.term_missed,
        weights.finding,
        weights.subsidy_million,
    ];
    if each.iter().any(|w| *w > RECORD_WEIGHT_MAX) {
        let say = "give weights of at most 10000";
        faults.push(value("[process]", "record_weight", say));
    }
    if process.ban_months > 1_200 {
        faults.push(value("[process]", "ban", "give at most 1200 months"));
    }
    for route in &process.routes {
        if route
            .area_below
            .is_some_and(|below| below <= route.area_from)
        {
            let subject = format!("process route {}", route.id);
            faults.push(value(&subject, "area_below_m2", "the route holds no area"));
        }
    }
    faults
}
