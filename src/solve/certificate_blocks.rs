//! The bound that a block certificate proves: prices for agents and for some resources, exact
//! packing of the others.
//!
//! Packed resources keep their capacities; those that some option uses together are one block, so
//! each option touches at most one. Resources that are not packed have a price >= 0, each agent a
//! price mu_a (>= 0 unless it is required). With p_o = value - sum of price x use of what is not
//! packed + lodging gain at the site:
//!
//! bound = sum over not packed of price x capacity + sum over agents of T_a + sum over blocks K_B,
//! T_a = max of mu_a (if an option of it lies in a block), 0 (if not required), p_o (outside),
//! K_B >= profit p_o - mu_a of every packing of the block that keeps its capacities.
//!
//! Proof: prices x (capacity - use) >= 0, so a feasible value is at most price x capacity + sum of
//! p_o over what is chosen; p_o = mu_a + (p_o - mu_a) in blocks, the first part is at most T_a and
//! the second parts of a block at most K_B; outside p_o <= T_a, and who takes nothing has T_a >= 0.
//! Source: Lagrangian relaxation that keeps the capacities (Fisher, Jaikumar and Van Wassenhove
//! 1986; Dantzig and Wolfe 1960). Whom the certificate holds to one place in a block counts once in
//! its K_B, as in every feasible packing. Options that are worth nothing in a block (p_o <= mu_a) leave it.
//!
//! Sums: a block may count an agent twice per packed resource, so the W of `certificate_market`
//! gains sum |mu_a| and is taken 2 x packed times; then no sum of profits overflows.
//! Not here: K_B (`certificate_frontier`).

use super::certificate::{Proof, check_prices, huge};
use super::certificate_frontier::{self as frontier, Part, Several};
use super::certificate_market::{Gains, Market};
use super::certificate_pack::{Item, Work};
use super::finding::{Code, Finding};
use super::instance::{Agent, Instance};
use super::outcome::{BlockProof, Held};
use std::collections::BTreeMap;

/// There is not exactly one price per agent.
pub const AGENT_PRICE_COUNT: Code = Code("SV224");
/// A price of an agent is not a finite number, or negative though the agent is not required.
pub const AGENT_PRICE_RANGE: Code = Code("SV225");
/// A packed resource does not exist.
pub const PACKED_UNKNOWN: Code = Code("SV226");
/// A resource is packed twice.
pub const PACKED_TWICE: Code = Code("SV227");
/// A packed resource is a pool of some demand.
pub const PACKED_POOL: Code = Code("SV228");
/// A packed resource has a price.
pub const PACKED_PRICED: Code = Code("SV229");
/// A group of held agents names agents or resources that do not exist or are in two groups, or too
/// many agents.
pub const HELD_WRONG: Code = Code("SV230");

/// Computes the bound that a certificate proves, with the agents that it holds to one place.
///
/// # Errors
/// As [`block_bound`]; groups that name agents or resources that do not exist, resources in two groups,
/// or more agents than the check can tell apart.
pub fn proof_bound(instance: &Instance, proof: &BlockProof) -> Result<Proof, Finding> {
    certified(instance, proof, &proof.held)
}

/// Computes the bound that a block certificate proves: positions of the packed resources, one
/// price per agent, one price per resource.
///
/// # Errors
/// Wrong numbers of prices, prices out of range or too large, packed resources that do not exist,
/// stand twice, serve as pools or have a price.
pub fn block_bound(
    instance: &Instance,
    packed: &[u32],
    agents: &[f64],
    resources: &[f64],
) -> Result<Proof, Finding> {
    let proof = BlockProof {
        packed: packed.to_vec(),
        agents: agents.to_vec(),
        resources: resources.to_vec(),
        held: Vec::new(),
        bound: 0,
    };
    certified(instance, &proof, &[])
}

fn certified(instance: &Instance, proof: &BlockProof, held: &[Held]) -> Result<Proof, Finding> {
    check_prices(instance, &proof.resources, "proof/resources")?;
    check_agents(instance, &proof.agents)?;
    let inside = inside(instance, &proof.packed, &proof.resources)?;
    let group = groups(instance, held)?;
    let more: f64 = proof.agents.iter().map(|mu| mu.abs()).sum();
    let times = (2.0 * proof.packed.len() as f64).max(1.0);
    let market = Market::new(instance, &proof.resources, more, times);
    let bound = market.and_then(|market| {
        let mut hall = Hall {
            market,
            inside,
            entries: Vec::new(),
            uses: Vec::new(),
            group,
        };
        hall.bound(instance, &proof.agents)
    });
    bound.ok_or_else(|| huge("proof"))
}

/// Agents that are held where each resource lies.
fn groups(instance: &Instance, held: &[Held]) -> Result<Vec<Vec<usize>>, Finding> {
    let mut group = vec![Vec::new(); instance.resources().len()];
    for (k, held) in held.iter().enumerate() {
        let agents: Vec<usize> = held.agents.iter().map(|&a| place(a)).collect();
        let known = agents.iter().all(|&a| a < instance.agents().len());
        let mut sound = known && !agents.is_empty() && agents.len() <= frontier::HELD;
        for &r in &held.packed {
            match group.get_mut(place(r)).filter(|g| g.is_empty()) {
                Some(slot) => slot.clone_from(&agents),
                None => sound = false,
            }
        }
        if !sound {
            let text = "is not a group of known agents and of resources of its own".to_owned();
            return Err(Finding::new(HELD_WRONG, format!("proof/held/{k}"), text));
        }
    }
    Ok(group)
}

fn check_agents(instance: &Instance, prices: &[f64]) -> Result<(), Finding> {
    let agents = instance.agents();
    if prices.len() != agents.len() {
        let text = format!("{} given for {} agents", prices.len(), agents.len());
        return Err(Finding::new(AGENT_PRICE_COUNT, "proof/agents", text));
    }
    for (k, (a, &price)) in agents.iter().zip(prices).enumerate() {
        if !price.is_finite() || (price < 0.0 && !a.required) {
            let text = format!("{price} is not a price of {}", a.id);
            return Err(Finding::new(
                AGENT_PRICE_RANGE,
                format!("proof/agents/{k}"),
                text,
            ));
        }
    }
    Ok(())
}

/// Whether each resource is packed.
fn inside(instance: &Instance, packed: &[u32], prices: &[f64]) -> Result<Vec<bool>, Finding> {
    let resources = instance.resources();
    let mut pool = vec![false; resources.len()];
    let demands = instance.agents().iter().flat_map(|a| &a.lodging);
    for &p in demands.flat_map(|d| d.pools.values()).flatten() {
        pool[place(p)] = true;
    }
    let mut inside = vec![false; resources.len()];
    for (k, &r) in packed.iter().enumerate() {
        let bad = |code, text: &str| {
            Err(Finding::new(
                code,
                format!("proof/packed/{k}"),
                format!("{r} {text}"),
            ))
        };
        let Some(taken) = inside.get_mut(place(r)) else {
            return bad(PACKED_UNKNOWN, "is not the position of a resource");
        };
        if std::mem::replace(taken, true) {
            return bad(PACKED_TWICE, "is packed twice");
        }
        if pool[place(r)] {
            return bad(PACKED_POOL, "is a pool of apartments");
        }
        if prices[place(r)] > 0.0 {
            return bad(PACKED_PRICED, "is packed, so it has no price");
        }
    }
    Ok(inside)
}

/// A position as an index; one that does not fit is the index of nothing.
fn place(position: u32) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

/// An option that is worth something in a block.
struct Entry {
    agent: usize,
    profit: i128,
    /// Its packed uses in the list of all, rising.
    from: usize,
    to: usize,
}

struct Hall {
    market: Market,
    inside: Vec<bool>,
    entries: Vec<Entry>,
    uses: Vec<(usize, i64)>,
    /// Agents that are held where each resource lies.
    group: Vec<Vec<usize>>,
}

impl Hall {
    fn bound(&mut self, instance: &Instance, prices: &[f64]) -> Option<Proof> {
        let mut total = self.market.stock()?;
        for (k, (a, &price)) in instance.agents().iter().zip(prices).enumerate() {
            match self.term(k, a, self.market.signed(price))? {
                Some(term) => total = total.checked_add(term)?,
                None => return Some(Proof::Infeasible),
            }
        }
        let mut work = Work::new();
        for (lowest, block) in self.blocks() {
            let best = frontier::best(&block, &self.group[lowest], &mut work);
            total = total.checked_add(best)?;
        }
        let scale = self.market.scale;
        Some(Proof::Bound { total, scale })
    }

    /// T_a, and notes what the agent is worth in blocks; `Some(None)` if it must take an option
    /// and none fits.
    fn term(&mut self, agent: usize, a: &Agent, price: i128) -> Option<Option<i128>> {
        let mut term = if a.required { None } else { Some(0) };
        let mut gains = Gains::new();
        for o in a.options.iter().filter(|o| self.market.possible(o)) {
            let worth = self.market.worth(a, o, &mut gains)?;
            let from = self.uses.len();
            let uses = o.uses.iter().map(|&(r, n)| (place(r), n));
            self.uses.extend(uses.filter(|u| self.inside[u.0]));
            let to = self.uses.len();
            if from == to {
                term = term.max(Some(worth));
                continue;
            }
            term = term.max(Some(price));
            let profit = worth.checked_sub(price)?;
            if profit > 0 {
                self.uses[from..].sort_unstable();
                self.entries.push(Entry {
                    agent,
                    profit,
                    from,
                    to,
                });
            } else {
                self.uses.truncate(from);
            }
        }
        Some(term)
    }

    /// The parts of every block, by its lowest resource.
    fn blocks(&self) -> BTreeMap<usize, Vec<Part>> {
        let mut first: Vec<usize> = (0..self.inside.len()).collect();
        for entry in &self.entries {
            let uses = &self.uses[entry.from..entry.to];
            for pair in uses.windows(2) {
                join(&mut first, pair[0].0, pair[1].0);
            }
        }
        let mut blocks: BTreeMap<usize, Vec<Part>> = BTreeMap::new();
        let mut within = vec![0; self.inside.len()];
        for r in (0..self.inside.len()).filter(|&r| self.inside[r]) {
            let block = blocks.entry(root(&mut first, r)).or_default();
            within[r] = block.len();
            let capacity = self.market.capacity(u32::try_from(r).unwrap_or(u32::MAX));
            block.push(Part {
                capacity,
                ..Part::default()
            });
        }
        for &Entry {
            agent,
            profit,
            from,
            to,
        } in &self.entries
        {
            let uses = &self.uses[from..to];
            let (lowest, amount) = uses[0];
            let Some(block) = blocks.get_mut(&root(&mut first, lowest)) else {
                continue;
            };
            let part = &mut block[within[lowest]];
            if uses.len() == 1 {
                part.alone.push(Item {
                    agent,
                    amount,
                    profit,
                });
            } else {
                let uses = uses.iter().map(|&(r, n)| (within[r], n)).collect();
                part.several.push(Several {
                    agent,
                    profit,
                    uses,
                });
            }
        }
        blocks
    }
}

/// The lowest resource of a block (disjoint sets, Tarjan 1975).
fn root(first: &mut [usize], mut r: usize) -> usize {
    while first[r] != r {
        first[r] = first[first[r]];
        r = first[r];
    }
    r
}

fn join(first: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(first, a), root(first, b));
    first[a.max(b)] = a.min(b);
}
