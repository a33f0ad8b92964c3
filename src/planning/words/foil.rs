//! The answers to demands in words.
//!
//! Not here: the answers (`planning::foil`).

use super::demand::{demand, moves, quotas};
use super::range::change;
use crate::planning::foil::answer::Possible;
use crate::planning::foil::{Answered, Demand, Screened};
use crate::planning::why::book::{Text, say};
use crate::planning::why::name::Names;

/// The answer, solved again.
pub fn answered(names: &Names<'_>, answer: &Answered) -> Vec<Text> {
    if !answer.hopeless.is_empty() {
        return hopeless(names, &answer.hopeless);
    }
    let key = match answer.possible {
        Possible::No => return vec![say("foil.no", &[])],
        Possible::Open => "foil.open",
        Possible::Yes => "foil.yes",
    };
    let mut told = vec![say(key, &[])];
    if answer.change.low.is_some() || answer.change.high.is_some() {
        told.push(change(&answer.change));
    }
    told.extend(moves(names, &answer.moves));
    told.extend(quotas(names, &answer.quotas));
    if answer.possible == Possible::Yes && answer.moves.is_empty() {
        told.push(say("foil.nobody", &[]));
    }
    told
}

/// The quick answer.
pub fn screened(names: &Names<'_>, answer: &Screened) -> Vec<Text> {
    if !answer.hopeless.is_empty() {
        return hopeless(names, &answer.hopeless);
    }
    let key = if answer.found {
        "foil.found"
    } else {
        "foil.unfound"
    };
    vec![say(key, &[]), change(&answer.change)]
}

fn hopeless(names: &Names<'_>, all: &[Demand]) -> Vec<Text> {
    let one = |d: &Demand| say("foil.hopeless", &[("demand", demand(names, d))]);
    all.iter().map(one).collect()
}
