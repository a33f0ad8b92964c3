//! The engine against brute force: all choices of options on a tiny city, apartments filled greedily.

use zhuchao::domain::points::Points;
use zhuchao::domain::quota::QuotaMode;
use zhuchao::solve::instance::{Agent, Instance};

use super::run::{built, planned};
use crate::support::world::World;

/// The best total over all choices of options; the instances have no lodging.
fn best(instance: &Instance, from: usize, left: &mut [i64]) -> i64 {
    let Some(agent) = instance.agents().get(from) else {
        return 0;
    };
    let mut found = best(instance, from + 1, left);
    for option in &agent.options {
        let index = |r: u32| usize::try_from(r).expect("small");
        if option.uses.iter().all(|(r, a)| left[index(*r)] >= *a) {
            option.uses.iter().for_each(|(r, a)| left[index(*r)] -= a);
            found = found.max(option.value + best(instance, from + 1, left));
            option.uses.iter().for_each(|(r, a)| left[index(*r)] += a);
        }
    }
    found
}

#[test]
fn the_plan_is_as_good_as_brute_force() {
    let snapshot = World::city()
        .site("S1", "440305", 0)
        .unit("A1", "S1/A/1", 300)
        .unit("A2", "S1/A/1", 200)
        .divisible("A3", "S1/A/2", 500, 150)
        .quota("440305", 90_000, QuotaMode::Hard)
        .firm("F1", 30)
        .wants_with("F1", 200, 500, |a| a.wants_subsidy = true)
        .firm("F2", 30)
        .wants_with("F2", 150, 300, |a| a.wants_subsidy = true)
        .firm("F3", 40)
        .wants_with("F3", 180, 400, |a| a.wants_subsidy = true)
        .firm("F4", 20)
        .wants("F4", 150, 320)
        .freeze();
    let built = built(&snapshot);
    assert!(
        built
            .instance
            .agents()
            .iter()
            .all(|a: &Agent| a.lodging.is_empty())
    );
    let mut left: Vec<i64> = built
        .instance
        .resources()
        .iter()
        .map(|r| r.capacity)
        .collect();
    let plan = planned(&snapshot);
    assert_eq!(
        plan.proof.value,
        Points(best(&built.instance, 0, &mut left))
    );
    assert_eq!(plan.proof.status, "optimal");
}
