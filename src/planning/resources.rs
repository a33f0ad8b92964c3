//! Resources of a snapshot by number: `unit:<id>` in 0.01 m2, `apartment:<id>` in apartments,
//! `quota:<district>:<year>` in fen (hard quotas of the year of the round alone), `reserve:<id>` in
//! 0.01 m2: what firms that are not small may take together of the area of all units.
//!
//! Not here: what is used by whom (`options`, `lodging`).

use std::collections::HashMap;

use crate::domain::area::Area;
use crate::domain::fault::Fault;
use crate::domain::firm::Firm;
use crate::domain::plan::SubsidyGrant;
use crate::domain::quota::{Item, QuotaMode};
use crate::domain::snapshot::Snapshot;
use crate::policy::Policy;
use crate::solve::instance::Resource;

use super::bundles::Bundle;
use super::lots::count;

/// The resources and where each kind begins.
#[derive(Debug, Clone)]
pub struct Resources {
    list: Vec<Resource>,
    apartments_from: u32,
    by_id: HashMap<String, u32>,
}

impl Resources {
    /// Units first, then apartments, quotas and reserves, each by key. DM120 when areas overflow.
    pub fn of(snapshot: &Snapshot, policy: &Policy) -> Result<Resources, Fault> {
        let stock = &snapshot.inventory;
        let mut list: Vec<Resource> = Vec::new();
        list.extend(
            stock
                .units
                .iter()
                .map(|u| named(format!("unit:{}", u.id), u.area.0)),
        );
        let apartments_from = count(list.len());
        let types = stock.apartments.iter();
        list.extend(types.map(|a| named(format!("apartment:{}", a.id), a.count.into())));
        let hard = snapshot.quotas.iter().filter(|q| {
            q.item == Item::RentSubsidy
                && q.year == snapshot.round.subsidy_year
                && q.mode == QuotaMode::Hard
        });
        list.extend(hard.map(|q| named(quota_id(q.district.as_str(), q.year), q.amount.0)));
        let whole = Area::sum(stock.units.iter().map(|u| u.area))?;
        for reserve in &policy.reserves {
            let open = reserve.open_to_others(whole);
            list.push(named(reserve_id(&reserve.id), open.0));
        }
        let numbered = list.iter().enumerate();
        let by_id = numbered.map(|(n, r)| (r.id.clone(), count(n))).collect();
        Ok(Resources {
            list,
            apartments_from,
            by_id,
        })
    }

    /// All, in order.
    pub fn list(&self) -> &[Resource] {
        &self.list
    }

    /// What a bundle uses of the units.
    pub fn of_units(&self, bundle: &Bundle) -> Vec<(u32, i64)> {
        bundle.iter().map(|(unit, area)| (*unit, area.0)).collect()
    }

    /// What an area uses of the reserves: nothing for a firm that is small.
    pub fn of_reserves(&self, policy: &Policy, firm: &Firm, area: Area) -> Vec<(u32, i64)> {
        let others = policy.reserves.iter().filter(|r| !r.is_small(firm));
        others
            .filter_map(|r| self.by_id.get(&reserve_id(&r.id)))
            .map(|n| (*n, area.0))
            .collect()
    }

    /// What a subsidy uses of a hard quota.
    pub fn of_quota(&self, grant: &SubsidyGrant) -> Option<(u32, i64)> {
        let id = quota_id(grant.district.as_str(), grant.year);
        self.by_id.get(&id).map(|n| (*n, grant.computed.0))
    }

    /// The pool of an apartment type by position in the inventory.
    pub fn of_apartment(&self, apartment: u32) -> u32 {
        self.apartments_from.saturating_add(apartment)
    }

    /// The apartment type of a pool, by position in the inventory.
    pub fn apartment_of(&self, pool: i64) -> Option<u32> {
        u32::try_from(pool).ok()?.checked_sub(self.apartments_from)
    }
}

fn named(id: String, capacity: i64) -> Resource {
    Resource { id, capacity }
}

fn quota_id(district: &str, year: i32) -> String {
    format!("quota:{district}:{year}")
}

fn reserve_id(id: &str) -> String {
    format!("reserve:{id}")
}
