//! A draw of spot checks: its list has the published digest, the seed follows from it and the value, and
//! drawing again draws the same; who froze the list did not draw.

use super::Kind;
use super::fold::{Fold, fold, written};
use super::report::Replay;
use super::signing::{Mark, apart, shown};
use super::sources::Sources;
use crate::acts::act::Owner;
use crate::acts::powers::supervision::{ANNOUNCE_DRAW, FREEZE_DRAW, HOLD_DRAW};
use crate::acts::record::trail;
use crate::acts::refuse;
use crate::acts::supervision::lottery;
use crate::domain::draw::{Draw, Frozen, Outcome};
use crate::domain::fault::Faults;
use crate::domain::ids::RoundId;
use crate::domain::offer::Contract;
use crate::store::{self, Reading};

/// Draws, by the contracts on their lists.
pub const KIND: Kind = Kind {
    name: "draw",
    keys,
    owner: |tx, key| need(tx, key).map(|d| owner(&d)),
    rebuild,
};

fn keys(tx: &mut Reading<'_>, round: &RoundId) -> Result<Vec<String>, Faults> {
    let contracts: Vec<Contract> = store::having(tx, "round_id", round.as_str())?;
    let listed = |frozen: &Frozen| {
        let mut entries = frozen.list.entries.iter();
        entries.any(|e| contracts.iter().any(|c| c.id == e.contract))
    };
    let all: Vec<Draw> = store::all(tx)?;
    let mine = all.iter().filter(|d| d.frozen.as_ref().is_some_and(listed));
    Ok(mine.map(|d| d.id.to_string()).collect())
}

fn need(tx: &mut Reading<'_>, key: &str) -> Result<Draw, Faults> {
    let known: Option<Draw> = store::get(tx, key)?;
    Ok(known.ok_or_else(|| refuse::absent("draw", key))?)
}

fn owner(draw: &Draw) -> Owner {
    draw.district
        .as_ref()
        .map_or_else(Owner::city, Owner::district)
}

fn rebuild(tx: &mut Reading<'_>, _: &mut Sources, report: &mut Replay) -> Result<(), Faults> {
    let now = need(tx, &report.key.clone())?;
    let steps = trail::about(tx, &format!("draw {}", now.id))?;
    let states = Fold {
        steps: &steps,
        first: None,
        is_state: |v| v.get("known_from").is_some(),
    };
    fold(tx, report, states, &written(&now)?)?;
    let owner = owner(&now);
    let mut mark = |what, signed, by: &[&_]| {
        let owner = &owner;
        shown(
            report,
            &steps,
            &Mark {
                what,
                signed,
                by,
                owner,
            },
        );
    };
    mark("announced", &now.announced, &[&ANNOUNCE_DRAW]);
    if let Some(frozen) = &now.frozen {
        mark("frozen", &frozen.signed, &[&FREEZE_DRAW]);
    }
    if let Some(outcome) = &now.outcome {
        mark("drawn", &outcome.signed, &[&HOLD_DRAW]);
    }
    if let Some(frozen) = &now.frozen {
        let digest = lottery::digest(&frozen.list);
        report.same("digest of the list", digest, frozen.digest.clone());
        if let Some(outcome) = &now.outcome {
            drawn(report, frozen, outcome);
        }
    }
    Ok(())
}

/// Drawing again from the list and the value draws the same.
fn drawn(report: &mut Replay, frozen: &Frozen, outcome: &Outcome) {
    let seed = lottery::seed(&lottery::digest(&frozen.list), &outcome.value);
    report.same("seed", seed.clone(), outcome.seed.clone());
    match lottery::draw(&frozen.list, &seed) {
        Ok(picks) if picks == outcome.picks => report.proves("drawn again it draws the same"),
        Ok(_) => report.differs("picks", "what list and value draw", "others"),
        Err(fault) => report.differs("list", "one to draw from", fault),
    }
    let (maker, checker) = (&frozen.signed.by, &outcome.signed.by);
    apart(report, "list and drawing", maker, checker);
}
