//! A run follows the mode of the policy: strict order, a cap on envy, a price for moves.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use zhuchao::domain::plan::Plan;
use zhuchao::domain::snapshot::Snapshot;
use zhuchao::planning::ask::footing::Footing;
use zhuchao::planning::build::build;
use zhuchao::planning::fair::envy::pairs;
use zhuchao::planning::fair::rank::rank;
use zhuchao::planning::fair::serial::Taken;
use zhuchao::planning::run::{Settings, Watch, run, run_from};

use super::super::city;
use super::city::effort;

fn with(section: &str) -> Snapshot {
    let section =
        format!("[optimizer]\n{section}\nbasis = \"test\"\nevidence = \"synthetic\"\n\n[weights]");
    city::world().policy("[weights]", &section).freeze()
}

fn made(snapshot: &Snapshot, start: Option<&Plan>) -> Plan {
    let quiet = |_| {};
    let watch = Watch::start(30.0, Arc::new(AtomicBool::new(false)), &quiet);
    let settings = Settings::official(30.0, 7);
    let found = match start {
        None => run(snapshot, &settings, &watch),
        start => run_from(snapshot, &settings, &watch, start),
    };
    found
        .unwrap_or_else(|faults| panic!("no plan:\n{faults}"))
        .plan
}

#[test]
fn strict_order_and_a_cap_keep_their_word_and_state_the_bound_of_the_optimum() {
    let optimum = made(&city::snapshot(), None);
    for (section, most) in [
        ("mode = \"ranked\"", 0),
        ("mode = \"envy_cap\"\nenvy_pairs_max = 0", 0),
        ("mode = \"envy_cap\"\nenvy_pairs_max = 2", 2),
    ] {
        let snapshot = with(section);
        let plan = made(&snapshot, None);
        let built = build(&snapshot).expect("an instance");
        let footing = Footing::of(&snapshot, &built, &plan, None, &effort()).expect("a footing");
        let order = rank(&snapshot, &built).expect("an order");
        let taken = Taken::of(&built.instance, footing.chosen.clone());
        let found = pairs(&built.instance, &taken, &order);
        assert!(found.len() <= most, "{section}: {found:?}");
        assert!(plan.proof.value <= optimum.proof.value);
        assert!(plan.proof.upper_bound >= Some(optimum.proof.value));
    }
}

#[test]
fn a_price_for_moves_keeps_firms_where_they_are() {
    let moved = |one: &Plan, two: &Plan| {
        let same = |a: &&zhuchao::domain::plan::Award| {
            let other = two.awards.iter().find(|b| b.application == a.application);
            other.is_none_or(|b| b.units != a.units)
        };
        one.awards.iter().filter(same).count()
    };
    let strict = made(&with("mode = \"ranked\""), None);
    let free = made(&with("mode = \"optimum\""), Some(&strict));
    let dear = made(
        &with("mode = \"optimum\"\nmove_price = 1000000000"),
        Some(&strict),
    );
    assert_eq!(moved(&strict, &dear), 0);
    assert!(free.proof.value >= dear.proof.value);
    assert!(dear.proof.upper_bound >= Some(free.proof.value));
    let some = made(&with("mode = \"optimum\"\nmove_price = 1"), Some(&strict));
    // A milli-point for each of at most eleven firms.
    assert!(free.proof.value.0 - some.proof.value.0 <= 11);
}
