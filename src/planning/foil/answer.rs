//! The answer to demands by solving again, warm from the plan: possible or not, the change of points
//! with its bound, who moves, the quotas.
//!
//! Not here: the quick answer (`screen`).

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::demand::{Demand, bind};
use super::screen::{around, guaranteed};
use crate::domain::fault::Faults;
use crate::planning::ask::again::{Answer, Effort, again};
use crate::planning::ask::bad;
use crate::planning::ask::footing::Footing;
use crate::planning::ask::moves::{Move, QuotaUse, moves, quotas};
use crate::planning::ask::range::Range;
use crate::solve::outcome::Choice;
use crate::solve::quote::Quote;

/// Whether demands can be met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Possible {
    /// A plan that meets them was found.
    Yes,
    /// It is proven that none does.
    No,
    /// Neither within the effort.
    Open,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answered {
    /// Whether the demands can be met.
    pub possible: Possible,
    /// Demands that no option meets.
    pub hopeless: Vec<Demand>,
    /// The change of points.
    pub change: Range,
    /// Whose lot changes.
    pub moves: Vec<Move>,
    /// Quotas of which the use changes.
    pub quotas: Vec<QuotaUse>,
    /// The choices that meet the demands, for a plan to start from.
    #[serde(skip)]
    pub choices: Vec<Choice>,
}

/// Answers demands. A part of the effort goes to the firms around, whose plan the whole run starts from.
/// PL201, PL202, PL204.
pub fn ask(
    footing: &Footing<'_>,
    quote: &Quote<'_>,
    demands: &[Demand],
    effort: &Effort,
    stop: &Arc<AtomicBool>,
) -> Result<Answered, Faults> {
    if demands.is_empty() {
        return Err(bad("nothing is demanded").into());
    }
    let bound = bind(footing, demands)?;
    if !bound.hopeless.is_empty() {
        return Ok(Answered {
            hopeless: bound.hopeless,
            ..no()
        });
    }
    let quick = effort.part(0.2);
    let first = around(footing, &bound, &quick, stop)?;
    let start = first.as_ref().map_or(&footing.choices, |a| &a.choices);
    let changed = bound.edit.apply(footing.instance())?;
    let full = again(&changed, start, effort, stop);
    if full.infeasible {
        return Ok(no());
    }
    let limit = guaranteed(footing, quote, &bound);
    Ok(told(footing, limit, first, full))
}

fn no() -> Answered {
    Answered {
        possible: Possible::No,
        hopeless: Vec::new(),
        change: Range {
            low: None,
            high: None,
        },
        moves: Vec::new(),
        quotas: Vec::new(),
        choices: Vec::new(),
    }
}

/// The better of the two plans found, and the tighter bound.
fn told(
    footing: &Footing<'_>,
    limit: Option<i64>,
    first: Option<Answer>,
    full: Answer,
) -> Answered {
    let bound = [full.bound, limit].into_iter().flatten().min();
    let best = [first, Some(full)].into_iter().flatten();
    let best = best.filter(|a| a.value.is_some()).max_by_key(|a| a.value);
    let change = Range::of(best.as_ref().and_then(|a| a.value), bound, footing.value);
    let choices = best.map(|a| a.choices).unwrap_or_default();
    let moved = match choices.is_empty() {
        true => Vec::new(),
        false => moves(footing, &choices),
    };
    Answered {
        possible: if change.low.is_some() {
            Possible::Yes
        } else {
            Possible::Open
        },
        hopeless: Vec::new(),
        change,
        quotas: quotas(&moved),
        moves: moved,
        choices,
    }
}
