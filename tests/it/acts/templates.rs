//! Templates of notices: what is one, what is filled, every version kept, on both databases.

use std::io::{Cursor, Read, Write};

use zhuchao::acts::papers::docx::{self, BAD_FIELDS, NO_TEMPLATE};
use zhuchao::acts::papers::package::{FILE_MAX, Package};
use zhuchao::acts::papers::press::{NO_PRESS, Press};
use zhuchao::acts::papers::{Notice, marks, templates};
use zhuchao::acts::refuse::{ABSENT, NOT_ALLOWED, UNFIT};
use zhuchao::domain::fault::{Code, Faults};
use zhuchao::store::doctor;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::support::town::towns;
use crate::support::world::World;

const TYPES: &str = include_str!("../../../data/templates/notice/content_types.xml");
const RELATIONS: &str = include_str!("../../../data/templates/notice/rels.xml");

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("a part");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("a zip").into_inner()
}

fn paragraph(texts: &[&str]) -> String {
    let runs = texts
        .iter()
        .map(|t| format!("<w:r><w:rPr><w:b/></w:rPr><w:t>{t}</w:t></w:r>"));
    format!("<w:p><w:pPr/>{}</w:p>", runs.collect::<String>())
}

/// A document of a word processor that cut some of the marks into pieces.
fn body() -> String {
    let row = format!(
        "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>",
        paragraph(&["{{", "企业", "}}"]),
        paragraph(&["{{area}} m²"])
    );
    [
        paragraph(&["号：{", "{文", "号}}。"]),
        paragraph(&["{{标题}}"]),
        paragraph(&["{{正文}}"]),
        format!(
            "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr>{row}</w:tbl>",
            paragraph(&["表"])
        ),
        paragraph(&["{{day}}"]),
    ]
    .concat()
}

fn file(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    let mut parts = vec![
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("word/document.xml", document.as_str()),
    ];
    parts.extend(more);
    packed(&parts)
}

fn own() -> Vec<u8> {
    let head = paragraph(&["{{title}}"]);
    file(&body(), &[("word/header1.xml", &head)])
}

fn notice() -> Notice {
    let row = |n: usize| ["1", "甲&乙", "园区", "12.5", "0", "{{day}}"].map(|c| format!("{c}{n}"));
    Notice {
        number: "演示〔2026〕1号".to_owned(),
        title: "公示".to_owned(),
        text: vec!["一".to_owned(), "二".to_owned(), "三".to_owned()],
        rows: (1..=2).map(row).collect(),
        day: "2026-02-13".to_owned(),
        ..Notice::default()
    }
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut text = String::new();
    let mut part = zip.by_name(name).expect("the part");
    part.read_to_string(&mut text).expect("UTF-8");
    text
}

fn code<T: std::fmt::Debug>(result: Result<T, Faults>) -> Code {
    result.expect_err("it is refused").0[0].code
}

#[test]
fn marks_that_were_cut_into_pieces_are_filled_and_rows_and_paragraphs_repeated() {
    let package = Package::open(&own()).expect("a template");
    let fields = package.fields().expect("its fields");
    assert_eq!(fields.len(), 7, "{fields:?}");
    let bytes = package.filled(&notice()).expect("filled");
    assert_eq!(bytes, package.filled(&notice()).expect("again"));
    let text = part(&bytes, "word/document.xml");
    for words in [
        "号：",
        "演示〔2026〕1号",
        "甲&amp;乙1",
        "甲&amp;乙2",
        "12.51 m²",
        "。",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("{{"), "{text}");
    assert_eq!(text.matches("<w:tr>").count(), 3, "heads and two awards");
    assert_eq!(text.matches("<w:p>").count(), 11, "{text}");
    assert!(part(&bytes, "word/header1.xml").contains(">公示<"));
    let bare = Notice {
        rows: Vec::new(),
        ..notice()
    };
    let bare = package.filled(&bare).expect("filled");
    assert!(!part(&bare, "word/document.xml").contains("<w:tbl>"));
}

#[test]
fn what_is_no_template_is_refused_with_the_reason() {
    let refused = |bytes: &[u8]| {
        let found = Package::open(bytes).and_then(|p| p.fields());
        found.expect_err("it is refused").code
    };
    assert_eq!(refused(b"no zip"), NO_TEMPLATE);
    assert_eq!(refused(&vec![0; FILE_MAX + 1]), NO_TEMPLATE);
    assert_eq!(refused(&packed(&[("a.txt", "x")])), NO_TEMPLATE);
    let bomb = " ".repeat(20 << 20);
    assert_eq!(
        refused(&file(&body(), &[("word/x.xml", &bomb)])),
        NO_TEMPLATE
    );
    for (name, text) in [
        ("word/vbaProject.bin", "x"),
        ("word/embeddings/a.bin", "x"),
        ("word/styles.xml", "<!DOCTYPE x>"),
        (
            "word/_rels/document.xml.rels",
            "<Relationship Type=\"x/attachedTemplate\" TargetMode=\"External\"/>",
        ),
    ] {
        assert_eq!(
            refused(&file(&body(), &[(name, text)])),
            NO_TEMPLATE,
            "{name}"
        );
    }
    let link = "<Relationship Type=\"x/hyperlink\" TargetMode=\"External\"/>";
    let linked = file(&body(), &[("word/_rels/document.xml.rels", link)]);
    assert!(
        Package::open(&linked).is_ok(),
        "a link that is followed by hand"
    );
    let odd = format!("{}{}", body(), paragraph(&["{{金额}}"]));
    assert_eq!(refused(&file(&odd, &[])), BAD_FIELDS);
    assert_eq!(refused(&file(&paragraph(&["{{文号}}"]), &[])), BAD_FIELDS);
    let outside = format!("{}{}", paragraph(&["{{企业}}"]), body());
    assert_eq!(refused(&file(&outside, &[])), NO_TEMPLATE);
    let built_in = docx::built_in();
    let fields = built_in.fields().expect("what is built in is a template");
    assert_eq!(fields.len(), marks::FIELDS.len(), "and has every field");
    Package::open(&built_in.packed().expect("packed")).expect("and can be sent back");
}

#[test]
fn every_version_is_kept_and_the_last_one_is_in_force() {
    for town in towns(&World::city()) {
        let planner = town.planner();
        let built_in = templates::written(&town.public(), &notice()).expect("a file");
        assert_eq!(built_in, docx::written(&notice()).expect("a file"));
        let bring = |bytes: &[u8], why: &str| templates::bring(&planner, bytes, why);
        assert_eq!(code(bring(&own(), " ")), UNFIT);
        assert_eq!(code(bring(b"x", "why")), NO_TEMPLATE);
        assert_eq!(
            code(templates::bring(&town.bureau(), &own(), "why")),
            NOT_ALLOWED
        );
        assert_eq!(code(templates::list(&town.firm("F1"))), NOT_ALLOWED);
        let first = bring(&own(), "our letterhead").expect("brought");
        assert_eq!((first.version, first.fields.len()), (1, 7));
        let own_file = templates::written(&town.public(), &notice()).expect("a file");
        assert!(part(&own_file, "word/document.xml").contains("号："));
        let back = templates::back(&planner, None, "wrong logo").expect("back");
        assert_eq!((back.version, back.digest), (2, None));
        assert_eq!(
            templates::written(&town.public(), &notice()).expect("a file"),
            built_in
        );
        let again = templates::back(&planner, Some(1), "it was right").expect("again");
        assert_eq!((again.version, &again.digest), (3, &first.digest));
        assert_eq!(code(templates::back(&planner, Some(9), "why")), ABSENT);
        let all = templates::list(&town.bureau()).expect("a list");
        assert_eq!(all.iter().map(|t| t.version).collect::<Vec<_>>(), [3, 2, 1]);
        assert_eq!(
            part(
                &templates::file(&planner, Some(1)).expect("a file"),
                "word/document.xml"
            ),
            part(&own(), "word/document.xml")
        );
        let health = doctor::examine(town.desk.store()).expect("examined");
        assert_eq!(health.faults, Vec::new(), "{}", town.name);
    }
}

#[test]
fn a_press_needs_a_font() {
    let fault = Press::open("nowhere.ttf").err().expect("it is refused");
    assert_eq!(fault.code, NO_PRESS);
}
