//! A round at a desk: frozen, planned, proved, stored; and what is refused on the way.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use zhuchao::acts::boards::Boards;
use zhuchao::acts::view::source::{BoardSource, FileKind};
use zhuchao::acts::{Desk, care, documents, embedded, export, freeze, plan, seed};
use zhuchao::domain::ids::RoundId;
use zhuchao::domain::place::DistrictCode;
use zhuchao::domain::round::{Round, RoundState};
use zhuchao::planning::run::{Settings, Watch};
use zhuchao::planning::{check, files, format};
use zhuchao::solve::verify::verify;
use zhuchao::store::{self, journal};

use super::{demo, desks, desks_at_noon, noon};

/// Short: these tests are about storing, not about how good the plan is.
fn made(desk: &Desk, round: &RoundId) -> plan::Made {
    let quiet = |_| {};
    let watch = Watch::start(3.0, Arc::new(AtomicBool::new(false)), &quiet);
    plan::plan(desk, round, &Settings::official(3.0, 7), &watch).expect("a plan")
}

#[test]
fn a_round_goes_from_tables_to_a_stored_and_proved_plan() {
    for (name, desk, _folder) in desks() {
        let round = demo(&desk);
        let frozen = freeze::freeze(&desk, &round).expect("a snapshot");
        assert_eq!(frozen.applications, 120, "{name}");
        let made = made(&desk, &round);
        assert_eq!(made.run.plan.snapshot, frozen.digest, "{name}");
        let snapshot =
            files::read_snapshot(&export::snapshot(&desk, &round).expect("stored")).expect("whole");
        let plan = files::read_plan(&export::plan(&desk, &round).expect("stored")).expect("whole");
        assert_eq!(check::check(&snapshot, &plan), vec![], "{name}");
        assert_eq!(files::plan_digest(&plan), made.digest, "{name}");
        let stored: Round = desk
            .store()
            .read(|tx| store::need(tx, round.as_str()))
            .expect("the round");
        assert_eq!(stored.state, RoundState::Planned, "{name}");
        let about = desk
            .store()
            .read(|tx| journal::about(tx, &format!("round {round}")))
            .expect("a journal");
        let acts: Vec<&str> = about.iter().map(|e| e.entry.act.as_str()).collect();
        assert_eq!(acts, ["open round", "freeze", "plan"], "{name}");
        let (_, faults) = care::examine(&desk).expect("an examination");
        assert!(faults.is_empty(), "{name}: {faults:?}");
        boards(name, desk, &round);
    }
}

/// The pages see the stored plan and the files that prove it.
fn boards(name: &str, desk: Desk, round: &RoundId) {
    let boards = Boards::new(desk);
    let board = boards
        .latest(None)
        .expect("a board")
        .expect("a plan is stored");
    assert_eq!(board.rows.len(), 120, "{name}");
    assert!(
        boards
            .latest(Some(&"OTHER".parse().expect("a key")))
            .expect("no fault")
            .is_none()
    );
    for kind in [
        FileKind::Snapshot,
        FileKind::Plan,
        FileKind::Instance,
        FileKind::Outcome,
    ] {
        assert!(
            boards
                .file(Some(round), kind)
                .expect("a file")
                .is_some_and(|b| !b.is_empty()),
            "{name} {kind:?}"
        );
    }
    let file = |kind| {
        boards
            .file(Some(round), kind)
            .expect("a file")
            .expect("it is kept")
    };
    let instance = format::read_instance(&file(FileKind::Instance), format::UNPACKED_LIMIT);
    let outcome = format::read_outcome(&file(FileKind::Outcome), format::UNPACKED_LIMIT);
    let report = verify(&instance.expect("whole"), &outcome.expect("whole"));
    assert!(report.ok(), "{name}: {:?}", report.findings);
}

#[test]
fn both_databases_freeze_the_same_bytes() {
    let digests: Vec<String> = desks_at_noon()
        .into_iter()
        .map(|(_, desk, _folder)| {
            freeze::freeze(&desk, &demo(&desk))
                .expect("a snapshot")
                .digest
        })
        .collect();
    assert!(digests.windows(2).all(|w| w[0] == w[1]), "{digests:?}");
}

#[test]
fn seeding_twice_changes_nothing() {
    for (name, desk, _folder) in desks() {
        assert!(seed::ground(&desk).expect("the map"), "{name}");
        assert!(!seed::ground(&desk).expect("the map"), "{name}");
        demo(&desk);
        let entries = |d: &Desk| {
            d.store()
                .read(|tx| journal::page(tx, 0, 1000))
                .expect("a journal")
                .len()
        };
        let before = entries(&desk);
        demo(&desk);
        assert_eq!(entries(&desk), before, "{name}");
    }
}

#[test]
fn what_is_missing_is_named() {
    for (name, desk, _folder) in desks() {
        let nobody: RoundId = "NONE".parse().expect("a key");
        let refused = freeze::freeze(&desk, &nobody).expect_err("no such round");
        assert_eq!(refused.0[0].code, freeze::NO_ROUND, "{name}");
        let round = demo(&desk);
        let refused = plan::newest_snapshot(&desk, &round).expect_err("not frozen");
        assert_eq!(refused.0[0].code, plan::NOT_FROZEN, "{name}");
        let refused = export::plan(&desk, &round).expect_err("not planned");
        assert_eq!(refused.0[0].code, export::NOTHING_STORED, "{name}");
    }
}

#[test]
fn a_round_without_policy_or_applications_cannot_be_frozen() {
    for (name, desk, _folder) in desks() {
        let round = embedded::demo_round().expect("a round").round;
        desk.store()
            .write(|tx| {
                store::upsert_many(tx, std::slice::from_ref(&round))?;
                journal::append(tx, &entry("open round"))
            })
            .expect("a round");
        let refused = freeze::freeze(&desk, &round.id).expect_err("no policy");
        assert_eq!(refused.0[0].code, freeze::NO_POLICY, "{name}");
        let text = store::policies::PolicyText {
            version: "1".to_owned(),
            created_at: noon(),
            text: embedded::POLICY.to_owned(),
        };
        desk.store()
            .write(|tx| {
                store::policies::put(tx, &text)?;
                journal::append(tx, &entry("load policy"))
            })
            .expect("a policy");
        let refused = freeze::freeze(&desk, &round.id).expect_err("nobody applied");
        assert_eq!(refused.0[0].code, freeze::NO_APPLICATION, "{name}");
    }
}

#[test]
fn a_plan_of_an_old_snapshot_is_not_stored() {
    for (name, desk, _folder) in desks() {
        let round = demo(&desk);
        freeze::freeze(&desk, &round).expect("a snapshot");
        let again = std::cell::Cell::new(false);
        // While the solver runs somebody corrects a quota and freezes anew.
        let meddle = |_| {
            if !again.replace(true) {
                correct_a_quota(&desk);
                freeze::freeze(&desk, &round).expect("a newer snapshot");
            }
        };
        let watch = Watch::start(2.0, Arc::new(AtomicBool::new(false)), &meddle);
        let refused = plan::plan(&desk, &round, &Settings::official(2.0, 7), &watch)
            .err()
            .expect("it is stale");
        assert_eq!(refused.0[0].code, plan::STALE, "{name}");
    }
}

fn correct_a_quota(desk: &Desk) {
    let nanshan: DistrictCode = "440305".parse().expect("a district");
    desk.store()
        .write(|tx| {
            let mut quotas: Vec<zhuchao::domain::quota::Quota> = store::all(tx)?;
            quotas.retain(|q| q.district == nanshan);
            quotas[0].amount.0 += 100;
            store::upsert_many(tx, &quotas)?;
            journal::append(tx, &entry("correct quota"))
        })
        .expect("a quota");
}

fn entry(act: &str) -> journal::Entry {
    journal::Entry {
        at: noon(),
        actor: "tester".to_owned(),
        act: act.to_owned(),
        subject: "test".to_owned(),
        before: None,
        after: None,
    }
}

#[test]
fn the_tables_inside_the_program_are_whole() {
    // AC101 would say otherwise.
    assert_eq!(embedded::BAD_EMBEDDED.0, "AC101");
    let ground = embedded::ground().expect("the map");
    assert_eq!(
        (ground.districts.len(), ground.network.stations.len()),
        (13, 335)
    );
    assert_eq!(
        ground
            .districts
            .iter()
            .filter(|d| d.outline.is_some())
            .count(),
        10
    );
    assert!(embedded::demo_round().is_ok());
    assert_eq!(export::NOT_WRITABLE.0, "AC132");
    assert_eq!(documents::NOT_TEXT.0, "AC140");
    let bad = embedded::read_round("id = 3", "x.toml")
        .err()
        .expect("no round");
    assert_eq!(bad.0[0].code, embedded::BAD_EMBEDDED);
}
