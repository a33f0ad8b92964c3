//! Between rounds: nothing is taken twice, nobody is placed who did not come, the bound of hindsight holds
//! for whatever is done, and a decision does not know who comes later.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, proptest};
use zhuchao::planning::fair::serial::Taken;
use zhuchao::planning::roll::year::{Budget, Year};
use zhuchao::solve::instance::Instance;

use super::brute;
use super::city::{Draft, city, drafts, effort, go, planned};
use super::recount::recounted;

/// A city with some of its firms as this year's, in an order, and the others as those of before.
fn years() -> impl Strategy<Value = (Draft, Vec<u8>, u8)> {
    (drafts(), vec(any::<u8>(), 6), 1_u8..4)
}

/// Firms of this year in order of arrival, and those of earlier years.
fn split(firms: usize, keys: &[u8]) -> (Vec<usize>, Vec<usize>) {
    let key = |n: &usize| (keys.get(*n).copied().unwrap_or(0), *n);
    let mut all: Vec<usize> = (0..firms).collect();
    all.sort_by_key(key);
    let earlier = all.split_off(firms.div_ceil(2).max(1).min(firms));
    (all, earlier)
}

/// A year in steps of `size`; at each step all earlier firms are expected, until nobody is to come.
fn year<'a>(
    instance: &'a Instance,
    arrivals: &[usize],
    earlier: &[usize],
    size: usize,
) -> Year<'a> {
    let steps: Vec<Vec<usize>> = arrivals.chunks(size).map(<[usize]>::to_vec).collect();
    let expected = (1..=steps.len()).map(|n| match n < steps.len() {
        true => vec![earlier.to_vec(), earlier.iter().copied().take(1).collect()],
        false => Vec::new(),
    });
    Year {
        instance,
        expected: expected.collect(),
        steps,
    }
}

/// The most that those of this year could have had.
fn most(instance: &Instance, arrivals: &[usize]) -> i64 {
    let here: BTreeSet<usize> = arrivals.iter().copied().collect();
    let changed = brute::changed(instance, |n, agent| {
        if !here.contains(&n) {
            agent.options.clear();
        }
    });
    brute::most(&changed).expect("nobody is required")
}

fn lawful(instance: &Instance, arrivals: &[usize], taken: &Taken) -> Result<(), String> {
    let value = recounted(instance, &taken.chosen)?;
    if value != taken.value {
        return Err(format!("{value} is counted as {}", taken.value));
    }
    let placed = taken.chosen.iter().enumerate().filter(|(_, c)| c.is_some());
    let strangers: Vec<usize> = placed
        .map(|(n, _)| n)
        .filter(|n| !arrivals.contains(n))
        .collect();
    match strangers.is_empty() {
        true => Ok(()),
        false => Err(format!("{strangers:?} are placed and did not come")),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_year_keeps_every_limit_and_never_passes_hindsight((draft, keys, size) in years()) {
        let planned = planned(city(&draft));
        let instance = &planned.built.instance;
        let (arrivals, earlier) = split(instance.agents().len(), &keys);
        let year = year(instance, &arrivals, &earlier, usize::from(size));
        let effort = effort();
        let budget = Budget { prices: &effort, placing: &effort };
        let (first_come, prices) = (year.greedy(), year.by_prices(&budget, &go()).expect("a year"));
        let votes = year.by_votes(&budget, &go()).expect("a year");
        let best = most(instance, &arrivals);
        for taken in [&first_come, &prices, &votes] {
            let said = lawful(instance, &arrivals, taken);
            prop_assert!(said.is_ok(), "{said:?}");
            prop_assert!(taken.value <= best);
        }
        let hindsight = year.hindsight(&first_come, &effort, &go()).expect("a range");
        prop_assert_eq!(hindsight.exact().map(|p| p.0), Some(best));
        prop_assert_eq!(year.placed(&prices), prices.chosen.iter().flatten().count());
    }

    #[test]
    fn who_arrives_in_one_step_with_nobody_to_come_is_served_best((draft, keys, _) in years()) {
        let planned = planned(city(&draft));
        let instance = &planned.built.instance;
        let (arrivals, _) = split(instance.agents().len(), &keys);
        let year = year(instance, &arrivals, &[], arrivals.len().max(1));
        let effort = effort();
        let budget = Budget { prices: &effort, placing: &effort };
        for taken in [year.by_prices(&budget, &go()), year.by_votes(&budget, &go())] {
            prop_assert_eq!(taken.expect("a year").value, most(instance, &arrivals));
        }
    }

    #[test]
    fn a_decision_does_not_know_who_comes_later((draft, keys, size) in years()) {
        let planned = planned(city(&draft));
        let instance = &planned.built.instance;
        let (arrivals, earlier) = split(instance.agents().len(), &keys);
        let size = usize::from(size);
        let mut other = arrivals.clone();
        if other.len() > size {
            other[size..].reverse();
        }
        let effort = effort();
        let budget = Budget { prices: &effort, placing: &effort };
        let placed = |arrivals: &[usize]| {
            let year = year(instance, arrivals, &earlier, size);
            let both = [year.by_prices(&budget, &go()), year.by_votes(&budget, &go())];
            let both = both.map(|t| t.expect("a year"));
            let first = arrivals.iter().take(size);
            let option = |t: &Taken, n: usize| t.chosen[n].as_ref().map(|c| c.option);
            first.map(|n| [option(&both[0], *n), option(&both[1], *n)]).collect::<Vec<_>>()
        };
        prop_assert_eq!(placed(&arrivals), placed(&other));
        // And not how many of this year's others there are: only the draws say what is expected.
        if arrivals.len() > size + 1 {
            prop_assert_eq!(placed(&arrivals), placed(&arrivals[..arrivals.len() - 1]));
        }
    }
}
