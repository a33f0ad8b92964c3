//! The natural model as plain numbers, reduced by what prices prove.
//!
//! minimise - sum value x - sum value g, with x binary per option, g integer per demand d, group h
//! of sites that open the same pools to d, and pool p of these:
//! - agent: sum x <= 1 (= 1 if required);
//! - resource: sum use x + sum g <= capacity, divided by the gcd of its uses, left out if it
//!   cannot bind;
//! - need: sum over p of g(d,h,p) <= need x sum of x over options at the sites of h;
//! - link: g(d,h,p) <= capacity of p x sum of x over options at the sites of h, where that is
//!   below the need.
//!
//! For one agent alone these rows describe the convex hull of its choices (a disjunction over the
//! groups, each an integral polytope), so the relaxation is as strong as pricing agent by agent.
//!
//! Left out: options above a capacity; options that another of the same agent and site beats in
//! value and every use; and options for which the price bound with the option forced in is below
//! the best value known (reduced-cost fixing), so nothing better than the best is lost.
//!
//! Not here: good_lp, HiGHS (`milp_call`).

use super::instance::{Agent, Instance, Lodging};
use super::milp_tighten::reachable;
use super::pricing::{self, Gains};
use super::state::at;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A row: entries and upper limit, or equality.
pub(super) struct Row {
    pub(super) entries: Vec<(usize, f64)>,
    pub(super) limit: f64,
    pub(super) equal: bool,
}

impl Row {
    fn at_most_zero(entries: Vec<(usize, f64)>) -> Row {
        Row {
            entries,
            limit: 0.0,
            equal: false,
        }
    }
}

/// Apartments of one pool for one demand, if the agent takes one of the hosting options.
pub(super) struct Grant {
    pub(super) agent: usize,
    pub(super) demand: usize,
    pub(super) pool: u32,
    /// Columns of the options at the sites of the group.
    pub(super) hosts: Arc<[usize]>,
}

/// Columns and rows; the first columns are the options, then the grants.
pub(super) struct Model {
    pub(super) costs: Vec<f64>,
    pub(super) uppers: Vec<f64>,
    pub(super) rows: Vec<Row>,
    /// (agent, option) of each option column.
    pub(super) options: Vec<(usize, usize)>,
    /// What each grant column stands for.
    pub(super) grants: Vec<Grant>,
    /// Row and divisor of each resource, if it has a row.
    pub(super) resource_rows: Vec<Option<(usize, f64)>>,
    /// Objective is divided by this.
    pub(super) scale: f64,
    /// Every value of the instance is a multiple of this, so a bound is one too.
    pub(super) grain: i64,
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
        grain: grain(instance),
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
    let bound = pricing::bound(instance, known.prices);
    let size: f64 = bound.abs()
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
        let best = pricing::best(instance, a, known.prices);
        let mut gains = Gains::default();
        let mut good = |k: &usize| {
            pricing::possible(instance, &a.options[*k].uses)
                && bound - best + pricing::net(instance, a, *k, known.prices, &mut gains) >= limit
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
            for (pools, hosts) in self.groups(instance, demand, agent, columns) {
                self.demand(instance, (a, d), &pools, hosts.into());
            }
        }
    }

    /// Columns of one agent by the pools that their sites open to a demand.
    fn groups(
        &self,
        instance: &Instance,
        demand: &Lodging,
        agent: &Agent,
        columns: &[usize],
    ) -> BTreeMap<Vec<u32>, Vec<usize>> {
        let mut groups: BTreeMap<Vec<u32>, Vec<usize>> = BTreeMap::new();
        for &column in columns {
            let site = agent.options[self.options[column].1].site;
            let mut pools = demand.pools.get(&site).cloned().unwrap_or_default();
            pools.retain(|&p| instance.resources()[at(p)].capacity > 0);
            pools.sort_unstable();
            pools.dedup();
            if !pools.is_empty() {
                groups.entry(pools).or_default().push(column);
            }
        }
        groups
    }

    /// Columns and rows of one demand at one group of sites.
    fn demand(
        &mut self,
        instance: &Instance,
        (agent, demand): (usize, usize),
        pools: &[u32],
        hosts: Arc<[usize]>,
    ) {
        let lodging = &instance.agents()[agent].lodging[demand];
        let times = |factor: f64| hosts.iter().map(move |&c| (c, -factor));
        let mut all: Vec<(usize, f64)> = times(lodging.need as f64).collect();
        for &pool in pools {
            let capacity = instance.resources()[at(pool)].capacity;
            let column = self.costs.len();
            self.costs.push(-(lodging.value as f64));
            self.uppers.push(lodging.need.min(capacity) as f64);
            self.grants.push(Grant {
                agent,
                demand,
                pool,
                hosts: Arc::clone(&hosts),
            });
            all.push((column, 1.0));
            if capacity < lodging.need {
                let entries = times(capacity as f64).chain([(column, 1.0)]).collect();
                self.rows.push(Row::at_most_zero(entries));
            }
        }
        self.rows.push(Row::at_most_zero(all));
    }

    /// One row per resource that can bind.
    fn resources(&mut self, instance: &Instance) {
        let mut entries: Vec<Vec<(usize, i64)>> = vec![Vec::new(); instance.resources().len()];
        for (c, &(a, k)) in self.options.iter().enumerate() {
            for &(r, n) in &instance.agents()[a].options[k].uses {
                entries[at(r)].push((c, n));
            }
        }
        for (g, grant) in self.grants.iter().enumerate() {
            entries[at(grant.pool)].push((self.options.len() + g, 1));
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

/// Largest number that divides every value; 1 when all are 0.
fn grain(instance: &Instance) -> i64 {
    let values = |a: &Agent| {
        let options = a.options.iter().map(|o| o.value);
        options
            .chain(a.lodging.iter().map(|d| d.value))
            .fold(0, gcd)
    };
    instance
        .agents()
        .iter()
        .map(values)
        .fold(0, gcd)
        .abs()
        .max(1)
}

fn gcd(mut a: i64, mut b: i64) -> i64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
