//! The kinds of tables that can be imported and exported, as the doors name them.

pub use crate::intake::{Format, Kind};

/// Names of all kinds, in an order in which references are known before they are used.
pub fn names() -> Vec<&'static str> {
    Kind::ALL.iter().map(|k| k.name()).collect()
}
