//! A year of arrivals in steps. At every step prices are found for what is left: those who arrived are
//! solved together with those who are still expected (some draws from earlier years). Then all who arrived
//! are placed together, for good: at the mean prices of the draws, or as most of the draws place them.
//! Whoever comes later is not known: a decision sees the arrivals up to it and the draws, nothing else.
//!
//! After A. Ahani, P. Golz, A. Procaccia, A. Teytelboym, A. Trapp, Dynamic placement in refugee
//! resettlement, Oper. Res. 72 (2024): prices of the expected rest instead of greed; and R. Bent,
//! P. Van Hentenryck, Scenario-based planning, Oper. Res. 52 (2004): the consensus of solved scenarios.
//!
//! Not here: who arrives when (passed in).

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::priced::priced;
use super::votes::Votes;
use crate::domain::fault::Faults;
use crate::planning::ask::again::{Effort, again};
use crate::planning::ask::edit::sound;
use crate::planning::ask::range::Range;
use crate::planning::fair::serial::Taken;
use crate::planning::lots::{at, count};
use crate::planning::taken::Chosen;
use crate::solve::instance::{Agent, Instance, Resource};
use crate::solve::outcome::Choice;

/// Prices count less by this share than the draws say: each draw is solved as if its firms were known, so
/// that all which is held back finds its firm; of what is held back in truth a part stays empty.
const BELIEVED: f64 = 0.9;

/// Who arrives, and what earlier years let expect.
pub struct Year<'a> {
    /// All firms, of this year and of earlier ones, and everything that can be let.
    pub instance: &'a Instance,
    /// Agents that arrive, by step.
    pub steps: Vec<Vec<usize>>,
    /// For every step some draws of agents of earlier years: who may still come after it begins.
    pub expected: Vec<Vec<Vec<usize>>>,
}

/// What a run may cost.
pub struct Budget<'e> {
    /// For the prices of one draw.
    pub prices: &'e Effort,
    /// For the placing of one step.
    pub placing: &'e Effort,
}

/// One step.
struct Step<'y> {
    arrived: &'y [usize],
    draws: &'y [Vec<usize>],
    left: &'y [i64],
}

/// What the draws say at a step.
struct Forecast {
    prices: Vec<f64>,
    /// By place among those who arrived.
    votes: Vec<Votes>,
}

/// Who of those who arrived takes what.
type Placing = Result<Vec<Option<Chosen>>, Faults>;

impl Year<'_> {
    /// Everybody takes the best of what is left, in order of arrival.
    pub fn greedy(&self) -> Taken {
        let order: Vec<usize> = self.steps.iter().flatten().copied().collect();
        crate::planning::fair::serial::serial(self.instance, &order)
    }

    /// The most that could be made of all arrivals had they been known.
    pub fn hindsight(
        &self,
        start: &Taken,
        effort: &Effort,
        stop: &Arc<AtomicBool>,
    ) -> Result<Range, Faults> {
        let all: Vec<usize> = self.steps.iter().flatten().copied().collect();
        let capacity: Vec<i64> = self
            .instance
            .resources()
            .iter()
            .map(|r| r.capacity)
            .collect();
        let crowd = self.crowd(&all, &capacity, &|_, a| a.clone())?;
        let start: Vec<Choice> = start.choices(self.instance);
        let answer = again(&crowd, &start, effort, stop);
        Ok(Range::of(answer.value, answer.bound, 0))
    }

    /// Everybody is placed at the prices of the expected rest.
    pub fn by_prices(&self, budget: &Budget<'_>, stop: &Arc<AtomicBool>) -> Result<Taken, Faults> {
        self.go(&|step| {
            let mut prices = self.forecast(step, budget.prices, stop)?.prices;
            prices.iter_mut().for_each(|p| *p *= BELIEVED);
            let crowd = self.crowd(step.arrived, step.left, &|_, a| priced(a, &prices))?;
            Ok(again(&crowd, &[], budget.placing, stop).chosen)
        })
    }

    /// Everybody is placed as most of the solved draws do.
    pub fn by_votes(&self, budget: &Budget<'_>, stop: &Arc<AtomicBool>) -> Result<Taken, Faults> {
        self.go(&|step| {
            let Forecast { prices, votes } = self.forecast(step, budget.prices, stop)?;
            let voted = |n: usize, a: &Agent| match votes.get(n).filter(|v| v.draws() > 0) {
                Some(votes) => votes.counted(priced(a, &prices)),
                None => a.clone(),
            };
            let crowd = self.crowd(step.arrived, step.left, &voted)?;
            Ok(again(&crowd, &[], budget.placing, stop).chosen)
        })
    }

    /// One step after the other, each for good.
    fn go(&self, place: &dyn Fn(&Step<'_>) -> Placing) -> Result<Taken, Faults> {
        let agents = self.instance.agents().len();
        let mut chosen: Vec<Option<Chosen>> = vec![None; agents];
        let mut taken = Taken::of(self.instance, chosen.clone());
        for (n, arrived) in self.steps.iter().enumerate() {
            let draws = self.expected.get(n).map(Vec::as_slice).unwrap_or_default();
            let left = &taken.left;
            let placed = place(&Step {
                arrived,
                draws,
                left,
            })?;
            for (place, placed) in arrived.iter().zip(placed) {
                if let Some(slot) = chosen.get_mut(*place) {
                    *slot = placed;
                }
            }
            taken = Taken::of(self.instance, chosen.clone());
        }
        Ok(taken)
    }

    /// Those who arrived solved with each draw of those to come; nobody to come, nothing is forecast.
    fn forecast(
        &self,
        step: &Step<'_>,
        effort: &Effort,
        stop: &Arc<AtomicBool>,
    ) -> Result<Forecast, Faults> {
        let mut found = Forecast {
            prices: vec![0.0; step.left.len()],
            votes: vec![Votes::default(); step.arrived.len()],
        };
        for draw in step.draws.iter().filter(|d| !d.is_empty()) {
            let all = [step.arrived, draw].concat();
            let crowd = self.crowd(&all, step.left, &|_, a| a.clone())?;
            let answer = again(&crowd, &[], effort, stop);
            for (sum, price) in found
                .prices
                .iter_mut()
                .zip(answer.prices.unwrap_or_default())
            {
                *sum += price / step.draws.len() as f64;
            }
            for (votes, chosen) in found.votes.iter_mut().zip(&answer.chosen) {
                votes.cast(chosen.as_ref());
            }
        }
        Ok(found)
    }

    /// The instance of some agents and of what is left; `change` gives each, by its place among them. An
    /// agent keeps the places of its options.
    fn crowd(
        &self,
        agents: &[usize],
        left: &[i64],
        change: &dyn Fn(usize, &Agent) -> Agent,
    ) -> Result<Instance, Faults> {
        let resources = self.instance.resources().iter().zip(left);
        let resources = resources.map(|(r, left)| Resource {
            id: r.id.clone(),
            capacity: (*left).max(0),
        });
        let known: BTreeSet<u32> = agents.iter().map(|n| count(*n)).collect();
        debug_assert_eq!(known.len(), agents.len(), "nobody arrives twice");
        let all = agents.iter().filter_map(|n| self.instance.agents().get(*n));
        let agents = all.enumerate().map(|(n, a)| change(n, a)).collect();
        sound(self.instance.name(), resources.collect(), agents)
    }

    /// How many of those who arrived are placed.
    pub fn placed(&self, taken: &Taken) -> usize {
        let all = self.steps.iter().flatten();
        all.filter(|n| {
            taken
                .chosen
                .get(at(count(**n)))
                .is_some_and(Option::is_some)
        })
        .count()
    }
}
