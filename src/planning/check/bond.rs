//! What is let together: whole groups, whole one-tenant floors, neighbours; and how many units.
//!
//! A bundle is one lot (a unit, a group, a one-tenant floor, or a chain of these); or lots of one
//! floor that follow each other in room order; or consecutive complete floors of one building. The
//! entitlement counts lots, or complete floors.
//!
//! Not here: parts (`space`).

use std::collections::BTreeSet;

use crate::domain::fault::{Code, Fault};
use crate::domain::plan::Award;

use super::law::{Asker, Law};
use super::wrong;

/// A let-only-together group is let without one of its units.
pub const GROUP_TORN: Code = Code("CK115");
/// A one-tenant floor (一层一户) is not let whole to one firm.
pub const FLOOR_SHARED: Code = Code("CK116");
/// The units are neither neighbours on a floor nor consecutive complete floors.
pub const NOT_NEIGHBOURS: Code = Code("CK117");
/// More units than the entitlement allows.
pub const TOO_MANY_UNITS: Code = Code("CK118");

/// What is wrong with the bundle of an award.
pub fn faults(law: &Law, asker: &Asker, award: &Award, units: &[usize]) -> Vec<Fault> {
    let key = award.application.as_str();
    let held: BTreeSet<usize> = units.iter().copied().collect();
    let mut faults = torn(law, award, &held);
    if !faults.is_empty() {
        return faults;
    }
    match shape(law, &held) {
        None => {
            let cause = "the units are neither neighbours nor consecutive complete floors";
            faults.push(wrong(NOT_NEIGHBOURS, key, cause.to_owned()));
        }
        Some(many) if many > asker.units_max => {
            let cause = format!("{many} units, the entitlement is {}", asker.units_max);
            faults.push(wrong(TOO_MANY_UNITS, key, cause));
        }
        Some(_) => {}
    }
    faults
}

fn torn(law: &Law, award: &Award, held: &BTreeSet<usize>) -> Vec<Fault> {
    let key = award.application.as_str();
    let mut faults = Vec::new();
    for n in held {
        let unit = law.unit(*n);
        if law.group_of(*n).iter().any(|m| !held.contains(m)) {
            let cause = format!("unit {} is let without the rest of its group", unit.id);
            faults.push(wrong(GROUP_TORN, key, cause));
        }
        let (floor, facts) = law.floor_of(*n);
        let whole = law.rooms(floor).iter().all(|m| held.contains(m));
        let part = award
            .units
            .iter()
            .any(|g| g.unit == unit.id && g.area != unit.area);
        if facts.one_tenant && (!whole || part) {
            let cause = format!("floor {} is for one tenant and not let whole", facts.id);
            faults.push(wrong(FLOOR_SHARED, key, cause));
        }
    }
    faults
}

/// How many units of the entitlement the bundle counts; `None` when it is no lawful bundle.
fn shape(law: &Law, held: &BTreeSet<usize>) -> Option<usize> {
    let first = *held.first()?;
    if law.together(first) == held {
        return Some(1);
    }
    let floors: BTreeSet<usize> = held.iter().map(|n| law.floor_of(*n).0).collect();
    let floor = *floors.first()?;
    if is_run_of_floors(law, held, &floors) {
        return Some(floors.len());
    }
    if floors.len() > 1 {
        return None;
    }
    let lots = law.lots_of_floor(floor);
    let taken = |lot: &BTreeSet<usize>| lot.is_subset(held);
    let run: Vec<&BTreeSet<usize>> = lots
        .into_iter()
        .skip_while(|l| !taken(l))
        .take_while(|l| taken(l))
        .collect();
    let units: usize = run.iter().map(|lot| lot.len()).sum();
    (units == held.len()).then_some(run.len())
}

fn is_run_of_floors(law: &Law, held: &BTreeSet<usize>, floors: &BTreeSet<usize>) -> bool {
    let complete = |f: &usize| law.rooms(*f).iter().all(|n| held.contains(n));
    let Some(first) = floors.first() else {
        return false;
    };
    let storeys = law.storeys(*first);
    let run: Vec<usize> = storeys
        .iter()
        .copied()
        .filter(|f| floors.contains(f))
        .collect();
    let consecutive = run.windows(2).all(|w| law.stands_on(w[1], w[0]));
    run.len() == floors.len() && consecutive && floors.iter().all(complete)
}
