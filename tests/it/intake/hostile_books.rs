//! Files that mean harm or are broken: none may cost much memory, none may be half taken.

use std::io::{Cursor, Write};

use proptest::prelude::{ProptestConfig, any, prop, proptest};
use rust_xlsxwriter::Workbook;
use zhuchao::domain::fault::Fault;
use zhuchao::intake::workbook::open;
use zhuchao::intake::workbook_guard::FILE_MAX;
use zhuchao::intake::{Limits, codes};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const SHEET: &str = "xl/worksheets/sheet1.xml";

/// The least that a workbook needs, with a sheet of one's own and more parts.
fn book(sheet: &[u8], more: &[(&str, &[u8])]) -> Vec<u8> {
    let types = br#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>"#;
    let root = br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let main = br#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="units" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    let rels = br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
    let parts: [(&str, &[u8]); 4] = [
        ("[Content_Types].xml", types),
        ("_rels/.rels", root),
        ("xl/workbook.xml", main),
        ("xl/_rels/workbook.xml.rels", rels),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts.iter().chain([&(SHEET, sheet)]).chain(more) {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("a part");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("a zip").into_inner()
}

fn cells(inner: &str) -> Vec<u8> {
    format!(r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{inner}</sheetData></worksheet>"#).into_bytes()
}

fn refused(bytes: &[u8]) -> Fault {
    open(bytes, &Limits::default()).expect_err("it is refused")
}

#[test]
fn the_least_workbook_is_read() {
    let sheet = cells(r#"<row r="1"><c r="A1" t="inlineStr"><is><t>unit_id</t></is></c></row>"#);
    let read = open(&book(&sheet, &[]), &Limits::default()).expect("a workbook");
    assert_eq!(read.rows[0].cells, ["unit_id"]);
}

#[test]
fn what_is_no_workbook_is_refused() {
    assert_eq!(refused(b"").code, codes::NO_WORKBOOK);
    assert_eq!(refused(b"unit_id,site_id\n").code, codes::NO_WORKBOOK);
    assert_eq!(refused(b"PK\x03\x04").code, codes::NO_WORKBOOK);
    // The old binary format.
    let old = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    assert_eq!(refused(&old).code, codes::NO_WORKBOOK);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", SimpleFileOptions::default())
        .expect("a part");
    let other = zip.finish().expect("a zip").into_inner();
    assert_eq!(refused(&other).code, codes::NO_WORKBOOK);
}

#[test]
fn a_file_cut_short_is_refused_wherever_it_is_cut() {
    let whole = book(&cells(""), &[]);
    for end in (0..whole.len()).step_by(37) {
        let code = refused(&whole[..end]).code;
        assert_eq!(code, codes::NO_WORKBOOK, "cut at {end}");
    }
}

#[test]
fn a_bomb_is_refused_before_it_unpacks() {
    let zeros = vec![b' '; 64 << 20];
    let bomb = book(&zeros, &[]);
    assert!(bomb.len() < 200_000);
    assert_eq!(refused(&bomb).code, codes::BOOK_TOO_LARGE);
    let hidden = book(&cells(""), &[("docProps/thumbnail.bin", &zeros)]);
    assert_eq!(refused(&hidden).code, codes::BOOK_TOO_LARGE);
}

#[test]
fn a_directory_that_lies_about_sizes_does_not_help() {
    let zeros = vec![b' '; 64 << 20];
    let mut bomb = book(&cells(""), &[("x.bin", &zeros)]);
    // Every size that says 64 MiB says 1 KiB instead, in the local headers and in the directory.
    let (true_size, false_size) = ((64_u32 << 20).to_le_bytes(), 1024_u32.to_le_bytes());
    let hits: Vec<usize> = (0..bomb.len() - 4)
        .filter(|at| bomb[*at..at + 4] == true_size)
        .collect();
    assert!(!hits.is_empty());
    for at in hits {
        bomb[at..at + 4].copy_from_slice(&false_size);
    }
    let code = refused(&bomb).code;
    assert!([codes::BOOK_TOO_LARGE, codes::NO_WORKBOOK].contains(&code));
}

#[test]
fn a_file_that_is_too_large_or_has_too_many_parts_is_refused() {
    let mut large = book(&cells(""), &[]);
    large.resize(FILE_MAX + 1, 0);
    assert_eq!(refused(&large).code, codes::BOOK_TOO_LARGE);
    let names: Vec<String> = (0..300).map(|n| format!("xl/part{n}.xml")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), &b"x"[..])).collect();
    assert_eq!(
        refused(&book(&cells(""), &parts)).code,
        codes::BOOK_TOO_LARGE
    );
}

#[test]
fn a_cell_in_the_last_corner_asks_for_nothing() {
    let far = cells(r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#);
    let sheet = cells(r#"<row r="1"><c r="XFD1"><v>1</v></c></row>"#);
    assert_eq!(refused(&book(&far, &[])).code, codes::BOOK_TOO_LARGE);
    assert_eq!(refused(&book(&sheet, &[])).code, codes::BOOK_TOO_LARGE);
    let mut says = cells("");
    let huge = br#"<dimension ref="A1:XFD1048576"/><sheetData>"#;
    let at = says.windows(11).position(|w| w == b"<sheetData>");
    says.splice(at.expect("data").., huge.iter().copied());
    says.extend(b"</sheetData></worksheet>");
    let read = open(&book(&says, &[]), &Limits::default()).expect("it is only empty");
    assert!(read.rows.is_empty());
}

#[test]
fn one_text_named_by_every_cell_is_refused() {
    let text = "x".repeat(32_000);
    let shared = format!(
        r#"<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{text}</t></si></sst>"#
    );
    let rows: String = (1..=3_000)
        .map(|n| format!(r#"<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>"#))
        .collect();
    let bytes = book(
        &cells(&rows),
        &[("xl/sharedStrings.xml", shared.as_bytes())],
    );
    assert_eq!(refused(&bytes).code, codes::BOOK_TOO_LARGE);
}

#[test]
fn macros_embedded_objects_and_outside_links_are_refused() {
    for part in [
        "xl/vbaProject.bin",
        "xl/externalLinks/externalLink1.xml",
        "xl/embeddings/oleObject1.bin",
        "xl/activeX/activeX1.xml",
        "xl/macrosheets/sheet1.xml",
        "xl/connections.xml",
    ] {
        let bytes = book(&cells(""), &[(part, b"x")]);
        assert_eq!(refused(&bytes).code, codes::ACTIVE_BOOK, "{part}");
    }
    assert_eq!(codes::ACTIVE_BOOK.0, "IN172");
}

#[test]
fn entities_and_deep_nesting_are_harmless() {
    let laughs = br#"<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>"#;
    assert_eq!(refused(&book(laughs, &[])).code, codes::NO_WORKBOOK);
    let deep = format!("{}{}", "<a>".repeat(300_000), "</a>".repeat(300_000));
    // Read or refused: it ends, and the stack holds.
    let _ = open(&book(&cells(&deep), &[]), &Limits::default());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_byte_of_a_workbook_can_make_the_reader_fall(
        hits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)
    ) {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write(0, 0, "unit_id").expect("a cell");
        sheet.write(1, 0, 1.5).expect("a cell");
        let mut bytes = book.save_to_buffer().expect("a workbook");
        for (at, byte) in hits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Err(fault) = open(&bytes, &Limits::default()) {
            let known = [codes::NO_WORKBOOK, codes::BOOK_TOO_LARGE, codes::ACTIVE_BOOK];
            assert!(known.contains(&fault.code), "{fault}");
        }
    }
}
