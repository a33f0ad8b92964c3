//! Hard rules of letting, read again from their definitions: the first one broken is the reason.
//!
//! Among units let together, use and technical needs must be met by units with at least half of the
//! area; every other rule by each unit.
//!
//! Not here: minutes between two places (atlas); area and smallest lots (`entitled`, `space`).

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use crate::domain::fault::{Code, Fault};
use crate::domain::period::Period;
use crate::domain::plan::Award;
use crate::domain::reason::HardRule;
use crate::domain::space::{Hazard, Technical, Unit, Use};

use super::law::{Asker, Law};
use super::wrong;

/// A hard rule is broken.
pub const HARD_RULE: Code = Code("CK120");

/// The rules for one asker; minutes are computed once for each site asked for.
pub struct Ways<'a> {
    law: &'a Law<'a>,
    asker: &'a Asker<'a>,
    minutes: RefCell<HashMap<usize, Option<u32>>>,
}

impl<'a> Ways<'a> {
    /// The ways of an asker.
    pub fn of(law: &'a Law<'a>, asker: &'a Asker<'a>) -> Ways<'a> {
        Ways {
            law,
            asker,
            minutes: RefCell::default(),
        }
    }

    /// The first rule that a unit breaks; `eased` leaves out use and technical needs.
    pub fn broken(&self, n: usize, eased: bool) -> Option<HardRule> {
        let (unit, (_, site)) = (self.law.unit(n), self.law.site_of(n));
        let wish = self.asker.application;
        if !wish.districts.is_empty() && !wish.districts.contains(&site.district) {
            return Some(HardRule::District);
        }
        if !eased && !serves(wish.use_, unit.use_) {
            return Some(HardRule::Use);
        }
        let months = self.law.snapshot.round.lease_months;
        if !self.can_begin(unit, months) {
            return Some(HardRule::Available);
        }
        if unit.lease_months.is_some_and(|longest| longest < months) {
            return Some(HardRule::LeaseTerm);
        }
        let technical = || technical(&wish.needs, &unit.technical).filter(|_| !eased);
        technical()
            .or_else(|| self.rent(unit))
            .or_else(|| self.minutes(n))
    }

    fn can_begin(&self, unit: &Unit, months: u32) -> bool {
        let wish = self.asker.application;
        let first = self.law.snapshot.round.start.max(wish.start_from);
        unit.available.iter().any(|period| {
            let start = first.max(period.from());
            let lease = Period::months(start, months);
            start <= wish.start_until && lease.is_ok_and(|l| period.covers(&l))
        })
    }

    fn rent(&self, unit: &Unit) -> Option<HardRule> {
        let (firm, wish) = (self.asker.firm, self.asker.application);
        let Some(rent) = self.law.rent(unit, firm, wish) else {
            return Some(HardRule::RentUnknown);
        };
        wish.rent_cap
            .filter(|cap| rent > *cap)
            .map(|_| HardRule::RentCap)
    }

    fn minutes(&self, n: usize) -> Option<HardRule> {
        let wish = self.asker.application;
        let limit = wish.max_minutes.filter(|_| !wish.anchors.is_empty())?;
        let (site, facts) = self.law.site_of(n);
        if facts.located.is_none() {
            return Some(HardRule::NoPosition);
        }
        let way = || {
            let number = u32::try_from(site).unwrap_or(u32::MAX);
            self.law.atlas.site_parts(&self.asker.need, number).minutes
        };
        let minutes = *self.minutes.borrow_mut().entry(site).or_insert_with(way);
        minutes
            .is_none_or(|m| m > limit)
            .then_some(HardRule::Minutes)
    }

    /// The rule that keeps a unit let with `lot` from the asker, the lot's mates considered.
    pub fn in_lot(&self, n: usize, lot: &BTreeSet<usize>) -> Option<HardRule> {
        if lot.len() == 1 {
            return self.broken(n, false);
        }
        let own = self.broken(n, true);
        let mates = || lot.iter().filter_map(|m| self.broken(*m, true)).min();
        own.or_else(mates).or_else(|| {
            let unsuited = lot
                .iter()
                .filter_map(|m| self.broken(*m, false).map(|r| (*m, r)));
            let unsuited: Vec<(usize, HardRule)> = unsuited.collect();
            let area = self.law.area_of(unsuited.iter().map(|(m, _)| *m));
            let most = area * 2 > self.law.area_of(lot.iter().copied());
            unsuited
                .iter()
                .map(|(_, rule)| *rule)
                .min()
                .filter(|_| most)
        })
    }
}

/// The hard rules that an award breaks.
pub fn faults(law: &Law, asker: &Asker, award: &Award, units: &[usize]) -> Vec<Fault> {
    let ways = Ways::of(law, asker);
    let broken = units.iter().filter_map(|n| {
        let rule = ways.in_lot(*n, law.together(*n))?;
        let cause = format!("unit {} breaks the hard rule {rule:?}", law.unit(*n).id);
        Some(wrong(HARD_RULE, award.application.as_str(), cause))
    });
    broken.collect()
}

fn serves(wanted: Use, offered: Use) -> bool {
    match wanted {
        Use::Office | Use::RdOffice => matches!(offered, Use::Office | Use::RdOffice),
        Use::Laboratory => offered == Use::Laboratory,
        Use::Factory => offered == Use::Factory,
    }
}

/// The first technical need that is not met; what asks nothing needs no statement.
fn technical(need: &Technical, has: &Technical) -> Option<HardRule> {
    let short = |need: Option<u32>, has: Option<u32>| need.unwrap_or(0) > has.unwrap_or(0);
    let missing = |need: Option<bool>, has: Option<bool>| need == Some(true) && has != Some(true);
    if short(need.floor_load_kg_m2, has.floor_load_kg_m2) {
        return Some(HardRule::FloorLoad);
    }
    if short(need.clear_height_mm, has.clear_height_mm) {
        return Some(HardRule::ClearHeight);
    }
    if short(need.power_a, has.power_a) {
        return Some(HardRule::Power);
    }
    if missing(need.gas, has.gas) {
        return Some(HardRule::Gas);
    }
    if missing(need.clean_water, has.clean_water) {
        return Some(HardRule::CleanWater);
    }
    let class = |hazard: Option<Hazard>| hazard.unwrap_or(Hazard::None);
    (class(need.hazard) > class(has.hazard)).then_some(HardRule::Hazard)
}
