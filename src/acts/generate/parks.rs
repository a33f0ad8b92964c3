//! Parks (园区): sites with buildings of contiguous floors, until the city has 0.7 floors a firm.
//! A park is for offices, for testing and production, or for laboratories; its rank decides how many
//! wish for it (`wishes`).
//!
//! Not here: what stands on a floor (`units`), where (`places`).

use crate::domain::fault::Fault;
use crate::domain::place::Position;
use crate::domain::snapshot::Inventory;
use crate::domain::space::{Building, Floor, Site, SiteKind};

use super::random::Random;
use super::units::{self, Style};
use super::{World, key, names, places, rents, synthetic};

/// What a park is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trade {
    /// R&D and offices.
    Office,
    /// Testing, metrology, production.
    Testing,
    /// Laboratories with their offices.
    Laboratory,
}

/// Share of the floors in percent, as of the firms (`trades`).
const SHARES: [(Trade, usize); 3] = [
    (Trade::Office, 76),
    (Trade::Testing, 12),
    (Trade::Laboratory, 12),
];

/// A park as the other parts see it. Park `n` is site `n` of the parks, key `YS` + number.
pub struct Park {
    /// Number, from 1.
    pub number: u32,
    /// Index of its ward.
    pub ward: usize,
    /// Where.
    pub position: Position,
    /// What it is for.
    pub trade: Trade,
    /// Rent level, fen per m2 and month of R&D offices.
    pub rent: u32,
}

impl Park {
    /// Key of its site.
    pub fn site(&self) -> String {
        format!("YS{:06}", self.number)
    }
}

/// Parks with their buildings, floors and units.
pub fn build(world: &World) -> Result<(Vec<Park>, Inventory), Fault> {
    let mut random = Random::stream(world.spec.seed, "parks");
    let weights: Vec<u64> = world.places.wards.iter().map(|w| w.parks).collect();
    // 0.7 floors a firm, rounded up.
    let floors = usize::try_from((u64::from(world.spec.firms) * 7).div_ceil(10)).unwrap_or(1);
    let (mut parks, mut stock) = (Vec::new(), Inventory::default());
    let (mut number, mut by_trade) = (0, [0; 3]);
    while stock.floors.len() < floors {
        number += 1;
        let ward = random.weighted(&weights);
        let park = park(world, &mut random, (number, most_wanted(&by_trade)), ward);
        let before = stock.floors.len();
        let left = floors - before;
        stock.sites.push(site(world, &mut random, &park)?);
        buildings(&mut random, &park, left, &mut stock)?;
        by_trade[park.trade as usize] += stock.floors.len() - before;
        parks.push(park);
    }
    Ok((parks, stock))
}

/// The trade that has the fewest floors for its share, so that a small city has all three too.
fn most_wanted(floors: &[usize; 3]) -> Trade {
    let order = SHARES.iter().zip(floors);
    let next = order.min_by_key(|((_, share), floors)| (**floors + 1) * 1_000 / share);
    next.map_or(Trade::Office, |((trade, _), _)| *trade)
}

fn park(world: &World, random: &mut Random, (number, trade): (u32, Trade), ward: usize) -> Park {
    let place = &world.places.wards[ward];
    Park {
        number,
        ward,
        position: world.places.near_hub(random, place),
        trade,
        rent: rents::of_park(random, &place.code),
    }
}

fn site(world: &World, random: &mut Random, park: &Park) -> Result<Site, Fault> {
    let (zh, en) = random.pick(names::CORES);
    let (trade_zh, trade_en) = match park.trade {
        Trade::Office => ("科技园", "Technology Park"),
        Trade::Testing => ("检测产业园", "Testing Park"),
        Trade::Laboratory => ("生命科学园", "Life Science Park"),
    };
    Ok(Site {
        id: key(park.site())?,
        kind: SiteKind::Space,
        name_zh: format!("（模拟）{zh}{trade_zh}{}号", park.number),
        name_en: format!("(synthetic) {en} {trade_en} {}", park.number),
        district: world.places.wards[park.ward].code.clone(),
        address: String::new(),
        located: Some(places::located(park.position)),
        provenance: synthetic(),
    })
}

fn buildings(
    random: &mut Random,
    park: &Park,
    left: usize,
    stock: &mut Inventory,
) -> Result<(), Fault> {
    let end = stock.floors.len() + left;
    // Testing and laboratory buildings are low and many, so that few of them offer variety.
    let (many, high) = match park.trade {
        Trade::Office => (random.pick([1, 1, 2, 2, 3]), 8),
        Trade::Testing | Trade::Laboratory => (random.pick([2, 3, 4]), 3),
    };
    for n in 1..=many {
        let building = Building {
            id: key(format!("{}/T{n}", park.site()))?,
            site: key(park.site())?,
            label: format!("T{n}"),
        };
        let style = Style::of(random, park);
        let mut level = i32::try_from(random.between(2, 9)).unwrap_or(2);
        for _ in 0..random.between(2, high) {
            if stock.floors.len() == end {
                break;
            }
            floor(random, &style, &building, level, stock)?;
            // One floor in twelve is let to others already: the run is broken there.
            level += if random.chance(8) { 2 } else { 1 };
        }
        let used = stock
            .floors
            .last()
            .is_some_and(|f| f.building == building.id);
        if used {
            stock.buildings.push(building);
        }
    }
    Ok(())
}

fn floor(
    random: &mut Random,
    style: &Style,
    building: &Building,
    level: i32,
    stock: &mut Inventory,
) -> Result<(), Fault> {
    let id = format!("{}/{level:02}", building.id);
    let layout = style.layout(random);
    stock.floors.push(Floor {
        id: key(id.clone())?,
        building: building.id.clone(),
        level,
        one_tenant: layout.one_tenant(),
    });
    let units = units::build(random, style, layout, (&id, level))?;
    stock.units.extend(units);
    Ok(())
}
