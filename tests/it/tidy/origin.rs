//! Nothing committed depends on the place where it was written: no path of a machine, no other
//! registry than the public one.

use super::finding::{Finding, assert_none};
use super::source::{Source, under};

/// The only registry of the lock file.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Path prefixes of machines, put together so that this file does not hold them.
fn machine_paths() -> Vec<String> {
    [
        ("/wo", "rk/"),
        ("/tmp/", "wt"),
        ("../sha", "red"),
        ("/home/", ""),
        ("/root/", ""),
    ]
    .iter()
    .map(|(a, b)| format!("{a}{b}"))
    .collect()
}

fn paths(source: &Source) -> Vec<Finding> {
    let needles = machine_paths();
    let mut found = Vec::new();
    for (n, line) in (1..).zip(source.text.lines()) {
        for needle in needles.iter().filter(|needle| stands(line, needle)) {
            let say = format!("`{needle}` is a path of one machine: use a path of the repository");
            found.push(Finding::new(&source.path, n, say));
        }
    }
    found
}

/// True when the needle begins a path: no letter, digit or `.` before it, as in a web address.
fn stands(line: &str, needle: &str) -> bool {
    line.match_indices(needle).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|c| !c.is_alphanumeric() && !"./-_}".contains(c))
    })
}

fn registries(source: &Source) -> Vec<Finding> {
    let cargo = source.path == "Cargo.lock" || source.path.contains(".cargo/");
    let wrong = |line: &str| {
        let other_source = line.starts_with("source = ") && !line.contains(REGISTRY);
        let redirects = ["replace-with", "[registries", "[source."];
        other_source || redirects.iter().any(|word| line.contains(word))
    };
    (1..)
        .zip(source.text.lines())
        .filter(|(_, line)| cargo && wrong(line))
        .map(|(n, _)| Finding::new(&source.path, n, "use the public registry only"))
        .collect()
}

#[test]
fn no_machine_path_is_committed() {
    let mut all = under("");
    // This folder names the paths to tell of them.
    all.retain(|s| s.path != "tests/it/tidy/origin.rs");
    assert_none(&all.iter().flat_map(paths).collect::<Vec<_>>());
}

#[test]
fn only_the_public_registry_is_used() {
    assert_none(&under("").iter().flat_map(registries).collect::<Vec<_>>());
}

#[test]
fn a_machine_path_and_a_registry_are_found() {
    for needle in machine_paths() {
        let text = format!("see \"{needle}x\"");
        assert_eq!(paths(&Source::new("README.md", &text)).len(), 1, "{text}");
    }
    let address = "https://example.org/home/page and src/root/x";
    assert!(paths(&Source::new("data/x.csv", address)).is_empty());
    let lock = "source = \"registry+https://example.org/index\"";
    assert_eq!(registries(&Source::new("Cargo.lock", lock)).len(), 1);
    let lock = format!("source = \"{REGISTRY}\"");
    assert!(registries(&Source::new("Cargo.lock", &lock)).is_empty());
}
