//! Acts on both databases: seeding, importing, freezing, planning, exporting.

mod imports;
mod rounds;
mod vacancies;

use chrono::{DateTime, Utc};
use zhuchao::acts::{Desk, seed};
use zhuchao::domain::ids::RoundId;

use crate::support::pg;

/// A moment that does not move.
pub fn noon() -> DateTime<Utc> {
    "2026-02-06T12:00:00Z".parse().expect("a moment")
}

/// A desk on a fresh database of each kind.
pub fn desks() -> Vec<(&'static str, Desk, tempfile::TempDir)> {
    let desk = |fresh: pg::Fresh| {
        (
            fresh.name,
            Desk::at(fresh.store, "tester", noon),
            fresh.folder,
        )
    };
    pg::stores().into_iter().map(desk).collect()
}

/// The demonstration stored at a desk.
pub fn demo(desk: &Desk) -> RoundId {
    seed::demo(desk).expect("the embedded tables are whole")
}
