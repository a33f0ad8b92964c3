//! Every Rust file begins with a header and stays short.

use super::finding::{Finding, assert_none};
use super::source::{Source, rust, rust_under};

/// Most lines of a file.
const LINES_MAX: usize = 400;

fn header(source: &Source) -> Option<Finding> {
    let first = source.text.lines().next().unwrap_or_default();
    let told = first
        .strip_prefix("//! ")
        .is_some_and(|t| !t.trim().is_empty());
    let say = "begin with `//!`: what the file is for, its formula or source, what is not here";
    (!told).then(|| Finding::new(&source.path, 1, say))
}

fn length(source: &Source) -> Option<Finding> {
    let lines = source.text.lines().count();
    let say = format!("{lines} lines, at most {LINES_MAX}: split it by subject");
    (lines > LINES_MAX).then(|| Finding::new(&source.path, lines, say))
}

fn everywhere() -> Vec<Source> {
    let mut all = rust();
    all.extend(rust_under("tests"));
    all
}

#[test]
fn every_file_has_a_header() {
    assert_none(&everywhere().iter().filter_map(header).collect::<Vec<_>>());
}

#[test]
fn no_file_is_long() {
    assert_none(&everywhere().iter().filter_map(length).collect::<Vec<_>>());
}

#[test]
fn a_bare_or_long_file_is_found() {
    assert!(header(&Source::new("src/x.rs", "use a;\n//! late\n")).is_some());
    assert!(header(&Source::new("src/x.rs", "")).is_some());
    assert!(header(&Source::new("src/x.rs", "//! Told.\n")).is_none());
    assert!(length(&Source::new("src/x.rs", &"x\n".repeat(401))).is_some());
    assert!(length(&Source::new("src/x.rs", &"x\n".repeat(400))).is_none());
}
