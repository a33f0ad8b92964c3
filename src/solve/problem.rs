//! The instance in flat arrays, after presolve: what the engine reads in its loops.
//!
//! Left out, because no best choice needs them: options above a capacity; options that another of
//! the same agent beats (at least the value, same apartments, no use larger); options of an agent
//! that is not required whose value and dearest apartments together are not positive; resources
//! that all agents together cannot fill (never binding). Everything else keeps its meaning, so a
//! choice of the problem is a choice of the instance of the same value.
//!
//! A stay is what an agent may be granted at one site: its demands with the pools open there.
//! Not here: how resources are convexified (`shape`), who takes what (`standing`).

use super::instance::{Agent, Instance};

/// No stay: the option opens no apartments.
pub(super) const NONE: u32 = u32::MAX;
/// Agents with more options than this are not searched for beaten ones.
const BEATEN_LIMIT: usize = 400;

/// One demand at one site.
#[derive(Clone, Debug)]
pub(super) struct Demand {
    /// Position of the demand in the instance's agent.
    pub(super) origin: u32,
    pub(super) need: i64,
    pub(super) value: i64,
    /// Pools open at the site, none of capacity 0.
    pub(super) pools: Vec<u32>,
}

/// Flat arrays; options of agent `a` are `first[a]..first[a + 1]`.
pub(super) struct Problem {
    pub(super) first: Vec<u32>,
    pub(super) required: Vec<bool>,
    /// Agent of each option.
    pub(super) agent: Vec<u32>,
    pub(super) value: Vec<i64>,
    /// Stay of each option, or [`NONE`].
    pub(super) stay: Vec<u32>,
    /// Position of each option in the instance's agent.
    pub(super) origin: Vec<u32>,
    pub(super) site: Vec<i64>,
    use_first: Vec<u32>,
    uses: Vec<(u32, i64)>,
    /// Demands of each stay, dearest first.
    pub(super) stays: Vec<Vec<Demand>>,
    pub(super) capacity: Vec<i64>,
    /// Whether the resource can bind; the uses of others are left out.
    pub(super) binding: Vec<bool>,
}

impl Problem {
    /// Flattens and reduces an instance.
    pub(super) fn of(instance: &Instance) -> Self {
        let capacity: Vec<i64> = instance.resources().iter().map(|r| r.capacity).collect();
        let binding = binding(instance, &capacity);
        let mut problem = Self {
            first: vec![0],
            required: instance.agents().iter().map(|a| a.required).collect(),
            agent: Vec::new(),
            value: Vec::new(),
            stay: Vec::new(),
            origin: Vec::new(),
            site: Vec::new(),
            use_first: vec![0],
            uses: Vec::new(),
            stays: Vec::new(),
            capacity,
            binding,
        };
        for (a, agent) in instance.agents().iter().enumerate() {
            problem.add(small(a), agent);
        }
        problem
    }

    fn add(&mut self, a: u32, agent: &Agent) {
        let mut stays: Vec<(i64, u32, i64)> = Vec::new();
        let possible: Vec<usize> = (0..agent.options.len())
            .filter(|&k| self.possible(&agent.options[k].uses))
            .collect();
        let kept: Vec<usize> = possible
            .iter()
            .copied()
            .filter(|&k| !beaten(agent, &possible, k))
            .collect();
        for k in kept {
            let option = &agent.options[k];
            let (stay, most) = self.stay_at(agent, option.site, &mut stays);
            if !agent.required && option.value.saturating_add(most) <= 0 {
                continue;
            }
            self.agent.push(a);
            self.value.push(option.value);
            self.stay.push(stay);
            self.origin.push(small(k));
            self.site.push(option.site);
            let binding = &self.binding;
            self.uses
                .extend(option.uses.iter().filter(|u| binding[at(u.0)]));
            self.use_first.push(small(self.uses.len()));
        }
        self.first.push(small(self.agent.len()));
    }

    fn possible(&self, uses: &[(u32, i64)]) -> bool {
        uses.iter().all(|&(r, n)| n <= self.capacity[at(r)])
    }

    /// Stay of the agent at a site and the most that it could gain there.
    fn stay_at(
        &mut self,
        agent: &Agent,
        site: i64,
        known: &mut Vec<(i64, u32, i64)>,
    ) -> (u32, i64) {
        if let Some(&(_, stay, most)) = known.iter().find(|k| k.0 == site) {
            return (stay, most);
        }
        let (mut demands, mut most) = (Vec::new(), 0i64);
        for (d, demand) in agent.lodging.iter().enumerate() {
            let open = demand.pools.get(&site).into_iter().flatten().copied();
            let pools: Vec<u32> = open.filter(|&p| self.capacity[at(p)] > 0).collect();
            if demand.need <= 0 || demand.value <= 0 || pools.is_empty() {
                continue;
            }
            let reach = pools
                .iter()
                .map(|&p| i128::from(self.capacity[at(p)]))
                .sum::<i128>();
            let need = i64::try_from(reach.min(i128::from(demand.need))).unwrap_or(demand.need);
            // In range: the instance proves that all values together stay below 2^60.
            most += need * demand.value;
            demands.push(Demand {
                origin: small(d),
                need,
                value: demand.value,
                pools,
            });
        }
        demands.sort_by_key(|d| std::cmp::Reverse(d.value));
        let stay = if demands.is_empty() {
            NONE
        } else {
            self.stays.push(demands);
            small(self.stays.len() - 1)
        };
        known.push((site, stay, most));
        (stay, most)
    }

    pub(super) fn agents(&self) -> usize {
        self.required.len()
    }

    pub(super) fn options(&self) -> usize {
        self.agent.len()
    }

    /// Options of an agent.
    pub(super) fn of_agent(&self, a: usize) -> std::ops::Range<usize> {
        at(self.first[a])..at(self.first[a + 1])
    }

    /// What an option uses of the resources that can bind.
    pub(super) fn uses(&self, option: usize) -> &[(u32, i64)] {
        &self.uses[at(self.use_first[option])..at(self.use_first[option + 1])]
    }

    /// Demands that an option opens.
    pub(super) fn demands(&self, option: usize) -> &[Demand] {
        match self.stay[option] {
            NONE => &[],
            stay => &self.stays[at(stay)],
        }
    }
}

/// Whether all agents together could use more than there is.
fn binding(instance: &Instance, capacity: &[i64]) -> Vec<bool> {
    let mut most = vec![0i128; capacity.len()];
    let mut of_agent: std::collections::HashMap<u32, i128> = std::collections::HashMap::new();
    for agent in instance.agents() {
        of_agent.clear();
        for &(r, n) in agent.options.iter().flat_map(|o| &o.uses) {
            if n <= capacity[at(r)] {
                let most = of_agent.entry(r).or_insert(0);
                *most = (*most).max(i128::from(n));
            }
        }
        for demand in &agent.lodging {
            let pools: std::collections::BTreeSet<u32> =
                demand.pools.values().flatten().copied().collect();
            for p in pools {
                *of_agent.entry(p).or_insert(0) += i128::from(demand.need.max(0));
            }
        }
        for (&r, &n) in &of_agent {
            most[at(r)] += n;
        }
    }
    most.iter()
        .zip(capacity)
        .map(|(m, &c)| *m > i128::from(c))
        .collect()
}

/// Whether another option of the same site is as good in everything (the earlier of equals stays).
fn beaten(agent: &Agent, list: &[usize], k: usize) -> bool {
    let o = &agent.options[k];
    let beats = |&j: &usize| {
        let p = &agent.options[j];
        let within = |a: &[(u32, i64)], b: &[(u32, i64)]| {
            a.len() <= b.len() && a.iter().all(|u| b.iter().any(|w| w.0 == u.0 && w.1 >= u.1))
        };
        j != k
            && p.value >= o.value
            && (p.site == o.site || agent.lodging.is_empty())
            && within(&p.uses, &o.uses)
            && (j < k || p.value > o.value || !within(&o.uses, &p.uses))
    };
    list.len() <= BEATEN_LIMIT && list.iter().any(beats)
}

/// Position as index.
pub(super) fn at(position: u32) -> usize {
    position as usize
}

/// Index as position; the instance proves that all fit.
pub(super) fn small(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
