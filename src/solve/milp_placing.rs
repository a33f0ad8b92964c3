//! Placing a set of required agents as a program for HiGHS: all of them, or as many as possible.
//!
//! A binary per agent and way; a row per agent (exactly one, or at most one) and per resource. Rows
//! are divided by the common divisor of their uses and scaled to at most 10^6, so that tolerances
//! stay far below one unit; a scaled row is widened by a relative 10^-9. So the program is never
//! tighter than the problem, and "infeasible" holds. A placement is believed only after it was added
//! up in integers; if it exceeds a resource, the extended cover inequality (Balas 1975) that forbids
//! it becomes a row, and HiGHS is asked again.
//!
//! One thread, a fixed seed and a limit of nodes: the same set gives the same answer. Not here:
//! which sets are asked about (`milp_conflict`), cheaper ways to know (`milp_together`).

use super::milp_crowd::{Crowd, at};
use super::milp_raw::{Columns, End, Over, Raw};
use super::milp_together::Verdict;

/// Nodes per call that must decide.
const NODES: i32 = 10_000;
/// Nodes per call that is content with what it finds.
const GLANCE: i32 = 200;
/// Calls with one more cover each.
const CALLS: usize = 40;
/// More columns are not tried.
const COLUMNS: usize = 300_000;
/// Largest capacity of a row.
const LARGEST: f64 = 1e6;

/// What is asked.
#[derive(Clone, Copy, PartialEq)]
enum Ask {
    /// Everybody is placed, in whole numbers.
    All,
    /// As many as possible, in whole numbers.
    Most,
    /// As many as possible, in fractions.
    Relaxed,
}

/// The program of one set.
struct Placing<'c> {
    crowd: &'c Crowd,
    set: &'c [usize],
    /// Position in the set and way, per column.
    picks: Vec<(usize, usize)>,
    /// Position of the row of a resource; rows of agents come first.
    row: Vec<Option<usize>>,
    /// Greatest common divisor, then scale, of each row of a resource.
    unit: Vec<(i64, f64)>,
    limits: Vec<f64>,
    /// Columns of which not all may be taken, and how many may.
    covers: Vec<(Vec<usize>, usize)>,
}

/// Whether all of the set can be placed.
pub(super) fn all(crowd: &Crowd, set: &[usize], over: Over) -> Verdict {
    let Some(mut placing) = Placing::of(crowd, set) else {
        return Verdict::Open;
    };
    for _ in 0..CALLS {
        match placing.ask(Ask::All, over) {
            Some((End::Infeasible, _, _)) => return Verdict::Broken,
            Some((End::Optimal, x, _)) if !x.is_empty() => match placing.cover(&x) {
                None => return Verdict::Fits,
                Some(cover) => placing.covers.push(cover),
            },
            _ => return Verdict::Open,
        }
    }
    Verdict::Open
}

/// A part of the set that certainly fits, as large as HiGHS finds.
pub(super) fn most(crowd: &Crowd, set: &[usize], over: Over) -> Option<Vec<usize>> {
    let placing = Placing::of(crowd, set)?;
    let (_, x, _) = placing.ask(Ask::Most, over)?;
    let mut free = crowd.capacity.clone();
    let mut placed = Vec::new();
    for (c, _) in x.iter().enumerate().filter(|(_, x)| **x > 0.5) {
        let uses = placing.uses(c);
        if uses.iter().all(|&(r, n)| n <= free[at(r)]) {
            uses.iter().for_each(|&(r, n)| free[at(r)] -= n);
            placed.push(set[placing.picks[c].0]);
        }
    }
    Some(placed)
}

/// A part of the set that already the relaxation cannot place, to be confirmed.
///
/// The dual of the relaxation splits its value over resources and agents; agents with a dual of 1
/// add to it what they add to the count, so those below 1 are too many by themselves.
pub(super) fn suspects(crowd: &Crowd, set: &[usize], over: Over) -> Option<Vec<usize>> {
    let placing = Placing::of(crowd, set)?;
    let (end, x, dual) = placing.ask(Ask::Relaxed, over)?;
    let lacking = set.len() as f64 - x.iter().sum::<f64>();
    if end != End::Optimal || lacking < 1e-4 || dual.len() < set.len() {
        return None;
    }
    let below = set.iter().zip(&dual).filter(|(_, d)| **d < 1.0 - 1e-7);
    Some(below.map(|(&k, _)| k).collect())
}

impl<'c> Placing<'c> {
    fn of(crowd: &'c Crowd, set: &'c [usize]) -> Option<Self> {
        let ways = |(k, &a): (usize, &usize)| (0..crowd.ways[a].len()).map(move |w| (k, w));
        let picks: Vec<(usize, usize)> = set.iter().enumerate().flat_map(ways).collect();
        if picks.is_empty() || picks.len() > COLUMNS {
            return None;
        }
        let mut divisor = vec![0; crowd.capacity.len()];
        for &(k, w) in &picks {
            for &(r, n) in &crowd.ways[set[k]][w] {
                divisor[at(r)] = gcd(divisor[at(r)], n);
            }
        }
        let mut placing = Self {
            crowd,
            set,
            picks,
            row: vec![None; divisor.len()],
            unit: Vec::new(),
            limits: Vec::new(),
            covers: Vec::new(),
        };
        for (r, &g) in divisor.iter().enumerate().filter(|(_, g)| **g > 0) {
            let limit = (crowd.capacity[r] / g) as f64;
            let scale = (limit / LARGEST).max(1.0);
            let wider = if scale > 1.0 { 1.0 + 1e-9 } else { 1.0 };
            placing.row[r] = Some(placing.limits.len());
            placing.unit.push((g, scale));
            placing.limits.push(limit / scale * wider);
        }
        Some(placing)
    }

    fn uses(&self, column: usize) -> &'c [(u32, i64)] {
        let (k, w) = self.picks[column];
        &self.crowd.ways[self.set[k]][w]
    }

    /// How it ended, values of the columns, duals of the rows.
    fn ask(&self, ask: Ask, over: Over) -> Option<(End, Vec<f64>, Vec<f64>)> {
        let least = if ask == Ask::All { 1.0 } else { 0.0 };
        let mut rows = vec![(least, 1.0); self.set.len()];
        rows.extend(self.limits.iter().map(|&l| (f64::NEG_INFINITY, l)));
        let most = |c: &(Vec<usize>, usize)| (f64::NEG_INFINITY, c.1 as f64);
        rows.extend(self.covers.iter().map(most));
        let mut raw = Raw::new(&rows)?;
        raw.add(&self.columns(ask))?;
        raw.int(c"random_seed", 1)?;
        if ask != Ask::Relaxed {
            raw.integer()?;
            raw.int(
                c"mip_max_nodes",
                if ask == Ask::All { NODES } else { GLANCE },
            )?;
            raw.real(c"mip_rel_gap", 0.0)?;
            raw.real(c"mip_abs_gap", 0.999)?;
        }
        let end = raw.run(over);
        let (x, dual) = raw.solution();
        Some((end, x, dual))
    }

    fn columns(&self, ask: Ask) -> Columns {
        let mut covering: Vec<Vec<usize>> = vec![Vec::new(); self.picks.len()];
        for (k, (cover, _)) in self.covers.iter().enumerate() {
            cover.iter().for_each(|&c| covering[c].push(k));
        }
        let cost = if ask == Ask::All { 0.0 } else { 1.0 };
        let mut columns = Columns::default();
        for (c, &(k, _)) in self.picks.iter().enumerate() {
            let used = self.uses(c).iter().filter_map(|&(r, n)| {
                let row = self.row[at(r)]?;
                let (g, scale) = self.unit[row];
                Some((self.set.len() + row, (n / g) as f64 / scale))
            });
            let first = self.set.len() + self.limits.len();
            let covers = covering[c].iter().map(|k| (first + k, 1.0));
            columns.push(
                cost,
                1.0,
                std::iter::once((k, 1.0)).chain(used).chain(covers),
            );
        }
        columns
    }

    /// A cover that forbids the placement; none if it fits.
    fn cover(&self, x: &[f64]) -> Option<(Vec<usize>, usize)> {
        let taken: Vec<usize> = (0..x.len()).filter(|&c| x[c] > 0.5).collect();
        let mut used = vec![0i128; self.row.len()];
        for &(r, n) in taken.iter().flat_map(|&c| self.uses(c)) {
            used[at(r)] += i128::from(n);
        }
        let r = (0..used.len()).find(|&r| used[r] > i128::from(self.crowd.capacity[r]))?;
        let of = |c: usize| {
            self.uses(c)
                .iter()
                .find(|u| at(u.0) == r)
                .map_or(0, |u| u.1)
        };
        let mut largest: Vec<usize> = taken.into_iter().filter(|&c| of(c) > 0).collect();
        largest.sort_by_key(|&c| std::cmp::Reverse(of(c)));
        let mut left = i128::from(self.crowd.capacity[r]);
        let last = largest.iter().position(|&c| {
            left -= i128::from(of(c));
            left < 0
        })?;
        largest.truncate(last + 1);
        let top = largest.first().map_or(0, |&c| of(c));
        // Also ways of the same agents that use no less, and any that use no less than the largest.
        let mut least = vec![top; self.set.len()];
        largest.iter().for_each(|&c| least[self.picks[c].0] = of(c));
        let wide = (0..self.picks.len()).filter(|&c| of(c) >= least[self.picks[c].0].max(1));
        Some((wide.collect(), last))
    }
}

fn gcd(mut a: i64, mut b: i64) -> i64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
