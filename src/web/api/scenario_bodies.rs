//! The bodies of scenarios and their twins in the acts.
//!
//! Not here: routes and handlers (`scenarios`).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::acts::scenarios::{Asked, compare, price};
use crate::domain::area::Area;
use crate::domain::fault::Fault;
use crate::domain::ids::RoundId;
use crate::domain::money::Fen;
use crate::domain::points::Points;
use crate::domain::scenario::{Changes, QuotaChange, Scenario, Variant, WeightChange};
use crate::domain::snapshot::Pin;

/// A weight, replaced.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScenarioWeight {
    /// Name in the policy.
    name: String,
    /// Milli-points.
    value: i64,
}

/// The quota of a district, replaced.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScenarioQuota {
    /// District.
    district: String,
    /// Fen.
    amount: i64,
}

/// Area of a unit.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PinnedUnit {
    /// Unit.
    unit: String,
    /// 0.01 m2.
    area: i64,
}

/// Units given to an application.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScenarioPin {
    /// Application.
    application: String,
    /// Units.
    units: Vec<PinnedUnit>,
}

/// A scenario as asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScenarioAsked {
    /// Name.
    name: String,
    /// Tags.
    #[serde(default)]
    tags: Vec<String>,
    /// Version of another policy.
    policy: Option<String>,
    /// Weights.
    #[serde(default)]
    weights: Vec<ScenarioWeight>,
    /// Quotas.
    #[serde(default)]
    quotas: Vec<ScenarioQuota>,
    /// Units given by hand.
    #[serde(default)]
    pins: Vec<ScenarioPin>,
    /// Applications that keep what the parent plan gives.
    #[serde(default)]
    keep: Vec<String>,
    /// Applications left out.
    #[serde(default)]
    leave_out: Vec<String>,
    /// Another seed.
    seed: Option<u64>,
    /// Digest of the plan to start from or to override.
    parent: Option<String>,
    /// Why; needed for an override.
    #[serde(default)]
    reason: String,
}

impl ScenarioAsked {
    /// As the acts take it; DM faults of the keys.
    pub(super) fn read(self, round: RoundId) -> Result<Asked, Fault> {
        let weight = |w: ScenarioWeight| WeightChange {
            name: w.name,
            value: Points(w.value),
        };
        let quota = |q: ScenarioQuota| -> Result<QuotaChange, Fault> {
            Ok(QuotaChange {
                district: q.district.parse()?,
                amount: Fen(q.amount),
            })
        };
        let pin = |p: ScenarioPin| -> Result<Pin, Fault> {
            let unit = |u: PinnedUnit| Ok((u.unit.parse()?, Area(u.area)));
            Ok(Pin {
                application: p.application.parse()?,
                units: p
                    .units
                    .into_iter()
                    .map(unit)
                    .collect::<Result<_, Fault>>()?,
                kept: None,
            })
        };
        let keys = |all: Vec<String>| all.iter().map(|k| k.parse()).collect::<Result<_, Fault>>();
        Ok(Asked {
            round,
            name: self.name,
            tags: self.tags,
            changes: Changes {
                policy: self.policy,
                weights: self.weights.into_iter().map(weight).collect(),
                quotas: self
                    .quotas
                    .into_iter()
                    .map(quota)
                    .collect::<Result<_, _>>()?,
                pins: self.pins.into_iter().map(pin).collect::<Result<_, _>>()?,
                keep: keys(self.keep)?,
                leave_out: keys(self.leave_out)?,
                seed: self.seed,
            },
            parent: self.parent,
            reason: self.reason,
        })
    }
}

/// A variant that a scenario made.
#[derive(Debug, Serialize, ToSchema)]
pub struct VariantView {
    /// Digest.
    digest: String,
    /// Digest of the snapshot it was made of.
    base: String,
    /// Digest of its plan.
    plan: Option<String>,
    /// Who adopted it.
    adopted_by: Option<String>,
    /// Why.
    adopted_reason: Option<String>,
}

impl From<Variant> for VariantView {
    fn from(v: Variant) -> VariantView {
        VariantView {
            digest: v.digest,
            base: v.base,
            plan: v.plan,
            adopted_by: v.adopted.as_ref().map(|s| s.by.clone()),
            adopted_reason: v.adopted.map(|s| s.reason),
        }
    }
}

/// A scenario.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScenarioView {
    /// Key.
    id: String,
    /// Round.
    round: String,
    /// Name.
    name: String,
    /// Tags.
    tags: Vec<String>,
    /// What is changed.
    #[schema(value_type = Object)]
    changes: Value,
    /// Plan to start from or to override.
    parent: Option<String>,
    /// Who made it last.
    made_by: String,
    /// When.
    made_at: DateTime<Utc>,
    /// Why.
    reason: String,
    /// Its last run.
    task: Option<String>,
    /// Variants; empty in lists.
    variants: Vec<VariantView>,
}

/// A scenario as answered.
pub(super) fn view(scenario: Scenario, variants: Vec<Variant>) -> ScenarioView {
    ScenarioView {
        id: scenario.id.to_string(),
        round: scenario.round.to_string(),
        name: scenario.name,
        tags: scenario.tags,
        changes: serde_json::to_value(&scenario.changes).unwrap_or_default(),
        parent: scenario.parent,
        made_by: scenario.made.by,
        made_at: scenario.made.at,
        reason: scenario.made.reason,
        task: scenario.task.map(|t| t.to_string()),
        variants: variants.into_iter().map(VariantView::from).collect(),
    }
}

/// A page of scenarios.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScenarioPage {
    /// Scenarios by key.
    pub(super) items: Vec<ScenarioView>,
    /// Where the next page begins; null at the end.
    pub(super) next: Option<String>,
}

/// A run.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RunScenario {
    /// Limit in nominal seconds of work.
    pub(super) work: u32,
}

/// A second signature.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdoptVariant {
    /// Why.
    pub(super) reason: String,
}

/// Nothing is asked besides the address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeleteScenario {}

/// Figures of two plans, who gains and loses, awards that differ.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComparisonView {
    /// Figures of the first.
    #[schema(value_type = Object)]
    before: Value,
    /// Figures of the second.
    #[schema(value_type = Object)]
    after: Value,
    /// Gains and losses by class of firm.
    #[schema(value_type = Object)]
    classes: Value,
    /// Gains and losses by district.
    #[schema(value_type = Object)]
    districts: Value,
    /// Firms of the first that have other units or no place in the second.
    moves: u64,
    /// One line per award that differs.
    differing: Vec<String>,
}

/// What an override costs.
#[derive(Debug, Serialize, ToSchema)]
pub struct PriceView {
    /// Digest of its plan; null when there is none.
    plan: Option<String>,
    /// The named conflict when there is no plan.
    conflict: Option<super::tasks::TaskFailure>,
    /// Milli-points of the plan that is overridden.
    old_value: i64,
    /// Its proven bound.
    old_bound: Option<i64>,
    /// Milli-points of the new plan.
    new_value: Option<i64>,
    /// Its proven bound.
    new_bound: Option<i64>,
    /// Old less new value.
    lost: Option<i64>,
    /// True when both are proven optimal.
    exact: bool,
    /// Who moves.
    moves: Vec<String>,
    /// Subsidy by district before and after.
    #[schema(value_type = Object)]
    subsidies: Value,
}

impl From<price::Price> for PriceView {
    fn from(p: price::Price) -> PriceView {
        PriceView {
            subsidies: serde_json::json!({
                "before": p.subsidies_before,
                "after": p.subsidies_after,
            }),
            plan: p.plan,
            conflict: p.conflict.map(Into::into),
            old_value: p.old_value.0,
            old_bound: p.old_bound.map(|b| b.0),
            new_value: p.new_value.map(|v| v.0),
            new_bound: p.new_bound.map(|b| b.0),
            lost: p.lost.map(|l| l.0),
            exact: p.exact,
            moves: p.moves,
        }
    }
}

impl From<compare::Comparison> for ComparisonView {
    fn from(c: compare::Comparison) -> ComparisonView {
        let value = |v: serde_json::Result<Value>| v.unwrap_or_default();
        ComparisonView {
            before: value(serde_json::to_value(&c.before)),
            after: value(serde_json::to_value(&c.after)),
            classes: value(serde_json::to_value(&c.classes)),
            districts: value(serde_json::to_value(&c.districts)),
            moves: c.moves,
            differing: c.differing,
        }
    }
}
