//! A capacity that no set of uses can fill is as good as the largest sum that fits below it.
//!
//! Floors are let in few sizes: 15 units of 7 hold at most 14. Lowering the capacity to the
//! largest reachable sum cuts off no choice and brings the relaxation down. Reachable sums come
//! from the bounded knapsack recursion over distinct uses. Not here: published bounds by prices,
//! which use the capacity as given.

/// Capacities (in units of their row) above this are left as they are.
const LIMIT: i64 = 20_000;
/// Rows with more distinct uses than this are left as they are.
const DISTINCT: usize = 64;

/// Largest sum of some of `uses` that is at most `capacity`.
pub(super) fn reachable(capacity: i64, uses: impl Iterator<Item = i64>) -> i64 {
    let mut counts = std::collections::BTreeMap::new();
    for use_ in uses {
        *counts.entry(use_).or_insert(0u32) += 1;
    }
    let size = usize::try_from(capacity).unwrap_or(usize::MAX);
    if capacity > LIMIT || counts.len() > DISTINCT {
        return capacity;
    }
    let mut reached = vec![false; size.saturating_add(1)];
    reached[0] = true;
    for (amount, most) in counts {
        let Some(step) = usize::try_from(amount).ok().filter(|&s| s > 0 && s <= size) else {
            continue;
        };
        extend(&mut reached, step, most);
    }
    let best = reached.iter().rposition(|&r| r).unwrap_or(0);
    i64::try_from(best).unwrap_or(capacity)
}

/// Adds up to `most` times `step` to every reached sum.
fn extend(reached: &mut [bool], step: usize, most: u32) {
    let mut spent = vec![0u32; reached.len()];
    for sum in step..reached.len() {
        if !reached[sum] && reached[sum - step] && spent[sum - step] < most {
            reached[sum] = true;
            spent[sum] = spent[sum - step] + 1;
        }
    }
}
