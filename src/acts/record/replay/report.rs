//! What a replay says.
//!
//! Not here: how it is found.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::fmt::Display;

/// A place where what is stored is not what was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Where, for example `signature approved` or `entry 17`.
    pub place: String,
    /// What it should be.
    pub expected: String,
    /// What it is.
    pub found: String,
}

/// The policy that was followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyUsed {
    /// Version.
    pub version: String,
    /// SHA-256 of its text.
    pub digest: String,
}

/// A mark under the decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// Which, for example `approved`.
    pub what: String,
    /// The account; empty where the viewer may not know it.
    pub by: String,
    /// The role in which he acted.
    pub role: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Number of the entry that shows it.
    pub entry: i64,
}

/// An entry of the chain that led to the decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Number.
    pub entry: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub act: String,
    /// Digest of the state before.
    pub before: Option<String>,
    /// Digest of the record.
    pub after: Option<String>,
    /// Hash of the row.
    pub hash: String,
}

/// A plan that was solved again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Solved {
    /// Digest of the plan that came out; none when it was not solved.
    pub plan: Option<String>,
    /// Nominal seconds of work.
    pub work: Option<u32>,
    /// Seed.
    pub seed: u64,
    /// Why it was not solved.
    pub not: Option<String>,
}

/// A replay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replay {
    /// Kind of decision.
    pub kind: String,
    /// Its key.
    pub key: String,
    /// Its round.
    pub round: Option<String>,
    /// True when nothing differs.
    pub matches: bool,
    /// The policy.
    pub policy: Option<PolicyUsed>,
    /// Digest of the snapshot, recomputed.
    pub snapshot: Option<String>,
    /// Digest of the plan, recomputed.
    pub plan: Option<String>,
    /// Who signed.
    pub signatures: Vec<Signed>,
    /// The entries that led to it.
    pub entries: Vec<Link>,
    /// What came out when the plan was solved again, where that was asked.
    pub solved: Option<Solved>,
    /// What was proven, in words.
    pub proven: Vec<String>,
    /// Each place where it differs.
    pub differences: Vec<Difference>,
}

impl Replay {
    /// A replay of nothing yet.
    pub fn new(kind: &str, key: &str) -> Replay {
        Replay {
            kind: kind.to_owned(),
            key: key.to_owned(),
            round: None,
            matches: true,
            policy: None,
            snapshot: None,
            plan: None,
            signatures: Vec::new(),
            entries: Vec::new(),
            solved: None,
            proven: Vec::new(),
            differences: Vec::new(),
        }
    }

    /// Tells a difference.
    pub fn differs(
        &mut self,
        place: impl Into<String>,
        expected: impl Display,
        found: impl Display,
    ) {
        self.matches = false;
        self.differences.push(Difference {
            place: place.into(),
            expected: expected.to_string(),
            found: found.to_string(),
        });
    }

    /// Tells a difference unless the two are equal; true when they are.
    pub fn same<T: PartialEq + Display>(&mut self, place: &str, expected: T, found: T) -> bool {
        let same = expected == found;
        if !same {
            self.differs(place, expected, found);
        }
        same
    }

    /// Says what was proven.
    pub fn proves(&mut self, what: impl Into<String>) {
        self.proven.push(what.into());
    }
}
