//! The natural model as plain numbers, reduced by what prices prove.
//!
//! minimise - sum value x - sum value g, with x binary per option, g integer per (demand, pool):
//! - agent: sum x <= 1 (= 1 if required);
//! - resource: sum use x + sum g <= capacity, divided by the gcd of its uses, left out if it
//!   cannot bind;
//! - link: g(d,p) <= min(need, capacity of p) x sum of x over options whose site opens p to d;
//! - need: sum over p of g(d,p) <= need x sum of x over options whose site opens any pool to d.
//!
//! Left out: options above a capacity; options that another of the same agent and site beats in
//! value and every use; and options for which the price bound with the option forced in is below
//! the best value known (reduced-cost fixing), so nothing better than the best is lost.
//!
//! Not here: good_lp, HiGHS (`milp_call`).

use super::instance::{Agent, Instance};
use super::milp_tighten::reachable;
use super::pricing::{self, Gains};
use super::state::at;

/// A row: entries and upper limit, or equality.
pub(super) struct Row {
    pub(super) entries: Vec<(usize, f64)>,
    pub(super) limit: f64,
    pub(super) equal: bool,
}

/// Columns and rows; the first columns are the options, then the grants.
pub(super) struct Model {
    pub(super) costs: Vec<f64>,
    pub(super) uppers: Vec<f64>,
    pub(super) rows: Vec<Row>,
    /// (agent, option) of each option column.
    pub(super) options: Vec<(usize, usize)>,
    /// (agent, demand, pool) of each grant column.
    pub(super) grants: Vec<(usize, usize, u32)>,
    /// Row and divisor of each resource, if it has a row.
    pub(super) resource_rows: Vec<Option<(usize, f64)>>,
    /// Objective is divided by this.
    pub(super) scale: f64,
    /// Whether floating point carries all numbers exactly, so that a bound may be believed.
    pub(super) sound: bool,
}

/// What is known before the model is built.
pub(super) struct Known<'k> {
    pub(super) prices: &'k [f64],
    pub(super) value: Option<i64>,
}

/// Largest coefficient that is carried without loss worth speaking of.
const EXACT: f64 = (1u64 << 44) as f64;

/// Builds the reduced model.
pub(super) fn build(instance: &Instance, known: &Known) -> Model {
    let mut model = Model {
        costs: Vec::new(),
        uppers: Vec::new(),
        rows: Vec::new(),
        options: Vec::new(),
        grants: Vec::new(),
        resource_rows: vec![None; instance.resources().len()],
        scale: 1.0,
        sound: true,
    };
    let kept = kept(instance, known);
    for (a, options) in kept.iter().enumerate() {
        for &k in options {
            model.options.push((a, k));
            model
                .costs
                .push(-(instance.agents()[a].options[k].value as f64));
            model.uppers.push(1.0);
        }
    }
    let mut first = 0;
    for (a, options) in kept.iter().enumerate() {
        let columns: Vec<usize> = (first..first + options.len()).collect();
        first += options.len();
        model.agent(instance, a, &columns);
    }
    model.resources(instance);
    model.rescale();
    model
}

/// Options per agent that the model keeps.
fn kept(instance: &Instance, known: &Known) -> Vec<Vec<usize>> {
    let reply = pricing::reply(instance, known.prices);
    let size: f64 = reply.bound.abs()
        + known
            .prices
            .iter()
            .zip(instance.resources())
            .map(|(p, r)| p * r.capacity as f64)
            .sum::<f64>();
    // Rounding of the sums is below 1e-12 of their size; the margin is far above that.
    let margin = 1e-9 * size + 1e-3;
    let limit = known.value.map_or(f64::NEG_INFINITY, |v| v as f64 - margin);
    let of = |a: &Agent| {
        let (_, best) = pricing::best(instance, a, known.prices);
        let mut gains = Gains::default();
        let mut good = |k: &usize| {
            pricing::possible(instance, &a.options[*k].uses)
                && reply.bound - best + pricing::net(instance, a, *k, known.prices, &mut gains)
                    >= limit
        };
        let list: Vec<usize> = (0..a.options.len()).filter(|k| good(k)).collect();
        list.iter()
            .copied()
            .filter(|&k| !beaten(a, &list, k))
            .collect()
    };
    instance.agents().iter().map(of).collect()
}

/// Agents with more options than this are not searched for beaten ones.
const BEATEN_LIMIT: usize = 400;

/// Whether another option of the same site is as good in everything (the earlier one stays).
fn beaten(a: &Agent, list: &[usize], k: usize) -> bool {
    let o = &a.options[k];
    list.len() <= BEATEN_LIMIT
        && list.iter().any(|&j| {
            let p = &a.options[j];
            j != k
                && p.site == o.site
                && p.value >= o.value
                && p.uses
                    .iter()
                    .all(|&(r, n)| o.uses.iter().any(|&(q, m)| q == r && m >= n))
                && (j < k || p.value > o.value || !same(&p.uses, &o.uses))
        })
}

/// Same uses in any order.
fn same(p: &[(u32, i64)], o: &[(u32, i64)]) -> bool {
    p.len() == o.len() && p.iter().all(|u| o.contains(u))
}

impl Model {
    /// Rows of one agent: its options, its demands.
    fn agent(&mut self, instance: &Instance, a: usize, columns: &[usize]) {
        let agent = &instance.agents()[a];
        if columns.len() > 1 || agent.required {
            let entries = columns.iter().map(|&c| (c, 1.0)).collect();
            self.rows.push(Row {
                entries,
                limit: 1.0,
                equal: agent.required,
            });
        }
        for (d, demand) in agent.lodging.iter().enumerate() {
            if demand.need <= 0 || demand.value <= 0 {
                continue;
            }
            let open = |c: usize| demand.pools.get(&agent.options[self.options[c].1].site);
            let hosts: Vec<usize> = columns
                .iter()
                .copied()
                .filter(|&c| open(c).is_some_and(|p| !p.is_empty()))
                .collect();
            let mut pools: Vec<u32> = hosts
                .iter()
                .filter_map(|&c| open(c))
                .flatten()
                .copied()
                .collect();
            pools.sort_unstable();
            pools.dedup();
            pools.retain(|&p| instance.resources()[at(p)].capacity > 0);
            let links: Vec<(u32, Vec<usize>)> = pools
                .iter()
                .map(|&p| {
                    (
                        p,
                        hosts
                            .iter()
                            .copied()
                            .filter(|&c| open(c).is_some_and(|l| l.contains(&p)))
                            .collect(),
                    )
                })
                .collect();
            self.demand(instance, (a, d), &hosts, links);
        }
    }

    /// Columns and rows of one demand.
    fn demand(
        &mut self,
        instance: &Instance,
        (a, d): (usize, usize),
        hosts: &[usize],
        links: Vec<(u32, Vec<usize>)>,
    ) {
        let demand = &instance.agents()[a].lodging[d];
        let several = links.len() > 1;
        let mut all: Vec<(usize, f64)> =
            hosts.iter().map(|&c| (c, -(demand.need as f64))).collect();
        for (p, options) in links {
            let most = demand.need.min(instance.resources()[at(p)].capacity) as f64;
            let column = self.costs.len();
            self.costs.push(-(demand.value as f64));
            self.uppers.push(most);
            self.grants.push((a, d, p));
            all.push((column, 1.0));
            let mut entries: Vec<(usize, f64)> = options.iter().map(|&c| (c, -most)).collect();
            entries.push((column, 1.0));
            self.rows.push(Row {
                entries,
                limit: 0.0,
                equal: false,
            });
        }
        if several {
            self.rows.push(Row {
                entries: all,
                limit: 0.0,
                equal: false,
            });
        }
    }

    /// One row per resource that can bind.
    fn resources(&mut self, instance: &Instance) {
        let mut entries: Vec<Vec<(usize, i64)>> = vec![Vec::new(); instance.resources().len()];
        for (c, &(a, k)) in self.options.iter().enumerate() {
            for &(r, n) in &instance.agents()[a].options[k].uses {
                entries[at(r)].push((c, n));
            }
        }
        for (g, &(_, _, p)) in self.grants.iter().enumerate() {
            entries[at(p)].push((self.options.len() + g, 1));
        }
        for (r, list) in entries.into_iter().enumerate() {
            let capacity = instance.resources()[r].capacity;
            let most: f64 = list.iter().map(|&(c, n)| n as f64 * self.uppers[c]).sum();
            if most <= capacity as f64 * (1.0 - 1e-12) || list.is_empty() {
                continue;
            }
            let unit = list.iter().fold(0, |g, &(_, n)| gcd(g, n)).max(1);
            self.resource_rows[r] = Some((self.rows.len(), unit as f64));
            let amounts = list.iter().map(|&(_, n)| n / unit);
            let whole = list.iter().all(|&(c, _)| c < self.options.len());
            let capacity = capacity / unit;
            let limit = if whole {
                reachable(capacity, amounts)
            } else {
                capacity
            } as f64;
            let entries = list.iter().map(|&(c, n)| (c, (n / unit) as f64)).collect();
            self.sound &= limit <= EXACT;
            self.rows.push(Row {
                entries,
                limit,
                equal: false,
            });
        }
    }

    /// Large values are divided by a power of two, so that tolerances of the solver fit them.
    fn rescale(&mut self) {
        let largest = self.costs.iter().fold(0f64, |m, c| m.max(c.abs()));
        while largest / self.scale > 1e7 {
            self.scale *= 2.0;
        }
        self.costs.iter_mut().for_each(|c| *c /= self.scale);
        self.sound &= largest <= EXACT;
    }
}

fn gcd(mut a: i64, mut b: i64) -> i64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
