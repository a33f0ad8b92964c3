//! Randomness for the generator: SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom
//! number generators", OOPSLA 2014), drawn in integers only, so that every machine draws the same.
//!
//! `below(n)` takes the high half of the 128-bit product with `n`; its bias is below n / 2^64.
//!
//! Not here: entropy; the seed is passed in.

/// A stream of numbers.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// The stream of a subject: streams of one seed do not depend on each other's length.
    pub fn stream(seed: u64, subject: &str) -> Random {
        // FNV-1a tells the subjects apart; one step of the generator mixes it with the seed.
        let name = subject
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
            });
        Random(Random::seeded(seed).bits() ^ name)
    }

    /// The stream of SplitMix64 with this seed.
    pub fn seeded(seed: u64) -> Random {
        Random(seed)
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to `n - 1`; 0 for `n = 0`.
    pub fn below(&mut self, n: u64) -> u64 {
        let wide = u128::from(self.bits()) * u128::from(n);
        u64::try_from(wide >> 64).unwrap_or(0)
    }

    /// An index below `n`; 0 for `n = 0`.
    pub fn index(&mut self, n: usize) -> usize {
        let n = u64::try_from(n).unwrap_or(u64::MAX);
        usize::try_from(self.below(n)).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included; `low` when they are out of order.
    pub fn between(&mut self, low: u32, high: u32) -> u32 {
        let span = u64::from(high.saturating_sub(low)) + 1;
        low.saturating_add(u32::try_from(self.below(span)).unwrap_or(0))
    }

    /// True in `percent` of a hundred draws.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < u64::from(percent)
    }

    /// One of a few values.
    pub fn pick<T: Copy, const N: usize>(&mut self, from: [T; N]) -> T {
        const { assert!(N > 0) }
        from[self.index(N)]
    }

    /// An index with probability in proportion to its weight; 0 when there is no weight.
    pub fn weighted(&mut self, weights: &[u64]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (n, weight) in weights.iter().enumerate() {
            if left < *weight {
                return n;
            }
            left -= weight;
        }
        0
    }

    /// Puts a list into random order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for n in (1..list.len()).rev() {
            let other = self.index(n + 1);
            list.swap(n, other);
        }
    }
}

/// Zipf-Mandelbrot weights for `n` ranks, summed up: rank `r` weighs `1 / (r + shift)`. Draw with
/// [`draw`]. A larger shift is flatter.
pub fn zipf(n: usize, shift: usize) -> Vec<u64> {
    let mut sum = 0;
    let weight = |rank: usize| {
        let rank = u64::try_from(rank + shift.max(1)).unwrap_or(u64::MAX);
        (1 << 32) / rank
    };
    (0..n)
        .map(|rank| {
            sum += weight(rank);
            sum
        })
        .collect()
}

/// A rank from summed weights; 0 when there are none.
pub fn draw(random: &mut Random, sums: &[u64]) -> usize {
    let at = random.below(sums.last().copied().unwrap_or(0));
    sums.partition_point(|sum| *sum <= at)
}
