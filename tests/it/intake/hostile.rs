//! Hostile files: each gives a clear fault after a bounded number of bytes; none gives a panic.

use std::io::Read;

use proptest::prelude::{ProptestConfig, any, prop, proptest};

use zhuchao::domain::place::Datum;
use zhuchao::intake::{Format, Kind, Limits, Report, codes, read};

use super::stubs::{Endless, Map, Stored, marks, read_csv, read_json, read_with, table};

fn endless(pattern: &[u8], format: Format, limits: &Limits) -> (Report, u64) {
    let mut source = Endless { pattern, taken: 0 };
    let report = read(
        Kind::Sites,
        &mut source,
        format,
        None,
        &Map,
        &Stored,
        limits,
    );
    (report, source.taken)
}

#[test]
fn a_line_without_end_is_given_up_early() {
    let limits = Limits::default();
    let (report, taken) = endless(b"x", Format::Csv, &limits);
    assert_eq!(
        marks(&report),
        vec![(codes::LINE_TOO_LONG.0, Some(1), None)]
    );
    assert!(taken < 2 << 20, "{taken} bytes were read");
    // A quote that never closes makes one line of all that follows.
    let pattern = b"x,\n";
    let mut rest = Endless { pattern, taken: 0 };
    let mut source = b"site_id\n\"".as_slice().chain(&mut rest);
    let report = read(
        Kind::Sites,
        &mut source,
        Format::Csv,
        None,
        &Map,
        &Stored,
        &limits,
    );
    assert_eq!(
        marks(&report),
        vec![(codes::LINE_TOO_LONG.0, Some(2), None)]
    );
    assert!(rest.taken < 2 << 20, "{} bytes were read", rest.taken);
}

#[test]
fn a_million_columns_are_given_up_early() {
    let (report, taken) = endless(b"a,", Format::Csv, &Limits::default());
    assert_eq!(
        marks(&report),
        vec![(codes::TOO_MANY_COLUMNS.0, Some(1), None)]
    );
    assert!(taken < 1 << 20, "{taken} bytes were read");
}

#[test]
fn rows_without_end_are_given_up() {
    let limits = Limits {
        rows: 1_000,
        ..Limits::default()
    };
    let (report, taken) = endless(b"a,b\r\n", Format::Csv, &limits);
    assert_eq!(report.faults[0].code, codes::TOO_MANY_ROWS);
    assert!(taken < 1 << 20, "{taken} bytes were read");
}

#[test]
fn the_row_limit_counts_rows_and_not_the_header() {
    let limits = Limits {
        rows: 2,
        ..Limits::default()
    };
    let two = table(Kind::Sites, &[&[], &[("site_id", "S002")]]);
    let read = |text: &str| read_with(Kind::Sites, text.as_bytes(), None, &limits);
    assert!(read(&two).batch().is_some());
    assert!(read(two.trim_end()).batch().is_some());
    let three = table(
        Kind::Sites,
        &[&[], &[("site_id", "S002")], &[("site_id", "S003")]],
    );
    assert_eq!(read(&three).faults[0].code, codes::TOO_MANY_ROWS);
    assert_eq!(read(three.trim_end()).faults[0].code, codes::TOO_MANY_ROWS);
}

#[test]
fn bytes_without_end_are_given_up() {
    let limits = Limits {
        file_bytes: 1 << 20,
        json_bytes: 1 << 20,
        ..Limits::default()
    };
    for format in [Format::Csv, Format::GeoJson] {
        let (report, taken) = endless(b"\n", format, &limits);
        assert_eq!(marks(&report), vec![(codes::FILE_TOO_LARGE.0, None, None)]);
        assert!(taken < 2 << 20, "{taken} bytes were read");
    }
}

#[test]
fn long_cells() {
    let limits = Limits {
        cell_chars: 100,
        ..Limits::default()
    };
    let text = table(Kind::Sites, &[&[("note", &"长".repeat(100))]]);
    let read = |text: &str| read_with(Kind::Sites, text.as_bytes(), None, &limits);
    assert!(read(&text).batch().is_some());
    let text = table(Kind::Sites, &[&[("note", &"长".repeat(101))]]);
    assert_eq!(
        marks(&read(&text)),
        vec![(codes::CELL_TOO_LONG.0, Some(2), Some("14"))]
    );
}

#[test]
fn nul_bytes_and_utf16() {
    let text = table(Kind::Sites, &[&[("note", "a\0b")]]);
    let report = read_csv(Kind::Sites, text.as_bytes());
    assert_eq!(marks(&report), vec![(codes::NUL_BYTE.0, Some(2), None)]);
    let wide = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{feff}site_id,kind"
            .encode_utf16()
            .flat_map(bytes)
            .collect()
    };
    for bytes in [wide(u16::to_le_bytes), wide(u16::to_be_bytes)] {
        let report = read_csv(Kind::Sites, &bytes);
        assert_eq!(marks(&report), vec![(codes::UTF16.0, None, None)]);
    }
    let unmarked: Vec<u8> = "site".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(
        read_csv(Kind::Sites, &unmarked).faults[0].code,
        codes::NUL_BYTE
    );
}

#[test]
fn neither_utf8_nor_gb18030() {
    let mut bytes = table(Kind::Sites, &[&[], &[("site_id", "S002")]]).into_bytes();
    bytes.extend_from_slice(b"\xff\xff");
    let report = read_csv(Kind::Sites, &bytes);
    assert_eq!(marks(&report), vec![(codes::BAD_ENCODING.0, Some(4), None)]);
    let marked = [b"\xef\xbb\xbfsite_id\n".as_slice(), &[0xb9, 0xfa]].concat();
    let report = read_csv(Kind::Sites, &marked);
    assert_eq!(marks(&report), vec![(codes::BAD_ENCODING.0, Some(2), None)]);
}

#[test]
fn an_open_quote_names_the_line_where_it_opens() {
    let text = table(Kind::Sites, &[&[]]) + "S002,\"space,\nx,\n";
    let report = read_csv(Kind::Sites, text.as_bytes());
    assert_eq!(marks(&report), vec![(codes::OPEN_QUOTE.0, Some(3), None)]);
    // Inside a cell a quote is a character.
    let text = table(Kind::Sites, &[&[]]).replace("Software Building", "5\" pipe");
    assert!(read_csv(Kind::Sites, text.as_bytes()).batch().is_some());
}

#[test]
fn deep_json() {
    let deep = "[".repeat(1_000_000);
    let report = read_json(Kind::Sites, &deep, None);
    assert_eq!(marks(&report), vec![(codes::JSON_TOO_DEEP.0, None, None)]);
    let (report, taken) = endless(
        b"{\"a\":[",
        Format::GeoJson,
        &Limits {
            json_bytes: 1 << 20,
            ..Limits::default()
        },
    );
    assert_eq!(report.faults[0].code, codes::FILE_TOO_LARGE);
    assert!(taken < 2 << 20);
}

#[test]
fn fifty_thousand_rows() {
    let ids: Vec<String> = (0..50_000).map(|n| format!("S{n}")).collect();
    let cells: Vec<[(&str, &str); 1]> = ids.iter().map(|id| [("site_id", id.as_str())]).collect();
    let rows: Vec<&[(&str, &str)]> = cells.iter().map(|c| c.as_slice()).collect();
    let report = read_csv(Kind::Sites, table(Kind::Sites, &rows).as_bytes());
    assert_eq!((report.rows, report.faults.len()), (49_998 + 2, 0));
    assert!(report.batch().is_some());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..600), kind in 0..10_usize) {
        let report = read_csv(Kind::ALL[kind], &bytes);
        assert!(report.batch().is_none());
        let limits = Limits::default();
        let mut source = bytes.as_slice();
        let report = read(Kind::ALL[kind], &mut source, Format::GeoJson, Some(Datum::Wgs84), &Map, &Stored, &limits);
        assert!(report.batch().is_none());
    }

    #[test]
    fn a_good_file_with_random_damage_never_panics(
        kind in 0..10_usize,
        at in any::<prop::sample::Index>(),
        damage in prop::collection::vec(any::<u8>(), 0..4),
        cut in 0..4_usize,
    ) {
        let kind = Kind::ALL[kind];
        let mut bytes = table(kind, &[&[], &[]]).into_bytes();
        let start = at.index(bytes.len());
        let end = (start + cut).min(bytes.len());
        bytes.splice(start..end, damage);
        // Two equal rows: whatever the damage, a panic is the only wrong answer here.
        let report = read_csv(kind, &bytes);
        assert!(report.more_faults == 0);
    }

    #[test]
    fn random_cells_never_panic(cells in prop::collection::vec("[-+=@;:：；0-9a-z总\"',\r\n ]{0,12}", 30), kind in 0..10_usize) {
        let kind = Kind::ALL[kind];
        let names: Vec<&str> = super::stubs::good(kind).iter().map(|(n, _)| *n).collect();
        let row: Vec<(&str, &str)> = names.iter().copied().zip(cells.iter().map(String::as_str)).collect();
        let report = read_csv(kind, table(kind, &[&row]).as_bytes());
        assert!(report.rows <= 1);
    }
}
