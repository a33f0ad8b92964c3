//! Claims: whole months that are over, once; calculated step by step; reviewed, publicised, approved.

use zhuchao::acts::money::claims::{self, MONTHS_TAKEN, NO_SUBSIDY};
use zhuchao::acts::money::review::{self, ABOVE_COMPUTED};
use zhuchao::acts::money::{entitle, publicity};
use zhuchao::acts::refuse;
use zhuchao::domain::claim::{ClaimStage, MONTH_OUTSIDE, Stated};
use zhuchao::domain::ids::FirmId;
use zhuchao::domain::money::Fen;
use zhuchao::domain::people::{Actor, Body, Role};
use zhuchao::domain::quota::QuotaMode;

use super::{
    HERE, THERE, ask, balance, claim, code, contract, grant, here, payable, quota, reviewed, sign,
    signed, stated, well, world, yuan,
};
use crate::support::town::{Town, towns};
use crate::support::world::{day, key};

/// A hard quota, a contract of F1, and it is July.
fn july(town: &Town) -> zhuchao::domain::offer::Contract {
    grant(town, &quota(HERE, 2026), yuan(1_000), QuotaMode::Hard);
    let mine = signed(town, "F1", HERE, 100, 450);
    town.at("2026-07-01T09:00:00+08:00");
    mine
}

#[test]
fn a_claim_goes_from_the_firm_to_the_payable() {
    for town in here() {
        let mine = july(&town);
        let new = claim(&town, &mine, &[5, 4]);
        assert_eq!(new.stated.months, [4, 5]);
        assert_eq!(new.calculation.amount, yuan(100));
        let steps: Vec<(&str, Fen)> = (new.calculation.steps.iter())
            .map(|s| (s.name.as_str(), s.amount))
            .collect();
        let way = [
            ("monthly_rent", yuan(100)),
            ("monthly_aid", yuan(50)),
            ("months", yuan(100)),
            ("entitled", yuan(100)),
        ];
        assert_eq!(steps, way, "{}", town.name);
        let settled = reviewed(&town, &new);
        assert_eq!(
            (settled.stage, settled.held),
            (ClaimStage::Settled, yuan(100))
        );
        let before = balance(&town, &quota(HERE, 2026));
        assert_eq!(before.committed, yuan(450), "taken from the commitment");
        let early = publicity::approve(&town.district(HERE), &new.id);
        assert_eq!(code(early), refuse::WRONG_STATE);
        town.at("2026-07-06T09:00:00+08:00");
        let bare = publicity::publicise(&town.reviewer(HERE), &new.id, "");
        assert_eq!(code(bare), refuse::UNFIT);
        let published = publicity::publicise(&town.reviewer(HERE), &new.id, "公示1号");
        let until = published.expect("publicised").publicity.map(|p| p.until);
        assert_eq!(until, Some(day(2026, 7, 13)), "five working days");
        town.at("2026-07-13T23:00:00+08:00");
        let early = publicity::approve(&town.district(HERE), &new.id);
        assert_eq!(
            code(early),
            refuse::WRONG_STATE,
            "objections may still come"
        );
        town.at("2026-07-14T09:00:00+08:00");
        let maker = Actor {
            id: town.reviewer(HERE).actor().to_owned(),
            role: Role::DistrictApprover,
            body: Body::District(key(HERE)),
        };
        let himself = publicity::approve(&town.desk.of(maker), &new.id);
        assert_eq!(code(himself), refuse::SAME_PERSON);
        let due = publicity::approve(&town.district(HERE), &new.id).expect("approved");
        assert_eq!(
            (due.stage, due.held, due.due),
            (ClaimStage::Payable, Fen::ZERO, yuan(100))
        );
        let now = balance(&town, &quota(HERE, 2026));
        assert_eq!((now.committed, now.payable), (yuan(350), yuan(100)));
        let late = claims::withdraw(&town.firm("F1"), &new.id);
        assert_eq!(code(late), refuse::WRONG_STATE);
        well(&town);
    }
}

#[test]
fn a_month_is_claimed_once_and_again_only_when_the_first_claim_is_gone() {
    for town in here() {
        let mine = july(&town);
        let first = claim(&town, &mine, &[4, 5]);
        let firm = town.firm("F1");
        let again = |months: &[u32]| ask(&town, &mine, 2026, &stated(months, 100));
        assert_eq!(code(again(&[5, 6])), MONTHS_TAKEN);
        let june = claim(&town, &mine, &[6]);
        reviewed(&town, &first);
        claims::withdraw(&firm, &first.id).expect("withdrawn");
        assert_eq!(
            balance(&town, &quota(HERE, 2026)).committed,
            yuan(350),
            "it is free"
        );
        again(&[4, 5]).expect("the months are free again");
        review::reject(&town.reviewer(HERE), &june.id, "no invoice").expect("rejected");
        again(&[6]).expect("the month is free again");
        well(&town);
    }
}

#[test]
fn only_whole_months_in_force_that_are_over_and_not_free_of_rent_are_claimed() {
    for town in here() {
        let mine = july(&town);
        let of = |year: i32, months: &[u32]| ask(&town, &mine, year, &stated(months, 100));
        // March is the landlord's, February before the lease, July not over, 13 no month.
        for bad in [3, 2, 7, 13, 0] {
            assert_eq!(code(of(2026, &[bad])), MONTH_OUTSIDE, "{bad}");
        }
        assert_eq!(code(of(2025, &[4])), MONTH_OUTSIDE);
        assert_eq!(code(of(2026, &[])), refuse::UNFIT);
        assert_eq!(code(of(2026, &[4, 4])), refuse::UNFIT);
        let unproved = Stated {
            evidence: vec!["a letter".to_owned()],
            ..stated(&[4], 100)
        };
        let refused = ask(&town, &mine, 2026, &unproved);
        assert_eq!(code(refused), refuse::UNFIT);
        let negative = Stated {
            other_aid: Fen(-1),
            ..stated(&[4], 100)
        };
        let refused = ask(&town, &mine, 2026, &negative);
        assert_eq!(code(refused), refuse::UNFIT);
        let mut bare = contract("F2", HERE, 100, 0);
        bare.award.subsidy = None;
        sign(&town, &bare).expect("signed");
        let refused = ask(&town, &bare, 2026, &stated(&[4], 100));
        assert_eq!(code(refused), NO_SUBSIDY);
    }
}

#[test]
fn other_aid_leaves_the_difference_and_the_rent_paid_is_never_exceeded() {
    for town in here() {
        let mine = july(&town);
        let helped = Stated {
            other_aid: yuan(30),
            ..stated(&[4], 100)
        };
        let one = ask(&town, &mine, 2026, &helped).expect("claimed");
        assert_eq!(one.calculation.amount, yuan(20), "50 less the other 30");
        let cheap = Stated {
            rent_paid: yuan(35),
            ..stated(&[5], 100)
        };
        let one = ask(&town, &mine, 2026, &cheap).expect("claimed");
        assert_eq!(
            one.calculation.amount,
            yuan(35),
            "half of it was never paid"
        );
        let names: Vec<&str> = one
            .calculation
            .steps
            .iter()
            .map(|s| s.name.as_str())
            .collect();
        assert!(names.contains(&"rent_paid"), "{names:?}");
    }
}

#[test]
fn caps_and_months_count_for_the_firm_in_the_district() {
    let capped = world().policy(
        "share_bp = 5000\nmonths = 36",
        "share_bp = 5000\nyear_cap_yuan = 120\nmonths = 4",
    );
    for town in towns(&capped) {
        let mine = july(&town);
        let firm: FirmId = key("F1");
        let left = |year| {
            let all = entitle::allowance(&town.firm("F1"), &firm, Some(year)).expect("allowed");
            (all[0].months_left, all[0].year_left, all[0].year_used)
        };
        assert_eq!(left(2026), (4, Some(yuan(120)), Fen::ZERO), "{}", town.name);
        reviewed(&town, &claim(&town, &mine, &[4, 5]));
        assert_eq!(left(2026), (2, Some(yuan(20)), yuan(100)));
        let third = claim(&town, &mine, &[6]);
        assert_eq!(
            third.calculation.amount,
            yuan(20),
            "the rest of the yearly cap"
        );
        reviewed(&town, &third);
        town.at("2026-12-01T09:00:00+08:00");
        let more = claim(&town, &mine, &[7, 8, 9]);
        let calculation = &more.calculation;
        assert_eq!((calculation.months, calculation.amount), (1, Fen::ZERO));
        assert_eq!(calculation.months_left, 0);
        let others = entitle::allowance(&town.firm("F2"), &firm, None);
        assert_eq!(code(others), refuse::NOT_YOURS);
        let elsewhere = entitle::allowance(&town.reviewer(THERE), &firm, None);
        assert_eq!(elsewhere.map(|all| all.len()), Ok(0));
        well(&town);
    }
}

#[test]
fn the_reviewer_may_give_less_with_a_reason_and_never_more() {
    for town in here() {
        let mine = july(&town);
        let new = claim(&town, &mine, &[4, 5]);
        let reviewer = town.reviewer(HERE);
        let give = |amount, why: &str| review::review(&reviewer, &new.id, Some(amount), why);
        assert_eq!(code(give(yuan(101), "generous")), ABOVE_COMPUTED);
        assert_eq!(code(give(Fen(-1), "odd")), ABOVE_COMPUTED);
        assert_eq!(code(give(yuan(60), "")), refuse::UNFIT);
        let less = give(yuan(60), "one invoice is missing").expect("reviewed");
        assert_eq!((less.awarded, less.held), (Some(yuan(60)), yuan(60)));
        assert_eq!(
            less.calculation.amount,
            yuan(100),
            "what the rules give stays known"
        );
        well(&town);
    }
}

#[test]
fn a_returned_claim_is_supplemented_and_an_upheld_objection_takes_an_award_back() {
    for town in here() {
        let mine = july(&town);
        let new = claim(&town, &mine, &[4, 5]);
        let (reviewer, firm) = (town.reviewer(HERE), town.firm("F1"));
        let preparer = town.preparer("F1");
        let more = stated(&[4], 100);
        let early = claims::revise(&preparer, &new.id, &more);
        assert_eq!(code(early), refuse::WRONG_STATE);
        assert_eq!(
            code(review::send_back(&reviewer, &new.id, "")),
            refuse::UNFIT
        );
        review::send_back(&reviewer, &new.id, "the slip of May").expect("returned");
        let stale = review::review(&reviewer, &new.id, None, "");
        assert_eq!(code(stale), refuse::WRONG_STATE);
        claims::revise(&preparer, &new.id, &more).expect("supplemented");
        let again = claims::submit(&firm, &new.id).expect("submitted again");
        assert_eq!(
            (again.stage, again.calculation.amount),
            (ClaimStage::Submitted, yuan(50))
        );
        reviewed(&town, &again);
        publicity::publicise(&reviewer, &new.id, "公示1号").expect("publicised");
        let back = review::reject(&reviewer, &new.id, "objection upheld").expect("rejected");
        assert_eq!(
            (back.stage, back.held, back.awarded),
            (ClaimStage::Rejected, Fen::ZERO, None)
        );
        assert_eq!(back.remarks.len(), 5);
        well(&town);
    }
}

#[test]
fn claims_are_seen_and_moved_by_their_own_firm_and_district_only() {
    for town in here() {
        let mine = july(&town);
        let new = claim(&town, &mine, &[4, 5]);
        let facts = stated(&[6], 100);
        let firm = town.firm("F2");
        let reviewer = town.reviewer(THERE);
        let approver = town.district(THERE);
        let refused = [
            code(claims::one(&firm, &new.id)),
            code(claims::one(&reviewer, &new.id)),
            code(claims::prepare(&firm, &mine.id, 2026, &facts)),
            code(claims::revise(&firm, &new.id, &facts)),
            code(claims::submit(&firm, &new.id)),
            code(claims::withdraw(&firm, &new.id)),
            code(review::send_back(&reviewer, &new.id, "x")),
            code(review::reject(&reviewer, &new.id, "x")),
            code(review::review(&reviewer, &new.id, None, "")),
            code(publicity::publicise(&reviewer, &new.id, "x")),
            code(publicity::approve(&approver, &new.id)),
        ];
        assert!(
            refused.iter().all(|c| *c == refuse::NOT_YOURS),
            "{refused:?}"
        );
        let preparer = claims::submit(&town.preparer("F1"), &new.id);
        assert_eq!(code(preparer), refuse::NOT_ALLOWED);
        let count = |desk| claims::list(&desk, None, None, (None, 50)).map(|all| all.len());
        assert_eq!(
            [count(town.firm("F1")), count(firm), count(reviewer)],
            [Ok(1), Ok(0), Ok(0)]
        );
        let stage = Some(ClaimStage::Paid);
        let none = claims::list(&town.planner(), stage, Some(&mine.id), (None, 50));
        assert_eq!(none.map(|all| all.len()), Ok(0));
        assert_eq!(
            code(claims::one(&town.planner(), &key("none"))),
            refuse::ABSENT
        );
    }
}

#[test]
fn a_claim_needs_a_quota_that_holds_it() {
    for town in here() {
        let mine = signed(&town, "F1", HERE, 100, 450);
        town.at("2026-07-01T09:00:00+08:00");
        let new = claim(&town, &mine, &[4, 5]);
        let review = || review::review(&town.reviewer(HERE), &new.id, None, "");
        assert_eq!(code(review()), refuse::ABSENT, "no quota is released");
        grant(&town, &quota(HERE, 2026), yuan(99), QuotaMode::Hard);
        assert_eq!(code(review()).0, "AC381");
        grant(&town, &quota(HERE, 2026), yuan(100), QuotaMode::Hard);
        let settled = review().expect("it fits");
        assert_eq!(payable(&town, &settled).due, yuan(100));
        well(&town);
    }
}

#[test]
fn one_person_of_the_firm_prepares_and_another_submits() {
    for town in here() {
        let mine = july(&town);
        let (preparer, firm) = (town.preparer("F1"), town.firm("F1"));
        let made = claims::prepare(&preparer, &mine.id, 2026, &stated(&[4], 100)).expect("made");
        assert_eq!(made.stage, ClaimStage::Prepared);
        let officers = [town.reviewer(HERE), town.planner()];
        for desk in &officers {
            assert_eq!(code(claims::one(desk, &made.id)), refuse::NOT_YOURS);
            let seen = claims::list(desk, None, None, (None, 50)).expect("a list");
            assert!(seen.is_empty(), "{}: a draft is the firm's own", town.name);
        }
        let early = review::review(&town.reviewer(HERE), &made.id, None, "");
        assert_eq!(code(early), refuse::WRONG_STATE);
        let other = claims::prepare(&preparer, &mine.id, 2026, &stated(&[4], 100));
        assert_eq!(code(other), MONTHS_TAKEN, "a draft holds its months");
        // Who wrote it last does not submit it, also when he is the approver.
        claims::revise(&firm, &made.id, &stated(&[4, 5], 100)).expect("revised");
        assert_eq!(code(claims::submit(&firm, &made.id)), refuse::SAME_PERSON);
        assert_eq!(
            code(claims::submit(&preparer, &made.id)),
            refuse::NOT_ALLOWED
        );
        claims::revise(&preparer, &made.id, &stated(&[4, 5], 100)).expect("revised");
        let out = claims::submit(&firm, &made.id).expect("submitted");
        assert_eq!(
            (out.stage, out.calculation.amount),
            (ClaimStage::Submitted, yuan(100))
        );
        for desk in &officers {
            claims::one(desk, &made.id).expect("seen now");
        }
        let late = claims::revise(&preparer, &made.id, &stated(&[4], 100));
        assert_eq!(code(late), refuse::WRONG_STATE);
        let draft = claims::prepare(&preparer, &mine.id, 2026, &stated(&[6], 100)).expect("made");
        claims::withdraw(&firm, &draft.id).expect("given up");
        claims::prepare(&preparer, &mine.id, 2026, &stated(&[6], 100)).expect("free again");
        well(&town);
    }
}
