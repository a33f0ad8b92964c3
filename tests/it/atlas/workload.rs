//! A synthetic city on the real metro, for measuring: sizes are arguments, everything else is drawn
//! from the seed. Usually run small, for its laws; with `ZHUCHAO_WORKLOAD=full` it has the size of
//! the whole sector (20,000 needs, 15,000 units, 1,000 projects) and prints its times.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use zhuchao::atlas::{Atlas, Need, Speeds};
use zhuchao::domain::snapshot::{Ground, Inventory};

use super::real;
use super::world::{self, Dice};

/// How large a synthetic city is.
pub struct Size {
    pub needs: usize,
    pub sites: u32,
    pub units: u32,
    pub projects: u32,
}

pub fn city(size: &Size, seed: u64) -> (Ground, Inventory, Vec<Need>) {
    let mut dice = Dice(seed);
    let ground = real::ground();
    let inventory = world::inventory(&mut dice, size.sites, size.units, size.projects);
    let stations = &ground.network.stations;
    let needs = (0..size.needs)
        .map(|_| {
            let mut need = world::need(&mut dice, &inventory, &ground.network);
            // Applications name stations, never bare positions.
            for anchor in &mut need.anchors {
                *anchor = dice.pick(stations).position;
            }
            need
        })
        .collect();
    (ground, inventory, needs)
}

fn size() -> Size {
    match std::env::var("ZHUCHAO_WORKLOAD").as_deref() {
        Ok("full") => Size {
            needs: 20_000,
            sites: 1_500,
            units: 15_000,
            projects: 1_000,
        },
        _ => Size {
            needs: 100,
            sites: 60,
            units: 600,
            projects: 40,
        },
    }
}

#[test]
fn a_whole_city_is_sifted_and_adds_up() {
    let size = size();
    let (ground, inventory, needs) = city(&size, 20_260_301);
    let clock = Instant::now();
    // Long walks mean more stations to weigh: the harder case.
    let speeds = Speeds {
        walk_max_m: 3_000,
        ..Speeds::CALIBRATED
    };
    let atlas = Atlas::new(&ground, &inventory, speeds).expect("no fault");
    let prepared = clock.elapsed();
    let near = atlas.all_projects_near(5_000, 45, 2);
    let housed = clock.elapsed();
    let (kept, sites) = (AtomicU64::new(0), AtomicU64::new(0));
    let sums = atlas.for_each_candidates(&needs, 2, |_, found, parts| {
        kept.fetch_add(found.kept.len() as u64, Ordering::Relaxed);
        sites.fetch_add(parts.len() as u64, Ordering::Relaxed);
        found.kept.len() as u64 + found.left_out.values().sum::<u64>()
    });
    let sifted = clock.elapsed();
    assert!(sums.iter().all(|s| *s == u64::from(size.units)));
    assert_eq!((sums.len(), near.len()), (size.needs, size.sites as usize));
    let pairs: usize = near.iter().map(Vec::len).sum();
    println!(
        "atlas {prepared:?}, housing {:?} ({pairs} pairs), candidates {:?} ({kept:?} units, {sites:?} site parts)",
        housed - prepared,
        sifted - housed,
    );
}
