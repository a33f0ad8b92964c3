//! Every fault of the rows of each kind, with its code, row and column.

use zhuchao::domain::fault::Code;
use zhuchao::intake::{Kind, Limits, codes};

use super::stubs::{marks, one, read_csv, read_with, table};

#[test]
fn sites() {
    let k = Kind::Sites;
    one(k, "site_id=a b", Code("DM101"), "site_id");
    one(k, "name_zh= ", codes::EMPTY_CELL, "name_zh");
    one(k, "district_code=4403", Code("DM161"), "district_code");
    one(
        k,
        "district_code=440399",
        codes::UNKNOWN_DISTRICT,
        "district_code",
    );
    one(k, "lon=", codes::HALF_POSITION, "lon");
    one(
        k,
        "position_precision=none",
        codes::HALF_POSITION,
        "position_precision",
    );
    one(k, "lon=|lat=", codes::HALF_POSITION, "lon");
    one(
        k,
        "position_precision=",
        codes::EMPTY_CELL,
        "position_precision",
    );
    one(
        k,
        "position_accuracy_m=",
        codes::EMPTY_CELL,
        "position_accuracy_m",
    );
    one(
        k,
        "position_accuracy_m=-3",
        codes::BAD_NUMBER,
        "position_accuracy_m",
    );
    one(k, "lon=1.1394e2", codes::BAD_NUMBER, "lon");
    one(k, "lon=190", Code("DM160"), "lon");
    one(k, "lon=115.5", codes::OUTSIDE_DISTRICT, "lon");
    one(k, "datum=wgs", codes::BAD_WORD, "datum");
    one(k, "assumed=lon;colour", codes::BAD_WORD, "assumed");
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
    one(k, "site_id=", codes::EMPTY_CELL, "site_id");
    one(k, "site_id=S404", codes::UNKNOWN_REFERENCE, "site_id");
    one(k, "site_id=H001", codes::WRONG_SITE_KIND, "site_id");
    one(k, "building=A/B", codes::BAD_LABEL, "building");
    one(k, "building=Block A", Code("DM101"), "building");
    one(k, "floor=0", codes::FLOOR_ZERO, "floor");
    one(k, "floor=99999999999", codes::BAD_NUMBER, "floor");
    one(k, "area_m2=0", Code("DM170"), "unit_id");
    one(k, "divisible=true", codes::BAD_DIVISION, "smallest_lot_m2");
    one(k, "rent_area=P1", codes::BAD_RENT_RULE, "rent_area");
    one(k, "rent_grade=A", codes::BAD_RENT_RULE, "rent_area");
    one(
        k,
        "smallest_lot_m2=10",
        codes::BAD_DIVISION,
        "smallest_lot_m2",
    );
    one(
        k,
        "rent_yuan_m2_month=-1",
        Code("DM111"),
        "rent_yuan_m2_month",
    );
    one(
        k,
        "clear_height_m=3.6543",
        codes::BAD_NUMBER,
        "clear_height_m",
    );
    one(
        k,
        "available_until=2025-01-01",
        Code("DM140"),
        "available_until",
    );
    one(
        k,
        "available_from=|available_until=2027-01-01",
        codes::BAD_AVAILABILITY,
        "available_until",
    );
    one(
        k,
        "available_from=2026-01-01;2027-01-01",
        codes::BAD_AVAILABILITY,
        "available_until",
    );
    one(k, "group_id=G1", codes::GROUP_OF_ONE, "group_id");
    one(k, "group_id=STORED", codes::GROUP_TORN, "group_id");
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
    one(k, "site_id=S001", codes::WRONG_SITE_KIND, "site_id");
    one(
        k,
        "park_site_id=S404",
        codes::UNKNOWN_REFERENCE,
        "park_site_id",
    );
    one(
        k,
        "park_site_id=H001",
        codes::WRONG_SITE_KIND,
        "park_site_id",
    );
    one(k, "count=", codes::EMPTY_CELL, "count");
    one(k, "count=-1", codes::BAD_NUMBER, "count");
    one(k, "layout=castle", codes::BAD_WORD, "layout");
    one(
        k,
        "available_from=2026-02-30",
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
        "credit_code=91000000YM00000168",
        Code("DM150"),
        "credit_code",
    );
    one(k, "industry_code=M", Code("DM151"), "industry_code");
    one(k, "headcount=12.5", codes::BAD_NUMBER, "headcount");
    one(k, "revenue_yuan=-5", codes::BAD_NUMBER, "revenue_yuan");
    one(k, "revenue_yuan=1e9", Code("DM111"), "revenue_yuan");
    one(k, "rd_share_pct=100.01", Code("DM121"), "rd_share_pct");
    one(k, "credentials=hightech", codes::BAD_WORD, "credentials");
    one(
        k,
        "credentials=carrier;carrier",
        codes::LISTED_TWICE,
        "credentials",
    );
    one(k, "fields=K404", codes::UNKNOWN_REFERENCE, "fields");
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
    one(k, "firm_id=F404", codes::UNKNOWN_REFERENCE, "firm_id");
    one(k, "round_id=R404", codes::UNKNOWN_REFERENCE, "round_id");
    one(k, "area_max_m2=1.00", Code("DM180"), "application_id");
    one(
        k,
        "site_wishes=S001;S404",
        codes::UNKNOWN_REFERENCE,
        "site_wishes",
    );
    one(k, "site_wishes=H001", codes::WRONG_SITE_KIND, "site_wishes");
    one(
        k,
        "site_wishes=S001;S001",
        codes::LISTED_TWICE,
        "site_wishes",
    );
    one(k, "districts=440399", codes::UNKNOWN_DISTRICT, "districts");
    one(k, "anchors=M404", codes::UNKNOWN_REFERENCE, "anchors");
    one(k, "households=single", codes::BAD_HOUSEHOLDS, "households");
    one(k, "households=pair:3", codes::BAD_HOUSEHOLDS, "households");
    one(k, "hazard_class=d", codes::BAD_WORD, "hazard_class");
}

#[test]
fn quotas() {
    let k = Kind::Quotas;
    one(k, "mode=soft", codes::BAD_WORD, "mode");
    one(k, "amount_yuan=-1", Code("DM190"), "amount_yuan");
    one(k, "year=26", Code("DM190"), "amount_yuan");
    let text = table(k, &[&[], &[("mode", "hard")]]);
    let report = read_csv(k, text.as_bytes());
    assert_eq!(
        marks(&report),
        vec![(codes::DUPLICATE_KEY.0, Some(3), Some("district_code"))]
    );
}

#[test]
fn the_map() {
    one(Kind::Districts, "code=510100", Code("DM161"), "code");
    one(
        Kind::Districts,
        "has_outline=x",
        codes::BAD_FLAG,
        "has_outline",
    );
    one(Kind::Stations, "lon=|lat=", codes::EMPTY_CELL, "lon");
    one(Kind::Lines, "", codes::SHORT_LINE, "line");
    one(Kind::Clusters, "id=C1", codes::BAD_WORD, "id");
    one(
        Kind::Clusters,
        "row_kind=cluster|id=C1|suggested_fields=零碳",
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
