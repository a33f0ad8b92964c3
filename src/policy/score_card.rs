//! Score card (评分表): queues before score, criteria with steps and the evidence each asks for, a least
//! score, and how ties are broken.
//!
//! A criterion gives `points x weight` of the first of its steps whose condition is met (rounded down to a
//! milli-point), nothing when none is or when its evidence is missing. Rank: queue first, then points, then each tie-breaker (more is better,
//! not known is least), then the key of the application, so that the order is always total.
//! Absent section: no score card; the weights of the optimizer alone decide.
//!
//! Not here: the weights of a placement (`weights`).

use std::cmp::{Ordering, Reverse};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::condition::{Condition, Facts, Number, Source, Truth};
use super::gather::{spot, value};
use crate::domain::evidence::Evidence;
use crate::domain::fault::{Code, Fault};
use crate::domain::ids::ApplicationId;
use crate::domain::points::Points;

/// A criterion has no step, or points below nothing or too large.
pub const BAD_CRITERION: Code = Code("PO132");

/// The score card.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreCard {
    /// Least points, in milli-points; below it nobody is ranked.
    pub minimum: Points,
    /// Numbers that break ties, the first first.
    #[serde(default)]
    pub ties: Vec<TieBreak>,
    /// Legal basis.
    pub basis: String,
    /// How well the card is known.
    pub evidence: Evidence,
    /// Last day on which the basis is in force; `None` = not known.
    pub basis_until: Option<NaiveDate>,
    /// Queues, the first first; whoever is in none stands behind them all.
    #[serde(rename = "queue", default)]
    pub queues: Vec<Queue>,
    /// Criteria.
    #[serde(rename = "criterion", default)]
    pub criteria: Vec<Criterion>,
}

/// A number that breaks ties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TieBreak {
    /// More employees.
    Headcount,
    /// More revenue.
    Revenue,
    /// A larger share of R&D.
    RdShare,
    /// An older firm.
    AgeMonths,
}

/// A queue (队列).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Queue {
    /// Key.
    pub id: String,
    /// Chinese name.
    pub label_zh: String,
    /// English name.
    pub label_en: String,
    /// Who stands in it.
    pub condition: Condition,
    /// Legal basis.
    pub basis: String,
    /// How well the rule is known.
    pub evidence: Evidence,
    /// Last day on which the basis is in force; `None` = not known.
    pub basis_until: Option<NaiveDate>,
}

/// A criterion (评分项).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Key.
    pub id: String,
    /// Chinese name.
    pub label_zh: String,
    /// English name.
    pub label_en: String,
    /// Steps, the best first.
    pub steps: Vec<Step>,
    /// Weight of the criterion in basis points of the points of its steps.
    #[serde(default = "once")]
    pub weight_bp: u32,
    /// Kinds of evidence that must all be there.
    #[serde(default)]
    pub evidence_needed: Vec<String>,
    /// Legal basis.
    pub basis: String,
    /// How well the rule is known.
    pub evidence: Evidence,
    /// Last day on which the basis is in force; `None` = not known.
    pub basis_until: Option<NaiveDate>,
}

/// The points of the steps as they stand.
fn once() -> u32 {
    10_000
}

/// One step of a criterion.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Who gets the points.
    pub condition: Condition,
    /// Milli-points.
    pub points: Points,
}

/// The points of one criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// Key of the criterion.
    pub criterion: String,
    /// Points given.
    pub points: Points,
    /// True when more may come with evidence or facts that are not there.
    pub needs_evidence: bool,
}

/// A filled score card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Filled {
    /// The application.
    pub application: ApplicationId,
    /// Place of its queue, 0 = first.
    pub queue: usize,
    /// Each criterion in order.
    pub marks: Vec<Mark>,
    /// Their sum.
    pub total: Points,
    /// True when the least score is reached.
    pub ranked: bool,
    ties: Vec<Option<i64>>,
}

impl ScoreCard {
    /// Fills the card for an application. DM130 beyond 64 bits.
    pub fn fill(
        &self,
        application: &ApplicationId,
        facts: &Facts<'_>,
        held: &[&str],
    ) -> Result<Filled, Fault> {
        let marks: Vec<Mark> = self.criteria.iter().map(|c| c.mark(facts, held)).collect();
        let mut total = Points::ZERO;
        for mark in &marks {
            total = total.plus(mark.points)?;
        }
        let stands = |q: &Queue| q.condition.of(facts) == Truth::Yes;
        let queue = self.queues.iter().position(stands);
        Ok(Filled {
            application: application.clone(),
            queue: queue.unwrap_or(self.queues.len()),
            marks,
            total,
            ranked: total >= self.minimum,
            ties: self.ties.iter().map(|t| facts.number(t.number())).collect(),
        })
    }

    /// The most points that anybody can reach.
    pub fn most(&self) -> Points {
        let best = |c: &Criterion| {
            let all = c.steps.iter().map(|s| c.weighted(s.points).0);
            all.max().unwrap_or(0)
        };
        let criteria = self.criteria.iter();
        Points(criteria.map(best).fold(0_i64, i64::saturating_add))
    }
}

/// The order of rank: the better one first.
pub fn order(a: &Filled, b: &Filled) -> Ordering {
    let key = |f: &Filled| (f.queue, Reverse(f.total), Reverse(f.ties.clone()));
    key(a)
        .cmp(&key(b))
        .then_with(|| a.application.cmp(&b.application))
}

impl Criterion {
    /// `points x weight`, rounded down; both are bounded, so the product fits.
    fn weighted(&self, points: Points) -> Points {
        let exact = i128::from(points.0) * i128::from(self.weight_bp) / 10_000;
        Points(i64::try_from(exact).unwrap_or(i64::MAX))
    }

    fn mark(&self, facts: &Facts<'_>, held: &[&str]) -> Mark {
        let missing = self
            .evidence_needed
            .iter()
            .any(|k| !held.contains(&k.as_str()));
        let mut unknown = false;
        let mut points = Points::ZERO;
        for step in &self.steps {
            match step.condition.of(facts) {
                Truth::Yes => {
                    points = self.weighted(step.points);
                    break;
                }
                Truth::Unknown => unknown = true,
                Truth::No => {}
            }
        }
        let worth = points > Points::ZERO;
        Mark {
            criterion: self.id.clone(),
            points: if missing { Points::ZERO } else { points },
            needs_evidence: unknown || (missing && worth),
        }
    }
}

impl TieBreak {
    fn number(self) -> Number {
        match self {
            TieBreak::Headcount => Number::Headcount,
            TieBreak::Revenue => Number::Revenue,
            TieBreak::RdShare => Number::RdShare,
            TieBreak::AgeMonths => Number::AgeMonths,
        }
    }
}

/// Breaches: points in range, at least one step.
pub(super) fn breaches(card: &ScoreCard) -> Vec<Fault> {
    let mut faults = Vec::new();
    if card.minimum < Points::ZERO {
        faults.push(value(
            "[score_card]",
            "minimum",
            "the least score is negative",
        ));
    }
    for criterion in &card.criteria {
        if criterion.weight_bp == 0 || criterion.weight_bp > 1_000_000 {
            let subject = format!("criterion {}", criterion.id);
            faults.push(value(
                &subject,
                "weight_bp",
                "give 1 to 1000000 basis points",
            ));
        }
        let lawful = |s: &Step| (0..=super::weights::WEIGHT_MAX.0).contains(&s.points.0);
        if criterion.steps.is_empty() || !criterion.steps.iter().all(lawful) {
            let cause = "the criterion has no step, or points that are negative or too large";
            let subject = format!("criterion {}", criterion.id);
            let fault = Fault::new(BAD_CRITERION, cause, "give 0 to 1000000000 milli-points");
            faults.push(fault.at(spot(&subject, "steps")));
        }
    }
    faults
}
