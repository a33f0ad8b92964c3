//! Small inventories and needs from a seed, with every attribute stated, missing and contradicted.

use chrono::{Days, NaiveDate};
use geo_types::MultiPolygon;
use zhuchao::atlas::Need;
use zhuchao::domain::area::Area;
use zhuchao::domain::evidence::{Evidence, Provenance};
use zhuchao::domain::housing::Project;
use zhuchao::domain::money::Rate;
use zhuchao::domain::period::Period;
use zhuchao::domain::place::{Cluster, Line, Located, Network, Position, Precision, Station};
use zhuchao::domain::snapshot::{Ground, Inventory};
use zhuchao::domain::space::{
    Building, Division, Fitout, Floor, Hazard, Raised, Rent, Site, SiteKind, Technical, Unit, Use,
};

use super::real::key;

/// SplitMix64: a seeded stream for worlds that must be the same on every machine.
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// 0 to `n - 1`.
    pub fn below(&mut self, n: u32) -> u32 {
        (self.next() % u64::from(n)) as u32
    }

    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u32) as usize].clone()
    }

    pub fn maybe<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        (self.below(3) > 0).then(|| self.pick(from))
    }
}

pub const DISTRICTS: [&str; 4] = ["440303", "440304", "440305", "4403X2"];
const USES: [Use; 4] = [Use::RdOffice, Use::Office, Use::Laboratory, Use::Factory];
const HAZARDS: [Hazard; 4] = [Hazard::None, Hazard::C, Hazard::B, Hazard::A];

pub fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1)
        .and_then(|d| d.checked_add_days(Days::new(u64::from(n))))
        .expect("in the calendar")
}

pub fn near_city(dice: &mut Dice) -> Position {
    let (x, y) = (dice.below(700_000) as i32, dice.below(300_000) as i32);
    Position::try_from((113_800_000 + x, 22_480_000 + y)).expect("in range")
}

fn technical(dice: &mut Dice) -> Technical {
    Technical {
        floor_load_kg_m2: dice.maybe(&[0, 300, 500, 1000]),
        clear_height_mm: dice.maybe(&[2800, 3600, 6000]),
        power_a: dice.maybe(&[0, 63, 250]),
        gas: dice.maybe(&[true, true, false]),
        clean_water: dice.maybe(&[true, true, false]),
        hazard: dice.maybe(&HAZARDS),
    }
}

/// Needs ask for little more often than not, so that something is kept.
fn asked(dice: &mut Dice) -> Technical {
    let mut needs = technical(dice);
    if dice.below(4) > 0 {
        needs = Technical::default();
        match dice.below(6) {
            0 => needs.floor_load_kg_m2 = Some(500),
            1 => needs.clear_height_mm = Some(3600),
            2 => needs.power_a = Some(63),
            3 => needs.gas = Some(true),
            4 => needs.hazard = Some(Hazard::C),
            _ => {}
        }
    }
    needs
}

fn periods(dice: &mut Dice) -> Vec<Period> {
    let first = dice.below(200);
    match dice.below(5) {
        0 => Vec::new(),
        1 => {
            let gap = first + 100 + dice.below(900);
            vec![
                Period::new(day(first), Some(day(gap))).expect("not empty"),
                Period::new(day(gap + 10), None).expect("not empty"),
            ]
        }
        2 => vec![
            Period::new(day(first), Some(day(first + 400 + dice.below(1200)))).expect("not empty"),
        ],
        _ => vec![Period::new(day(first), None).expect("not empty")],
    }
}

pub fn site(n: u32, dice: &mut Dice, district: &str) -> Site {
    let located = Located {
        position: near_city(dice),
        precision: Precision::Station,
        accuracy_m: 500,
    };
    Site {
        id: key(&format!("S{n:05}")),
        kind: SiteKind::Space,
        name_zh: format!("园区{n}"),
        name_en: String::new(),
        district: key(district),
        address: String::new(),
        located: (dice.below(8) > 0).then_some(located),
        provenance: Provenance::of(Evidence::Synthetic),
    }
}

pub fn unit(n: u32, floor: &Floor, dice: &mut Dice) -> Unit {
    Unit {
        id: key(&format!("U{n:06}")),
        floor: floor.id.clone(),
        room: String::new(),
        use_: dice.pick(&USES),
        area: Area::metres(i64::from(50 + dice.below(900))),
        division: Division::Whole,
        group: None,
        raised: Raised::Unknown,
        fitout: Fitout::Unknown,
        technical: technical(dice),
        rent: (dice.below(6) > 0).then(|| Rent {
            rate: Rate::new(i64::from(3000 + dice.below(9000))).expect("positive"),
            evidence: Evidence::Synthetic,
        }),
        lease_months: dice.maybe(&[12, 36, 60]),
        rent_rule: None,
        rent_free_months: 0,
        available: periods(dice),
        provenance: Provenance::of(Evidence::Synthetic),
    }
}

/// `sites` sites with one building and floor each, `units` units and `projects` projects on them.
pub fn inventory(dice: &mut Dice, sites: u32, units: u32, projects: u32) -> Inventory {
    let mut all = Inventory::default();
    for n in 0..sites {
        let site = site(n, dice, dice_district(n));
        let building = Building {
            id: key(&format!("{}/A", site.id)),
            site: site.id.clone(),
            label: "A".to_owned(),
        };
        all.floors.push(Floor {
            id: key(&format!("{}/1", building.id)),
            building: building.id.clone(),
            level: 1,
            one_tenant: false,
        });
        all.buildings.push(building);
        all.sites.push(site);
    }
    for n in 0..units {
        let floor = all.floors[dice.below(sites) as usize].clone();
        all.units.push(unit(n, &floor, dice));
    }
    for n in 0..projects {
        let site = dice.pick(&all.sites);
        all.projects.push(Project {
            id: key(&format!("P{n:05}")),
            name_zh: format!("项目{n}"),
            site: site.id,
            park: None,
            provenance: Provenance::of(Evidence::Synthetic),
        });
    }
    all
}

fn dice_district(n: u32) -> &'static str {
    DISTRICTS[(n as usize * 7) % DISTRICTS.len()]
}

pub fn need(dice: &mut Dice, inventory: &Inventory, network: &Network) -> Need {
    let from = dice.below(120);
    let anchors = dice.below(3);
    Need {
        use_: dice.pick(&USES),
        start_from: day(from),
        start_until: day(from + dice.below(150)),
        round_start: day(30),
        lease_months: dice.pick(&[12, 36, 60]),
        rent_cap: dice
            .maybe(&[6000, 9000, 11_000])
            .map(|c| Rate::new(c).expect("positive")),
        needs: asked(dice),
        site_wishes: (0..dice.below(4))
            .map(|_| dice.pick(&inventory.sites).id)
            .collect(),
        districts: (0..dice.below(4))
            .map(|_| key(dice.pick(&DISTRICTS)))
            .collect(),
        anchors: (0..anchors)
            .map(|_| match dice.below(4) {
                0 => near_city(dice),
                _ => dice.pick(&network.stations).position,
            })
            .collect(),
        max_minutes: dice.maybe(&[20, 45, 60]),
        rents_by_rule: std::collections::BTreeMap::new(),
        fields: (0..dice.below(4))
            .map(|_| key(dice.pick(&["K1", "K2", "K3", "K4"])))
            .collect(),
    }
}

/// Two crossing lines of six stations and three clusters; no outlines.
pub fn ground(dice: &mut Dice) -> Ground {
    let stations: Vec<Station> = (0..11u32)
        .map(|n| Station {
            id: key(&format!("M{n:03}")),
            name_zh: format!("站{n}"),
            position: near_city(dice),
        })
        .collect();
    let line = |name: &str, range: std::ops::RangeInclusive<usize>| Line {
        name: name.to_owned(),
        stations: stations[range].iter().map(|s| s.id.clone()).collect(),
    };
    let lines = vec![line("1", 0..=5), line("2", 5..=10)];
    let cluster = |n: u32, dice: &mut Dice| Cluster {
        id: key(&format!("C{n}")),
        name_zh: String::new(),
        name_en: String::new(),
        district: None,
        located: (n > 0).then(|| Located {
            position: near_city(dice),
            precision: Precision::Station,
            accuracy_m: 3000 + dice.below(9000),
        }),
        fields: (0..dice.below(4))
            .map(|_| key(dice.pick(&["K1", "K2", "K3", "K4"])))
            .collect(),
        evidence: Evidence::Synthetic,
    };
    let clusters = (0..4).map(|n| cluster(n, dice)).collect();
    let mut districts = super::real::districts();
    for district in &mut districts {
        district.outline = None::<MultiPolygon<f64>>;
    }
    Ground {
        districts,
        network: Network { stations, lines },
        clusters,
    }
}
