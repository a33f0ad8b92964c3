//! A plan: its digest and that of its snapshot are recomputed, its policy is the stored version, it keeps every
//! law, and an act in the journal stored it for that snapshot.
//!
//! The bound of a plan was proven when it was solved; prices are not part of a plan. Solving it again (`solve`)
//! proves value and bound anew.

use super::report::{Link, Replay};
use super::sources::{self, Sources};
use super::{Kind, fold};
use crate::acts::act::Owner;
use crate::acts::record::trail;
use crate::acts::refuse;
use crate::domain::fault::Faults;
use crate::domain::ids::RoundId;
use crate::domain::scenario::Variant;
use crate::planning::check;
use crate::store::{self, Reading, journal, plans};

/// Plans.
pub const KIND: Kind = Kind {
    name: "plan",
    keys,
    owner,
    rebuild,
};

fn keys(tx: &mut Reading<'_>, round: &RoundId) -> Result<Vec<String>, Faults> {
    let mut all = plans::of_round(tx, round)?;
    let variants: Vec<Variant> = store::having(tx, "round_id", round.as_str())?;
    all.extend(variants.into_iter().filter_map(|v| v.plan));
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

fn owner(tx: &mut Reading<'_>, digest: &str) -> Result<Owner, Faults> {
    match plans::get(tx, digest)? {
        Some(_) => Ok(Owner::city()),
        None => Err(refuse::absent("plan", digest).into()),
    }
}

fn rebuild(tx: &mut Reading<'_>, sources: &mut Sources, report: &mut Replay) -> Result<(), Faults> {
    let digest = report.key.clone();
    let stored = plans::get(tx, &digest)?;
    let stored = stored.ok_or_else(|| refuse::absent("plan", &digest))?;
    report.round = Some(stored.round.to_string());
    prove(tx, sources, report, &digest)
}

/// Proves a stored plan whole.
pub fn prove(
    tx: &mut Reading<'_>,
    sources: &mut Sources,
    report: &mut Replay,
    digest: &str,
) -> Result<(), Faults> {
    let Some(plan) = sources.plan(tx, report, digest)? else {
        return Ok(());
    };
    report.plan = Some(digest.to_owned());
    entry(tx, report, digest, &plan.snapshot)?;
    let Some(snapshot) = sources.snapshot(tx, report, &plan.snapshot)? else {
        return Ok(());
    };
    report.snapshot = Some(plan.snapshot.clone());
    sources::policy(tx, report, (&plan.snapshot, &snapshot), &plan.policy)?;
    let broken = check::check(&snapshot, &plan);
    if broken.is_empty() {
        report.proves("the plan keeps every law of its snapshot");
    }
    for fault in broken {
        report.differs("law of the plan", "kept", fault);
    }
    match plan.proof.upper_bound {
        Some(bound) if bound < plan.proof.value => {
            report.differs("proof of the plan", "a bound not below the value", bound.0);
        }
        Some(_) if plan.proof.status == "optimal" && plan.proof.gap_ppm() != Some(0) => {
            report.differs("proof of the plan", "no gap, for it is optimal", "a gap");
        }
        _ => {}
    }
    Ok(())
}

/// The act that stored the plan names it and its snapshot.
fn entry(
    tx: &mut Reading<'_>,
    report: &mut Replay,
    digest: &str,
    snapshot: &str,
) -> Result<(), Faults> {
    let Some(row) = journal::leaving(tx, digest)? else {
        report.differs("entry of the plan", "an act that stored it", "none");
        return Ok(());
    };
    if !trail::is_linked(tx, &row)? {
        let place = format!("entry {}", row.seq);
        report.differs(place, "a whole link of the chain", "broken");
    }
    let before = row.entry.before.clone().unwrap_or_default();
    report.same("entry of the plan", snapshot.to_owned(), before);
    report.entries.push(Link {
        entry: row.seq,
        at: row.entry.at,
        act: row.entry.act.clone(),
        before: row.entry.before.clone(),
        after: row.entry.after.clone(),
        hash: row.hash,
    });
    Ok(())
}

/// The entries about a round that have records, each proved to be in the chain.
pub fn acts_on(tx: &mut Reading<'_>, round: &str) -> Result<Vec<trail::Step>, Faults> {
    let mut steps = trail::about(tx, &format!("round {round}"))?;
    steps.retain(|s| !trail::is_plain(&s.entered.entry.act));
    Ok(steps)
}

/// The entry of one act is in the chain with its record.
pub fn one_act(
    tx: &mut Reading<'_>,
    report: &mut Replay,
    step: &trail::Step,
) -> Result<(), Faults> {
    fold::entered(tx, report, step)
}
