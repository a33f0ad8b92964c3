//! Envy against its definition by brute force; strict order has none; the cap holds; what max-min and
//! Nash can at most be is not exceeded; the mode of the policy is followed by a run.

use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};
use zhuchao::planning::fair::cap::capped;
use zhuchao::planning::fair::envy::pairs;
use zhuchao::planning::fair::groups::{By, Group, groups, least};
use zhuchao::planning::fair::measure::gini_ppm;
use zhuchao::planning::fair::rank::{Rank, rank};
use zhuchao::planning::fair::serial::{Taken, serial};
use zhuchao::planning::fair::table::{Mode, table};
use zhuchao::planning::fair::weigh::Scale;
use zhuchao::planning::taken::Chosen;
use zhuchao::solve::instance::{Agent, Instance};

use super::brute;
use super::city::{Planned, city, drafts, effort, go, planned};

/// The plan as fairness sees it.
fn taken(planned: &Planned) -> Taken {
    Taken::of(&planned.built.instance, planned.footing().chosen.clone())
}

/// What one agent uses of every resource.
fn held(agent: &Agent, chosen: Option<&Chosen>, sign: i64, left: &mut [i64]) {
    let index = |r: u32| usize::try_from(r).expect("small");
    let Some(chosen) = chosen else { return };
    for (r, n) in &agent.options[index(chosen.option)].uses {
        left[index(*r)] += sign * n;
    }
    for (r, n) in chosen.lodging.iter().flatten() {
        left[index(*r)] += sign * n;
    }
}

fn worth(agent: &Agent, chosen: Option<&Chosen>) -> i64 {
    let Some(chosen) = chosen else { return 0 };
    let homes = agent.lodging.iter().zip(&chosen.lodging);
    let homes: i64 = homes
        .map(|(d, g)| d.value * g.iter().map(|(_, n)| n).sum::<i64>())
        .sum();
    agent.options[usize::try_from(chosen.option).expect("small")].value + homes
}

/// The pairs by the definition, every two agents tried.
fn brute_pairs(instance: &Instance, taken: &Taken, rank: &Rank) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (n, agent) in instance.agents().iter().enumerate() {
        let own = taken.chosen[n].as_ref();
        for (g, other) in instance.agents().iter().enumerate() {
            let theirs = taken.chosen[g].as_ref();
            if rank.place[g] <= rank.place[n] || theirs.is_none() {
                continue;
            }
            let mut left = taken.left.clone();
            held(agent, own, 1, &mut left);
            held(other, theirs, 1, &mut left);
            if brute::of(std::slice::from_ref(agent), left).expect("nobody is required")
                > worth(agent, own)
            {
                found.push((n, g));
            }
        }
    }
    found
}

/// The most of a measure over all choices of space; apartments are left out of these cities.
fn best(instance: &Instance, measure: &dyn Fn(&[Option<Chosen>]) -> f64) -> f64 {
    fn walk(
        agents: &[Agent],
        left: &mut Vec<i64>,
        taken: &mut Vec<Option<Chosen>>,
        measure: &dyn Fn(&[Option<Chosen>]) -> f64,
    ) -> f64 {
        let Some(agent) = agents.get(taken.len()) else {
            return measure(taken);
        };
        taken.push(None);
        let mut found = walk(agents, left, taken, measure);
        taken.pop();
        for (o, option) in agent.options.iter().enumerate() {
            let index = |r: u32| usize::try_from(r).expect("small");
            if option.uses.iter().all(|(r, n)| left[index(*r)] >= *n) {
                option.uses.iter().for_each(|(r, n)| left[index(*r)] -= n);
                let lodging = vec![Vec::new(); agent.lodging.len()];
                taken.push(Some(Chosen {
                    option: u32::try_from(o).expect("small"),
                    lodging,
                }));
                found = found.max(walk(agents, left, taken, measure));
                taken.pop();
                option.uses.iter().for_each(|(r, n)| left[index(*r)] += n);
            }
        }
        found
    }
    let mut left = instance.resources().iter().map(|r| r.capacity).collect();
    walk(instance.agents(), &mut left, &mut Vec::new(), measure)
}

fn homeless(draft: &super::city::Draft) -> Planned {
    let mut snapshot = city(draft);
    snapshot
        .applications
        .iter_mut()
        .for_each(|a| a.households.clear());
    planned(snapshot)
}

fn mean(planned: &Planned, groups: &[Group], chosen: &[Option<Chosen>]) -> f64 {
    let firms: f64 = groups.iter().map(|g| g.agents.len() as f64).sum();
    let logs = groups
        .iter()
        .map(|g| g.agents.len() as f64 * (g.points(&planned.built, chosen) as f64).max(1.0).ln());
    (logs.sum::<f64>() / firms.max(1.0)).exp()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn envy_is_what_its_definition_says(draft in drafts()) {
        let planned = planned(city(&draft));
        let instance = &planned.built.instance;
        let rank = rank(&planned.snapshot, &planned.built).expect("an order");
        let optimum = taken(&planned);
        let told: Vec<_> = pairs(instance, &optimum, &rank).iter().map(|p| (p.envious, p.envied)).collect();
        prop_assert_eq!(told, brute_pairs(instance, &optimum, &rank));
        let strict = serial(instance, &rank.order);
        prop_assert!(pairs(instance, &strict, &rank).is_empty());
        prop_assert!(brute_pairs(instance, &strict, &rank).is_empty());
        for most in [0, 1, 2] {
            let found = capped(instance, &rank, (most, &[&optimum]), &effort(), &go()).expect("a plan");
            prop_assert!(brute_pairs(instance, &found, &rank).len() <= most);
            prop_assert!(found.value >= strict.value && found.value <= optimum.value);
        }
    }

    #[test]
    fn what_is_said_to_be_the_most_is_never_exceeded(draft in drafts()) {
        let planned = homeless(&draft);
        let groups = groups(&planned.snapshot, &planned.built, By::Size);
        let start = taken(&planned);
        let scale = Scale { built: &planned.built, groups: &groups, effort: &effort(), stop: &go() };
        if !groups.is_empty() {
            let fair = scale.max_min(&start).expect("a plan");
            let most = best(&planned.built.instance, &|c| least(&groups, &planned.built, c) as f64);
            prop_assert!(fair.measure <= most && most <= fair.most + 1.0, "{} {most} {}", fair.measure, fair.most);
            let nash = scale.nash(&start).expect("a plan");
            let most = best(&planned.built.instance, &|c| mean(&planned, &groups, c));
            prop_assert!(nash.measure <= most * (1.0 + 1e-9) && most <= nash.most * (1.0 + 1e-9), "{} {most} {}", nash.measure, nash.most);
        }
    }

    #[test]
    fn gini_is_that_of_all_pairs(all in proptest::collection::vec(0_i64..1_000_000, 1..12)) {
        let n = i64::try_from(all.len()).expect("small");
        let sum: i64 = all.iter().sum();
        let apart: i64 = all.iter().flat_map(|x| all.iter().map(move |y| (x - y).abs())).sum();
        let exact = if sum == 0 { 0 } else { i128::from(apart) * 1_000_000 / i128::from(2 * n * sum) };
        prop_assert!((i128::from(gini_ppm(all)) - exact).abs() <= 1);
    }

    #[test]
    fn every_price_in_the_table_is_within_its_bound(draft in drafts(), _pick in any::<u8>()) {
        let planned = planned(city(&draft));
        let rows = table(&planned.snapshot, &planned.built, &effort(), &go()).expect("a table");
        prop_assert_eq!(rows[0].mode, Mode::Optimum);
        prop_assert_eq!(rows[0].points.0, planned.footing().value);
        for row in &rows {
            prop_assert!(row.lost.0 >= 0);
            prop_assert_eq!(row.lost_at_most, Some(row.lost));
            if let Mode::EnvyCap(most) = row.mode {
                prop_assert!(row.measure.envy_pairs <= most);
            }
            if row.mode == Mode::Ranked {
                prop_assert_eq!(row.measure.envy_pairs, 0);
            }
        }
    }
}
