//! What solved draws do with one firm, counted: in how many it has a place, and which.
//!
//! Not here: the draws (`year`).

use std::collections::BTreeMap;

use crate::planning::lots::count;
use crate::planning::taken::Chosen;
use crate::solve::instance::Agent;

/// A firm is placed when more draws place it than not: that outweighs everything else.
const PLACE: i64 = 1_000_000;
/// Then the option that most draws give it.
const OPTION: i64 = 100_000;

/// The votes on one firm.
#[derive(Debug, Clone, Default)]
pub struct Votes {
    nothing: i64,
    options: BTreeMap<u32, i64>,
}

impl Votes {
    /// One draw more.
    pub fn cast(&mut self, chosen: Option<&Chosen>) {
        match chosen {
            None => self.nothing += 1,
            Some(chosen) => *self.options.entry(chosen.option).or_default() += 1,
        }
    }

    /// How many draws there were.
    pub fn draws(&self) -> i64 {
        self.nothing + self.options.values().sum::<i64>()
    }

    /// The agent with votes for values; what its options are worth at prices decides where votes do not.
    pub fn counted(&self, priced: Agent) -> Agent {
        let mut agent = priced;
        let draws = self.draws().max(1);
        let place = PLACE * (draws - 2 * self.nothing) / draws;
        for (n, option) in agent.options.iter_mut().enumerate() {
            let votes = self.options.get(&count(n)).copied().unwrap_or(0);
            let rest = option.value.clamp(-OPTION, OPTION);
            option.value = place + OPTION * votes / draws + rest;
        }
        agent
    }
}
