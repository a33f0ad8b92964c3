//! Migrations: both databases have the same directories with the same files, none empty.

use super::finding::{Finding, assert_none};
use super::source::{Source, under};

const SIDES: [&str; 2] = ["migrations/sqlite/", "migrations/postgres/"];

fn breaches(files: &[Source]) -> Vec<Finding> {
    let mut found = Vec::new();
    for (mine, other) in [(SIDES[0], SIDES[1]), (SIDES[1], SIDES[0])] {
        for file in files.iter().filter(|f| f.path.starts_with(mine)) {
            let twin = file.path.replacen(mine, other, 1);
            if !files.iter().any(|f| f.path == twin) {
                let say = format!("{twin} is missing: migrations have the same names on both");
                found.push(Finding::new(&file.path, 0, say));
            }
            if file.text.trim().is_empty() {
                found.push(Finding::new(&file.path, 0, "the migration is empty"));
            }
        }
    }
    found
}

#[test]
fn both_databases_have_the_same_migrations() {
    assert_none(&breaches(&under("migrations")));
}

#[test]
fn a_missing_twin_is_found() {
    let file = |path: &str, text: &str| Source::new(path, text);
    let one = file("migrations/sqlite/1_a/up.sql", "x");
    let two = file("migrations/postgres/1_a/up.sql", "x");
    let odd = file("migrations/postgres/1_b/up.sql", "x");
    let empty = file("migrations/sqlite/1_b/up.sql", " ");
    assert_eq!(breaches(&[one]).len(), 1);
    assert_eq!(
        breaches(&[file("migrations/sqlite/1_a/up.sql", "x"), two, odd]).len(),
        1
    );
    assert_eq!(
        breaches(&[empty, file("migrations/postgres/1_b/up.sql", "x")]).len(),
        1
    );
}
