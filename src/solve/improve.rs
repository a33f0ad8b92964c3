//! Local improvement of feasible choices: reinsert one agent, or let one agent make room.
//!
//! Work is limited by counted moves, not by the clock, so that runs repeat exactly; the watch
//! only ends it early. A move is kept if the value rises, so the value never falls.
//! Not here: large neighbourhoods.

use super::control::Watch;
use super::greedy::touches;
use super::random::Random;
use super::state::{State, at};

/// Agents tried as the one that makes room, per option.
const EJECT_TRIES: usize = 6;
/// Agents looked at to find them.
const EJECT_SCAN: usize = 400;

/// Improves until a full pass finds nothing or `moves` placements were tried.
pub(super) fn improve(state: &mut State, random: &mut Random, mut moves: usize, watch: &Watch) {
    let mut order: Vec<usize> = (0..state.picks.len()).collect();
    loop {
        let before = state.value;
        random.shuffle(&mut order);
        for &a in &order {
            if moves == 0 || watch.over() {
                return;
            }
            reinsert(state, a, &mut moves);
            make_room(state, a, random, &mut moves);
        }
        for a in 0..state.picks.len() {
            state.top_up(a);
        }
        if state.value == before {
            return;
        }
    }
}

/// Best option of an agent in what is left, if it gains anything; placed. Spends moves.
fn best_place(state: &mut State, a: usize, moves: &mut usize) -> i64 {
    let agent = state.agent(a);
    let mut best: Option<(i64, usize)> = None;
    for (k, option) in agent.options.iter().enumerate() {
        if *moves == 0 {
            break;
        }
        if state.fits(option) {
            *moves -= 1;
            let gain = state.place(a, k);
            state.remove(a);
            if (gain > 0 || agent.required) && best.is_none_or(|b| gain > b.0) {
                best = Some((gain, k));
            }
        }
    }
    best.map_or(0, |(_, k)| state.place(a, k))
}

fn reinsert(state: &mut State, a: usize, moves: &mut usize) {
    let before = state.value;
    let old = state.remove(a);
    best_place(state, a, moves);
    let missing = state.agent(a).required && state.picks[a].is_none() && old.is_some();
    if state.value < before || missing {
        state.remove(a);
        state.restore(a, old);
    }
}

/// For an option that would be better but does not fit, moves one agent out of the way.
fn make_room(state: &mut State, a: usize, random: &mut Random, moves: &mut usize) {
    for k in 0..state.agent(a).options.len() {
        let option = &state.agent(a).options[k];
        let now = state.picks[a]
            .as_ref()
            .map_or(0, |p| state.agent(a).options[p.option].value);
        if *moves == 0
            || (option.value <= now && !state.agent(a).lodging.iter().any(|d| d.value > 0))
        {
            continue;
        }
        let tight: Vec<u32> = option
            .uses
            .iter()
            .filter(|&&(r, n)| n > state.free[at(r)])
            .map(|u| u.0)
            .collect();
        if tight.is_empty() {
            continue;
        }
        *moves = moves.saturating_sub(2);
        let n = state.picks.len();
        let from = random.below(n);
        let others = (0..n.min(EJECT_SCAN))
            .map(|i| (from + i) % n)
            .filter(|&b| b != a);
        let near: Vec<usize> = others
            .filter(|&b| touches(state, b, &tight))
            .take(EJECT_TRIES)
            .collect();
        if near.into_iter().any(|b| try_room(state, a, k, b, moves)) {
            return;
        }
    }
}

fn try_room(state: &mut State, a: usize, k: usize, b: usize, moves: &mut usize) -> bool {
    let before = state.value;
    let (old_a, old_b) = (state.remove(a), state.remove(b));
    *moves = moves.saturating_sub(1);
    if state.fits(&state.agent(a).options[k]) {
        state.place(a, k);
        best_place(state, b, moves);
        let missing = state.agent(b).required && state.picks[b].is_none();
        if state.value > before && !missing {
            return true;
        }
        state.remove(b);
        state.remove(a);
    }
    state.restore(a, old_a);
    state.restore(b, old_b);
    false
}
