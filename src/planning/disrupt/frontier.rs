//! The frontier of points against moves: for a few numbers of moves the most points with at most so many,
//! each with its bound, and the price of each further move between two of them.
//!
//! Not here: what a move is (`event`).

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::event::{After, Event, NOTHING, after};
use crate::domain::fault::Faults;
use crate::domain::ids::ApplicationId;
use crate::domain::points::Points;
use crate::planning::ask::again::{Answer, Effort, again};
use crate::planning::ask::footing::Footing;
use crate::planning::ask::moves::{Move, moves};
use crate::planning::ask::range::Range;
use crate::solve::outcome::Choice;

/// The most points with at most so many moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Point {
    /// Moves allowed.
    pub allowed: u64,
    /// Moves of the plan found.
    pub moves: u64,
    /// Total points: reached, and never exceeded with so many moves.
    pub points: Range,
    /// Points gained for each move more than at the point before; `None` at the first.
    pub price: Option<Points>,
    /// Whose lot changes against the plan.
    pub changes: Vec<Move>,
    /// The choices, for a plan to start from.
    #[serde(skip)]
    pub choices: Vec<Choice>,
}

/// The frontier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Frontier {
    /// Firms that the change itself forces out of their units.
    pub forced: Vec<ApplicationId>,
    /// Firms whose move counts.
    pub movable: u64,
    /// Points with rising moves and rising points.
    pub points: Vec<Point>,
    /// Numbers of moves with which it is proven that nothing is possible.
    pub impossible: Vec<u64>,
}

/// The frontier after changes: at most `most` points, at least 2. PL201, PL202, PL204.
pub fn frontier(
    footing: &Footing<'_>,
    events: &[Event],
    (most, effort): (usize, &Effort),
    stop: &Arc<AtomicBool>,
) -> Result<Frontier, Faults> {
    let after = after(footing, events)?;
    let mut found = Frontier {
        forced: after.forced.clone(),
        movable: after.movable,
        points: Vec::new(),
        impossible: Vec::new(),
    };
    let free = solve(
        footing,
        &after,
        after.movable,
        &footing.choices,
        (effort, stop),
    )?;
    let top = free.as_ref().ok().map_or(after.movable, |p| p.moves);
    for allowed in ladder(top, most.max(2)) {
        if allowed == top && free.is_ok() {
            continue;
        }
        let start = found
            .points
            .last()
            .map_or(&footing.choices, |p: &Point| &p.choices)
            .clone();
        match solve(footing, &after, allowed, &start, (effort, stop))? {
            Ok(point) => found.points.push(point),
            Err(true) => found.impossible.push(allowed),
            Err(false) => {}
        }
    }
    match free {
        Ok(point) => found.points.push(point),
        Err(true) => found.impossible.push(after.movable),
        Err(false) => {}
    }
    rising(&mut found.points);
    Ok(found)
}

/// Numbers of moves to try, up to what is best without limit.
fn ladder(top: u64, most: usize) -> BTreeSet<u64> {
    let mut all = BTreeSet::from([0, top]);
    for step in [1, top / 2, top / 4, 2, top / 8] {
        if all.len() < most {
            all.insert(step.min(top));
        }
    }
    all
}

/// The best with so many moves; `Err(true)` when nothing is possible, `Err(false)` when none was found.
fn solve(
    footing: &Footing<'_>,
    after: &After,
    allowed: u64,
    start: &[Choice],
    (effort, stop): (&Effort, &Arc<AtomicBool>),
) -> Result<Result<Point, bool>, Faults> {
    let instance = after.instance(i64::try_from(allowed).unwrap_or(i64::MAX))?;
    let answer: Answer = again(&instance, start, effort, stop);
    if answer.value.is_none() {
        return Ok(Err(answer.infeasible));
    }
    let real: Vec<Choice> = (answer.choices.iter())
        .filter(|c| c.option.as_deref() != Some(NOTHING))
        .cloned()
        .collect();
    Ok(Ok(Point {
        allowed,
        moves: after.moves(&answer.choices),
        points: Range::of(answer.value, answer.bound, 0),
        price: None,
        changes: moves(footing, &real),
        choices: real,
    }))
}

/// Keeps the points that bring more than those with fewer moves, and prices the steps.
fn rising(points: &mut Vec<Point>) {
    points.sort_by_key(|p| (p.allowed, p.moves));
    let mut kept: Vec<Point> = Vec::new();
    for mut point in points.drain(..) {
        if let Some(before) = kept.last() {
            let more = point.points.low.map(|p| p.0).unwrap_or(0)
                - before.points.low.map(|p| p.0).unwrap_or(0);
            if more <= 0 {
                continue;
            }
            let steps = i64::try_from(point.moves.saturating_sub(before.moves)).unwrap_or(i64::MAX);
            point.price = Some(Points(more / steps.max(1)));
        }
        kept.push(point);
    }
    *points = kept;
}
