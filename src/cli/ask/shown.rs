//! An answer with its sentences, in the language that was asked for.
//!
//! Not here: the answers, the sentences (`planning::words`, `planning::why`).

use std::fmt;

use serde::Serialize;

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
