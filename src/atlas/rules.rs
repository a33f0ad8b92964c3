//! Hard rules: whether a unit can meet a need at all, one law per function, tried in the order of
//! [`HardRule`]. Too small, too large and the smallest lot are about bundles and belong to planning.
//!
//! Not here: how units are packed and searched (`packed`, `candidates`).

use chrono::NaiveDate;

use super::need::Need;
use super::packed::UnitClass;
use crate::domain::money::Rate;
use crate::domain::period::Period;
use crate::domain::reason::HardRule;
use crate::domain::space::{Hazard, Technical, Unit, Use};

/// The rules that are tried here, in order.
pub const ORDER: [HardRule; 14] = [
    HardRule::District,
    HardRule::Use,
    HardRule::Available,
    HardRule::LeaseTerm,
    HardRule::FloorLoad,
    HardRule::ClearHeight,
    HardRule::Power,
    HardRule::Gas,
    HardRule::CleanWater,
    HardRule::Hazard,
    HardRule::RentUnknown,
    HardRule::RentCap,
    HardRule::NoPosition,
    HardRule::Minutes,
];

/// First of the rules from `Use` to `Hazard` that a class of units breaks; `first` is the [`lease`]
/// from the earliest day of the need.
pub fn class_broken(need: &Need, first: Option<Period>, class: &UnitClass) -> Option<HardRule> {
    if !use_fits(need.use_, class.use_) {
        return Some(HardRule::Use);
    }
    if start_after(need, first, &class.available).is_none() {
        return Some(HardRule::Available);
    }
    if class.lease_months.is_some_and(|l| l < need.lease_months) {
        return Some(HardRule::LeaseTerm);
    }
    technical_broken(&need.needs, &class.technical)
}

/// First of the rules from `Use` to `RentCap` that one unit breaks by itself.
pub fn unit_broken(need: &Need, unit: &Unit) -> Option<HardRule> {
    let class = UnitClass {
        use_: unit.use_,
        technical: unit.technical.clone(),
        lease_months: unit.lease_months,
        available: unit.available.clone(),
    };
    let rent = need.rent_of(unit);
    class_broken(need, lease(need, need.earliest()), &class).or_else(|| rent_broken(need, rent))
}

/// `RentUnknown` when there is no rent, `RentCap` when it exceeds the cap.
pub fn rent_broken(need: &Need, rent: Option<Rate>) -> Option<HardRule> {
    match (rent, need.rent_cap) {
        (None, _) => Some(HardRule::RentUnknown),
        (Some(rent), Some(cap)) if rent > cap => Some(HardRule::RentCap),
        _ => None,
    }
}

/// `NoPosition` or `Minutes` for a site with so many minutes to the nearest anchor (`None` when it
/// has no position).
pub fn minutes_broken(need: &Need, minutes: Option<u32>) -> Option<HardRule> {
    let limit = need.max_minutes.filter(|_| !need.anchors.is_empty())?;
    match minutes {
        None => Some(HardRule::NoPosition),
        Some(m) if m > limit => Some(HardRule::Minutes),
        Some(_) => None,
    }
}

/// True when a unit of use `offered` meets a wish for `wanted`.
pub fn use_fits(wanted: Use, offered: Use) -> bool {
    let office = |u: Use| matches!(u, Use::Office | Use::RdOffice);
    wanted == offered || (office(wanted) && office(offered))
}

/// Earliest start of a lease of the whole term in one of the periods.
pub fn start(need: &Need, available: &[Period]) -> Option<NaiveDate> {
    start_after(need, lease(need, need.earliest()), available)
}

/// The lease of the term from a day; `None` for no term or one beyond the calendar.
pub fn lease(need: &Need, start: NaiveDate) -> Option<Period> {
    Period::months(start, need.lease_months).ok()
}

/// [`start`] with the lease from the earliest day at hand, because most periods have begun by then
/// and adding months is what costs.
fn start_after(need: &Need, first: Option<Period>, available: &[Period]) -> Option<NaiveDate> {
    available.iter().find_map(|period| {
        let begins = period.from();
        let lease = match first {
            Some(first) if begins <= first.from() => first,
            _ if begins > need.start_until => return None,
            _ => lease(need, begins.max(need.earliest()))?,
        };
        let fits = lease.from() <= need.start_until && period.covers(&lease);
        fits.then_some(lease.from())
    })
}

fn technical_broken(need: &Technical, has: &Technical) -> Option<HardRule> {
    let least = |need: Option<u32>, has: Option<u32>| {
        need.is_none_or(|n| n == 0 || has.is_some_and(|h| h >= n))
    };
    let laid_on = |need: Option<bool>, has: Option<bool>| need != Some(true) || has == Some(true);
    let hazard = need
        .hazard
        .is_none_or(|n| n == Hazard::None || has.hazard.is_some_and(|h| h >= n));
    let tests = [
        (
            HardRule::FloorLoad,
            least(need.floor_load_kg_m2, has.floor_load_kg_m2),
        ),
        (
            HardRule::ClearHeight,
            least(need.clear_height_mm, has.clear_height_mm),
        ),
        (HardRule::Power, least(need.power_a, has.power_a)),
        (HardRule::Gas, laid_on(need.gas, has.gas)),
        (
            HardRule::CleanWater,
            laid_on(need.clean_water, has.clean_water),
        ),
        (HardRule::Hazard, hazard),
    ];
    tests
        .into_iter()
        .find(|(_, met)| !met)
        .map(|(rule, _)| rule)
}
