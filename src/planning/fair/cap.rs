//! Most points with at most so many pairs of justified envy.
//!
//! The first firms in the order of priority are served strictly, the rest is solved: with all served
//! strictly there is no envy, with none there is the optimum, and between the two the number is found by
//! halving. What comes out keeps the cap, for its pairs are counted; that it is the most points is not
//! proven, the bound stated is that of the optimum without a cap.
//!
//! Not here: what a pair is (`envy`).

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::envy::pairs;
use super::rank::Rank;
use super::serial::{Taken, serial};
use crate::domain::fault::Faults;
use crate::planning::ask::again::{Effort, again};
use crate::planning::ask::edit::Edit;
use crate::planning::lots::at;
use crate::solve::instance::Instance;

/// Halvings.
const STEPS: u32 = 6;

/// The best plan found with at most `most` pairs, starting from plans that are known.
pub fn capped(
    instance: &Instance,
    rank: &Rank,
    (most, known): (usize, &[&Taken]),
    effort: &Effort,
    stop: &Arc<AtomicBool>,
) -> Result<Taken, Faults> {
    let strict = serial(instance, &rank.order);
    let keeps = |t: &Taken| t.complete && pairs(instance, t, rank).len() <= most;
    let mut best = strict.clone();
    for taken in known {
        if taken.value > best.value && keeps(taken) {
            best = (*taken).clone();
        }
    }
    let (mut low, mut high) = (0, rank.order.len());
    let each = effort.part(1.0 / f64::from(STEPS));
    for _ in 0..STEPS {
        if low >= high {
            break;
        }
        let served = low + (high - low) / 2;
        let found = mixed(instance, rank, &strict, served, (&each, stop))?;
        match found.filter(|t| keeps(t)) {
            Some(taken) => {
                high = served;
                if taken.value > best.value {
                    best = taken;
                }
            }
            None => low = served + 1,
        }
    }
    Ok(best)
}

/// The first `served` in order keep what strict order gives them, the rest is solved.
fn mixed(
    instance: &Instance,
    rank: &Rank,
    strict: &Taken,
    served: usize,
    (effort, stop): (&Effort, &Arc<AtomicBool>),
) -> Result<Option<Taken>, Faults> {
    let mut edit = Edit::default();
    for n in rank.order.iter().take(served) {
        match strict.chosen.get(*n).and_then(Option::as_ref) {
            Some(chosen) => edit.bind(*n, [at(chosen.option)]),
            None => {
                edit.gone.insert(*n);
            }
        }
    }
    let changed = edit.apply(instance)?;
    let answer = again(&changed, &strict.choices(instance), effort, stop);
    if answer.value.is_none() {
        return Ok(None);
    }
    Ok(Some(renamed(instance, &changed, answer.chosen)))
}

/// Options of the changed instance under their places in the instance itself.
fn renamed(
    instance: &Instance,
    changed: &Instance,
    mut chosen: Vec<Option<crate::planning::taken::Chosen>>,
) -> Taken {
    let agents = instance.agents().iter().zip(changed.agents());
    for ((agent, edited), chosen) in agents.zip(&mut chosen) {
        let Some(taken) = chosen else { continue };
        let id = edited.options.get(at(taken.option)).map(|o| &o.id);
        match agent.options.iter().position(|o| Some(&o.id) == id) {
            Some(place) => taken.option = crate::planning::lots::count(place),
            None => *chosen = None,
        }
    }
    Taken::of(instance, chosen)
}
