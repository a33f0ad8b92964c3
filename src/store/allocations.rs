//! Who holds which unit or which apartments, and when. The schema itself refuses to let anything
//! twice (ST104, ST105, ST106), whoever writes.
//!
//! Not here: choosing (`planning`).

use chrono::NaiveDate;
use diesel::{
    ExpressionMethods, Insertable, QueryDsl, Queryable, RunQueryDsl, Selectable, SelectableHelper,
};

use super::error::StoreError;
use super::schema::{apartment_allocations, unit_allocations};
use super::tx::{Reading, Writing};
use crate::domain::area::Area;
use crate::domain::ids::{ApartmentTypeId, ApplicationId, UnitId};
use crate::domain::period::Period;

/// State of an allocation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoldState {
    /// Kept for the firm.
    Reserved,
    /// Under contract.
    Let,
    /// Over or given up: holds nothing.
    Ended,
}

impl HoldState {
    fn as_str(self) -> &'static str {
        match self {
            HoldState::Reserved => "reserved",
            HoldState::Let => "let",
            HoldState::Ended => "ended",
        }
    }

    fn read(text: &str) -> Option<HoldState> {
        [HoldState::Reserved, HoldState::Let, HoldState::Ended]
            .into_iter()
            .find(|s| s.as_str() == text)
    }
}

/// On what an allocation rests; at least one is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// Digest of the plan.
    pub plan: Option<String>,
    /// Number of the contract.
    pub contract: Option<String>,
}

/// A unit or a part of it, held by an application for a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitAllocation {
    /// Key.
    pub id: String,
    /// Which unit.
    pub unit: UnitId,
    /// For whom.
    pub application: ApplicationId,
    /// On what it rests.
    pub basis: Basis,
    /// True when `area` is the whole unit.
    pub whole: bool,
    /// How much of it.
    pub area: Area,
    /// When.
    pub period: Period,
    /// State.
    pub state: HoldState,
}

/// Apartments of one type, held by an application for a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApartmentAllocation {
    /// Key.
    pub id: String,
    /// Which type.
    pub apartment: ApartmentTypeId,
    /// For whom.
    pub application: ApplicationId,
    /// On what it rests.
    pub basis: Basis,
    /// How many.
    pub count: u32,
    /// When.
    pub period: Period,
    /// State.
    pub state: HoldState,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = unit_allocations)]
struct UnitRow {
    id: String,
    unit_id: String,
    application_id: String,
    plan: Option<String>,
    contract: Option<String>,
    whole: bool,
    area: i64,
    from_day: NaiveDate,
    until_day: Option<NaiveDate>,
    state: String,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = apartment_allocations)]
struct ApartmentRow {
    id: String,
    apartment_type_id: String,
    application_id: String,
    plan: Option<String>,
    contract: Option<String>,
    count: i64,
    from_day: NaiveDate,
    until_day: Option<NaiveDate>,
    state: String,
}

impl From<&UnitAllocation> for UnitRow {
    fn from(a: &UnitAllocation) -> UnitRow {
        UnitRow {
            id: a.id.clone(),
            unit_id: a.unit.to_string(),
            application_id: a.application.to_string(),
            plan: a.basis.plan.clone(),
            contract: a.basis.contract.clone(),
            whole: a.whole,
            area: a.area.0,
            from_day: a.period.from(),
            until_day: a.period.until(),
            state: a.state.as_str().to_owned(),
        }
    }
}

impl From<&ApartmentAllocation> for ApartmentRow {
    fn from(a: &ApartmentAllocation) -> ApartmentRow {
        ApartmentRow {
            id: a.id.clone(),
            apartment_type_id: a.apartment.to_string(),
            application_id: a.application.to_string(),
            plan: a.basis.plan.clone(),
            contract: a.basis.contract.clone(),
            count: i64::from(a.count),
            from_day: a.period.from(),
            until_day: a.period.until(),
            state: a.state.as_str().to_owned(),
        }
    }
}

fn state(table: &str, id: &str, text: &str) -> Result<HoldState, StoreError> {
    HoldState::read(text).ok_or_else(|| StoreError::bad_row(table, id, text))
}

fn unit_noun(row: UnitRow) -> Result<UnitAllocation, StoreError> {
    let bad = |e| StoreError::bad_row("unit_allocations", &row.id, e);
    Ok(UnitAllocation {
        unit: row.unit_id.parse().map_err(bad)?,
        application: row.application_id.parse().map_err(bad)?,
        period: Period::new(row.from_day, row.until_day).map_err(bad)?,
        state: state("unit_allocations", &row.id, &row.state)?,
        basis: Basis {
            plan: row.plan,
            contract: row.contract,
        },
        whole: row.whole,
        area: Area(row.area),
        id: row.id,
    })
}

fn apartment_noun(row: ApartmentRow) -> Result<ApartmentAllocation, StoreError> {
    let table = "apartment_allocations";
    let bad = |e| StoreError::bad_row(table, &row.id, e);
    Ok(ApartmentAllocation {
        apartment: row.apartment_type_id.parse().map_err(bad)?,
        application: row.application_id.parse().map_err(bad)?,
        period: Period::new(row.from_day, row.until_day).map_err(bad)?,
        state: state(table, &row.id, &row.state)?,
        basis: Basis {
            plan: row.plan,
            contract: row.contract,
        },
        count: u32::try_from(row.count).map_err(|e| StoreError::bad_row(table, &row.id, e))?,
        id: row.id,
    })
}

/// Lets units. ST104 over-let, ST106 in part, ST102 key taken, ST103 unit, application or plan
/// missing; then the transaction must not be committed.
pub fn add_units(tx: &mut Writing<'_>, all: &[UnitAllocation]) -> Result<(), StoreError> {
    for row in all.iter().map(UnitRow::from) {
        tx.change(|c| {
            diesel::insert_into(unit_allocations::table)
                .values(&row)
                .execute(c)
        })?;
    }
    Ok(())
}

/// Lets apartments. ST105 more than there are; else as [`add_units`].
pub fn add_apartments(tx: &mut Writing<'_>, all: &[ApartmentAllocation]) -> Result<(), StoreError> {
    for row in all.iter().map(ApartmentRow::from) {
        tx.change(|c| {
            diesel::insert_into(apartment_allocations::table)
                .values(&row)
                .execute(c)
        })?;
    }
    Ok(())
}

/// Moves a unit allocation to a state and an end. ST101 when it is not there.
pub fn change_unit(
    tx: &mut Writing<'_>,
    id: &str,
    to: HoldState,
    until: Option<NaiveDate>,
) -> Result<(), StoreError> {
    let row = unit_allocations::table.find(id);
    let set = (
        unit_allocations::state.eq(to.as_str()),
        unit_allocations::until_day.eq(until),
    );
    let moved = tx.change(|c| diesel::update(row).set(set).execute(c))?;
    found(moved, "unit allocation", id)
}

/// Moves an apartment allocation to a state and an end. ST101 when it is not there.
pub fn change_apartment(
    tx: &mut Writing<'_>,
    id: &str,
    to: HoldState,
    until: Option<NaiveDate>,
) -> Result<(), StoreError> {
    let row = apartment_allocations::table.find(id);
    let set = (
        apartment_allocations::state.eq(to.as_str()),
        apartment_allocations::until_day.eq(until),
    );
    let moved = tx.change(|c| diesel::update(row).set(set).execute(c))?;
    found(moved, "apartment allocation", id)
}

fn found(rows: usize, noun: &str, id: &str) -> Result<(), StoreError> {
    if rows == 0 {
        return Err(StoreError::not_found(noun, id));
    }
    Ok(())
}

/// All unit allocations, by key.
pub fn units(tx: &mut Reading<'_>) -> Result<Vec<UnitAllocation>, StoreError> {
    let rows = tx.run(|c| {
        unit_allocations::table
            .order(unit_allocations::id)
            .select(UnitRow::as_select())
            .load(c)
    })?;
    rows.into_iter().map(unit_noun).collect()
}

/// All apartment allocations, by key.
pub fn apartments(tx: &mut Reading<'_>) -> Result<Vec<ApartmentAllocation>, StoreError> {
    let rows = tx.run(|c| {
        apartment_allocations::table
            .order(apartment_allocations::id)
            .select(ApartmentRow::as_select())
            .load(c)
    })?;
    rows.into_iter().map(apartment_noun).collect()
}
