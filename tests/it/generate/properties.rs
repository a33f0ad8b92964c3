//! Whatever the seed and the size: a proved snapshot of the stated size.

use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};
use zhuchao::planning::prove;

use super::city;

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_seed_gives_a_sound_city(seed in any::<u64>(), firms in 1_u32..90) {
        let city = city(firms, seed);
        let faults = prove::faults(&city);
        prop_assert!(faults.is_empty(), "{:?}", faults.first());
        prop_assert_eq!(city.round.id.to_string(), format!("SYN-{seed}"));
        prop_assert_eq!(city.inventory.floors.len() as u64, (u64::from(firms) * 7).div_ceil(10));
        let supplied = city.inventory.units.len();
        prop_assert!(supplied >= city.inventory.floors.len());
    }
}
