//! Workbooks as people send them: titles above the header, numbers for texts, dates of both epochs,
//! formulas, merged cells, hidden rows.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use zhuchao::intake::sheet::{Sheet, SheetRow};
use zhuchao::intake::workbook::open;
use zhuchao::intake::{Kind, Limits, codes};

use super::stubs::{good, marks, read_sheet};

/// A good table of a kind as a sheet, the header in the row given.
fn filled(sheet: &mut Worksheet, kind: Kind, header: u32) {
    for (at, (name, cell)) in (0..).zip(good(kind)) {
        sheet.write(header, at, name).expect("a header");
        sheet.write(header + 1, at, cell).expect("a cell");
    }
}

fn column(kind: Kind, name: &str) -> u16 {
    let at = good(kind).iter().position(|(n, _)| *n == name);
    at.and_then(|n| u16::try_from(n).ok()).expect("a column")
}

/// A workbook of one good row, changed.
fn book(kind: Kind, change: impl FnOnce(&mut Worksheet)) -> Sheet {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    filled(sheet, kind, 0);
    change(sheet);
    let bytes = book.save_to_buffer().expect("a workbook");
    open(&bytes, &Limits::default()).expect("it is read")
}

#[test]
fn a_title_may_stand_above_the_header() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "南山区房源 2026").expect("a title");
    filled(sheet, Kind::Units, 1);
    let bytes = book.save_to_buffer().expect("a workbook");
    let sheet = open(&bytes, &Limits::default()).expect("it is read");
    let report = read_sheet(Kind::Units, &sheet);
    assert!(report.faults.is_empty(), "{:?}", report.faults);
    assert_eq!(report.rows, 1);
}

#[test]
fn numbers_days_and_flags_may_be_typed_as_such() {
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = book(Kind::Units, |sheet| {
        let at = |name| column(Kind::Units, name);
        sheet.write(1, at("area_m2"), 313.43).expect("a number");
        sheet.write(1, at("floor"), 6).expect("a number");
        sheet.write(1, at("divisible"), false).expect("a flag");
        let start = ExcelDateTime::parse_from_str("2026-01-01").expect("a day");
        let cell = sheet.write_with_format(1, at("available_from"), &start, &day);
        cell.expect("a day");
    });
    let report = read_sheet(Kind::Units, &sheet);
    let batch = report.into_batch().expect("a good sheet");
    let plain = read_sheet(Kind::Units, &book(Kind::Units, |_| {}));
    assert_eq!(batch, plain.into_batch().expect("a good sheet"));
}

#[test]
fn a_sum_keeps_the_digits_that_a_spreadsheet_shows() {
    let sheet = book(Kind::Units, |sheet| {
        let cell = sheet.write(1, column(Kind::Units, "area_m2"), 0.1 + 0.2);
        cell.expect("a number");
    });
    let texts = sheet.rows[1].cells.clone();
    assert!(texts.contains(&"0.3".to_owned()), "{texts:?}");
}

#[test]
fn formulas_and_merged_cells_are_told_with_their_cell() {
    let sheet = book(Kind::Units, |sheet| {
        let cell = sheet.write_formula(1, column(Kind::Units, "area_m2"), "=100+200");
        cell.expect("a formula");
        let note = column(Kind::Units, "note");
        let merged = sheet.merge_range(1, note, 2, note, "备注", &Format::new());
        merged.expect("a merge");
    });
    let report = read_sheet(Kind::Units, &sheet);
    let found = marks(&report);
    assert!(
        found.contains(&(codes::COMPUTED_CELL.0, Some(2), Some("area_m2"))),
        "{found:?}"
    );
    assert!(
        found.contains(&(codes::MERGED_CELLS.0, Some(2), Some("note"))),
        "{found:?}"
    );
    assert!(report.batch().is_none());
}

#[test]
fn a_hidden_row_counts_and_a_hidden_sheet_does_not() {
    let mut book = Workbook::new();
    let other = book.add_worksheet();
    other.write(0, 0, "nothing of ours").expect("a cell");
    other.set_hidden(true);
    let sheet = book.add_worksheet();
    filled(sheet, Kind::Units, 0);
    sheet.set_row_hidden(1).expect("a row");
    sheet.set_active(true);
    let bytes = book.save_to_buffer().expect("a workbook");
    let sheet = open(&bytes, &Limits::default()).expect("it is read");
    assert_eq!(read_sheet(Kind::Units, &sheet).rows, 1);
}

#[test]
fn what_begins_like_a_formula_and_is_text_stays_text() {
    let sheet = book(Kind::Units, |sheet| {
        let cell = sheet.write_string(1, column(Kind::Units, "note"), "=HYPERLINK(\"x\")");
        cell.expect("a text");
    });
    let report = read_sheet(Kind::Units, &sheet);
    assert!(report.faults.is_empty(), "{:?}", report.faults);
}

#[test]
fn cells_beside_the_table_and_an_empty_sheet_are_told() {
    let beside = book(Kind::Units, |sheet| {
        let cell = sheet.write(1, 60, "stray");
        cell.expect("a cell");
    });
    let found = read_sheet(Kind::Units, &beside);
    assert_eq!(marks(&found)[0].0, codes::ROW_SHAPE.0);
    let nothing = Sheet::default();
    let found = read_sheet(Kind::Units, &nothing);
    assert_eq!(marks(&found)[0].0, codes::NO_HEADER.0);
    let bare = Sheet {
        rows: vec![SheetRow {
            line: 1,
            cells: Vec::new(),
        }],
        ..Sheet::default()
    };
    assert!(read_sheet(Kind::Units, &bare).batch().is_none());
}
