//! Strict order (排序选房): one firm after the other takes the best that is left, space and apartments
//! together. Pins come first. Nobody can complain then: what a firm of lower rank holds was free when
//! the firm of higher rank chose.
//!
//! Not here: the order (`rank`).

use crate::planning::ask::bundle::best;
use crate::planning::ask::footing::{used, worth};
use crate::planning::lots::at;
use crate::planning::taken::Chosen;
use crate::solve::instance::Instance;
use crate::solve::outcome::Choice;

/// Who takes what.
#[derive(Debug, Clone)]
pub struct Taken {
    /// By agent.
    pub chosen: Vec<Option<Chosen>>,
    /// What is left.
    pub left: Vec<i64>,
    /// Total milli-points.
    pub value: i64,
    /// False when a required agent found nothing.
    pub complete: bool,
}

/// Serves agents in order, required ones first.
pub fn serial(instance: &Instance, order: &[usize]) -> Taken {
    let mut taken = Taken {
        chosen: vec![None; instance.agents().len()],
        left: instance.resources().iter().map(|r| r.capacity).collect(),
        value: 0,
        complete: true,
    };
    let required = |n: &&usize| instance.agents().get(**n).is_some_and(|a| a.required);
    let pins = order.iter().filter(|n| required(n));
    let others = order.iter().filter(|n| !required(n));
    for n in pins.chain(others) {
        taken.serve(instance, *n);
    }
    taken
}

impl Taken {
    fn serve(&mut self, instance: &Instance, n: usize) {
        let Some(agent) = instance.agents().get(n) else {
            return;
        };
        let Some((chosen, worth)) = best(agent, &self.left, 0..agent.options.len()) else {
            self.complete &= !agent.required;
            return;
        };
        for (r, amount) in used(agent, &chosen) {
            if let Some(left) = self.left.get_mut(at(r)) {
                *left = left.saturating_sub(amount);
            }
        }
        self.value = self.value.saturating_add(worth);
        if let Some(place) = self.chosen.get_mut(n) {
            *place = Some(chosen);
        }
    }

    /// From choices of a run.
    pub fn of(instance: &Instance, chosen: Vec<Option<Chosen>>) -> Taken {
        let mut left: Vec<i64> = instance.resources().iter().map(|r| r.capacity).collect();
        let mut value = 0_i64;
        let mut complete = true;
        for (agent, chosen) in instance.agents().iter().zip(&chosen) {
            let Some(chosen) = chosen else {
                complete &= !agent.required;
                continue;
            };
            value = value.saturating_add(worth(agent, chosen));
            for (r, amount) in used(agent, chosen) {
                if let Some(left) = left.get_mut(at(r)) {
                    *left = left.saturating_sub(amount);
                }
            }
        }
        Taken {
            chosen,
            left,
            value,
            complete,
        }
    }

    /// The choices by name.
    pub fn choices(&self, instance: &Instance) -> Vec<Choice> {
        let agents = instance.agents().iter().zip(&self.chosen);
        let choice = |(agent, chosen): (&crate::solve::instance::Agent, &Option<Chosen>)| {
            let chosen = chosen.as_ref()?;
            let option = agent.options.get(at(chosen.option))?;
            let demand = |d: &Vec<(u32, i64)>| d.iter().map(|(p, n)| (i64::from(*p), *n)).collect();
            Some(Choice {
                agent: agent.id.clone(),
                option: Some(option.id.clone()),
                lodging: chosen.lodging.iter().map(demand).collect(),
            })
        };
        agents.filter_map(choice).collect()
    }
}
