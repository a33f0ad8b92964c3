//! The set: first as few as leaving out one after the other gives (irreducible: each left out makes the
//! rest possible), then, while there are not too many sets to ask about, a smaller one. Every verdict
//! comes from a run that proved it.
//!
//! Not here: what would have to give (`relax`).

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::piece::{Board, Piece};
use super::relax::{Relaxation, relaxations};
use crate::domain::fault::Faults;
use crate::planning::ask::again::{Effort, again};

/// Most sets that are asked about to find a smaller one.
const SETS_MOST: usize = 600;

/// Pieces that cannot all hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// The set.
    pub pieces: Vec<Piece>,
    /// True when it is proven that the others can hold if any one is left out.
    pub irreducible: bool,
    /// True when it is proven that no smaller set conflicts.
    pub smallest: bool,
    /// What would have to give, each by itself.
    pub relaxations: Vec<Relaxation>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "answer")]
pub enum Found {
    /// All of it can hold together: proven by choices that do.
    None,
    /// A conflict.
    Conflict(Conflict),
    /// Neither within the effort.
    Open,
}

/// Whether a set can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Yes,
    No,
    Open,
}

pub(super) struct Judge<'b, 'a> {
    pub(super) board: &'b Board<'a>,
    effort: &'b Effort,
    stop: &'b Arc<AtomicBool>,
}

impl Judge<'_, '_> {
    /// Whether a set holds, with the firms that a proof names.
    fn ask(&self, set: &BTreeSet<usize>) -> Result<(Holds, Vec<String>), Faults> {
        let Some(instance) = self.board.instance(set, None)? else {
            return Ok((Holds::No, Vec::new()));
        };
        let answer = again(&instance, &[], self.effort, self.stop);
        Ok(match (answer.infeasible, answer.value) {
            (true, _) => (Holds::No, answer.conflict),
            (false, Some(_)) => (Holds::Yes, Vec::new()),
            (false, None) => (Holds::Open, Vec::new()),
        })
    }

    pub(super) fn holds(&self, set: &BTreeSet<usize>) -> Result<Holds, Faults> {
        self.ask(set).map(|(holds, _)| holds)
    }

    /// The least use of a limit by which a set can hold without it.
    pub(super) fn least(&self, set: &BTreeSet<usize>, limit: u32) -> Result<Option<i64>, Faults> {
        let Some(instance) = self.board.instance(set, Some(limit))? else {
            return Ok(None);
        };
        let answer = again(&instance, &[], self.effort, self.stop);
        Ok(answer.value.filter(|_| answer.exact()).map(|v| -v))
    }
}

/// Finds a conflict of all pieces of a board. PL204.
pub fn find(board: &Board<'_>, effort: &Effort, stop: &Arc<AtomicBool>) -> Result<Found, Faults> {
    let judge = Judge {
        board,
        effort,
        stop,
    };
    let all: BTreeSet<usize> = (0..board.pieces.len()).collect();
    if let Some(alone) = all.iter().find(|n| board.hopeless(**n)) {
        return told(&judge, &all, BTreeSet::from([*alone]), (true, true));
    }
    let (holds, names) = judge.ask(&all)?;
    match holds {
        Holds::Yes => return Ok(Found::None),
        Holds::Open => return Ok(Found::Open),
        Holds::No => {}
    }
    let first = narrowed(&judge, &all, &names)?;
    let (set, irreducible) = reduced(&judge, first)?;
    let (set, smallest) = smaller(&judge, &all, set)?;
    told(&judge, &all, set, (irreducible, smallest))
}

/// The part of all pieces that a proof names, when it is broken by itself.
fn narrowed(
    judge: &Judge<'_, '_>,
    all: &BTreeSet<usize>,
    names: &[String],
) -> Result<BTreeSet<usize>, Faults> {
    let names: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    let limits = all.iter().filter(|n| judge.board.resource(**n).is_some());
    let mut part = judge.board.about(&names);
    part.extend(limits.copied());
    let broken = part.len() < all.len() && judge.holds(&part)? == Holds::No;
    Ok(if broken { part } else { all.clone() })
}

/// Leaves out whatever can be left out; and whether that was decided for each.
fn reduced(
    judge: &Judge<'_, '_>,
    mut set: BTreeSet<usize>,
) -> Result<(BTreeSet<usize>, bool), Faults> {
    let mut decided = true;
    for n in set.clone() {
        let mut without = set.clone();
        without.remove(&n);
        match judge.holds(&without)? {
            Holds::No => set = without,
            Holds::Yes => {}
            Holds::Open => decided = false,
        }
    }
    Ok((set, decided))
}

/// A conflict with fewer pieces, if there is one; true when it is proven that there is none smaller
/// than what is returned.
fn smaller(
    judge: &Judge<'_, '_>,
    all: &BTreeSet<usize>,
    set: BTreeSet<usize>,
) -> Result<(BTreeSet<usize>, bool), Faults> {
    let pieces: Vec<usize> = all.iter().copied().collect();
    let mut left = SETS_MOST;
    for size in 1..set.len() {
        let sets = subsets(pieces.len(), size, left + 1);
        if sets.len() > left {
            return Ok((set, false));
        }
        left -= sets.len();
        for places in sets {
            let some: BTreeSet<usize> = places
                .iter()
                .filter_map(|p| pieces.get(*p).copied())
                .collect();
            match judge.holds(&some)? {
                Holds::No => return Ok((some, true)),
                Holds::Open => return Ok((set, false)),
                Holds::Yes => {}
            }
        }
    }
    Ok((set, true))
}

/// Subsets of `0..n` with `k` places, in order; at most `most` of them.
fn subsets(n: usize, k: usize, most: usize) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..k {
        let mut next = Vec::new();
        for some in &all {
            let from = some.last().map_or(0, |l| l + 1);
            for place in from..n {
                let mut more = some.clone();
                more.push(place);
                next.push(more);
                if next.len() > most {
                    return next;
                }
            }
        }
        all = next;
    }
    all
}

fn told(
    judge: &Judge<'_, '_>,
    all: &BTreeSet<usize>,
    set: BTreeSet<usize>,
    (irreducible, smallest): (bool, bool),
) -> Result<Found, Faults> {
    let pieces = set
        .iter()
        .filter_map(|n| judge.board.pieces.get(*n).cloned());
    Ok(Found::Conflict(Conflict {
        pieces: pieces.collect(),
        irreducible,
        smallest,
        relaxations: relaxations(judge, all, &set)?,
    }))
}
