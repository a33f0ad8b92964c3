//! Small instances for the tests: a fixed toy, random ones, and one quiet way to solve them.

use proptest::collection::vec;
use proptest::prelude::{Strategy, any};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use zhuchao::solve::control::{Settings, Watch};
use zhuchao::solve::instance::{Agent, Instance, Lodging, Opt, Resource};
use zhuchao::solve::outcome::Outcome;

/// A resource.
pub fn resource(id: &str, capacity: i64) -> Resource {
    Resource {
        id: id.to_owned(),
        capacity,
    }
}

/// An option at a site.
pub fn option(id: &str, value: i64, site: i64, uses: &[(u32, i64)]) -> Opt {
    Opt {
        id: id.to_owned(),
        value,
        site,
        uses: uses.to_vec(),
    }
}

/// A lodging demand.
pub fn lodging(need: i64, value: i64, pools: &[(i64, &[u32])]) -> Lodging {
    let pools: BTreeMap<i64, Vec<u32>> = pools.iter().map(|(s, l)| (*s, l.to_vec())).collect();
    Lodging { need, value, pools }
}

/// An agent.
pub fn agent(id: &str, required: bool, options: Vec<Opt>, lodging: Vec<Lodging>) -> Agent {
    Agent {
        id: id.to_owned(),
        required,
        options,
        lodging,
    }
}

/// Two floors, one budget, two pools; three firms. Its optimum is 35: a takes a1 with 2 + 1
/// apartments (10 + 6), b takes b2 (9), c takes c1 (10).
pub fn toy() -> Instance {
    let resources = vec![
        resource("floor:1", 10),
        resource("floor:2", 8),
        resource("budget", 100),
        resource("pool:1", 2),
        resource("pool:2", 1),
    ];
    let agents = vec![
        agent(
            "a",
            false,
            vec![
                option("a1", 10, 1, &[(0, 6), (2, 30)]),
                option("a2", 8, 2, &[(1, 6), (2, 20)]),
            ],
            vec![lodging(4, 2, &[(1, &[3, 4]), (2, &[4])])],
        ),
        agent(
            "b",
            true,
            vec![option("b1", 9, 1, &[(0, 6)]), option("b2", 9, 2, &[(1, 5)])],
            vec![],
        ),
        agent(
            "c",
            false,
            vec![option("c1", 10, 1, &[(0, 4), (2, 60)])],
            vec![],
        ),
    ];
    Instance::new("toy".to_owned(), resources, agents).expect("the toy is sound")
}

/// Solves without a listener.
pub fn solved(instance: &Instance) -> Outcome {
    let settings = Settings::official(60.0, 7);
    let quiet = |_| {};
    let watch = Watch::start(settings.seconds, Arc::new(AtomicBool::new(false)), &quiet);
    zhuchao::solve::solve(instance, &settings, &watch)
}

type Uses = Vec<(u32, i64)>;
type RawAgent = (
    bool,
    Vec<(i64, i64, Uses)>,
    Vec<(i64, i64, Vec<(i64, Vec<u32>)>)>,
);

fn raw_agent(demands: usize, required: f64) -> impl Strategy<Value = RawAgent> {
    let option = (-3i64..=20, 0i64..3, vec((any::<u32>(), 1i64..=5), 0..=3));
    let pools = vec((0i64..3, vec(any::<u32>(), 0..=2)), 0..=2);
    let demand = (0i64..=2, -1i64..=6, pools);
    (
        proptest::bool::weighted(required),
        vec(option, 0..=3),
        vec(demand, 0..=demands),
    )
}

fn build(capacities: &[i64], raw: Vec<RawAgent>) -> Instance {
    let n = u32::try_from(capacities.len()).expect("few resources");
    let resources = capacities
        .iter()
        .enumerate()
        .map(|(k, &c)| resource(&format!("r{k}"), c));
    let one = |(k, (required, options, demands)): (usize, RawAgent)| {
        let option = |(j, (value, site, uses)): (usize, (i64, i64, Uses))| {
            let uses: BTreeMap<u32, i64> = uses.into_iter().map(|(r, u)| (r % n, u)).collect();
            Opt {
                id: format!("o{j}"),
                value,
                site,
                uses: uses.into_iter().collect(),
            }
        };
        let demand = |(need, value, pools): (i64, i64, Vec<(i64, Vec<u32>)>)| {
            let pools = pools.into_iter();
            let pools = pools
                .map(|(s, l)| (s, l.into_iter().map(|p| p % n).collect()))
                .collect();
            Lodging { need, value, pools }
        };
        Agent {
            id: format!("f{k}"),
            required,
            options: options.into_iter().enumerate().map(option).collect(),
            lodging: demands.into_iter().map(demand).collect(),
        }
    };
    let agents = raw.into_iter().enumerate().map(one).collect();
    Instance::new("random".to_owned(), resources.collect(), agents).expect("built sound")
}

/// Few agents with lodging; resources serve as floors and pools at once.
pub fn with_lodging() -> impl Strategy<Value = Instance> {
    (vec(0i64..=7, 2..=5), vec(raw_agent(2, 0.25), 0..=3)).prop_map(|(c, raw)| build(&c, raw))
}

/// More agents, without lodging.
pub fn without_lodging() -> impl Strategy<Value = Instance> {
    (vec(0i64..=9, 1..=4), vec(raw_agent(0, 0.25), 1..=7)).prop_map(|(c, raw)| build(&c, raw))
}

/// Most agents are required, and often too many.
pub fn crowded() -> impl Strategy<Value = Instance> {
    (vec(2i64..=12, 1..=5), vec(raw_agent(1, 0.9), 0..=8)).prop_map(|(c, raw)| build(&c, raw))
}

/// Few agents with every feature: required ones, negative values, options over several floors,
/// several demands that share pools, resources that serve as floors and pools at once.
pub fn everything() -> impl Strategy<Value = Instance> {
    (vec(0i64..=6, 2..=4), vec(raw_agent(2, 0.3), 0..=4)).prop_map(|(c, raw)| build(&c, raw))
}
