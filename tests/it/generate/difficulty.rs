//! How hard a city is, counted in its instance: what is short, and for whom. The figures stand in
//! the header of `acts::generate` and in data/README.md; a change of the generator that makes them
//! easier fails here.

use std::collections::BTreeMap;

use zhuchao::domain::snapshot::Snapshot;
use zhuchao::planning::build;
use zhuchao::solve::instance::{Agent, Instance, Opt};

use super::city;

fn instance(city: &Snapshot) -> Instance {
    build::build(city)
        .expect("an instance can be made")
        .instance
}

/// What an option uses of the resources of a kind.
fn used(instance: &Instance, option: &Opt, kind: &str) -> i64 {
    let of_kind = |r: &u32| instance.resources()[*r as usize].id.starts_with(kind);
    option
        .uses
        .iter()
        .filter(|(r, _)| of_kind(r))
        .map(|u| u.1)
        .sum()
}

fn capacity(instance: &Instance, kind: &str) -> i64 {
    let of_kind = instance
        .resources()
        .iter()
        .filter(|r| r.id.starts_with(kind));
    of_kind.map(|r| r.capacity).sum()
}

fn largest(instance: &Instance, agent: &Agent, kind: &str) -> i64 {
    agent
        .options
        .iter()
        .map(|o| used(instance, o, kind))
        .max()
        .unwrap_or(0)
}

fn smallest(instance: &Instance, agent: &Agent, kind: &str) -> i64 {
    agent
        .options
        .iter()
        .map(|o| used(instance, o, kind))
        .min()
        .unwrap_or(0)
}

fn percent(part: i64, whole: i64) -> i64 {
    100 * part / whole.max(1)
}

#[test]
fn even_the_least_areas_do_not_fit_and_the_reserve_is_overdrawn() {
    for seed in [1, 2, 3] {
        let numbers = instance(&city(1_000, seed));
        let sum = |of: fn(&Instance, &Agent, &str) -> i64, kind: &str| -> i64 {
            numbers.agents().iter().map(|a| of(&numbers, a, kind)).sum()
        };
        let offered = capacity(&numbers, "unit:");
        let least = percent(sum(smallest, "unit:"), offered);
        let most = percent(sum(largest, "unit:"), offered);
        assert!((100..=130).contains(&least), "seed {seed}: least {least} %");
        assert!((135..=175).contains(&most), "seed {seed}: most {most} %");
        // Firms that are not small want twice what the reserve leaves them, at the very least 1.5 times.
        let others = capacity(&numbers, "reserve:");
        let wanted = percent(sum(smallest, "reserve:"), others);
        assert!(
            (150..=230).contains(&wanted),
            "seed {seed}: {wanted} % of the rest"
        );
        assert!((44..=46).contains(&percent(others, offered)));
    }
}

#[test]
fn half_of_the_quotas_that_are_asked_run_out() {
    for seed in [1, 2, 3] {
        let numbers = instance(&city(1_000, seed));
        let mut asked: BTreeMap<usize, i64> = BTreeMap::new();
        for agent in numbers.agents() {
            let mut own: BTreeMap<usize, i64> = BTreeMap::new();
            for (resource, amount) in agent.options.iter().flat_map(|o| &o.uses) {
                let most = own.entry(*resource as usize).or_default();
                *most = (*most).max(*amount);
            }
            for (resource, amount) in own {
                *asked.entry(resource).or_default() += amount;
            }
        }
        let quotas = asked
            .iter()
            .map(|(r, sum)| (&numbers.resources()[*r], *sum));
        let quotas: Vec<_> = quotas.filter(|(r, _)| r.id.starts_with("quota:")).collect();
        let short = quotas
            .iter()
            .filter(|(r, sum)| *sum * 10 > r.capacity * 14)
            .count();
        assert!(
            quotas.len() >= 6,
            "seed {seed}: {} quotas are asked",
            quotas.len()
        );
        assert!(
            short * 2 >= quotas.len(),
            "seed {seed}: {short} of {} are short",
            quotas.len()
        );
    }
}

#[test]
fn apartments_are_short_everywhere_and_shortest_near_popular_parks() {
    for seed in [1, 2, 3] {
        let numbers = instance(&city(1_000, seed));
        let demands = numbers.agents().iter().flat_map(|a| &a.lodging);
        let need: i64 = demands.map(|d| d.need).sum();
        let there = percent(capacity(&numbers, "apartment:"), need);
        assert!(
            (25..=60).contains(&there),
            "seed {seed}: {there} % of the households"
        );
    }
}

#[test]
fn a_park_sees_as_many_apartment_types_in_a_denser_city() {
    let types = |firms: u32| {
        let numbers = instance(&city(firms, 1));
        let demands = numbers.agents().iter().flat_map(|a| &a.lodging);
        let pools: Vec<usize> = demands
            .flat_map(|d| d.pools.values().map(Vec::len))
            .collect();
        pools.iter().sum::<usize>() / pools.len().max(1)
    };
    for firms in [2_000, 6_000] {
        let seen = types(firms);
        assert!((9..=22).contains(&seen), "{firms} firms: {seen} types");
    }
}

#[test]
fn the_variant_says_that_it_is_one() {
    let [small, large] = [city(100, 1), city(8_000, 1)];
    for (city, metres, minutes) in [(small, 5_000, 45), (large, 2_500, 28)] {
        let policy = zhuchao::policy::read(&city.policy).expect("a sound policy");
        assert!(policy.meta.version.ends_with("-synthetic"));
        assert_eq!(policy.reserves[0].share.bp(), 5_500);
        let near = (policy.housing.near_metres, policy.housing.near_minutes);
        assert_eq!(near, (metres, minutes));
    }
}
