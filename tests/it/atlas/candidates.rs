//! Candidates against a second, naive reading of the hard rules on the nouns themselves.

use chrono::Months;
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};
use zhuchao::atlas::packed::{DANGLING, LISTED_TWICE};
use zhuchao::atlas::transit::Transit;
use zhuchao::atlas::{Atlas, Candidates, Need, Speeds, distance};
use zhuchao::domain::reason::HardRule;
use zhuchao::domain::snapshot::{Ground, Inventory};
use zhuchao::domain::space::{Hazard, Site, Unit, Use};

use super::real::key;
use super::world::{self, Dice};

fn site_of<'a>(inventory: &'a Inventory, unit: &Unit) -> &'a Site {
    let floor = inventory
        .floors
        .iter()
        .find(|f| f.id == unit.floor)
        .expect("listed");
    let building = inventory
        .buildings
        .iter()
        .find(|b| b.id == floor.building)
        .expect("listed");
    inventory
        .sites
        .iter()
        .find(|s| s.id == building.site)
        .expect("listed")
}

/// True when some day in the window starts a lease that one period covers.
fn can_start(need: &Need, unit: &Unit) -> bool {
    let first = need.start_from.max(need.round_start);
    first
        .iter_days()
        .take_while(|d| *d <= need.start_until)
        .any(|start| {
            let end = start + Months::new(need.lease_months);
            unit.available
                .iter()
                .any(|p| p.from() <= start && p.until().is_none_or(|u| u >= end))
        })
}

/// Every rule that a unit breaks, in no particular order.
fn broken(need: &Need, unit: &Unit, site: &Site, transit: &Transit) -> Vec<HardRule> {
    let t = &unit.technical;
    let n = &need.needs;
    let mut all = Vec::new();
    let mut law = |rule, kept: bool| {
        if !kept {
            all.push(rule);
        }
    };
    let minutes = site.located.as_ref().and_then(|l| {
        need.anchors
            .iter()
            .map(|a| transit.minutes(l.position, *a))
            .min()
    });
    let limit = if need.anchors.is_empty() {
        None
    } else {
        need.max_minutes
    };
    law(
        HardRule::Minutes,
        limit.is_none() || minutes.is_none() || minutes <= limit,
    );
    law(
        HardRule::NoPosition,
        limit.is_none() || site.located.is_some(),
    );
    let rent = unit.rent.as_ref().map(|r| r.rate.fen());
    law(
        HardRule::RentCap,
        rent <= need.rent_cap.map(|c| c.fen()).or(Some(i64::MAX)),
    );
    law(HardRule::RentUnknown, rent.is_some());
    law(
        HardRule::Hazard,
        n.hazard.unwrap_or(Hazard::None) <= t.hazard.unwrap_or(Hazard::None),
    );
    law(
        HardRule::CleanWater,
        n.clean_water != Some(true) || t.clean_water == Some(true),
    );
    law(HardRule::Gas, n.gas != Some(true) || t.gas == Some(true));
    law(
        HardRule::Power,
        n.power_a.unwrap_or(0) <= t.power_a.unwrap_or(0),
    );
    law(
        HardRule::ClearHeight,
        n.clear_height_mm.unwrap_or(0) <= t.clear_height_mm.unwrap_or(0),
    );
    law(
        HardRule::FloorLoad,
        n.floor_load_kg_m2.unwrap_or(0) <= t.floor_load_kg_m2.unwrap_or(0),
    );
    law(
        HardRule::LeaseTerm,
        unit.lease_months.unwrap_or(u32::MAX) >= need.lease_months,
    );
    law(HardRule::Available, can_start(need, unit));
    let offices = [Use::Office, Use::RdOffice];
    let alike = offices.contains(&need.use_) && offices.contains(&unit.use_);
    law(HardRule::Use, alike || need.use_ == unit.use_);
    law(
        HardRule::District,
        need.districts.is_empty() || need.districts.contains(&site.district),
    );
    all
}

fn world(seed: u64) -> (Ground, Inventory, Vec<Need>) {
    let mut dice = Dice(seed);
    let ground = world::ground(&mut dice);
    let inventory = world::inventory(&mut dice, 9, 60, 12);
    let needs = (0..8)
        .map(|_| world::need(&mut dice, &inventory, &ground.network))
        .collect();
    (ground, inventory, needs)
}

fn atlas(ground: &Ground, inventory: &Inventory) -> Atlas {
    Atlas::new(ground, inventory, Speeds::CALIBRATED).expect("the world has no fault")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn candidates_equal_a_naive_filter(seed in proptest::num::u64::ANY) {
        let (ground, inventory, needs) = world(seed);
        let atlas = atlas(&ground, &inventory);
        let transit = Transit::new(&ground.network, Speeds::CALIBRATED).expect("no fault");
        for need in &needs {
            let mut naive = Candidates::default();
            for (unit, n) in inventory.units.iter().zip(0u32..) {
                let first = broken(need, unit, site_of(&inventory, unit), &transit).into_iter().min();
                prop_assert_eq!(atlas.why(need, n), first, "unit {} of {:?}", n, need);
                match first {
                    None => naive.kept.push(n),
                    Some(rule) => *naive.left_out.entry(rule).or_default() += 1,
                }
                let starts = atlas.start(need, n);
                prop_assert_eq!(starts.is_some(), can_start(need, unit));
                prop_assert!(starts.is_none_or(|s| s >= need.earliest() && s <= need.start_until));
            }
            let found = atlas.candidates(need);
            let out: u64 = found.left_out.values().sum();
            prop_assert_eq!(out + found.kept.len() as u64, inventory.units.len() as u64);
            prop_assert_eq!(found, naive);
        }
    }

    #[test]
    fn threads_change_nothing(seed in proptest::num::u64::ANY, threads in 0usize..9) {
        let (ground, inventory, needs) = world(seed);
        let atlas = atlas(&ground, &inventory);
        let all = atlas.for_each_candidates(&needs, threads, |n, found, parts| (n, found, parts));
        prop_assert_eq!(all.len(), needs.len());
        for (at, (n, found, parts)) in all.into_iter().enumerate() {
            prop_assert_eq!(at, n);
            let mut sites: Vec<u32> = found.kept.iter().filter_map(|u| atlas.site_of(*u)).collect();
            sites.sort_unstable();
            sites.dedup();
            prop_assert_eq!(&found, &atlas.candidates(&needs[n]));
            prop_assert_eq!(parts.iter().map(|p| p.0).collect::<Vec<_>>(), sites);
            for (site, part) in parts {
                prop_assert_eq!(part, atlas.site_parts(&needs[n], site));
            }
        }
    }

    #[test]
    fn projects_near_equal_a_naive_filter(seed in proptest::num::u64::ANY, limit in 0u32..20_000, minutes in 0u32..90) {
        let (ground, inventory, _) = world(seed);
        let atlas = atlas(&ground, &inventory);
        let all = atlas.all_projects_near(limit, minutes, 2);
        prop_assert_eq!(all.len(), inventory.sites.len());
        for ((site, near), n) in inventory.sites.iter().zip(&all).zip(0u32..) {
            let mut naive = Vec::new();
            for (project, at) in inventory.projects.iter().zip(0u32..) {
                let home = inventory.sites.iter().find(|s| s.id == project.site).expect("listed");
                let way = match (&site.located, &home.located) {
                    _ if home.id == site.id => Some((0, 0)),
                    (Some(a), Some(b)) => Some((
                        atlas.transit().minutes(a.position, b.position),
                        distance::whole(distance::metres(a.position, b.position)),
                    )),
                    _ => None,
                };
                naive.extend(way.filter(|w| w.0 <= minutes || w.1 <= limit).map(|w| (w.0, w.1, at)));
            }
            naive.sort_unstable();
            let found: Vec<_> = near.iter().map(|p| (p.minutes, p.metres, p.project)).collect();
            prop_assert_eq!(found, naive);
            prop_assert_eq!(near, &atlas.projects_near(n, limit, minutes));
        }
    }

    #[test]
    fn nearest_units_and_projects_equal_the_full_sort(seed in proptest::num::u64::ANY, k in 0usize..70) {
        let (ground, inventory, _) = world(seed);
        let atlas = atlas(&ground, &inventory);
        let from = world::near_city(&mut Dice(seed ^ 1));
        let sorted = |sites: Vec<&Site>| {
            let mut all: Vec<(u32, f64)> = sites.iter().zip(0u32..).filter_map(|(s, n)| {
                Some((n, distance::metres(from, s.located.as_ref()?.position)))
            }).collect();
            all.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
            all.truncate(k);
            all
        };
        let units = inventory.units.iter().map(|u| site_of(&inventory, u)).collect();
        prop_assert_eq!(atlas.nearest_units(from, k), sorted(units));
        let homes = inventory.projects.iter()
            .map(|p| inventory.sites.iter().find(|s| s.id == p.site).expect("listed")).collect();
        prop_assert_eq!(atlas.nearest_projects(from, k), sorted(homes));
    }
}

#[test]
fn the_random_worlds_meet_every_rule_and_keep_something() {
    let mut seen = std::collections::BTreeMap::new();
    let mut kept = 0;
    for seed in 0..40 {
        let (ground, inventory, needs) = world(seed);
        let atlas = atlas(&ground, &inventory);
        for need in &needs {
            let found = atlas.candidates(need);
            kept += found.kept.len();
            for (rule, count) in found.left_out {
                *seen.entry(rule).or_insert(0) += count;
            }
        }
    }
    assert!(kept > 100, "{kept}");
    assert_eq!(seen.len(), zhuchao::atlas::rules::ORDER.len(), "{seen:?}");
}

#[test]
fn indices_that_are_no_units_or_sites_give_nothing() {
    let (ground, inventory, needs) = world(1);
    let atlas = atlas(&ground, &inventory);
    assert_eq!(atlas.why(&needs[0], u32::MAX), None);
    assert_eq!(atlas.start(&needs[0], u32::MAX), None);
    assert_eq!(atlas.site_of(u32::MAX), None);
    assert!(atlas.projects_near(u32::MAX, 5000, 45).is_empty());
    let parts = atlas.site_parts(&needs[0], u32::MAX);
    assert_eq!(
        (parts.cluster_fit_bp, parts.wish_rank, parts.minutes),
        (0, None, None)
    );
}

#[test]
fn a_term_beyond_the_calendar_is_not_available_and_does_not_panic() {
    let (ground, inventory, mut needs) = world(2);
    let atlas = atlas(&ground, &inventory);
    for months in [0, u32::MAX] {
        needs[0].lease_months = months;
        assert!(atlas.candidates(&needs[0]).kept.is_empty());
    }
}

#[test]
fn an_empty_city_has_no_candidates() {
    let (_, _, needs) = world(3);
    let atlas = atlas(&Ground::default(), &Inventory::default());
    assert_eq!(atlas.candidates(&needs[0]), Candidates::default());
    assert!(atlas.all_projects_near(1, 1, 4).is_empty());
    assert!(atlas.for_each_candidates(&[], 2, |n, _, _| n).is_empty());
}

#[test]
fn keys_that_lead_nowhere_or_come_twice_are_all_reported() {
    let (ground, mut inventory, _) = world(4);
    inventory.units[0].floor = key("nowhere");
    inventory.buildings[1].site = key("lost");
    inventory.projects[0].site = key("gone");
    inventory.sites.push(inventory.sites[8].clone());
    inventory.floors.push(inventory.floors[8].clone());
    let bad = Speeds {
        walk_m_per_min: 0,
        ..Speeds::CALIBRATED
    };
    let faults = Atlas::new(&ground, &inventory, bad).expect_err("refused").0;
    let count = |code| faults.iter().filter(|f| f.code == code).count();
    // Unit, building, its floor, the units on it, project.
    assert!(count(DANGLING) >= 4, "{faults:?}");
    assert_eq!(count(LISTED_TWICE), 2, "{faults:?}");
    assert_eq!((DANGLING.0, LISTED_TWICE.0), ("AT120", "AT121"));
    assert_eq!(faults[0].code.0, "AT107");
}
