//! Worlds: small snapshots in the language of the trade. A world grows by one noun per call; what a
//! noun names (building, floor) comes into being with it. Everything is synthetic.

use chrono::{DateTime, NaiveDate};
use zhuchao::domain::application::Application;
use zhuchao::domain::area::Area;
use zhuchao::domain::evidence::{Evidence, Provenance};
use zhuchao::domain::fault::Fault;
use zhuchao::domain::firm::Firm;
use zhuchao::domain::housing::{ApartmentType, HouseholdKind, Households, Layout, Project};
use zhuchao::domain::money::{Fen, Rate};
use zhuchao::domain::period::Period;
use zhuchao::domain::place::{
    Cluster, District, Line, Located, Network, Position, Precision, Station,
};
use zhuchao::domain::quota::{Item, Quota, QuotaMode};
use zhuchao::domain::round::{Round, RoundState};
use zhuchao::domain::snapshot::{Ground, Inventory, Pin, SNAPSHOT_FORMAT, Snapshot};
use zhuchao::domain::space::{
    Building, Division, Fitout, Floor, Raised, Rent, Site, SiteKind, Technical, Unit, Use,
};
use zhuchao::planning::order;

/// The policy of the worlds.
pub const POLICY: &str = include_str!("policy.toml");

/// A key, a code, an amount: whatever reads from text.
pub fn key<T: std::str::FromStr<Err = Fault>>(text: &str) -> T {
    text.parse().expect("the test gives a lawful text")
}

/// A day.
pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("the test names a day")
}

fn synthetic() -> Provenance {
    Provenance::of(Evidence::Synthetic)
}

/// A snapshot in the making.
#[derive(Clone)]
pub struct World {
    snapshot: Snapshot,
}

impl World {
    /// A city with two districts (440305 and 440310), one metro line and a round from 2026-03-01 for
    /// 60 months. No space, no firm.
    pub fn city() -> World {
        let district = |code: &str| District {
            code: key(code),
            name_zh: code.to_owned(),
            name_en: code.to_owned(),
            outline: None,
        };
        let snapshot = Snapshot {
            format: SNAPSHOT_FORMAT.to_owned(),
            synthetic: true,
            frozen_at: DateTime::UNIX_EPOCH,
            round: round(),
            policy: POLICY.to_owned(),
            ground: Ground {
                districts: vec![district("440305"), district("440310")],
                network: network(),
                clusters: vec![field("K1"), field("K2"), cluster()],
            },
            inventory: Inventory::default(),
            firms: Vec::new(),
            applications: Vec::new(),
            quotas: Vec::new(),
            pins: Vec::new(),
        };
        World { snapshot }
    }

    /// A text of the policy replaced by another; it must occur.
    pub fn policy(mut self, from: &str, to: &str) -> World {
        assert!(
            self.snapshot.policy.contains(from),
            "the policy has no {from:?}"
        );
        self.snapshot.policy = self.snapshot.policy.replace(from, to);
        self
    }

    /// A space site so many metres east of the first station.
    pub fn site(self, id: &str, district: &str, metres_east: i32) -> World {
        self.place(id, district, metres_east, SiteKind::Space)
    }

    fn place(mut self, id: &str, district: &str, metres_east: i32, kind: SiteKind) -> World {
        self.snapshot.inventory.sites.push(Site {
            id: key(id),
            kind,
            name_zh: id.to_owned(),
            name_en: id.to_owned(),
            district: key(district),
            address: String::new(),
            located: Some(located(metres_east)),
            provenance: synthetic(),
        });
        self
    }

    /// A whole unit of so many m2 on a floor `site/building/level`, at 60 yuan, free from 2026-01-01.
    pub fn unit(self, id: &str, floor: &str, m2: i64) -> World {
        self.unit_with(id, floor, m2, |_| {})
    }

    /// A unit with changes.
    pub fn unit_with(mut self, id: &str, floor: &str, m2: i64, f: impl FnOnce(&mut Unit)) -> World {
        self.storey(floor);
        let mut unit = Unit {
            id: key(id),
            floor: key(floor),
            room: String::new(),
            use_: Use::RdOffice,
            area: Area::metres(m2),
            division: Division::Whole,
            group: None,
            raised: Raised::Unknown,
            fitout: Fitout::Unknown,
            technical: Technical::default(),
            rent: Some(Rent {
                rate: rate(6000),
                evidence: Evidence::Synthetic,
            }),
            lease_months: None,
            rent_rule: None,
            rent_free_months: 0,
            available: vec![Period::new(day(2026, 1, 1), None).expect("a period")],
            provenance: synthetic(),
        };
        f(&mut unit);
        self.snapshot.inventory.units.push(unit);
        self
    }

    /// A unit that may be divided into parts of at least so many m2.
    pub fn divisible(self, id: &str, floor: &str, m2: i64, smallest: i64) -> World {
        let smallest_lot = Area::metres(smallest);
        self.unit_with(id, floor, m2, |u| {
            u.division = Division::Divisible { smallest_lot }
        })
    }

    /// A unit of a let-only-together group.
    pub fn grouped(self, id: &str, floor: &str, m2: i64, group: &str) -> World {
        self.unit_with(id, floor, m2, |u| u.group = Some(key(group)))
    }

    fn storey(&mut self, floor: &str) -> &mut Floor {
        let stock = &mut self.snapshot.inventory;
        let (building, level) = floor.rsplit_once('/').expect("site/building/level");
        let (site, label) = building.rsplit_once('/').expect("site/building/level");
        if !stock.buildings.iter().any(|b| b.id.as_str() == building) {
            let label = label.to_owned();
            stock.buildings.push(Building {
                id: key(building),
                site: key(site),
                label,
            });
        }
        let known = stock.floors.iter().position(|f| f.id.as_str() == floor);
        let at = known.unwrap_or_else(|| {
            let level = level.parse().expect("a level");
            let building = key(building);
            stock.floors.push(Floor {
                id: key(floor),
                building,
                level,
                one_tenant: false,
            });
            stock.floors.len() - 1
        });
        &mut stock.floors[at]
    }

    /// A floor becomes one for one tenant (一层一户).
    pub fn one_tenant(mut self, floor: &str) -> World {
        self.storey(floor).one_tenant = true;
        self
    }

    /// A housing project with one apartment type `<id>-T`, so many metres east, of a park or of none.
    pub fn apartments(
        self,
        id: &str,
        metres_east: i32,
        park: Option<&str>,
        (layout, count): (Layout, u32),
    ) -> World {
        let site = format!("H-{id}");
        let mut world = self.place(&site, "440305", metres_east, SiteKind::Housing);
        let stock = &mut world.snapshot.inventory;
        stock.projects.push(Project {
            id: key(id),
            name_zh: id.to_owned(),
            site: key(&site),
            park: park.map(key),
            provenance: synthetic(),
        });
        stock.apartments.push(ApartmentType {
            id: key(&format!("{id}-T")),
            project: key(id),
            layout,
            area: None,
            count,
            count_evidence: Evidence::Synthetic,
            rent: None,
            available: Period::new(day(2026, 1, 1), None).expect("a period"),
            provenance: synthetic(),
        });
        world
    }

    /// The market rent of the apartments of a project.
    pub fn apartment_rent(mut self, project: &str, rent: Rate) -> World {
        let types = self.snapshot.inventory.apartments.iter_mut();
        for kind in types.filter(|t| t.project.as_str() == project) {
            kind.rent = Some(rent);
        }
        self
    }

    /// A quota for rent subsidy of 2026 in yuan.
    pub fn quota(mut self, district: &str, yuan: i64, mode: QuotaMode) -> World {
        self.snapshot.quotas.push(Quota {
            district: key(district),
            year: 2026,
            item: Item::RentSubsidy,
            amount: Fen(yuan * 100),
            mode,
            provenance: synthetic(),
        });
        self
    }

    /// A firm of section M with so many heads.
    pub fn firm(self, id: &str, headcount: u32) -> World {
        self.firm_with(id, headcount, |_| {})
    }

    /// A firm with changes.
    pub fn firm_with(mut self, id: &str, headcount: u32, f: impl FnOnce(&mut Firm)) -> World {
        let mut firm = Firm {
            id: key(id),
            credit_code: key("914403001922038216"),
            name_zh: format!("（模拟）{id}"),
            name_en: format!("(synthetic) {id}"),
            industry: key("7452"),
            district: key("440305"),
            headcount,
            revenue: None,
            rd_share: None,
            founded: None,
            credentials: Vec::new(),
            fields: Vec::new(),
            provenance: synthetic(),
        };
        f(&mut firm);
        self.snapshot.firms.push(firm);
        self
    }

    /// The application `AP-<firm>` of a firm for so many m2.
    pub fn wants(self, firm: &str, least: i64, most: i64) -> World {
        self.wants_with(firm, least, most, |_| {})
    }

    /// An application with changes.
    pub fn wants_with(
        mut self,
        firm: &str,
        least: i64,
        most: i64,
        f: impl FnOnce(&mut Application),
    ) -> World {
        let mut application = Application {
            id: key(&format!("AP-{firm}")),
            firm: key(firm),
            round: key("R1"),
            use_: Use::RdOffice,
            area_min: Area::metres(least),
            area_max: Area::metres(most),
            start_from: day(2026, 3, 1),
            start_until: day(2026, 6, 1),
            rent_cap: None,
            needs: Technical::default(),
            site_wishes: Vec::new(),
            districts: Vec::new(),
            anchors: Vec::new(),
            max_minutes: None,
            households: Vec::new(),
            wants_subsidy: false,
            provenance: synthetic(),
        };
        f(&mut application);
        self.snapshot.applications.push(application);
        self
    }

    /// A pin of the application of a firm.
    pub fn pin(mut self, firm: &str, units: &[(&str, i64)]) -> World {
        let units = units
            .iter()
            .map(|(unit, m2)| (key(unit), Area::metres(*m2)))
            .collect();
        let application = key(&format!("AP-{firm}"));
        self.snapshot.pins.push(Pin {
            application,
            units,
            kept: None,
        });
        self
    }

    /// The snapshot, in order.
    pub fn freeze(self) -> Snapshot {
        order::sorted(&self.snapshot).into_owned()
    }
}

/// A rate of so many fen.
pub fn rate(fen: i64) -> Rate {
    Rate::new(fen).expect("a rate")
}

/// So many households of a kind.
pub fn households(kind: HouseholdKind, count: u32) -> Households {
    Households { kind, count }
}

/// So many metres east of the first station; a degree of longitude is about 102.8 km here.
fn located(metres_east: i32) -> Located {
    Located {
        position: east(metres_east),
        precision: Precision::Surveyed,
        accuracy_m: 10,
    }
}

fn east(metres: i32) -> Position {
    Position::degrees(113.95 + f64::from(metres) / 102_800.0, 22.54).expect("a position")
}

fn network() -> Network {
    let station = |id: &str, metres: i32| Station {
        id: key(id),
        name_zh: id.to_owned(),
        position: east(metres),
    };
    let stations = vec![station("M1", 0), station("M2", 3000), station("M3", 6000)];
    let line = Line {
        name: "1号线".to_owned(),
        stations: vec![key("M1"), key("M2"), key("M3")],
    };
    Network {
        stations,
        lines: vec![line],
    }
}

fn field(id: &str) -> Cluster {
    Cluster {
        id: key(id),
        name_zh: id.to_owned(),
        name_en: id.to_owned(),
        district: None,
        located: None,
        fields: Vec::new(),
        evidence: Evidence::Synthetic,
    }
}

fn cluster() -> Cluster {
    let fields = vec![key("K1")];
    Cluster {
        located: Some(located(0)),
        fields,
        ..field("C1")
    }
}

fn round() -> Round {
    Round {
        id: key("R1"),
        name_zh: "测试批次".to_owned(),
        name_en: "Test round".to_owned(),
        start: day(2026, 3, 1),
        lease_months: 60,
        cut_off: DateTime::UNIX_EPOCH,
        subsidy_year: 2026,
        seed: 7,
        state: RoundState::Frozen,
    }
}
