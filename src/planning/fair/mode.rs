//! The mode of the policy (`[optimizer]`), as a run follows it: strict order, a cap on justified envy, and
//! the price of moving a firm away from the plan that the run starts from.
//!
//! The bound that a plan states is that of the optimum: no plan in any mode has more points. With a price
//! for moves the run maximises points + price x firms that keep their units, whose bound is one for the
//! points too. Without the section, or with the mode `optimum` and no price, nothing is done here.
//!
//! Not here: the run (`run`).

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::cap::capped;
use super::rank::rank;
use super::serial::{Taken, serial};
use crate::domain::fault::Faults;
use crate::domain::snapshot::Snapshot;
use crate::planning::ask::again::Effort;
use crate::planning::ask::edit::sound;
use crate::planning::ask::footing::total;
use crate::planning::build::Built;
use crate::policy::optimizer::Mode;
use crate::solve::control::Settings;
use crate::solve::instance::Instance;
use crate::solve::outcome::{Choice, Number, Outcome, Status};

/// The share of the work of a run that looks for the bound; the rest looks for a plan under the cap. A
/// run that is limited by time may take so much more of it.
const SHARE: f64 = 0.4;

/// The instance with the price of moves, when the policy has one and there is a plan to start from:
/// every option in the units of that plan is worth the price more.
pub fn priced(built: &Built, start: &[Choice]) -> Result<Option<Instance>, Faults> {
    let price = built
        .policy
        .optimizer
        .as_ref()
        .map_or(0, |o| o.move_price.0);
    if price == 0 || start.is_empty() {
        return Ok(None);
    }
    let space = |id: &str| id.trim_end_matches("|subsidy").to_owned();
    let held: std::collections::HashMap<&str, String> = (start.iter())
        .filter_map(|c| Some((c.agent.as_str(), space(c.option.as_deref()?))))
        .collect();
    let mut agents = built.instance.agents().to_vec();
    for agent in &mut agents {
        let Some(had) = held.get(agent.id.as_str()) else {
            continue;
        };
        for option in agent.options.iter_mut().filter(|o| space(&o.id) == *had) {
            option.value = option.value.saturating_add(price);
        }
    }
    let resources = built.instance.resources().to_vec();
    sound(built.instance.name(), resources, agents).map(Some)
}

/// What a run of the priced instance says of the plain one: the same choices, the bound kept, the rest,
/// which counted the price, left out.
pub fn plain(built: &Built, outcome: Outcome) -> Outcome {
    if outcome.value.is_none() {
        return outcome;
    }
    let value = Some(total(&built.instance, &outcome.choices));
    Outcome {
        value,
        status: match (&outcome.upper_bound, value) {
            (Some(Number::Whole(b)), Some(v)) if *b <= v => Status::Optimal,
            _ => Status::Feasible,
        },
        trace: Vec::new(),
        ..outcome
    }
}

/// Settings of the run that finds the bound: under a cap on envy a part of the work is left for it.
pub fn settings(built: &Built, settings: &Settings) -> Settings {
    let share = if mode(built) == Mode::EnvyCap {
        SHARE
    } else {
        1.0
    };
    Settings {
        work: settings.work.map(|w| w * share),
        ..settings.clone()
    }
}

fn mode(built: &Built) -> Mode {
    built
        .policy
        .optimizer
        .as_ref()
        .map_or(Mode::Optimum, |o| o.mode)
}

/// The outcome under the mode of the policy; that of the optimum is passed in and gives the bound.
pub fn follow(
    snapshot: &Snapshot,
    built: &Built,
    outcome: Outcome,
    settings: &Settings,
    stop: &Arc<AtomicBool>,
) -> Result<Outcome, Faults> {
    if mode(built) == Mode::Optimum || outcome.status == Status::Infeasible {
        return Ok(outcome);
    }
    let rank = rank(snapshot, built)?;
    let optimum = chosen(built, &outcome);
    let most = built
        .policy
        .optimizer
        .as_ref()
        .and_then(|o| o.envy_pairs_max);
    let taken = match most {
        None => serial(&built.instance, &rank.order),
        Some(most) => {
            let most = usize::try_from(most).unwrap_or(usize::MAX);
            let known: Vec<&Taken> = optimum.iter().collect();
            let effort = effort(settings);
            capped(&built.instance, &rank, (most, &known), &effort, stop)?
        }
    };
    if !taken.complete {
        // Strict order cannot keep all pins; the optimum does.
        return Ok(outcome);
    }
    Ok(Outcome {
        status: Status::Feasible,
        value: Some(taken.value),
        choices: taken.choices(&built.instance),
        trace: Vec::new(),
        conflict: None,
        ..outcome
    })
}

fn effort(settings: &Settings) -> Effort {
    Effort {
        seconds: settings
            .work
            .map_or(settings.seconds * (1.0 - SHARE), |_| settings.seconds),
        threads: settings.threads,
        seed: settings.seed,
        gap: settings.gap,
        work: settings.work.map(|w| w * (1.0 - SHARE)),
    }
}

/// The choices of an outcome, if it has any.
fn chosen(built: &Built, outcome: &Outcome) -> Option<Taken> {
    outcome.value?;
    let counted = Outcome {
        status: Status::Feasible,
        trace: Vec::new(),
        ..outcome.clone()
    };
    let taken = crate::planning::taken::Taken::of(&built.instance, &counted).ok()?;
    Some(Taken::of(&built.instance, taken.chosen))
}
