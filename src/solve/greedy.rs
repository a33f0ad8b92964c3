//! First feasible choices: required agents by regret with repair, then everybody by net value.
//!
//! With prices, an option is worth its net value; among equals the larger plain value goes
//! first. Required agents are placed where the difference between their best and second-best
//! option is largest (the regret rule of Martello and Toth for generalized assignment); if one
//! fits nowhere, a placed agent is moved out of its way. Not here: improvement (`improve`).

use super::control::Watch;
use super::instance::Instance;
use super::pricing::{self, Gains};
use super::random::Random;
use super::state::{State, at};

/// Above this many required agents they are placed in one sorted pass.
const REGRET_LIMIT: usize = 600;

/// Choices that respect every capacity; the required agents may be incomplete if the search
/// could not place them all.
pub(super) fn start<'i>(
    instance: &'i Instance,
    prices: &[f64],
    random: &mut Random,
    watch: &Watch,
) -> State<'i> {
    let mut state = State::empty(instance);
    let nets = nets(instance, prices);
    let required: Vec<usize> = agents(instance, true);
    if required.len() <= REGRET_LIMIT && !watch.over() {
        by_regret(&mut state, &nets, required, watch);
    } else {
        by_net(&mut state, &nets, &required, random);
    }
    for a in agents(instance, true) {
        if state.picks[a].is_none() && !watch.over() {
            squeeze(&mut state, &nets, a);
        }
    }
    by_net(&mut state, &nets, &agents(instance, false), random);
    state
}

fn agents(instance: &Instance, required: bool) -> Vec<usize> {
    let all = instance.agents().iter().enumerate();
    all.filter(|(_, a)| a.required == required)
        .map(|(k, _)| k)
        .collect()
}

/// Net value of every option that could fit, best first, for each agent.
fn nets(instance: &Instance, prices: &[f64]) -> Vec<Vec<(usize, f64)>> {
    let of = |a: &super::instance::Agent| {
        let mut gains = Gains::default();
        let options =
            (0..a.options.len()).filter(|&k| pricing::possible(instance, &a.options[k].uses));
        let mut list: Vec<(usize, f64)> = options
            .map(|k| (k, pricing::net(instance, a, k, prices, &mut gains)))
            .collect();
        list.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        list
    };
    instance.agents().iter().map(of).collect()
}

fn by_regret(state: &mut State, nets: &[Vec<(usize, f64)>], mut open: Vec<usize>, watch: &Watch) {
    while !open.is_empty() && !watch.over() {
        let mut pick: Option<(usize, usize, f64)> = None;
        for (slot, &a) in open.iter().enumerate() {
            let mut fitting = nets[a]
                .iter()
                .filter(|(k, _)| state.fits(&state.agent(a).options[*k]));
            let Some(first) = fitting.next() else {
                continue;
            };
            let regret = fitting
                .next()
                .map_or(f64::INFINITY, |second| first.1 - second.1);
            if pick.is_none_or(|p| regret > p.2) {
                pick = Some((slot, first.0, regret));
            }
        }
        let Some((slot, option, _)) = pick else {
            return;
        };
        state.place(open.remove(slot), option);
    }
}

/// All pairs of agent and option by net value; each agent takes the first that fits.
fn by_net(state: &mut State, nets: &[Vec<(usize, f64)>], who: &[usize], random: &mut Random) {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for &a in who {
        let required = state.agent(a).required;
        let worth = nets[a].iter().filter(|(_, net)| required || *net > -1e-9);
        pairs.extend(worth.map(|&(k, net)| (net, a, k)));
    }
    random.shuffle(&mut pairs);
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0));
    for (_, a, k) in pairs {
        if state.picks[a].is_none() && state.fits(&state.agent(a).options[k]) {
            let gain = state.place(a, k);
            if gain < 0 && !state.agent(a).required {
                state.remove(a);
            }
        }
    }
}

/// Makes room for a required agent by moving one placed agent to another of its options, or by
/// dropping one that is not required.
fn squeeze(state: &mut State, nets: &[Vec<(usize, f64)>], a: usize) -> bool {
    for &(k, _) in &nets[a] {
        let option = &state.agent(a).options[k];
        if state.fits(option) {
            state.place(a, k);
            return true;
        }
        let tight: Vec<u32> = option
            .uses
            .iter()
            .filter(|&&(r, n)| n > state.free[at(r)])
            .map(|u| u.0)
            .collect();
        for b in 0..state.picks.len() {
            if b != a && touches(state, b, &tight) && swap(state, nets, a, k, b) {
                return true;
            }
        }
    }
    false
}

/// Whether the agent's pick uses one of the resources.
pub(super) fn touches(state: &State, b: usize, resources: &[u32]) -> bool {
    let Some(pick) = &state.picks[b] else {
        return false;
    };
    let uses = &state.agent(b).options[pick.option].uses;
    uses.iter().any(|u| resources.contains(&u.0))
        || pick
            .grants
            .iter()
            .flatten()
            .any(|g| resources.contains(&g.0))
}

fn swap(state: &mut State, nets: &[Vec<(usize, f64)>], a: usize, k: usize, b: usize) -> bool {
    let old = state.remove(b);
    if state.fits(&state.agent(a).options[k]) {
        state.place(a, k);
        let next = nets[b]
            .iter()
            .find(|(j, _)| state.fits(&state.agent(b).options[*j]));
        if let Some(&(j, _)) = next {
            state.place(b, j);
            return true;
        }
        if !state.agent(b).required {
            return true;
        }
        state.remove(a);
    }
    state.restore(b, old);
    false
}
