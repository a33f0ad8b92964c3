//! Hostile but sound instances: a clear answer in time, which the check accepts.

use super::brute::optimum;
use super::worlds::{agent, lodging, option, resource};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use zhuchao::solve::control::{Settings, Watch};
use zhuchao::solve::instance::{Agent, Instance, Resource};
use zhuchao::solve::outcome::{Outcome, Status};
use zhuchao::solve::verify::verify;

const BIG: i64 = 1 << 62;

fn instance(resources: Vec<Resource>, agents: Vec<Agent>) -> Instance {
    Instance::new("hostile".to_owned(), resources, agents).expect("sound")
}

/// The outcome of at most `seconds`; late by at most a little, and accepted.
fn within(seconds: f64, instance: &Instance) -> Outcome {
    let (settings, quiet) = (Settings::official(seconds, 3), |_| {});
    let watch = Watch::start(seconds, Arc::new(AtomicBool::new(false)), &quiet);
    let outcome = zhuchao::solve::solve(instance, &settings, &watch);
    let late = watch.elapsed() - seconds;
    let report = verify(instance, &outcome);
    assert!(report.ok(), "{:?}", report.findings);
    assert!(late < 5.0, "{late} s after the limit");
    outcome
}

/// The outcome, which proves the optimum that is known.
fn proves(best: Option<i64>, instance: &Instance) {
    let outcome = within(20.0, instance);
    let status = best.map_or(Status::Infeasible, |_| Status::Optimal);
    assert_eq!(
        (outcome.status, outcome.value),
        (status, best),
        "{outcome:?}"
    );
}

/// An outcome that claims nothing false, whatever it proves.
fn claims_nothing_false(instance: &Instance) {
    let (outcome, best) = (within(20.0, instance), optimum(instance));
    assert!(outcome.value <= best, "{outcome:?}, optimum {best:?}");
    let bound = outcome.upper_bound.map(|b| b.as_f64());
    assert!(
        bound.is_none_or(|b| best.is_none_or(|v| b >= v as f64)),
        "{outcome:?}"
    );
    match outcome.status {
        Status::Optimal => assert_eq!(outcome.value, best),
        Status::Infeasible => assert_eq!(best, None),
        Status::Feasible | Status::Unknown => {}
    }
}

/// Value and uses of an option.
type Single<'u> = (i64, &'u [(u32, i64)]);

/// Agents with one option each.
fn singles(required: bool, all: &[Single]) -> Vec<Agent> {
    let one = |(k, (value, uses)): (usize, &Single)| {
        let options = vec![option("o", *value, 0, uses)];
        agent(&format!("f{k}"), required, options, vec![])
    };
    all.iter().enumerate().map(one).collect()
}

#[test]
fn nothing_at_all() {
    proves(Some(0), &instance(vec![], vec![]));
    proves(Some(0), &instance(vec![resource("r", 5)], vec![]));
    proves(
        Some(0),
        &instance(vec![], vec![agent("a", false, vec![], vec![])]),
    );
    let free = vec![option("o", 7, 0, &[]), option("p", -7, 0, &[])];
    proves(
        Some(7),
        &instance(vec![], vec![agent("a", false, free, vec![])]),
    );
    let demand = vec![lodging(3, 9, &[]), lodging(0, 9, &[(0, &[])])];
    proves(
        Some(0),
        &instance(vec![], vec![agent("a", false, vec![], demand)]),
    );
}

#[test]
fn agents_without_options() {
    let without =
        |required| (0..500).map(move |k| agent(&format!("f{k}"), required, vec![], vec![]));
    proves(
        Some(0),
        &instance(vec![resource("r", 1)], without(false).collect()),
    );
    proves(
        None,
        &instance(vec![resource("r", 1)], without(true).collect()),
    );
}

#[test]
fn no_capacity_anywhere() {
    let resources: Vec<Resource> = (0..20).map(|k| resource(&format!("r{k}"), 0)).collect();
    let firm = |k: u32, required, free: bool| {
        let mut options = vec![
            option("o", 9, 1, &[(k % 20, 1)]),
            option("p", 5, 1, &[(0, i64::MAX)]),
        ];
        options.extend(free.then(|| option("q", 2, 1, &[])));
        agent(
            &format!("f{k}"),
            required,
            options,
            vec![lodging(5, 4, &[(1, &[1, 2])])],
        )
    };
    let all = |required, free| (0..200).map(move |k| firm(k, required, free)).collect();
    proves(Some(0), &instance(resources.clone(), all(false, false)));
    proves(Some(400), &instance(resources.clone(), all(true, true)));
    proves(None, &instance(resources, all(true, false)));
}

#[test]
fn a_million_options_in_one_agent_among_others() {
    let floors = 50u32;
    let wide = (0..1_000_000u32).map(|k| {
        let uses = [
            (k % floors, 1 + i64::from(k % 97)),
            (floors, 1 + i64::from(k / 10_000)),
        ];
        option(
            &format!("o{k}"),
            i64::from(k % 1_009),
            i64::from(k % 3),
            &uses,
        )
    });
    let mut agents = vec![agent(
        "wide",
        true,
        wide.collect(),
        vec![lodging(3, 50, &[(1, &[51])])],
    )];
    agents.extend((0..40u32).map(|k| {
        let options = (0..5).map(|j| {
            option(
                &format!("o{j}"),
                300 + i64::from(k * j),
                1,
                &[((k + j) % floors, 60)],
            )
        });
        agent(
            &format!("f{k}"),
            false,
            options.collect(),
            vec![lodging(2, 40, &[(1, &[51])])],
        )
    }));
    let mut resources: Vec<Resource> = (0..floors)
        .map(|k| resource(&format!("r{k}"), 100))
        .collect();
    resources.extend([resource("budget", 60), resource("pool", 30)]);
    let outcome = within(8.0, &instance(resources, agents));
    assert!(outcome.value.is_some(), "{:?}", outcome.status);
}

#[test]
fn values_near_two_to_the_60() {
    let near = (1i64 << 57) - 11;
    for sign in [1, -1] {
        for required in [false, true] {
            let values: Vec<i64> = (0..8).map(|k| sign * (near + k)).collect();
            let all: Vec<Single> = values.iter().map(|&v| (v, &[(0, 2)][..])).collect();
            let agents = singles(required, &all);
            for capacity in [7, 16] {
                claims_nothing_false(&instance(vec![resource("r", capacity)], agents.clone()));
            }
        }
    }
}

#[test]
fn one_point_beside_two_to_the_59() {
    let all: [Single; 4] = [
        (1 << 59, &[(0, 3)]),
        ((1 << 58) + 1, &[(0, 2)]),
        ((1 << 58) - 2, &[(0, 2)]),
        (1, &[(0, 1)]),
    ];
    for capacity in 0..=8 {
        claims_nothing_false(&instance(
            vec![resource("r", capacity)],
            singles(false, &all),
        ));
    }
}

#[test]
fn uses_near_two_to_the_63() {
    let all: [Single; 4] = [
        (5, &[(0, BIG)]),
        (4, &[(0, BIG - 1)]),
        (3, &[(0, 1), (1, i64::MAX)]),
        (2, &[(0, 1)]),
    ];
    for required in [false, true] {
        for capacity in [i64::MAX, i64::MAX - 1, BIG, BIG - 1, 1] {
            let resources = vec![resource("r", capacity), resource("s", i64::MAX)];
            claims_nothing_false(&instance(resources, singles(required, &all)));
        }
    }
}

#[test]
fn needs_of_two_to_the_62() {
    let firm = |id: &str, value| {
        let options = vec![option("o", 5, 1, &[]), option("p", 6, 2, &[(0, 3)])];
        agent(
            id,
            false,
            options,
            vec![lodging(BIG, value, &[(1, &[0, 1]), (2, &[1])])],
        )
    };
    let small = vec![resource("p", 4), resource("q", 3)];
    proves(Some(52), &instance(small, vec![firm("a", 6), firm("b", 5)]));
    let large = vec![resource("p", BIG), resource("q", i64::MAX)];
    claims_only_options(&instance(large, vec![firm("a", 0), firm("b", 0)]), 12);
}

/// Apartments without worth: brute force would count them all.
fn claims_only_options(instance: &Instance, best: i64) {
    let outcome = within(20.0, instance);
    assert!(outcome.value.is_some_and(|v| v <= best), "{outcome:?}");
    assert!(
        outcome
            .upper_bound
            .is_some_and(|b| b.as_f64() >= best as f64),
        "{outcome:?}"
    );
}

#[test]
fn all_values_negative() {
    let firm = |k: u32, required| {
        let options = vec![option("o", -5, 1, &[(0, 1)]), option("p", -9, 1, &[])];
        agent(
            &format!("f{k}"),
            required,
            options,
            vec![lodging(2, -3, &[(1, &[0])])],
        )
    };
    let all = |required| (0..30).map(move |k| firm(k, required)).collect();
    proves(Some(0), &instance(vec![resource("r", 10)], all(false)));
    proves(Some(-230), &instance(vec![resource("r", 10)], all(true)));
}

#[test]
fn a_resource_that_is_floor_and_pool() {
    for capacity in 0..=12 {
        let firm = |id: &str, required| {
            let options = vec![
                option("o", 7, 1, &[(0, 3)]),
                option("p", 6, 2, &[(0, 2), (1, 1)]),
            ];
            let demands = vec![
                lodging(3, 3, &[(1, &[0]), (2, &[0, 1])]),
                lodging(2, 2, &[(2, &[0])]),
            ];
            agent(id, required, options, demands)
        };
        let resources = vec![resource("both", capacity), resource("other", 2)];
        let world = instance(
            resources,
            vec![firm("a", false), firm("b", true), firm("c", false)],
        );
        proves(optimum(&world), &world);
    }
}

#[test]
fn one_pool_under_a_thousand_sites() {
    let pools: Vec<(i64, &[u32])> = (0..1000).map(|s| (s - 500, &[0][..])).collect();
    let firms = (0..6).map(|k| {
        let options =
            (0..1000).map(|s| option(&format!("o{s}"), 10 + s % 7, s - 500, &[(1, 1 + s % 7)]));
        agent(
            &format!("f{k}"),
            false,
            options.collect(),
            vec![lodging(4, 3, &pools), lodging(2, 2, &pools)],
        )
    });
    // Everybody on the smallest options, but for 10 units that are worth a point each.
    let world = instance(
        vec![resource("pool", 15), resource("floor", 16)],
        firms.collect(),
    );
    proves(Some(6 * 10 + 10 + 15 * 3), &world);
}

#[test]
fn required_agents_that_conflict() {
    let holes = |firms: u32, holes: u32, use_: i64, capacity: i64| {
        let resources = (0..holes).map(|k| resource(&format!("r{k}"), capacity));
        let firms = (0..firms).map(|k| {
            let options = (0..holes).map(|h| option(&format!("o{h}"), 5, 0, &[(h, use_)]));
            agent(&format!("f{k}"), true, options.collect(), vec![])
        });
        instance(resources.collect(), firms.collect())
    };
    for world in [
        holes(9, 8, 1, 1),
        holes(9, 4, 3, 8),
        holes(3, 1, BIG, i64::MAX),
    ] {
        let outcome = within(20.0, &world);
        assert_eq!(outcome.value, None);
        if cfg!(feature = "highs") {
            assert_ne!(outcome.status, Status::Feasible);
            assert_eq!(outcome.status, Status::Infeasible, "{outcome:?}");
        }
    }
}
