//! The housing quota of a firm: told by the pre-check, asked for by the review.

use zhuchao::acts::cases::Outcome;
use zhuchao::acts::cases::precheck::{self, Told};
use zhuchao::acts::cases::{draft, review, submit};
use zhuchao::domain::case::Draft;
use zhuchao::domain::firm::Firm;
use zhuchao::domain::housing::{HouseholdKind, Households};
use zhuchao::domain::procedure::Step;
use zhuchao::domain::profile::FirmFacts;
use zhuchao::policy::housing_quota;
use zhuchao::store;

use super::{drafted, full, having, officer, words, world};
use crate::acts::procedure::go;
use crate::support::town::{Town, towns};
use crate::support::world::key;

/// One apartment for each ten heads: four for forty.
const QUOTA: &str = r#"[housing.firm_quota]
per_100_heads = 10
least = 1
most = 60
basis = "test"
evidence = "assumption"

[transit]"#;

fn here() -> Vec<Town> {
    let all = towns(&world().policy("[transit]", QUOTA));
    for town in &all {
        go(town, Step::Guided);
    }
    all
}

fn asking(count: u32) -> Draft {
    let kind = HouseholdKind::Single;
    Draft {
        households: vec![Households { kind, count }],
        ..full()
    }
}

/// The outcome of the rule in the pre-check; `None` = the rule is not named.
fn prechecked(town: &Town, want: Draft) -> Option<Outcome> {
    let firm = town.desk.store().read(|tx| store::need::<Firm>(tx, "F1"));
    let told = Told {
        round: Some(key("R1")),
        facts: FirmFacts::of(&firm.expect("the firm")),
        district: key("440305"),
        want,
        held: Vec::new(),
    };
    let learned = precheck::check(&town.public(), &told).expect("learned");
    let found = learned.verdicts.iter();
    found
        .filter(|v| v.rule == housing_quota::RULE)
        .map(|v| v.outcome)
        .next()
}

#[test]
fn a_firm_asks_for_no_more_apartments_than_its_quota() {
    for town in here() {
        assert_eq!(prechecked(&town, full()), None, "no apartment is asked for");
        assert_eq!(prechecked(&town, asking(4)), Some(Outcome::Met));
        assert_eq!(prechecked(&town, asking(5)), Some(Outcome::NotMet));
        let case = drafted(&town, "F1");
        let mine = town.preparer("F1");
        draft::save(&having(&mine, &case), &case.id, &asking(5)).expect("saved");
        draft::prepare(&mine, &case.id).expect("prepared");
        submit::submit(&town.firm("F1"), &case.id).expect("the district judges");
        let officer = officer(&town, &case);
        review::accept(&officer, &case.id, words()).expect("accepted");
        let faults = review::verify(&officer, &case.id, words()).expect_err("too many");
        assert_eq!(faults.0[0].code, review::UNMET);
        assert!(
            faults.0[0]
                .cause
                .contains("asks for 5 apartments; at most 4")
        );
    }
}
