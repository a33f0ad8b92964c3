//! Evidence: what a file is by its own bytes, and who files, reads and removes it.

use std::io::Write;

use zhuchao::acts::cases::evidence::{self, FILES_MAX, Sent};
use zhuchao::acts::cases::file_kind::{
    DOCX, EVIDENCE_TOO_LARGE, FILE_MAX, NOT_EVIDENCE, XLSX, media_type,
};
use zhuchao::acts::cases::{self, draft, review, submit};
use zhuchao::acts::refuse;
use zhuchao::store::doctor::EVIDENCE_DIFFERS;
use zhuchao::store::{case_files, raw};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{PDF, cells, code, drafted, here, officer, pledge, submitted, well, words};

/// An archive of files by name.
fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in files {
        writer.start_file(*name, plain).expect("an entry");
        writer.write_all(bytes).expect("its bytes");
    }
    writer.finish().expect("an archive").into_inner()
}

fn docx() -> Vec<u8> {
    archive(&[
        ("[Content_Types].xml", b"<x/>"),
        ("word/document.xml", b"<x/>"),
    ])
}

fn png() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.extend(b"\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\0\0\0\0");
    bytes.extend(b"\0\0\0\0IEND\xae\x42\x60\x82");
    bytes
}

fn jpeg() -> Vec<u8> {
    b"\xff\xd8\xff\xe0\0\x04JF\xff\xd9".to_vec()
}

#[test]
fn whole_files_of_five_kinds_are_known_by_their_bytes() {
    let xlsx = archive(&[
        ("[Content_Types].xml", b"<x/>"),
        ("xl/workbook.xml", b"<x/>"),
    ]);
    let all = [
        (PDF.to_vec(), "application/pdf"),
        (png(), "image/png"),
        (jpeg(), "image/jpeg"),
        (docx(), DOCX),
        (xlsx, XLSX),
    ];
    for (bytes, media) in all {
        assert_eq!(media_type(&bytes).map_err(|f| f.to_string()), Ok(media));
    }
}

/// Two byte strings after each other.
fn then(first: &[u8], second: &[u8]) -> Vec<u8> {
    [first, second].concat()
}

/// The bytes with a number of the directory overwritten.
fn lying(mut bytes: Vec<u8>, mark: &[u8], at: usize, value: u32) -> Vec<u8> {
    let entry = bytes.windows(4).position(|w| w == mark).expect("the mark");
    bytes[entry + at..entry + at + 4].copy_from_slice(&value.to_le_bytes());
    bytes
}

#[test]
fn hostile_files_are_refused() {
    let both = archive(&[
        ("[Content_Types].xml", b"<x/>"),
        ("word/document.xml", b"<x/>"),
        ("xl/workbook.xml", b"<x/>"),
    ]);
    let macros = archive(&[
        ("[Content_Types].xml", b"<x/>"),
        ("word/document.xml", b"<x/>"),
        ("word/vbaProject.bin", b"x"),
    ]);
    let all: Vec<(&str, Vec<u8>)> = vec![
        ("nothing", Vec::new()),
        ("a script", b"<html><script>alert(1)</script>".to_vec()),
        ("a program", b"\x7fELF\x02\x01\x01".to_vec()),
        ("a PDF further in", then(b"junk", PDF)),
        ("a PDF cut off", b"%PDF-1.4\n1 0 obj".to_vec()),
        ("a PNG cut off", png()[..40].to_vec()),
        ("a PNG with something after", then(&png(), b"<script>")),
        (
            "a PNG that claims a huge chunk",
            then(&png()[..8], b"\xff\xff\xff\xffIHDR"),
        ),
        (
            "a PNG without its head",
            then(&png()[..8], b"\0\0\0\0IEND\xae\x42\x60\x82"),
        ),
        ("a JPEG cut off", jpeg()[..6].to_vec()),
        ("a JPEG with something after", then(&jpeg(), b"<script>")),
        ("a PDF that is an archive too", then(PDF, &docx())),
        ("a PNG that is an archive too", then(&png(), &docx())),
        ("a JPEG that is an archive too", then(&jpeg(), &docx())),
        ("an archive with a PDF after", then(&docx(), PDF)),
        ("a plain archive", archive(&[("a.txt", b"x")])),
        ("a document and a table at once", both),
        ("a document with macros", macros),
        ("a document cut off", docx()[..docx().len() - 30].to_vec()),
        ("only the mark of an archive", b"PK\x03\x04".to_vec()),
        (
            "a bomb by its own claim",
            lying(docx(), b"PK\x01\x02", 24, u32::MAX),
        ),
        ("a directory elsewhere", lying(docx(), b"PK\x05\x06", 16, 7)),
        (
            "a first entry elsewhere",
            lying(docx(), b"PK\x01\x02", 42, 9),
        ),
        (
            "a directory of giants",
            lying(docx(), b"PK\x05\x06", 10, u32::MAX),
        ),
    ];
    for (what, bytes) in all {
        let refused = media_type(&bytes).expect_err(what);
        assert_eq!(refused.code, NOT_EVIDENCE, "{what}");
    }
    let mut large = PDF.to_vec();
    large.splice(20..20, vec![b' '; FILE_MAX]);
    let refused = media_type(&large).expect_err("too large");
    assert_eq!(refused.code, EVIDENCE_TOO_LARGE);
}

#[test]
fn no_bytes_make_the_reader_panic() {
    use proptest::prelude::*;
    let seeds = [PDF.to_vec(), png(), jpeg(), docx()];
    proptest!(|(seed in 0usize..4, cut in 0usize..400, flips in prop::collection::vec((0usize..400, any::<u8>()), 0..12))| {
        let mut bytes = seeds[seed].clone();
        for (at, byte) in flips {
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
        }
        bytes.truncate(bytes.len().saturating_sub(cut % 50));
        // Whatever it is: an answer, and the same one again.
        prop_assert_eq!(media_type(&bytes).is_ok(), media_type(&bytes).is_ok());
    });
}

#[test]
fn a_file_has_a_kind_of_the_policy_and_a_plain_name() {
    for town in here() {
        let case = drafted(&town, "F1");
        let file = |kind: &'static str, label: &'static str| {
            let sent = Sent {
                kind,
                label,
                bytes: PDF,
            };
            evidence::file(&town.preparer("F1"), &case.id, &sent)
        };
        let of = |field: &str| vec![(refuse::UNFIT.0, field.to_owned())];
        assert_eq!(cells(file("deed", "a.pdf")), of("kind"));
        assert_eq!(cells(file("pledge", "")), of("label"));
        for name in [
            "../../etc/passwd",
            "a\\b.pdf",
            "C:a.pdf",
            ".hidden",
            "a\r\nx: y.pdf",
            "a\0.pdf",
            "\u{202e}fdp.exe",
        ] {
            assert_eq!(cells(file("pledge", name)), of("label"), "{name:?}");
        }
        let again = file("licence", "执照 (1).pdf").expect("the same file proves another thing");
        let again = match file("licence", "执照 (2).pdf") {
            Ok(renamed) if again.evidence.len() == 2 => renamed,
            other => panic!("{other:?}"),
        };
        let kinds: Vec<&str> = again.evidence.iter().map(|e| e.kind.as_str()).collect();
        assert_eq!(kinds, ["pledge", "licence"]);
        assert_eq!(again.evidence[1].label, "执照 (2).pdf");
        assert_eq!(again.evidence[1].media_type, "application/pdf");
    }
}

#[test]
fn a_case_has_twenty_files_at_most() {
    for town in here() {
        let case = drafted(&town, "F1");
        let file = |n: usize| {
            let bytes = then(format!("%PDF-1.4 {n}\n").as_bytes(), b"%%EOF");
            let sent = Sent {
                bytes: &bytes,
                ..pledge()
            };
            evidence::file(&town.preparer("F1"), &case.id, &sent)
        };
        for n in 1..FILES_MAX {
            file(n).expect("filed");
        }
        assert_eq!(code(file(99)), cases::FULL_LIST);
        let first = &case.evidence[0].digest;
        evidence::remove(&town.preparer("F1"), &case.id, first).expect("removed");
        file(99).expect("there is room again");
        well(&town);
    }
}

#[test]
fn files_are_read_by_whoever_may_see_the_case() {
    for town in here() {
        let case = submitted(&town, "F1");
        let digest = &case.evidence[0].digest;
        let read = |d: &zhuchao::acts::Desk| evidence::read(d, &case.id, digest);
        for desk in [town.preparer("F1"), town.reviewer("440305"), town.planner()] {
            let (file, bytes) = read(&desk).expect("read");
            assert_eq!((file.label.as_str(), bytes.as_slice()), ("承诺书.pdf", PDF));
        }
        for desk in [town.firm("F2"), town.reviewer("440310")] {
            assert_eq!(code(read(&desk)), refuse::NOT_YOURS);
        }
        assert_eq!(code(read(&town.public())), refuse::SIGN_IN);
        let none = evidence::read(&town.planner(), &case.id, "0");
        assert_eq!(code(none), refuse::ABSENT);
    }
}

#[test]
fn what_an_officer_may_have_seen_stays_for_the_record() {
    for town in here() {
        let mine = town.preparer("F1");
        let bytes = |case: &str, digest: &str| {
            let holder = format!("case {case}");
            let read = (town.desk.store()).read(|tx| case_files::get(tx, &holder, digest));
            read.expect("read").is_some()
        };
        let case = drafted(&town, "F1");
        let digest = case.evidence[0].digest.clone();
        evidence::remove(&mine, &case.id, &digest).expect("removed");
        assert!(!bytes(case.id.as_str(), &digest), "nobody has seen it");
        assert_eq!(
            code(evidence::remove(&mine, &case.id, &digest)),
            refuse::ABSENT
        );
        let case = submitted(&town, "F1");
        assert_eq!(
            code(evidence::remove(&mine, &case.id, &digest)),
            refuse::WRONG_STATE
        );
        review::send_back(&officer(&town, &case), &case.id, words()).expect("returned");
        evidence::remove(&mine, &case.id, &digest).expect("off the list");
        assert!(bytes(case.id.as_str(), &digest), "the bytes stay");
        assert_eq!(
            code(evidence::read(&mine, &case.id, &digest)),
            refuse::ABSENT
        );
        assert_eq!(
            code(submit::submit(&town.firm("F1"), &case.id)),
            submit::INCOMPLETE
        );
        evidence::file(&mine, &case.id, &pledge()).expect("filed again");
        submit::submit(&town.firm("F1"), &case.id).expect("complete");
        assert_eq!(code(draft::prepare(&mine, &case.id)), refuse::WRONG_STATE);
        well(&town);
    }
}

#[test]
fn doctor_finds_evidence_that_was_changed_or_lost() {
    for town in here() {
        let find = || {
            let (_, faults) = zhuchao::acts::care::examine(&town.desk).expect("an examination");
            faults.iter().map(|f| f.code).collect::<Vec<_>>()
        };
        submitted(&town, "F1");
        let blob = match town.name {
            "sqlite" => "x'00'",
            _ => "'\\x00'::bytea",
        };
        let change = format!("UPDATE case_files SET bytes = {blob}");
        raw::execute(town.desk.store(), &change).expect("changed");
        assert_eq!(find(), [EVIDENCE_DIFFERS]);
        raw::execute(town.desk.store(), "DELETE FROM case_files").expect("lost");
        assert_eq!(find(), [EVIDENCE_DIFFERS]);
    }
}
