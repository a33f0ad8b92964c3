//! Who sees what of a case, and lists.

use zhuchao::acts::cases::flags;
use zhuchao::acts::cases::view::{self, Wanted};
use zhuchao::acts::{Desk, refuse};
use zhuchao::domain::case::{Case, CaseStage, Flag};

use super::flags::controlled;
use super::{accepted, code, drafted, here, officer, submitted};
use crate::support::town::Town;
use crate::support::world::key;

fn ids(desk: &Desk, wanted: &Wanted) -> Vec<String> {
    let cases = view::list(desk, wanted).expect("a list");
    cases.iter().map(|c| c.id.to_string()).collect()
}

fn all(desk: &Desk) -> Vec<String> {
    ids(desk, &Wanted::default())
}

fn names(cases: &[&Case]) -> Vec<String> {
    let mut ids: Vec<String> = cases.iter().map(|c| c.id.to_string()).collect();
    ids.sort_unstable();
    ids
}

#[test]
fn a_firm_sees_its_own_cases_without_what_is_for_officers() {
    for town in here() {
        controlled(&town, "F1", "张三", None, 6_000);
        controlled(&town, "F2", "张三", None, 6_000);
        let other = submitted(&town, "F2");
        let case = accepted(&town, "F1");
        let twin = submitted(&town, "F1");
        flags::clear(&officer(&town, &case), &case.id, &other.id, "two trades").expect("cleared");
        let officers = view::show(&officer(&town, &case), &case.id)
            .expect("seen")
            .case;
        assert_eq!(
            officers.flags.len(),
            2,
            "{}: {:?}",
            town.name,
            officers.flags
        );
        assert_eq!(officers.cleared.len(), 1);
        assert_eq!(officers.remarks[0].internal, "for officers");
        let seen = view::show(&town.preparer("F1"), &case.id).expect("seen");
        let firms = &seen.case;
        assert_eq!(firms.flags, [Flag::Duplicate(twin.id.clone())]);
        assert!(firms.cleared.is_empty());
        assert_eq!(firms.remarks[0].internal, "");
        assert_eq!(firms.remarks[0].signed.by, "");
        assert_eq!(firms.remarks[0].signed.reason, "for the firm");
        let text = serde_json::to_string(&seen).expect("JSON");
        assert!(!text.contains(other.id.as_str()) && !text.contains("two trades"));
        assert!(!text.contains("district_reviewer"), "{text}");
        assert!(seen.verdicts.iter().any(|v| v.rule == "E-SELF"));
    }
}

#[test]
fn a_draft_is_the_firms_own_until_it_is_submitted() {
    for town in here() {
        let draft = drafted(&town, "F1");
        let show = |d: &Desk| view::show(d, &draft.id);
        assert!(show(&town.firm("F1")).is_ok());
        for desk in [
            town.reviewer("440305"),
            town.planner(),
            town.desk.clone(),
            town.firm("F2"),
        ] {
            assert_eq!(code(show(&desk)), refuse::NOT_YOURS);
        }
        assert_eq!(all(&town.firm("F1")), names(&[&draft]));
        assert!(all(&town.reviewer("440305")).is_empty());
        assert!(all(&town.planner()).is_empty());
        assert_eq!(code(show(&town.public())), refuse::SIGN_IN);
        assert_eq!(
            code(view::show(&town.planner(), &key("A-404"))),
            refuse::ABSENT
        );
    }
}

#[test]
fn lists_are_of_ones_own_filtered_and_in_pages() {
    for town in here() {
        let (one, two, nine) = three(&town);
        assert_eq!(all(&town.firm("F1")), names(&[&one]));
        assert_eq!(all(&town.reviewer("440305")), names(&[&one, &two]));
        assert_eq!(all(&town.district("440310")), names(&[&nine]));
        assert_eq!(all(&town.planner()), names(&[&one, &two, &nine]));
        let stage = Wanted {
            stage: Some(CaseStage::Accepted),
            ..Wanted::default()
        };
        assert_eq!(ids(&town.planner(), &stage), names(&[&one]));
        let elsewhere = Wanted {
            round: Some(key("R2")),
            ..Wanted::default()
        };
        assert!(ids(&town.planner(), &elsewhere).is_empty());
        let flagged = |word| Wanted {
            flagged: Some(word),
            ..Wanted::default()
        };
        assert_eq!(ids(&town.planner(), &flagged("none")).len(), 3);
        let twin = submitted(&town, "F2");
        assert_eq!(
            ids(&town.reviewer("440305"), &flagged("open")),
            names(&[&two, &twin])
        );
        let first = Wanted {
            limit: 1,
            ..Wanted::default()
        };
        let mut pages = Vec::new();
        let mut page = ids(&town.planner(), &first);
        while let Some(last) = page.last().cloned() {
            pages.extend(page);
            let after = Wanted {
                after: Some(last),
                ..first.clone()
            };
            page = ids(&town.planner(), &after);
        }
        assert_eq!(pages, names(&[&one, &two, &nine, &twin]));
        assert_eq!(
            code(view::list(&town.public(), &Wanted::default())),
            refuse::SIGN_IN
        );
    }
}

fn three(town: &Town) -> (Case, Case, Case) {
    (
        accepted(town, "F1"),
        submitted(town, "F2"),
        submitted(town, "F9"),
    )
}
