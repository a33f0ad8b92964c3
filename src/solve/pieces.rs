//! Large neighbourhoods: some agents are freed, the rest stands, the piece is solved again.
//!
//! A piece grows from a seed agent along shared resources: the agents that hold or nearly hold
//! (least slack) what its good options use. Pieces of one round have no agent in common; what is
//! free of a resource that several of them touch is divided among them, so their answers can all
//! be entered. Source: Shaw 1998; Mitrovic-Minic and Punnen 2009 for generalized assignment.
//! Not here: the piece itself (`milp_piece`).

use super::construct::Nets;
use super::lagrange::spread;
use super::milp_piece::{self, Piece};
use super::problem::{NONE, Problem, at, small};
use super::random::Random;
use super::standing::Standing;
use std::collections::HashMap;

/// Who may be near whom: good options by resource.
pub(super) struct Near {
    /// Options of each resource, least slack first, only local resources.
    users: Vec<Vec<u32>>,
    /// Good options of each agent, least slack first.
    good: Vec<Vec<u32>>,
}

/// Good options of an agent that neighbourhoods look at.
const GOOD: usize = 12;

impl Near {
    pub(super) fn of(problem: &Problem, nets: &Nets, local: &[bool]) -> Self {
        let mut good = vec![Vec::new(); problem.agents()];
        let mut users: Vec<Vec<(f64, u32)>> = vec![Vec::new(); problem.capacity.len()];
        for a in 0..problem.agents() {
            let mut list: Vec<(f64, u32)> = problem.of_agent(a).map(|o| (nets.slack(problem, o), small(o))).collect();
            list.sort_by(|x, y| x.0.total_cmp(&y.0).then(x.1.cmp(&y.1)));
            list.truncate(GOOD);
            for &(slack, o) in &list {
                for &(r, _) in problem.uses(at(o)).iter().filter(|u| local[at(u.0)]) {
                    users[at(r)].push((slack, o));
                }
            }
            good[a] = list.into_iter().map(|x| x.1).collect();
        }
        let sorted = |mut list: Vec<(f64, u32)>| {
            list.sort_by(|x, y| x.0.total_cmp(&y.0).then(x.1.cmp(&y.1)));
            list.into_iter().map(|x| x.1).collect()
        };
        Self { users: users.into_iter().map(sorted).collect(), good }
    }
}

/// How a round of pieces is made.
pub(super) struct Plan {
    pub(super) pieces: usize,
    pub(super) agents: usize,
    pub(super) options: usize,
    pub(super) nodes: i32,
    pub(super) threads: usize,
}

/// One round; returns the gain.
pub(super) fn round(
    problem: &Problem,
    nets: &Nets,
    near: &Near,
    standing: &mut Standing,
    plan: &Plan,
    random: &mut Random,
    over: &(dyn Fn() -> bool + Sync),
) -> i64 {
    let holders = holders(problem, standing);
    let mut taken = vec![false; problem.agents()];
    let mut pieces: Vec<Vec<u32>> = Vec::new();
    for _ in 0..plan.pieces {
        let piece = grow(problem, near, standing, &holders, &mut taken, plan.agents, random);
        if piece.len() > 1 {
            pieces.push(piece);
        }
    }
    let rooms = rooms(problem, standing, &pieces);
    let seeds: Vec<i32> = pieces.iter().map(|_| i32::try_from(random.below(1 << 30)).unwrap_or(0)).collect();
    let results: Vec<std::sync::Mutex<Option<(i64, milp_piece::Answer)>>> =
        pieces.iter().map(|_| std::sync::Mutex::new(None)).collect();
    let work: Vec<usize> = (0..pieces.len()).collect();
    let shared: &Standing = standing;
    spread(plan.threads, work.into_iter(), |k| {
        let piece = Piece { agents: &pieces[k], room: &rooms[k], options: plan.options, nodes: plan.nodes, seed: seeds[k] };
        let found = milp_piece::solve(problem, nets, shared, &piece, &|| over());
        if let Ok(mut slot) = results[k].lock() {
            *slot = found;
        }
    });
    let mut gain = 0;
    for (piece, result) in pieces.iter().zip(results) {
        if let Ok(Some((value, answer))) = result.into_inner() {
            gain += enter(problem, standing, piece, value, answer);
        }
    }
    gain
}

/// Enters an answer if it is better and fits; returns the gain.
fn enter(problem: &Problem, standing: &mut Standing, piece: &[u32], value: i64, answer: milp_piece::Answer) -> i64 {
    let before = standing.value;
    let old: Vec<(u32, Vec<super::standing::Grant>)> =
        piece.iter().filter_map(|&a| standing.remove(problem, at(a))).collect();
    let held = before - standing.value;
    let mut entered: Vec<u32> = Vec::new();
    let mut good = value >= held;
    for (o, grants) in answer {
        if !good {
            break;
        }
        let pools_fit = fits_grants(problem, standing, at(o), &grants);
        good = pools_fit;
        if good {
            entered.push(problem.agent[at(o)]);
            standing.enter(problem, at(o), grants);
        }
    }
    good = good && standing.value >= before && piece.iter().all(|&a| !problem.required[at(a)] || standing.option[at(a)] != NONE || !old.iter().any(|x| problem.agent[at(x.0)] == a));
    if !good {
        for a in entered {
            standing.remove(problem, at(a));
        }
        for (o, grants) in old {
            standing.enter(problem, at(o), grants);
        }
        return 0;
    }
    for &a in piece {
        standing.top_up(problem, at(a));
    }
    standing.value - before
}

fn fits_grants(problem: &Problem, standing: &Standing, option: usize, grants: &[super::standing::Grant]) -> bool {
    if !standing.fits(problem, option) {
        return false;
    }
    let mut need: HashMap<u32, i64> = HashMap::new();
    for &(r, n) in problem.uses(option) {
        *need.entry(r).or_insert(0) += n;
    }
    for &(_, p, n) in grants {
        *need.entry(p).or_insert(0) += n;
    }
    need.iter().all(|(&r, &n)| n <= standing.free[at(r)])
}

/// Agents that hold each resource.
fn holders(problem: &Problem, standing: &Standing) -> Vec<Vec<u32>> {
    let mut holders = vec![Vec::new(); problem.capacity.len()];
    for a in 0..problem.agents() {
        if standing.option[a] != NONE {
            for &(r, _) in problem.uses(at(standing.option[a])) {
                holders[at(r)].push(small(a));
            }
        }
    }
    holders
}

fn grow(
    problem: &Problem,
    near: &Near,
    standing: &Standing,
    holders: &[Vec<u32>],
    taken: &mut [bool],
    size: usize,
    random: &mut Random,
) -> Vec<u32> {
    let n = problem.agents();
    let mut piece: Vec<u32> = Vec::new();
    let Some(seed) = (0..50).map(|_| random.below(n)).find(|&a| !taken[a] && !near.good[a].is_empty()) else {
        return piece;
    };
    taken[seed] = true;
    piece.push(small(seed));
    let mut next = 0;
    while piece.len() < size && next < piece.len() {
        let a = at(piece[next]);
        next += 1;
        let held = standing.option[a];
        let options = near.good[a].iter().take(5).copied().chain((held != NONE).then_some(held));
        let mut floors: Vec<u32> = options.flat_map(|o| problem.uses(at(o)).iter().map(|u| u.0)).filter(|&r| !near.users[at(r)].is_empty()).collect();
        random.shuffle(&mut floors);
        for r in floors {
            let around = holders[at(r)].iter().copied();
            let wishing = near.users[at(r)].iter().take(6).map(|&o| problem.agent[at(o)]);
            for b in around.chain(wishing) {
                if piece.len() < size && !taken[at(b)] {
                    taken[at(b)] = true;
                    piece.push(b);
                }
            }
        }
    }
    piece
}

/// What each piece may use: what its agents hold, and a fair part of what is free.
fn rooms(problem: &Problem, standing: &Standing, pieces: &[Vec<u32>]) -> Vec<HashMap<u32, i64>> {
    let mut touched: HashMap<u32, i64> = HashMap::new();
    let mut rooms: Vec<HashMap<u32, i64>> = Vec::new();
    for piece in pieces {
        let mut room: HashMap<u32, i64> = HashMap::new();
        for &a in piece {
            for o in problem.of_agent(at(a)) {
                problem.uses(o).iter().for_each(|u| _ = room.entry(u.0).or_insert(0));
                for demand in problem.demands(o) {
                    demand.pools.iter().for_each(|p| _ = room.entry(*p).or_insert(0));
                }
            }
        }
        room.keys().for_each(|r| *touched.entry(*r).or_insert(0) += 1);
        for &a in piece {
            let held = standing.option[at(a)];
            if held != NONE {
                problem.uses(at(held)).iter().for_each(|u| *room.entry(u.0).or_insert(0) += u.1);
                standing.grants[at(a)].iter().for_each(|g| *room.entry(g.1).or_insert(0) += g.2);
            }
        }
        rooms.push(room);
    }
    for room in &mut rooms {
        for (r, n) in room.iter_mut() {
            *n += standing.free[at(*r)] / touched[r];
        }
    }
    rooms
}
