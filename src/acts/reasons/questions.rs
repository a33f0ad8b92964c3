//! Questions of the bureau about a stored plan, each answered in numbers and in words. Each states the
//! seconds that one run of it may take.
//!
//! Not here: certificates (`certificate`), scenarios, which are stored and run by workers (`scenarios`).

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::{Demand, Event, More, Read, Said, read, seconds};
use crate::acts::Desk;
use crate::acts::powers::reasons::QUESTION_PLAN;
use crate::domain::fault::Faults;
use crate::domain::ids::{ApplicationId, UnitId};
use crate::planning::conflict::piece::Board;
use crate::planning::conflict::{self, Found};
use crate::planning::disrupt::{self, Frontier};
use crate::planning::fair::report::{Envy, report};
use crate::planning::fair::table::{self, Row};
use crate::planning::foil::{self, Answered, Screened};
use crate::planning::front::{self, NextYuan, Step};
use crate::planning::inverse::building::{self, Opened};
use crate::planning::inverse::freed::{self, Depth, Freed};
use crate::planning::inverse::more::{self, Gain};
use crate::planning::words;

/// Most pairs of envy that are told each in a sentence; the answer has all.
const PAIRS_SAID: usize = 50;

fn go() -> Arc<AtomicBool> {
    Arc::new(AtomicBool::new(false))
}

fn asked(desk: &Desk, plan: &str) -> Result<Arc<Read>, Faults> {
    read(desk, &QUESTION_PLAN, plan)
}

/// The quick answer to demands. AC013, AC520, PL201, PL202.
pub fn screen(
    desk: &Desk,
    plan: &str,
    demands: &[Demand],
    most: u32,
) -> Result<Said<Screened>, Faults> {
    let read = asked(desk, plan)?;
    let effort = seconds(most, read.snapshot.round.seed)?;
    let footing = read.footing()?;
    let answer = foil::screen(&footing, &footing.quote()?, demands, &effort, &go())?;
    let sentences = words::foil::screened(&read.names(), &answer);
    Ok(Said { answer, sentences })
}

/// The answer to demands, solved again. AC013, AC520, PL201, PL202.
pub fn foil(
    desk: &Desk,
    plan: &str,
    demands: &[Demand],
    most: u32,
) -> Result<Said<Answered>, Faults> {
    let read = asked(desk, plan)?;
    let effort = seconds(most, read.snapshot.round.seed)?;
    let footing = read.footing()?;
    let answer = foil::ask(&footing, &footing.quote()?, demands, &effort, &go())?;
    let sentences = words::foil::answered(&read.names(), &answer);
    Ok(Said { answer, sentences })
}

/// The waiting list for a unit that is given back. AC013, AC520, PL201.
pub fn freed(
    desk: &Desk,
    plan: &str,
    unit: &UnitId,
    (most, exact): (usize, bool),
    limit: u32,
) -> Result<Said<Freed>, Faults> {
    let read = asked(desk, plan)?;
    let effort = seconds(limit, read.snapshot.round.seed)?;
    let depth = Depth {
        most,
        exact,
        effort,
    };
    let answer = freed::freed(&read.footing()?, unit, &depth, &go())?;
    let sentences = words::inverse::freed(&answer, answer.ranking.len());
    Ok(Said { answer, sentences })
}

/// What more quota or more apartments are worth, ranked. AC013, AC520, PL201, PL202.
pub fn more(
    desk: &Desk,
    plan: &str,
    all: &[More],
    most: usize,
    limit: u32,
) -> Result<Said<Vec<Gain>>, Faults> {
    let read = asked(desk, plan)?;
    let effort = seconds(limit, read.snapshot.round.seed)?;
    let footing = read.footing()?;
    let answer = more::rank(&footing, all, (most, &effort), &go())?;
    let sentences = words::inverse::more(&read.names(), &answer);
    Ok(Said { answer, sentences })
}

/// What a second building like one of the inventory is worth. AC013, AC520, PL201.
pub fn twin(desk: &Desk, plan: &str, building: &str, limit: u32) -> Result<Said<Opened>, Faults> {
    let read = asked(desk, plan)?;
    let effort = seconds(limit, read.snapshot.round.seed)?;
    let inventory = building::twin(&read.snapshot.inventory, building)?;
    let answer = building::opened(&read.footing()?, inventory, &effort, &go())?;
    let sentences = words::inverse::opened(&answer);
    Ok(Said { answer, sentences })
}

/// Whether demands, pins and limits can all hold. AC013, AC520, PL201.
pub fn conflict(
    desk: &Desk,
    plan: &str,
    demands: &[Demand],
    limit: u32,
) -> Result<Said<Found>, Faults> {
    let read = asked(desk, plan)?;
    let effort = seconds(limit, read.snapshot.round.seed)?;
    let footing = read.unpriced()?;
    let keeps = |id: &ApplicationId| {
        let case = read.built.cases.iter().find(|c| c.application == *id)?;
        foil::demand::has(&footing, case)
    };
    let board = Board::of(&read.snapshot, &read.built, demands, &keeps)?;
    let answer = conflict::find(&board, &effort, &go())?;
    let sentences = words::conflict::found(&read.names(), &answer);
    Ok(Said { answer, sentences })
}

/// Points against moves after changes. AC013, AC520, PL201, PL202.
pub fn frontier(
    desk: &Desk,
    plan: &str,
    events: &[Event],
    points: usize,
    limit: u32,
) -> Result<Said<Frontier>, Faults> {
    let read = asked(desk, plan)?;
    let effort = seconds(limit, read.snapshot.round.seed)?;
    let points = points.clamp(2, 7);
    let answer = disrupt::frontier(&read.unpriced()?, events, (points, &effort), &go())?;
    let sentences = words::frontier::frontier(&answer);
    Ok(Said { answer, sentences })
}

/// The price of fairness. AC013, AC520.
pub fn fairness(desk: &Desk, plan: &str, limit: u32) -> Result<Said<Vec<Row>>, Faults> {
    let read = asked(desk, plan)?;
    let effort = seconds(limit, read.snapshot.round.seed)?;
    let answer = table::table(&read.snapshot, &read.built, &effort, &go())?;
    let sentences = words::fair::table(&answer);
    Ok(Said { answer, sentences })
}

/// The report on justified envy of a plan. AC013.
pub fn envy(desk: &Desk, plan: &str) -> Result<Said<Envy>, Faults> {
    let read = asked(desk, plan)?;
    let answer = report(&read.unpriced()?)?;
    let sentences = words::envy::report(&read.names(), &answer, PAIRS_SAID);
    Ok(Said { answer, sentences })
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
) -> Result<Said<Money>, Faults> {
    let read = asked(desk, plan)?;
    let effort = seconds(limit, read.snapshot.round.seed)?;
    let footing = read.footing()?;
    let answer = Money {
        front: front::front(&footing, shares_bp, &effort, &go())?,
        next: front::next_yuan(&footing, steps_bp, &effort, &go())?,
    };
    let mut sentences = words::money::front(&answer.front);
    sentences.extend(words::money::next(&read.names(), &answer.next));
    Ok(Said { answer, sentences })
}
