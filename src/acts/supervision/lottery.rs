//! The method of a draw: a function of the frozen list and the announced value, in whole numbers, that
//! anyone can repeat with a tool for SHA-256.
//!
//! 1. Text of the list: `zhuchao-draw/1`, `officers N`, `count K`, then by key a line
//!    `contract KEY WEIGHT O1,O2,..` for each contract; each line ends with a line feed. Its SHA-256 in
//!    small hexadecimal digits is the digest of the list.
//! 2. Seed: SHA-256 of digest, line feed, value (without blanks around it), in hexadecimal digits.
//! 3. Block n = 0, 1, 2, ..: the first 8 bytes of the SHA-256 of `SEED/n`, as a big-endian number x.
//! 4. A number below T: take the next block; when x < floor(2^64 / T) * T it is x mod T, else take another.
//! 5. K times: a number r below the sum of the weights that are left; walk the list in order, taking
//!    weights off r; the contract at which r is less than the weight is drawn and leaves the list. Then, for
//!    its officers, twice: a number below the officers left, which counts them in order.
//!
//! Not here: which contracts are on the list and what they weigh (`draws`, `risks`).

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::domain::draw::{Entry, INSPECTORS, List, Pick};
use crate::domain::fault::Fault;

/// SHA-256 as hexadecimal digits.
fn hex(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().fold(String::new(), |mut all, byte| {
        let _ = write!(all, "{byte:02x}");
        all
    })
}

/// The text of a list.
fn text(list: &List) -> String {
    let mut all = format!(
        "zhuchao-draw/1\nofficers {}\ncount {}\n",
        list.officers, list.count
    );
    for entry in &list.entries {
        let officers: Vec<String> = entry.officers.iter().map(u32::to_string).collect();
        let (key, weight) = (&entry.contract, entry.weight);
        let _ = writeln!(all, "contract {key} {weight} {}", officers.join(","));
    }
    all
}

/// The digest of a list.
pub fn digest(list: &List) -> String {
    hex(&text(list))
}

/// The seed of a digest and the announced value.
pub fn seed(digest: &str, value: &str) -> String {
    hex(&format!("{digest}\n{}", value.trim()))
}

/// Numbers that follow from a seed.
struct Blocks<'a> {
    seed: &'a str,
    next: u64,
}

impl Blocks<'_> {
    fn block(&mut self) -> u64 {
        let digest = Sha256::digest(format!("{}/{}", self.seed, self.next).as_bytes());
        self.next += 1;
        digest
            .iter()
            .take(8)
            .fold(0, |x, byte| (x << 8) | u64::from(*byte))
    }

    /// A number below `bound`, each as likely as the other; 0 for a bound of 0.
    fn below(&mut self, bound: u64) -> u64 {
        let Some(whole) = (1_u128 << 64).checked_div(u128::from(bound)) else {
            return 0;
        };
        let limit = whole * u128::from(bound);
        loop {
            let x = self.block();
            if u128::from(x) < limit {
                return x % bound;
            }
        }
    }
}

/// Draws from a list. DM282 when it cannot be drawn from.
pub fn draw(list: &List, seed: &str) -> Result<Vec<Pick>, Fault> {
    list.prove()?;
    let mut blocks = Blocks { seed, next: 0 };
    let mut left: Vec<&Entry> = list.entries.iter().collect();
    // At most 200,000 entries of at most 1,000,000: far below 2^64.
    let mut sum: u64 = left.iter().map(|e| e.weight).sum();
    let mut picks = Vec::new();
    for _ in 0..list.count {
        let at = position(&left, blocks.below(sum));
        let entry = left.remove(at);
        sum -= entry.weight;
        picks.push(Pick {
            contract: entry.contract.clone(),
            officers: officers(entry, &mut blocks),
        });
    }
    Ok(picks)
}

/// Where `r` falls in the weights.
fn position(left: &[&Entry], mut r: u64) -> usize {
    for (at, entry) in left.iter().enumerate() {
        if r < entry.weight {
            return at;
        }
        r -= entry.weight;
    }
    left.len().saturating_sub(1)
}

fn officers(entry: &Entry, blocks: &mut Blocks<'_>) -> Vec<u32> {
    let mut left = entry.officers.clone();
    let one = |_| {
        let at = blocks.below(left.len() as u64);
        left.remove(usize::try_from(at).unwrap_or(0))
    };
    (0..INSPECTORS).map(one).collect()
}
