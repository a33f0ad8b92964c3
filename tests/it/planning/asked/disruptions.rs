//! The frontier of points against moves against brute force.

use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};
use zhuchao::domain::money::Fen;
use zhuchao::domain::points::Points;
use zhuchao::planning::disrupt::{Event, frontier};
use zhuchao::solve::instance::Opt;

use super::brute;
use super::city::{Planned, city, drafts, effort, go, planned};
use crate::support::world::key;

/// The most points after an event when at most so many firms move.
fn most(planned: &Planned, event: &Event, moves: i64) -> Option<i64> {
    let lost = |id: &str| match event {
        Event::Lost { unit } => id == format!("unit:{unit}"),
        _ => false,
    };
    let after = brute::resized(
        &planned.built.instance,
        |_, agent| {
            if matches!(event, Event::Withdrawn { application } if application.as_str() == agent.id)
            {
                agent.options.clear();
                agent.required = false;
            }
        },
        |id, had| match event {
            _ if lost(id) => 0,
            Event::Cut { amount, .. } if id == "quota:440305:2026" => amount.0,
            _ => had,
        },
    );
    let capacity: Vec<i64> = after.resources().iter().map(|r| r.capacity).collect();
    let fits = |o: &Opt| {
        o.uses
            .iter()
            .all(|(r, n)| capacity[usize::try_from(*r).expect("small")] >= *n)
    };
    let mut left = capacity.clone();
    left.push(moves);
    let counter = u32::try_from(capacity.len()).expect("small");
    let mut agents = after.agents().to_vec();
    for agent in &mut agents {
        let award = planned
            .plan
            .awards
            .iter()
            .find(|a| a.application.as_str() == agent.id);
        let case = planned
            .built
            .cases
            .iter()
            .find(|c| c.application.as_str() == agent.id);
        let (Some(award), Some(case)) = (award, case) else {
            continue;
        };
        let same = |id: &str| {
            case.options
                .iter()
                .any(|o| o.id == id && o.units == award.units)
        };
        if !agent.options.iter().any(|o| same(&o.id) && fits(o)) {
            continue;
        }
        for option in agent.options.iter_mut().filter(|o| !same(&o.id)) {
            option.uses.push((counter, 1));
        }
        agent.required = true;
        agent.options.push(Opt {
            id: "none".to_owned(),
            value: 0,
            site: -9,
            uses: vec![(counter, 1)],
        });
    }
    brute::of(&agents, left)
}

fn events(planned: &Planned, pick: u8) -> Vec<Event> {
    let units = &planned.snapshot.inventory.units;
    let applications = &planned.snapshot.applications;
    vec![
        Event::Lost {
            unit: units[usize::from(pick) % units.len()].id.clone(),
        },
        Event::Withdrawn {
            application: applications[usize::from(pick) % applications.len()]
                .id
                .clone(),
        },
        Event::Cut {
            district: key("440305"),
            amount: Fen(i64::from(pick) * 10_000),
        },
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn every_point_of_the_frontier_is_the_most(draft in drafts(), pick in any::<u8>()) {
        let planned = planned(city(&draft));
        let footing = planned.footing();
        for event in events(&planned, pick) {
            let found = frontier(&footing, std::slice::from_ref(&event), (6, &effort()), &go()).expect("a frontier");
            prop_assert!(!found.points.is_empty());
            for point in &found.points {
                let allowed = i64::try_from(point.allowed).expect("small");
                prop_assert_eq!(point.points.exact(), most(&planned, &event, allowed).map(Points));
                prop_assert!(point.moves <= point.allowed);
            }
            let free = most(&planned, &event, 1_000).map(Points);
            prop_assert_eq!(found.points.last().and_then(|p| p.points.exact()), free);
            for none in &found.impossible {
                prop_assert_eq!(most(&planned, &event, i64::try_from(*none).expect("small")), None);
            }
        }
    }
}
