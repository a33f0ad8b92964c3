//! Typed keys of nouns: a `UnitId` is never a `SiteId`. A key is the public name of a thing in
//! tables, files, pages and explanations, so it is short, printable and safe in every one of them.
//!
//! Not here: how keys are made.

use std::borrow::Borrow;
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::fault::{Code, Fault};

/// A key is empty, longer than 64 characters, or holds a character that is not allowed.
pub const BAD_KEY: Code = Code("DM101");

/// Longest key in characters.
pub const KEY_MAX: usize = 64;

/// Kinds of nouns that have keys.
pub trait Kind {
    /// The noun, as written in messages.
    const NOUN: &'static str;
}

/// A key of kind `K`: 1 to 64 letters or digits of any script and `- _ . : / #`.
#[derive(Serialize, Deserialize)]
#[serde(try_from = "String", into = "String", bound = "K: Kind")]
pub struct Key<K>(String, PhantomData<fn() -> K>);

impl<K> Key<K> {
    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<K: Kind> FromStr for Key<K> {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let ok = |c: char| c.is_alphanumeric() || "-_.:/#".contains(c);
        let count = text.chars().count();
        if count == 0 || count > KEY_MAX || !text.chars().all(ok) {
            let shown: String = text.chars().take(KEY_MAX).collect();
            return Err(Fault::new(
                BAD_KEY,
                format!("{:?} is not a key of a {}", shown, K::NOUN),
                "use 1 to 64 letters, digits or - _ . : / #",
            ));
        }
        Ok(Self(text.to_owned(), PhantomData))
    }
}

impl<K: Kind> TryFrom<String> for Key<K> {
    type Error = Fault;

    fn try_from(text: String) -> Result<Self, Fault> {
        text.parse()
    }
}

impl<K> From<Key<K>> for String {
    fn from(key: Key<K>) -> Self {
        key.0
    }
}

impl<K> Clone for Key<K> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}
impl<K> PartialEq for Key<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<K> Eq for Key<K> {}
impl<K> PartialOrd for Key<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Key<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<K> std::hash::Hash for Key<K> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<K> Borrow<str> for Key<K> {
    fn borrow(&self) -> &str {
        &self.0
    }
}
impl<K> fmt::Display for Key<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl<K> fmt::Debug for Key<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}
