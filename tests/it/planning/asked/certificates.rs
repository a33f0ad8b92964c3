//! Certificates against brute force: the ways are the least, the price is a guarantee, what is lacking
//! is lacking, and giving way is enough.

use proptest::prelude::{ProptestConfig, prop_assert, proptest};
use zhuchao::domain::application::Application;
use zhuchao::domain::area::Area;
use zhuchao::domain::snapshot::Snapshot;
use zhuchao::planning::ask::footing::Footing;
use zhuchao::planning::build::{Case, build};
use zhuchao::planning::facts::Facts;
use zhuchao::planning::why::certificate::{Certificate, Office, PricedOut};
use zhuchao::planning::why::priced::displaced;
use zhuchao::planning::why::relax::{Ask, Way, changed};
use zhuchao::planning::why::viewer::Viewer;

use super::brute;
use super::city::{Draft, Planned, city, drafts, planned};
use crate::support::world::{day, rate};

/// A city in which little fits: caps, minutes, loads, late starts.
fn tight(draft: &Draft) -> Snapshot {
    let mut snapshot = city(draft);
    for (n, unit) in snapshot.inventory.units.iter_mut().enumerate() {
        unit.technical.floor_load_kg_m2 = Some(300 + 50 * u32::try_from(n).expect("small"));
    }
    for (application, draft) in snapshot.applications.iter_mut().zip(&draft.1) {
        match draft.3 % 6 {
            0 => application.rent_cap = Some(rate(4_000 + i64::from(draft.3) * 5)),
            1 => application.needs.floor_load_kg_m2 = Some(600),
            2 => {
                application.area_min = Area::metres(700);
                application.area_max = Area::metres(720);
            }
            3 => application.area_max = application.area_min,
            4 => {
                application.rent_cap = Some(rate(5_000));
                application.needs.floor_load_kg_m2 = Some(900);
            }
            _ => application.start_until = day(2026, 3, 1),
        }
    }
    snapshot
}

/// How many options an application has when it is changed in a snapshot.
fn options(snapshot: &Snapshot, application: &Application) -> usize {
    let mut snapshot = snapshot.clone();
    let place = snapshot
        .applications
        .iter()
        .position(|a| a.id == application.id);
    snapshot.applications[place.expect("it is there")] = application.clone();
    let built = build(&snapshot).expect("an instance");
    let case = built.cases.iter().find(|c| c.application == application.id);
    case.expect("a case").options.len()
}

/// The change before this one on the way to it, by one cent, minute, day, kilogram.
fn tighter(ask: &Ask) -> Option<Ask> {
    Some(match ask {
        Ask::AreaMin(a) => Ask::AreaMin(Area(a.0 + 1)),
        Ask::AreaMax(a) => Ask::AreaMax(Area(a.0 - 1)),
        Ask::RentCap(r) => Ask::RentCap(rate(r.fen() - 1)),
        Ask::Minutes(m) => Ask::Minutes(m - 1),
        Ask::Start(d) => Ask::Start(d.pred_opt()?),
        Ask::FloorLoad(n) => Ask::FloorLoad(n + 1),
        _ => return None,
    })
}

fn least(snapshot: &Snapshot, a: &Application, way: &Way) -> Result<(), String> {
    let with = |asks: &[Ask]| asks.iter().fold(a.clone(), |a, ask| changed(&a, ask));
    let count = options(snapshot, &with(&way.asks));
    if u64::try_from(count).expect("small") != way.options || count == 0 {
        return Err(format!("{way:?} opens {count}"));
    }
    for (n, ask) in way.asks.iter().enumerate() {
        let mut fewer = way.asks.clone();
        fewer.remove(n);
        if options(snapshot, &with(&fewer)) > 0 {
            return Err(format!("{way:?}: {ask:?} is not needed"));
        }
        if let Some(ask) = tighter(ask) {
            let mut less = way.asks.clone();
            less[n] = ask;
            if options(snapshot, &with(&less)) > 0 {
                return Err(format!("{way:?}: {n} is not the least"));
            }
        }
    }
    Ok(())
}

fn out(
    planned: &Planned,
    footing: &Footing<'_>,
    case: &Case,
    out: &PricedOut,
) -> Result<(), String> {
    let (n, agent) = footing.agent(case).expect("an agent");
    let placed = brute::changed(&planned.built.instance, |m, a| a.required |= m == n);
    if let Some(best) = brute::most(&placed)
        && footing.value - out.at_least.0 < best
    {
        return Err(format!("{}: {best} against {:?}", agent.id, out.at_least));
    }
    for priced in &out.options {
        let o = case
            .options
            .iter()
            .position(|o| o.id == priced.option)
            .expect("an option");
        if priced.lacking.is_empty() {
            return Err(format!("{} lacks nothing", priced.option));
        }
        let Some(away) = displaced(footing, n, o) else {
            continue;
        };
        let mut free = footing.left.clone();
        for (r, amount) in away.iter().flat_map(|m| footing.uses(*m)) {
            free[usize::try_from(r).expect("small")] += amount;
        }
        let fits = |(r, need): &(u32, i64)| free[usize::try_from(*r).expect("small")] >= *need;
        if !agent.options[o].uses.iter().all(fits) {
            return Err(format!("{}: giving way is not enough", priced.option));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn every_reason_holds(draft in drafts()) {
        let planned = planned(tight(&draft));
        let facts = Facts::of(&planned.snapshot).expect("facts");
        let footing = planned.footing();
        let office = Office::of(&facts, &footing).expect("an office");
        for application in &planned.snapshot.applications {
            let sheet = office.sheet(&application.id, &Viewer::All).expect("a sheet");
            let case = footing.case(application.id.as_str()).expect("a case");
            match &sheet.certificate {
                Certificate::NotEligible { unmet } => prop_assert!(unmet.len() == case.unmet.len()),
                Certificate::NothingFits { ways, left_out } => {
                    let units = u64::try_from(planned.snapshot.inventory.units.len()).expect("small");
                    prop_assert!(left_out.values().sum::<u64>() == units);
                    for way in ways {
                        let said = least(&planned.snapshot, application, way);
                        prop_assert!(said.is_ok(), "{said:?}");
                    }
                }
                Certificate::PricedOut(priced) => {
                    let said = out(&planned, &footing, case, priced);
                    prop_assert!(said.is_ok(), "{said:?}");
                }
                Certificate::Placed(placed) => {
                    let award = planned.plan.awards.iter().find(|a| a.application == application.id);
                    let award = award.expect("an award");
                    prop_assert!(placed.score == award.score);
                    let homes: i64 = award.apartments.iter().map(|g| g.points.0).sum();
                    prop_assert!(placed.apartments.0 == homes);
                }
            }
        }
    }
}
