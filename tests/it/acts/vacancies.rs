//! What is held is not offered again: freezing leaves out let units, let parts and let apartments.

use zhuchao::acts::{Desk, freeze};
use zhuchao::domain::area::Area;
use zhuchao::domain::ids::RoundId;
use zhuchao::domain::period::Period;
use zhuchao::domain::snapshot::Snapshot;
use zhuchao::domain::space::Division;
use zhuchao::planning::files;
use zhuchao::store::allocations::{self, ApartmentAllocation, Basis, HoldState, UnitAllocation};
use zhuchao::store::{journal, snapshots};

use super::{demo, desks, noon};

fn frozen(desk: &Desk, round: &RoundId) -> Snapshot {
    let digest = freeze::freeze(desk, round).expect("a snapshot").digest;
    let stored = desk
        .store()
        .read(|tx| snapshots::get(tx, &digest))
        .expect("a read")
        .expect("it is stored");
    files::read_snapshot(&stored.bytes).expect("whole")
}

fn years(from: &str, until: &str) -> Period {
    Period::new(
        from.parse().expect("a day"),
        Some(until.parse().expect("a day")),
    )
    .expect("a period")
}

fn contract() -> Basis {
    Basis {
        plan: None,
        contract: Some("C-1".to_owned()),
    }
}

#[test]
fn let_space_and_let_apartments_are_not_offered_again() {
    for (name, desk, _folder) in desks() {
        let round = demo(&desk);
        let before = frozen(&desk, &round);
        let whole = before
            .inventory
            .units
            .iter()
            .find(|u| u.division == Division::Whole && u.group.is_none())
            .expect("a whole unit");
        let parts = before
            .inventory
            .units
            .iter()
            .find(|u| matches!(u.division, Division::Divisible { .. }))
            .expect("a divisible unit");
        let homes = before
            .inventory
            .apartments
            .iter()
            .find(|a| a.count > 3)
            .expect("apartments");
        let application = before.applications[0].id.clone();
        let hold = |id: &str, unit: &zhuchao::domain::space::Unit, whole: bool, area: Area| {
            UnitAllocation {
                id: id.to_owned(),
                unit: unit.id.clone(),
                application: application.clone(),
                basis: contract(),
                whole,
                area,
                period: years("2026-01-01", "2040-01-01"),
                state: HoldState::Let,
            }
        };
        let units = [
            hold("a", whole, true, whole.area),
            hold("b", parts, false, Area::metres(500)),
        ];
        let apartments = [ApartmentAllocation {
            id: "c".to_owned(),
            apartment: homes.id.clone(),
            application: application.clone(),
            basis: contract(),
            count: 3,
            period: years("2026-01-01", "2040-01-01"),
            state: HoldState::Let,
        }];
        desk.store()
            .write_serial(|tx| {
                allocations::add_units(tx, &units)?;
                allocations::add_apartments(tx, &apartments)?;
                let entry = journal::Entry {
                    at: noon(),
                    actor: "tester".into(),
                    act: "sign".into(),
                    subject: "C-1".into(),
                    before: None,
                    after: None,
                };
                journal::append(tx, &entry)
            })
            .expect("free units");
        let after = frozen(&desk, &round);
        let unit = |id: &str| after.inventory.units.iter().find(|u| u.id.as_str() == id);
        let cut = unit(whole.id.as_str());
        assert!(
            cut.is_none_or(|u| u
                .available
                .iter()
                .all(|p| !p.overlaps(&years("2026-01-01", "2040-01-01")))),
            "{name}"
        );
        assert_eq!(
            unit(parts.id.as_str()).expect("a part is left").area.0,
            parts.area.0 - 50_000,
            "{name}"
        );
        let left = after
            .inventory
            .apartments
            .iter()
            .find(|a| a.id == homes.id)
            .expect("some are left");
        assert_eq!(left.count, homes.count - 3, "{name}");
    }
}
