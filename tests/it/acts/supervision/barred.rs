//! A firm that is barred after its case was verified is not in the freeze, and officers see why.

use zhuchao::acts::cases::{flags, review};
use zhuchao::acts::rounds::freezing;
use zhuchao::acts::supervision::sanctions;
use zhuchao::acts::{Desk, refuse};
use zhuchao::domain::case::Case;
use zhuchao::domain::procedure::Step;
use zhuchao::store::{self, snapshots};

use super::super::cases::{self, code, officer, well, words};
use super::super::procedure::go;
use super::findings::{ban, punished};
use super::here;
use crate::support::town::Town;
use crate::support::world::{day, key};

/// A verified case of a firm that has an older application, too: a person looked at both.
fn verified(town: &Town, firm: &str) -> Case {
    let case = cases::accepted(town, firm);
    let desk = officer(town, &case);
    let older = key(&format!("AP-{firm}"));
    flags::clear(&desk, &case.id, &older, "the contract that it has").expect("cleared");
    review::verify(&desk, &case.id, words()).expect("verified")
}

#[test]
fn a_firm_that_is_barred_after_its_case_was_verified_does_not_enter_the_freeze() {
    for town in here() {
        go(&town, Step::Guided);
        let barred = verified(&town, "F1");
        verified(&town, "F2");
        punished(&town);
        let seen = |desk: &Desk| freezing::barred_now(desk, &key("R1"));
        let all = seen(&town.planner()).expect("a list");
        let mine = all.iter().find(|b| b.application == barred.id);
        assert_eq!(mine.map(|b| b.until), Some(day(2027, 3, 1)), "{all:?}");
        assert_eq!(seen(&town.district("440305")).expect("its own"), all);
        assert_eq!(seen(&town.district("440310")), Ok(Vec::new()));
        assert_eq!(code(seen(&town.firm("F1"))), refuse::NOT_ALLOWED);
        freezing::freeze(&town.planner(), &key("R1")).expect("frozen");
        let firms = |town: &Town| {
            let bytes = town.desk.store().read(|tx| {
                let digest = snapshots::of_round(tx, &key("R1"))?.remove(0);
                Ok(snapshots::get(tx, &digest)?.map(|s| s.bytes))
            });
            let bytes: Result<_, store::StoreError> = bytes;
            let text = String::from_utf8(bytes.expect("read").expect("a snapshot"));
            let all: serde_json::Value = serde_json::from_str(&text.expect("text")).expect("JSON");
            let firms = all["applications"].as_array().cloned().unwrap_or_default();
            let named = firms
                .iter()
                .filter_map(|a| a["firm"].as_str().map(str::to_owned));
            named.collect::<Vec<String>>()
        };
        assert!(!firms(&town).contains(&"F1".to_owned()), "{}", town.name);
        assert!(firms(&town).contains(&"F2".to_owned()));
        let ban = ban(&town);
        sanctions::lift_ban(&town.bureau(), &ban.id, "an error").expect("lifted");
        town.at("2026-03-03T09:00:00+08:00");
        freezing::freeze(&town.planner(), &key("R1")).expect("frozen again");
        assert!(firms(&town).contains(&"F1".to_owned()));
        well(&town);
    }
}
