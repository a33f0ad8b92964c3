//! Notices as files of a word processor: whole, well formed, with everything in its place and nothing of anybody's
//! making taken for markup.

use std::io::{Cursor, Read};

use proptest::prelude::*;
use zhuchao::acts::papers::docx::{self, NOT_PACKED};
use zhuchao::acts::papers::{Notice, preview};
use zhuchao::acts::refuse::{ABSENT, NOT_ALLOWED};
use zhuchao::domain::procedure::Step;
use zip::ZipArchive;

use super::procedure::{code, go, r1, world};
use crate::support::town::towns;

fn notice() -> Notice {
    let cells = |n: usize| ["a", "b", "c", "d", "e", "f"].map(|c| format!("{c}{n}"));
    Notice {
        number: "演示〔2026〕1号".to_owned(),
        title: "第一批配置结果公示".to_owned(),
        text: vec!["第一段".to_owned(), "A & B <公司>".to_owned()],
        heads: cells(0),
        rows: (1..=3).map(cells).collect(),
        checks: vec!["zhuchao check".to_owned()],
        office: "主管部门".to_owned(),
        seal: "印章".to_owned(),
        day: "2026-02-13".to_owned(),
    }
}

fn document(notice: &Notice) -> String {
    let bytes = docx::written(notice).expect("it is packed");
    assert_eq!(
        bytes,
        docx::written(notice).expect("again"),
        "the same bytes"
    );
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut names: Vec<String> = zip
        .file_names()
        .map(|n| n.expect("a name").into_owned())
        .collect();
    names.sort();
    assert_eq!(
        names,
        ["[Content_Types].xml", "_rels/.rels", "word/document.xml"]
    );
    let mut text = String::new();
    let mut part = zip.by_name("word/document.xml").expect("the document");
    part.read_to_string(&mut text).expect("UTF-8");
    text
}

/// Every tag is closed in order.
fn well_formed(text: &str) {
    let mut open: Vec<String> = Vec::new();
    for piece in text.split('<').skip(1) {
        let (tag, rest) = piece.split_once('>').expect("a tag ends");
        assert!(!rest.contains('>'), "a bare sign: {rest}");
        let name = tag
            .split([' ', '/'])
            .find(|w| !w.is_empty())
            .unwrap_or_default();
        if tag.starts_with('?') || tag.ends_with('/') {
            continue;
        }
        match tag.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop().as_deref(), Some(closed)),
            None => open.push(name.to_owned()),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn a_notice_becomes_a_file_with_everything_in_its_place() {
    let text = document(&notice());
    well_formed(&text);
    assert!(
        !text.contains("{{") && !text.contains("}}"),
        "every mark is filled"
    );
    for words in [
        "演示〔2026〕1号",
        "第一批配置结果公示",
        "A &amp; B &lt;公司&gt;",
        "f3",
        "印章",
        "2026-02-13",
    ] {
        assert!(text.contains(words), "{words}");
    }
    assert_eq!(
        text.matches("<w:tr>").count(),
        4,
        "the heads and three awards"
    );
    let bare = document(&Notice {
        rows: Vec::new(),
        ..notice()
    });
    well_formed(&bare);
    assert!(!bare.contains("<w:tbl>"), "a guide has no table");
    assert_eq!(NOT_PACKED.0, "AC510");
}

proptest! {
    #[test]
    fn nothing_that_anybody_is_called_becomes_markup(name in any::<String>(), more in "[{}<>&a-z1-6]{0,12}") {
        let mut odd = notice();
        odd.rows[0][1].clone_from(&name);
        odd.rows[1][1].clone_from(&more);
        odd.title = format!("{{{{each rows}}}}{name}");
        let text = document(&odd);
        well_formed(&text);
        prop_assert_eq!(text.matches("<w:tr>").count(), 4);
    }
}

#[test]
fn a_notice_is_previewed_by_who_may_publish_it_once_a_plan_is_chosen() {
    for town in towns(&world()) {
        go(&town, Step::Frozen);
        assert_eq!(code(preview(&town.planner(), &r1())), ABSENT);
        let town_plan = super::procedure::planned(&town);
        zhuchao::acts::rounds::choice::choose(&town.planner(), &r1(), &town_plan, "the best")
            .expect("chosen");
        let board = preview(&town.planner(), &r1()).expect("a board");
        assert_eq!(board.proof.plan, town_plan);
        assert_eq!(board.figures.placed, 2);
        assert_eq!(code(preview(&town.firm("F1"), &r1())), NOT_ALLOWED);
    }
}
