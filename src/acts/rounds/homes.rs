//! Talent housing of an award (配住): for each kind of household what was asked, what is given at which rent, how
//! many go without, and the money that the policy puts in the place of an apartment.
//!
//!   rent of an apartment = share of the policy x market rent of its type, rounded down to a fen per m2 and month
//!
//! Not here: which apartments (plan), the rule itself (`policy::housing_terms`).

use serde::Serialize;

use super::{offers, procedure, terms};
use crate::acts::Desk;
use crate::domain::application::Application;
use crate::domain::fault::Faults;
use crate::domain::housing::{ApartmentType, HouseholdKind};
use crate::domain::ids::{ApartmentTypeId, OfferId};
use crate::domain::money::{Fen, Rate};
use crate::domain::offer::Offer;
use crate::domain::round::day_in_shenzhen;
use crate::policy::housing::Housing;
use crate::policy::housing_terms::CashMode;
use crate::store::{self, Reading};

/// Apartments of one type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Given {
    /// Type.
    pub apartment: ApartmentTypeId,
    /// How many.
    pub count: u32,
    /// Market rent per m2 and month; `None` = not known.
    pub market: Option<Rate>,
    /// Rent by the policy's share of it.
    pub rent: Option<Rate>,
}

/// One kind of household of an award.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Home {
    /// Kind.
    pub kind: HouseholdKind,
    /// How many the application asks for.
    pub asked: u32,
    /// What they are given.
    pub given: Vec<Given>,
    /// How many go without an apartment.
    pub without: u32,
    /// Money per month and household in the place of an apartment; `None` = the policy gives none.
    pub cash: Option<Fen>,
    /// The household may choose the money; else it is for those who go without.
    pub may_choose: bool,
}

/// The homes of an offer, by kind of household. AC013, AC012, those of the policy.
pub fn of_offer(desk: &Desk, id: &OfferId) -> Result<Vec<Home>, Faults> {
    let offer = offers::one(desk, id)?;
    desk.store().read(|tx| homes(tx, &offer))
}

fn homes(tx: &mut Reading<'_>, offer: &Offer) -> Result<Vec<Home>, Faults> {
    let application: Application = store::need(tx, offer.application.as_str())?;
    let now = procedure(tx, &offer.round)?;
    let policy = terms::policy(tx, &now, day_in_shenzhen(offer.made.at))?;
    let housing = &policy.housing;
    let mut all = Vec::new();
    for asked in &application.households {
        let given = given(tx, offer, asked.kind, housing)?;
        let count: u32 = given.iter().map(|g| g.count).sum();
        all.push(Home {
            kind: asked.kind,
            asked: asked.count,
            without: asked.count.saturating_sub(count),
            given,
            cash: housing.cash_of(asked.kind),
            may_choose: (housing.cash.as_ref()).is_some_and(|c| c.mode == CashMode::Choice),
        });
    }
    Ok(all)
}

fn given(
    tx: &mut Reading<'_>,
    offer: &Offer,
    kind: HouseholdKind,
    housing: &Housing,
) -> Result<Vec<Given>, Faults> {
    let mine = offer
        .award
        .apartments
        .iter()
        .filter(|a| a.household == kind);
    let mut all = Vec::new();
    for grant in mine {
        let of: ApartmentType = store::need(tx, grant.apartment.as_str())?;
        all.push(Given {
            apartment: grant.apartment.clone(),
            count: grant.count,
            rent: of.rent.map(|market| housing.rent_of(market)).transpose()?,
            market: of.rent,
        });
    }
    Ok(all)
}
