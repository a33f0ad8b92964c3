//! Profiles: declared once, verified by the district, masked for others; a frozen snapshot keeps its facts.

use zhuchao::acts::cases::evidence::Sent;
use zhuchao::acts::cases::profile::{self, Declared};
use zhuchao::acts::cases::{profile_files, review, submit};
use zhuchao::acts::refuse;
use zhuchao::domain::area::Share;
use zhuchao::domain::firm::{Credential, Firm};
use zhuchao::domain::money::Fen;
use zhuchao::domain::profile::{
    BAD_CONTROLLER, BAD_FACTS, Controller, FirmFacts, Profile, ProfileStage, common_share,
};
use zhuchao::store::snapshots;
use zhuchao::store::{self};

use super::{PDF, accepted, cells, code, here, officer, rows, verified, well, words};
use crate::support::town::Town;
use crate::support::world::{day, key};

fn firm(town: &Town, id: &str) -> Firm {
    let read = town.desk.store().read(|tx| store::need(tx, id));
    read.expect("the firm")
}

/// What F1 declares of itself, so many employees among it.
pub fn declared(town: &Town, headcount: u32) -> Declared {
    Declared {
        facts: FirmFacts {
            headcount,
            revenue: Some(Fen(500_000_000)),
            credentials: vec![Credential::HighTech, Credential::AboveScale],
            ..FirmFacts::of(&firm(town, "F1"))
        },
        controllers: vec![person("张三", 6_000)],
    }
}

fn person(name: &str, bp: i64) -> Controller {
    Controller {
        name: name.to_owned(),
        code_digest: None,
        share: Share::new(bp).expect("a share"),
    }
}

/// The preparer of F1 declares.
pub fn declare(town: &Town, new: &Declared) -> Profile {
    profile::declare(&town.preparer("F1"), &key("F1"), new).expect("declared")
}

#[test]
fn declared_facts_are_those_of_the_firm_once_the_district_has_verified_them() {
    for town in here() {
        let before = rows(&town);
        declare(&town, &declared(&town, 60));
        assert_eq!(rows(&town), before + 1, "one act, one row");
        assert_eq!(firm(&town, "F1").headcount, 40, "declared is not verified");
        let judge = |d: &zhuchao::acts::Desk| profile::verify(d, &key("F1"), "seen");
        assert_eq!(code(judge(&town.reviewer("440310"))), refuse::NOT_YOURS);
        assert_eq!(code(judge(&town.firm("F1"))), refuse::NOT_ALLOWED);
        let done = judge(&town.reviewer("440305")).expect("verified");
        assert_eq!(done.stage, ProfileStage::Verified);
        let now = firm(&town, "F1");
        assert_eq!(now.headcount, 60);
        assert_eq!(
            now.credentials,
            [Credential::AboveScale, Credential::HighTech],
            "sorted"
        );
        assert_eq!(code(judge(&town.reviewer("440305"))), refuse::WRONG_STATE);
        well(&town);
    }
}

#[test]
fn refused_facts_change_nothing_and_may_be_declared_again() {
    for town in here() {
        declare(&town, &declared(&town, 400));
        let refuse_it = |note: &str| profile::refuse(&town.reviewer("440305"), &key("F1"), note);
        assert_eq!(code(refuse_it("")), refuse::UNFIT);
        refuse_it("the insurance says 40").expect("refused");
        assert_eq!(firm(&town, "F1").headcount, 40);
        assert_eq!(
            declare(&town, &declared(&town, 41)).stage,
            ProfileStage::Declared
        );
        let none = profile::verify(&town.reviewer("440305"), &key("F2"), "");
        assert_eq!(code(none), refuse::ABSENT);
    }
}

#[test]
fn facts_that_cannot_be_are_told_by_field() {
    for town in here() {
        let facts = FirmFacts {
            name_zh: " ".to_owned(),
            revenue: Some(Fen(-1)),
            founded: Some(day(2026, 1, 6)),
            credentials: vec![Credential::HighTech, Credential::HighTech],
            fields: vec![key("K404")],
            ..FirmFacts::of(&firm(&town, "F1"))
        };
        let controllers = vec![person("", 6_000), person("李四", 5_000)];
        let new = Declared { facts, controllers };
        let told = cells(profile::declare(&town.firm("F1"), &key("F1"), &new));
        let wanted = [
            (BAD_FACTS.0, "name_zh"),
            (BAD_FACTS.0, "revenue"),
            (BAD_FACTS.0, "founded"),
            (BAD_FACTS.0, "credentials"),
            (BAD_CONTROLLER.0, "controllers"),
            (BAD_CONTROLLER.0, "controllers"),
            (refuse::UNFIT.0, "fields"),
        ];
        let wanted: Vec<_> = wanted.iter().map(|(c, f)| (*c, (*f).to_owned())).collect();
        assert_eq!(told, wanted);
        let other = profile::declare(&town.firm("F2"), &key("F1"), &declared(&town, 60));
        assert_eq!(code(other), refuse::NOT_YOURS);
    }
}

#[test]
fn a_case_is_not_verified_while_declared_facts_wait() {
    for town in here() {
        let case = accepted(&town, "F1");
        declare(&town, &declared(&town, 60));
        let officer = officer(&town, &case);
        assert_eq!(
            code(review::verify(&officer, &case.id, words())),
            review::PROFILE_PENDING
        );
        profile::verify(&officer, &key("F1"), "").expect("verified");
        review::verify(&officer, &case.id, words()).expect("verified");
    }
}

#[test]
fn a_frozen_snapshot_keeps_the_facts_and_never_holds_a_controller() {
    for town in here() {
        verified(&town, "F1");
        declare(&town, &declared(&town, 60));
        super::review::frozen(&town);
        profile::verify(&town.reviewer("440305"), &key("F1"), "").expect("verified");
        let bytes = (town.desk.store())
            .read(|tx| {
                let digest = snapshots::of_round(tx, &key("R1"))?.remove(0);
                snapshots::get(tx, &digest)
            })
            .expect("read")
            .expect("a snapshot")
            .bytes;
        let text = String::from_utf8(bytes).expect("text");
        let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(json["firms"][0]["headcount"], 40);
        assert!(!text.contains("张三"), "a snapshot is published");
        assert_eq!(firm(&town, "F1").headcount, 60);
    }
}

#[test]
fn names_of_controllers_are_whole_for_the_firm_and_its_district_alone() {
    for town in here() {
        declare(&town, &declared(&town, 60));
        let name = |desk: &zhuchao::acts::Desk| {
            let seen = profile::show(desk, &key("F1")).expect("seen");
            seen.profile.expect("a profile").controllers[0].name.clone()
        };
        assert_eq!(name(&town.preparer("F1")), "张三");
        assert_eq!(name(&town.reviewer("440305")), "张三");
        assert_eq!(name(&town.planner()), "张**");
        for other in [town.firm("F2"), town.reviewer("440310")] {
            assert_eq!(code(profile::show(&other, &key("F1"))), refuse::NOT_YOURS);
        }
        let listed = profile::list(&town.reviewer("440305"), None, (None, 0)).expect("a list");
        assert!(listed.len() == 1 && listed[0].controllers.is_empty());
        let far = profile::list(&town.reviewer("440310"), None, (None, 0)).expect("a list");
        assert!(far.is_empty());
        assert_eq!(
            code(profile::list(&town.firm("F1"), None, (None, 0))),
            refuse::NOT_YOURS
        );
    }
}

#[test]
fn evidence_of_the_profile_serves_every_case() {
    for town in here() {
        let sent = Sent {
            kind: "pledge",
            label: "pledge.pdf",
            bytes: PDF,
        };
        let mine = town.firm("F1");
        let filed = profile_files::file(&mine, &key("F1"), &sent).expect("filed");
        let digest = filed.evidence[0].digest.clone();
        let case = zhuchao::acts::cases::begin::begin(&town.preparer("F1"), &key("R1"));
        let case = case.expect("a case");
        let writer = super::having(&town.preparer("F1"), &case);
        zhuchao::acts::cases::draft::save(&writer, &case.id, &super::full()).expect("saved");
        zhuchao::acts::cases::draft::prepare(&town.preparer("F1"), &case.id).expect("prepared");
        submit::submit(&mine, &case.id).expect("the pledge is in the profile");
        let read = |d: &zhuchao::acts::Desk| profile_files::read(d, &key("F1"), &digest);
        assert_eq!(read(&town.reviewer("440305")).expect("read").1, PDF);
        assert_eq!(code(read(&town.reviewer("440310"))), refuse::NOT_YOURS);
        assert_eq!(code(read(&town.firm("F2"))), refuse::NOT_YOURS);
        assert_eq!(
            code(profile_files::remove(&town.firm("F2"), &key("F1"), &digest)),
            refuse::NOT_YOURS
        );
        profile_files::remove(&mine, &key("F1"), &digest).expect("removed");
        assert_eq!(code(read(&mine)), refuse::ABSENT);
        well(&town);
    }
}

#[test]
fn the_common_share_is_the_lesser_of_the_two() {
    let (mine, theirs) = (
        [person("张三", 6_000)],
        [person("张三 ", 4_000), person("李四", 9_000)],
    );
    assert_eq!(common_share(&mine, &theirs).map(Share::bp), Some(4_000));
    assert_eq!(common_share(&mine, &[]), None);
    assert_eq!(
        code(profile::code_digest("123").map_err(Into::into)),
        refuse::UNFIT
    );
}
