//! Places: where parks and housing may stand. Each district that has an outline gets hubs: the metro
//! stations inside it, or points inside it when it has none. A place lies within a walk of a hub and
//! so far inside the outline that its district is beyond doubt.
//!
//! Not here: outlines and distances (`atlas`), what stands there (`parks`, `housing`).

use crate::atlas::outline::Outlines;
use crate::domain::fault::Fault;
use crate::domain::place::{Containment, District, DistrictCode, Located, Position, Precision};
use crate::domain::snapshot::Ground;

use super::EMPTY_GROUND;
use super::random::{self, Random};

/// Accuracy that synthetic positions claim, metres.
const ACCURACY_M: u32 = 50;
/// Half of the side of the square around a hub, micro-degrees (about 1,100 m).
const AROUND: u32 = 11_000;
/// Hubs of a district without stations.
const HUBS: usize = 6;

/// Share of parks and of firms' seats by district, in percent; the trades' own spread, assumed.
const SHARES: [(&str, u64, u64); 10] = [
    ("440305", 26, 43),
    ("440304", 13, 18),
    ("440306", 14, 13),
    ("440307", 14, 12),
    ("440309", 13, 12),
    ("440310", 8, 8),
    ("440311", 8, 6),
    ("440303", 4, 4),
    ("440308", 2, 2),
    ("4403X1", 2, 2),
];

/// A district that can be built on.
pub struct Ward {
    /// Code.
    pub code: DistrictCode,
    /// Weight for parks.
    pub parks: u64,
    /// Weight for seats of firms.
    pub seats: u64,
    hubs: Vec<Position>,
    hub_weights: Vec<u64>,
}

/// All districts that can be built on.
pub struct Places {
    /// In the order of the codes.
    pub wards: Vec<Ward>,
    outlines: Outlines,
}

impl Places {
    /// The places of a map; AC202 when no district has an outline or there is no station at all.
    pub fn of(ground: &Ground, seed: u64) -> Result<Places, Fault> {
        let outlines = Outlines::new(&ground.districts);
        let mut wards: Vec<Ward> = ground
            .districts
            .iter()
            .filter_map(|d| Ward::of(d, ground, &outlines, seed))
            .collect();
        wards.sort_by(|a, b| a.code.cmp(&b.code));
        if wards.is_empty() || ground.network.stations.is_empty() {
            return Err(Fault::new(
                EMPTY_GROUND,
                "the map has no district with an outline, or no metro station",
                "pass the districts, stations and lines of data/",
            ));
        }
        Ok(Places { wards, outlines })
    }

    /// A place in a ward, near one of its hubs.
    pub fn near_hub(&self, random: &mut Random, ward: &Ward) -> Position {
        let hub = random::draw(random, &ward.hub_weights);
        let hub = ward.hubs.get(hub).or(ward.hubs.first()).copied();
        // A ward is made with at least one hub.
        hub.map_or(ground_zero(), |hub| self.near(random, ward, hub, AROUND))
    }

    /// A place in a ward within so many micro-degrees of another place in it.
    pub fn near(&self, random: &mut Random, ward: &Ward, of: Position, around: u32) -> Position {
        for _ in 0..24 {
            let found = moved(of, random, around).filter(|p| self.is_inside(*p, &ward.code));
            if let Some(found) = found {
                return found;
            }
        }
        of
    }

    fn is_inside(&self, position: Position, code: &DistrictCode) -> bool {
        self.outlines.contains(&located(position), code) == Containment::Yes
    }
}

impl Ward {
    fn of(district: &District, ground: &Ground, outlines: &Outlines, seed: u64) -> Option<Ward> {
        let inside =
            |p: &Position| outlines.contains(&located(*p), &district.code) == Containment::Yes;
        let stations = ground.network.stations.iter().map(|s| s.position);
        let mut random = Random::stream(seed, &format!("hubs {}", district.code));
        let mut hubs: Vec<Position> = stations.filter(inside).collect();
        random.shuffle(&mut hubs);
        if hubs.is_empty() {
            hubs = scattered(district, &mut random, inside);
        }
        let shares = SHARES
            .iter()
            .find(|(code, _, _)| *code == district.code.as_str());
        (!hubs.is_empty()).then(|| Ward {
            code: district.code.clone(),
            parks: shares.map_or(2, |s| s.1),
            seats: shares.map_or(2, |s| s.2),
            hub_weights: random::zipf(hubs.len(), hubs.len() / 2),
            hubs,
        })
    }
}

/// A few points inside an outline, found by trying points of its corners' box.
fn scattered(
    district: &District,
    random: &mut Random,
    inside: impl Fn(&Position) -> bool,
) -> Vec<Position> {
    let corners = district.outline.iter().flat_map(|o| o.iter());
    let corners: Vec<(i32, i32)> = corners
        .flat_map(|polygon| polygon.exterior().coords())
        .filter_map(|c| Position::degrees(c.x, c.y).ok())
        .map(|p| p.micro())
        .collect();
    let range = |of: fn(&(i32, i32)) -> i32| {
        let low = corners.iter().map(of).min().unwrap_or(0);
        (low, corners.iter().map(of).max().unwrap_or(0).abs_diff(low))
    };
    let ((west, width), (south, height)) = (range(|c| c.0), range(|c| c.1));
    (0..2_000)
        .filter_map(|_| {
            let lon = west.saturating_add_unsigned(random.between(0, width));
            Position::try_from((
                lon,
                south.saturating_add_unsigned(random.between(0, height)),
            ))
            .ok()
        })
        .filter(inside)
        .take(HUBS)
        .collect()
}

fn moved(of: Position, random: &mut Random, around: u32) -> Option<Position> {
    let (lon, lat) = of.micro();
    let mut shift = |from: i32| {
        from.saturating_add_unsigned(random.between(0, 2 * around))
            .saturating_sub_unsigned(around)
    };
    Position::try_from((shift(lon), shift(lat))).ok()
}

/// A synthetic position as the inventory states it.
pub fn located(position: Position) -> Located {
    Located {
        position,
        precision: Precision::Surveyed,
        accuracy_m: ACCURACY_M,
    }
}

fn ground_zero() -> Position {
    // The centre of the city's map; never used, because every ward has a hub.
    Position::try_from((114_057_000, 22_543_000)).expect("these degrees are on the globe")
}
