//! Groups of firms: by district of registration, or by size. The satisfaction of a group is the points of
//! its firms over what they would have if each had the city to itself.
//!
//! Not here: which group counts how much (`weigh`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::snapshot::Snapshot;
use crate::planning::ask::bundle::best;
use crate::planning::ask::footing::worth;
use crate::planning::build::Built;
use crate::planning::lots::at;
use crate::planning::taken::Chosen;
use crate::planning::why::viewer::{Size, firm_of};

/// How firms are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// By district of registration.
    District,
    /// By number of people.
    Size,
}

/// A group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// District code or name of the size.
    pub name: String,
    /// Agents.
    pub agents: Vec<usize>,
    /// What each would have alone, together.
    pub ideal: i64,
}

/// The groups that want anything, by name.
pub fn groups(snapshot: &Snapshot, built: &Built, by: By) -> Vec<Group> {
    let free: Vec<i64> = built
        .instance
        .resources()
        .iter()
        .map(|r| r.capacity)
        .collect();
    let mut all: BTreeMap<String, Group> = BTreeMap::new();
    for case in &built.cases {
        let Some(n) = case.agent.map(at) else {
            continue;
        };
        let agent = built.instance.agents().get(n);
        let firm = firm_of(snapshot, &case.application);
        let (Some(agent), Some(firm)) = (agent, firm) else {
            continue;
        };
        let name = match by {
            By::District => firm.district.to_string(),
            By::Size => Size::of(firm).name().to_owned(),
        };
        let alone = best(agent, &free, 0..agent.options.len()).map_or(0, |(_, worth)| worth.max(0));
        let group = all.entry(name.clone()).or_insert_with(|| Group {
            name,
            agents: Vec::new(),
            ideal: 0,
        });
        group.agents.push(n);
        group.ideal = group.ideal.saturating_add(alone);
    }
    all.into_values().filter(|g| g.ideal > 0).collect()
}

impl Group {
    /// Points of the group.
    pub fn points(&self, built: &Built, chosen: &[Option<Chosen>]) -> i64 {
        let of = |n: &usize| {
            let agent = built.instance.agents().get(*n);
            let chosen = chosen.get(*n).and_then(Option::as_ref);
            agent.zip(chosen).map_or(0, |(a, c)| worth(a, c))
        };
        self.agents.iter().map(of).fold(0, i64::saturating_add)
    }

    /// Satisfaction in parts per million, rounded down.
    pub fn satisfaction(&self, built: &Built, chosen: &[Option<Chosen>]) -> i64 {
        let exact =
            i128::from(self.points(built, chosen)) * 1_000_000 / i128::from(self.ideal.max(1));
        i64::try_from(exact).unwrap_or(i64::MAX)
    }
}

/// The least satisfaction of any group in parts per million; a million without groups.
pub fn least(groups: &[Group], built: &Built, chosen: &[Option<Chosen>]) -> i64 {
    let all = groups.iter().map(|g| g.satisfaction(built, chosen));
    all.min().unwrap_or(1_000_000)
}
