//! Looking up (查询): names and choices that pages need: districts, sites, stations, rounds, policies, kinds of
//! evidence, firms, quotas. All but the firms is public.
//!
//! Not here: what is vacant (`vacancies`), where a round stands (`rounds::view`).

use std::collections::BTreeMap;

use super::act::Scope;
use super::powers::cases::SEE_CASE;
use super::powers::tasks::SEE_SCENARIO;
use super::words::Text;
use super::{Desk, rounds, stored};
use crate::domain::account::Account;
use crate::domain::fault::Faults;
use crate::domain::firm::Firm;
use crate::domain::ids::RoundId;
use crate::domain::place::{Cluster, District, Station};
use crate::domain::quota::Quota;
use crate::domain::round::Round;
use crate::domain::scenario::Variant;
use crate::domain::space::{Site, SiteKind};
use crate::policy;
use crate::store::{self, plans, policies};

/// A key with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Key.
    pub key: String,
    /// Name.
    pub name: Text,
}

impl Named {
    fn of(key: &impl ToString, zh: &str, en: &str) -> Named {
        Named {
            key: key.to_string(),
            name: Text::names(zh, en),
        }
    }
}

/// The districts, by code.
pub fn districts(desk: &Desk) -> Result<Vec<Named>, Faults> {
    let all: Vec<District> = desk.store().read(store::all)?;
    Ok(all
        .iter()
        .map(|d| Named::of(&d.code, &d.name_zh, &d.name_en))
        .collect())
}

/// The sites with space, by key.
pub fn sites(desk: &Desk) -> Result<Vec<Named>, Faults> {
    let all: Vec<Site> = desk.store().read(store::all)?;
    let space = all.iter().filter(|s| s.kind == SiteKind::Space);
    Ok(space
        .map(|s| Named::of(&s.id, &s.name_zh, &s.name_en))
        .collect())
}

/// The metro stations, by name.
pub fn stations(desk: &Desk) -> Result<Vec<Named>, Faults> {
    let all: Vec<Station> = desk.store().read(store::all)?;
    let mut all: Vec<Named> = all
        .iter()
        .map(|s| Named::of(&s.id, &s.name_zh, ""))
        .collect();
    all.sort_by(|a, b| a.name.zh.cmp(&b.name.zh));
    Ok(all)
}

/// The fields of work: clusters without fields of their own.
pub fn fields(desk: &Desk) -> Result<Vec<Named>, Faults> {
    let all: Vec<Cluster> = desk.store().read(store::all)?;
    let fields = all.iter().filter(|c| c.fields.is_empty());
    Ok(fields
        .map(|c| Named::of(&c.id, &c.name_zh, &c.name_en))
        .collect())
}

/// The rounds, the newest first.
pub fn rounds(desk: &Desk) -> Result<Vec<Round>, Faults> {
    let mut all: Vec<Round> = desk.store().read(store::all)?;
    all.reverse();
    Ok(all)
}

/// Versions of the policy, the newest first.
pub fn policies(desk: &Desk) -> Result<Vec<String>, Faults> {
    let mut all = desk.store().read(policies::all)?;
    all.sort_by_key(|p| std::cmp::Reverse(p.created_at));
    Ok(all.into_iter().map(|p| p.version).collect())
}

/// Kinds of evidence that the policy of a round names.
pub fn evidence_kinds(desk: &Desk, round: Option<&RoundId>) -> Result<Vec<Named>, Faults> {
    desk.store().read(|tx| {
        let text = match round {
            Some(id) => {
                let procedure = rounds::procedure(tx, id)?;
                rounds::policy_text(tx, &procedure, rounds::today(desk))?
            }
            None => policies::latest(tx)?.map(|p| p.text).unwrap_or_default(),
        };
        let policy = policy::read(&text)?;
        let kinds = policy.evidence_kinds.iter();
        Ok(kinds
            .map(|k| Named::of(&k.id, &k.label_zh, &k.label_en))
            .collect())
    })
}

/// Names of the firms whose cases the actor may see.
pub fn firms(desk: &Desk) -> Result<BTreeMap<String, Text>, Faults> {
    let scope = desk.scope(&SEE_CASE)?;
    let all: Vec<Firm> = desk.store().read(store::all)?;
    let mine = |f: &&Firm| match &scope {
        Scope::All => true,
        Scope::Firm(firm) => f.id == *firm,
        Scope::District(district) => f.district == *district,
    };
    let named = |f: &Firm| (f.id.to_string(), Text::names(&f.name_zh, &f.name_en));
    Ok(all.iter().filter(mine).map(named).collect())
}

/// Logins of accounts by key: for the bureau and its auditors alone; for others none.
pub fn people(desk: &Desk) -> Result<BTreeMap<String, String>, Faults> {
    if desk.may(&SEE_SCENARIO).is_err() {
        return Ok(BTreeMap::new());
    }
    let all: Vec<Account> = desk.store().read(store::all)?;
    Ok(all
        .iter()
        .map(|a| (a.id.to_string(), a.login.to_string()))
        .collect())
}

/// The quotas of a year.
pub fn quotas(desk: &Desk, year: i32) -> Result<Vec<Quota>, Faults> {
    let all: Vec<Quota> = desk.store().read(store::all)?;
    Ok(all.into_iter().filter(|q| q.year == year).collect())
}

/// A stored plan in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanHead {
    /// Digest.
    pub digest: String,
    /// When it was stored.
    pub at: chrono::DateTime<chrono::Utc>,
    /// Firms placed.
    pub placed: usize,
    /// Points, milli.
    pub value: i64,
    /// Proven bound, milli.
    pub bound: Option<i64>,
    /// Gap in parts per million.
    pub gap: Option<i64>,
    /// Name of the scenario it is of.
    pub scenario: Option<String>,
    /// True when its snapshot is the one in force.
    pub in_force: bool,
    /// True when it is of a scenario that a second officer adopted.
    pub adopted: bool,
}

/// The plans of a round, the newest first.
pub fn plans(desk: &Desk, round: &RoundId) -> Result<Vec<PlanHead>, Faults> {
    desk.scope(&SEE_SCENARIO)?;
    desk.store().read(|tx| {
        let base = stored::in_force(tx, round)?;
        let mut heads = Vec::new();
        for digest in plans::of_round(tx, round)? {
            let row = plans::need(tx, &digest)?;
            let plan = row.plan()?;
            let variant: Option<Variant> = store::get(tx, &row.snapshot)?;
            heads.push(PlanHead {
                digest,
                at: row.created_at,
                placed: plan.awards.len(),
                value: plan.proof.value.0,
                bound: plan.proof.upper_bound.map(|b| b.0),
                gap: plan.proof.gap_ppm(),
                in_force: base.as_deref() == Some(row.snapshot.as_str()),
                adopted: variant.as_ref().is_some_and(|v| v.adopted.is_some()),
                scenario: variant.map(|v| v.scenario.name),
            });
        }
        Ok(heads)
    })
}
