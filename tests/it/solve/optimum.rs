//! The engine proves the optimum that brute force finds, and its outcome is accepted.

use super::brute::optimum;
use super::literature::c515_1;
use super::worlds::{solved, toy, with_lodging, without_lodging};
use proptest::prelude::{ProptestConfig, TestCaseError, prop_assert, prop_assert_eq, proptest};
use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use zhuchao::planning::format::{Packing, write_outcome};
use zhuchao::solve::control::{Phase, Progress, Settings, Watch};
use zhuchao::solve::instance::Instance;
use zhuchao::solve::outcome::{Number, Outcome, Status};
use zhuchao::solve::verify::verify;

fn as_brute_force(instance: &Instance) -> Result<(), TestCaseError> {
    let outcome = solved(instance);
    let report = verify(instance, &outcome);
    prop_assert!(report.ok(), "{:?}", report.findings);
    match optimum(instance) {
        None => prop_assert_eq!(outcome.status, Status::Infeasible),
        Some(best) => {
            if let Some(Number::Whole(bound)) = outcome.upper_bound {
                prop_assert!(bound >= best, "bound {} below the optimum {}", bound, best);
            }
            if cfg!(feature = "highs") {
                prop_assert_eq!(outcome.status, Status::Optimal, "{:?}", outcome);
                prop_assert_eq!(outcome.value, Some(best));
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn value_is_the_optimum_with_lodging(instance in with_lodging()) {
        as_brute_force(&instance)?;
    }

    #[test]
    fn value_is_the_optimum_without_lodging(instance in without_lodging()) {
        as_brute_force(&instance)?;
    }

    #[test]
    fn order_of_agents_does_not_matter(instance in without_lodging()) {
        let mut agents = instance.agents().to_vec();
        agents.reverse();
        let name = instance.name().to_owned();
        let turned = Instance::new(name, instance.resources().to_vec(), agents).expect("sound");
        let (a, b) = (solved(&instance), solved(&turned));
        prop_assert_eq!(a.status, b.status);
        if a.status == Status::Optimal {
            prop_assert_eq!(a.value, b.value);
        }
    }
}

#[test]
fn toy_is_solved_to_its_optimum() {
    let outcome = solved(&toy());
    assert_eq!(outcome.value, optimum(&toy()));
    assert_eq!((outcome.status, outcome.value), (Status::Optimal, Some(35)));
}

#[test]
fn same_seed_same_choices() {
    let (a, b) = (solved(&c515_1()), solved(&c515_1()));
    assert_eq!((a.choices, a.prices, a.dual), (b.choices, b.prices, b.dual));
}

/// Bytes of the outcome of a run limited by work, on so many threads.
fn by_work(instance: &Instance, threads: u32) -> Vec<u8> {
    let settings = Settings {
        threads,
        work: Some(0.3),
        ..Settings::official(600.0, 5)
    };
    let quiet = |_| {};
    let watch = Watch::start(settings.seconds, Arc::new(AtomicBool::new(false)), &quiet);
    let outcome = zhuchao::solve::solve(instance, &settings, &watch);
    write_outcome(&outcome, Packing::Plain).expect("numbers are finite")
}

#[test]
fn a_run_limited_by_work_repeats_byte_for_byte() {
    for instance in [c515_1(), toy()] {
        for threads in [1, 2] {
            let (a, b) = (by_work(&instance, threads), by_work(&instance, threads));
            assert_eq!(String::from_utf8(a), String::from_utf8(b));
        }
    }
}

#[test]
fn stop_flag_set_before_the_start_still_gives_an_accepted_outcome() {
    let (settings, quiet) = (Settings::official(60.0, 1), |_| {});
    let watch = Watch::start(60.0, Arc::new(AtomicBool::new(true)), &quiet);
    let outcome = zhuchao::solve::solve(&toy(), &settings, &watch);
    let report = verify(&toy(), &outcome);
    assert!(report.ok(), "{:?}", report.findings);
    assert!(
        outcome.upper_bound.is_some(),
        "even prices of zero prove a bound"
    );
}

fn run(settings: &Settings) -> Outcome {
    let (instance, quiet) = (c515_1(), |_| {});
    let watch = Watch::start(settings.seconds, Arc::new(AtomicBool::new(false)), &quiet);
    let outcome = zhuchao::solve::solve(&instance, settings, &watch);
    let report = verify(&instance, &outcome);
    assert!(report.ok(), "{:?}", report.findings);
    outcome
}

#[test]
fn without_time_there_is_still_a_proven_bound() {
    let outcome = run(&Settings::official(0.0, 1));
    assert!(outcome.upper_bound.is_some_and(|b| b.as_f64() >= 336.0));
}

#[test]
fn an_accepted_gap_ends_the_run_early_and_says_so() {
    let outcome = run(&Settings {
        gap: 0.5,
        ..Settings::official(60.0, 1)
    });
    assert_eq!(outcome.status, Status::Feasible);
    assert_eq!(outcome.engine.map(|e| e.ended), Some("gap".to_owned()));
}

#[test]
fn two_threads_prove_the_same_value() {
    let outcome = run(&Settings {
        threads: 2,
        ..Settings::official(60.0, 1)
    });
    if cfg!(feature = "highs") {
        assert_eq!(
            (outcome.status, outcome.value),
            (Status::Optimal, Some(336))
        );
    }
}

#[test]
fn progress_never_gets_worse_and_ends_with_done() {
    let heard: RefCell<Vec<Progress>> = RefCell::new(Vec::new());
    let listen = |p| heard.borrow_mut().push(p);
    let watch = Watch::start(60.0, Arc::new(AtomicBool::new(false)), &listen);
    zhuchao::solve::solve(&c515_1(), &Settings::official(60.0, 1), &watch);
    let heard = heard.borrow();
    assert_eq!(heard.last().map(|p| p.phase), Some(Phase::Done));
    assert!(
        heard.windows(2).all(|w| w[0].value <= w[1].value),
        "{heard:?}"
    );
    assert!(
        heard
            .windows(2)
            .all(|w| w[0].bound.is_none() || w[1].bound <= w[0].bound),
        "{heard:?}"
    );
}
