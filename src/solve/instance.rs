//! The problem in numbers: resources with capacities, agents with options and lodging demands.
//!
//! An agent takes at most one option (exactly one if required); an option uses resources; each
//! lodging demand may be granted apartments from the pools listed under the site of the taken
//! option. The sum of values is maximised. An [`Instance`] exists only if it is sound, so that
//! everything that reads it may rely on the ranges below.
//!
//! Ranges, proven by [`Instance::new`]: capacities, uses, needs and values are 64-bit; the sum
//! over agents of (largest |option value| + sum over demands of |value| x what its pools could
//! grant) is at most [`MAX_TOTAL`] = 2^60, so the value of any feasible choice and any bound
//! worth stating fit in 64 bits. Sums of uses over arbitrary, infeasible choices have at most
//! 2^32 terms below 2^63 and fit in 128 bits.
//!
//! Not here: the checks (`instance_check`), files, what the numbers mean.

use super::finding::Finding;
use super::instance_check;
use std::collections::BTreeMap;

/// Largest total of values that an instance may reach.
pub const MAX_TOTAL: i128 = 1 << 60;

/// Something limited: a floor, a budget, a pool of apartments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// Name, unique in the instance.
    pub id: String,
    /// Amount that may be used, at least 0.
    pub capacity: i64,
}

/// One way to place an agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opt {
    /// Name, unique within the agent.
    pub id: String,
    /// Worth of the option; may be negative.
    pub value: i64,
    /// Site that decides which lodging pools are open.
    pub site: i64,
    /// Position of a resource and the amount (at least 1) used of it; no resource twice.
    pub uses: Vec<(u32, i64)>,
}

/// A demand for apartments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lodging {
    /// Most apartments that may be granted, at least 0.
    pub need: i64,
    /// Worth of each apartment.
    pub value: i64,
    /// Positions of the pools (resources) open at each site.
    pub pools: BTreeMap<i64, Vec<u32>>,
}

/// A firm: takes at most one of its options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    /// Name, unique in the instance.
    pub id: String,
    /// Whether it must take an option.
    pub required: bool,
    /// The options, in the order of the file.
    pub options: Vec<Opt>,
    /// The lodging demands, in the order of the file.
    pub lodging: Vec<Lodging>,
}

/// A sound problem. Cannot be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    name: String,
    resources: Vec<Resource>,
    agents: Vec<Agent>,
}

impl Instance {
    /// Proves the parts and joins them.
    ///
    /// # Errors
    /// Every fault of the instance, in the order of the file.
    pub fn new(
        name: String,
        resources: Vec<Resource>,
        mut agents: Vec<Agent>,
    ) -> Result<Self, Vec<Finding>> {
        drop_repeated_pools(&mut agents);
        let findings = instance_check::check(&resources, &agents);
        if findings.is_empty() {
            Ok(Self {
                name,
                resources,
                agents,
            })
        } else {
            Err(findings)
        }
    }

    /// Name of the instance; an outcome names it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The resources; uses and pools refer to them by position.
    pub fn resources(&self) -> &[Resource] {
        &self.resources
    }

    /// The agents.
    pub fn agents(&self) -> &[Agent] {
        &self.agents
    }
}

/// A pool named twice under a site counts once.
fn drop_repeated_pools(agents: &mut [Agent]) {
    for pools in agents
        .iter_mut()
        .flat_map(|a| &mut a.lodging)
        .flat_map(|d| d.pools.values_mut())
    {
        let mut seen = std::collections::HashSet::new();
        pools.retain(|p| seen.insert(*p));
    }
}
