//! Workbooks at the command line: a template, a change, a copy with notes; and the fence, which is
//! another process of the same program.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use zhuchao::acts::books::READER_STOPPED;
use zhuchao::acts::books::fence::Fence;
use zhuchao::intake::codes;

use super::{json, refused, run, status, text};

fn fence() -> Fence {
    Fence::Around(PathBuf::from(env!("CARGO_BIN_EXE_zhuchao")))
}

/// A folder with a migrated database that has districts and one site.
fn home() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    assert_eq!(status(&run(here, &["migrate"])), 0);
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data");
    for (kind, file) in [
        ("districts", "districts.csv"),
        ("districts", "districts.geojson"),
        ("sites", "sites.csv"),
    ] {
        let path = format!("{data}/{file}");
        let done = run(here, &["import", kind, &path, "--datum", "wgs84"]);
        assert_eq!(status(&done), 0, "{file}: {}", text(&done.stderr));
    }
    folder
}

#[test]
fn a_template_goes_out_and_comes_back_through_the_fence() {
    let folder = home();
    let here = folder.path();
    assert_eq!(
        status(&run(here, &["template", "sites", "-o", "sites.xlsx"])),
        0
    );
    assert_eq!(
        status(&run(here, &["export", "sites", "-o", "again.xlsx"])),
        0
    );
    let same = json(here, &["import", "sites", "sites.xlsx", "--dry-run"]);
    assert!(same["rows"].as_u64() > Some(0));
    assert_eq!(same["changes"], serde_json::json!([]));
    let said = refused(here, &["import", "units", "sites.xlsx"]);
    assert!(said.contains("IN111"), "{said}");
    let marked = ["import", "units", "sites.xlsx", "--marked", "bad.xlsx"];
    refused(here, &marked);
    assert!(
        fs::read(here.join("bad.xlsx"))
            .expect("a copy")
            .starts_with(b"PK")
    );
    fs::write(here.join("no.xlsx"), "no workbook").expect("a file");
    assert!(refused(here, &["import", "units", "no.xlsx"]).contains("IN170"));
    assert!(
        !run(here, &["template", "castles", "-o", "x.xlsx"])
            .status
            .success()
    );
}

#[test]
fn the_fence_gives_the_same_as_reading_here() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "unit_id").expect("a cell");
    sheet.write_formula(1, 0, "=1+1").expect("a cell");
    let bytes = book.save_to_buffer().expect("a workbook");
    let there = fence().read(&bytes).expect("it is read");
    assert_eq!(there, Fence::None.read(&bytes).expect("it is read"));
    assert_eq!(there.odd.len(), 1);
    let fault = fence().read(b"nothing").expect_err("no workbook");
    assert_eq!(fault.code, codes::NO_WORKBOOK);
}

#[test]
fn a_reader_that_answers_nothing_or_is_not_there_is_told() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write(0, 0, "x").expect("a cell");
    let bytes = book.save_to_buffer().expect("a workbook");
    for program in ["/bin/true", "/no/such/program"] {
        let fault = Fence::Around(PathBuf::from(program)).read(&bytes);
        assert_eq!(
            fault.expect_err("it stops").code,
            READER_STOPPED,
            "{program}"
        );
    }
    assert_eq!(READER_STOPPED.0, "AC501");
}

#[test]
fn a_large_workbook_passes_the_fence_in_time() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory().expect("a sheet");
    for row in 0..100_000 {
        for at in 0..4 {
            sheet.write(row, at, f64::from(row)).expect("a cell");
        }
    }
    let bytes = book.save_to_buffer().expect("a workbook");
    let begun = Instant::now();
    let read = fence().read(&bytes);
    assert!(begun.elapsed() < Duration::from_secs(60));
    assert_eq!(read.expect("it is large, not hostile").rows.len(), 100_000);
}
