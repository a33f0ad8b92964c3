//! Gains against brute force: a freed unit for each that waits, more quota, more apartments, new units.

use std::collections::BTreeSet;

use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};
use zhuchao::domain::money::Fen;
use zhuchao::domain::points::Points;
use zhuchao::planning::ask::footing::Footing;
use zhuchao::planning::build::build;
use zhuchao::planning::inverse::building::opened;
use zhuchao::planning::inverse::freed::{Depth, Freed, freed};
use zhuchao::planning::inverse::more::{More, gain, limit, rank};
use zhuchao::solve::instance::Agent;

use super::brute;
use super::city::{Planned, city, drafts, effort, go, planned};
use crate::support::world::key;

fn depth(exact: bool) -> Depth {
    Depth {
        most: 10,
        exact,
        effort: effort(),
    }
}

/// The best total with those who hold a unit gone, and perhaps one firm bound to the unit.
fn without(planned: &Planned, gone: &BTreeSet<String>, bound: Option<(&str, u32)>) -> Option<i64> {
    let uses =
        |o: &zhuchao::solve::instance::Opt, unit: u32| o.uses.iter().any(|(r, _)| *r == unit);
    brute::most(&brute::changed(
        &planned.built.instance,
        |_, agent: &mut Agent| {
            if gone.contains(&agent.id) {
                agent.options.clear();
                agent.required = false;
            }
            if let Some((_, unit)) = bound.filter(|(id, _)| *id == agent.id) {
                agent.options.retain(|o| uses(o, unit));
                agent.required = true;
            }
        },
    ))
}

/// What a firm adds with the unit when nobody else moves.
fn alone(footing: &Footing<'_>, freed: &Freed, id: &str, unit: u32) -> Option<i64> {
    let agents = footing.instance().agents();
    let mut left = footing.left.clone();
    for (n, agent) in agents.iter().enumerate() {
        if freed.left_by.iter().any(|a| a.as_str() == agent.id) {
            for (r, amount) in footing.uses(n) {
                left[usize::try_from(r).expect("small")] += amount;
            }
        }
    }
    let mut agent = agents
        .iter()
        .find(|a| a.id == id)
        .expect("an agent")
        .clone();
    agent
        .options
        .retain(|o| o.uses.iter().any(|(r, _)| *r == unit));
    agent.required = true;
    brute::of(&[agent], left)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_waiting_list_of_a_freed_unit_is_ranked_by_exact_gain(draft in drafts()) {
        let planned = planned(city(&draft));
        let footing = planned.footing();
        for (n, unit) in planned.snapshot.inventory.units.iter().enumerate() {
            let n = u32::try_from(n).expect("small");
            let exact = freed(&footing, &unit.id, &depth(true), &go()).expect("an answer");
            let quick = freed(&footing, &unit.id, &depth(false), &go()).expect("an answer");
            let gone: BTreeSet<String> = exact.left_by.iter().map(ToString::to_string).collect();
            let held = (0..footing.chosen.len()).filter(|a| footing.uses(*a).iter().any(|u| u.0 == n));
            let base = footing.value - held.map(|a| footing.worth(a)).sum::<i64>();
            let best = without(&planned, &gone, None).map(|v| Points(v - base));
            prop_assert_eq!(exact.best.exact(), best);
            for candidate in &exact.ranking {
                let id = candidate.application.as_str();
                let moved = without(&planned, &gone, Some((id, n))).map(|v| Points(v - base));
                prop_assert_eq!(candidate.gain.exact(), moved);
                prop_assert_eq!(candidate.alone, alone(&footing, &exact, id, n).map(Points));
                let near = quick.ranking.iter().find(|c| c.application == candidate.application);
                let near = near.expect("the same list");
                prop_assert!(near.gain.low <= moved && near.gain.high >= moved);
            }
            let gains: Vec<_> = exact.ranking.iter().map(|c| c.gain.low).collect();
            prop_assert!(gains.is_sorted_by(|a, b| a >= b));
        }
    }

    #[test]
    fn more_money_homes_or_space_gain_what_brute_force_says(draft in drafts()) {
        let planned = planned(city(&draft));
        let footing = planned.footing();
        let quota = More::Quota { district: key("440305"), amount: Fen(1_500_000) };
        let homes = More::Apartments { apartment: key("P1-T"), count: 2 };
        let mut certain = Vec::new();
        for (more, name, by) in [(&quota, "quota:440305:2026", 1_500_000), (&homes, "apartment:P1-T", 2)] {
            let raised = brute::resized(&planned.built.instance, |_, _| {}, |id, had| {
                if id == name { had + by } else { had }
            });
            let best = brute::most(&raised).map(|v| Points(v - footing.value));
            prop_assert_eq!(gain(&footing, more, &effort(), &go()).expect("a gain").gain.exact(), best);
            prop_assert!(limit(&footing, more).expect("a limit").high >= best);
            certain.push(best);
        }
        let ranked = rank(&footing, &[quota, homes], (2, &effort()), &go()).expect("a ranking");
        prop_assert_eq!(ranked[0].gain.low, certain.iter().copied().max().flatten());

        let mut inventory = planned.snapshot.inventory.clone();
        let mut unit = inventory.units[0].clone();
        unit.id = key("V1");
        unit.room = "V".to_owned();
        inventory.units.push(unit);
        let mut snapshot = planned.snapshot.clone();
        snapshot.inventory = inventory.clone();
        let larger = build(&snapshot).expect("an instance");
        let best = brute::most(&larger.instance).map(|v| Points(v - footing.value));
        prop_assert_eq!(opened(&footing, inventory, &effort(), &go()).expect("an answer").gain.exact(), best);
    }
}
