//! Faults of the file as a whole and of its header; all of a file at once.

use std::io::{self, Read};

use zhuchao::domain::place::Datum;
use zhuchao::intake::{Format, Kind, Limits, codes, read};

use super::stubs::{Map, Stored, marks, one, read_csv, read_with, table};

type Cell<'a> = (&'a str, &'a str);

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
        one(Kind::Sites, &format!("note={cell}"), codes::FORMULA, "note");
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
fn faults_beyond_the_limit_are_counted() {
    let bad: &[Cell<'_>] = &[("kind", "castle")];
    let text = table(Kind::Sites, &[bad; 10]);
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

/// Every code of the room in the order of the catalogue.
const CATALOGUE: &str = "IN100 IN101 IN102 IN103 IN104 IN105 IN106 IN107 IN108 IN109 IN110 IN111 \
    IN112 IN113 IN114 IN115 IN116 IN117 IN118 IN119 IN120 IN121 IN122 IN123 IN124 IN125 IN126 IN130 \
    IN131 IN132 IN133 IN134 IN140 IN141 IN142 IN143 IN144 IN145 IN146 IN147 IN148 IN150 IN151 IN152 IN153 \
    IN160 IN170 IN171 IN172 IN173 IN174";

#[test]
fn the_catalogue_names_every_code_in_both_languages() {
    let path = format!("{}/data/faults/intake.csv", env!("CARGO_MANIFEST_DIR"));
    let mut reader = csv::Reader::from_path(path).expect("a file of the repository");
    let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
    let listed: Vec<&str> = rows.iter().filter_map(|r| r.get(0)).collect();
    let wanted: Vec<&str> = CATALOGUE.split_whitespace().collect();
    assert_eq!(listed, wanted);
    assert!(rows.iter().all(|r| r.iter().all(|cell| !cell.is_empty())));
}
