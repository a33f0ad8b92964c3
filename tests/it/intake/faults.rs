//! Every fault with its code, row and column; all of a file at once.

use std::io::{self, Read};

use zhuchao::domain::fault::Code;
use zhuchao::domain::place::Datum;
use zhuchao::intake::{Format, Kind, Limits, codes, read};

use super::stubs::{Map, Stored, marks, read_csv, read_with, table};

type Cell<'a> = (&'a str, &'a str);

/// One changed row gives exactly one fault, in line 2.
fn one(kind: Kind, cells: &[Cell<'_>], code: Code, column: &str) {
    let text = table(kind, &[cells]);
    let report = read_csv(kind, text.as_bytes());
    let wanted = vec![(code.0, Some(2), Some(column))];
    assert_eq!(marks(&report), wanted, "{cells:?}: {:?}", report.faults);
    assert!(report.batch().is_none());
    let fault = &report.faults[0];
    assert!(!fault.cause.is_empty() && !fault.action.is_empty());
}

#[test]
fn header_faults() {
    let text = "site_id,kind,name_zh,district,evidence,kind,\nS1,space,x,440305,published,space,\n";
    let report = read_csv(Kind::Sites, text.as_bytes());
    let wanted = vec![
        (codes::UNKNOWN_COLUMN.0, Some(1), Some("district")),
        (codes::DUPLICATE_COLUMN.0, Some(1), Some("kind")),
        (codes::UNKNOWN_COLUMN.0, Some(1), Some("")),
        (codes::MISSING_COLUMN.0, Some(1), Some("district_code")),
    ];
    assert_eq!(marks(&report), wanted);
    assert!(report.faults[0].action.contains("district_code"));
    assert!(report.faults[1].cause.contains("columns 2 and 6"));
}

#[test]
fn an_empty_file_has_no_header() {
    for text in ["", "\n\n", "\u{feff}", ",,\n"] {
        let report = read_csv(Kind::Sites, text.as_bytes());
        assert_eq!(marks(&report), vec![(codes::NO_HEADER.0, None, None)]);
    }
}

#[test]
fn all_faults_of_a_file_at_once() {
    let text = table(
        Kind::Units,
        &[
            &[("floor", "six"), ("use", "offices"), ("area_m2", "1,5")],
            &[
                ("unit_id", ""),
                ("gas", "maybe"),
                ("available_from", "2026/1/1"),
            ],
            &[("unit_id", "U1"), ("source", "=cmd()")],
        ],
    );
    let report = read_csv(Kind::Units, text.as_bytes());
    let wanted = vec![
        (codes::BAD_NUMBER.0, Some(2), Some("floor")),
        (codes::BAD_WORD.0, Some(2), Some("use")),
        ("DM120", Some(2), Some("area_m2")),
        (codes::EMPTY_CELL.0, Some(3), Some("unit_id")),
        (codes::BAD_FLAG.0, Some(3), Some("gas")),
        (codes::BAD_DATE.0, Some(3), Some("available_from")),
        (codes::FORMULA.0, Some(4), Some("source")),
        (codes::DUPLICATE_KEY.0, Some(4), Some("unit_id")),
    ];
    assert_eq!(marks(&report), wanted);
    assert!(report.faults[1].action.contains("did you mean office?"));
    assert!(report.faults[7].cause.contains("row 2") && report.faults[7].cause.contains("row 4"));
}

#[test]
fn rows_of_another_width() {
    let text = table(Kind::Lines, &[&[], &[("seq", "2")]]) + "1号线,3\n1号线,4,M001,\n";
    let report = read_csv(Kind::Lines, text.as_bytes());
    let wanted = vec![
        (codes::ROW_SHAPE.0, Some(4), None),
        (codes::ROW_SHAPE.0, Some(5), None),
    ];
    assert_eq!(marks(&report), wanted);
}

#[test]
fn formula_cells() {
    for cell in [
        "=1+1",
        "+8613800000000",
        "-cmd",
        "@x",
        "\tx",
        "\rx",
        "--1",
        "-",
        "-1-1",
    ] {
        one(Kind::Sites, &[("note", cell)], codes::FORMULA, "note");
    }
    for cell in ["-1", "-1.50", "'=1+1", "a=b", "'", "'quoted'"] {
        let text = table(Kind::Sites, &[&[("note", cell)]]);
        assert!(
            read_csv(Kind::Sites, text.as_bytes()).batch().is_some(),
            "{cell}"
        );
    }
}

#[test]
fn sites() {
    let k = Kind::Sites;
    one(k, &[("site_id", "a b")], Code("DM101"), "site_id");
    one(k, &[("name_zh", " ")], codes::EMPTY_CELL, "name_zh");
    one(
        k,
        &[("district_code", "4403")],
        Code("DM161"),
        "district_code",
    );
    one(
        k,
        &[("district_code", "440399")],
        codes::UNKNOWN_DISTRICT,
        "district_code",
    );
    one(k, &[("lon", "")], codes::HALF_POSITION, "lon");
    one(
        k,
        &[("position_precision", "none")],
        codes::HALF_POSITION,
        "position_precision",
    );
    one(k, &[("lon", ""), ("lat", "")], codes::HALF_POSITION, "lon");
    one(
        k,
        &[("position_precision", "")],
        codes::EMPTY_CELL,
        "position_precision",
    );
    one(
        k,
        &[("position_accuracy_m", "")],
        codes::EMPTY_CELL,
        "position_accuracy_m",
    );
    one(
        k,
        &[("position_accuracy_m", "-3")],
        codes::BAD_NUMBER,
        "position_accuracy_m",
    );
    one(k, &[("lon", "1.1394e2")], codes::BAD_NUMBER, "lon");
    one(k, &[("lon", "190")], Code("DM160"), "lon");
    one(k, &[("lon", "115.5")], codes::OUTSIDE_DISTRICT, "lon");
    one(k, &[("datum", "wgs")], codes::BAD_WORD, "datum");
    one(k, &[("assumed", "lon;colour")], codes::BAD_WORD, "assumed");
}

#[test]
fn coordinates_without_a_datum() {
    let text = table(Kind::Sites, &[&[("datum", "")]]);
    let report = read_with(Kind::Sites, text.as_bytes(), None, &Limits::default());
    assert_eq!(
        marks(&report),
        vec![(codes::NO_DATUM.0, Some(2), Some("datum"))]
    );
    let stations = table(Kind::Stations, &[&[]]);
    let report = read_with(
        Kind::Stations,
        stations.as_bytes(),
        None,
        &Limits::default(),
    );
    assert_eq!(
        marks(&report),
        vec![(codes::NO_DATUM.0, Some(2), Some("datum"))]
    );
}

#[test]
fn a_position_near_the_border_is_a_remark() {
    let text = table(Kind::Sites, &[&[("lon", "114.95")]]);
    let report = read_csv(Kind::Sites, text.as_bytes());
    assert!(report.batch().is_some());
    assert_eq!(report.remarks.len(), 1);
    let remark = &report.remarks[0].0;
    assert_eq!(
        (remark.code, remark.place.row),
        (codes::NEEDS_LOOK, Some(2))
    );
    let cells = [("lon", "115.5"), ("near_other_district_code", "440304")];
    let text = table(Kind::Stations, &[&cells]);
    let report = read_csv(Kind::Stations, text.as_bytes());
    assert_eq!((report.faults.len(), report.remarks.len()), (0, 1));
}

#[test]
fn units() {
    let k = Kind::Units;
    one(k, &[("site_id", "")], codes::EMPTY_CELL, "site_id");
    one(
        k,
        &[("site_id", "S404")],
        codes::UNKNOWN_REFERENCE,
        "site_id",
    );
    one(k, &[("site_id", "H001")], codes::WRONG_SITE_KIND, "site_id");
    one(k, &[("building", "A/B")], codes::BAD_LABEL, "building");
    one(k, &[("building", "Block A")], Code("DM101"), "building");
    one(k, &[("floor", "0")], codes::FLOOR_ZERO, "floor");
    one(k, &[("floor", "99999999999")], codes::BAD_NUMBER, "floor");
    one(k, &[("area_m2", "0")], Code("DM170"), "unit_id");
    one(
        k,
        &[("divisible", "true")],
        codes::BAD_DIVISION,
        "smallest_lot_m2",
    );
    one(
        k,
        &[("smallest_lot_m2", "10")],
        codes::BAD_DIVISION,
        "smallest_lot_m2",
    );
    one(
        k,
        &[("rent_yuan_m2_month", "-1")],
        Code("DM111"),
        "rent_yuan_m2_month",
    );
    one(
        k,
        &[("clear_height_m", "3.6543")],
        codes::BAD_NUMBER,
        "clear_height_m",
    );
    one(
        k,
        &[("available_until", "2025-01-01")],
        Code("DM140"),
        "available_until",
    );
    let no_start = [("available_from", ""), ("available_until", "2027-01-01")];
    one(k, &no_start, codes::BAD_AVAILABILITY, "available_until");
    let two = [("available_from", "2026-01-01;2027-01-01")];
    one(k, &two, codes::BAD_AVAILABILITY, "available_until");
    one(k, &[("group_id", "G1")], codes::GROUP_OF_ONE, "group_id");
    one(k, &[("group_id", "STORED")], codes::GROUP_TORN, "group_id");
}

#[test]
fn units_against_each_other() {
    let floor = [
        ("unit_id", "U2"),
        ("one_tenant_per_floor", "true"),
        ("room", "616"),
    ];
    let text = table(Kind::Units, &[&[], &floor]);
    let report = read_csv(Kind::Units, text.as_bytes());
    let wanted = vec![(
        codes::FLOOR_DISAGREES.0,
        Some(3),
        Some("one_tenant_per_floor"),
    )];
    assert_eq!(marks(&report), wanted);
    let first = [("group_id", "G1")];
    let second = [("group_id", "G1"), ("unit_id", "U2"), ("building", "附楼")];
    let text = table(Kind::Units, &[&first, &second]);
    let report = read_csv(Kind::Units, text.as_bytes());
    assert_eq!(
        marks(&report),
        vec![(codes::GROUP_TORN.0, Some(3), Some("group_id"))]
    );
}

#[test]
fn apartments() {
    let k = Kind::Apartments;
    one(k, &[("site_id", "S001")], codes::WRONG_SITE_KIND, "site_id");
    one(
        k,
        &[("park_site_id", "S404")],
        codes::UNKNOWN_REFERENCE,
        "park_site_id",
    );
    one(
        k,
        &[("park_site_id", "H001")],
        codes::WRONG_SITE_KIND,
        "park_site_id",
    );
    one(k, &[("count", "")], codes::EMPTY_CELL, "count");
    one(k, &[("count", "-1")], codes::BAD_NUMBER, "count");
    one(k, &[("layout", "castle")], codes::BAD_WORD, "layout");
    one(
        k,
        &[("available_from", "2026-02-30")],
        codes::BAD_DATE,
        "available_from",
    );
    let other = [
        ("apartment_type_id", "P001-T2"),
        ("project_name_zh", "别名"),
    ];
    let text = table(k, &[&[], &other]);
    let report = read_csv(k, text.as_bytes());
    let wanted = vec![(codes::PROJECT_DISAGREES.0, Some(3), Some("project_name_zh"))];
    assert_eq!(marks(&report), wanted);
}

#[test]
fn firms() {
    let k = Kind::Firms;
    one(
        k,
        &[("credit_code", "91000000YM00000168")],
        Code("DM150"),
        "credit_code",
    );
    one(k, &[("industry_code", "M")], Code("DM151"), "industry_code");
    one(k, &[("headcount", "12.5")], codes::BAD_NUMBER, "headcount");
    one(
        k,
        &[("revenue_yuan", "-5")],
        codes::BAD_NUMBER,
        "revenue_yuan",
    );
    one(k, &[("revenue_yuan", "1e9")], Code("DM111"), "revenue_yuan");
    one(
        k,
        &[("rd_share_pct", "100.01")],
        Code("DM121"),
        "rd_share_pct",
    );
    one(
        k,
        &[("credentials", "hightech")],
        codes::BAD_WORD,
        "credentials",
    );
    one(
        k,
        &[("credentials", "carrier;carrier")],
        codes::LISTED_TWICE,
        "credentials",
    );
    one(k, &[("fields", "K404")], codes::UNKNOWN_REFERENCE, "fields");
    let text = table(k, &[&[], &[("firm_id", "F002")]]);
    let report = read_csv(k, text.as_bytes());
    assert_eq!(
        marks(&report),
        vec![(codes::DUPLICATE_KEY.0, Some(3), Some("credit_code"))]
    );
}

#[test]
fn applications() {
    let k = Kind::Applications;
    one(
        k,
        &[("firm_id", "F404")],
        codes::UNKNOWN_REFERENCE,
        "firm_id",
    );
    one(
        k,
        &[("round_id", "R404")],
        codes::UNKNOWN_REFERENCE,
        "round_id",
    );
    one(
        k,
        &[("area_max_m2", "1.00")],
        Code("DM180"),
        "application_id",
    );
    one(
        k,
        &[("site_wishes", "S001;S404")],
        codes::UNKNOWN_REFERENCE,
        "site_wishes",
    );
    one(
        k,
        &[("site_wishes", "H001")],
        codes::WRONG_SITE_KIND,
        "site_wishes",
    );
    one(
        k,
        &[("site_wishes", "S001;S001")],
        codes::LISTED_TWICE,
        "site_wishes",
    );
    one(
        k,
        &[("districts", "440399")],
        codes::UNKNOWN_DISTRICT,
        "districts",
    );
    one(
        k,
        &[("anchors", "M404")],
        codes::UNKNOWN_REFERENCE,
        "anchors",
    );
    one(
        k,
        &[("households", "single")],
        codes::BAD_HOUSEHOLDS,
        "households",
    );
    one(
        k,
        &[("households", "pair:3")],
        codes::BAD_HOUSEHOLDS,
        "households",
    );
    one(k, &[("hazard_class", "d")], codes::BAD_WORD, "hazard_class");
}

#[test]
fn quotas() {
    let k = Kind::Quotas;
    one(k, &[("mode", "soft")], codes::BAD_WORD, "mode");
    one(k, &[("amount_yuan", "-1")], Code("DM190"), "amount_yuan");
    one(k, &[("year", "26")], Code("DM190"), "amount_yuan");
    let text = table(k, &[&[], &[("mode", "hard")]]);
    let report = read_csv(k, text.as_bytes());
    assert_eq!(
        marks(&report),
        vec![(codes::DUPLICATE_KEY.0, Some(3), Some("district_code"))]
    );
}

#[test]
fn the_map() {
    one(
        Kind::Districts,
        &[("code", "510100")],
        Code("DM161"),
        "code",
    );
    one(
        Kind::Districts,
        &[("has_outline", "x")],
        codes::BAD_FLAG,
        "has_outline",
    );
    one(
        Kind::Stations,
        &[("lon", ""), ("lat", "")],
        codes::EMPTY_CELL,
        "lon",
    );
    one(Kind::Lines, &[], codes::SHORT_LINE, "line");
    one(Kind::Clusters, &[("id", "C1")], codes::BAD_WORD, "id");
    let wanted = [
        ("row_kind", "cluster"),
        ("id", "C1"),
        ("suggested_fields", "零碳"),
    ];
    one(
        Kind::Clusters,
        &wanted,
        codes::UNKNOWN_REFERENCE,
        "suggested_fields",
    );
    let wanted = [
        ("row_kind", "cluster"),
        ("id", "C1"),
        ("suggested_fields", "K1;零碳建筑"),
    ];
    let text = table(Kind::Clusters, &[&[], &wanted]);
    let report = read_csv(Kind::Clusters, text.as_bytes());
    assert_eq!(
        marks(&report),
        vec![(codes::LISTED_TWICE.0, Some(3), Some("suggested_fields"))]
    );
    let text = table(Kind::Lines, &[&[], &[]]);
    let report = read_csv(Kind::Lines, text.as_bytes());
    assert_eq!(
        marks(&report),
        vec![(codes::DUPLICATE_KEY.0, Some(3), Some("seq"))]
    );
}

#[test]
fn faults_beyond_the_limit_are_counted() {
    let bad: &[Cell<'_>] = &[("kind", "castle")];
    let text = table(Kind::Sites, &vec![bad; 10]);
    let limits = Limits {
        faults: 4,
        ..Limits::default()
    };
    let report = read_with(Kind::Sites, text.as_bytes(), Some(Datum::Wgs84), &limits);
    // Ten words, and nine keys seen before.
    assert_eq!((report.faults.len(), report.more_faults), (4, 15));
    assert_eq!(report.rows, 10);
}

struct Failing;

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("the disk is gone"))
    }
}

#[test]
fn a_source_that_fails_is_a_fault() {
    for format in [Format::Csv, Format::GeoJson] {
        let limits = Limits::default();
        let report = read(
            Kind::Sites,
            &mut Failing,
            format,
            None,
            &Map,
            &Stored,
            &limits,
        );
        assert_eq!(marks(&report), vec![(codes::UNREADABLE.0, None, None)]);
        assert!(report.faults[0].cause.contains("the disk is gone"));
    }
}
