//! The bound that a block certificate proves: never below the optimum, and exactly its formula.

use super::brute::optimum;
use super::literature::c515_1;
use super::packings::{self, Quarters};
use super::worlds::{agent, option, resource, toy, with_lodging, without_lodging};
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, proptest};
use zhuchao::solve::certificate::{Proof, block_bound, price_bound, proof_bound};
use zhuchao::solve::instance::{Agent, Instance};
use zhuchao::solve::outcome::{BlockProof, Held};

/// Raw numbers for a certificate: which resources, prices of agents, prices of resources.
type Raw = (Vec<bool>, Vec<i64>, Vec<i64>);

fn raw() -> impl Strategy<Value = Raw> {
    let packed = vec(proptest::bool::weighted(0.7), 5);
    (packed, vec(-20i64..60, 7), vec(0i64..24, 5))
}

/// A sound certificate of an instance: no pools, no negative price of who may stay out.
fn sound(instance: &Instance, (packed, agents, resources): Raw) -> Quarters {
    let demands = instance.agents().iter().flat_map(|a| &a.lodging);
    let pools: Vec<u32> = demands
        .flat_map(|d| d.pools.values())
        .flatten()
        .copied()
        .collect();
    let all = 0u32..u32::try_from(instance.resources().len()).expect("few");
    let chosen = all.zip(&packed).filter(|(r, p)| **p && !pools.contains(r));
    let packed: Vec<u32> = chosen.map(|(r, _)| r).collect();
    let mut resources = resources[..instance.resources().len()].to_vec();
    packed.iter().for_each(|&r| resources[r as usize] = 0);
    let priced = instance.agents().iter().zip(agents);
    let agents = priced.map(|(a, price)| if a.required { price } else { price.max(0) });
    Quarters {
        packed,
        agents: agents.collect(),
        resources,
    }
}

fn proven(instance: &Instance, quarters: &Quarters) -> Proof {
    let float = |list: &[i64]| list.iter().map(|&q| q as f64 / 4.0).collect::<Vec<f64>>();
    let (agents, resources) = (float(&quarters.agents), float(&quarters.resources));
    block_bound(instance, &quarters.packed, &agents, &resources).expect("a sound certificate")
}

/// The same with every agent held to one place in each block.
fn proven_held(instance: &Instance, quarters: &Quarters) -> Proof {
    let float = |list: &[i64]| list.iter().map(|&q| q as f64 / 4.0).collect::<Vec<f64>>();
    let agents = 0..u32::try_from(instance.agents().len()).expect("few");
    let held = Held {
        packed: quarters.packed.clone(),
        agents: agents.collect(),
    };
    let proof = BlockProof {
        packed: quarters.packed.clone(),
        agents: float(&quarters.agents),
        resources: float(&quarters.resources),
        held: if held.agents.is_empty() {
            vec![]
        } else {
            vec![held]
        },
        bound: 0,
    };
    proof_bound(instance, &proof).expect("a sound certificate")
}

/// The bound in quarters.
fn in_quarters(proof: Proof) -> Option<i128> {
    match proof {
        Proof::Infeasible => None,
        Proof::Bound { total, scale } => {
            assert_eq!(total & ((1 << (scale - 2)) - 1), 0, "whole quarters");
            Some(total >> (scale - 2))
        }
    }
}

fn holds(instance: &Instance, raw: Raw) -> Result<(), proptest::test_runner::TestCaseError> {
    let quarters = sound(instance, raw);
    let proof = proven(instance, &quarters);
    let formula = packings::bound(instance, &quarters).map(i128::from);
    prop_assert_eq!(in_quarters(proof), formula);
    let held = proven_held(instance, &quarters);
    let formula = packings::held(instance, &quarters).map(i128::from);
    prop_assert_eq!(in_quarters(held), formula);
    if let Some(best) = optimum(instance) {
        prop_assert!(proof.floor().is_some_and(|bound| bound >= i128::from(best)));
        prop_assert!(held.floor().is_some_and(|bound| bound >= i128::from(best)));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn exact_and_never_below_the_optimum_with_lodging(instance in with_lodging(), raw in raw()) {
        holds(&instance, raw)?;
    }

    #[test]
    fn exact_and_never_below_the_optimum_without_lodging(
        instance in without_lodging(),
        raw in raw(),
    ) {
        holds(&instance, raw)?;
    }

    #[test]
    fn nothing_packed_is_the_bound_of_prices(
        instance in with_lodging(),
        prices in vec(0.0f64..8.0, 5),
    ) {
        let prices = &prices[..instance.resources().len()];
        let none = vec![0.0; instance.agents().len()];
        let blocks = block_bound(&instance, &[], &none, prices);
        prop_assert_eq!(blocks, price_bound(&instance, prices));
    }

    /// Prices that are no short binary numbers.
    #[test]
    fn any_prices_hold(
        instance in without_lodging(),
        raw in raw(),
        shares in vec(0.0f64..1.0, 12),
    ) {
        let Quarters { packed, agents, resources } = sound(&instance, raw);
        let agents: Vec<f64> = agents.iter().zip(&shares).map(|(&q, s)| q as f64 * s).collect();
        let shares = shares[7..].iter();
        let resources: Vec<f64> = resources.iter().zip(shares).map(|(&q, s)| q as f64 * s).collect();
        let proof = block_bound(&instance, &packed, &agents, &resources).expect("sound");
        if let Some(best) = optimum(&instance) {
            prop_assert!(proof.floor().is_some_and(|bound| bound >= i128::from(best)));
        }
    }

    /// One knapsack and many agents: the states that are dropped are not missed.
    #[test]
    fn one_knapsack_is_solved_exactly(
        capacity in 10i64..80,
        agents in vec(vec((1i64..60, 1i64..25), 0..5), 1..25),
        near in any::<bool>(),
    ) {
        let agent = |(k, items): (usize, &Vec<(i64, i64)>)| {
            // Nearly proportional profits are the hard ones.
            let value = |&(p, n): &(i64, i64)| if near { 10 * n + p % 3 } else { p };
            let options = items.iter().enumerate();
            let options = options.map(|(j, i)| option(&format!("o{j}"), value(i), 0, &[(0, i.1)]));
            agent(&format!("a{k}"), false, options.collect(), vec![])
        };
        let agents: Vec<Agent> = agents.iter().enumerate().map(agent).collect();
        let count = agents.len();
        let instance = Instance::new("sack".to_owned(), vec![resource("r", capacity)], agents);
        let instance = instance.expect("sound");
        let proof = block_bound(&instance, &[0], &vec![0.0; count], &[0.0]).expect("sound");
        prop_assert_eq!(proof.floor(), Some(i128::from(sack(&instance, 0, &vec![0; count]))));
    }
}

/// Best packing of one resource, amount by amount; options that use others are not asked for.
fn sack(instance: &Instance, r: u32, prices: &[i64]) -> i64 {
    let capacity = usize::try_from(instance.resources()[r as usize].capacity).expect("small");
    let mut best = vec![0i64; capacity + 1];
    for (a, price) in instance.agents().iter().zip(prices) {
        let before = best.clone();
        for o in a.options.iter().filter(|o| o.uses[0].0 == r) {
            let amount = usize::try_from(o.uses[0].1).expect("positive");
            for full in amount..=capacity {
                best[full] = best[full].max(before[full - amount] + o.value - price);
            }
        }
    }
    best[capacity]
}

#[test]
fn toy_by_hand() {
    // Floors packed, no prices: floor 1 takes a1 with 3 apartments and c1 (26), floor 2 a2 with
    // one apartment (10). The agent a counts twice until its price pays for it.
    let bound = |agents: &[f64]| {
        let proof = block_bound(&toy(), &[0, 1], agents, &[0.0; 5]).expect("sound");
        proof.floor()
    };
    assert_eq!(bound(&[0.0; 3]), Some(36));
    // Their prices are 25; floor 1 adds b1 and c1 (10), or a1 and c1 (10), floor 2 adds nothing.
    assert_eq!(bound(&[16.0, 9.0, 0.0]), Some(35));
    // A required agent may be paid to come: b gains 1 more on either floor, at the price of -1.
    assert_eq!(bound(&[16.0, -1.0, 0.0]), Some(16 - 1 + 20 + 10));
}

#[test]
fn a_required_agent_that_fits_nowhere_proves_infeasibility() {
    let options = vec![option("o", 5, 0, &[(0, 2)])];
    let agents = vec![agent("a", true, options, vec![])];
    let instance =
        Instance::new("tight".to_owned(), vec![resource("r", 1)], agents).expect("sound");
    let proof = block_bound(&instance, &[0], &[0.0], &[0.0]);
    assert_eq!(proof, Ok(Proof::Infeasible));
}

/// Five knapsacks of the literature, all packed, against a table amount by amount.
#[test]
fn generalized_assignment() {
    let instance = c515_1();
    let count = instance.agents().len();
    for price in [0i64, 15, 20, 22] {
        let prices = vec![price; count];
        let sacks: i64 = (0..5).map(|r| sack(&instance, r, &prices)).sum();
        let agents = vec![price as f64; count];
        let proof = block_bound(&instance, &[0, 1, 2, 3, 4], &agents, &[0.0; 5]).expect("sound");
        let expected = sacks + price * i64::try_from(count).expect("few");
        assert_eq!(proof.floor(), Some(i128::from(expected)));
        assert!(expected >= 336, "{expected}");
    }
}

/// 65,536 states of a table for many amounts left: joined, the bound rises a little only.
#[test]
fn a_long_table_stays_an_upper_bound() {
    let alone = |k: u32| {
        let o = option("o", 1 << k, 0, &[(0, 1 << k)]);
        agent(&format!("a{k}"), false, vec![o], vec![])
    };
    let both = |k: u32| {
        let amount = 3i64.pow(k);
        let o = option("o", amount + 1, 0, &[(0, amount), (1, 1)]);
        agent(&format!("b{k}"), false, vec![o], vec![])
    };
    let agents: Vec<Agent> = (0..16).map(alone).chain((0..6).map(both)).collect();
    let resources = vec![resource("r", 50_000), resource("s", 3)];
    let count = agents.len();
    let instance = Instance::new("long".to_owned(), resources, agents).expect("sound");
    let proof = block_bound(&instance, &[0, 1], &vec![0.0; count], &[0.0; 2]).expect("sound");
    let bound = proof.floor().expect("a bound");
    assert!((50_003..50_050).contains(&bound), "{bound}");
}

/// More than 4,096 ways to open a block: joined, the bound stays above the best.
#[test]
fn a_wide_block_stays_an_upper_bound() {
    let pair = |k: u32| {
        let o = option("o", 3, 0, &[(0, 1), (k, 1)]);
        agent(&format!("p{k}"), false, vec![o], vec![])
    };
    let lone = |k: u32| {
        let o = option("o", 2, 0, &[(k, 1)]);
        agent(&format!("l{k}"), false, vec![o], vec![])
    };
    let agents: Vec<Agent> = (1..16).map(pair).chain((1..16).map(lone)).collect();
    let mut resources = vec![resource("r0", 5)];
    resources.extend((1..16).map(|k| resource(&format!("r{k}"), 1)));
    let instance = Instance::new("wide".to_owned(), resources, agents).expect("sound");
    let packed: Vec<u32> = (0..16).collect();
    let proof = block_bound(&instance, &packed, &[0.0; 30], &[0.0; 16]).expect("sound");
    let bound = proof.floor().expect("a bound");
    assert!((35..=45).contains(&bound), "{bound}");
    // The last resources of the block are joined as well as the first.
    let proof = block_bound(&instance, &packed[1..], &[0.0; 30], &[0.0; 16]).expect("sound");
    assert_eq!(proof.floor(), Some(45));
}

/// Numbers at the edge of 64 bits neither overflow nor lose a unit.
#[test]
fn huge_numbers() {
    let big = 1i64 << 58;
    let one = |k: i64| {
        let o = option("o", big + k, 0, &[(0, i64::MAX - k)]);
        agent(&format!("a{k}"), false, vec![o], vec![])
    };
    let agents = vec![one(0), one(1), one(2)];
    let resources = vec![resource("r", i64::MAX)];
    let instance = Instance::new("huge".to_owned(), resources, agents).expect("sound");
    let proof = block_bound(&instance, &[0], &[0.0; 3], &[0.0]).expect("sound");
    assert_eq!(proof.floor(), Some(i128::from(big + 2)));
}
