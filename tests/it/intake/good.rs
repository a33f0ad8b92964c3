//! Good files of every kind, in every encoding and line ending.

use zhuchao::domain::housing::HouseholdKind;
use zhuchao::domain::place::{Datum, Precision};
use zhuchao::domain::space::Division;
use zhuchao::intake::{Batch, Encoding, Kind, Limits, Report};

use super::stubs::{good, read_csv, read_with, table};

fn batch(report: Report) -> Batch {
    report.into_batch().expect("a good file")
}

fn rows_of(kind: Kind) -> String {
    match kind {
        // A line has two stations.
        Kind::Lines => table(kind, &[&[], &[("seq", "2"), ("station_id", "M002")]]),
        _ => table(kind, &[&[]]),
    }
}

#[test]
fn every_kind_is_read() {
    for kind in Kind::ALL {
        let report = read_csv(kind, rows_of(kind).as_bytes());
        assert!(
            report.batch().is_some(),
            "{}: {:?}",
            kind.name(),
            report.faults
        );
        assert_eq!(report.batch().map(Batch::kind), Some(kind));
        assert_eq!(report.encoding, Some(Encoding::Utf8));
        assert_eq!(Kind::named(kind.name()), Some(kind));
    }
}

#[test]
fn mark_crlf_and_gb18030_give_the_same_nouns() {
    for kind in Kind::ALL {
        let text = rows_of(kind);
        let plain = batch(read_csv(kind, text.as_bytes()));
        let marked = read_csv(kind, format!("\u{feff}{text}").as_bytes());
        assert_eq!(marked.encoding, Some(Encoding::Utf8Bom));
        assert_eq!(batch(marked), plain);
        let crlf = read_csv(kind, text.replace('\n', "\r\n").as_bytes());
        assert_eq!(batch(crlf), plain);
        let (chinese, _, _) = encoding_rs::GB18030.encode(&text);
        let report = read_csv(kind, &chinese);
        if chinese.is_ascii() {
            assert_eq!(report.encoding, Some(Encoding::Utf8));
        } else {
            assert_eq!(report.encoding, Some(Encoding::Gb18030), "{}", kind.name());
        }
        assert_eq!(batch(report), plain);
    }
}

#[test]
fn a_unit_brings_its_floor_and_building() {
    let Batch::Units {
        buildings,
        floors,
        units,
    } = batch(read_csv(Kind::Units, rows_of(Kind::Units).as_bytes()))
    else {
        panic!("units wanted");
    };
    assert_eq!(buildings[0].id.as_str(), "S001/主楼");
    assert_eq!(floors[0].id.as_str(), "S001/主楼/6");
    let unit = &units[0];
    assert_eq!(
        (unit.area.0, unit.technical.clear_height_mm),
        (31_343, Some(3_600))
    );
    assert_eq!(
        (unit.technical.gas, unit.technical.clean_water),
        (Some(false), Some(true))
    );
    assert_eq!(unit.division, Division::Whole);
    assert_eq!(unit.rent.as_ref().map(|r| r.rate.fen()), Some(6_000));
    assert_eq!(unit.provenance.assumed, ["building"]);
}

#[test]
fn a_group_may_count_a_stored_member() {
    let text = table(
        Kind::Units,
        &[&[("group_id", "STORED"), ("building", "老楼")]],
    );
    assert!(read_csv(Kind::Units, text.as_bytes()).batch().is_some());
}

#[test]
fn several_availability_periods_are_a_list() {
    let cells = [
        ("available_from", "2026-01-01;2027-01-01"),
        ("available_until", "2026-07-01;"),
    ];
    let text = table(Kind::Units, &[&cells]);
    let Batch::Units { units, .. } = batch(read_csv(Kind::Units, text.as_bytes())) else {
        panic!("units wanted");
    };
    assert_eq!(units[0].available.len(), 2);
    assert_eq!(units[0].available[1].until(), None);
}

#[test]
fn an_application_is_read_whole() {
    let Batch::Applications(all) = batch(read_csv(
        Kind::Applications,
        rows_of(Kind::Applications).as_bytes(),
    )) else {
        panic!("applications wanted");
    };
    let a = &all[0];
    assert_eq!((a.needs.gas, a.needs.clean_water), (Some(true), None));
    assert_eq!(a.households[1].kind, HouseholdKind::Family);
    assert_eq!(a.site_wishes[0].as_str(), "S007");
    assert_eq!(
        (a.districts.len(), a.max_minutes, a.wants_subsidy),
        (2, Some(45), true)
    );
}

#[test]
fn a_cluster_takes_its_fields_by_name() {
    let cluster = [
        ("row_kind", "cluster"),
        ("id", "C1"),
        ("name_zh", "集聚区"),
        ("suggested_fields", "零碳建筑"),
        ("lon", "114.0"),
        ("lat", "22.6"),
        ("position_precision", "station"),
        ("position_accuracy_m", "3000"),
    ];
    let text = table(Kind::Clusters, &[&cluster, &[]]);
    let Batch::Clusters(all) = batch(read_csv(Kind::Clusters, text.as_bytes())) else {
        panic!("clusters wanted");
    };
    assert_eq!(all[0].fields[0].as_str(), "K1");
    assert_eq!(
        all[0].located.as_ref().map(|l| l.precision),
        Some(Precision::Station)
    );
    assert!(all[1].fields.is_empty() && all[1].located.is_none());
}

#[test]
fn lines_follow_seq_not_rows() {
    let text = table(Kind::Lines, &[&[("seq", "9"), ("station_id", "M002")], &[]]);
    let Batch::Lines(all) = batch(read_csv(Kind::Lines, text.as_bytes())) else {
        panic!("lines wanted");
    };
    assert_eq!(all[0].stations[0].as_str(), "M001");
}

#[test]
fn the_datum_of_the_row_goes_before_that_of_the_file() {
    let text = table(Kind::Sites, &[&[("datum", "gcj02")]]);
    let Batch::Sites(all) = batch(read_csv(Kind::Sites, text.as_bytes())) else {
        panic!("sites wanted");
    };
    let lon = all[0].located.as_ref().map(|l| l.position.micro().0);
    assert_eq!(lon, Some(113_935_444));
    let text = table(Kind::Sites, &[&[("datum", "")]]);
    let report = read_with(
        Kind::Sites,
        text.as_bytes(),
        Some(Datum::Gcj02),
        &Limits::default(),
    );
    assert_eq!(batch(report), Batch::Sites(all));
}

#[test]
fn columns_stand_in_any_order_and_optional_ones_may_be_absent() {
    let needed = ["evidence", "name_zh", "district_code", "kind", "site_id"];
    let good = good(Kind::Sites);
    let cell = |n: &&str| {
        good.iter()
            .find(|(name, _)| name == n)
            .map_or("", |(_, v)| *v)
    };
    let values: Vec<&str> = needed.iter().map(cell).collect();
    let text = format!("{}\n{}\n", needed.join(","), values.join(","));
    let Batch::Sites(all) = batch(read_csv(Kind::Sites, text.as_bytes())) else {
        panic!("sites wanted");
    };
    assert!(all[0].located.is_none() && all[0].address.is_empty());
}

#[test]
fn quoted_line_breaks_keep_the_line_numbers() {
    let text = table(
        Kind::Sites,
        &[
            &[("note", "two\nlines, \"quoted\"")],
            &[],
            &[("site_id", "S002")],
        ],
    );
    let report = read_csv(Kind::Sites, text.as_bytes());
    // Row 1 of the table takes lines 2 and 3: its twin is in line 4.
    assert_eq!(report.faults.len(), 1);
    assert_eq!(report.faults[0].place.row, Some(4));
    assert!(
        report.faults[0].cause.contains("row 2"),
        "{}",
        report.faults[0].cause
    );
    let one = table(Kind::Sites, &[&[("note", "two\nlines, \"quoted\"")]]);
    let Batch::Sites(all) = batch(read_csv(Kind::Sites, one.as_bytes())) else {
        panic!("sites wanted");
    };
    assert_eq!(all[0].provenance.note, "two\nlines, \"quoted\"");
}

#[test]
fn empty_rows_are_passed_over_and_counted_as_lines() {
    let text = table(
        Kind::Sites,
        &[&[], &[("kind", "castle"), ("site_id", "S002")]],
    );
    let blank = text.replacen('\n', "\n\n ,,,,,,,,,,,,,,\n", 1);
    let report = read_csv(Kind::Sites, blank.as_bytes());
    assert_eq!(report.rows, 2);
    assert_eq!(report.faults[0].place.row, Some(5));
    assert!(report.batch().is_none(), "all or nothing");
}
