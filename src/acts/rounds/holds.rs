//! Holds: what an offer reserves, a contract lets, and an end gives back, as allocations. The schema
//! itself refuses to let anything twice (ST104, ST105).
//!
//! The allocations of an offer and of its contract have keys that begin with the offer's; those of a
//! renewal begin with the renewing contract's.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::fault::Faults;
use crate::domain::ids::{ApartmentTypeId, ApplicationId};
use crate::domain::offer::{Contract, Offer};
use crate::domain::plan::Award;
use crate::domain::space::Unit;
use crate::store::allocations::{self, ApartmentAllocation, Basis, HoldState, UnitAllocation};
use crate::store::{self, StoreError, Writing};

/// An award that holds something: under which keys, and on what it rests.
pub struct Hold<'a> {
    key: String,
    application: &'a ApplicationId,
    award: &'a Award,
    basis: Basis,
}

impl<'a> Hold<'a> {
    /// What an offer holds.
    pub fn of_offer(offer: &'a Offer) -> Hold<'a> {
        Hold {
            key: offer.id.to_string(),
            application: &offer.application,
            award: &offer.award,
            basis: Basis {
                plan: Some(offer.plan.clone()),
                contract: None,
            },
        }
    }

    /// What a contract holds: the allocations of its offer, or its own when it is a renewal.
    pub fn of_contract(contract: &'a Contract) -> Hold<'a> {
        let offer = contract.offer.as_ref().map(ToString::to_string);
        Hold {
            key: offer.unwrap_or_else(|| contract.id.to_string()),
            application: &contract.application,
            award: &contract.award,
            basis: Basis {
                plan: None,
                contract: Some(contract.number.clone()),
            },
        }
    }

    /// Enters what is held, in a state.
    pub fn enter(&self, tx: &mut Writing<'_>, state: HoldState) -> Result<(), Faults> {
        let mut units = Vec::new();
        for grant in &self.award.units {
            let unit: Unit = store::need(tx, grant.unit.as_str())?;
            units.push(UnitAllocation {
                id: format!("{}/{}", self.key, grant.unit),
                unit: grant.unit.clone(),
                application: self.application.clone(),
                basis: self.basis.clone(),
                whole: grant.area == unit.area,
                area: grant.area,
                period: self.award.lease,
                state,
            });
        }
        allocations::add_units(tx, &units)?;
        let apartments = self.apartments().into_iter();
        let apartments: Vec<ApartmentAllocation> = apartments
            .map(|(apartment, count)| ApartmentAllocation {
                id: format!("{}/{apartment}", self.key),
                apartment: apartment.clone(),
                application: self.application.clone(),
                basis: self.basis.clone(),
                count,
                period: self.award.lease,
                state,
            })
            .collect();
        Ok(allocations::add_apartments(tx, &apartments)?)
    }

    /// Moves all that is held to a state and an end.
    pub fn change(
        &self,
        tx: &mut Writing<'_>,
        to: HoldState,
        until: Option<NaiveDate>,
    ) -> Result<(), StoreError> {
        for grant in &self.award.units {
            let id = format!("{}/{}", self.key, grant.unit);
            allocations::change_unit(tx, &id, to, until)?;
        }
        for apartment in self.apartments().into_keys() {
            let id = format!("{}/{apartment}", self.key);
            allocations::change_apartment(tx, &id, to, until)?;
        }
        Ok(())
    }

    /// Gives back what is held, from a day on; what lies before it stays on record.
    pub fn give_back(
        &self,
        tx: &mut Writing<'_>,
        from: NaiveDate,
        today: NaiveDate,
    ) -> Result<(), StoreError> {
        let state = match from <= today {
            true => HoldState::Ended,
            false => HoldState::Let,
        };
        self.change(tx, state, Some(from))
    }

    /// Apartments by type, whatever the household.
    fn apartments(&self) -> BTreeMap<&ApartmentTypeId, u32> {
        let mut all = BTreeMap::new();
        for grant in &self.award.apartments {
            let count: &mut u32 = all.entry(&grant.apartment).or_default();
            *count = count.saturating_add(grant.count);
        }
        all
    }
}
