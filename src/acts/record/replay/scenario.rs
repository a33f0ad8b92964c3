//! The adoption of a scenario's variant: the changes, made again of the snapshot then in force, give the snapshot
//! of the variant, and another officer than the maker adopted it.

use super::Kind;
use super::report::Replay;
use super::signing::{Mark, apart, shown};
use super::sources::Sources;
use crate::acts::act::Owner;
use crate::acts::powers::tasks::ADOPT_SCENARIO;
use crate::acts::record::trail;
use crate::acts::{refuse, scenarios};
use crate::domain::fault::Faults;
use crate::domain::ids::RoundId;
use crate::domain::scenario::Variant;
use crate::planning::files;
use crate::store::{self, Reading};

/// Adopted variants, by the digest of their snapshot.
pub const KIND: Kind = Kind {
    name: "scenario",
    keys,
    owner: |tx, key| need(tx, key).map(|_| Owner::city()),
    rebuild,
};

fn keys(tx: &mut Reading<'_>, round: &RoundId) -> Result<Vec<String>, Faults> {
    let all: Vec<Variant> = store::having(tx, "round_id", round.as_str())?;
    let adopted = all.into_iter().filter(|v| v.adopted.is_some());
    Ok(adopted.map(|v| v.digest).collect())
}

fn need(tx: &mut Reading<'_>, key: &str) -> Result<Variant, Faults> {
    let known: Option<Variant> = store::get(tx, key)?;
    let known = known.filter(|v| v.adopted.is_some());
    Ok(known.ok_or_else(|| refuse::absent("adopted variant", key))?)
}

fn rebuild(tx: &mut Reading<'_>, sources: &mut Sources, report: &mut Replay) -> Result<(), Faults> {
    let now = need(tx, &report.key.clone())?;
    report.round = Some(now.round.to_string());
    let steps = trail::about(tx, &format!("scenario {}", now.scenario.id))?;
    if let Some(signed) = &now.adopted {
        let adopted = Mark {
            what: "adopted",
            signed,
            by: &[&ADOPT_SCENARIO],
            owner: &Owner::city(),
        };
        if let Some(step) = shown(report, &steps, &adopted) {
            super::fold::entered(tx, report, step)?;
            let then = step
                .state()
                .and_then(|s| serde_json::from_value(s.clone()).ok());
            told(report, then, &now);
        }
        let maker = now.scenario.made.by.clone();
        apart(report, "scenario and adoption", &maker, &signed.by);
    }
    made_again(tx, sources, report, &now)
}

/// What was adopted is what is stored.
fn told(report: &mut Replay, then: Option<Variant>, now: &Variant) {
    match then {
        Some(then) if then.digest == now.digest && then.scenario == now.scenario => {
            report.proves("what is stored was adopted");
        }
        _ => report.differs("adopted variant", "what was adopted", "something else"),
    }
}

/// The changes give the snapshot of the variant.
fn made_again(
    tx: &mut Reading<'_>,
    sources: &mut Sources,
    report: &mut Replay,
    now: &Variant,
) -> Result<(), Faults> {
    let Some(base) = sources.snapshot(tx, report, &now.base)? else {
        return Ok(());
    };
    let parent = match &now.scenario.parent {
        Some(parent) => sources.plan(tx, report, parent)?,
        None => None,
    };
    let made = scenarios::derive(tx, &now.scenario, (*base).clone(), parent.as_deref())?;
    let digest = files::snapshot_digest(&made);
    report.snapshot = Some(digest.clone());
    if report.same("snapshot of the variant", now.digest.clone(), digest) {
        report.proves("its changes give its snapshot");
    }
    Ok(())
}
