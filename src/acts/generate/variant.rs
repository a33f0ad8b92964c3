//! The policy's variant for a synthetic city: the text that is passed in, with three numbers changed
//! in the snapshot's own copy, whose version then says `-synthetic`.
//!
//! - Reserve. Small firms are worth more points for each m2, so under the weights of the
//!   demonstration they take their 30 % unasked and the reserve would never be felt. Here
//!   [`RESERVED`] is kept for them, a little more than they would win by themselves.
//! - Nearness of housing. More firms on the same map make a denser city; within the policy's metres and
//!   minutes every park would see thousands of apartment types. Above [`DENSE`] firms: metres x
//!   sqrt(DENSE / n), minutes x cbrt(DENSE / n), in whole numbers, rounded down. A park then sees
//!   about fifteen types a demand at every size, and the instance grows with n instead of n^2.
//!
//! Not here: what the numbers mean (`policy::reserve`, `policy::housing`).

/// Share of the area kept for small firms, in basis points.
const RESERVED: u64 = 5_500;
/// Firms up to which the policy's own nearness is kept.
const DENSE: u64 = 2_000;

/// The policy's text for a city of so many firms.
pub fn of(text: &str, firms: u32) -> String {
    let firms = u64::from(firms).max(DENSE);
    let mut section = "";
    let lines = text.split_inclusive('\n').map(|line| {
        if line.starts_with('[') {
            section = line.trim();
        }
        let changed = match section {
            "[meta]" => renamed(line),
            "[[reserve]]" => number(line, "share_bp", |_| RESERVED),
            "[housing]" => number(line, "near_metres", |x| shorter(x, 2, firms))
                .or_else(|| number(line, "near_minutes", |x| shorter(x, 3, firms))),
            _ => None,
        };
        changed.unwrap_or_else(|| line.to_owned())
    });
    lines.collect()
}

/// The line of a key with another whole number.
fn number(line: &str, key: &str, change: impl Fn(u64) -> u64) -> Option<String> {
    let value = line.strip_prefix(key)?.trim_start().strip_prefix('=')?;
    let old = value.split('#').next()?.trim().parse().ok()?;
    let new = change(old);
    (new != old).then(|| format!("{key} = {new} # synthetic city; the policy says {old}\n"))
}

/// The line of the version, saying that this copy is not the policy as published.
fn renamed(line: &str) -> Option<String> {
    let version = line.strip_prefix("version = \"")?;
    let version = version.trim_end().strip_suffix('"')?;
    Some(format!("version = \"{version}-synthetic\"\n"))
}

/// `x * (DENSE / firms) ^ (1 / power)`, rounded down, at least 1; `x` when it is beyond any map.
fn shorter(x: u64, power: u32, firms: u64) -> u64 {
    let raised = |y: u64, times: u64| u128::from(y).checked_pow(power)?.checked_mul(times.into());
    let Some(most) = raised(x, DENSE) else {
        return x;
    };
    // The answer lies between two ends that halving brings together.
    let (mut low, mut high) = (1, x.max(1));
    while low < high {
        let middle = high - (high - low) / 2;
        if raised(middle, firms).is_some_and(|l| l <= most) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    low
}
