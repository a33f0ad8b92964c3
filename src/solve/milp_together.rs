//! Whether a set of required agents can be placed together: the cheapest sufficient answer.
//!
//! In this order: a set that is part of one known to fit; counting (agents that must all use one
//! resource); first fit; exhaustive search, tightest agent first, with a limit of work; HiGHS; for few
//! agents the search again with a large limit, for amounts that HiGHS's tolerances or nodes do not tell
//! apart. Everything but HiGHS is in integers. Not here: the program for HiGHS (`milp_placing`).

use super::milp_crowd::{Crowd, Uses, at};
use super::milp_placing;
use super::milp_raw::Over;

/// What is known of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It can be placed; a placement was added up in integers.
    Fits,
    /// It cannot be placed.
    Broken,
    /// Not decided within the limits.
    Open,
}

/// Ways looked at by one exhaustive search.
const WORK: usize = 50_000;
/// Largest set that is searched exhaustively; bounds the depth too.
const SEARCHED: usize = 40;
/// Ways looked at by the last search.
const LAST_WORK: usize = 200_000_000;
/// Largest set of the last search: two ways each are 2^24 ends at most.
const LAST_SEARCHED: usize = 24;
/// Ways looked at between two looks at `over`.
const LOOK: usize = 100_000;

/// Judges sets of one crowd and remembers what fits.
pub(super) struct Judge<'c> {
    pub(super) crowd: &'c Crowd,
    pub(super) over: Over<'c>,
    /// Sets that fit, one flag per agent.
    fitting: Vec<Vec<bool>>,
}

impl<'c> Judge<'c> {
    pub(super) fn new(crowd: &'c Crowd, over: Over<'c>) -> Self {
        Self {
            crowd,
            over,
            fitting: Vec::new(),
        }
    }

    /// The verdict on a set.
    pub(super) fn judge(&mut self, set: &[usize]) -> Verdict {
        if (self.over)() {
            return Verdict::Open;
        }
        let mut verdict = self.quickly(set);
        if verdict == Verdict::Open {
            verdict = milp_placing::all(self.crowd, set, self.over);
            if verdict == Verdict::Open && set.len() <= LAST_SEARCHED {
                verdict = self.searched(set, LAST_WORK);
            }
            if verdict == Verdict::Fits {
                self.remember(set);
            }
        }
        verdict
    }

    /// The verdict as far as it is found without HiGHS.
    pub(super) fn quickly(&mut self, set: &[usize]) -> Verdict {
        let known = |fits: &Vec<bool>| set.iter().all(|&k| fits[k]);
        if self.fitting.iter().any(known) {
            return Verdict::Fits;
        }
        if self.crowd.counted(set).is_some() {
            return Verdict::Broken;
        }
        let verdict = match first_fit(self.crowd, set) {
            true => Verdict::Fits,
            false if set.len() <= SEARCHED => self.searched(set, WORK),
            false => Verdict::Open,
        };
        if verdict == Verdict::Fits {
            self.remember(set);
        }
        verdict
    }

    /// The verdict of an exhaustive search.
    fn searched(&self, set: &[usize], work: usize) -> Verdict {
        let mut search = Search {
            crowd: self.crowd,
            free: self.crowd.capacity.clone(),
            work,
            look: work.saturating_sub(LOOK),
            over: self.over,
        };
        match search.place(set.to_vec()) {
            Some(true) => Verdict::Fits,
            Some(false) => Verdict::Broken,
            None => Verdict::Open,
        }
    }

    /// Notes a set that fits.
    pub(super) fn remember(&mut self, set: &[usize]) {
        let mut fits = vec![false; self.crowd.ways.len()];
        set.iter().for_each(|&k| fits[k] = true);
        self.fitting.push(fits);
    }
}

/// Largest share of what is free that a way takes; none if it does not fit.
fn share(uses: &Uses, free: &[i64]) -> Option<f64> {
    let fits = uses.iter().all(|&(r, n)| n <= free[at(r)]);
    let shares = uses.iter().map(|&(r, n)| n as f64 / free[at(r)] as f64);
    fits.then(|| shares.fold(0.0, f64::max))
}

/// Whether placing one after the other, fewest ways first, the least greedy way each, succeeds.
fn first_fit(crowd: &Crowd, set: &[usize]) -> bool {
    let mut order = set.to_vec();
    order.sort_by_key(|&k| crowd.ways[k].len());
    let mut free = crowd.capacity.clone();
    order.into_iter().all(|k| {
        let fitting = crowd.ways[k]
            .iter()
            .filter_map(|w| Some((share(w, &free)?, w)));
        let best = fitting.min_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, uses)) = best {
            uses.iter().for_each(|&(r, n)| free[at(r)] -= n);
        }
        best.is_some()
    })
}

/// Exhaustive search.
struct Search<'c> {
    crowd: &'c Crowd,
    free: Vec<i64>,
    work: usize,
    /// Work left at the next look at `over`.
    look: usize,
    over: Over<'c>,
}

impl Search<'_> {
    /// Whether the rest can be placed; none if the work is spent, or it is over.
    fn place(&mut self, mut rest: Vec<usize>) -> Option<bool> {
        if self.work < self.look {
            self.look = self.work.saturating_sub(LOOK);
            if (self.over)() {
                return None;
            }
        }
        let Some((place, ways)) = self.tightest(&rest)? else {
            return Some(true);
        };
        let agent = rest.swap_remove(place);
        let crowd = self.crowd;
        for w in ways {
            let uses = &crowd.ways[agent][w];
            uses.iter().for_each(|&(r, n)| self.free[at(r)] -= n);
            let found = self.place(rest.clone());
            uses.iter().for_each(|&(r, n)| self.free[at(r)] += n);
            if found != Some(false) {
                return found;
            }
        }
        Some(false)
    }

    /// The agent with the fewest ways left, and these; the inner none: nobody is left.
    fn tightest(&mut self, rest: &[usize]) -> Option<Option<(usize, Vec<usize>)>> {
        let mut best: Option<(usize, Vec<usize>)> = None;
        for (place, &k) in rest.iter().enumerate() {
            let ways = &self.crowd.ways[k];
            self.work = self.work.checked_sub(ways.len().max(1))?;
            let fits = |w: &Uses| w.iter().all(|&(r, n)| n <= self.free[at(r)]);
            let left: Vec<usize> = (0..ways.len()).filter(|&w| fits(&ways[w])).collect();
            if best.as_ref().is_none_or(|b| left.len() < b.1.len()) {
                best = Some((place, left));
            }
        }
        Some(best)
    }
}
