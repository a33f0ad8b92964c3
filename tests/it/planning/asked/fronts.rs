//! Money against points against brute force: the front of the total quota, and the next yuan of a district.

use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};
use zhuchao::domain::points::Points;
use zhuchao::planning::front::{front, next_yuan};

use super::brute;
use super::city::{Planned, city, drafts, effort, go, planned};

/// The hard quota of the cities.
const QUOTA: &str = "quota:440305:2026";

fn quota(planned: &Planned) -> Option<i64> {
    let resources = planned.built.instance.resources();
    resources.iter().find(|r| r.id == QUOTA).map(|r| r.capacity)
}

/// The most points when the hard quota is this much.
fn most(planned: &Planned, amount: i64) -> i64 {
    let changed = brute::resized(
        &planned.built.instance,
        |_, _| {},
        |id, had| if id == QUOTA { amount } else { had },
    );
    brute::most(&changed).expect("nobody is required")
}

/// Milli-points for each 10,000 yuan, rounded towards zero.
fn per_10k(points: i64, fen: i64) -> i64 {
    i64::try_from(i128::from(points) * 1_000_000 / i128::from(fen)).expect("small")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn every_point_of_the_money_front_is_the_most_and_none_falls(draft in drafts()) {
        let planned = planned(city(&draft));
        let footing = planned.footing();
        let had = quota(&planned).unwrap_or(0);
        // Out of order and twice: the front sorts them.
        let steps = front(&footing, &[10_000, 0, 5_000, 20_000, 5_000], &effort(), &go()).expect("a front");
        let shares: Vec<u32> = steps.iter().map(|s| s.share_bp).collect();
        prop_assert_eq!(shares, vec![0, 5_000, 10_000, 20_000]);
        for step in &steps {
            let amount = had * i64::from(step.share_bp) / 10_000;
            prop_assert_eq!(step.total.0, amount);
            prop_assert_eq!(step.points.exact(), Some(Points(most(&planned, amount))));
        }
        for pair in steps.windows(2) {
            let (low, high) = (pair[0].points.low.expect("reached").0, pair[1].points.low.expect("reached").0);
            prop_assert!(low <= high);
            let more = pair[1].total.0 - pair[0].total.0;
            let slope = (more > 0).then(|| Points(per_10k(high - low, more)));
            prop_assert_eq!(pair[1].per_10k, slope);
        }
    }

    #[test]
    fn the_next_yuan_is_the_steepest_gain_that_was_reached(draft in drafts()) {
        let planned = planned(city(&draft));
        let footing = planned.footing();
        let all = next_yuan(&footing, &[1_000, 5_000, 20_000], &effort(), &go()).expect("values");
        let Some(had) = quota(&planned) else {
            prop_assert!(all.is_empty());
            return Ok(());
        };
        prop_assert_eq!(all.len(), 1);
        let next = &all[0];
        prop_assert_eq!(next.quota.0, had);
        let mut steepest = 0;
        for (more, gain) in &next.steps {
            let gained = most(&planned, had + more.0) - footing.value;
            prop_assert_eq!(gain.exact(), Some(Points(gained)));
            steepest = steepest.max(per_10k(gained, more.0));
        }
        prop_assert_eq!(next.per_10k.0, steepest);
        // Valid up to the last step at which the whole way is that steep.
        let valid = next.steps.iter().rev().find(|(more, gain)| per_10k(gain.low.expect("reached").0, more.0) == steepest);
        prop_assert_eq!(next.valid_to, valid.map(|s| s.0).unwrap_or_default());
    }
}
