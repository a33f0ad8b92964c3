//! Answers as text for people.
//!
//! Not here: the answers.

use std::fmt;

use serde::Serialize;

use crate::planning::ask::moves::{Held, Move};
use crate::planning::ask::range::Range;

/// An answer with its text.
pub(super) struct Shown<T> {
    /// The answer.
    pub(super) answer: T,
    /// The lines.
    pub(super) lines: Vec<String>,
}

impl<T: Serialize> Serialize for Shown<T> {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.answer.serialize(to)
    }
}

impl<T> fmt::Display for Shown<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lines.join("\n"))
    }
}

/// A change of points in words.
pub(super) fn range(range: &Range) -> String {
    match (range.exact(), range.low, range.high) {
        (Some(exact), ..) => format!("exactly {exact} points"),
        (None, Some(low), Some(high)) => {
            format!("between {low} (reached) and {high} (proven) points")
        }
        (None, Some(low), None) => format!("at least {low} points (reached)"),
        (None, None, Some(high)) => format!("at most {high} points (proven)"),
        (None, None, None) => "not known".to_owned(),
    }
}

/// Moves, one a line.
pub(super) fn moves(all: &[Move]) -> Vec<String> {
    let held = |h: &Option<Held>| match h {
        Some(h) => format!(
            "{} ({}, {} apartments, subsidy {} yuan)",
            h.space, h.district, h.apartments, h.subsidy
        ),
        None => "no place".to_owned(),
    };
    let line = |m: &Move| {
        let (before, after) = (held(&m.before), held(&m.after));
        format!(
            "  {}: {before} -> {after}, {} points",
            m.application, m.points
        )
    };
    all.iter().map(line).collect()
}
