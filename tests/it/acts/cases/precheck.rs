//! The pre-check: rule by rule, the cap, and what fits, for anyone, leaving nothing.

use zhuchao::acts::cases::Outcome;
use zhuchao::acts::cases::precheck::{self, Learned, Told};
use zhuchao::acts::refuse;
use zhuchao::domain::area::Area;
use zhuchao::domain::case::Draft;
use zhuchao::domain::case_proof::FIELD_EMPTY;
use zhuchao::domain::fault::Faults;
use zhuchao::domain::firm::Firm;
use zhuchao::domain::profile::FirmFacts;
use zhuchao::domain::space::Use;
use zhuchao::store;

use super::{cells, code, full, here, rows};
use crate::support::town::Town;
use crate::support::world::{key, rate};

fn told(town: &Town) -> Told {
    let firm: Firm = (town.desk.store())
        .read(|tx| store::need(tx, "F1"))
        .expect("the firm");
    Told {
        round: Some(key("R1")),
        facts: FirmFacts::of(&firm),
        district: key("440305"),
        want: full(),
        held: Vec::new(),
    }
}

fn check(town: &Town, told: &Told) -> Result<Learned, Faults> {
    precheck::check(&town.public(), told)
}

fn outcome(learned: &Learned, rule: &str) -> Outcome {
    let found = learned.verdicts.iter().find(|v| v.rule == rule);
    found.expect("the rule").outcome
}

#[test]
fn anyone_learns_rule_by_rule_and_nothing_is_stored() {
    for town in here() {
        let before = rows(&town);
        let mut asked = told(&town);
        let learned = check(&town, &asked).expect("learned");
        assert_eq!(outcome(&learned, "industry"), Outcome::Met);
        assert_eq!(outcome(&learned, "E-SELF"), Outcome::NeedsEvidence);
        assert_eq!(
            (learned.area_cap, learned.units_cap),
            (Area::metres(1_000), 2)
        );
        assert_eq!(
            learned.units_fit,
            Some(2),
            "A1 of 300 m2 and a part of B1; A2 of 500 m2 is more than is wanted"
        );
        asked.held = vec!["pledge".to_owned()];
        asked.facts.headcount = 5;
        let learned = check(&town, &asked).expect("learned");
        assert_eq!(outcome(&learned, "E-SELF"), Outcome::Met);
        assert_eq!(outcome(&learned, "headcount"), Outcome::NotMet);
        let headcount = learned.verdicts.iter().find(|v| v.rule == "headcount");
        assert_eq!(headcount.map(|v| v.basis.as_str()), Some("test"));
        assert_eq!(learned.units_fit, Some(0), "no step holds five heads");
        assert_eq!(rows(&town), before);
    }
}

#[test]
fn what_fits_follows_the_hard_rules() {
    for town in here() {
        let fit = |change: &dyn Fn(&mut Draft)| {
            let mut asked = told(&town);
            change(&mut asked.want);
            check(&town, &asked).expect("learned").units_fit
        };
        assert_eq!(fit(&|w| w.districts = vec![key("440310")]), Some(1));
        assert_eq!(fit(&|w| w.rent_cap = Some(rate(5_999))), Some(0));
        assert_eq!(fit(&|w| w.use_ = Some(Use::Laboratory)), Some(0));
        assert_eq!(fit(&|w| w.needs.power_a = Some(100)), Some(0));
        assert_eq!(fit(&|w| w.area_max = Some(Area::metres(900))), Some(3));
    }
}

#[test]
fn what_must_be_told_is_told_by_field() {
    for town in here() {
        let mut asked = told(&town);
        asked.want = Draft::default();
        let missing = cells(check(&town, &asked));
        let wanted = ["use", "area_min", "area_max"].map(|f| (FIELD_EMPTY.0, f.to_owned()));
        assert_eq!(missing, wanted);
        let mut asked = told(&town);
        asked.round = Some(key("R404"));
        assert_eq!(code(check(&town, &asked)), refuse::ABSENT);
        asked.round = None;
        let learned = check(&town, &asked).expect("by the policy in force");
        assert_eq!((learned.units_fit, learned.at_least), (None, false));
    }
}
