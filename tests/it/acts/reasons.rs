//! Reasons of a stored plan: who may read which, and that questions are answered from the store.

use zhuchao::acts::reasons::certificate::certificate;
use zhuchao::acts::reasons::{BAD_SECONDS, Demand, questions};
use zhuchao::acts::refuse;
use zhuchao::domain::fault::{Code, Faults};
use zhuchao::domain::plan::PlanPrices;
use zhuchao::planning::ask::{BAD_QUESTION, UNKNOWN};
use zhuchao::planning::build::build;
use zhuchao::planning::files::read_snapshot;
use zhuchao::solve::quote::Quote;
use zhuchao::store::{self, plans, snapshots};

use super::scenarios::planned;
use crate::support::world::key;

fn code<T>(said: Result<T, Faults>) -> Option<Code> {
    said.err().and_then(|f| f.0.first().map(|f| f.code))
}

fn place(firm: &str) -> Demand {
    Demand::Place {
        application: key(&format!("AP-{firm}")),
    }
}

#[test]
fn the_bureau_reads_every_certificate_a_firm_its_own_and_a_district_those_of_its_firms() {
    for (town, plan) in planned() {
        let id = key("AP-F1");
        let told = certificate(&town.planner(), &plan, &id).expect("a certificate");
        assert!(!told.sentences.is_empty());
        // A round without a procedure shows its newest plan to the public.
        assert!(certificate(&town.firm("F1"), &plan, &id).is_ok());
        assert!(certificate(&town.district("440305"), &plan, &id).is_ok());
        let others = [town.firm("F2"), town.district("440310")];
        for desk in others {
            assert_eq!(
                code(certificate(&desk, &plan, &id)),
                Some(refuse::NOT_YOURS)
            );
        }
        let public = certificate(&town.public(), &plan, &id);
        assert_eq!(code(public), Some(refuse::SIGN_IN));
        let none = certificate(&town.planner(), &plan, &key("AP-NONE"));
        assert_eq!(code(none), Some(refuse::ABSENT));
        let asked = questions::foil(&town.firm("F1"), &plan, &[place("F1")], 5);
        assert_eq!(code(asked), Some(refuse::NOT_ALLOWED));
    }
}

#[test]
fn questions_are_answered_from_the_store_within_their_limits() {
    for (town, plan) in planned() {
        let desk = town.planner();
        for firm in ["F1", "F2", "F3"] {
            let answer = questions::foil(&desk, &plan, &[place(firm)], 5).expect("an answer");
            let exact = answer.change.exact().expect("exact");
            assert!(exact.0 <= 0, "the plan is optimal: {exact}");
        }
        assert_eq!(
            code(questions::foil(&desk, &plan, &[], 5)),
            Some(BAD_QUESTION)
        );
        assert_eq!(
            code(questions::foil(&desk, &plan, &[place("F1")], 0)),
            Some(BAD_SECONDS)
        );
        assert_eq!(
            code(questions::foil(&desk, &plan, &[place("X")], 5)),
            Some(UNKNOWN)
        );
        assert_eq!(
            code(questions::twin(&desk, &plan, "none", 5)),
            Some(UNKNOWN)
        );
        let twin = questions::twin(&desk, &plan, "S1/A", 5).expect("an answer");
        assert!(twin.units == 2 && twin.gain.low.is_some_and(|p| p.0 > 0));
        let envy = questions::envy(&desk, &plan).expect("a report");
        assert_eq!(
            envy.measure.envy_pairs,
            u64::try_from(envy.pairs.len()).expect("small")
        );
        let money = questions::money(&desk, &plan, (&[0, 10_000], &[1_000]), 5).expect("a front");
        assert_eq!(money.front.len(), 2);
        assert!(money.front[0].points.low <= money.front[1].points.low);
    }
}

#[test]
fn the_prices_of_a_run_are_kept_beside_its_plan_and_prove_a_bound() {
    for (town, digest) in planned() {
        let kept = town.desk.store().read(|tx| {
            let plan = plans::need(tx, &digest)?;
            let snapshot = snapshots::get(tx, &plan.snapshot)?.expect("its snapshot");
            let prices: Option<PlanPrices> = store::get(tx, &digest)?;
            Ok::<_, Faults>((plan.plan()?, snapshot.bytes, prices))
        });
        let (plan, snapshot, prices) = kept.expect("stored");
        let prices = prices.expect("kept");
        assert_eq!(prices.plan, digest);
        let snapshot = read_snapshot(&snapshot).expect("a snapshot");
        let built = build(&snapshot).expect("an instance");
        let quote = Quote::of(&built.instance, &prices.prices).expect("prices of this instance");
        assert!(quote.bound() >= plan.proof.value.0);
    }
}
