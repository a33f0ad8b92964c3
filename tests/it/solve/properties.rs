//! Laws that any engine obeys: bounds, permutation, scaling, and a stop at any moment.

use super::brute::optimum;
use super::literature::c515_1;
use super::worlds::{everything, solved, without_lodging};
use proptest::collection::vec;
use proptest::prelude::{
    ProptestConfig, TestCaseError, any, prop_assert, prop_assert_eq, prop_assume, proptest,
};
use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use zhuchao::solve::control::{Progress, Settings, Watch};
use zhuchao::solve::instance::{Agent, Instance, Lodging, Opt, Resource};
use zhuchao::solve::outcome::{Number, Outcome, Status, TraceRow};
use zhuchao::solve::verify::verify;

fn below(value: Option<i64>, bound: Option<Number>) -> bool {
    value.zip(bound).is_none_or(|(v, b)| v as f64 <= b.as_f64())
}

/// Every row is a valid pair on the right sides of the optimum, and none is worse than the last.
fn history(trace: &[TraceRow], best: Option<i64>) -> Result<(), TestCaseError> {
    let number = |n: Option<Number>| n.map(Number::as_f64);
    let best = best.map(|b| b as f64);
    for row in trace {
        let (value, bound) = (number(row.value), number(row.bound));
        prop_assert!(
            value.is_none_or(|v| best.is_some_and(|b| v <= b)),
            "{:?}",
            row
        );
        prop_assert!(
            bound.is_none_or(|u| best.is_none_or(|b| b <= u)),
            "{:?}",
            row
        );
    }
    for w in trace.windows(2) {
        prop_assert!(w[0].seconds <= w[1].seconds, "{:?}", w);
        prop_assert!(number(w[0].value) <= number(w[1].value), "{:?}", w);
        let (before, after) = (number(w[0].bound), number(w[1].bound));
        prop_assert!(
            before.is_none_or(|b| after.is_some_and(|a| a <= b)),
            "{:?}",
            w
        );
    }
    Ok(())
}

/// The outcome is accepted, claims nothing false and, with HiGHS, proves the optimum.
fn right(instance: &Instance, outcome: &Outcome, best: Option<i64>) -> Result<(), TestCaseError> {
    let report = verify(instance, outcome);
    prop_assert!(report.ok(), "{:?}", report.findings);
    prop_assert!(below(outcome.value, outcome.upper_bound));
    prop_assert!(
        below(best, outcome.upper_bound),
        "{:?}, optimum {:?}",
        outcome,
        best
    );
    prop_assert!(outcome.value.is_none() || outcome.value <= best);
    history(&outcome.trace, best)?;
    if cfg!(feature = "highs") {
        let status = best.map_or(Status::Infeasible, |_| Status::Optimal);
        prop_assert_eq!(
            (outcome.status, outcome.value),
            (status, best),
            "{:?}",
            outcome
        );
    }
    Ok(())
}

/// The instance with its parts changed.
fn changed(
    instance: &Instance,
    resource: impl Fn(usize, &mut Resource),
    option: impl Fn(&mut Opt),
    demand: impl Fn(&mut Lodging),
) -> Instance {
    let mut resources = instance.resources().to_vec();
    resources
        .iter_mut()
        .enumerate()
        .for_each(|(k, r)| resource(k, r));
    let mut agents = instance.agents().to_vec();
    for a in &mut agents {
        a.options.iter_mut().for_each(&option);
        a.lodging.iter_mut().for_each(&demand);
    }
    Instance::new(instance.name().to_owned(), resources, agents).expect("still sound")
}

/// The items in the order of the keys, which are taken in turn.
fn shuffled<T>(items: Vec<T>, keys: &[u16]) -> Vec<T> {
    let mut all: Vec<(u16, T)> = keys.iter().copied().cycle().zip(items).collect();
    all.sort_by_key(|(k, _)| *k);
    all.into_iter().map(|(_, item)| item).collect()
}

/// The same problem with resources, agents, options, demands and pools in another order.
fn permuted(instance: &Instance, keys: &[u16]) -> Instance {
    let order = shuffled((0..instance.resources().len()).collect(), keys);
    let place = |r: u32| {
        let now = order
            .iter()
            .position(|&old| old == r as usize)
            .expect("it is there");
        u32::try_from(now).expect("few resources")
    };
    let moved = changed(
        instance,
        |_, _| {},
        |o| {
            o.uses.iter_mut().for_each(|u| u.0 = place(u.0));
            o.uses.reverse();
        },
        |d| {
            d.pools.values_mut().for_each(|pools| {
                pools.iter_mut().for_each(|p| *p = place(*p));
                pools.reverse();
            });
        },
    );
    let mixed = |a: &Agent| Agent {
        options: shuffled(a.options.clone(), keys),
        lodging: shuffled(a.lodging.clone(), keys),
        ..a.clone()
    };
    let resources = order
        .iter()
        .map(|&r| instance.resources()[r].clone())
        .collect();
    let agents = shuffled(moved.agents().iter().map(mixed).collect(), keys);
    Instance::new(instance.name().to_owned(), resources, agents).expect("still sound")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_row_of_the_history_is_right(instance in everything()) {
        right(&instance, &solved(&instance), optimum(&instance))?;
    }

    #[test]
    fn order_does_not_matter(instance in everything(), keys in vec(any::<u16>(), 7)) {
        let turned = permuted(&instance, &keys);
        right(&turned, &solved(&turned), optimum(&instance))?;
    }

    #[test]
    fn values_scale(instance in everything(), k in 2i64..=1_000_003) {
        let scaled = changed(&instance, |_, _| {}, |o| o.value *= k, |d| d.value *= k);
        right(&scaled, &solved(&scaled), optimum(&instance).map(|v| v * k))?;
    }

    #[test]
    fn amounts_scale(instance in without_lodging(), one in any::<u32>(), k in 2i64..=1_000_003) {
        let chosen = one as usize % instance.resources().len();
        let scaled = changed(
            &instance,
            |r, resource| resource.capacity *= if r == chosen { k } else { 1 },
            |o| o.uses.iter_mut().filter(|u| u.0 as usize == chosen).for_each(|u| u.1 *= k),
            |_| {},
        );
        right(&scaled, &solved(&scaled), optimum(&instance))?;
    }

    /// The listener sets the flag at the event of a random number.
    #[test]
    fn a_stop_at_any_event_leaves_a_valid_pair(instance in everything(), last in 0u32..6) {
        let best = optimum(&instance);
        prop_assume!(best.is_some());
        let (stop, heard) = (Arc::new(AtomicBool::new(false)), Cell::new(0));
        let listen = |_: Progress| {
            heard.set(heard.get() + 1);
            stop.fetch_or(heard.get() > last, Ordering::Relaxed);
        };
        let watch = Watch::start(60.0, Arc::clone(&stop), &listen);
        let outcome = zhuchao::solve::solve(&instance, &Settings::official(60.0, 7), &watch);
        let report = verify(&instance, &outcome);
        prop_assert!(report.ok(), "{:?}", report.findings);
        prop_assert!(outcome.upper_bound.is_some(), "{:?}", outcome);
        prop_assert!(below(best, outcome.upper_bound) && outcome.value <= best);
        history(&outcome.trace, best)?;
    }
}

/// Stopped by another thread after so many milliseconds; the answer, and how late it came.
fn stopped(instance: &Instance, wait: u64) -> (Outcome, f64) {
    let (stop, quiet) = (Arc::new(AtomicBool::new(false)), |_| {});
    let watch = Watch::start(60.0, Arc::clone(&stop), &quiet);
    std::thread::scope(|scope| {
        let (flag, watch) = (&stop, &watch);
        scope.spawn(move || {
            std::thread::sleep(Duration::from_millis(wait));
            flag.store(true, Ordering::Relaxed);
        });
        let outcome = zhuchao::solve::solve(instance, &Settings::official(60.0, 7), watch);
        (outcome, watch.elapsed() - wait as f64 / 1000.0)
    })
}

/// The same agents, none of whom must be placed: placing nobody is an answer.
fn free(instance: &Instance) -> Instance {
    let mut agents = instance.agents().to_vec();
    for agent in &mut agents {
        agent.required = false;
    }
    Instance::new("free".to_owned(), instance.resources().to_vec(), agents).expect("sound")
}

/// The answer follows soon. Where every agent must be placed there may be no value yet, and then the outcome
/// says that it knows none; where none must, there always is one.
#[test]
fn a_stop_at_any_moment_leaves_a_valid_pair() {
    let must = c515_1();
    let may = free(&must);
    for wait in [0, 1, 3, 10, 30, 60, 100, 200] {
        for instance in [&must, &may] {
            let (outcome, late) = stopped(instance, wait);
            let report = verify(instance, &outcome);
            assert!(report.ok(), "{:?}", report.findings);
            let bound = outcome.upper_bound.map(|b| b.as_f64());
            assert!(bound.is_some_and(|b| b >= 336.0), "{outcome:?}");
            match outcome.value {
                Some(value) => assert!(bound.is_some_and(|b| value as f64 <= b), "{outcome:?}"),
                None => assert!(
                    std::ptr::eq(instance, &must) && outcome.status == Status::Unknown,
                    "{outcome:?}"
                ),
            }
            assert!(late < 3.0, "{late} s after the stop");
        }
    }
}
