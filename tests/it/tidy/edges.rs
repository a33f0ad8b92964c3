//! Module edges: which room may use which. The direction is law: data flows down the table of
//! `src/lib.rs`, and nobody reaches back.

use super::finding::{Finding, assert_none};
use super::scan::paths;
use super::source::{Source, rust};

/// Room, and the rooms that it may use.
const EDGES: [(&str, &[&str]); 14] = [
    ("domain", &[]),
    ("solve", &[]),
    ("config", &["domain"]),
    ("policy", &["domain"]),
    ("intake", &["domain", "policy"]),
    ("atlas", &["domain"]),
    ("planning", &["domain", "policy", "atlas", "solve"]),
    ("store", &["domain"]),
    (
        "acts",
        &["domain", "policy", "intake", "atlas", "planning", "store"],
    ),
    ("web", &["acts", "domain", "config"]),
    ("worker", &["acts", "domain", "planning"]),
    (
        "cli",
        &["acts", "domain", "config", "planning", "solve", "worker"],
    ),
    ("lib", &[]),
    ("main", ALL),
];

const ALL: &[&str] = &[
    "domain", "solve", "config", "policy", "intake", "atlas", "planning", "store", "acts", "web",
    "cli", "worker",
];

/// Breaches of the edges in one file.
fn breaches(source: &Source) -> Vec<Finding> {
    let room = source.room().unwrap_or("lib");
    let Some((_, allowed)) = EDGES.iter().find(|(name, _)| *name == room) else {
        let say = format!("the room `{room}` has no edges: add it to tests/it/tidy/edges.rs");
        return vec![Finding::new(&source.path, 0, say)];
    };
    let mut found = Vec::new();
    for path in paths(&source.code) {
        if let Some(target) = target(source, &path.names)
            && target != room
            && !allowed.contains(&target)
        {
            let say = format!(
                "`{room}` may not use `{target}` (allowed: {}): pass the value in, or move the code",
                allowed.join(", ")
            );
            found.push(Finding::new(&source.path, path.line, say));
        }
    }
    found
}

/// The room that a path reaches, if it starts at the root of the crate.
fn target<'a>(source: &Source, names: &'a [String]) -> Option<&'a str> {
    let first = names.first()?.as_str();
    let beyond = match first {
        "crate" | "zhuchao" => 1,
        "super" => {
            let ups = names.iter().take_while(|n| *n == "super").count();
            // An inline module is one deeper than its file, so only names of rooms count here.
            let room = names.get(ups).is_some_and(|n| ALL.contains(&n.as_str()));
            (ups >= depth(&source.path) && room).then_some(ups)?
        }
        _ => return None,
    };
    names.get(beyond).map(String::as_str)
}

/// How many `super` lead from a file to the root of the crate.
fn depth(path: &str) -> usize {
    let steps = path.split('/').count() - 1;
    if path.ends_with("/mod.rs") {
        steps - 1
    } else {
        steps
    }
}

#[test]
fn every_room_uses_only_what_it_may() {
    let found: Vec<Finding> = rust().iter().flat_map(breaches).collect();
    assert_none(&found);
}

#[test]
fn edges_have_no_cycle() {
    // Each room stands after those it uses, once sorted by how much lies below it.
    let mut settled: Vec<&str> = Vec::new();
    for _ in EDGES {
        for (room, uses) in EDGES {
            if !settled.contains(&room) && uses.iter().all(|u| settled.contains(u)) {
                settled.push(room);
            }
        }
    }
    assert_eq!(
        settled.len(),
        EDGES.len(),
        "settled without a cycle: {settled:?}"
    );
}

#[test]
fn a_wrong_edge_is_found() {
    let found = |path: &str, text: &str| breaches(&Source::new(path, text)).len();
    assert_eq!(found("src/domain/x.rs", "use crate::policy::Policy;"), 1);
    assert_eq!(
        found("src/policy/x.rs", "use crate::{domain::area, store};"),
        1
    );
    assert_eq!(
        found(
            "src/solve/x.rs",
            "fn f() { crate::domain::decimal::parse() }"
        ),
        1
    );
    assert_eq!(found("src/atlas/mod.rs", "use super::store::Store;"), 1);
    assert_eq!(
        found("src/atlas/x.rs", "use super::super::store::Store;"),
        1
    );
    assert_eq!(found("src/worker.rs", "use crate::store;"), 1);
    assert_eq!(found("src/cli/x.rs", "use crate::web::serve;"), 1);
    assert_eq!(
        found(
            "src/policy/x.rs",
            "use super::store; use crate::policy::y; // crate::store"
        ),
        0
    );
    assert_eq!(found("src/main.rs", "use zhuchao::web;"), 0);
    let inline = "pub mod codes { pub use super::certificate::A; }";
    assert_eq!(found("src/solve/mod.rs", inline), 0);
}
