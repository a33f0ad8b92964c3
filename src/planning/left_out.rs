//! Why nothing fits: each unit by the first law that keeps it from an applicant without options.
//!
//! A unit that is a lot by itself: its first hard rule. A unit let together with others: its first
//! hard rule, use and technical needs excepted; else the first such rule of a mate; else, when less
//! than half of the area of the lot suits, the first rule that a unit of the lot breaks. When none is
//! broken, the area: the smallest part is above what the applicant may have (smallest lot), the lot is
//! larger (too large) or smaller, also with its neighbours (too small); and a lot of the right area
//! has units that are never available together (available).
//!
//! Not here: the hard rules (atlas).

use crate::atlas::Need;
use crate::domain::reason::{HardRule, LeftOut};
use crate::domain::space::Technical;

use super::bundles::Limits;
use super::facts::Facts;
use super::lots::{Lot, at, count};
use super::options::Applicant;

/// Units by rule; the sum is the number of units.
pub fn count_all(facts: &Facts, applicant: &Applicant) -> LeftOut {
    let mut left_out = LeftOut::new();
    for unit in 0..count(facts.snapshot.inventory.units.len()) {
        let lot = facts.lots.lot_of(unit).and_then(|l| facts.lots.lot(l));
        let Some(lot) = lot else { continue };
        let rule = by_rules(facts, &applicant.need, unit, lot)
            .unwrap_or_else(|| by_area(lot, applicant.limits));
        *left_out.entry(rule).or_default() += 1;
    }
    left_out
}

fn by_rules(facts: &Facts, need: &Need, unit: u32, lot: &Lot) -> Option<HardRule> {
    if lot.units.len() == 1 {
        return facts.atlas.why(need, unit);
    }
    let eased = |u: u32| facts.atlas.why(&eased(facts, need, u), u);
    let mates = || lot.units.iter().filter_map(|u| eased(*u)).min();
    eased(unit).or_else(mates).or_else(|| leading(facts, need, lot))
}

/// The need without use and technical needs.
pub(super) fn eased(facts: &Facts, need: &Need, unit: u32) -> Need {
    let own = facts.snapshot.inventory.units.get(at(unit));
    Need {
        use_: own.map_or(need.use_, |u| u.use_),
        needs: Technical::default(),
        ..need.clone()
    }
}

/// The first rule broken in a lot of which less than half of the area suits.
fn leading(facts: &Facts, need: &Need, lot: &Lot) -> Option<HardRule> {
    let mut suits = 0_i64;
    let mut first = None;
    for unit in &lot.units {
        match facts.atlas.why(need, *unit) {
            None => suits += facts.areas.get(at(*unit)).map_or(0, |a| a.0),
            Some(rule) => first = Some(first.map_or(rule, |f: HardRule| f.min(rule))),
        }
    }
    first.filter(|_| suits.saturating_mul(2) < lot.area.0)
}

fn by_area(lot: &Lot, limits: Limits) -> HardRule {
    if lot.area > limits.most {
        return match lot.smallest_part {
            Some(_) => HardRule::SmallestLot,
            None => HardRule::TooLarge,
        };
    }
    if lot.area < limits.least { HardRule::TooSmall } else { HardRule::Available }
}
