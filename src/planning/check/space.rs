//! Units of an award: they exist, stand on the site named, are let whole or in lawful parts; and all
//! parts of a unit together never exceed it.
//!
//! Not here: what must be let together (`bond`).

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::area::Area;
use crate::domain::fault::{Code, Fault, Place};
use crate::domain::plan::{Award, Plan};
use crate::domain::space::Division;

use super::law::Law;
use super::{wrong, wrong_plan};

/// An award has no unit, an unknown one, one twice, or its units are not sorted by key.
pub const UNKNOWN_UNIT: Code = Code("CK110");
/// An area granted is not positive, exceeds the unit, or is a part where none may be let.
pub const AREA_WRONG: Code = Code("CK111");
/// A part is smaller than the smallest lot.
pub const BELOW_SMALLEST_LOT: Code = Code("CK112");
/// The parts of a unit together exceed it: it is let twice.
pub const OVER_LET: Code = Code("CK113");
/// A unit does not stand on the site named in the award.
pub const OTHER_SITE: Code = Code("CK114");

/// The units of an award by number, and what is wrong with naming them.
pub fn units(law: &Law, award: &Award) -> (Vec<usize>, Vec<Fault>) {
    let key = award.application.as_str();
    let mut faults = Vec::new();
    let mut numbers = Vec::new();
    for grant in &award.units {
        match law.number(grant.unit.as_str()) {
            Some(n) => numbers.push(n),
            None => {
                let cause = format!("unit {} is not in the snapshot", grant.unit);
                faults.push(wrong(UNKNOWN_UNIT, key, cause));
            }
        }
    }
    let rising = award.units.is_sorted_by(|a, b| a.unit < b.unit);
    if award.units.is_empty() || !rising {
        let cause = "the units are none, unsorted, or one stands there twice".to_owned();
        faults.push(wrong(UNKNOWN_UNIT, key, cause));
    }
    let other = numbers
        .iter()
        .filter(|n| law.site_of(**n).1.id != award.site);
    let other: BTreeSet<&str> = other.map(|n| law.unit(*n).id.as_str()).collect();
    for unit in other {
        let cause = format!("unit {unit} does not stand on the site {}", award.site);
        faults.push(wrong(OTHER_SITE, key, cause));
    }
    (numbers, faults)
}

/// Whether each area may be let.
pub fn grants(law: &Law, award: &Award, units: &[usize]) -> Vec<Fault> {
    let key = award.application.as_str();
    let mut faults = Vec::new();
    for (grant, n) in award.units.iter().zip(units) {
        let unit = law.unit(*n);
        if grant.area == unit.area {
            continue;
        }
        let part = grant.area > Area::ZERO && grant.area < unit.area && units.len() == 1;
        match unit.division {
            Division::Divisible { smallest_lot } if part => {
                if grant.area < smallest_lot {
                    let cause = format!(
                        "{} m2 of unit {} are less than its smallest lot of {smallest_lot} m2",
                        grant.area, unit.id
                    );
                    faults.push(wrong(BELOW_SMALLEST_LOT, key, cause));
                }
            }
            _ => {
                let cause = format!(
                    "{} m2 of unit {} with {} m2 cannot be let",
                    grant.area, unit.id, unit.area
                );
                faults.push(wrong(AREA_WRONG, key, cause));
            }
        }
    }
    faults
}

/// Units let beyond their area.
pub fn over_let(law: &Law, plan: &Plan) -> Vec<Fault> {
    let mut let_out: BTreeMap<&str, i128> = BTreeMap::new();
    for grant in plan.awards.iter().flat_map(|a| &a.units) {
        *let_out.entry(grant.unit.as_str()).or_default() += i128::from(grant.area.0);
    }
    let mut faults = Vec::new();
    for unit in &law.stock.units {
        let sum = let_out.get(unit.id.as_str()).copied().unwrap_or(0);
        if sum > i128::from(unit.area.0) {
            let cause = format!(
                "unit {}: {sum} of {} in 0.01 m2 are let",
                unit.id, unit.area.0
            );
            let place = Place::subject(format!("unit {}", unit.id));
            faults.push(wrong_plan(OVER_LET, cause).at(place));
        }
    }
    faults
}
