//! Draws: announced, frozen before the value can be known, held, repeated by anyone from the published file.

use zhuchao::acts::refuse;
use zhuchao::acts::supervision::draws::{
    self, NOTHING_TO_DRAW, NewDraw, TOO_EARLY, TOO_FEW_OFFICERS, TOO_LATE,
};
use zhuchao::acts::supervision::published::{
    self, DRAWN_DIFFERS, LIST_DIFFERS, NOT_A_DRAW, Published, SEED_DIFFERS,
};
use zhuchao::domain::draw::DrawStage;
use zhuchao::domain::offer::{Contract, ContractStage};
use zhuchao::domain::people::{Actor, Role};
use zhuchao::domain::procedure::Step;

use super::super::cases::{self, code, well};
use super::super::procedure::go;
use super::{announced, bare, contract, figures, filed, found, held, here, officer, put};
use crate::support::world::{day, key};

fn new(district: Option<&str>) -> NewDraw {
    NewDraw {
        district: district.map(key),
        title: "抽查".to_owned(),
        method: "a named number of a named day".to_owned(),
        known_from: day(2026, 3, 10),
    }
}

#[test]
fn who_announces_and_when() {
    for town in here() {
        town.at("2026-03-02T09:00:00+08:00");
        let district = town.reviewer("440305");
        let other = draws::announce(&district, &new(Some("440310")));
        assert_eq!(code(other), refuse::NOT_YOURS);
        assert_eq!(
            code(draws::announce(&district, &new(None))),
            refuse::NOT_YOURS
        );
        assert_eq!(
            code(draws::announce(&town.firm("F1"), &new(None))),
            refuse::NOT_ALLOWED
        );
        let today = NewDraw {
            known_from: day(2026, 3, 2),
            ..new(None)
        };
        let late = code(draws::announce(&town.planner(), &today));
        assert_eq!(
            (late, TOO_LATE.0),
            (TOO_LATE, "AC432"),
            "anybody may know it"
        );
        let vague = NewDraw {
            method: String::new(),
            ..new(None)
        };
        assert_eq!(
            code(draws::announce(&town.planner(), &vague)),
            refuse::UNFIT
        );
        let draw = announced(&town);
        let public = published::one(&town.public(), &draw.id).expect("public");
        assert_eq!(
            (public.stage.as_str(), public.list_digest),
            ("announced", None)
        );
        town.at("2026-03-10T09:00:00+08:00");
        assert_eq!(code(draws::freeze(&district, &draw.id)), TOO_LATE);
        well(&town);
    }
}

#[test]
fn a_list_needs_contracts_and_two_officers_who_did_not_handle_the_case() {
    for town in bare() {
        go(&town, Step::Guided);
        let case = cases::accepted(&town, "F3");
        let mut mine = contract("C-3", "F3", "440305");
        mine.application = case.id.clone();
        mine.award.application = case.id;
        put(&town, &[mine]);
        put(
            &town,
            &[
                officer(&town, "district_reviewer.440305", "440305"),
                officer(&town, "reviewer.two", "440305"),
            ],
        );
        town.at("2026-03-02T09:00:00+08:00");
        let draw = announced(&town);
        let desk = town.reviewer("440305");
        let few = draws::freeze(&desk, &draw.id).expect_err("too few");
        assert_eq!(
            (few.0[0].code, TOO_FEW_OFFICERS.0),
            (TOO_FEW_OFFICERS, "AC434")
        );
        assert_eq!(few.0[0].place.subject.as_deref(), Some("contract C-3"));
        put(&town, &[officer(&town, "reviewer.three", "440305")]);
        let frozen = draws::freeze(&desk, &draw.id)
            .expect("frozen")
            .frozen
            .expect("a list");
        let able: Vec<Vec<u32>> = frozen
            .list
            .entries
            .iter()
            .map(|e| e.officers.clone())
            .collect();
        assert_eq!(
            able,
            [vec![0, 1, 2], vec![0, 1, 2], vec![1, 2]],
            "he accepted the case"
        );
        assert_eq!(frozen.officers[0], "district_reviewer.440305");
        let ended = Contract {
            stage: ContractStage::Ended,
            ..contract("C-9", "F9", "440310")
        };
        put(&town, &[ended]);
        let north =
            draws::announce(&town.reviewer("440310"), &new(Some("440310"))).expect("announced");
        let none = code(draws::freeze(&town.reviewer("440310"), &north.id));
        assert_eq!((none, NOTHING_TO_DRAW.0), (NOTHING_TO_DRAW, "AC433"));
        well(&town);
    }
}

#[test]
fn a_draw_is_held_with_the_announced_value_and_anyone_repeats_it() {
    for town in here() {
        town.at("2026-03-02T09:00:00+08:00");
        let draw = announced(&town);
        let (maker, checker) = (town.reviewer("440305"), town.district("440305"));
        assert_eq!(
            code(draws::hold(&checker, &draw.id, "1")),
            refuse::WRONG_STATE
        );
        assert_eq!(
            code(draws::freeze(&town.reviewer("440310"), &draw.id)),
            refuse::NOT_YOURS
        );
        let frozen = draws::freeze(&maker, &draw.id).expect("frozen");
        assert_eq!(
            code(draws::freeze(&maker, &draw.id)),
            refuse::WRONG_STATE,
            "once"
        );
        let early = published::one(&town.public(), &draw.id).expect("public");
        assert_eq!(early.list_digest, frozen.frozen.map(|f| f.digest));
        assert!(early.list.is_empty(), "nobody prepares for a visit");
        let repeat =
            |p: &Published| published::repeat(published::file(p).expect("a file").as_bytes());
        assert_eq!(code(repeat(&early)), NOT_A_DRAW, "it is not drawn yet");
        let soon = code(draws::hold(&checker, &draw.id, "3210.45"));
        assert_eq!((soon, TOO_EARLY.0), (TOO_EARLY, "AC431"));
        town.at("2026-03-10T16:00:00+08:00");
        assert_eq!(
            code(draws::hold(&maker, &draw.id, "3210.45")),
            refuse::NOT_ALLOWED
        );
        assert_eq!(
            code(draws::hold(&town.district("440310"), &draw.id, "1")),
            refuse::NOT_YOURS
        );
        assert_eq!(code(draws::hold(&checker, &draw.id, " \n")), refuse::UNFIT);
        let same = town.desk.of(Actor {
            role: Role::DistrictApprover,
            ..maker.person().clone()
        });
        assert_eq!(
            code(draws::hold(&same, &draw.id, "3210.45")),
            refuse::SAME_PERSON,
            "who froze the list does not draw"
        );
        let held = draws::hold(&checker, &draw.id, " 3210.45 ").expect("held");
        assert_eq!(held.stage(), DrawStage::Drawn);
        assert_eq!(
            code(draws::hold(&checker, &draw.id, "1")),
            refuse::WRONG_STATE,
            "once"
        );
        let file = published::one(&town.public(), &draw.id).expect("public");
        assert_eq!(
            (file.count, file.list.len(), file.drawn.len()),
            (Some(1), 2, 1)
        );
        let repeated = repeat(&file).expect("repeated");
        assert_eq!(Some(repeated.drawn), held.outcome.map(|o| o.picks));
        tampered(&file);
        well(&town);
    }
}

fn tampered(file: &Published) {
    let codes = |change: &dyn Fn(&mut Published)| {
        let mut file = file.clone();
        change(&mut file);
        let text = published::file(&file).expect("a file");
        let faults = published::repeat(text.as_bytes()).expect_err("it differs");
        faults.0.iter().map(|f| f.code).collect::<Vec<_>>()
    };
    let heavier = codes(&|f| f.list[0].weight += 1);
    assert_eq!((heavier[0], LIST_DIFFERS.0), (LIST_DIFFERS, "AC436"));
    let value = codes(&|f| f.value = Some("3210.46".to_owned()));
    assert_eq!((value[0], SEED_DIFFERS.0), (SEED_DIFFERS, "AC437"));
    let drawn = codes(&|f| f.drawn[0].officers.reverse());
    assert_eq!((drawn, DRAWN_DIFFERS.0), (vec![DRAWN_DIFFERS], "AC438"));
    let format = codes(&|f| f.format = "zhuchao-draw/2".to_owned());
    assert_eq!((format, NOT_A_DRAW.0), (vec![NOT_A_DRAW], "AC435"));
    assert_eq!(code(published::repeat(b"{}")), NOT_A_DRAW);
}

#[test]
fn the_record_of_a_contract_makes_it_heavier() {
    for town in here() {
        town.at("2026-03-02T09:00:00+08:00");
        found(&town, "C-1");
        town.at("2026-04-20T09:00:00+08:00");
        filed(&town, "C-2", "2026Q1", &figures(40, 1));
        let new = NewDraw {
            known_from: day(2026, 5, 8),
            ..new(None)
        };
        let draw = draws::announce(&town.planner(), &new).expect("announced");
        draws::freeze(&town.planner(), &draw.id).expect("frozen");
        let inside = draws::one(&town.bureau(), &draw.id).expect("inside");
        let frozen = inside.frozen.expect("a list");
        let weights: Vec<u64> = frozen.list.entries.iter().map(|e| e.weight).collect();
        assert_eq!(
            weights,
            [6, 1, 3],
            "1 + an overdue statement 2 + a finding 3; 1; 1 + 2"
        );
        assert_eq!((frozen.risks[0].overdue, frozen.risks[0].findings), (1, 1));
        let able = &frozen.list.entries[2].officers;
        let named: Vec<&str> = able
            .iter()
            .map(|n| frozen.officers[*n as usize].as_str())
            .collect();
        assert_eq!(
            named,
            ["district_reviewer.440310", "reviewer.north"],
            "of its district"
        );
        assert_eq!(
            code(draws::one(&town.district("440305"), &draw.id)),
            refuse::NOT_YOURS
        );
        assert_eq!(
            code(draws::one(&town.firm("F1"), &draw.id)),
            refuse::NOT_ALLOWED
        );
        let own = held_list(&town);
        assert_eq!(own, 0, "the city's draw is not the district's");
        well(&town);
    }
}

fn held_list(town: &crate::support::town::Town) -> usize {
    draws::list(&town.district("440305"), (None, 0))
        .expect("a list")
        .len()
}

#[test]
fn everybody_sees_all_draws_so_that_none_can_be_hidden() {
    for town in here() {
        let first = held(&town);
        let all = published::list(&town.public(), (None, 50)).expect("a list");
        assert_eq!(all.len(), 1);
        assert_eq!(
            (&all[0].id, all[0].drawn.len(), all[0].list.len()),
            (&first.id, 1, 0)
        );
        let text = published::file(&published::one(&town.public(), &first.id).expect("one"));
        let text = text.expect("a file");
        for name in ["reviewer", "F1", "F2"] {
            assert!(!text.contains(name), "{name}: {text}");
        }
    }
}

#[test]
fn no_more_draws_are_announced_in_a_year_than_the_policy_sets() {
    for town in here() {
        for _ in 0..4 {
            announced(&town);
        }
        let reviewer = town.reviewer("440305");
        let fifth = code(draws::announce(&reviewer, &new(Some("440305"))));
        assert_eq!(
            (fifth, draws::ENOUGH_DRAWS.0),
            (draws::ENOUGH_DRAWS, "AC439")
        );
        draws::announce(&town.reviewer("440310"), &new(Some("440310"))).expect("another district");
        draws::announce(&town.planner(), &new(None)).expect("of the city");
        let next_year = NewDraw {
            known_from: day(2027, 1, 15),
            ..new(Some("440305"))
        };
        draws::announce(&reviewer, &next_year).expect("of the next year");
        well(&town);
    }
}
