//! Certificates in words: the fixed city in both languages, for the bureau and for a firm; no secret of
//! another firm; every sentence in both languages with the same holes.

use std::collections::BTreeSet;

use zhuchao::planning::facts::Facts;
use zhuchao::planning::why::book;
use zhuchao::planning::why::certificate::Office;
use zhuchao::planning::why::name::Names;
use zhuchao::planning::why::tell::tell;
use zhuchao::planning::why::viewer::Viewer;

use super::super::city;
use super::city::planned;

/// All certificates of the fixed city in words.
fn told(viewer: impl Fn(&zhuchao::domain::application::Application) -> Viewer, zh: bool) -> String {
    let planned = planned(city::snapshot());
    let facts = Facts::of(&planned.snapshot).expect("facts");
    let footing = planned.footing();
    let office = Office::of(&facts, &footing).expect("an office");
    let names = Names {
        snapshot: &planned.snapshot,
        policy: &planned.built.policy,
    };
    let mut text = String::new();
    for application in &planned.snapshot.applications {
        let sheet = office
            .sheet(&application.id, &viewer(application))
            .expect("a sheet");
        text.push_str(&format!("{}\n", application.id));
        for sentence in tell(&names, application, &sheet) {
            let said = if zh { sentence.zh } else { sentence.en };
            text.push_str(&format!("  {said}\n"));
        }
    }
    text
}

#[test]
fn the_bureau_reads_chinese() {
    insta::assert_snapshot!(told(|_| Viewer::All, true));
}

#[test]
fn the_bureau_reads_english() {
    insta::assert_snapshot!(told(|_| Viewer::All, false));
}

#[test]
fn a_firm_reads_no_name_of_another() {
    let text = told(|a| Viewer::Firm(a.firm.clone()), true);
    let mut own = "";
    for line in text.lines() {
        match line.strip_prefix("  ") {
            None => own = line,
            Some(said) => {
                let others = said.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
                assert!(
                    others.filter(|w| w.starts_with("AP-")).all(|w| w == own),
                    "{own}: {said}"
                );
            }
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn every_sentence_is_whole_in_both_languages() {
    let holes = |text: &str| -> BTreeSet<String> {
        let parts = text.split('{').skip(1);
        parts
            .filter_map(|p| p.split_once('}'))
            .map(|(h, _)| h.to_owned())
            .collect()
    };
    let mut keys = BTreeSet::new();
    for (key, zh, en) in book::rows() {
        assert!(!key.is_empty() && !zh.is_empty() && !en.is_empty(), "{key}");
        assert_eq!(holes(zh), holes(en), "{key}");
        assert!(keys.insert(key), "{key} stands twice");
    }
}
