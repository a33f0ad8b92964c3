//! Properties on random worlds: every plan is proved, no quota is exceeded, the order of applications
//! does not matter to the value, the same snapshot gives the same bytes.

use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, proptest};
use zhuchao::domain::housing::{HouseholdKind, Layout};
use zhuchao::domain::quota::QuotaMode;
use zhuchao::domain::snapshot::Snapshot;
use zhuchao::domain::space::Use;
use zhuchao::planning::{assemble, check, files};

use super::run::{built, solved, text};
use crate::support::world::{World, day, households, key};

/// A unit: floor, area, kind.
type UnitDraft = (u8, i64, u8);
/// A firm: heads, least area, width of the wish, kind.
type FirmDraft = (u32, i64, i64, u8);

fn drafts() -> impl Strategy<Value = (Vec<UnitDraft>, Vec<FirmDraft>, i64)> {
    let unit = (0_u8..8, 50_i64..700, any::<u8>());
    let firm = (5_u32..160, 50_i64..500, 0_i64..400, any::<u8>());
    (vec(unit, 1..10), vec(firm, 1..9), 0_i64..400_000)
}

fn world(units: &[UnitDraft], firms: &[FirmDraft], quota: i64) -> Snapshot {
    let mut world = World::city()
        .site("S1", "440305", 0)
        .site("S2", "440310", 4_000)
        .apartments("P1", 500, None, (Layout::Studio, 4))
        .apartments("P2", 4_100, Some("S2"), (Layout::DormBed, 3))
        .quota("440305", quota, QuotaMode::Hard)
        .quota("440310", quota / 3, QuotaMode::ProRata);
    for (n, (floor, m2, kind)) in units.iter().enumerate() {
        let site = if floor % 2 == 0 { "S1" } else { "S2" };
        let floor = format!("{site}/A/{}", 1 + floor / 2);
        let id = format!("U{n}");
        world = match kind % 8 {
            0 | 1 => world.divisible(&id, &floor, *m2, 50),
            2 => world.grouped(&id, &floor, *m2, &format!("G{site}")),
            3 => world.unit(&id, &floor, *m2).one_tenant(&floor),
            4 => world.unit_with(&id, &floor, *m2, |u| u.use_ = Use::Laboratory),
            5 => world.unit_with(&id, &floor, *m2, |u| u.rent = None),
            6 => world.unit_with(&id, &floor, *m2, |u| u.rent_free_months = 3),
            _ => world.unit(&id, &floor, *m2),
        };
    }
    firms
        .iter()
        .enumerate()
        .fold(world, |world, (n, draft)| apply(world, n, draft))
        .freeze()
}

fn apply(world: World, n: usize, (heads, least, width, kind): &FirmDraft) -> World {
    let id = format!("F{n}");
    world
        .firm(&id, *heads)
        .wants_with(&id, *least, least + width, |a| {
            a.wants_subsidy = kind % 3 != 0;
            if kind % 5 == 0 {
                a.site_wishes = vec![key("S2")];
            }
            if kind % 7 == 0 {
                a.use_ = Use::Laboratory;
            }
            if kind % 11 == 0 {
                a.anchors = vec![key("M2")];
                a.max_minutes = Some(30);
            }
            if kind % 13 == 0 {
                a.start_from = day(2026, 4, 1);
            }
            let single = households(HouseholdKind::Single, 1 + u32::from(kind % 4));
            a.households = vec![single, households(HouseholdKind::Couple, 1)];
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn every_plan_is_proved((units, firms, quota) in drafts()) {
        let snapshot = world(&units, &firms, quota);
        let built = built(&snapshot);
        let outcome = solved(&built);
        let plan = assemble::plan(&snapshot, &built, &outcome, None, 7).expect("a plan");
        let found = check::check(&snapshot, &plan);
        prop_assert!(found.is_empty(), "{}", text(&found));
        for quota in &snapshot.quotas {
            let grants = plan.awards.iter().filter_map(|a| a.subsidy.as_ref());
            let mine = grants.filter(|s| s.district == quota.district);
            prop_assert!(mine.map(|s| s.awarded.0).sum::<i64>() <= quota.amount.0);
        }
        let again = assemble::plan(&snapshot, &built, &solved(&built), None, 7).expect("a plan");
        prop_assert_eq!(files::write_plan(&plan), files::write_plan(&again));
    }

    #[test]
    fn the_order_of_applications_does_not_change_the_value((units, firms, quota) in drafts()) {
        let value = |firms: &[FirmDraft]| {
            let built = built(&world(&units, firms, quota));
            solved(&built).value
        };
        let backwards: Vec<FirmDraft> = firms.iter().rev().copied().collect();
        prop_assert_eq!(value(&firms), value(&backwards));
    }
}
