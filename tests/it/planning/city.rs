//! A fixed small city in which everything happens at once: a contested floor, a quota that runs out,
//! a uniform cut, a group, a one-tenant floor, parts, apartments that do not suffice, each reason.

use zhuchao::domain::housing::{HouseholdKind, Layout};
use zhuchao::domain::quota::QuotaMode;
use zhuchao::domain::snapshot::Snapshot;
use zhuchao::domain::space::Use;

use crate::support::world::{World, households, key};

/// The city before it is frozen.
pub fn world() -> World {
    let space = World::city()
        .site("S1", "440305", 500)
        .site("S2", "440310", 6000)
        .unit("A1", "S1/A/1", 300)
        .unit("A2", "S1/A/1", 300)
        .unit("A3", "S1/A/2", 500)
        .divisible("A4", "S1/A/3", 1000, 200)
        .unit("A5", "S1/A/5", 400)
        .unit("A6", "S1/A/5", 450)
        .one_tenant("S1/A/5")
        .unit_with("B1", "S2/B/1", 150, |u| {
            u.use_ = Use::Laboratory;
            u.group = Some(key("G1"));
        })
        .grouped("B2", "S2/B/1", 50, "G1")
        .unit("B3", "S2/B/2", 600)
        .unit("B4", "S2/B/3", 700)
        .apartments("P1", 900, None, (Layout::Studio, 5))
        .apartments("P2", 600, Some("S1"), (Layout::TwoBed, 2))
        .apartments("P3", 6200, None, (Layout::DormBed, 4))
        .quota("440305", 250_000, QuotaMode::Hard)
        .quota("440310", 60_000, QuotaMode::ProRata);
    firms(space)
}

fn firms(world: World) -> World {
    world
        .firm_with("F1", 40, |f| f.fields = vec![key("K1")])
        .wants_with("F1", 250, 600, |a| {
            a.site_wishes = vec![key("S1")];
            a.wants_subsidy = true;
            a.households = vec![
                households(HouseholdKind::Single, 4),
                households(HouseholdKind::Family, 1),
            ];
        })
        .firm("F2", 60)
        .wants_with("F2", 400, 600, |a| {
            a.site_wishes = vec![key("S1"), key("S2")];
            a.anchors = vec![key("M1")];
            a.wants_subsidy = true;
            a.households = vec![households(HouseholdKind::Single, 4)];
        })
        .firm("F3", 120)
        .wants_with("F3", 700, 900, |a| a.districts = vec![key("440305")])
        .firm("F4", 20)
        .wants_with("F4", 150, 250, |a| {
            a.use_ = Use::Laboratory;
            a.wants_subsidy = true;
            a.households = vec![households(HouseholdKind::Single, 9)];
        })
        .firm("F5", 80)
        .wants_with("F5", 500, 800, |a| {
            a.districts = vec![key("440310")];
            a.wants_subsidy = true;
        })
        .firm("F6", 80)
        .wants_with("F6", 500, 800, |a| {
            a.districts = vec![key("440310")];
            a.wants_subsidy = true;
        })
        .firm("F7", 80)
        .wants_with("F7", 500, 640, |a| a.districts = vec![key("440310")])
        .firm("F8", 5)
        .wants("F8", 100, 200)
        .firm("F9", 300)
        .wants("F9", 3000, 4000)
        .firm("G1", 50)
        .wants("G1", 200, 400)
        .firm("G2", 50)
        .wants("G2", 200, 300)
}

/// The city, frozen.
pub fn snapshot() -> Snapshot {
    world().freeze()
}
