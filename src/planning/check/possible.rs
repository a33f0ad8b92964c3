//! What an application could be let by the laws: each lawful bundle, of a divisible unit its smallest
//! lawful part. Enough to say whether anything fits and whether anything was left free.
//!
//! Not here: sizes of parts between the smallest and the largest, rent, score.

use std::collections::BTreeSet;

use super::hard::Ways;
use super::law::{Asker, Law};
use super::lease;
use crate::domain::space::Division;

/// Units with the area needed of each, in 0.01 m2.
pub type Need = Vec<(usize, i64)>;

/// Every lawful bundle of an asker.
pub fn bundles(law: &Law, asker: &Asker) -> Vec<Need> {
    let ways = Ways::of(law, asker);
    let fits: Vec<bool> = (0..law.stock.units.len())
        .map(|n| ways.in_lot(n, law.together(n)).is_none())
        .collect();
    let fit = |lot: &BTreeSet<usize>| lot.iter().all(|n| fits.get(*n) == Some(&true));
    let mut found: Vec<Need> = Vec::new();
    for n in (0..law.stock.units.len()).filter(|n| fits[*n]) {
        let lot = law.together(n);
        if lot.first() == Some(&n) && fit(lot) {
            found.extend(whole(law, asker, lot));
            found.extend(part(law, asker, n, lot));
        }
    }
    for floor in 0..law.stock.floors.len() {
        if law.rooms(floor).iter().any(|n| fits[*n]) {
            found.extend(neighbours(law, asker, floor, &fit));
            found.extend(storeys(law, asker, floor, &fit));
        }
    }
    found.retain(|need| {
        let units: Vec<usize> = need.iter().map(|(n, _)| *n).collect();
        asker.units_max > 0 && lease::possible(law, asker, &units)
    });
    found
}

fn whole(law: &Law, asker: &Asker, units: &BTreeSet<usize>) -> Option<Need> {
    let area = law.area_of(units.iter().copied());
    let inside = i128::from(asker.least.0) <= area && area <= i128::from(asker.most.0);
    inside.then(|| units.iter().map(|n| (*n, law.unit(*n).area.0)).collect())
}

/// The smallest part that may be let to the asker.
fn part(law: &Law, asker: &Asker, n: usize, lot: &BTreeSet<usize>) -> Option<Need> {
    let unit = law.unit(n);
    let Division::Divisible { smallest_lot } = unit.division else {
        return None;
    };
    let low = smallest_lot.max(asker.least);
    let alone = lot.len() == 1 && !law.floor_of(n).1.one_tenant;
    (alone && low <= asker.most && low < unit.area).then(|| vec![(n, low.0)])
}

/// Runs of two or more lots of a floor.
fn neighbours(
    law: &Law,
    asker: &Asker,
    floor: usize,
    fit: &dyn Fn(&BTreeSet<usize>) -> bool,
) -> Vec<Need> {
    let lots = law.lots_of_floor(floor);
    let here = |lot: &BTreeSet<usize>| lot.iter().all(|n| law.floor_of(*n).0 == floor);
    let mut found = Vec::new();
    for from in 0..lots.len() {
        for to in from + 2..=lots.len().min(from.saturating_add(asker.units_max)) {
            let run = &lots[from..to];
            if !run.iter().all(|lot| fit(lot) && here(lot)) {
                break;
            }
            found.extend(whole(
                law,
                asker,
                &run.iter().copied().flatten().copied().collect(),
            ));
        }
    }
    found
}

/// Runs of complete floors from this one upwards.
fn storeys(
    law: &Law,
    asker: &Asker,
    floor: usize,
    fit: &dyn Fn(&BTreeSet<usize>) -> bool,
) -> Vec<Need> {
    let above: Vec<usize> = law
        .storeys(floor)
        .iter()
        .copied()
        .skip_while(|f| *f != floor)
        .collect();
    let mut found = Vec::new();
    let mut units: BTreeSet<usize> = BTreeSet::new();
    for (n, storey) in above.iter().take(asker.units_max).enumerate() {
        let joined = n == 0 || law.stands_on(*storey, above[n - 1]);
        let lots = law.lots_of_floor(*storey);
        if !joined || lots.is_empty() || !lots.iter().all(|lot| fit(lot)) {
            break;
        }
        units.extend(law.rooms(*storey));
        let closed = units.iter().all(|u| law.together(*u).is_subset(&units));
        if closed {
            found.extend(whole(law, asker, &units));
        }
    }
    found
}
