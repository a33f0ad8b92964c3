//! A piece of the problem solved by HiGHS: some agents free, all others as they stand.
//!
//! maximise sum value x + sum value g over the free agents: one option each, within what the others
//! leave; g(stay, demand, pool) <= need x sum of x over the options of that stay. Options are those
//! of least slack that fit; the present choice is among them, and the start. The answer is read
//! back in integers and entered only if it fits. Not here: which agents are free (`pieces`).

use super::construct::Nets;
use super::milp_raw::{Columns, End, Raw};
use super::problem::{NONE, Problem, at, small};
use super::standing::{Grant, Standing};
use std::collections::HashMap;

/// Which part, and how long.
pub(super) struct Piece<'p> {
    pub(super) agents: &'p [u32],
    /// What the free agents may use of each resource, by resource.
    pub(super) room: &'p HashMap<u32, i64>,
    /// Most options of an agent.
    pub(super) options: usize,
    /// Most nodes of branch and bound.
    pub(super) nodes: i32,
    /// Seed of HiGHS.
    pub(super) seed: i32,
}

/// New choices of the free agents: option and apartments.
pub(super) type Answer = Vec<(u32, Vec<Grant>)>;

struct Build<'p> {
    problem: &'p Problem,
    rows: Vec<(f64, f64)>,
    row_of: HashMap<u32, (usize, f64)>,
    columns: Columns,
    /// Option of each option column.
    picks: Vec<u32>,
    /// Stay option column group: agent, demand, pool of each grant column.
    grants: Vec<(u32, u32, u32, u32)>,
    start: Vec<f64>,
}

/// What the piece may do better; `None` if nothing better was found.
pub(super) fn solve(
    problem: &Problem,
    nets: &Nets,
    standing: &Standing,
    piece: &Piece,
    over: &dyn Fn() -> bool,
) -> Option<(i64, Answer)> {
    let mut build = Build {
        problem,
        rows: Vec::new(),
        row_of: HashMap::new(),
        columns: Columns::default(),
        picks: Vec::new(),
        grants: Vec::new(),
        start: Vec::new(),
    };
    build.agents(nets, standing, piece);
    let raw = build.raw(piece)?;
    raw.start(&build.start)?;
    let ran = raw.run(over);
    if !matches!(ran, End::Optimal | End::Limit) {
        return None;
    }
    let (x, _) = raw.solution();
    if x.is_empty() {
        return None;
    }
    Some(build.read(&x))
}

impl Build<'_> {
    fn agents(&mut self, nets: &Nets, standing: &Standing, piece: &Piece) {
        let problem = self.problem;
        let mut entries: Vec<Vec<(usize, f64)>> = Vec::new();
        let mut list: Vec<(f64, usize)> = Vec::new();
        for &a in piece.agents {
            let held = standing.option[at(a)];
            list.clear();
            let fitting = problem.of_agent(at(a)).filter(|&o| {
                problem.uses(o).iter().all(|u| u.1 <= piece.room.get(&u.0).copied().unwrap_or(0))
            });
            list.extend(fitting.map(|o| (if small(o) == held { f64::NEG_INFINITY } else { nets.slack(problem, o) }, o)));
            list.sort_by(|x, y| x.0.total_cmp(&y.0).then(x.1.cmp(&y.1)));
            list.truncate(piece.options);
            let row = self.rows.len();
            let least = if problem.required[at(a)] { 1.0 } else { f64::NEG_INFINITY };
            self.rows.push((least, 1.0));
            let mut stays: Vec<(u32, Vec<usize>)> = Vec::new();
            for &(_, o) in &list {
                let mut of = vec![(row, 1.0)];
                for &(r, n) in problem.uses(o) {
                    let room = piece.room.get(&r).copied().unwrap_or(0);
                    let (row, unit) = self.resource(r, room);
                    of.push((row, n as f64 / unit));
                }
                let column = entries.len();
                entries.push(of);
                self.columns.cost.push(problem.value[o] as f64);
                self.picks.push(small(o));
                self.start.push(f64::from(small(o) == held));
                if problem.stay[o] != NONE {
                    match stays.iter_mut().find(|s| s.0 == problem.stay[o]) {
                        Some(s) => s.1.push(column),
                        None => stays.push((problem.stay[o], vec![column])),
                    }
                }
            }
            self.lodge(a, &stays, standing, piece, &mut entries);
        }
        let costs = std::mem::take(&mut self.columns.cost);
        // Grants follow the options: their columns are pushed after all options, in order.
        for (cost, of) in costs.iter().zip(entries) {
            self.columns.push(*cost, 1.0, of.into_iter());
        }
        self.finish_grants(standing, piece);
    }

    /// Rows that tie apartments to the options of a stay; columns come later.
    fn lodge(
        &mut self,
        a: u32,
        stays: &[(u32, Vec<usize>)],
        standing: &Standing,
        piece: &Piece,
        entries: &mut [Vec<(usize, f64)>],
    ) {
        let _ = standing;
        for (stay, hosts) in stays {
            for (d, demand) in self.problem.stays[at(*stay)].iter().enumerate() {
                let open: Vec<u32> =
                    demand.pools.iter().copied().filter(|p| piece.room.get(p).is_some_and(|&n| n > 0)).collect();
                if open.is_empty() {
                    continue;
                }
                let reach: i64 = open.iter().map(|p| piece.room[p]).sum();
                let most = demand.need.min(reach) as f64;
                let row = self.rows.len();
                self.rows.push((f64::NEG_INFINITY, 0.0));
                for &h in hosts {
                    entries[h].push((row, -most));
                }
                for p in open {
                    self.grants.push((a, *stay, small(d), p));
                    self.start.push(f64::NAN);
                    let _ = row;
                }
            }
        }
    }

    fn finish_grants(&mut self, standing: &Standing, piece: &Piece) {
        // Rows of the ties were made in the order of the grants' (stay, demand) pairs.
        let grants = std::mem::take(&mut self.grants);
        let mut ties: HashMap<(u32, u32), usize> = HashMap::new();
        let mut next = 0;
        let tie_rows: Vec<usize> = (0..self.rows.len()).filter(|&r| self.rows[r].1 == 0.0 && self.rows[r].0 == f64::NEG_INFINITY && !self.row_of.values().any(|v| v.0 == r)).collect();
        let mut starts: Vec<f64> = self.start.iter().copied().filter(|s| !s.is_nan()).collect();
        for &(a, stay, d, p) in &grants {
            let row = *ties.entry((stay, d)).or_insert_with(|| {
                let row = tie_rows[next];
                next += 1;
                row
            });
            let demand = &self.problem.stays[at(stay)][at(d)];
            let room = piece.room[&p];
            let (pool, unit) = self.resource(p, room);
            self.columns.push(
                demand.value as f64,
                demand.need.min(room) as f64,
                [(row, 1.0), (pool, 1.0 / unit)].into_iter(),
            );
            let held = standing.option[at(a)];
            let same = held != NONE && self.problem.stay[at(held)] == stay;
            let given: i64 = if same {
                standing.grants[at(a)].iter().filter(|g| g.0 == d && g.1 == p).map(|g| g.2).sum()
            } else {
                0
            };
            starts.push(given as f64);
        }
        self.grants = grants;
        self.start = starts;
    }

    fn resource(&mut self, r: u32, room: i64) -> (usize, f64) {
        if let Some(&known) = self.row_of.get(&r) {
            return known;
        }
        let row = self.rows.len();
        // Amounts in units of at most a million, so that tolerances stay far below one unit of use.
        let unit = if room > 1_000_000 { room as f64 / 1e6 } else { 1.0 };
        self.rows.push((f64::NEG_INFINITY, room as f64 / unit));
        self.row_of.insert(r, (row, unit));
        (row, unit)
    }

    fn raw(&self, piece: &Piece) -> Option<Raw> {
        let mut raw = Raw::new(&self.rows)?;
        raw.add(&self.columns)?;
        raw.integer()?;
        if std::env::var("HLOG").is_ok() { raw.flag(c"output_flag", true)?; }
        raw.int(c"mip_max_nodes", piece.nodes)?;
        raw.int(c"random_seed", piece.seed)?;
        raw.real(c"mip_rel_gap", 0.0)?;
        raw.real(c"mip_abs_gap", 0.999)?;
        Some(raw)
    }

    fn read(&self, x: &[f64]) -> (i64, Answer) {
        let mut answer: Answer = Vec::new();
        let mut place: HashMap<u32, usize> = HashMap::new();
        let mut value = 0;
        for (k, &o) in self.picks.iter().enumerate() {
            if x[k] > 0.5 {
                place.insert(self.problem.agent[at(o)], answer.len());
                value += self.problem.value[at(o)];
                answer.push((o, Vec::new()));
            }
        }
        for (k, &(a, stay, d, p)) in self.grants.iter().enumerate() {
            let n = x[self.picks.len() + k].round() as i64;
            let Some(&slot) = place.get(&a) else { continue };
            if n > 0 && self.problem.stay[at(answer[slot].0)] == stay {
                value += n * self.problem.stays[at(stay)][at(d)].value;
                answer[slot].1.push((d, p, n));
            }
        }
        (value, answer)
    }
}
