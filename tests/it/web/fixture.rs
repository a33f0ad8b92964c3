//! A small city: two sites, five firms, one of each outcome, a pro-rata cut, a divided unit.

use std::sync::Arc;

use chrono::{NaiveDate, TimeZone, Utc};
use geo_types::{LineString, MultiPolygon, Polygon};
use zhuchao::acts::view::board::{Board, RoundHead};
use zhuchao::acts::view::source::{BoardSource, FileKind};
use zhuchao::acts::view::{self};
use zhuchao::acts::words::Text;
use zhuchao::domain::application::Application;
use zhuchao::domain::area::Area;
use zhuchao::domain::evidence::{Evidence, Provenance};
use zhuchao::domain::fault::{Code, Fault};
use zhuchao::domain::firm::{Credential, Firm};
use zhuchao::domain::housing::{ApartmentType, HouseholdKind, Households, Layout, Project};
use zhuchao::domain::ids::RoundId;
use zhuchao::domain::key::{Key, Kind};
use zhuchao::domain::money::{Fen, Rate};
use zhuchao::domain::period::Period;
use zhuchao::domain::place::{
    Cluster, District, DistrictCode, Line, Located, Network, Position, Precision, Station,
};
use zhuchao::domain::plan::{
    ApartmentGrant, Award, PLAN_FORMAT, Plan, Proof, ScorePart, SubsidyGrant, UnitGrant, Waiting,
};
use zhuchao::domain::points::Points;
use zhuchao::domain::quota::{Item, Quota, QuotaMode};
use zhuchao::domain::reason::{HardRule, Scarce, Unmet, WhyNot};
use zhuchao::domain::round::{Round, RoundState};
use zhuchao::domain::snapshot::{Ground, Inventory, SNAPSHOT_FORMAT, Snapshot};
use zhuchao::domain::space::{
    Building, Division, Fitout, Floor, Raised, Rent, Site, SiteKind, Technical, Unit, Use,
};

pub fn key<K: Kind>(text: &str) -> Key<K> {
    text.parse().unwrap_or_else(|fault| panic!("{fault}"))
}

fn code(text: &str) -> DistrictCode {
    text.parse().unwrap_or_else(|fault| panic!("{fault}"))
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|_| panic!("{text} is a day"))
}

fn rate(fen: i64) -> Rate {
    Rate::new(fen).unwrap_or_else(|fault| panic!("{fault}"))
}

fn at(lon: f64, lat: f64) -> Position {
    Position::degrees(lon, lat).unwrap_or_else(|fault| panic!("{fault}"))
}

fn from(evidence: Evidence) -> Provenance {
    Provenance::of(evidence)
}

fn located(lon: f64, lat: f64) -> Option<Located> {
    Some(Located {
        position: at(lon, lat),
        precision: Precision::Station,
        accuracy_m: 1200,
    })
}

fn district(c: &str, zh: &str, en: &str, west: f64) -> District {
    let ring = LineString::from(vec![
        (west, 22.5),
        (west + 0.1, 22.5),
        (west + 0.1, 22.6),
        (west, 22.6),
        (west, 22.5),
    ]);
    District {
        code: code(c),
        name_zh: zh.to_owned(),
        name_en: en.to_owned(),
        outline: Some(MultiPolygon(vec![Polygon::new(ring, vec![])])),
    }
}

fn ground() -> Ground {
    let station = |id: &str, name: &str, lon: f64| Station {
        id: key(id),
        name_zh: name.to_owned(),
        position: at(lon, 22.54),
    };
    Ground {
        districts: vec![
            district("440304", "福田区", "Futian", 114.0),
            district("440305", "南山区", "Nanshan", 113.9),
        ],
        network: Network {
            stations: vec![
                station("M001", "深大", 113.94),
                station("M002", "高新园", 113.95),
            ],
            lines: vec![Line {
                name: "1号线".to_owned(),
                stations: vec![key("M001"), key("M002")],
            }],
        },
        clusters: vec![
            Cluster {
                id: key("C1"),
                name_zh: "西丽".to_owned(),
                name_en: "Xili".to_owned(),
                district: Some(code("440305")),
                located: located(113.95, 22.58),
                fields: vec![key("K1")],
                evidence: Evidence::Published,
            },
            Cluster {
                id: key("K1"),
                name_zh: "人工智能".to_owned(),
                name_en: "artificial intelligence".to_owned(),
                district: None,
                located: None,
                fields: vec![],
                evidence: Evidence::Published,
            },
        ],
    }
}

fn site(id: &str, kind: SiteKind, zh: &str, en: &str, district: &str, lon: f64) -> Site {
    Site {
        id: key(id),
        kind,
        name_zh: zh.to_owned(),
        name_en: en.to_owned(),
        district: code(district),
        address: String::new(),
        located: located(lon, 22.54),
        provenance: from(Evidence::Published),
    }
}

fn unit(id: &str, floor: &str, m2: i64, rent: Option<(i64, Evidence)>, lot: Option<i64>) -> Unit {
    Unit {
        id: key(id),
        floor: key(floor),
        room: "801".to_owned(),
        use_: Use::RdOffice,
        area: Area::metres(m2),
        division: lot.map_or(Division::Whole, |m2| Division::Divisible {
            smallest_lot: Area::metres(m2),
        }),
        group: None,
        raised: Raised::BuyBack,
        fitout: Fitout::Simple,
        technical: Technical {
            floor_load_kg_m2: Some(250),
            ..Technical::default()
        },
        rent: rent.map(|(fen, evidence)| Rent {
            rate: rate(fen),
            evidence,
        }),
        lease_months: Some(60),
        rent_free_months: 1,
        available: vec![period("2026-01-01")],
        provenance: from(Evidence::Published),
    }
}

fn period(from: &str) -> Period {
    Period::new(day(from), None).unwrap_or_else(|fault| panic!("{fault}"))
}

fn inventory() -> Inventory {
    let building = |id: &str, site: &str| Building {
        id: key(id),
        site: key(site),
        label: "主楼".to_owned(),
    };
    let floor = |id: &str, building: &str, level: i32| Floor {
        id: key(id),
        building: key(building),
        level,
        one_tenant: false,
    };
    Inventory {
        sites: vec![
            site(
                "H001",
                SiteKind::Housing,
                "百泉阁",
                "Baiquan Court",
                "440304",
                114.05,
            ),
            site(
                "S001",
                SiteKind::Space,
                "软件大厦",
                "Software Tower",
                "440305",
                113.95,
            ),
            site(
                "S002",
                SiteKind::Space,
                "深业大厦",
                "Shenye Tower",
                "440304",
                114.05,
            ),
        ],
        buildings: vec![building("S001/A", "S001"), building("S002/A", "S002")],
        floors: vec![
            floor("S001/A/8", "S001/A", 8),
            floor("S001/A/9", "S001/A", 9),
            floor("S002/A/-1", "S002/A", -1),
        ],
        units: vec![
            unit(
                "U1",
                "S001/A/8",
                300,
                Some((6_000, Evidence::Published)),
                None,
            ),
            unit(
                "U2",
                "S001/A/9",
                1_000,
                Some((6_000, Evidence::Assumption)),
                Some(200),
            ),
            unit("U3", "S002/A/-1", 400, None, None),
        ],
        projects: vec![Project {
            id: key("P1"),
            name_zh: "安居百泉阁".to_owned(),
            site: key("H001"),
            park: None,
            provenance: from(Evidence::Secondary),
        }],
        apartments: vec![ApartmentType {
            id: key("P1-T1"),
            project: key("P1"),
            layout: Layout::OneBed,
            area: Some(Area::metres(45)),
            count: 3,
            count_evidence: Evidence::Assumption,
            rent: Some(rate(4_500)),
            available: period("2026-01-01"),
            provenance: from(Evidence::Secondary),
        }],
    }
}

/// Names of the five firms; one tries to break out of the page.
pub const NAMES: [(&str, &str); 5] = [
    (
        "（模拟）甲科技有限公司",
        "(synthetic) Alpha Technology Co., Ltd.",
    ),
    (
        "（模拟）<script>alert(1)</script>",
        "(synthetic) \"><img src=x onerror=alert(1)>",
    ),
    (
        "（模拟）丙检测有限公司",
        "(synthetic) Gamma Testing Co., Ltd.",
    ),
    (
        "（模拟）丁设计有限公司",
        "(synthetic) Delta Design Co., Ltd.",
    ),
    ("（模拟）戊研究院", "(synthetic) Epsilon Institute"),
];

fn credit_code(n: usize) -> zhuchao::domain::credit_code::CreditCode {
    let first = format!("91000000YM000000{n}");
    let check = zhuchao::domain::credit_code::check_character(&first);
    let full = format!("{first}{}", check.unwrap_or('?'));
    full.parse().unwrap_or_else(|fault| panic!("{fault}"))
}

fn firm(n: usize) -> Firm {
    let (zh, en) = NAMES[n - 1];
    Firm {
        id: key(&format!("F{n}")),
        credit_code: credit_code(n),
        name_zh: zh.to_owned(),
        name_en: en.to_owned(),
        industry: "7451".parse().unwrap_or_else(|fault| panic!("{fault}")),
        district: code("440305"),
        headcount: 30,
        revenue: None,
        rd_share: None,
        founded: None,
        credentials: vec![Credential::HighTech],
        fields: vec![key("K1")],
        provenance: from(Evidence::Synthetic),
    }
}

fn application(n: usize) -> Application {
    Application {
        id: key(&format!("AP{n}")),
        firm: key(&format!("F{n}")),
        round: key("R1"),
        use_: Use::RdOffice,
        area_min: Area::metres(200),
        area_max: Area::metres(400),
        start_from: day("2026-03-01"),
        start_until: day("2026-06-30"),
        rent_cap: Some(rate(7_000)),
        needs: Technical::default(),
        site_wishes: vec![key("S002"), key("S001")],
        districts: vec![],
        anchors: vec![key("M001")],
        max_minutes: Some(60),
        households: vec![Households {
            kind: HouseholdKind::Couple,
            count: 2,
        }],
        wants_subsidy: true,
        provenance: from(Evidence::Synthetic),
    }
}

fn quota(district: &str, yuan: i64, mode: QuotaMode) -> Quota {
    Quota {
        district: code(district),
        year: 2026,
        item: Item::RentSubsidy,
        amount: Fen(yuan * 100),
        mode,
        provenance: from(Evidence::Assumption),
    }
}

/// The snapshot.
pub fn snapshot() -> Snapshot {
    Snapshot {
        format: SNAPSHOT_FORMAT.to_owned(),
        synthetic: true,
        frozen_at: moment(),
        round: Round {
            id: key("R1"),
            name_zh: "第一批".to_owned(),
            name_en: "Round one".to_owned(),
            start: day("2026-03-01"),
            lease_months: 60,
            cut_off: moment(),
            subsidy_year: 2026,
            seed: 7,
            state: RoundState::Planned,
        },
        policy: String::new(),
        ground: ground(),
        inventory: inventory(),
        firms: (1..=5).map(firm).collect(),
        applications: (1..=5).map(application).collect(),
        quotas: vec![
            quota("440304", 100_000, QuotaMode::Hard),
            quota("440305", 60_000, QuotaMode::ProRata),
        ],
        pins: vec![],
    }
}

fn moment() -> chrono::DateTime<Utc> {
    Utc.timestamp_opt(1_770_368_400, 0)
        .single()
        .unwrap_or_else(|| panic!("a moment"))
}

fn award(n: usize, unit: &str, m2: i64, subsidy: i64, apartments: u32) -> Award {
    let part = |name: &str, points: i64| ScorePart {
        name: name.to_owned(),
        points: Points(points),
    };
    Award {
        application: key(&format!("AP{n}")),
        site: key("S001"),
        units: vec![UnitGrant {
            unit: key(unit),
            area: Area::metres(m2),
            monthly_rent: Fen(m2 * 6_000),
        }],
        lease: Period::months(day("2026-03-01"), 60).unwrap_or_else(|fault| panic!("{fault}")),
        subsidy: Some(SubsidyGrant {
            district: code("440305"),
            year: 2026,
            rule: "NS-1".to_owned(),
            computed: Fen(4_000_000),
            awarded: Fen(subsidy),
        }),
        apartments: match apartments {
            0 => vec![],
            count => vec![ApartmentGrant {
                household: HouseholdKind::Couple,
                apartment: key("P1-T1"),
                count,
                points: Points(1_500 * i64::from(count)),
            }],
        },
        score: vec![part("placed_base", 40_000), part("site_wish_first", 11_250)],
        minutes: Some(24),
    }
}

/// The plan.
pub fn plan() -> Plan {
    let waiting = |n: usize, why: WhyNot| Waiting {
        application: key(&format!("AP{n}")),
        why,
    };
    Plan {
        format: PLAN_FORMAT.to_owned(),
        snapshot: "5a".repeat(32),
        parent: None,
        seed: 7,
        engine: "test 0".to_owned(),
        policy: "2026.1".to_owned(),
        awards: vec![
            award(1, "U1", 300, 3_000_000, 2),
            award(2, "U2", 250, 3_000_000, 0),
        ],
        waiting: vec![
            waiting(
                3,
                WhyNot::NotEligible {
                    unmet: vec![Unmet {
                        rule: "headcount".to_owned(),
                        basis: "AR01".to_owned(),
                        cause: "30 insured employees, asked are at least 50".to_owned(),
                    }],
                },
            ),
            waiting(
                4,
                WhyNot::NothingFits {
                    left_out: [(HardRule::RentUnknown, 1), (HardRule::TooLarge, 2)].into(),
                },
            ),
            waiting(
                5,
                WhyNot::PricedOut {
                    options: 3,
                    scarce: vec![
                        Scarce {
                            resource: "unit:U1".to_owned(),
                            options: 2,
                        },
                        Scarce {
                            resource: "quota:440305:2026".to_owned(),
                            options: 1,
                        },
                    ],
                },
            ),
        ],
        proof: Proof {
            value: Points(105_500),
            upper_bound: Some(Points(105_500)),
            status: "optimal".to_owned(),
        },
    }
}

/// The board.
pub fn board() -> Board {
    view::board(&snapshot(), &plan(), &"7b".repeat(32))
}

/// A source over one value.
pub enum Source {
    Full(Arc<Board>),
    Empty,
    Broken,
}

const BROKEN: Code = Code("ST999");

impl BoardSource for Source {
    fn rounds(&self) -> Result<Vec<RoundHead>, Fault> {
        match self {
            Source::Broken => Err(Fault::new(BROKEN, "secret cause", "none")),
            Source::Empty => Ok(vec![]),
            Source::Full(board) => Ok(vec![RoundHead {
                id: board.round.id.clone(),
                name: Text::of("第一批", "Round one"),
            }]),
        }
    }

    fn latest(&self, round: Option<&RoundId>) -> Result<Option<Arc<Board>>, Fault> {
        match self {
            Source::Broken => Err(Fault::new(BROKEN, "secret cause", "none")),
            Source::Empty => Ok(None),
            Source::Full(board) => {
                let hit = round.is_none_or(|id| *id == board.round.id);
                Ok(hit.then(|| Arc::clone(board)))
            }
        }
    }

    fn file(&self, _: Option<&RoundId>, kind: FileKind) -> Result<Option<Vec<u8>>, Fault> {
        match (self, kind) {
            (Source::Broken, _) => Err(Fault::new(BROKEN, "secret cause", "none")),
            (Source::Empty, _) | (_, FileKind::Outcome) => Ok(None),
            (Source::Full(_), kind) => Ok(Some(format!("{kind:?}").into_bytes())),
        }
    }
}

/// The full source.
pub fn source() -> Arc<dyn BoardSource> {
    Arc::new(Source::Full(Arc::new(board())))
}
