//! Quotas (额度) of the districts for the subsidy year, sized so that about half of them run out.
//!
//! What a district would pay if nothing stopped it is estimated from the firms that wish for one of
//! its parks first: the sum of their subsidies at the middle of the area they want, times the share
//! of that area that the district has. A district of the tight half gets 55 % of it, one of the other
//! half 160 %. One quota in eight is settled pro rata, the others are hard.
//!
//! Not here: the subsidy rules (`policy`).

use crate::domain::application::Application;
use crate::domain::area::Area;
use crate::domain::fault::Fault;
use crate::domain::firm::Firm;
use crate::domain::money::Fen;
use crate::domain::period::Period;
use crate::domain::quota::{Item, Quota, QuotaMode};
use crate::policy::subsidy;

use super::parks::Park;
use super::random::Random;
use super::{Stock, World, rents, synthetic};

/// Percent of the estimate for tight and for ample districts.
const TIGHT: i64 = 55;
const AMPLE: i64 = 160;
/// Least quota: 100,000 yuan.
const LEAST: i64 = 10_000_000;

/// What is wanted in a ward.
#[derive(Debug, Clone, Copy, Default)]
struct Wanted {
    subsidy: i64,
    area: i64,
    offered: i64,
}

/// The quotas by district.
pub fn build(
    world: &World,
    stock: &Stock,
    applications: &[Application],
    first_parks: &[usize],
) -> Result<Vec<Quota>, Fault> {
    let mut random = Random::stream(world.spec.seed, "quotas");
    let wanted = wanted(world, stock, applications, first_parks)?;
    let tight = tight(&mut random, &wanted);
    let mut quotas = Vec::new();
    for (n, district) in world.ground.districts.iter().enumerate() {
        let ward = world
            .places
            .wards
            .iter()
            .position(|w| w.code == district.code);
        let percent = if ward.is_some_and(|w| tight.contains(&w)) {
            TIGHT
        } else {
            AMPLE
        };
        let expected = ward.map_or(0, |w| wanted[w].expected());
        let quota = Quota {
            district: district.code.clone(),
            year: world.round.subsidy_year,
            item: Item::RentSubsidy,
            amount: Fen(amount(expected, percent)),
            mode: if n % 8 == 7 {
                QuotaMode::ProRata
            } else {
                QuotaMode::Hard
            },
            provenance: synthetic(),
        };
        quotas.push(quota.proved()?);
    }
    quotas.sort_by(|a, b| a.district.cmp(&b.district));
    Ok(quotas)
}

/// Whole 10,000 yuan, at least the least.
fn amount(expected: i64, percent: i64) -> i64 {
    (expected.saturating_mul(percent) / 100 / 1_000_000 * 1_000_000).max(LEAST)
}

impl Wanted {
    fn expected(self) -> i64 {
        let let_area = i128::from(self.area.min(self.offered));
        let exact = i128::from(self.subsidy) * let_area / i128::from(self.area.max(1));
        i64::try_from(exact).unwrap_or(i64::MAX / 1_000)
    }
}

/// Half of the wards that pay anything.
fn tight(random: &mut Random, wanted: &[Wanted]) -> Vec<usize> {
    let mut paying: Vec<usize> = (0..wanted.len())
        .filter(|w| wanted[*w].subsidy > 0)
        .collect();
    random.shuffle(&mut paying);
    paying.truncate(paying.len().div_ceil(2));
    paying
}

fn wanted(
    world: &World,
    stock: &Stock,
    applications: &[Application],
    first_parks: &[usize],
) -> Result<Vec<Wanted>, Fault> {
    let mut wards = vec![Wanted::default(); world.places.wards.len()];
    for ((application, firm), park) in applications.iter().zip(&stock.firms).zip(first_parks) {
        let park = &stock.parks[*park];
        let area = Area((application.area_min.0 + application.area_max.0) / 2);
        let ward = &mut wards[park.ward];
        ward.area += area.0;
        if application.wants_subsidy {
            ward.subsidy += aid(world, park, (application, firm), area)?;
        }
    }
    for (park, area) in areas(stock) {
        wards[stock.parks[park].ward].offered += area;
    }
    Ok(wards)
}

/// The subsidy of the year for an area in a park.
fn aid(
    world: &World,
    park: &Park,
    (application, firm): (&Application, &Firm),
    area: Area,
) -> Result<i64, Fault> {
    let district = &world.places.wards[park.ward].code;
    let rent = rents::of_unit(park.rent, application.use_, 8)?.monthly(area)?;
    let start = application.start_from.max(world.round.start);
    let lease = Period::months(start, world.round.lease_months)?;
    let year = world.round.subsidy_year;
    let found = subsidy::computed(&world.policy, firm, district, area, rent, 1, &lease, year)?;
    Ok(found.map_or(0, |c| c.amount.0))
}

/// Area of each unit with the index of its park; keys of units begin with that of the park.
fn areas(stock: &Stock) -> impl Iterator<Item = (usize, i64)> {
    stock.inventory.units.iter().filter_map(|unit| {
        let number: usize = unit.id.as_str().get(2..8)?.parse().ok()?;
        let park = number.checked_sub(1).filter(|n| *n < stock.parks.len())?;
        Some((park, unit.area.0))
    })
}
