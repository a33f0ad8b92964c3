//! Between choices of the instance (`state`) and of the reduced problem (`standing`).
//!
//! An option that presolve left out is beaten by another of the same agent, which takes its place;
//! so nothing is lost. Not here: search.

use super::construct;
use super::instance::Instance;
use super::lodge;
use super::outcome::Choice;
use super::problem::{NONE, Problem, at, small};
use super::standing::Standing;
use super::state::{Pick, State};
use std::collections::HashMap;

/// The choices in terms of the problem.
pub(super) fn standing(problem: &Problem, state: &State) -> Standing {
    let mut standing = Standing::empty(problem);
    for (a, pick) in state.picks.iter().enumerate() {
        let Some(pick) = pick else { continue };
        let exact = problem
            .of_agent(a)
            .find(|&o| at(problem.origin[o]) == pick.option);
        let Some(o) = exact.or_else(|| instead(problem, state, a, pick)) else {
            continue;
        };
        if !standing.fits(problem, o) {
            continue;
        }
        standing.enter(problem, o, Vec::new());
        for (d, demand) in problem.demands(o).iter().enumerate() {
            for &(p, n) in &pick.grants[at(demand.origin)] {
                let n = n.min(standing.free[at(p)]);
                if n > 0 && demand.pools.contains(&p) {
                    standing.grants[a].push((small(d), p, n));
                    standing.free[at(p)] -= n;
                    standing.value += n * demand.value;
                }
            }
        }
        standing.top_up(problem, a);
    }
    standing
}

/// The option that beats a left-out one.
fn instead(problem: &Problem, state: &State, a: usize, pick: &Pick) -> Option<usize> {
    let lost = &state.agent(a).options[pick.option];
    problem.of_agent(a).find(|&o| {
        problem.value[o] >= lost.value
            && problem
                .uses(o)
                .iter()
                .all(|u| lost.uses.iter().any(|w| w.0 == u.0 && w.1 >= u.1))
            && (problem.site[o] == lost.site || state.agent(a).lodging.is_empty())
    })
}

/// Choices by name, as an outcome has them; whatever is unknown or does not fit is left out, and what
/// stays free is filled.
pub(super) fn choices(instance: &Instance, problem: &Problem, choices: &[Choice]) -> Standing {
    let agents: HashMap<&str, usize> = instance
        .agents()
        .iter()
        .enumerate()
        .map(|(k, a)| (a.id.as_str(), k))
        .collect();
    let mut standing = Standing::empty(problem);
    for choice in choices {
        let Some(&a) = agents.get(choice.agent.as_str()) else {
            continue;
        };
        let options = &instance.agents()[a].options;
        let named = problem
            .of_agent(a)
            .find(|&o| Some(&options[at(problem.origin[o])].id) == choice.option.as_ref());
        if let Some(o) = named.filter(|&o| standing.option[a] == NONE && standing.fits(problem, o))
        {
            standing.enter(problem, o, Vec::new());
        }
    }
    construct::fill(problem, &mut standing);
    lodge::deal(problem, &mut standing);
    standing
}

/// The choices in terms of the instance.
pub(super) fn state<'i>(
    instance: &'i Instance,
    problem: &Problem,
    standing: &Standing,
) -> State<'i> {
    let mut state = State::empty(instance);
    for a in 0..problem.agents() {
        if standing.option[a] == NONE {
            continue;
        }
        let o = at(standing.option[a]);
        let mut grants = vec![Vec::new(); instance.agents()[a].lodging.len()];
        for &(d, p, n) in &standing.grants[a] {
            grants[at(problem.demands(o)[at(d)].origin)].push((p, n));
        }
        state.restore(
            a,
            Some(Pick {
                option: at(problem.origin[o]),
                grants,
            }),
        );
    }
    state
}
