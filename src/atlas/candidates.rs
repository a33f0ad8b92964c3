//! Candidates: for each need the units that pass every hard rule, and how many each rule left out.
//!
//! A need is tried once per class of units and once per site; then one pass over the packed units
//! looks verdicts up. The first broken rule in the order of [`HardRule`] counts a unit out, so the
//! counts and the kept units add up to the inventory.
//!
//! Not here: bundles, areas, entitlement, points.

use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::NaiveDate;

use super::ground::Atlas;
use super::need::Need;
use super::packed::{PackedUnit, UnitRent};
use super::rules;
use super::score::{SiteParts, Wishes};
use crate::domain::money::Rate;
use crate::domain::reason::{HardRule, LeftOut};

/// Threads beyond this bring nothing.
const THREADS_MAX: usize = 64;

/// What is left of the inventory for one need.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Candidates {
    /// Indices of the units that pass every hard rule, rising.
    pub kept: Vec<u32>,
    /// The others, by the first rule that each breaks.
    pub left_out: LeftOut,
}

/// Verdicts of a need per class and per site; `None` = passes.
struct Verdicts {
    districts: Vec<bool>,
    classes: Vec<Option<HardRule>>,
    sites: Vec<Option<HardRule>>,
    rents: Vec<Option<Rate>>,
}

impl Verdicts {
    fn new(atlas: &Atlas, need: &Need, wishes: &Wishes<'_>) -> Verdicts {
        let allowed = |code| need.districts.is_empty() || need.districts.contains(code);
        let by_district: Vec<bool> = atlas.districts.iter().map(allowed).collect();
        let first = rules::lease(need, need.earliest());
        let district = |n: &u32| by_district.get(*n as usize).copied().unwrap_or(false);
        Verdicts {
            districts: atlas.site_districts.iter().map(district).collect(),
            classes: atlas
                .packed
                .classes
                .iter()
                .map(|c| rules::class_broken(need, first, c))
                .collect(),
            sites: (0u32..)
                .take(atlas.spots.len())
                .map(|s| rules::minutes_broken(need, wishes.minutes(s)))
                .collect(),
            rents: (atlas.packed.rules.iter())
                .map(|rule| need.rents_by_rule.get(rule).copied())
                .collect(),
        }
    }

    /// First rule that a unit breaks.
    fn broken(&self, need: &Need, unit: &PackedUnit) -> Option<HardRule> {
        let (site, class) = (unit.site as usize, unit.class as usize);
        if !self.districts[site] {
            return Some(HardRule::District);
        }
        self.classes[class]
            .or_else(|| rules::rent_broken(need, known(unit.rent, &self.rents)))
            .or(self.sites[site])
    }
}

/// The rent of a unit for the need whose rents by rule are given.
fn known(rent: UnitRent, by_rule: &[Option<Rate>]) -> Option<Rate> {
    match rent {
        UnitRent::Unknown => None,
        UnitRent::Stated(rate) => Some(rate),
        UnitRent::ByRule(n) => by_rule.get(n as usize).copied().flatten(),
    }
}

/// A need tried once per class and per site, to ask about many single units.
pub struct Sieve<'a> {
    atlas: &'a Atlas,
    need: &'a Need,
    verdicts: Verdicts,
}

impl Sieve<'_> {
    /// The first hard rule that a unit breaks; as [`Atlas::why`].
    pub fn why(&self, unit: u32) -> Option<HardRule> {
        let unit = self.atlas.packed.units.get(unit as usize)?;
        self.verdicts.broken(self.need, unit)
    }
}

impl Atlas {
    /// A sieve for many questions about one need; for a single unit [`Atlas::why`] costs less.
    pub fn sieve<'a>(&'a self, need: &'a Need) -> Sieve<'a> {
        Sieve {
            atlas: self,
            need,
            verdicts: Verdicts::new(self, need, &Wishes::new(self, need)),
        }
    }

    /// The units that pass every hard rule, and how many each rule left out.
    pub fn candidates(&self, need: &Need) -> Candidates {
        self.sift(need, &Wishes::new(self, need))
    }

    fn sift(&self, need: &Need, wishes: &Wishes<'_>) -> Candidates {
        let verdicts = Verdicts::new(self, need, wishes);
        let mut kept = Vec::new();
        let mut counts = [0u64; rules::ORDER.len()];
        for (unit, n) in self.packed.units.iter().zip(0u32..) {
            match verdicts.broken(need, unit) {
                None => kept.push(n),
                // The rules tried here are the first of the enum.
                Some(rule) => counts[rule as usize] += 1,
            }
        }
        let left_out = rules::ORDER
            .into_iter()
            .zip(counts)
            .filter(|(_, count)| *count > 0)
            .collect();
        Candidates { kept, left_out }
    }

    /// The first hard rule that a unit breaks, tried on this unit alone; `None` when it passes (or
    /// when the index is not that of a unit).
    pub fn why(&self, need: &Need, unit: u32) -> Option<HardRule> {
        let unit = self.packed.units.get(unit as usize)?;
        let district = self
            .site_districts
            .get(unit.site as usize)
            .and_then(|d| self.districts.get(*d as usize))?;
        if !need.districts.is_empty() && !need.districts.contains(district) {
            return Some(HardRule::District);
        }
        let class = self.packed.classes.get(unit.class as usize)?;
        let first = rules::lease(need, need.earliest());
        let rule = |n: u32| self.packed.rules.get(n as usize);
        let rent = match unit.rent {
            UnitRent::Unknown => None,
            UnitRent::Stated(rate) => Some(rate),
            UnitRent::ByRule(n) => rule(n).and_then(|r| need.rents_by_rule.get(r).copied()),
        };
        rules::class_broken(need, first, class)
            .or_else(|| rules::rent_broken(need, rent))
            .or_else(|| {
                let minutes = Wishes::new(self, need).minutes(unit.site);
                rules::minutes_broken(need, minutes)
            })
    }

    /// Earliest start of a lease of the whole term in a unit; `None` when there is none.
    pub fn start(&self, need: &Need, unit: u32) -> Option<NaiveDate> {
        let unit = self.packed.units.get(unit as usize)?;
        let class = self.packed.classes.get(unit.class as usize)?;
        rules::start(need, &class.available)
    }

    /// Candidates and the parts of each site that has one, sites rising.
    pub fn candidates_with_parts(&self, need: &Need) -> (Candidates, Vec<(u32, SiteParts)>) {
        let wishes = Wishes::new(self, need);
        let found = self.sift(need, &wishes);
        let mut has_one = vec![false; self.spots.len()];
        for unit in &found.kept {
            if let Some(unit) = self.packed.units.get(*unit as usize) {
                has_one[unit.site as usize] = true;
            }
        }
        let parts = (0u32..)
            .zip(has_one)
            .filter(|(_, has)| *has)
            .map(|(site, _)| (site, wishes.parts(self, site)))
            .collect();
        (found, parts)
    }

    /// Hands the candidates and site parts of every need to `take`, one need at a time per thread
    /// and in no order; the first argument is the index of the need. What `take` returns comes back
    /// in the order of the needs. Only what `take` keeps stays in memory.
    pub fn for_each_candidates<T: Send>(
        &self,
        needs: &[Need],
        threads: usize,
        take: impl Fn(usize, Candidates, Vec<(u32, SiteParts)>) -> T + Sync,
    ) -> Vec<T> {
        in_parallel(needs.len(), threads, |n| {
            let (found, parts) = self.candidates_with_parts(&needs[n]);
            take(n, found, parts)
        })
    }
}

/// `work(0..count)` on so many threads, results in order.
pub(super) fn in_parallel<T: Send>(
    count: usize,
    threads: usize,
    work: impl Fn(usize) -> T + Sync,
) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let run = || {
        let mut done = Vec::new();
        loop {
            let n = next.fetch_add(1, Ordering::Relaxed);
            if n >= count {
                return done;
            }
            done.push((n, work(n)));
        }
    };
    let threads = threads.clamp(1, THREADS_MAX).min(count.max(1));
    let mut all: Vec<(usize, T)> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..threads).map(|_| scope.spawn(run)).collect();
        handles
            .into_iter()
            .flat_map(|h| h.join().unwrap_or_else(|e| std::panic::resume_unwind(e)))
            .collect()
    });
    all.sort_unstable_by_key(|(n, _)| *n);
    all.into_iter().map(|(_, t)| t).collect()
}
