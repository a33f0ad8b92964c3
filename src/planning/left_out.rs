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

use crate::atlas::{Need, Sieve};
use crate::domain::reason::{HardRule, LeftOut};
use crate::domain::space::{Technical, Use};

use super::bundles::Limits;
use super::facts::Facts;
use super::lots::{Lot, at};
use super::options::Applicant;

/// Units by rule; the sum is the number of units.
pub fn count_all(facts: &Facts, applicant: &Applicant) -> LeftOut {
    let (need, limits) = (&applicant.need, applicant.limits);
    // The atlas has counted the units that are lots by themselves and break a rule.
    let mut left_out = applicant.left_out.clone();
    for unit in &applicant.kept {
        let lot = facts.lots.lot_of(*unit).and_then(|l| facts.lots.lot(l));
        if let Some(lot) = lot.filter(|l| l.units.len() == 1) {
            *left_out.entry(by_area(lot, limits)).or_default() += 1;
        }
    }
    let eased = USES.map(|use_| eased_to(need, use_));
    let sieves = Sieves {
        facts,
        own: facts.atlas.sieve(need),
        eased: eased.each_ref().map(|need| facts.atlas.sieve(need)),
    };
    for lot in facts.lots.lots.iter().filter(|l| l.units.len() > 1) {
        for unit in &lot.units {
            if let Some(counted) = sieves.own.why(*unit).and_then(|r| left_out.get_mut(&r)) {
                *counted = counted.saturating_sub(1);
            }
            let rule = sieves.in_lot(*unit, lot);
            let rule = rule.unwrap_or_else(|| by_area(lot, limits));
            *left_out.entry(rule).or_default() += 1;
        }
    }
    left_out.retain(|_, counted| *counted > 0);
    left_out
}

/// The need without use and technical needs.
pub(super) fn eased(facts: &Facts, need: &Need, unit: u32) -> Need {
    let own = facts.snapshot.inventory.units.get(at(unit));
    eased_to(need, own.map_or(need.use_, |u| u.use_))
}

fn eased_to(need: &Need, use_: Use) -> Need {
    Need {
        use_,
        needs: Technical::default(),
        ..need.clone()
    }
}

/// All uses: the need is eased to each once, because a large city has thousands of lots to ask about.
const USES: [Use; 4] = [Use::RdOffice, Use::Office, Use::Laboratory, Use::Factory];

/// The need, and the need eased to each use.
struct Sieves<'a> {
    facts: &'a Facts<'a>,
    own: Sieve<'a>,
    eased: [Sieve<'a>; 4],
}

impl Sieves<'_> {
    fn eased(&self, unit: u32) -> Option<HardRule> {
        let own = self.facts.snapshot.inventory.units.get(at(unit))?;
        let place = USES.iter().position(|u| *u == own.use_)?;
        self.eased.get(place)?.why(unit)
    }

    /// The rule that keeps a unit of a lot of several units.
    fn in_lot(&self, unit: u32, lot: &Lot) -> Option<HardRule> {
        let mates = || lot.units.iter().filter_map(|u| self.eased(*u)).min();
        self.eased(unit)
            .or_else(mates)
            .or_else(|| self.leading(lot))
    }

    /// The first rule broken in a lot of which less than half of the area suits.
    fn leading(&self, lot: &Lot) -> Option<HardRule> {
        let mut suits = 0_i64;
        let mut first = None;
        for unit in &lot.units {
            match self.own.why(*unit) {
                None => suits += self.facts.areas.get(at(*unit)).map_or(0, |a| a.0),
                Some(rule) => first = Some(first.map_or(rule, |f: HardRule| f.min(rule))),
            }
        }
        first.filter(|_| suits.saturating_mul(2) < lot.area.0)
    }
}

/// The law by which a lot of the wrong area, or never available whole, is left out.
pub(super) fn by_area(lot: &Lot, limits: Limits) -> HardRule {
    if lot.area > limits.most {
        return match lot.smallest_part {
            Some(_) => HardRule::SmallestLot,
            None => HardRule::TooLarge,
        };
    }
    if lot.area < limits.least {
        HardRule::TooSmall
    } else {
        HardRule::Available
    }
}
