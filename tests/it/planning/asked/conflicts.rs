//! Conflicts against brute force over all subsets: none smaller, each named, the least relaxation.

use std::collections::BTreeSet;

use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};
use zhuchao::domain::plan::Award;
use zhuchao::planning::conflict::piece::Board;
use zhuchao::planning::conflict::relax::Give;
use zhuchao::planning::conflict::{Conflict, Found, Piece, find};
use zhuchao::planning::foil::Demand;

use super::brute;
use super::city::{Planned, city, drafts, effort, go, planned};
use super::foils::{demands, met};

/// Whether demands hold under the limits that are named, with capacities raised.
fn holds(planned: &Planned, pieces: &[Piece], raised: (&str, i64)) -> bool {
    let binds = |id: &str| {
        pieces.iter().any(|p| match p {
            Piece::Quota { district } => id == format!("quota:{district}:2026"),
            Piece::Reserve { id: reserve } => id == format!("reserve:{reserve}"),
            _ => false,
        })
    };
    let instance = brute::resized(
        &planned.built.instance,
        |_, agent| {
            let case = planned
                .built
                .cases
                .iter()
                .find(|c| c.application.as_str() == agent.id);
            let options = &case.expect("a case").options;
            let mine = pieces.iter().filter_map(|p| match p {
                Piece::Demand(d) if d.application().as_str() == agent.id => Some(d),
                _ => None,
            });
            for demand in mine {
                agent.required = true;
                let fits = |o: &str| options.iter().any(|p| p.id == o && met(planned, demand, p));
                agent.options.retain(|o| fits(&o.id));
            }
            if !agent.required {
                agent.options.clear();
            }
            agent.lodging.clear();
        },
        |id, had| match id.starts_with("quota") || id.starts_with("reserve") {
            true if !binds(id) => i64::MAX / 1_000_000,
            _ if id == raised.0 => had + raised.1,
            _ => had,
        },
    );
    let known = |p: &Piece| match p {
        Piece::Demand(d) => planned
            .built
            .cases
            .iter()
            .any(|c| c.application == *d.application() && c.agent.is_some()),
        _ => true,
    };
    pieces.iter().all(known) && brute::most(&instance).is_some()
}

fn named(give: &Give) -> Option<(String, i64)> {
    match give {
        Give::Raise { district, by } => Some((format!("quota:{district}:2026"), by.0)),
        Give::Ease { id, by } => Some((format!("reserve:{id}"), by.0)),
        Give::Drop { .. } => None,
    }
}

fn right(planned: &Planned, all: &[Piece], conflict: &Conflict) -> Result<(), String> {
    let wrong = |what: &str| Err(format!("{what}: {conflict:?} of {all:?}"));
    if holds(planned, &conflict.pieces, ("", 0)) || !conflict.irreducible || !conflict.smallest {
        return wrong("no conflict");
    }
    let k = conflict.pieces.len();
    for mask in 0_u32..1 << all.len() {
        let some: Vec<Piece> = (0..all.len())
            .filter(|n| mask >> n & 1 == 1)
            .map(|n| all[n].clone())
            .collect();
        if some.len() < k && !holds(planned, &some, ("", 0)) {
            return wrong("not the smallest");
        }
    }
    for way in &conflict.relaxations {
        let Some((id, by)) = named(&way.give) else {
            let Give::Drop { what } = &way.give else {
                continue;
            };
            let rest: Vec<Piece> = all.iter().filter(|p| *p != what).cloned().collect();
            if way.enough != holds(planned, &rest, ("", 0)) {
                return wrong("dropping");
            }
            continue;
        };
        if !holds(planned, &conflict.pieces, (&id, by))
            || holds(planned, &conflict.pieces, (&id, by - 1))
        {
            return wrong("not the least");
        }
        if way.enough != holds(planned, all, (&id, by)) {
            return wrong("enough");
        }
    }
    Ok(())
}

fn has<'a>(planned: &'a Planned, demand: &Demand) -> Option<&'a Award> {
    planned
        .plan
        .awards
        .iter()
        .find(|a| a.application == *demand.application())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn a_conflict_is_a_smallest_set(draft in drafts(), picks in proptest::collection::vec(any::<u16>(), 2..6)) {
        let planned = planned(city(&draft));
        let footing = planned.footing();
        let every = demands(&planned);
        let asked: BTreeSet<Demand> = picks.iter().map(|p| every[usize::from(*p) % every.len()].clone()).collect();
        let asked: Vec<Demand> = asked.into_iter().filter(|d| !matches!(d, Demand::Keep { .. }) || has(&planned, d).is_some()).collect();
        let keeps = |id: &zhuchao::domain::ids::ApplicationId| {
            let case = planned.built.cases.iter().find(|c| c.application == *id)?;
            zhuchao::planning::foil::demand::has(&footing, case)
        };
        let board = Board::of(&planned.snapshot, &planned.built, &asked, &keeps).expect("a board");
        let all = board.pieces.clone();
        let limits = all.iter().filter(|p| !matches!(p, Piece::Demand(_))).count();
        prop_assert_eq!(all.len(), limits + asked.len());
        match find(&board, &effort(), &go()).expect("an answer") {
            Found::None => prop_assert!(holds(&planned, &all, ("", 0))),
            Found::Open => prop_assert!(false, "it was not decided"),
            Found::Conflict(conflict) => {
                let said = right(&planned, &all, &conflict);
                prop_assert!(said.is_ok(), "{said:?}");
            }
        }
    }
}
