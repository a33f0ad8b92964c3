//! What of the inventory can be let in a round: the inventory less what is held on any day of the
//! round's leases. A unit let whole loses the days it is held; a divisible unit loses the largest
//! area held at once; an apartment type loses the largest number held at once.
//!
//! Not here: refusing double allocation (the schema does).

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::area::Area;
use crate::domain::fault::Fault;
use crate::domain::firm::Firm;
use crate::domain::ids::{FirmId, RoundId};
use crate::domain::period::Period;
use crate::domain::round::Round;
use crate::domain::snapshot::Inventory;
use crate::domain::space::{Division, Unit};
use crate::store::Reading;
use crate::store::allocations::{ApartmentAllocation, HoldState, UnitAllocation};
use crate::store::{self, StoreError};

/// Keys of all firms.
pub(super) fn keys_of_firms(tx: &mut Reading<'_>) -> Result<Vec<FirmId>, StoreError> {
    Ok(store::all::<Firm>(tx)?.into_iter().map(|f| f.id).collect())
}

/// Keys of all rounds.
pub(super) fn keys_of_rounds(tx: &mut Reading<'_>) -> Result<Vec<RoundId>, StoreError> {
    Ok(store::all::<Round>(tx)?.into_iter().map(|r| r.id).collect())
}

/// The inventory less what is held.
pub(super) fn vacant(
    mut inventory: Inventory,
    units: &[UnitAllocation],
    apartments: &[ApartmentAllocation],
    from: NaiveDate,
) -> Result<Inventory, Fault> {
    let mut held: BTreeMap<&str, Vec<&UnitAllocation>> = BTreeMap::new();
    for a in units.iter().filter(|a| a.state != HoldState::Ended) {
        held.entry(a.unit.as_str()).or_default().push(a);
    }
    inventory.units = (inventory.units.into_iter())
        .map(|unit| match held.get(unit.id.as_str()) {
            Some(holds) => less_unit(unit, holds, from),
            None => Ok(Some(unit)),
        })
        .filter_map(Result::transpose)
        .collect::<Result<_, Fault>>()?;
    for kind in &mut inventory.apartments {
        let holds = apartments
            .iter()
            .filter(|a| a.state != HoldState::Ended && a.apartment == kind.id);
        let taken = peak(holds.map(|a| (a.period, i64::from(a.count))), from);
        kind.count = kind
            .count
            .saturating_sub(u32::try_from(taken).unwrap_or(u32::MAX));
    }
    Ok(inventory)
}

/// A unit less its holds; `None` when nothing of it is left to let.
fn less_unit(
    mut unit: Unit,
    holds: &[&UnitAllocation],
    from: NaiveDate,
) -> Result<Option<Unit>, Fault> {
    if let Division::Divisible { smallest_lot } = unit.division {
        let taken = peak(holds.iter().map(|a| (a.period, a.area.0)), from);
        unit.area = Area((unit.area.0 - taken).max(0));
        return Ok((unit.area >= smallest_lot).then_some(unit));
    }
    for hold in holds {
        let free = unit
            .available
            .iter()
            .map(|p| cut(*p, hold.period))
            .collect::<Result<Vec<_>, Fault>>()?;
        unit.available = free.into_iter().flatten().collect();
    }
    Ok((!unit.available.is_empty()).then_some(unit))
}

/// The days of a period that are not in another: none, one or two pieces.
fn cut(whole: Period, out: Period) -> Result<Vec<Period>, Fault> {
    if !whole.overlaps(&out) {
        return Ok(vec![whole]);
    }
    let mut left = Vec::new();
    if whole.from() < out.from() {
        left.push(Period::new(whole.from(), Some(out.from()))?);
    }
    if let Some(end) = out.until()
        && whole.until().is_none_or(|w| end < w)
    {
        left.push(Period::new(end, whole.until())?);
    }
    Ok(left)
}

/// The most that is held on one day not before `from`. It is reached on a first day.
fn peak(holds: impl Iterator<Item = (Period, i64)>, from: NaiveDate) -> i64 {
    let holds: Vec<(Period, i64)> = holds
        .filter(|(p, _)| p.until().is_none_or(|u| u > from))
        .collect();
    let on = |day: NaiveDate| -> i64 {
        let covers = |p: &Period| p.from() <= day && p.until().is_none_or(|u| day < u);
        holds
            .iter()
            .filter(|(p, _)| covers(p))
            .map(|(_, n)| n)
            .sum()
    };
    holds
        .iter()
        .map(|(p, _)| on(p.from().max(from)))
        .max()
        .unwrap_or(0)
}
