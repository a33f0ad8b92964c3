//! A file of paper forms: all or nothing, every fault with its cell, a dry run that leaves nothing.

use zhuchao::acts::cases::{self, bulk};
use zhuchao::acts::refuse;
use zhuchao::domain::application::Application;
use zhuchao::domain::case::{Case, CaseStage, Flag};
use zhuchao::intake::codes;
use zhuchao::store;

use super::{code, here, rows, submitted, well};
use crate::support::town::Town;
use crate::support::world::{day, key};

pub const HEAD: &str = "application_id,firm_id,round_id,use,area_min_m2,area_max_m2,start_from,start_until,rent_cap_yuan_m2_month,floor_load_min_kg_m2,clear_height_min_m,power_min_a,needs_gas,needs_clean_water,hazard_class,site_wishes,districts,anchors,max_minutes,households,wants_subsidy,evidence,source,note";

pub fn row(id: &str, firm: &str, round: &str, most: &str) -> String {
    format!(
        "{id},{firm},{round},rd_office,200.00,{most},2026-03-01,2026-06-01,,,,,false,false,,S1,,,,single:2,true,published,paper,"
    )
}

fn file(rows: &[String]) -> Vec<u8> {
    format!("{HEAD}\n{}\n", rows.join("\n")).into_bytes()
}

fn enter(
    town: &Town,
    file: &[u8],
    dry_run: bool,
) -> Result<bulk::Entered, zhuchao::domain::fault::Faults> {
    bulk::enter(&town.reviewer("440305"), file, day(2026, 1, 5), dry_run)
}

fn cases_of(town: &Town) -> Vec<Case> {
    town.desk.store().read(store::all).expect("cases")
}

#[test]
fn a_file_becomes_submitted_cases_with_one_row_in_the_journal() {
    for town in here() {
        let file = file(&[
            row("P-1", "F1", "R1", "400"),
            row("P-2", "F2", "R1", "300"),
            row("P-3", "F2", "R1", "350"),
        ]);
        let before = rows(&town);
        let tried = enter(&town, &file, true).expect("a dry run");
        assert_eq!((tried.cases.len(), tried.dry_run), (3, true));
        assert!(cases_of(&town).is_empty(), "{}", town.name);
        assert_eq!(rows(&town), before, "a dry run leaves nothing");
        let entered = enter(&town, &file, false).expect("entered");
        assert_eq!(entered.cases.len(), 3);
        assert_eq!(rows(&town), before + 1, "one act");
        let all = cases_of(&town);
        assert!(all.iter().all(|c| c.by_officer
            && c.stage == CaseStage::Submitted
            && c.typed_by == ["district_reviewer.440305"]));
        let asked: Application = (town.desk.store())
            .read(|tx| store::need(tx, "P-2"))
            .expect("the application");
        assert_eq!(asked.area_max.0, 30_000);
        let flags: Vec<&[Flag]> = all.iter().map(|c| c.flags.as_slice()).collect();
        assert_eq!(
            flags,
            [
                [].as_slice(),
                &[Flag::Duplicate(key("P-3"))],
                &[Flag::Duplicate(key("P-2"))]
            ]
        );
        well(&town);
    }
}

#[test]
fn every_fault_of_the_file_is_told_with_its_cell_and_nothing_is_written() {
    for town in here() {
        let taken = submitted(&town, "F1");
        let file = file(&[
            row("P-1", "F1", "R1", "400"),
            row("P-2", "F9", "R1", "400"),
            row("P-3", "F2", "R404", "400"),
            row(taken.id.as_str(), "F2", "R1", "400"),
            row("P-5", "F3", "R1", "100"),
            row("P-1", "F3", "R1", "lots"),
        ]);
        let faults = enter(&town, &file, false).expect_err("refused").0;
        let mut cells: Vec<(u64, String)> = (faults.iter())
            .map(|f| {
                let column = f.place.column.clone().unwrap_or_default();
                (f.place.row.unwrap_or_default(), column)
            })
            .collect();
        cells.sort_unstable();
        let wanted = [
            (3, "firm_id"),
            (4, "round_id"),
            (5, "application_id"),
            (6, "application_id"),
            (7, "application_id"),
            (7, "area_max_m2"),
        ];
        let wanted: Vec<_> = wanted.iter().map(|(r, c)| (*r, (*c).to_owned())).collect();
        assert_eq!(cells, wanted, "{faults:?}");
        assert!(faults.iter().any(|f| f.code == codes::EXISTS));
        assert_eq!(cases_of(&town), [taken], "{}", town.name);
    }
}

#[test]
fn forms_are_received_within_the_window_and_entered_by_the_district() {
    for town in here() {
        let one = file(&[row("P-1", "F1", "R1", "400")]);
        let officer = town.reviewer("440305");
        let late = bulk::enter(&officer, &one, day(2026, 1, 4), false);
        assert_eq!(code(late), cases::NO_WINDOW);
        let far = bulk::enter(&town.reviewer("440310"), &one, day(2026, 1, 5), false);
        assert!(
            far.expect_err("not its firm")
                .to_string()
                .contains("firm_id")
        );
        for desk in [town.firm("F1"), town.planner(), town.desk.clone()] {
            let refused = bulk::enter(&desk, &one, day(2026, 1, 5), true);
            assert_eq!(code(refused), refuse::NOT_ALLOWED);
        }
        assert!(cases_of(&town).is_empty());
    }
}
