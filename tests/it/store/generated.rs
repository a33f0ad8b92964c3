//! Noun -> row -> noun is the identity, for whatever may be generated.

use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::test_runner::{Config, TestRunner};
use zhuchao::domain::area::Area;
use zhuchao::domain::evidence::Evidence;
use zhuchao::domain::firm::Firm;
use zhuchao::domain::money::{Fen, Rate};
use zhuchao::domain::round::Round;
use zhuchao::domain::space::{Division, Hazard, Rent, Technical, Unit};
use zhuchao::store::doctor::examine;
use zhuchao::store::{get, upsert_many};

use super::sample::{fill, the_firm, the_round, unit, write};
use crate::support::pg::stores;

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9 '\"\\\\%_;-]{0,12}",
        "[一-龥]{0,6}",
        Just("🏭\u{200b}\n\t".to_owned())
    ]
}

fn units() -> impl Strategy<Value = Unit> {
    let technical = (
        any::<Option<u32>>(),
        any::<Option<u32>>(),
        any::<Option<bool>>(),
    );
    let lots = (1..i64::from(u32::MAX), any::<bool>(), any::<u16>());
    (lots, technical, any::<Option<u32>>(), text(), text()).prop_map(
        |((area, divisible, id), (load, height, gas), rent, room, note)| {
            let division = if divisible {
                Division::Divisible {
                    smallest_lot: Area(1 + area / 2),
                }
            } else {
                Division::Whole
            };
            let mut unit = unit(&format!("G{id}"), 1, division);
            unit.area = Area(area);
            unit.room = room;
            unit.provenance.note = note.clone();
            unit.provenance.assumed = vec![note];
            unit.technical = Technical {
                floor_load_kg_m2: load,
                clear_height_mm: height,
                gas,
                hazard: Some(Hazard::C),
                ..Technical::default()
            };
            unit.rent = rent.map(|r| Rent {
                rate: Rate::new(i64::from(r)).expect("a rate"),
                evidence: Evidence::Assumption,
            });
            unit.proved().expect("the laws are kept")
        },
    )
}

fn firms_of(n: u16) -> impl Strategy<Value = Firm> {
    (text(), text(), any::<u32>(), any::<Option<i64>>()).prop_map(
        move |(zh, en, headcount, revenue)| Firm {
            id: format!("F{n}").parse().expect("a key"),
            name_zh: zh,
            name_en: en,
            headcount,
            revenue: revenue.map(Fen),
            ..the_firm()
        },
    )
}

/// What may be generated of a noun comes back as it went in, and doctor agrees with the columns.
#[test]
fn generated_nouns_come_back() {
    for db in stores() {
        fill(&db.store);
        let mut runner = TestRunner::new(Config {
            cases: 40,
            failure_persistence: None,
            ..Config::default()
        });
        runner
            .run(
                &(units(), firms_of(1), text(), any::<u64>()),
                |(unit, firm, name, seed)| {
                    let round = Round {
                        id: "G".parse().expect("a key"),
                        name_zh: name,
                        seed,
                        ..the_round()
                    };
                    write(&db.store, |tx| {
                        upsert_many(tx, std::slice::from_ref(&unit))?;
                        upsert_many(tx, std::slice::from_ref(&firm))?;
                        upsert_many(tx, std::slice::from_ref(&round))
                    })
                    .unwrap_or_else(|e| panic!("{e}: {}", e.detail()));
                    db.store
                        .read(|tx| {
                            assert_eq!(get::<Unit>(tx, unit.id.as_str())?.as_ref(), Some(&unit));
                            assert_eq!(get::<Firm>(tx, firm.id.as_str())?.as_ref(), Some(&firm));
                            assert_eq!(get::<Round>(tx, "G")?.as_ref(), Some(&round));
                            Ok::<(), zhuchao::store::StoreError>(())
                        })
                        .expect("read");
                    Ok(())
                },
            )
            .unwrap_or_else(|e| panic!("{}: {e}", db.name));
        let health = examine(&db.store).expect("doctor works");
        assert!(health.faults.is_empty(), "{}: {:?}", db.name, health.faults);
    }
}
