//! A small world to test with, all synthetic.

use chrono::{DateTime, NaiveDate, Utc};
use zhuchao::domain::application::Application;
use zhuchao::domain::area::Area;
use zhuchao::domain::evidence::{Evidence, Provenance};
use zhuchao::domain::firm::Firm;
use zhuchao::domain::housing::{ApartmentType, Layout, Project};
use zhuchao::domain::money::{Fen, Rate};
use zhuchao::domain::period::Period;
use zhuchao::domain::place::{Cluster, District, Line, Network, Position, Station};
use zhuchao::domain::quota::{Item, Quota, QuotaMode};
use zhuchao::domain::round::{Round, RoundState};
use zhuchao::domain::snapshot::{Ground, Inventory};
use zhuchao::domain::space::{
    Building, Division, Fitout, Floor, Raised, Rent, Site, SiteKind, Technical, Unit, Use,
};
use zhuchao::store::journal::{self, Entry};
use zhuchao::store::{Store, StoreError, Writing, ground, inventory, upsert_many};

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

pub fn moment(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

pub fn synthetic() -> Provenance {
    Provenance::of(Evidence::Synthetic)
}

/// An entry for whatever a test writes.
pub fn entry(act: &str) -> Entry {
    Entry {
        at: moment("2026-03-01T08:00:00.123456Z"),
        actor: "tester".to_owned(),
        act: act.to_owned(),
        subject: "test".to_owned(),
        before: None,
        after: None,
    }
}

/// Writes with a journal entry.
pub fn write<T>(
    store: &Store,
    work: impl FnOnce(&mut Writing<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    store.write(|tx| {
        let value = work(tx)?;
        journal::append(tx, &entry("test"))?;
        Ok(value)
    })
}

pub fn the_ground() -> Ground {
    let district = |code: &str, zh: &str, en: &str| District {
        code: code.parse().expect("a code"),
        name_zh: zh.to_owned(),
        name_en: en.to_owned(),
        outline: None,
    };
    let station = |id: &str| Station {
        id: id.parse().expect("a key"),
        name_zh: "高新园".to_owned(),
        position: Position::degrees(113.94, 22.54).expect("a position"),
    };
    let cluster = |id: &str, fields: &[&str]| Cluster {
        id: id.parse().expect("a key"),
        name_zh: "集聚区".to_owned(),
        name_en: "Cluster".to_owned(),
        district: Some("440305".parse().expect("a code")),
        located: None,
        fields: fields.iter().map(|f| f.parse().expect("a key")).collect(),
        evidence: Evidence::Synthetic,
    };
    Ground {
        districts: vec![
            district("440304", "福田区", "Futian"),
            district("440305", "南山区", "Nanshan"),
        ],
        network: Network {
            stations: vec![station("S1"), station("S2")],
            lines: vec![Line {
                name: "1号线".to_owned(),
                stations: ["S1", "S2", "S1"]
                    .iter()
                    .map(|s| s.parse().expect("a key"))
                    .collect(),
            }],
        },
        // C1 comes before the field it names.
        clusters: vec![cluster("C1", &["K1"]), cluster("K1", &[])],
    }
}

pub fn unit(id: &str, area: i64, division: Division) -> Unit {
    Unit {
        id: id.parse().expect("a key"),
        floor: "P1/A/3".parse().expect("a key"),
        room: "301".to_owned(),
        use_: Use::RdOffice,
        area: Area::metres(area),
        division,
        group: None,
        raised: Raised::Unknown,
        fitout: Fitout::Simple,
        technical: Technical::default(),
        rent: Some(Rent {
            rate: Rate::new(4500).expect("a rate"),
            evidence: Evidence::Synthetic,
        }),
        lease_months: Some(36),
        rent_rule: None,
        rent_free_months: 2,
        available: vec![Period::new(day("2026-01-01"), None).expect("a period")],
        provenance: synthetic(),
    }
}

/// `U1` is let whole only (100 m2), `U2` in parts (100 m2, lots of 10 m2), `W01`..`W20` whole.
pub fn the_inventory() -> Inventory {
    let site = |id: &str, kind| Site {
        id: id.parse().expect("a key"),
        kind,
        name_zh: "科技园".to_owned(),
        name_en: "Park".to_owned(),
        district: "440305".parse().expect("a code"),
        address: String::new(),
        located: None,
        provenance: synthetic(),
    };
    let lots = Division::Divisible {
        smallest_lot: Area::metres(10),
    };
    let mut units = vec![unit("U1", 100, Division::Whole), unit("U2", 100, lots)];
    units.extend((1..=20).map(|n| unit(&format!("W{n:02}"), 50, Division::Whole)));
    Inventory {
        sites: vec![site("H1", SiteKind::Housing), site("P1", SiteKind::Space)],
        buildings: vec![Building {
            id: "P1/A".parse().expect("a key"),
            site: "P1".parse().expect("a key"),
            label: "A座".to_owned(),
        }],
        floors: vec![Floor {
            id: "P1/A/3".parse().expect("a key"),
            building: "P1/A".parse().expect("a key"),
            level: 3,
            one_tenant: false,
        }],
        units,
        projects: vec![Project {
            id: "H1".parse().expect("a key"),
            name_zh: "人才公寓".to_owned(),
            site: "H1".parse().expect("a key"),
            park: Some("P1".parse().expect("a key")),
            provenance: synthetic(),
        }],
        apartments: vec![ApartmentType {
            id: "H1-studio".parse().expect("a key"),
            project: "H1".parse().expect("a key"),
            layout: Layout::Studio,
            area: Some(Area::metres(35)),
            count: 10,
            count_evidence: Evidence::Synthetic,
            rent: None,
            available: Period::new(day("2026-01-01"), None).expect("a period"),
            provenance: synthetic(),
        }],
    }
}

pub fn the_round() -> Round {
    Round {
        id: "R1".parse().expect("a key"),
        name_zh: "第一批".to_owned(),
        name_en: "First".to_owned(),
        start: day("2026-07-01"),
        lease_months: 36,
        cut_off: moment("2026-03-01T00:00:00Z"),
        subsidy_year: 2026,
        seed: u64::MAX,
        state: RoundState::Open,
    }
}

pub fn the_firm() -> Firm {
    Firm {
        id: "F1".parse().expect("a key"),
        credit_code: "91440300708461136T".parse().expect("a code"),
        name_zh: "筑巢科技".to_owned(),
        name_en: String::new(),
        industry: "7452".parse().expect("a code"),
        district: "440305".parse().expect("a code"),
        headcount: 42,
        revenue: Some(Fen(1_000_000)),
        rd_share: None,
        founded: None,
        credentials: Vec::new(),
        fields: vec!["K1".parse().expect("a key")],
        provenance: synthetic(),
    }
}

pub fn the_application() -> Application {
    Application {
        id: "A1".parse().expect("a key"),
        firm: "F1".parse().expect("a key"),
        round: "R1".parse().expect("a key"),
        use_: Use::RdOffice,
        area_min: Area::metres(50),
        area_max: Area::metres(100),
        start_from: day("2026-07-01"),
        start_until: day("2026-09-01"),
        rent_cap: None,
        needs: Technical::default(),
        site_wishes: vec!["P1".parse().expect("a key")],
        districts: vec![
            "440305".parse().expect("a code"),
            "440304".parse().expect("a code"),
        ],
        anchors: vec!["S1".parse().expect("a key")],
        max_minutes: Some(45),
        households: Vec::new(),
        wants_subsidy: true,
        provenance: synthetic(),
    }
}

pub fn the_quota() -> Quota {
    Quota {
        district: "440305".parse().expect("a code"),
        year: 2026,
        item: Item::RentSubsidy,
        amount: Fen(500_000_000),
        mode: QuotaMode::ProRata,
        provenance: synthetic(),
    }
}

/// Stores the whole small world.
pub fn fill(store: &Store) {
    write(store, |tx| {
        ground::store(tx, &the_ground())?;
        inventory::store(tx, &the_inventory())?;
        upsert_many(tx, &[the_round()])?;
        upsert_many(tx, &[the_firm()])?;
        upsert_many(tx, &[the_application()])?;
        upsert_many(tx, &[the_quota()])
    })
    .expect("the small world is stored");
}
