//! Applications (申请): one for each firm. Wishes fall by Zipf's law on the parks of a district, seven
//! in ten in the firm's own; the anchor is a station near the first wish; area, rent cap and needs
//! follow the firm; the longest way to the anchor is set last (`reach`).
//!
//! Not here: whether a firm qualifies (`policy`).

use std::collections::BTreeSet;

use crate::domain::application::Application;
use crate::domain::area::Area;
use crate::domain::fault::Fault;
use crate::domain::firm::Firm;
use crate::domain::housing::{HouseholdKind, Households};
use crate::domain::ids::{SiteId, StationId};
use crate::domain::money::Rate;
use crate::domain::place::{DistrictCode, Position};
use crate::domain::space::{Technical, Use};
use crate::policy::entitlement;

use super::parks::{Park, Trade};
use super::random::{self, Random};
use super::reach::{self, Reach};
use super::round::{START, day};
use super::trades;
use super::{Stock, World, key, rents, synthetic, technical};

/// The applications by key, and the index of the park that each wishes for first.
pub fn build(world: &World, stock: &Stock) -> Result<(Vec<Application>, Vec<usize>), Fault> {
    let mut random = Random::stream(world.spec.seed, "wishes");
    let market = Market::of(world, stock, &mut random);
    let reach = Reach::of(world, stock)?;
    let mut applications = Vec::with_capacity(stock.firms.len());
    let mut first_parks = Vec::with_capacity(stock.firms.len());
    for (firm, number) in stock.firms.iter().zip(1..) {
        let (mut application, park) = market.application(&mut random, firm, number)?;
        let aim = reach::aim(&mut random);
        let (mut options, mut limit) = reach.of_application(&application, firm, aim);
        if options < aim / 2 && random.chance(90) {
            ease(&mut application);
            (options, limit) = reach.of_application(&application, firm, aim);
        }
        // A firm without any option is left as it is: some real ones ask for what there is not.
        application.max_minutes = limit.filter(|_| options > 0);
        applications.push(application.proved()?);
        first_parks.push(park);
    }
    Ok((applications, first_parks))
}

/// Drops what keeps a firm from having a choice: most firms ask for what the market has.
fn ease(application: &mut Application) {
    application.rent_cap = None;
    application.districts.clear();
    application.needs = Technical::default();
    application.start_until = day(2026, 12, 31);
}

/// Parks of one use in one ward, the most popular first.
#[derive(Default)]
struct Stall {
    parks: Vec<usize>,
    sums: Vec<u64>,
}

struct Market<'a> {
    world: &'a World<'a>,
    parks: &'a [Park],
    /// For each ward, for each kind of park.
    stalls: Vec<[Stall; 3]>,
    seats: Vec<u64>,
    /// For each park, the stations near it.
    stations: Vec<Vec<StationId>>,
}

fn kind_of(use_: Use) -> usize {
    match use_ {
        Use::RdOffice | Use::Office => 0,
        Use::Factory => 1,
        Use::Laboratory => 2,
    }
}

impl<'a> Market<'a> {
    fn of(world: &'a World, stock: &'a Stock, random: &mut Random) -> Market<'a> {
        let wards = world.places.wards.len();
        let mut stalls: Vec<[Stall; 3]> = (0..wards).map(|_| Default::default()).collect();
        for (n, park) in stock.parks.iter().enumerate() {
            let kind = match park.trade {
                Trade::Office => 0,
                Trade::Testing => 1,
                Trade::Laboratory => 2,
            };
            stalls[park.ward][kind].parks.push(n);
        }
        for stall in stalls.iter_mut().flatten() {
            random.shuffle(&mut stall.parks);
            stall.sums = random::zipf(stall.parks.len(), stall.parks.len() / 10);
        }
        let parks = stock.parks.iter();
        Market {
            world,
            parks: &stock.parks,
            stalls,
            seats: world.places.wards.iter().map(|w| w.seats).collect(),
            stations: parks.map(|p| stations_near(world, p.position)).collect(),
        }
    }

    fn application(
        &self,
        random: &mut Random,
        firm: &Firm,
        number: u32,
    ) -> Result<(Application, usize), Fault> {
        let use_ = trades::use_of(firm.industry.as_str());
        let wishes = self.wishes(random, firm, use_);
        let first = wishes[0];
        let (area_min, area_max) = self.area(random, firm, use_);
        let sites: Result<Vec<SiteId>, Fault> =
            wishes.iter().map(|p| key(self.parks[*p].site())).collect();
        let application = Application {
            id: key(format!("YA{number:06}"))?,
            firm: firm.id.clone(),
            round: self.world.round.id.clone(),
            use_,
            area_min,
            area_max,
            start_from: random.pick([START, START, START, day(2026, 4, 1)]),
            start_until: random.pick([
                day(2026, 5, 1),
                day(2026, 6, 1),
                day(2026, 6, 30),
                day(2026, 12, 31),
            ]),
            rent_cap: Some(self.rent_cap(random, first, use_)?),
            needs: technical::of_firm(random, use_),
            site_wishes: sites?,
            districts: self.districts(random, &wishes),
            anchors: self.anchor(random, first),
            max_minutes: None,
            households: households(random, firm.headcount),
            wants_subsidy: random.chance(80),
            provenance: synthetic(),
        };
        Ok((application, first))
    }

    /// One to four parks, none twice, by index; never empty.
    fn wishes(&self, random: &mut Random, firm: &Firm, use_: Use) -> Vec<usize> {
        let wards = &self.world.places.wards;
        let home = wards
            .iter()
            .position(|w| w.code == firm.district)
            .unwrap_or(0);
        let ward = if random.chance(70) {
            home
        } else {
            random.weighted(&self.seats)
        };
        let mut wishes: Vec<usize> = Vec::new();
        for _ in 0..random.pick([1, 2, 3, 3, 4]) {
            let park = self.park(random, ward, kind_of(use_));
            if !wishes.contains(&park) {
                wishes.push(park);
            }
        }
        wishes
    }

    /// A park of a kind by popularity: in the ward, else in any, else any park.
    fn park(&self, random: &mut Random, ward: usize, kind: usize) -> usize {
        let around = (ward..self.stalls.len()).chain(0..ward);
        let stalls = around.map(|w| &self.stalls[w][kind]);
        match stalls.into_iter().find(|s| !s.parks.is_empty()) {
            Some(stall) => stall.parks[random::draw(random, &stall.sums)],
            None => random.index(self.parks.len()),
        }
    }

    /// 18 to 26 m2 a head up to the entitlement, 11 to 17 below 100 heads (smaller firms have fewer
    /// laboratories and halls); the least is 55 to 80 % of it. Whole 10 m2.
    fn area(&self, random: &mut Random, firm: &Firm, use_: Use) -> (Area, Area) {
        let entitled = entitlement::of(&self.world.policy, firm, use_).area_max.0 / 100;
        let (low, high) = if firm.headcount < 100 {
            (11, 17)
        } else {
            (18, 26)
        };
        let wanted = i64::from(firm.headcount) * i64::from(random.between(low, high));
        let most = if use_ == Use::Laboratory {
            wanted * 3 / 4
        } else {
            wanted
        };
        let entitled = if entitled > 0 { entitled } else { most };
        let most = (most.min(entitled) / 10 * 10).max(100);
        let least = (most * i64::from(random.between(55, 80)) / 100 / 10 * 10).max(10);
        (Area::metres(least), Area::metres(most))
    }

    /// Up to a quarter above the rent of the first wish; one firm in sixteen hopes for less.
    fn rent_cap(&self, random: &mut Random, first: usize, use_: Use) -> Result<Rate, Fault> {
        let rent = rents::of_unit(self.parks[first].rent, use_, 16)?;
        let percent = if random.chance(6) {
            88
        } else {
            random.pick([100, 103, 108, 115, 125])
        };
        // Whole yuan, as forms ask for.
        Rate::new((rent.fen() * percent + 9_999) / 10_000 * 100)
    }

    /// All, or the districts of the wishes and perhaps one more.
    fn districts(&self, random: &mut Random, wishes: &[usize]) -> Vec<DistrictCode> {
        let wards = &self.world.places.wards;
        if random.chance(40) {
            return Vec::new();
        }
        let mut chosen: BTreeSet<usize> = wishes.iter().map(|p| self.parks[*p].ward).collect();
        if random.chance(50) {
            chosen.insert(random.weighted(&self.seats));
        }
        chosen.into_iter().map(|w| wards[w].code.clone()).collect()
    }

    /// The station next to the first wish, or one of the three next.
    fn anchor(&self, random: &mut Random, first: usize) -> Vec<StationId> {
        let near = &self.stations[first];
        let n = if random.chance(60) {
            0
        } else {
            random.index(near.len())
        };
        near.get(n).cloned().into_iter().collect()
    }
}

/// The three next stations, by distance in the plane of micro-degrees; near enough to choose by.
fn stations_near(world: &World, position: Position) -> Vec<StationId> {
    let (lon, lat) = position.micro();
    let square = |a: i32, b: i32| i64::from(a.abs_diff(b)).pow(2);
    let mut near: Vec<(i64, &StationId)> = world
        .ground
        .network
        .stations
        .iter()
        .map(|s| {
            (
                square(s.position.micro().0, lon) + square(s.position.micro().1, lat),
                &s.id,
            )
        })
        .collect();
    near.sort_unstable();
    near.into_iter().take(3).map(|(_, id)| id.clone()).collect()
}

/// About one household for nine heads, at most 60; one firm in eight asks for none.
fn households(random: &mut Random, heads: u32) -> Vec<Households> {
    const KINDS: [(HouseholdKind, u64); 4] = [
        (HouseholdKind::Single, 56),
        (HouseholdKind::Couple, 20),
        (HouseholdKind::Family, 18),
        (HouseholdKind::Large, 6),
    ];
    if random.chance(12) {
        return Vec::new();
    }
    let total = (heads * random.between(6, 16) / 100).clamp(1, 60);
    let mut counts = [0; 4];
    for _ in 0..total {
        counts[random.weighted(&KINDS.map(|k| k.1))] += 1;
    }
    KINDS
        .iter()
        .zip(counts)
        .filter(|(_, count)| *count > 0)
        .map(|((kind, _), count)| Households { kind: *kind, count })
        .collect()
}
