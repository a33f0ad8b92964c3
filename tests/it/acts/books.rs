//! Workbooks go out and come back, on both databases: nothing changes by itself, a change is shown
//! before it is made, nobody overwrites another, and what is wrong comes back in its cell.

use zhuchao::acts::books::take::{Meant, Sent, Taken, take};
use zhuchao::acts::books::{OTHER_DOOR, STALE_ROW, marked, template};
use zhuchao::acts::import::Refused;
use zhuchao::acts::kinds::Kind;
use zhuchao::acts::{Desk, care, refuse};
use zhuchao::intake::columns;
use zhuchao::intake::sheet::Sheet;
use zhuchao::intake::workbook::open;
use zhuchao::intake::{Limits, codes};
use zhuchao::store::journal;

use super::{demo, desks};
use crate::support::town::{Town, towns};
use crate::support::world::World;

const MEANT: Meant = Meant {
    datum: None,
    dry_run: false,
};
const DRY: Meant = Meant {
    dry_run: true,
    ..MEANT
};

fn here() -> Vec<Town> {
    let world = World::city()
        .site("S1", "440305", 0)
        .unit("S1-1", "S1/A/1", 300)
        .unit("S1-2", "S1/A/2", 400)
        .firm("F1", 20);
    towns(&world)
}

fn out(desk: &Desk, kind: Kind) -> Sheet {
    let bytes = template::made(desk, kind).expect("a workbook");
    open(&bytes, &Limits::default()).expect("our own workbook")
}

fn back(desk: &Desk, kind: Kind, sheet: &Sheet, meant: Meant) -> Result<Taken, Refused> {
    take(desk, kind, &Sent::Book(sheet), meant)
}

/// Sets a cell of the row of a key.
fn set(sheet: &mut Sheet, kind: Kind, key: &str, column: &str, text: &str) {
    let at = columns::of(kind).iter().position(|c| c.name == column);
    let at = at.expect("a column");
    let keys = sheet.keys(kind);
    let line = keys.iter().find(|(k, _)| k == key).expect("a row").1;
    let row = sheet.rows.iter_mut().find(|r| r.line == line);
    let row = row.expect("a row");
    let width = row.cells.len().max(at + 1);
    row.cells.resize(width, String::new());
    text.clone_into(&mut row.cells[at]);
}

fn codes_of(refused: &Refused) -> Vec<&'static str> {
    refused.faults.0.iter().map(|f| f.code.0).collect()
}

fn entries(desk: &Desk) -> usize {
    let all = desk.store().read(|tx| journal::page(tx, 0, 1000));
    all.expect("a journal").len()
}

#[test]
fn every_table_of_the_demonstration_comes_back_as_it_went_out() {
    for (name, desk, _folder) in desks() {
        demo(&desk);
        for kind in Kind::ALL {
            let again = back(&desk, kind, &out(&desk, kind), MEANT).expect("our own workbook");
            let tag = format!("{name} {}", kind.name());
            assert!(again.rows > 0, "{tag}");
            assert_eq!(again.changes, [], "{tag}");
            // Clusters drop words that no noun keeps; everything else must not change at all.
            if kind != Kind::Clusters {
                assert_eq!((again.inserted, again.updated), (0, 0), "{tag}");
            }
        }
        let (_, faults) = care::examine(&desk).expect("an examination");
        assert!(faults.is_empty(), "{name}: {faults:?}");
    }
}

#[test]
fn a_dry_run_shows_the_difference_and_leaves_nothing() {
    for town in here() {
        let desk = town.planner();
        let mut sheet = out(&desk, Kind::Units);
        set(&mut sheet, Kind::Units, "S1-1", "room", "101室");
        let before = entries(&desk);
        let seen = back(&desk, Kind::Units, &sheet, DRY).expect("a good sheet");
        assert!(seen.dry_run);
        assert_eq!((seen.inserted, seen.updated), (0, 1));
        let change = &seen.changes[0];
        assert_eq!((change.key.as_str(), change.new), ("S1-1", false));
        let cell = &change.cells[0];
        assert_eq!((cell.column.as_str(), cell.to.as_str()), ("room", "101室"));
        assert_eq!(entries(&desk), before, "{}", town.name);
        assert!(seen.to_string().contains("S1-1; room"), "{seen}");
        let done = back(&desk, Kind::Units, &sheet, MEANT).expect("a good sheet");
        assert_eq!(done.changes, seen.changes);
        assert_eq!(entries(&desk), before + 1);
        // The same file again: what it has is stored already.
        let again = back(&desk, Kind::Units, &sheet, MEANT).expect("no conflict");
        assert_eq!((again.updated, again.changes.len()), (0, 0));
    }
}

#[test]
fn a_row_that_another_changed_meanwhile_is_refused_and_none_is_written() {
    for town in here() {
        let desk = town.planner();
        let (mut mine, mut hers) = (out(&desk, Kind::Units), out(&desk, Kind::Units));
        set(&mut hers, Kind::Units, "S1-1", "room", "她的");
        back(&desk, Kind::Units, &hers, MEANT).expect("she was first");
        set(&mut mine, Kind::Units, "S1-2", "room", "我的");
        // My sheet still has the old room of S1-1: taking it in would undo her change.
        for meant in [DRY, MEANT] {
            let refused = back(&desk, Kind::Units, &mine, meant).expect_err("stale");
            assert_eq!(codes_of(&refused), [STALE_ROW.0], "{}", town.name);
            let place = &refused.faults.0[0].place;
            assert_eq!(place.row, Some(3));
            assert_eq!(place.subject.as_deref(), Some("units S1-1"));
        }
        assert_eq!(STALE_ROW.0, "AC502");
        let now = out(&desk, Kind::Units);
        let rooms: Vec<&str> = now.rows.iter().map(|r| r.cells[4].as_str()).collect();
        assert!(rooms.contains(&"她的") && !rooms.contains(&"我的"));
    }
}

#[test]
fn a_new_row_is_typed_below_and_one_that_appeared_meanwhile_is_a_conflict() {
    for town in here() {
        let desk = town.planner();
        let mut sheet = out(&desk, Kind::Units);
        let mut row = sheet.rows[2].clone();
        row.line = 5;
        "S1-9".clone_into(&mut row.cells[0]);
        sheet.rows.push(row);
        let mut late = sheet.clone();
        let done = back(&desk, Kind::Units, &sheet, MEANT).expect("a good sheet");
        assert_eq!((done.inserted, done.updated), (1, 0), "{}", town.name);
        assert!(done.changes[0].new);
        set(&mut late, Kind::Units, "S1-9", "room", "另一个");
        let refused = back(&desk, Kind::Units, &late, MEANT).expect_err("it exists now");
        assert_eq!(codes_of(&refused), [STALE_ROW.0]);
    }
}

#[test]
fn every_fault_comes_back_in_its_cell_and_the_copy_can_be_mended() {
    for town in here() {
        let desk = town.planner();
        let mut sheet = out(&desk, Kind::Units);
        set(&mut sheet, Kind::Units, "S1-1", "area_m2", "many");
        set(&mut sheet, Kind::Units, "S1-2", "use", "palace");
        let refused = back(&desk, Kind::Units, &sheet, MEANT).expect_err("two faults");
        assert_eq!(
            codes_of(&refused),
            ["DM120", codes::BAD_WORD.0],
            "{}",
            town.name
        );
        let copy = marked::made(&desk, Kind::Units, &sheet, &refused).expect("a copy");
        let parts = unpacked(&copy);
        assert!(parts.contains("DM120") && parts.contains("IN118"));
        assert!(parts.contains("ref=\"G3\"") && parts.contains("ref=\"F4\""));
        assert!(parts.contains("<dataValidation ") && parts.contains("<sheetProtection "));
        let mut mended = open(&copy, &Limits::default()).expect("our own workbook");
        assert_eq!(mended.stamps, sheet.stamps);
        set(&mut mended, Kind::Units, "S1-1", "area_m2", "300.00");
        set(&mut mended, Kind::Units, "S1-2", "use", "rd_office");
        let done = back(&desk, Kind::Units, &mended, MEANT).expect("it is mended");
        assert_eq!(done.rows, 2);
    }
}

/// All parts of a workbook as one text.
fn unpacked(bytes: &[u8]) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
    let mut text = String::new();
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).expect("a part");
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut bytes).expect("its bytes");
        text.push_str(&String::from_utf8_lossy(&bytes));
    }
    text
}

#[test]
fn a_template_locks_keys_and_offers_words() {
    let town = here().remove(0);
    let book = template::made(&town.planner(), Kind::Units).expect("a workbook");
    let parts = unpacked(&book);
    for needed in [
        "<sheetProtection",
        "<dataValidations",
        "rd_office,",
        "S1",
        "veryHidden",
        "zhuchao-book/1",
        "单元编号 Unit",
        "locked=\"0\"",
    ] {
        assert!(parts.contains(needed), "{needed}");
    }
}

#[test]
fn only_the_bureau_brings_tables_in_and_only_its_own() {
    for town in here() {
        let sheet = out(&town.desk, Kind::Units);
        for desk in [town.bureau(), town.district("440305"), town.firm("F1")] {
            let refused = back(&desk, Kind::Units, &sheet, DRY).expect_err("not his");
            assert_eq!(codes_of(&refused), [refuse::NOT_ALLOWED.0]);
        }
        assert!(template::made(&town.firm("F1"), Kind::Units).is_err());
        assert!(template::made(&town.reviewer("440305"), Kind::Firms).is_err());
        for kind in [Kind::Quotas, Kind::Firms, Kind::Applications] {
            let sheet = out(&town.desk, kind);
            let refused = back(&town.planner(), kind, &sheet, DRY).expect_err("another door");
            assert_eq!(codes_of(&refused), [OTHER_DOOR.0], "{}", town.name);
        }
        assert_eq!(OTHER_DOOR.0, "AC503");
    }
}

#[test]
fn csv_comes_in_by_the_same_door_with_the_same_differences() {
    for town in here() {
        let desk = town.planner();
        let csv =
            zhuchao::acts::export::table(&desk, Kind::Sites, zhuchao::acts::kinds::Format::Csv);
        let csv = csv.expect("a file");
        let same = take(&desk, Kind::Sites, &Sent::Csv(&csv), DRY).expect("a good file");
        assert_eq!(same.changes, []);
        let text = String::from_utf8(csv).expect("UTF-8").replace("S1,", "S9,");
        let seen = take(&desk, Kind::Sites, &Sent::Csv(text.as_bytes()), DRY);
        let seen = seen.expect("a good file");
        let change = &seen.changes[0];
        assert_eq!(
            (change.key.as_str(), change.new),
            ("S9", true),
            "{}",
            town.name
        );
    }
}
