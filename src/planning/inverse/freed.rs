//! A unit is given back: whoever holds it leaves. Who of the waiting list should get it?
//!
//! For each application that waits and has an option with the unit, two gains over the plan without
//! those who left: `alone`, when nobody else moves (exact, by arithmetic), and `gain`, when others may
//! move too (a range; solved again when `exact` is asked for, else reached by the firms around and
//! limited by the prices).
//!
//! Not here: offers and their order by law (`acts`).

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use crate::domain::fault::Faults;
use crate::domain::ids::{ApplicationId, UnitId};
use crate::domain::points::Points;
use crate::planning::ask::again::{Effort, again};
use crate::planning::ask::bundle::best;
use crate::planning::ask::edit::Edit;
use crate::planning::ask::footing::Footing;
use crate::planning::ask::near::near;
use crate::planning::ask::range::Range;
use crate::planning::ask::unknown;
use crate::planning::lots::at;
use crate::solve::instance::Opt;
use crate::solve::quote::Quote;

/// Most applications in a ranking.
const RANKED_MOST: usize = 200;

/// How thoroughly gains are found.
#[derive(Debug, Clone, PartialEq)]
pub struct Depth {
    /// Applications for which others may move; the rest is ranked by `alone`.
    pub most: usize,
    /// True to solve each again with a bound.
    pub exact: bool,
    /// For all of it together; for each of them when they are solved exactly.
    pub effort: Effort,
}

impl Depth {
    /// The share of one of so many candidates, and as much for the whole.
    fn part(&self, candidates: usize) -> Depth {
        let runs = self.most.min(candidates).saturating_add(1);
        let share = if self.exact { 1.0 } else { 1.0 / runs as f64 };
        Depth {
            effort: self.effort.part(share),
            ..self.clone()
        }
    }
}

/// One application of the waiting list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Candidate {
    /// The application.
    pub application: ApplicationId,
    /// Gain when nobody else moves; `None` when it does not fit so.
    pub alone: Option<Points>,
    /// Gain when others may move.
    pub gain: Range,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Freed {
    /// The unit.
    pub unit: UnitId,
    /// Applications that leave with it.
    pub left_by: Vec<ApplicationId>,
    /// Gain of the best that can be made of it, whoever gets it.
    pub best: Range,
    /// Who should get it: the largest gain that is certain first.
    pub ranking: Vec<Candidate>,
}

/// Ranks the waiting list for a unit. PL201.
pub fn freed(
    footing: &Footing<'_>,
    unit: &UnitId,
    depth: &Depth,
    stop: &Arc<AtomicBool>,
) -> Result<Freed, Faults> {
    let units = &footing.snapshot.inventory.units;
    let place = units.iter().position(|u| u.id == *unit);
    let place = place.ok_or_else(|| unknown("unit", unit.as_str()))?;
    let agents = footing.instance().agents().len();
    let holds = |n: &usize| footing.uses(*n).iter().any(|(r, _)| at(*r) == place);
    let gone: BTreeSet<usize> = (0..agents).filter(holds).collect();
    let edit = Edit {
        gone: gone.clone(),
        ..Edit::default()
    };
    let desk = Desk::of(footing, edit, place);
    let mut ranking = desk.waiting();
    ranking.truncate(RANKED_MOST);
    let changed = desk.edit.apply(footing.instance())?;
    let quote = Quote::of(&changed, &footing.prices);
    let part = depth.part(ranking.len());
    for candidate in ranking.iter_mut().take(depth.most) {
        desk.deepen(candidate, &part, (quote.as_ref(), stop))?;
    }
    ranking.sort_by(|a, b| certain(b).cmp(&certain(a)).then_with(|| a.0.cmp(&b.0)));
    let whole = again(&changed, &footing.choices, &part.effort, stop);
    let reached = ranking.iter().filter_map(certain).max();
    let bound = [whole.bound, quote.map(|q| q.bound())];
    let bound = bound.into_iter().flatten().min();
    let best = Range::of(whole.value, bound, desk.base);
    Ok(Freed {
        unit: unit.clone(),
        left_by: (gone.iter())
            .filter_map(|n| footing.case_of(*n))
            .map(|c| c.application.clone())
            .collect(),
        best: best.and(Range {
            low: reached.map(Points),
            high: None,
        }),
        ranking: ranking.into_iter().map(|(_, c, _)| c).collect(),
    })
}

type Ranked = (usize, Candidate, BTreeSet<usize>);

/// The largest gain that is certain.
fn certain(ranked: &Ranked) -> Option<i64> {
    let (_, c, _) = ranked;
    c.alone.max(c.gain.low).map(|p| p.0)
}

struct Desk<'f, 'a> {
    footing: &'f Footing<'a>,
    edit: Edit,
    unit: usize,
    /// Value of the plan without those who left.
    base: i64,
    free: Vec<i64>,
}

impl<'f, 'a> Desk<'f, 'a> {
    fn of(footing: &'f Footing<'a>, edit: Edit, unit: usize) -> Desk<'f, 'a> {
        let mut free = footing.left.clone();
        let mut base = footing.value;
        for n in &edit.gone {
            base = base.saturating_sub(footing.worth(*n));
            for (r, amount) in footing.uses(*n) {
                if let Some(left) = free.get_mut(at(r)) {
                    *left = left.saturating_add(amount);
                }
            }
        }
        Desk {
            footing,
            edit,
            unit,
            base,
            free,
        }
    }

    /// Waiting applications with an option on the unit, the largest gain alone first.
    fn waiting(&self) -> Vec<Ranked> {
        let agents = self.footing.instance().agents().iter().enumerate();
        let mut all = Vec::new();
        for (n, agent) in agents {
            if self.footing.taken(n).is_some() {
                continue;
            }
            let on = |o: &Opt| o.uses.iter().any(|(r, _)| at(*r) == self.unit);
            let options = agent.options.iter().enumerate().filter(|(_, o)| on(o));
            let options: BTreeSet<usize> = options.map(|(o, _)| o).collect();
            let Some(case) = self.footing.case_of(n).filter(|_| !options.is_empty()) else {
                continue;
            };
            let alone = best(agent, &self.free, options.iter().copied());
            let alone = alone.map(|(_, worth)| Points(worth));
            let candidate = Candidate {
                application: case.application.clone(),
                alone,
                gain: Range {
                    low: alone,
                    high: None,
                },
            };
            all.push((n, candidate, options));
        }
        all.sort_by(|a: &Ranked, b| certain(b).cmp(&certain(a)).then_with(|| a.0.cmp(&b.0)));
        all
    }

    /// Lets others move too.
    fn deepen(
        &self,
        ranked: &mut Ranked,
        depth: &Depth,
        (quote, stop): (Option<&Quote<'_>>, &Arc<AtomicBool>),
    ) -> Result<(), Faults> {
        let (n, candidate, options) = ranked;
        let mut edit = self.edit.clone();
        edit.bind(*n, options.iter().copied());
        let (footing, effort) = (self.footing, &depth.effort);
        let answer = match depth.exact {
            true => {
                let changed = edit.apply(footing.instance())?;
                Some(again(&changed, &footing.choices, effort, stop))
            }
            false => near(footing, &edit, &BTreeSet::from([*n]), effort, stop)?,
        };
        // Nobody else is bound, and those that are gone have no option in the quote.
        let places: Vec<usize> = options.iter().copied().collect();
        let limit = quote.and_then(|q| q.bound_with(&[(*n, &places)]));
        let solved = answer.as_ref();
        let bound = solved.and_then(|a| a.bound);
        let bound = [bound, limit].into_iter().flatten().min();
        let range = Range::of(solved.and_then(|a| a.value), bound, self.base);
        candidate.gain = range.and(Range {
            low: candidate.alone,
            high: None,
        });
        Ok(())
    }
}
