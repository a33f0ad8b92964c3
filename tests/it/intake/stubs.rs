//! A map and a store for tests, and tables built from one good row each.

use std::io::{self, Read};

use zhuchao::domain::fault::{Code, Fault};
use zhuchao::domain::ids::{
    BuildingId, ClusterId, FirmId, GroupId, RoundId, SiteId, StationId, UnitId,
};
use zhuchao::domain::place::{Containment, Datum, DistrictCode, Located, Position};
use zhuchao::domain::space::SiteKind;
use zhuchao::intake::outside::{Ground, Known};
use zhuchao::intake::sheet::Sheet;
use zhuchao::intake::{self, Format, Kind, Limits, Report, read};

/// East of 115 degrees lies outside, east of 114.9 needs a look; GCJ-02 is shifted by 0.005.
pub struct Map;

impl Ground for Map {
    fn to_wgs84(&self, datum: Datum, lon: f64, lat: f64) -> Result<Position, Fault> {
        match datum {
            Datum::Wgs84 | Datum::Cgcs2000 => Position::degrees(lon, lat),
            Datum::Gcj02 | Datum::Bd09 => Position::degrees(lon - 0.005, lat),
        }
    }

    fn contains(&self, located: &Located, _: &DistrictCode) -> Containment {
        match located.position.lon() {
            lon if lon > 115.0 => Containment::No,
            lon if lon > 114.9 => Containment::NeedsLook,
            _ => Containment::Yes,
        }
    }

    fn known_district(&self, district: &DistrictCode) -> bool {
        district.as_str() != "440399"
    }
}

/// Knows everything but keys that end in 404; the group `STORED` has one member in `S001/老楼`.
pub struct Stored;

fn known(key: &str) -> bool {
    !key.ends_with("404")
}

impl Known for Stored {
    fn site_kind(&self, site: &SiteId) -> Option<SiteKind> {
        let kind = if site.as_str().starts_with('H') {
            SiteKind::Housing
        } else {
            SiteKind::Space
        };
        known(site.as_str()).then_some(kind)
    }
    fn has_firm(&self, firm: &FirmId) -> bool {
        known(firm.as_str())
    }
    fn has_round(&self, round: &RoundId) -> bool {
        known(round.as_str())
    }
    fn has_station(&self, station: &StationId) -> bool {
        known(station.as_str())
    }
    fn has_cluster(&self, cluster: &ClusterId) -> bool {
        known(cluster.as_str())
    }
    fn group_members(&self, group: &GroupId) -> Vec<(UnitId, BuildingId)> {
        if group.as_str() != "STORED" {
            return Vec::new();
        }
        let unit = "OLD-1".parse().expect("a key");
        vec![(unit, "S001/老楼".parse().expect("a key"))]
    }
}

pub fn read_with(kind: Kind, bytes: &[u8], datum: Option<Datum>, limits: &Limits) -> Report {
    let mut source = bytes;
    read(kind, &mut source, Format::Csv, datum, &Map, &Stored, limits)
}

pub fn read_csv(kind: Kind, bytes: &[u8]) -> Report {
    read_with(kind, bytes, Some(Datum::Wgs84), &Limits::default())
}

pub fn read_sheet(kind: Kind, sheet: &Sheet) -> Report {
    let (datum, limits) = (Some(Datum::Wgs84), Limits::default());
    intake::read_sheet(kind, sheet, datum, &Map, &Stored, &limits)
}

pub fn read_json(kind: Kind, text: &str, datum: Option<Datum>) -> Report {
    let (mut source, limits) = (text.as_bytes(), Limits::default());
    read(
        kind,
        &mut source,
        Format::GeoJson,
        datum,
        &Map,
        &Stored,
        &limits,
    )
}

/// Code, row and column of each fault.
pub fn marks(report: &Report) -> Vec<(&'static str, Option<u64>, Option<&str>)> {
    let mark = |f: &'_ Fault| (f.code.0, f.place.row);
    report
        .faults
        .iter()
        .map(|f| (mark(f).0, mark(f).1, f.place.column.as_deref()))
        .collect()
}

/// A good row of a kind.
pub fn good(kind: Kind) -> Vec<(&'static str, &'static str)> {
    let text = match kind {
        Kind::Districts => {
            "code=440305|name_zh=南山区|name_en=Nanshan|kind=district|has_outline=1|note="
        }
        Kind::Stations => {
            "station_id=M001|name_zh=国贸|lon=114.113714|lat=22.542358|district_code=440303|position_accuracy_m=125|near_other_district_code="
        }
        Kind::Lines => "line=1号线|seq=1|station_id=M001",
        Kind::Clusters => {
            "row_kind=field|id=K1|name_zh=零碳建筑|name_en=Zero|district_code=|zone_code=|field_keywords=|suggested_fields=|anchor_station=|lon=|lat=|position_precision=none|position_accuracy_m=|anchor_basis=|evidence=published|source=x|note="
        }
        Kind::Sites => {
            "site_id=S001|kind=space|name_zh=软件大厦|name_en=Software Building|district_code=440305|address=高新中一道9号|lon=113.940444|lat=22.550032|datum=wgs84|position_precision=station|position_accuracy_m=1000|evidence=published|source=x|note=|assumed=lon;lat"
        }
        Kind::Units => {
            "unit_id=U1|site_id=S001|building=主楼|floor=6|room=615|use=rd_office|area_m2=313.43|divisible=false|smallest_lot_m2=|group_id=|one_tenant_per_floor=false|raised_by=unknown|fitout=simple|rent_yuan_m2_month=60.00|rent_evidence=published|rent_area=|rent_grade=|floor_load_kg_m2=250|clear_height_m=3.6|power_a=63|gas=否|clean_water=是|hazard_class=none|lease_term_months=60|rent_free_months=1|available_from=2026-01-01|available_until=|evidence=published|source=x|note=|assumed=building"
        }
        Kind::Apartments => {
            "project_id=P001|project_name_zh=安居百泉阁|site_id=H001|park_site_id=S001|apartment_type_id=P001-T1|layout=one_bed|area_m2=45.00|count=14|rent_yuan_m2_month=45.00|available_from=2026-01-01|evidence=secondary|count_evidence=assumption|source=x|note=|assumed=count;site_id"
        }
        Kind::Firms => {
            "firm_id=F001|credit_code=91000000YM00000167|name_zh=（模拟）凌波新能源|name_en=Lingbo|industry_code=7515|district_code=440307|headcount=87|revenue_yuan=58029000|rd_share_pct=20.5|founded_on=2011-03-27|credentials=high_tech;above_scale|fields=K5;K1|evidence=synthetic|source=x|note="
        }
        Kind::Applications => {
            "application_id=AP001|firm_id=F001|round_id=R2026-1|use=rd_office|area_min_m2=750.00|area_max_m2=1000.00|start_from=2026-03-01|start_until=2026-05-01|rent_cap_yuan_m2_month=85.00|floor_load_min_kg_m2=|clear_height_min_m=3.6|power_min_a=|needs_gas=true|needs_clean_water=false|hazard_class=|site_wishes=S007;S019|districts=440305;440306|anchors=M010|max_minutes=45|households=single:8;family:1|wants_subsidy=true|evidence=synthetic|source=x|note="
        }
        Kind::Quotas => {
            "district_code=440305|year=2026|item=rent_subsidy|amount_yuan=5500000|mode=prorata|evidence=assumption|source=x|note="
        }
    };
    text.split('|').filter_map(|c| c.split_once('=')).collect()
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// A table of good rows, each with some cells changed.
pub fn table(kind: Kind, rows: &[&[(&str, &str)]]) -> String {
    let good = good(kind);
    let names: Vec<&str> = good.iter().map(|(n, _)| *n).collect();
    let mut out = names.join(",") + "\n";
    for changes in rows {
        for (name, _) in *changes {
            assert!(names.contains(name), "{name} is not a column");
        }
        let cell = |(name, value): &(&str, &str)| {
            let change = changes.iter().find(|(n, _)| n == name);
            quoted(change.map_or(*value, |(_, v)| *v))
        };
        let cells: Vec<String> = good.iter().map(cell).collect();
        out += &(cells.join(",") + "\n");
    }
    out
}

/// A source that repeats a pattern without end, and counts what was taken of it.
pub struct Endless<'a> {
    pub pattern: &'a [u8],
    pub taken: u64,
}

impl Read for Endless<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        for slot in into.iter_mut() {
            let at = usize::try_from(self.taken).expect("fits") % self.pattern.len();
            *slot = self.pattern[at];
            self.taken += 1;
        }
        Ok(into.len())
    }
}

type Cell<'a> = (&'a str, &'a str);

/// One row with changes `column=value|..` gives exactly one fault, in line 2.
pub fn one(kind: Kind, changes: &str, code: Code, column: &str) {
    let cells: Vec<Cell<'_>> = changes
        .split('|')
        .filter_map(|c| c.split_once('='))
        .collect();
    let text = table(kind, &[&cells]);
    let report = read_csv(kind, text.as_bytes());
    let wanted = vec![(code.0, Some(2), Some(column))];
    assert_eq!(marks(&report), wanted, "{changes}: {:?}", report.faults);
    assert!(report.batch().is_none());
    let fault = &report.faults[0];
    assert!(!fault.cause.is_empty() && !fault.action.is_empty());
}
