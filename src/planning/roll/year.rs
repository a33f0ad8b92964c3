//! A year of arrivals in steps. At every step prices are found for what is left and for those who are
//! still expected (some draws from earlier years, each solved, their prices averaged); then all who
//! arrived in the step are placed together at those prices, for good.
//!
//! After A. Ahani, P. Golz, A. Procaccia, A. Teytelboym, A. Trapp, Dynamic placement in refugee
//! resettlement, Oper. Res. 72 (2024): prices of the expected rest instead of greed.
//!
//! Not here: who arrives when (passed in).

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::priced::priced;
use crate::domain::fault::Faults;
use crate::planning::ask::again::{Effort, again};
use crate::planning::ask::edit::sound;
use crate::planning::ask::range::Range;
use crate::planning::fair::serial::Taken;
use crate::planning::lots::{at, count};
use crate::planning::taken::Chosen;
use crate::solve::instance::{Agent, Instance, Resource};
use crate::solve::outcome::Choice;

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
        let crowd = self.crowd(&all, &capacity, None)?;
        let start: Vec<Choice> = start.choices(self.instance);
        let answer = again(&crowd, &start, effort, stop);
        Ok(Range::of(answer.value, answer.bound, 0))
    }

    /// Everybody is placed at the prices of the expected rest.
    pub fn by_prices(&self, budget: &Budget<'_>, stop: &Arc<AtomicBool>) -> Result<Taken, Faults> {
        let agents = self.instance.agents().len();
        let mut chosen: Vec<Option<Chosen>> = vec![None; agents];
        let mut taken = Taken::of(self.instance, chosen.clone());
        for (step, arrived) in self.steps.iter().enumerate() {
            let draws = self
                .expected
                .get(step)
                .map(Vec::as_slice)
                .unwrap_or_default();
            let prices = self.prices(draws, &taken.left, (budget.prices, stop))?;
            let crowd = self.crowd(arrived, &taken.left, Some(&prices))?;
            let answer = again(&crowd, &[], budget.placing, stop);
            for (place, placed) in arrived.iter().zip(answer.chosen) {
                if let Some(slot) = chosen.get_mut(*place) {
                    *slot = placed;
                }
            }
            taken = Taken::of(self.instance, chosen.clone());
        }
        Ok(taken)
    }

    /// Prices for what is left, averaged over the draws; nothing is expected, nothing is held back.
    fn prices(
        &self,
        draws: &[Vec<usize>],
        left: &[i64],
        (effort, stop): (&Effort, &Arc<AtomicBool>),
    ) -> Result<Vec<f64>, Faults> {
        let mut sum = vec![0.0; left.len()];
        for draw in draws.iter().filter(|d| !d.is_empty()) {
            let crowd = self.crowd(draw, left, None)?;
            let answer = again(&crowd, &[], effort, stop);
            for (sum, price) in sum.iter_mut().zip(answer.prices.unwrap_or_default()) {
                *sum += price / draws.len() as f64;
            }
        }
        Ok(sum)
    }

    /// The instance of some agents and of what is left, at prices or not. An agent keeps the places of
    /// its options.
    fn crowd(
        &self,
        agents: &[usize],
        left: &[i64],
        prices: Option<&[f64]>,
    ) -> Result<Instance, Faults> {
        let resources = self.instance.resources().iter().zip(left);
        let resources = resources.map(|(r, left)| Resource {
            id: r.id.clone(),
            capacity: (*left).max(0),
        });
        let known: BTreeSet<u32> = agents.iter().map(|n| count(*n)).collect();
        debug_assert_eq!(known.len(), agents.len(), "nobody arrives twice");
        let all = agents.iter().filter_map(|n| self.instance.agents().get(*n));
        let agents: Vec<Agent> = match prices {
            Some(prices) => all.map(|a| priced(a, prices)).collect(),
            None => all.cloned().collect(),
        };
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
