//! The bound that prices prove: by hand, in exact arithmetic, and never below the optimum.

use super::brute::optimum;
use super::worlds::{agent, lodging, option, resource, toy, with_lodging};
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, prop_assert, proptest};
use zhuchao::solve::certificate::{Proof, price_bound};
use zhuchao::solve::instance::Instance;

#[test]
fn toy_by_hand() {
    // Nothing costs: a takes a1 with 3 apartments (16), b 9, c 10.
    let zero = price_bound(&toy(), &[0.0; 5]).expect("fine prices");
    assert_eq!(zero.floor(), Some(35));
    // Half a point per unit of floor 1 costs a 3 and c 2, and its ten units return 5.
    let half = price_bound(&toy(), &[0.5, 0.0, 0.0, 0.0, 0.0]).expect("fine prices");
    assert_eq!(half.floor(), Some(5 + 13 + 9 + 8));
}

#[test]
fn a_required_agent_that_fits_nowhere_proves_infeasibility() {
    let options = vec![option("o", 5, 0, &[(0, 2)])];
    let agents = vec![agent("a", true, options, vec![])];
    let instance =
        Instance::new("tight".to_owned(), vec![resource("r", 1)], agents).expect("sound");
    assert_eq!(price_bound(&instance, &[0.0]), Ok(Proof::Infeasible));
}

/// 2^-70 per unit of 2^62 is lost in floating point beside 2^50, but not here.
#[test]
fn small_prices_on_large_capacities_count_exactly() {
    let price = 2f64.powi(-70);
    let agents = vec![agent(
        "a",
        false,
        vec![option("o", 1 << 50, 0, &[])],
        vec![],
    )];
    let resources = vec![resource("r", 1 << 62)];
    let instance = Instance::new("fine".to_owned(), resources, agents).expect("sound");
    let Ok(Proof::Bound { total, scale }) = price_bound(&instance, &[price]) else {
        panic!("no bound")
    };
    assert!(scale >= 64, "{scale}");
    assert_eq!(
        total,
        (1i128 << (50 + scale)) + (1i128 << (62 + scale - 70))
    );
}

#[test]
fn cheapest_pools_first_and_only_while_worth_it() {
    let demand = lodging(5, 3, &[(0, &[0, 1, 2])]);
    let agents = vec![agent(
        "a",
        false,
        vec![option("o", 0, 0, &[])],
        vec![demand],
    )];
    let pools = vec![resource("p", 2), resource("q", 2), resource("s", 9)];
    let instance = Instance::new("pools".to_owned(), pools, agents).expect("sound");
    // 2 x 1 + 2 x 2 + 9 x 3 for the pools, gain (3-1) x 2 + (3-2) x 2 + nothing at price 3.
    let proof = price_bound(&instance, &[1.0, 2.0, 3.0]).expect("fine prices");
    assert_eq!(proof.floor(), Some(33 + 6));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_prices_prove_less_than_the_optimum(
        instance in with_lodging(),
        prices in vec(0.0f64..8.0, 5),
    ) {
        let prices = &prices[..instance.resources().len()];
        let proof = price_bound(&instance, prices).expect("fine prices");
        match (optimum(&instance), proof.floor()) {
            (Some(best), Some(bound)) => prop_assert!(bound >= i128::from(best)),
            (Some(_), None) => prop_assert!(false, "feasible, yet proven infeasible"),
            (None, _) => {}
        }
    }
}
