//! Foils against brute force: possible or not, the exact change; the quick answer brackets it.

use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};
use zhuchao::domain::points::Points;
use zhuchao::planning::ask::footing::Footing;
use zhuchao::planning::foil::answer::Possible;
use zhuchao::planning::foil::{Demand, ask, screen};
use zhuchao::planning::options::PlanOption;
use zhuchao::solve::quote::Quote;

use super::brute;
use super::city::{Planned, city, drafts, effort, go, planned};
use crate::support::world::key;

/// Every demand that can be put about every firm.
pub fn demands(planned: &Planned) -> Vec<Demand> {
    let mut all = Vec::new();
    for application in planned.snapshot.applications.iter().map(|a| &a.id) {
        let who = || application.clone();
        all.push(Demand::Place { application: who() });
        all.push(Demand::Keep { application: who() });
        for district in ["440305", "440310"] {
            all.push(Demand::District {
                application: who(),
                district: key(district),
            });
        }
        for unit in &planned.snapshot.inventory.units {
            all.push(Demand::Give {
                application: who(),
                unit: unit.id.clone(),
            });
        }
    }
    all
}

/// Whether an option meets a demand, said anew.
pub fn met(planned: &Planned, demand: &Demand, option: &PlanOption) -> bool {
    let sites = &planned.snapshot.inventory.sites;
    match demand {
        Demand::Place { .. } => true,
        Demand::Give { unit, .. } => option.units.iter().any(|g| g.unit == *unit),
        Demand::District { district, .. } => {
            sites[usize::try_from(option.site).expect("small")].district == *district
        }
        Demand::Keep { application } => {
            let award = planned
                .plan
                .awards
                .iter()
                .find(|a| a.application == *application);
            award.is_some_and(|a| a.units == option.units)
        }
    }
}

/// The most points when all demands hold.
fn forced(planned: &Planned, demands: &[Demand]) -> Option<i64> {
    for demand in demands {
        let id = demand.application();
        let case = planned.built.cases.iter().find(|c| c.application == *id)?;
        case.agent?;
    }
    let instance = brute::changed(&planned.built.instance, |_, agent| {
        for demand in demands {
            let id = demand.application();
            if agent.id != id.as_str() {
                continue;
            }
            let case = planned.built.cases.iter().find(|c| c.application == *id);
            let options = &case.expect("a case").options;
            let fits = |o: &str| options.iter().any(|p| p.id == o && met(planned, demand, p));
            agent.options.retain(|o| fits(&o.id));
            agent.required = true;
        }
    });
    brute::most(&instance)
}

fn agree(planned: &Planned, footing: &Footing<'_>, asked: &[Demand]) -> Result<(), String> {
    let quote = Quote::of(footing.instance(), &footing.prices).expect("prices");
    let quick = screen(footing, &quote, asked, &effort(), &go()).expect("a screening");
    let exact = ask(footing, &quote, asked, &effort(), &go()).expect("an answer");
    let best = forced(planned, asked).map(|v| Points(v - footing.value));
    let wrong = match best {
        None => exact.possible != Possible::No || quick.found,
        Some(best) => {
            exact.change.exact() != Some(best)
                || quick.change.low.is_some_and(|l| l > best)
                || quick.change.high.is_none_or(|h| h < best)
        }
    };
    match wrong {
        true => Err(format!("{asked:?}: brute {best:?}, {exact:?}, {quick:?}")),
        false => Ok(()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn every_foil_is_answered_as_by_brute_force(draft in drafts()) {
        let planned = planned(city(&draft));
        let footing = planned.footing();
        prop_assert_eq!(Some(footing.value), brute::most(&planned.built.instance));
        for demand in demands(&planned) {
            let said = agree(&planned, &footing, std::slice::from_ref(&demand));
            prop_assert!(said.is_ok(), "{said:?}");
        }
    }

    #[test]
    fn demands_together_are_answered_as_by_brute_force(
        draft in drafts(),
        picks in vec((any::<u16>(), any::<u16>(), any::<u16>()), 12),
    ) {
        let planned = planned(city(&draft));
        let footing = planned.footing();
        let every = demands(&planned);
        let one = |pick: u16| every[usize::from(pick) % every.len()].clone();
        for (n, (a, b, c)) in picks.into_iter().enumerate() {
            // Two at once, and every third time three; on one firm or on several.
            let mut asked = vec![one(a), one(b)];
            asked.extend((n % 3 == 2).then(|| one(c)));
            let said = agree(&planned, &footing, &asked);
            prop_assert!(said.is_ok(), "{said:?}");
        }
    }
}
