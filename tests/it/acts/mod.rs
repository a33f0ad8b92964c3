//! Acts on both databases: seeding, importing, freezing, planning, exporting.

mod books;
pub mod cases;
mod city;
mod imports;
pub mod money;
mod overrides;
mod papers;
#[cfg(feature = "pdf")]
mod pdf;
mod people;
mod policies;
mod powers;
pub mod procedure;
mod proposals;
mod reasons;
mod record;
mod repeats;
mod rounds;
pub mod scenarios;
mod shelf;
pub mod supervision;
mod tables;
pub mod tasks;
mod templates;
mod undoing;
mod vacancies;

use chrono::{DateTime, Utc};
use zhuchao::acts::{Desk, seed};
use zhuchao::domain::ids::RoundId;

use crate::support::pg;

/// A moment that does not move.
pub fn noon() -> DateTime<Utc> {
    "2026-02-06T12:00:00Z".parse().expect("a moment")
}

/// A desk on a fresh database of each kind, with a clock that goes.
pub fn desks() -> Vec<(&'static str, Desk, tempfile::TempDir)> {
    with_clock(Utc::now)
}

/// The same with a clock that stands at noon.
pub fn desks_at_noon() -> Vec<(&'static str, Desk, tempfile::TempDir)> {
    with_clock(noon)
}

fn with_clock(clock: fn() -> DateTime<Utc>) -> Vec<(&'static str, Desk, tempfile::TempDir)> {
    let desk = |fresh: pg::Fresh| {
        (
            fresh.name,
            Desk::at(fresh.store, "tester", clock),
            fresh.folder,
        )
    };
    pg::stores().into_iter().map(desk).collect()
}

/// The demonstration stored at a desk.
pub fn demo(desk: &Desk) -> RoundId {
    seed::demo(desk).expect("the embedded tables are whole")
}
