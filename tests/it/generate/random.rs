//! The generator's randomness: the published sequence, and draws within their ranges.

use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};
use zhuchao::acts::generate::random::{Random, draw, zipf};

/// First numbers of SplitMix64 for the seed 1234567, as its reference implementation prints them.
#[test]
fn the_sequence_is_that_of_splitmix64() {
    let mut random = Random::seeded(1_234_567);
    let drawn: Vec<u64> = (0..3).map(|_| random.bits()).collect();
    assert_eq!(
        drawn,
        [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423
        ]
    );
}

#[test]
fn low_ranks_are_drawn_more_often() {
    let mut random = Random::seeded(1);
    let sums = zipf(10, 1);
    let mut counts = [0; 10];
    for _ in 0..10_000 {
        counts[draw(&mut random, &sums)] += 1;
    }
    // 1/1 against 1/2 against 1/10 of a harmonic sum of 2.929.
    assert!((3_200..3_650).contains(&counts[0]), "{counts:?}");
    assert!((1_550..1_870).contains(&counts[1]), "{counts:?}");
    assert!((260..430).contains(&counts[9]), "{counts:?}");
}

#[test]
fn streams_of_one_seed_differ_by_subject() {
    assert_ne!(
        Random::stream(1, "parks").bits(),
        Random::stream(1, "firms").bits()
    );
    assert_eq!(
        Random::stream(1, "parks").bits(),
        Random::stream(1, "parks").bits()
    );
}

proptest! {
    #[test]
    fn draws_stay_within_their_ranges(seed in any::<u64>(), low in 0_u32..1_000, span in 0_u32..1_000) {
        let mut random = Random::seeded(seed);
        let drawn = random.between(low, low + span);
        prop_assert!((low..=low + span).contains(&drawn));
        prop_assert!(random.below(u64::from(span) + 1) <= u64::from(span));
        prop_assert_eq!(random.weighted(&[0, 0, 5, 0]), 2);
        let mut list: Vec<u32> = (0..span).collect();
        random.shuffle(&mut list);
        list.sort_unstable();
        prop_assert_eq!(list, (0..span).collect::<Vec<_>>());
    }
}
