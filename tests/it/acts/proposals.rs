//! Policies proposed by one officer and released by another; rounds opened by a planner.

use zhuchao::acts::policy::{ALREADY_ENDED, LINT_BARS};
use zhuchao::acts::rounds::guide::{self, NewGuide};
use zhuchao::acts::rounds::opening::{self, NewRound, ROUND_TAKEN};
use zhuchao::acts::rounds::view;
use zhuchao::acts::{Desk, Wish, policy, policy_drafts, refuse};
use zhuchao::domain::people::{Actor, Role};
use zhuchao::domain::policy_draft::DraftStage;
use zhuchao::domain::procedure::Step;
use zhuchao::store::IMMUTABLE;

use super::procedure::{code, go, r1, the_guide, well, world};
use crate::support::town::{Town, towns};
use crate::support::world::{World, day, key};

/// The policy of the town as another version.
fn version(town: &Town, name: &str) -> String {
    let text = policy::stored_text(&town.planner(), "test").expect("stored");
    let from = text.lines().find(|l| l.starts_with("version = "));
    text.replacen(
        from.expect("a version"),
        &format!("version = \"{name}\""),
        1,
    )
}

/// A second planner.
fn other(town: &Town) -> Desk {
    town.desk
        .of(Actor::city("planner.two", Role::BureauPlanner))
}

#[test]
fn a_policy_counts_once_another_officer_has_released_it() {
    for town in towns(&world()) {
        let text = version(&town, "2026.2");
        let draft = policy_drafts::propose(&town.planner(), text.as_bytes(), "a new year");
        assert_eq!(draft.expect("proposed").stage, DraftStage::Proposed);
        let known = |desk: &Desk| policy::versions(desk).expect("a list").len();
        assert_eq!(
            known(&town.planner()),
            1,
            "{}: it does not count yet",
            town.name
        );
        let theirs = policy_drafts::propose(&other(&town), text.as_bytes(), "mine");
        assert_eq!(code(theirs), refuse::WRONG_STATE, "another's waits");
        policy_drafts::propose(&town.planner(), text.as_bytes(), "better said").expect("his own");
        let unread = policy::stored(&town.bureau(), "2026.2").expect("it may be examined");
        let replaced = policy::replaced(&town.bureau(), &unread).expect("a list");
        assert_eq!(replaced, ["test"], "the same first day");
        let released = policy_drafts::release(&town.bureau(), "2026.2", "in order");
        assert_eq!(released.expect("released").stage, DraftStage::Released);
        assert_eq!(known(&town.planner()), 2);
        let again = policy_drafts::release(&town.bureau(), "2026.2", "again");
        assert_eq!(code(again), refuse::WRONG_STATE);
        let anew = policy_drafts::propose(&town.planner(), text.as_bytes(), "again");
        assert_eq!(code(anew), IMMUTABLE, "a published text is kept");
        well(&town);
    }
}

#[test]
fn who_proposed_a_policy_does_not_decide_on_it_and_a_refused_one_comes_anew() {
    for town in towns(&world()) {
        let text = version(&town, "2026.2");
        let both = town.desk.of(Actor::city("both", Role::BureauPlanner));
        policy_drafts::propose(&both, text.as_bytes(), "new").expect("proposed");
        let same = town.desk.of(Actor::city("both", Role::BureauApprover));
        let own = policy_drafts::release(&same, "2026.2", "mine");
        assert_eq!(code(own), refuse::SAME_PERSON, "{}", town.name);
        let planner = policy_drafts::release(&town.planner(), "2026.2", "no power");
        assert_eq!(code(planner), refuse::NOT_ALLOWED);
        let silent = policy_drafts::turn_down(&town.bureau(), "2026.2", " ");
        assert_eq!(code(silent), refuse::UNFIT, "a reason is needed");
        policy_drafts::turn_down(&town.bureau(), "2026.2", "too dear").expect("refused");
        policy_drafts::propose(&other(&town), text.as_bytes(), "cheaper").expect("anew");
        let open = policy_drafts::list(&town.bureau(), Some(DraftStage::Proposed), (None, 50));
        assert_eq!(open.expect("a list").len(), 1);
        let seen = policy_drafts::list(&town.firm("F1"), None, (None, 50));
        assert_eq!(code(seen), refuse::NOT_ALLOWED, "firms see published rules");
    }
}

#[test]
fn a_document_with_errors_or_an_end_in_the_past_is_not_proposed() {
    for town in towns(&world()) {
        let text = version(&town, "2026.2");
        let propose = |text: &str| policy_drafts::propose(&town.planner(), text.as_bytes(), "new");
        let ended = text.replacen(
            "effective_from = \"2026-01-01\"",
            "effective_from = \"2025-01-01\"\neffective_until = \"2025-12-31\"",
            1,
        );
        assert_eq!(code(propose(&ended)), ALREADY_ENDED, "{}", town.name);
        let bare = text.replacen("basis = \"step 1\"", "basis = \"\"", 1);
        let refused = propose(&bare).expect_err("a rule without a basis");
        assert!(refused.0.iter().any(|f| f.code == LINT_BARS), "{refused:?}");
        let none = policy_drafts::list(&town.planner(), None, (None, 50));
        assert!(none.expect("a list").is_empty(), "nothing is left behind");
    }
}

#[test]
fn a_proposed_policy_is_tried_on_a_frozen_round() {
    for town in towns(&world()) {
        let strict = version(&town, "strict");
        let strict = strict.replacen("min_headcount = 8", "min_headcount = 41", 1);
        policy_drafts::propose(&town.planner(), strict.as_bytes(), "large firms")
            .expect("proposed");
        let early = policy_drafts::simulate(&town.planner(), "strict", &r1());
        assert_eq!(code(early), refuse::WRONG_STATE, "nothing is frozen");
        go(&town, Step::Approved);
        let effect = policy_drafts::simulate(&town.bureau(), "strict", &r1()).expect("tried");
        assert_eq!(
            (effect.eligible.before, effect.eligible.after),
            (5, 0),
            "{}",
            town.name
        );
    }
}

/// A desk that acts upon a round as it is now.
fn having_read(desk: &Desk, round: &str) -> Desk {
    let seen = view::show(desk, &key(round)).expect("the round");
    desk.wishing(Wish {
        unchanged: Some(seen.tag),
        ..Wish::default()
    })
}

fn next_round() -> NewRound {
    NewRound {
        id: key("R2"),
        name_zh: "第二批".to_owned(),
        name_en: "Second round".to_owned(),
        start: day(2026, 9, 1),
        lease_months: 36,
        subsidy_year: None,
        seed: None,
    }
}

#[test]
fn a_planner_opens_a_round_corrects_it_and_publishes_its_guide() {
    for town in towns(&World::city().firm("F1", 20)) {
        let planner = town.planner();
        let round = opening::begin(&planner, &next_round()).expect("opened");
        assert_eq!(
            (round.subsidy_year, round.seed),
            (2026, 20_260_901),
            "{}",
            town.name
        );
        assert_eq!(code(opening::begin(&planner, &next_round())), ROUND_TAKEN);
        let bureau = opening::begin(&town.bureau(), &next_round());
        assert_eq!(code(bureau), refuse::NOT_ALLOWED);
        for bad in [
            NewRound {
                start: day(2025, 9, 1),
                ..next_round()
            },
            NewRound {
                lease_months: 0,
                ..next_round()
            },
            NewRound {
                name_zh: " ".to_owned(),
                ..next_round()
            },
            NewRound {
                id: key("R2/8"),
                ..next_round()
            },
            NewRound {
                subsidy_year: Some(2031),
                ..next_round()
            },
        ] {
            let refused = match bad.id.as_str() {
                "R2" => opening::correct(&having_read(&planner, "R2"), &bad),
                _ => opening::begin(&planner, &bad),
            };
            assert_eq!(code(refused), refuse::UNFIT);
        }
        let later = NewRound {
            start: day(2026, 10, 1),
            seed: Some(7),
            ..next_round()
        };
        assert_eq!(code(opening::correct(&planner, &later)), refuse::NOT_READ);
        let read = having_read(&planner, "R2");
        let round = opening::correct(&read, &later).expect("corrected");
        assert_eq!(code(opening::correct(&read, &later)), refuse::CHANGED);
        assert_eq!((round.start, round.seed), (day(2026, 10, 1), 7));
        let guide = NewGuide { ..the_guide() };
        guide::publish(&planner, &key("R2"), &guide).expect("its guide");
        assert_eq!(
            code(opening::correct(&planner, &later)),
            refuse::WRONG_STATE
        );
        well(&town);
    }
}
