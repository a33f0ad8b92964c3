//! What the acts of people need besides a desk: the hasher, the vault, the rules for passwords.
//!
//! Not here: settings (the doors read them).

use std::path::PathBuf;

use super::hash::{Cost, Hasher};
use super::password::Rules;
use super::vault::Vault;
use crate::domain::credential::PasswordPolicy;
use crate::domain::fault::Faults;

/// How people are dealt with here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ways {
    /// Rules for passwords.
    pub policy: PasswordPolicy,
    /// File of the key that seals second factors.
    pub key_file: PathBuf,
    /// What a hash costs.
    pub cost: Cost,
    /// True in the home of a demonstration, and there alone: officers are not asked for a second
    /// factor, and each sign-in says so. No setting turns it on.
    pub demo: bool,
}

/// The tools.
pub struct Tools {
    /// Hashes passwords.
    pub hasher: Hasher,
    /// Seals second factors.
    pub vault: Vault,
    /// Judges new passwords.
    pub rules: Rules,
    /// See [`Ways::demo`].
    pub demo: bool,
}

impl Tools {
    /// The tools of some ways.
    ///
    /// # Errors
    /// AC213 when the cost of hashing is impossible, AC226.
    pub fn new(ways: Ways) -> Result<Tools, Faults> {
        Ok(Tools {
            hasher: Hasher::new(ways.cost)?,
            vault: Vault::new(ways.key_file),
            rules: Rules::new(ways.policy),
            demo: ways.demo,
        })
    }
}
