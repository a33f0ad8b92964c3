//! Hashing passwords: Argon2id, at most two at once, and as slowly for a login that does not exist.
//!
//! Not here: which passwords are good enough (`password`).

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};

use super::refuse;
use crate::domain::fault::{Fault, Faults};

/// Hashings at once.
const AT_ONCE: u32 = 2;
/// How many may wait for their turn.
const WAITING: u32 = 32;

/// What a hash costs. Default: 19 MiB, two passes, one lane (OWASP, RFC 9106).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// KiB of memory.
    pub kib: u32,
    /// Passes.
    pub passes: u32,
}

impl Default for Cost {
    fn default() -> Cost {
        Cost {
            kib: Params::DEFAULT_M_COST,
            passes: Params::DEFAULT_T_COST,
        }
    }
}

/// Hashes and verifies.
pub struct Hasher {
    argon: Argon2<'static>,
    /// Hash of nothing that anybody knows, so that an unknown login takes as long as a known one.
    nobody: String,
    gate: Gate,
    verified: AtomicU64,
}

impl Hasher {
    /// A hasher of a cost; AC213 when the cost is none that Argon2 knows.
    pub fn new(cost: Cost) -> Result<Hasher, Faults> {
        let params = Params::new(cost.kib, cost.passes, 1, None).map_err(failed)?;
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let nobody = hashed(&argon, &super::chance::secret()?)?;
        Ok(Hasher {
            argon,
            nobody,
            gate: Gate::default(),
            verified: AtomicU64::new(0),
        })
    }

    /// The hash of a password, as a PHC string with a fresh salt.
    ///
    /// # Errors
    /// AC212 when too many wait, AC213.
    pub fn hash(&self, password: &str) -> Result<String, Faults> {
        let _turn = self.gate.enter()?;
        Ok(hashed(&self.argon, password)?)
    }

    /// True when the password is that of the hash. Without a hash it takes as long and is false.
    ///
    /// # Errors
    /// AC212 when too many wait.
    pub fn verify(&self, password: &str, hash: Option<&str>) -> Result<bool, Faults> {
        let _turn = self.gate.enter()?;
        self.verified.fetch_add(1, Ordering::Relaxed);
        let phc = hash.unwrap_or(&self.nobody);
        let right = PasswordVerifier::<str>::verify_password(&self.argon, password.as_bytes(), phc);
        Ok(right.is_ok() && hash.is_some())
    }

    /// How many passwords were verified.
    pub fn verified(&self) -> u64 {
        self.verified.load(Ordering::Relaxed)
    }
}

fn hashed(argon: &Argon2<'_>, password: &str) -> Result<String, Fault> {
    let salt = super::chance::bytes::<16>()?;
    let hash = argon.hash_password_with_salt(password.as_bytes(), &salt);
    Ok(hash.map_err(failed)?.to_string())
}

fn failed(error: impl std::fmt::Display) -> Fault {
    Fault::new(
        refuse::HASH,
        format!("a password cannot be hashed: {error}"),
        "report this to the makers",
    )
}

/// Lets a few in at once.
#[derive(Default)]
struct Gate {
    counts: Mutex<Counts>,
    left: Condvar,
}

#[derive(Default)]
struct Counts {
    inside: u32,
    waiting: u32,
}

struct Turn<'a>(&'a Gate);

impl Gate {
    fn enter(&self) -> Result<Turn<'_>, Fault> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.waiting >= WAITING {
            let cause = "too many sign in at once";
            return Err(Fault::new(refuse::BUSY, cause, "try again in a moment"));
        }
        counts.waiting += 1;
        while counts.inside >= AT_ONCE {
            let woken = self.left.wait(counts);
            counts = woken.unwrap_or_else(PoisonError::into_inner);
        }
        counts.waiting -= 1;
        counts.inside += 1;
        Ok(Turn(self))
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut counts = self.0.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.inside -= 1;
        self.0.left.notify_one();
    }
}
