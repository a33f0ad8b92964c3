//! Augmenting paths: an agent takes an option, whoever is in the way moves on, and so forth, until
//! somebody fits or stays out. The cheapest such path is found by best-first search.
//!
//! A step of agent x to option o that leaves agent b without its place costs
//! `value(b now) - value(x, o)`; labels are kept in net terms (Johnson 1977: potentials), so that at
//! good prices all steps cost about nothing and the search follows the slack. For whole units this
//! is the shortest augmenting path of the assignment problem (Edmonds and Karp 1972; Jonker and
//! Volgenant 1987). A path is kept if the true value rises, else undone. Work is counted in labels.
//! Not here: what else may change (`anneal`).

use super::construct::Nets;
use super::path_label::{End, Entry, Label, Touched, elsewhere, lodging};
use super::problem::{NONE, Problem, at, small};
use super::standing::Standing;
use std::collections::BinaryHeap;

/// A choice with the holders of each local resource.
pub(super) struct Walk<'p> {
    pub(super) problem: &'p Problem,
    pub(super) nets: &'p Nets,
    /// Resources whose holders can be named.
    pub(super) local: &'p [bool],
    pub(super) standing: Standing,
    holders: Vec<Vec<u32>>,
    labels: Vec<Label>,
    round: u32,
    heap: BinaryHeap<Entry>,
    touched: Vec<Touched>,
    reached: Vec<u32>,
}

impl<'p> Walk<'p> {
    pub(super) fn new(
        problem: &'p Problem,
        nets: &'p Nets,
        local: &'p [bool],
        standing: Standing,
    ) -> Self {
        let mut walk = Self {
            problem,
            nets,
            local,
            holders: vec![Vec::new(); problem.capacity.len()],
            labels: vec![Label::default(); problem.agents()],
            standing,
            round: 0,
            heap: BinaryHeap::new(),
            touched: Vec::new(),
            reached: Vec::new(),
        };
        for a in 0..problem.agents() {
            if walk.standing.option[a] != NONE {
                walk.hold(a, true);
            }
        }
        walk
    }

    fn hold(&mut self, a: usize, enters: bool) {
        let option = at(self.standing.option[a]);
        for &(r, _) in self.problem.uses(option) {
            if self.local[at(r)] {
                let list = &mut self.holders[at(r)];
                if enters {
                    list.push(small(a));
                } else if let Some(k) = list.iter().position(|&x| at(x) == a) {
                    list.swap_remove(k);
                }
            }
        }
    }

    /// What the agent has now, apartments included.
    fn held(&self, a: usize) -> f64 {
        let o = self.standing.option[a];
        if o == NONE {
            return 0.0;
        }
        let demands = self.problem.demands(at(o));
        let lodged: i64 = self.standing.grants[a]
            .iter()
            .map(|g| g.2 * demands[at(g.0)].value)
            .sum();
        (self.problem.value[at(o)] + lodged) as f64
    }

    /// Looks for a better place for an agent, by at most `most` labels; true if the value rose.
    pub(super) fn improve(&mut self, a: usize, most: usize) -> bool {
        self.round += 1;
        self.heap.clear();
        self.reached.clear();
        let cost = self.held(a);
        self.label(
            a,
            Label {
                round: self.round,
                done: false,
                cost,
                from: NONE,
                option: NONE,
                second: NONE,
            },
        );
        let mut best: Option<End> = None;
        let mut labels = 0;
        while let Some(entry) = self.heap.pop() {
            let x = at(entry.agent);
            if self.labels[x].done {
                continue;
            }
            self.labels[x].done = true;
            labels += 1;
            if labels > most {
                break;
            }
            self.expand(x, &mut best);
            // Whoever comes later starts from a dearer label than the best end.
            if best.is_some_and(|b| b.cost < -0.5 && entry.key - self.spread_of(x) > b.cost) {
                break;
            }
        }
        match best {
            Some(end) if end.cost < -0.5 => self.follow(end),
            _ => false,
        }
    }

    fn spread_of(&self, x: usize) -> f64 {
        self.nets.best[x].abs() * 0.05
    }

    fn label(&mut self, a: usize, label: Label) {
        self.labels[a] = label;
        self.reached.push(small(a));
        self.heap.push(Entry {
            key: label.cost - self.nets.best[a].max(0.0),
            agent: small(a),
        });
    }

    fn expand(&mut self, x: usize, best: &mut Option<End>) {
        let problem = self.problem;
        let cost = self.labels[x].cost;
        if !problem.required[x] && self.labels[x].from != NONE && best.is_none_or(|b| cost < b.cost)
        {
            *best = Some(End {
                cost,
                agent: small(x),
                option: NONE,
            });
        }
        let now = self.standing.option[x];
        for o in problem.of_agent(x) {
            if small(o) == now {
                continue;
            }
            let worth = problem.value[o] as f64 + lodging(self.problem, &self.standing, o);
            self.step(x, o, cost - worth, best);
        }
    }

    /// The step of x to o: an end if it fits, else labels for those in the way.
    fn step(&mut self, x: usize, o: usize, cost: f64, best: &mut Option<End>) {
        let problem = self.problem;
        let now = self.standing.option[x];
        let own = |r: u32| -> i64 {
            if now == NONE {
                0
            } else {
                problem
                    .uses(at(now))
                    .iter()
                    .find(|u| u.0 == r)
                    .map_or(0, |u| u.1)
            }
        };
        let mut short: Option<(u32, i64)> = None;
        let mut several = false;
        for &(r, n) in problem.uses(o) {
            let lack = n - self.standing.free[at(r)] - own(r);
            if lack > 0 {
                if !self.local[at(r)] {
                    return;
                }
                several |= short.is_some();
                short = short.or(Some((r, lack)));
            }
        }
        let Some((r, lack)) = short else {
            if best.is_none_or(|b| cost < b.cost) {
                *best = Some(End {
                    cost,
                    agent: small(x),
                    option: small(o),
                });
            }
            return;
        };
        for k in 0..self.holders[at(r)].len() {
            let b = at(self.holders[at(r)][k]);
            if b == x || (self.labels[b].round == self.round && self.labels[b].done) {
                continue;
            }
            let given = problem
                .uses(at(self.standing.option[b]))
                .iter()
                .find(|u| u.0 == r)
                .map_or(0, |u| u.1);
            if given < lack && !several {
                self.pair(x, o, b, (r, lack - given), cost);
                continue;
            }
            if several && !self.frees(b, x, o) {
                continue;
            }
            self.reach(
                b,
                Label {
                    round: self.round,
                    done: false,
                    cost: cost + self.held(b),
                    from: small(x),
                    option: small(o),
                    second: NONE,
                },
            );
        }
    }

    /// Whether b's leaving makes all of o fit.
    fn frees(&self, b: usize, x: usize, o: usize) -> bool {
        let problem = self.problem;
        let of = |a: usize, r: u32| -> i64 {
            let held = self.standing.option[a];
            if held == NONE {
                0
            } else {
                problem
                    .uses(at(held))
                    .iter()
                    .find(|u| u.0 == r)
                    .map_or(0, |u| u.1)
            }
        };
        problem
            .uses(o)
            .iter()
            .all(|&(r, n)| n <= self.standing.free[at(r)] + of(x, r) + of(b, r))
    }

    /// b leaves for the path, and a second, smaller holder c for good if it fits elsewhere at once.
    fn pair(&mut self, x: usize, o: usize, b: usize, (r, lack): (u32, i64), cost: f64) {
        let problem = self.problem;
        let mut second: Option<(f64, u32)> = None;
        for &c in &self.holders[at(r)] {
            let c_ = at(c);
            if c_ == b || c_ == x || problem.required[c_] {
                continue;
            }
            let given = problem
                .uses(at(self.standing.option[c_]))
                .iter()
                .find(|u| u.0 == r)
                .map_or(0, |u| u.1);
            if given < lack {
                continue;
            }
            let loss = self.held(c_) - elsewhere(self.problem, &self.standing, c_, r);
            if second.is_none_or(|s| loss < s.0) {
                second = Some((loss, c));
            }
        }
        if let Some((loss, c)) = second {
            let cost = cost + self.held(b) + loss;
            self.reach(
                b,
                Label {
                    round: self.round,
                    done: false,
                    cost,
                    from: small(x),
                    option: small(o),
                    second: c,
                },
            );
        }
    }

    fn reach(&mut self, b: usize, label: Label) {
        let known = self.labels[b];
        if known.round != self.round || (!known.done && label.cost < known.cost) {
            self.label(b, label);
        }
    }

    /// Enters a path from its end; keeps it if the true value rises.
    fn follow(&mut self, end: End) -> bool {
        let before = self.standing.value;
        let missing = self.standing.missing;
        self.touched.clear();
        let mut steps = vec![(end.agent, end.option, NONE)];
        let mut x = end.agent;
        while self.labels[at(x)].from != NONE {
            let label = self.labels[at(x)];
            steps.push((label.from, label.option, label.second));
            x = label.from;
        }
        for &(a, _, second) in &steps {
            self.take_out(at(a));
            if second != NONE {
                self.take_out(at(second));
            }
        }
        let mut good = true;
        for &(a, o, _) in steps.iter().rev() {
            if o != NONE {
                good = good
                    && self.standing.option[at(a)] == NONE
                    && self.standing.fits(self.problem, at(o));
                if good {
                    self.put_in(at(o));
                }
            }
        }
        for &(_, _, second) in &steps {
            if second != NONE && self.standing.option[at(second)] == NONE {
                self.settle(at(second));
            }
        }
        good = good && self.standing.missing <= missing && self.standing.value > before;
        if !good {
            self.undo();
        }
        good
    }

    fn settle(&mut self, a: usize) {
        let fitting = self
            .problem
            .of_agent(a)
            .filter(|&o| self.standing.fits(self.problem, o));
        let best = fitting.max_by_key(|&o| (self.problem.value[o], std::cmp::Reverse(o)));
        if let Some(o) = best {
            self.put_in(o);
        }
    }

    fn put_in(&mut self, o: usize) {
        self.standing.place(self.problem, o);
        self.hold(at(self.problem.agent[o]), true);
    }

    fn take_out(&mut self, a: usize) {
        if self.touched.iter().any(|t| at(t.0) == a) {
            return;
        }
        if self.standing.option[a] != NONE {
            self.hold(a, false);
        }
        let was = self.standing.remove(self.problem, a);
        self.touched.push((small(a), was));
    }

    fn undo(&mut self) {
        let touched = std::mem::take(&mut self.touched);
        for (a, _) in &touched {
            if self.standing.option[at(*a)] != NONE {
                self.hold(at(*a), false);
                self.standing.remove(self.problem, at(*a));
            }
        }
        for (a, old) in &touched {
            if let Some((o, grants)) = old.clone() {
                self.standing.enter(self.problem, at(o), grants);
                self.hold(at(*a), true);
            }
        }
        self.touched = touched;
    }

    /// A pass over agents, those without a place first; returns how many paths were kept.
    pub(super) fn pass(&mut self, agents: &[u32], most: usize, over: &dyn Fn() -> bool) -> usize {
        let mut kept = 0;
        for &a in agents {
            if over() {
                break;
            }
            kept += usize::from(self.improve(at(a), most));
        }
        kept
    }
}
