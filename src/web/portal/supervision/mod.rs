//! Supervision: quarterly statements and how terms stand, draws of spot checks, visits, findings, sanctions.
//!
//! Not here: what the acts do (`acts::supervision`).

pub mod draw_acts;
pub mod draws;
pub mod finding_acts;
pub mod findings;
pub mod sanctions;
pub mod statement_acts;
pub mod statements;
pub mod visits;

use crate::acts::{Desk, lookup};
use crate::domain::signature::Signature;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::portal::say;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::steps::Event;

/// Most rows that are read for a list.
pub const MOST: u32 = 5000;

/// The name of a firm, as far as the reader may know it.
pub fn firm(desk: &Desk, ctx: &Ctx, key: &str) -> String {
    say::firm(ctx, &lookup::firms(desk).unwrap_or_default(), key)
}

/// A link to a contract.
pub fn contract(ctx: &Ctx, key: &str) -> Cell {
    Cell::link(ctx.plain(&path_to("/contracts/{}", &[&key])), key)
}

/// Signatures as events, those that are there.
pub fn events(ctx: &Ctx, marks: &[(&str, Option<&Signature>)]) -> Vec<Event> {
    let event = |(words, mark): &(&str, Option<&Signature>)| {
        mark.map(|m| say::event(ctx, ctx.t(words).to_owned(), m))
    };
    marks.iter().filter_map(event).collect()
}
