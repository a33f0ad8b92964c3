//! Freezing a round: one moment's facts become a snapshot, the only thing that a plan may see.
//!
//! Not here: how the file is written (`planning::files`).

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Desk, money, rounds, vacancy};
use crate::domain::application::Application;
use crate::domain::evidence::Evidence;
use crate::domain::fault::{Code, Fault, Faults, Place};
use crate::domain::firm::Firm;
use crate::domain::ids::RoundId;
use crate::domain::quota::Quota;
use crate::domain::round::{Round, RoundState};
use crate::domain::snapshot::{Inventory, SNAPSHOT_FORMAT, Snapshot};
use crate::domain::space::RentRule;
use crate::planning::files;
use crate::policy;
use crate::store::journal::{self, Entry};
use crate::store::snapshots::{self, StoredSnapshot};
use crate::store::{self, allocations, applications, ground, inventory};
use crate::store::{Reading, Writing};

/// There is no policy in force; nothing can be frozen.
pub const NO_POLICY: Code = Code("AC110");
/// Nobody applied in the round.
pub const NO_APPLICATION: Code = Code("AC111");
/// The round does not exist.
pub const NO_ROUND: Code = Code("AC112");
/// Units name a rule of rent that the policy has not.
pub const STRANGE_RENT: Code = Code("AC113");

/// A frozen round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Frozen {
    /// Digest of the snapshot.
    pub digest: String,
    /// Applications in it.
    pub applications: usize,
    /// Units in it.
    pub units: usize,
}

/// Freezes a round now. An earlier snapshot of it stays stored; the newest counts.
pub fn freeze(desk: &Desk, round: &RoundId) -> Result<Frozen, Faults> {
    desk.store().write(|tx| {
        let snapshot = gather(desk, tx, round)?;
        let before = snapshots::of_round(tx, round)?.into_iter().next();
        let bytes = files::write_snapshot(&snapshot);
        let digest = files::digest(&bytes);
        let stored = StoredSnapshot {
            digest: digest.clone(),
            round: round.clone(),
            frozen_at: snapshot.frozen_at,
            bytes,
        };
        snapshots::put(tx, &stored)?;
        store::upsert_many(tx, std::slice::from_ref(&snapshot.round))?;
        enter(desk, tx, &snapshot.round, before, &digest)?;
        Ok(Frozen {
            digest,
            applications: snapshot.applications.len(),
            units: snapshot.inventory.units.len(),
        })
    })
}

/// True when the round has a snapshot.
pub fn is_frozen(desk: &Desk, round: &RoundId) -> Result<bool, Faults> {
    desk.store()
        .read(|tx| Ok(!snapshots::of_round(tx, round)?.is_empty()))
}

fn enter(
    desk: &Desk,
    tx: &mut Writing<'_>,
    round: &Round,
    before: Option<String>,
    digest: &str,
) -> Result<(), Faults> {
    let entry = Entry {
        at: desk.now(),
        actor: desk.actor().to_owned(),
        act: "freeze".to_owned(),
        subject: format!("round {}", round.id),
        before,
        after: Some(digest.to_owned()),
    };
    journal::append(tx, &entry)?;
    Ok(())
}

/// The round of a key, or AC112.
pub(super) fn round_of(tx: &mut Reading<'_>, id: &RoundId) -> Result<Round, Faults> {
    store::get(tx, id.as_str())?.ok_or_else(|| {
        Fault::new(
            NO_ROUND,
            format!("there is no round {id}"),
            "list the rounds with `zhuchao export rounds`",
        )
        .into()
    })
}

/// AC113 for each rule of rent that units name and the policy has not: a misspelt key would leave them unlet.
fn rents_known(policy: &str, inventory: &Inventory) -> Result<(), Faults> {
    let policy = policy::read(policy)?;
    let mut strange: BTreeMap<&RentRule, &str> = BTreeMap::new();
    for unit in &inventory.units {
        if let Some(rule) = unit.rent_rule.as_ref().filter(|r| !policy.has_rent_rule(r)) {
            strange.entry(rule).or_insert(unit.id.as_str());
        }
    }
    let faults = strange.into_iter().map(|(rule, unit)| {
        let cause = format!(
            "the policy has no rent for area {} and grade {}, which unit {unit} names",
            rule.area, rule.grade
        );
        let action =
            "correct rent_area and rent_grade of the units, or add them to [rent] of the policy";
        Fault::new(STRANGE_RENT, cause, action).at(Place::subject(format!("unit {unit}")))
    });
    Faults(faults.collect()).or(())
}

/// The facts of a round now: verified applications, what is vacant, quotas, the policy of the guide.
pub(super) fn gather(desk: &Desk, tx: &mut Reading<'_>, id: &RoundId) -> Result<Snapshot, Faults> {
    let mut round = round_of(tx, id)?;
    round.state = RoundState::Frozen;
    let procedure = rounds::procedure(tx, id)?;
    if let Some(guide) = &procedure.guide {
        round.cut_off = guide.closes_at;
    }
    let policy = rounds::policy_text(tx, &procedure, round.cut_off_day())?;
    let out = rounds::freezing::left_out(tx, id)?;
    let mut applications: Vec<Application> = applications::of_round(tx, id)?;
    let barred = rounds::freezing::barred(tx, id, rounds::today(desk))?;
    let is_barred = |a: &Application| barred.iter().any(|b| b.application == a.id);
    applications.retain(|a| !out.contains(&a.id) && !is_barred(a));
    if applications.is_empty() {
        return Err(Fault::new(
            NO_APPLICATION,
            format!("nobody applied in round {id}"),
            "import applications first",
        )
        .into());
    }
    let firms = applicants(tx, &applications)?;
    let (held_units, held_apartments) = (allocations::units(tx)?, allocations::apartments(tx)?);
    let inventory = vacancy::vacant(
        inventory::load(tx)?,
        &held_units,
        &held_apartments,
        round.start,
    )?;
    rents_known(&policy, &inventory)?;
    let mut quotas: Vec<Quota> = store::all(tx)?;
    quotas.retain(|q| q.year == round.subsidy_year);
    for quota in &mut quotas {
        money::quotas::less_what_is_bound(tx, quota)?;
    }
    let synthetic = firms
        .iter()
        .any(|f| f.provenance.evidence == Evidence::Synthetic);
    Ok(Snapshot {
        format: SNAPSHOT_FORMAT.to_owned(),
        synthetic,
        frozen_at: desk.now(),
        policy,
        ground: ground::load(tx)?,
        inventory,
        firms,
        applications,
        quotas,
        pins: Vec::new(),
        round,
    })
}

/// The firms that applied: no other firm is in the snapshot.
fn applicants(tx: &mut Reading<'_>, applications: &[Application]) -> Result<Vec<Firm>, Faults> {
    let wanted: std::collections::BTreeSet<&str> =
        applications.iter().map(|a| a.firm.as_str()).collect();
    let all: Vec<Firm> = store::all(tx)?;
    Ok(all
        .into_iter()
        .filter(|f| wanted.contains(f.id.as_str()))
        .collect())
}
