//! Clocks, randomness and the environment: only in `acts` and above, and the solver's stopwatch.
//! Below, they are passed in as values, so that every decision can be replayed.

use super::finding::{Finding, assert_none};
use super::scan::lines_with;
use super::source::{Source, rust};

const ABOVE: [&str; 6] = ["acts", "cli", "config", "main", "web", "worker"];

/// Words of the outside world.
const WORDS: [&str; 11] = [
    "Utc::now",
    "Local::now",
    "SystemTime",
    "std::env",
    "env::var",
    "env::args",
    "rand::",
    "getrandom",
    "RandomState",
    "Uuid::now_v7",
    "Uuid::new_v4",
];

/// The one file below `acts` that may measure time.
const STOPWATCH: &str = "src/solve/control.rs";

fn breaches(source: &Source) -> Vec<Finding> {
    if source.room().is_none_or(|room| ABOVE.contains(&room)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut words = WORDS.to_vec();
    if source.path != STOPWATCH {
        words.push("Instant");
    }
    for word in words {
        for line in lines_with(&source.code, word) {
            let say = format!("`{word}` is the outside world: take the value as an argument");
            found.push(Finding::new(&source.path, line, say));
        }
    }
    found
}

#[test]
fn no_clock_randomness_or_environment_below_acts() {
    let found: Vec<Finding> = rust().iter().flat_map(breaches).collect();
    assert_none(&found);
}

#[test]
fn a_clock_in_the_wrong_room_is_found() {
    let found = |path: &str, text: &str| breaches(&Source::new(path, text)).len();
    assert_eq!(found("src/planning/x.rs", "let t = chrono::Utc::now();"), 1);
    assert_eq!(
        found("src/store/x.rs", "let h = std::env::var(\"HOME\");"),
        2
    );
    assert_eq!(found("src/solve/run.rs", "use std::time::Instant;"), 1);
    assert_eq!(found("src/solve/control.rs", "use std::time::Instant;"), 0);
    assert_eq!(
        found("src/solve/control.rs", "use std::time::SystemTime;"),
        1
    );
    assert_eq!(found("src/acts/x.rs", "let t = chrono::Utc::now();"), 0);
    assert_eq!(found("src/atlas/x.rs", "// Instant and std::env"), 0);
}
