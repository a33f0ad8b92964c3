//! Undoing an import, on both databases: everything is as it was, or nothing is touched.

use zhuchao::acts::import::{Manner, import};
use zhuchao::acts::imports::{self, CHANGED_SINCE, NOT_KEPT};
use zhuchao::acts::kinds::{Format, Kind};
use zhuchao::acts::{Desk, care, export, refuse};
use zhuchao::domain::fault::Code;
use zhuchao::domain::import::Import;
use zhuchao::domain::place::Datum;
use zhuchao::store::journal::{self, Entry};
use zhuchao::store::{self, StoreError, Writing};

use super::{demo, desks};
use crate::support::town::towns;
use crate::support::world::World;

const CSV: Manner = Manner {
    format: Format::Csv,
    datum: Some(Datum::Wgs84),
    dry_run: false,
};

/// Imports a text; the key of the import.
fn brought(desk: &Desk, kind: Kind, text: &[u8]) -> Option<String> {
    let mut source = text;
    import(desk, kind, &mut source, CSV)
        .expect("a good file")
        .import
}

fn table(desk: &Desk, kind: Kind) -> Vec<u8> {
    export::table(desk, kind, Format::Csv).expect("a file")
}

fn world() -> World {
    World::city()
        .site("S1", "440305", 0)
        .unit("S1-1", "S1/A/1", 300)
        .unit("S1-2", "S1/A/2", 400)
        .firm("F1", 20)
}

/// The table of units with another room of the first, and a copy of the second on a floor of its own.
fn changed(units: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(units.to_vec()).expect("UTF-8");
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let second = lines
        .iter()
        .find(|l| l.contains("S1-2"))
        .expect("a row")
        .clone();
    lines.push(second.replace("S1-2", "S1-3"));
    for line in lines.iter_mut().filter(|l| l.contains("S1-1")) {
        *line = line.replace("300", "310");
    }
    (lines.join("\n") + "\n").into_bytes()
}

#[test]
fn every_row_is_as_it_was() {
    for town in towns(&world()) {
        let desk = &town.desk;
        let before = table(desk, Kind::Units);
        let key = brought(desk, Kind::Units, &changed(&before)).expect("something changed");
        assert_ne!(table(desk, Kind::Units), before);
        let told = imports::list(desk, (None, 10)).expect("a list");
        assert_eq!((told.len(), told[0].inserted, told[0].updated), (1, 1, 1));
        assert!(told[0].can_be_undone, "{}", town.name);
        let undone = imports::undo(desk, &key, "the wrong file").expect("undone");
        assert!(!undone.can_be_undone && undone.undone.is_some());
        assert_eq!(table(desk, Kind::Units), before);
        let again = imports::undo(desk, &key, "twice").expect_err("it is undone");
        assert_eq!(again.0[0].code, refuse::WRONG_STATE);
        let (_, faults) = care::examine(desk).expect("an examination");
        assert!(faults.is_empty(), "{}: {faults:?}", town.name);
        let rows = desk.store().read(|tx| journal::page(tx, 0, 1_000));
        let acts: Vec<String> = (rows.expect("a journal").into_iter())
            .map(|r| r.entry.act)
            .collect();
        assert_eq!(acts.last().map(String::as_str), Some("undo import"));
    }
}

#[test]
fn what_changed_since_is_named_and_nothing_is_put_back() {
    for town in towns(&world()) {
        let desk = &town.desk;
        let before = table(desk, Kind::Units);
        let first = brought(desk, Kind::Units, &changed(&before)).expect("something changed");
        let now = table(desk, Kind::Units);
        let text = String::from_utf8(now).expect("UTF-8").replace("310", "320");
        let second = brought(desk, Kind::Units, text.as_bytes()).expect("something changed");
        let now = table(desk, Kind::Units);
        let refused = imports::undo(desk, &first, "too late").expect_err("it was changed");
        assert_eq!(refused.0[0].code, CHANGED_SINCE);
        assert_eq!(refused.0[0].place.subject.as_deref(), Some("unit S1-1"));
        assert_eq!(table(desk, Kind::Units), now, "{}", town.name);
        // The later one first, then the earlier.
        imports::undo(desk, &second, "in order").expect("undone");
        imports::undo(desk, &first, "in order").expect("undone");
        assert_eq!(table(desk, Kind::Units), before);
    }
}

#[test]
fn every_table_of_the_demonstration_can_be_brought_in_and_undone() {
    for (name, desk, _folder) in desks() {
        demo(&desk);
        for kind in [
            Kind::Stations,
            Kind::Lines,
            Kind::Clusters,
            Kind::Firms,
            Kind::Applications,
        ] {
            let before = table(&desk, kind);
            let text = String::from_utf8(before.clone()).expect("UTF-8");
            let mut lines: Vec<&str> = text.lines().collect();
            // The last row is changed by its note; where a table has none, nothing changes.
            let last = lines.pop().expect("a row").to_owned() + " (again)";
            lines.push(&last);
            let sent = lines.join("\n") + "\n";
            let mut source = sent.as_bytes();
            let Ok(done) = import(&desk, kind, &mut source, CSV) else {
                continue;
            };
            let Some(key) = done.import else { continue };
            imports::undo(&desk, &key, "as it was").expect("undone");
            assert_eq!(table(&desk, kind), before, "{name} {}", kind.name());
        }
    }
}

#[test]
fn only_who_may_import_may_undo_and_says_why() {
    for town in towns(&world()) {
        let before = table(&town.desk, Kind::Units);
        let key = brought(&town.desk, Kind::Units, &changed(&before)).expect("something changed");
        let code = |desk: &Desk, id: &str, reason: &str| -> Code {
            imports::undo(desk, id, reason).expect_err("refused").0[0].code
        };
        assert_eq!(code(&town.bureau(), &key, "mine"), refuse::NOT_ALLOWED);
        assert_eq!(
            code(&town.district("440305"), &key, "mine"),
            refuse::NOT_ALLOWED
        );
        assert_eq!(code(&town.public(), &key, "mine"), refuse::SIGN_IN);
        assert_eq!(code(&town.planner(), &key, " "), refuse::UNFIT);
        assert_eq!(code(&town.planner(), "I-1", "why"), refuse::ABSENT);
        assert!(imports::list(&town.firm("F1"), (None, 10)).is_err());
        imports::undo(&town.planner(), &key, "the wrong file").expect("undone");
    }
}

#[test]
fn a_new_row_that_is_named_elsewhere_stays() {
    for town in towns(&world()) {
        let desk = &town.desk;
        let sites = String::from_utf8(table(desk, Kind::Sites)).expect("UTF-8");
        let row = sites.lines().find(|l| l.contains("S1")).expect("a row");
        let more = format!("{sites}{}\n", row.replace("S1", "S9"));
        let key = brought(desk, Kind::Sites, more.as_bytes()).expect("a new site");
        let units = String::from_utf8(table(desk, Kind::Units)).expect("UTF-8");
        let row = units.lines().find(|l| l.contains("S1-1")).expect("a row");
        let more = format!("{units}{}\n", row.replace("S1", "S9"));
        brought(desk, Kind::Units, more.as_bytes()).expect("new units");
        let now = table(desk, Kind::Sites);
        let refused = imports::undo(desk, &key, "why").expect_err("a building stands on it");
        assert!(refused.0[0].code.0.starts_with("ST"), "{refused:?}");
        assert_eq!(table(desk, Kind::Sites), now, "{}", town.name);
    }
}

#[test]
fn an_import_whose_rows_are_not_kept_is_not_undone() {
    for town in towns(&world()) {
        let desk = &town.desk;
        let before = table(desk, Kind::Units);
        let key = brought(desk, Kind::Units, &changed(&before)).expect("something changed");
        let large = |tx: &mut Writing<'_>| -> Result<(), StoreError> {
            let mut import: Import = store::need(tx, &key)?;
            import.kept = false;
            store::upsert_many(tx, &[import])?;
            let entry = Entry {
                at: desk.now(),
                actor: "test".to_owned(),
                act: "forget rows".to_owned(),
                subject: format!("import {key}"),
                before: None,
                after: None,
            };
            journal::append(tx, &entry).map(drop)
        };
        desk.store().write(large).expect("written");
        let told = imports::list(desk, (None, 10)).expect("a list");
        assert!(!told[0].can_be_undone);
        let refused = imports::undo(desk, &key, "why").expect_err("it is too large");
        assert_eq!(refused.0[0].code, NOT_KEPT, "{}", town.name);
    }
}
