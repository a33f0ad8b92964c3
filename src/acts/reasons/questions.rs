//! Questions of the bureau about a stored plan. Each states the seconds that one run of it may take.
//!
//! Not here: certificates (`certificate`), scenarios, which are stored and run by workers (`scenarios`).

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::{Demand, Event, More, Read, read, seconds};
use crate::acts::Desk;
use crate::acts::powers::reasons::QUESTION_PLAN;
use crate::domain::fault::Faults;
use crate::domain::ids::{ApplicationId, UnitId};
use crate::domain::points::Points;
use crate::planning::conflict::piece::Board;
use crate::planning::conflict::{self, Found};
use crate::planning::disrupt::{self, Frontier};
use crate::planning::fair::envy;
use crate::planning::fair::measure::{Measure, measure};
use crate::planning::fair::rank::rank;
use crate::planning::fair::serial::Taken;
use crate::planning::fair::table::{self, Row};
use crate::planning::foil::{self, Answered, Screened};
use crate::planning::front::{self, NextYuan, Step};
use crate::planning::inverse::building::{self, Opened};
use crate::planning::inverse::freed::{self, Depth, Freed};
use crate::planning::inverse::more::{self, Gain};

fn go() -> Arc<AtomicBool> {
    Arc::new(AtomicBool::new(false))
}

fn asked(desk: &Desk, plan: &str) -> Result<Arc<Read>, Faults> {
    read(desk, &QUESTION_PLAN, plan)
}

/// The quick answer to demands. AC013, AC520, PL201, PL202.
pub fn screen(desk: &Desk, plan: &str, demands: &[Demand], most: u32) -> Result<Screened, Faults> {
    let read = asked(desk, plan)?;
    let effort = seconds(most, read.snapshot.round.seed)?;
    let footing = read.footing()?;
    foil::screen(&footing, &footing.quote()?, demands, &effort, &go())
}

/// The answer to demands, solved again. AC013, AC520, PL201, PL202.
pub fn foil(desk: &Desk, plan: &str, demands: &[Demand], most: u32) -> Result<Answered, Faults> {
    let read = asked(desk, plan)?;
    let effort = seconds(most, read.snapshot.round.seed)?;
    let footing = read.footing()?;
    foil::ask(&footing, &footing.quote()?, demands, &effort, &go())
}

/// The waiting list for a unit that is given back. AC013, AC520, PL201.
pub fn freed(
    desk: &Desk,
    plan: &str,
    unit: &UnitId,
    (most, exact): (usize, bool),
    limit: u32,
) -> Result<Freed, Faults> {
    let read = asked(desk, plan)?;
    let effort = seconds(limit, read.snapshot.round.seed)?;
    let depth = Depth {
        most,
        exact,
        effort,
    };
    freed::freed(&read.footing()?, unit, &depth, &go())
}

/// What more quota or more apartments are worth, ranked. AC013, AC520, PL201, PL202.
pub fn more(
    desk: &Desk,
    plan: &str,
    all: &[More],
    most: usize,
    limit: u32,
) -> Result<Vec<Gain>, Faults> {
    let read = asked(desk, plan)?;
    let effort = seconds(limit, read.snapshot.round.seed)?;
    let footing = read.footing()?;
    more::rank(&footing, all, (most, &effort), &go())
}

/// What a second building like one of the inventory is worth. AC013, AC520, PL201.
pub fn twin(desk: &Desk, plan: &str, building: &str, limit: u32) -> Result<Opened, Faults> {
    let read = asked(desk, plan)?;
    let effort = seconds(limit, read.snapshot.round.seed)?;
    let inventory = building::twin(&read.snapshot.inventory, building)?;
    building::opened(&read.footing()?, inventory, &effort, &go())
}

/// Whether demands, pins and limits can all hold. AC013, AC520, PL201.
pub fn conflict(desk: &Desk, plan: &str, demands: &[Demand], limit: u32) -> Result<Found, Faults> {
    let read = asked(desk, plan)?;
    let effort = seconds(limit, read.snapshot.round.seed)?;
    let footing = read.unpriced()?;
    let keeps = |id: &ApplicationId| {
        let case = read.built.cases.iter().find(|c| c.application == *id)?;
        foil::demand::has(&footing, case)
    };
    let board = Board::of(&read.snapshot, &read.built, demands, &keeps)?;
    conflict::find(&board, &effort, &go())
}

/// Points against moves after changes. AC013, AC520, PL201, PL202.
pub fn frontier(
    desk: &Desk,
    plan: &str,
    events: &[Event],
    points: usize,
    limit: u32,
) -> Result<Frontier, Faults> {
    let read = asked(desk, plan)?;
    let effort = seconds(limit, read.snapshot.round.seed)?;
    let points = points.clamp(2, 7);
    disrupt::frontier(&read.unpriced()?, events, (points, &effort), &go())
}

/// The price of fairness. AC013, AC520.
pub fn fairness(desk: &Desk, plan: &str, limit: u32) -> Result<Vec<Row>, Faults> {
    let read = asked(desk, plan)?;
    let effort = seconds(limit, read.snapshot.round.seed)?;
    table::table(&read.snapshot, &read.built, &effort, &go())
}

/// One firm could complain about another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Complaint {
    /// Who could complain.
    pub envious: ApplicationId,
    /// Place of its priority, 1 = first.
    pub priority: usize,
    /// Who holds what it would rather have.
    pub envied: ApplicationId,
    /// Place of the other's priority.
    pub lower: usize,
    /// How many points more it would have.
    pub more: Points,
    /// What it would take.
    pub option: String,
    /// The rule: `score_card` of the policy, or `best_worth` where the policy has none.
    pub rule: String,
}

/// Who could complain about whom in a plan, and the figures of fairness.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Envy {
    /// Figures.
    pub measure: Measure,
    /// The pairs.
    pub pairs: Vec<Complaint>,
}

/// The report on justified envy of a plan. AC013.
pub fn envy(desk: &Desk, plan: &str) -> Result<Envy, Faults> {
    let read = asked(desk, plan)?;
    report(&read)
}

/// The report of a plan that was read.
fn report(read: &Read) -> Result<Envy, Faults> {
    let footing = read.unpriced()?;
    let rank = rank(&read.snapshot, &read.built)?;
    let taken = Taken::of(&read.built.instance, footing.chosen.clone());
    let rule = if rank.by_card {
        "score_card"
    } else {
        "best_worth"
    };
    let place = |n: usize| rank.place.get(n).map_or(0, |p| p + 1);
    let complaint = |pair: envy::Pair| {
        Some(Complaint {
            envious: footing.case_of(pair.envious)?.application.clone(),
            priority: place(pair.envious),
            envied: footing.case_of(pair.envied)?.application.clone(),
            lower: place(pair.envied),
            more: pair.more,
            option: pair.option,
            rule: rule.to_owned(),
        })
    };
    let pairs = envy::pairs(&read.built.instance, &taken, &rank);
    Ok(Envy {
        measure: measure(&read.snapshot, &read.built, &taken, &rank),
        pairs: pairs.into_iter().filter_map(complaint).collect(),
    })
}

/// Money against points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Money {
    /// The front of the total quota.
    pub front: Vec<Step>,
    /// The next yuan of every district.
    pub next: Vec<NextYuan>,
}

/// The front of the total quota at these shares, and the next yuan at these steps, in basis points. AC013,
/// AC520.
pub fn money(
    desk: &Desk,
    plan: &str,
    (shares_bp, steps_bp): (&[u32], &[u32]),
    limit: u32,
) -> Result<Money, Faults> {
    let read = asked(desk, plan)?;
    let effort = seconds(limit, read.snapshot.round.seed)?;
    let footing = read.footing()?;
    Ok(Money {
        front: front::front(&footing, shares_bp, &effort, &go())?,
        next: front::next_yuan(&footing, steps_bp, &effort, &go())?,
    })
}
