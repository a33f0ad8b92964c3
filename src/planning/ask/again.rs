//! Solving a changed instance again, warm from the plan.
//!
//! Not here: what was changed (`edit`), what the answer means.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::footing::prices_of;
use crate::planning::taken::{Chosen, Taken};
use crate::solve::control::{Settings, Watch};
use crate::solve::instance::Instance;
use crate::solve::outcome::{Choice, Number, Status};

/// What a question may cost. There is no default: whoever asks states it.
#[derive(Debug, Clone, PartialEq)]
pub struct Effort {
    /// Most seconds of one run.
    pub seconds: f64,
    /// Threads.
    pub threads: u32,
    /// Seed.
    pub seed: u64,
    /// Gap at which a run may stop; 0 asks for a proof.
    pub gap: f64,
    /// Limit by work in nominal seconds instead of time, so that a run repeats exactly.
    pub work: Option<f64>,
}

impl Effort {
    /// A share of it, for one of several runs.
    #[must_use]
    pub fn part(&self, share: f64) -> Effort {
        Effort {
            seconds: self.seconds * share,
            work: self.work.map(|w| w * share),
            ..self.clone()
        }
    }
}

/// The answer of a run, in terms of the instance.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// Milli-points; `None` when no choice was found.
    pub value: Option<i64>,
    /// Proven bound.
    pub bound: Option<i64>,
    /// True when it is proven that nothing is feasible.
    pub infeasible: bool,
    /// Who takes what.
    pub chosen: Vec<Option<Chosen>>,
    /// The choices by name.
    pub choices: Vec<Choice>,
    /// Prices that prove a bound.
    pub prices: Option<Vec<f64>>,
    /// Required agents that cannot all be placed, by name; only when infeasible.
    pub conflict: Vec<String>,
}

impl Answer {
    /// True when value and bound meet.
    pub fn exact(&self) -> bool {
        self.infeasible
            || self
                .value
                .is_some_and(|v| self.bound.is_some_and(|b| b <= v))
    }
}

/// Solves from choices of the plan.
pub fn again(
    instance: &Instance,
    start: &[Choice],
    effort: &Effort,
    stop: &Arc<AtomicBool>,
) -> Answer {
    let settings = Settings {
        seconds: effort.seconds,
        threads: effort.threads,
        seed: effort.seed,
        gap: effort.gap,
        work: effort.work,
    };
    let quiet = |_| {};
    let watch = Watch::start(effort.seconds, Arc::clone(stop), &quiet);
    let outcome = crate::solve::solve_from(instance, &settings, &watch, start);
    let bound = match outcome.upper_bound {
        Some(Number::Whole(bound)) => Some(bound),
        _ => None,
    };
    let prices = prices_of(&outcome);
    if outcome.status == Status::Infeasible {
        return Answer {
            infeasible: true,
            conflict: outcome.conflict.unwrap_or_default(),
            ..Answer::default()
        };
    }
    // The outcome is ours and verified; whatever is refused here is no answer.
    let taken = outcome
        .value
        .and_then(|_| Taken::of(instance, &outcome).ok());
    let Some(taken) = taken else {
        return Answer {
            bound,
            prices,
            ..Answer::default()
        };
    };
    Answer {
        value: Some(taken.value(instance)),
        bound,
        infeasible: false,
        chosen: taken.chosen,
        choices: outcome.choices,
        prices,
        conflict: Vec::new(),
    }
}
