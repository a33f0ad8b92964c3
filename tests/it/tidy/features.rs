//! Conditional code: only where a room chooses its engine, its database or its press.

use super::finding::{Finding, assert_none};
use super::source::{Source, rust};

/// Files that may ask which features are on.
const CHOOSERS: [&str; 7] = [
    "src/acts/papers/press.rs",
    "src/solve/mod.rs",
    "src/solve/engine.rs",
    "src/store/mod.rs",
    "src/store/connection.rs",
    "src/store/dialect.rs",
    "src/store/migrate.rs",
];

fn breaches(source: &Source) -> Vec<Finding> {
    if CHOOSERS.contains(&source.path.as_str()) {
        return Vec::new();
    }
    let lines = (1..).zip(source.code.lines());
    let asks = |line: &str| {
        let dense: String = line.chars().filter(|c| !c.is_whitespace()).collect();
        dense.contains("cfg") && dense.contains("feature=")
    };
    lines
        .filter(|(_, line)| asks(line))
        .map(|(n, _)| {
            let say =
                "only the file that chooses an engine, a database or a press asks for features";
            Finding::new(&source.path, n, say)
        })
        .collect()
}

#[test]
fn features_are_asked_for_in_few_files() {
    let found: Vec<Finding> = rust().iter().flat_map(breaches).collect();
    assert_none(&found);
}

#[test]
fn a_feature_elsewhere_is_found() {
    let found = |path: &str, text: &str| breaches(&Source::new(path, text)).len();
    assert_eq!(found("src/web/x.rs", "#[cfg(feature = \"sqlite\")]"), 1);
    assert_eq!(found("src/web/x.rs", "if cfg!(feature = \"sqlite\") {}"), 1);
    assert_eq!(
        found("src/web/x.rs", "#[cfg(any(feature = \"a\", unix))]"),
        1
    );
    assert_eq!(found("src/solve/mod.rs", "#[cfg(feature = \"highs\")]"), 0);
    assert_eq!(found("src/web/x.rs", "#[cfg(test)]"), 0);
}
