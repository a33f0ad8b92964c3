//! `zhuchao draw verify FILE`: repeats a draw, or says what does not follow.

use tempfile::TempDir;
use zhuchao::acts::supervision::lottery;
use zhuchao::acts::supervision::published::{self, FORMAT, Published};
use zhuchao::domain::draw::{Entry, List};

use super::{json, refused, run, status, text};
use crate::support::town::moment;
use crate::support::world::{day, key};

/// The worked example of the README as a published file.
fn example() -> Published {
    let entry = |contract: &str, weight, officers: &[u32]| Entry {
        contract: key(contract),
        weight,
        officers: officers.to_vec(),
    };
    let list = List {
        entries: vec![
            entry("C-0001", 1, &[0, 1, 2]),
            entry("C-0002", 5, &[0, 2]),
            entry("C-0003", 3, &[0, 1, 2]),
        ],
        officers: 3,
        count: 2,
    };
    let digest = lottery::digest(&list);
    let seed = lottery::seed(&digest, "3210.45");
    Published {
        format: FORMAT.to_owned(),
        id: key("D-1"),
        district: None,
        title: "example".to_owned(),
        stage: "drawn".to_owned(),
        method: "the closing value of an index".to_owned(),
        known_from: day(2026, 3, 10),
        announced_at: moment("2026-03-02T09:00:00+08:00"),
        frozen_at: None,
        policy: None,
        officers: Some(list.officers),
        count: Some(list.count),
        drawn: lottery::draw(&list, &seed).expect("drawn"),
        list: list.entries,
        list_digest: Some(digest),
        drawn_at: None,
        value: Some("3210.45".to_owned()),
        seed: Some(seed),
    }
}

#[test]
fn a_published_draw_is_repeated_or_what_differs_is_told() {
    let folder = TempDir::new().expect("a folder");
    let put = |name: &str, draw: &Published| {
        let text = published::file(draw).expect("a file");
        std::fs::write(folder.path().join(name), text).expect("written");
    };
    put("draw.json", &example());
    let output = run(folder.path(), &["draw", "verify", "draw.json"]);
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    insta::assert_snapshot!(text(&output.stdout));
    let told = json(folder.path(), &["draw", "verify", "draw.json"]);
    assert_eq!((&told["listed"], &told["weight"]), (&3.into(), &9.into()));
    let mut other = example();
    other.drawn.reverse();
    put("other.json", &other);
    let said = refused(folder.path(), &["draw", "verify", "other.json"]);
    assert!(said.contains("AC438"), "{said}");
}
