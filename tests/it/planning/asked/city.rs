//! Random small cities with their plan, on which questions are asked.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use proptest::collection::vec;
use proptest::prelude::{Strategy, any};
use zhuchao::domain::housing::{HouseholdKind, Layout};
use zhuchao::domain::plan::Plan;
use zhuchao::domain::quota::QuotaMode;
use zhuchao::domain::snapshot::Snapshot;
use zhuchao::planning::ask::again::Effort;
use zhuchao::planning::ask::footing::{Footing, prices_of};
use zhuchao::planning::assemble;
use zhuchao::planning::build::Built;

use super::super::run::{built, solved};
use crate::support::world::{World, households, key};

/// A unit: floor, area, kind.
pub type UnitDraft = (u8, i64, u8);
/// A firm: heads, least area, width of the wish, kind.
pub type FirmDraft = (u32, i64, i64, u8);
/// Units, firms, quota in yuan.
pub type Draft = (Vec<UnitDraft>, Vec<FirmDraft>, i64);

/// Drafts of cities small enough for brute force.
pub fn drafts() -> impl Strategy<Value = Draft> {
    let unit = (0_u8..6, 100_i64..500, any::<u8>());
    let firm = (10_u32..150, 80_i64..300, 40_i64..300, any::<u8>());
    (vec(unit, 1..5), vec(firm, 2..6), 0_i64..120_000)
}

/// The city of a draft.
pub fn city((units, firms, quota): &Draft) -> Snapshot {
    let mut world = World::city()
        .site("S1", "440305", 0)
        .site("S2", "440310", 4_000)
        .apartments("P1", 500, None, (Layout::Studio, 2))
        .apartments("P2", 4_100, Some("S2"), (Layout::DormBed, 2))
        .quota("440305", *quota, QuotaMode::Hard)
        .quota("440310", quota / 3, QuotaMode::ProRata);
    for (n, (floor, m2, kind)) in units.iter().enumerate() {
        let site = if floor % 2 == 0 { "S1" } else { "S2" };
        let floor = format!("{site}/A/{}", 1 + floor / 2);
        let id = format!("U{n}");
        world = match kind % 4 {
            0 => world.divisible(&id, &floor, *m2, 60),
            _ => world.unit(&id, &floor, *m2),
        };
    }
    let firms = firms.iter().enumerate();
    firms
        .fold(world, |world, (n, draft)| firm(world, n, draft))
        .freeze()
}

fn firm(world: World, n: usize, (heads, least, width, kind): &FirmDraft) -> World {
    let id = format!("F{n}");
    let world = world.firm(&id, *heads);
    world.wants_with(&id, *least, least + width, |a| {
        a.wants_subsidy = kind % 3 == 0;
        if kind % 5 < 2 {
            a.site_wishes = vec![key(if kind % 2 == 0 { "S1" } else { "S2" })];
        }
        if kind % 7 == 0 {
            a.districts = vec![key("440305")];
        }
        if kind % 4 == 1 {
            a.households = vec![
                households(HouseholdKind::Single, 1 + u32::from(kind % 2)),
                households(HouseholdKind::Couple, 1),
            ];
        }
    })
}

/// A city, its instance and its optimal plan, with the prices of the run.
pub struct Planned {
    pub snapshot: Snapshot,
    pub built: Built,
    pub plan: Plan,
    pub prices: Option<Vec<f64>>,
}

/// Plans a city.
pub fn planned(snapshot: Snapshot) -> Planned {
    let built = built(&snapshot);
    let outcome = solved(&built);
    let plan = assemble::plan(&snapshot, &built, &outcome, None, 7).expect("a plan");
    Planned {
        prices: prices_of(&outcome),
        snapshot,
        built,
        plan,
    }
}

impl Planned {
    /// What questions stand on.
    pub fn footing(&self) -> Footing<'_> {
        let (snapshot, built) = (&self.snapshot, &self.built);
        Footing::of(snapshot, built, &self.plan, self.prices.clone(), &effort()).expect("a footing")
    }
}

/// Enough for any small city.
pub fn effort() -> Effort {
    Effort {
        seconds: 30.0,
        threads: 1,
        seed: 7,
        gap: 0.0,
        work: None,
    }
}

/// Nobody stops.
pub fn go() -> Arc<AtomicBool> {
    Arc::new(AtomicBool::new(false))
}
