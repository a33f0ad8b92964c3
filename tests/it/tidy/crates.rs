//! Outside crates: each one has its rooms. A dependency that the table does not know is a finding,
//! so that a new one is a decision.

use super::finding::{Finding, assert_none};
use super::scan::paths;
use super::source::{Source, root, rust};

const EVERYWHERE: &[&str] = &[
    "domain", "solve", "config", "policy", "intake", "atlas", "planning", "store", "acts", "web",
    "cli", "lib", "main",
];
const NOT_IN_SOLVE: &[&str] = &[
    "domain", "config", "policy", "intake", "atlas", "planning", "store", "acts", "web", "cli",
    "main",
];
const JSON: &[&str] = &["intake", "planning", "store", "acts", "web", "cli", "main"];
const DOORS: &[&str] = &["cli", "main"];

/// Crate (as in Cargo.toml) and the rooms that may name it.
const CRATES: [(&str, &[&str]); 43] = [
    ("actix-multipart", &["web"]),
    ("actix-web", &["web"]),
    ("anyhow", DOORS),
    ("argon2", &["acts"]),
    ("askama", &["web"]),
    ("calamine", &["intake"]),
    ("chacha20poly1305", &["acts"]),
    ("chrono", NOT_IN_SOLVE),
    ("clap", DOORS),
    ("csv", &["intake", "acts"]),
    ("ctrlc", DOORS),
    ("diesel", &["store"]),
    ("diesel_migrations", &["store"]),
    ("encoding_rs", &["intake"]),
    ("flate2", &["planning"]),
    ("futures-core", &["web"]),
    ("geo", &["atlas"]),
    ("geo-types", &["domain", "intake", "atlas", "store", "acts"]),
    ("geojson", &["intake", "acts"]),
    ("getrandom", &["acts"]),
    ("good_lp", &["solve"]),
    ("governor", &["web"]),
    ("highs", &["solve"]),
    ("highs-sys", &["solve"]),
    ("indicatif", DOORS),
    ("krilla", &["acts"]),
    ("libsqlite3-sys", &["store"]),
    ("rlimit", &["cli"]),
    ("rstar", &["atlas"]),
    ("rust-embed", &["web"]),
    ("rust_xlsxwriter", &["acts"]),
    ("serde", NOT_IN_SOLVE),
    ("serde_json", JSON),
    ("sha2", &["planning", "store", "acts"]),
    ("skrifa", &["acts"]),
    ("thiserror", EVERYWHERE),
    ("toml", &["config", "policy", "acts"]),
    ("totp-rs", &["acts"]),
    (
        "tracing",
        &["store", "acts", "web", "cli", "worker", "main"],
    ),
    ("tracing-subscriber", DOORS),
    ("utoipa", &["web"]),
    ("uuid", &["acts", "web"]),
    ("zip", &["intake", "acts"]),
];

/// Crates that only the LP and MIP files of `solve` may name.
const ENGINES: [&str; 3] = ["good_lp", "highs", "highs-sys"];

fn breaches(source: &Source) -> Vec<Finding> {
    let room = source.room().unwrap_or("lib");
    let milp = source.path.starts_with("src/solve/milp");
    let mut found = Vec::new();
    for path in paths(&source.code) {
        let Some((name, rooms)) = used(&path.names) else {
            continue;
        };
        if !rooms.contains(&room) {
            let say = format!("`{name}` belongs to {}: keep it there", rooms.join(", "));
            found.push(Finding::new(&source.path, path.line, say));
        } else if ENGINES.contains(&name) && !milp {
            let say = format!("`{name}` belongs to src/solve/milp*.rs: move the call there");
            found.push(Finding::new(&source.path, path.line, say));
        }
    }
    found
}

/// The crate that a path of two names or more begins with.
fn used(names: &[String]) -> Option<(&'static str, &'static [&'static str])> {
    let first = names.first().filter(|_| names.len() > 1)?;
    let known = CRATES
        .iter()
        .find(|(name, _)| name.replace('-', "_") == *first)?;
    Some(*known)
}

/// Dependencies of a manifest that the table does not know.
fn unknown(manifest: &str) -> Vec<Finding> {
    let table = manifest.parse::<toml::Table>().expect("Cargo.toml is TOML");
    let names = table.get("dependencies").and_then(|d| d.as_table());
    names
        .expect("Cargo.toml has dependencies")
        .keys()
        .filter(|name| !CRATES.iter().any(|(known, _)| known == name))
        .map(|name| {
            let say =
                format!("`{name}` has no rooms: decide and add it to tests/it/tidy/crates.rs");
            Finding::new("Cargo.toml", 0, say)
        })
        .collect()
}

#[test]
fn every_crate_stays_in_its_rooms() {
    let found: Vec<Finding> = rust().iter().flat_map(breaches).collect();
    assert_none(&found);
}

#[test]
fn every_dependency_has_rooms() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).expect("there is one");
    assert_none(&unknown(&manifest));
}

#[test]
fn a_crate_outside_of_its_rooms_is_found() {
    let found = |path: &str, text: &str| breaches(&Source::new(path, text)).len();
    assert_eq!(found("src/web/x.rs", "use diesel::prelude::Queryable;"), 1);
    assert_eq!(
        found("src/acts/x.rs", "fn f() -> actix_web::Result<()> {}"),
        1
    );
    assert_eq!(found("src/solve/x.rs", "use serde::Serialize;"), 1);
    assert_eq!(found("src/solve/outcome.rs", "use highs::Model;"), 1);
    assert_eq!(found("src/solve/milp.rs", "use highs::Model;"), 0);
    assert_eq!(
        found("src/store/x.rs", "#[diesel::dsl::auto_type] // askama::x"),
        0
    );
    assert_eq!(
        unknown("[dependencies]\nserde = \"1\"\nrand = \"1\"\n").len(),
        1
    );
}
