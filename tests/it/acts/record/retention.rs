//! Retention: contents go when their time is over; digests, chain, replay and doctor still agree.

use zhuchao::acts::cases::draft;
use zhuchao::acts::record::{heads, replay, retention};
use zhuchao::acts::refuse;
use zhuchao::domain::case::CaseStage;
use zhuchao::domain::people::{Body, Role};
use zhuchao::policy::retention::{BAD_RETENTION, read};
use zhuchao::store::doctor::ERASURE_UNKNOWN;
use zhuchao::store::{case_files, raw};

use super::{SECRETS, differences, past_the_guards, whole_way};
use crate::acts::cases::{drafted, here, stored, submitted, well};
use crate::acts::procedure::code;
use crate::support::town::Town;

fn system(town: &Town) -> zhuchao::acts::Desk {
    town.person(Role::SystemAdmin, Body::City)
}

#[test]
fn evidence_of_a_withdrawn_case_and_old_drafts_go_and_doctor_is_content() {
    for town in here() {
        let case = submitted(&town, "F1");
        draft::withdraw(&town.firm("F1"), &case.id, "moved").expect("withdrawn");
        let begun = drafted(&town, "F2");
        let settings = retention::default_settings().expect("settings");
        let desk = system(&town);
        assert_eq!(
            retention::plan(&desk, &settings).expect("a plan").items,
            vec![]
        );
        town.at("2029-01-05T09:00:00+08:00");
        let kept = heads::heads(&town.desk).expect("heads");
        let due = retention::plan(&desk, &settings)
            .expect("a plan")
            .items
            .len();
        assert_eq!(due, 3, "two files and a draft");
        let done = retention::apply(&desk, &settings).expect("applied");
        assert_eq!((done.erased.len(), done.drafts.len()), (2, 1));
        assert_eq!(
            retention::plan(&desk, &settings).expect("a plan").items,
            vec![]
        );
        assert_eq!(stored(&town, &begun).stage, CaseStage::Withdrawn);
        let digest = stored(&town, &case).evidence[0].digest.clone();
        let holder = case_files::of_case(&case.id);
        let there = town
            .desk
            .store()
            .read(|tx| case_files::get(tx, &holder, &digest));
        assert_eq!(there.expect("read"), None);
        well(&town);
        assert_eq!(heads::verify(&town.desk, &kept).expect("held").lost, vec![]);
        let one = replay::replay(&town.desk, "case", case.id.as_str(), None).expect("a replay");
        assert_eq!(one.differences, vec![]);
        assert_eq!(
            code(retention::apply(&town.planner(), &settings)),
            refuse::NOT_ALLOWED
        );
    }
}

#[test]
fn personal_data_of_old_acts_is_nowhere_left_and_the_round_still_matches() {
    for town in whole_way() {
        town.at("2032-01-05T09:00:00+08:00");
        let settings = retention::default_settings().expect("settings");
        let done = retention::apply(&system(&town), &settings).expect("applied");
        assert!(
            !done.erased.is_empty() && done.masked.len() == 1,
            "{done:?}"
        );
        for table in ["records", "objections", "erasures", "repeats"] {
            let sql = format!("SELECT body AS value FROM {table}");
            let all = raw::texts(town.desk.store(), &sql).expect("texts").concat();
            for secret in SECRETS {
                assert!(!all.contains(secret), "{table}");
            }
        }
        well(&town);
        assert_eq!(differences(&town), vec![], "{}", town.name);
    }
}

#[test]
fn what_is_erased_past_the_program_is_found() {
    for town in whole_way() {
        let store = town.desk.store();
        let sql = "DELETE FROM records";
        assert!(
            raw::execute(store, sql).is_err(),
            "{}: the schema refuses",
            town.name
        );
        let digest =
            &raw::texts(store, "SELECT digest AS value FROM records LIMIT 1").expect("one")[0];
        let body = format!(
            "{{\"kind\":\"record\",\"of\":\"{digest}\",\"digest\":\"{digest}\",\"rule\":\"drafts\",\"at\":\"2026-01-01T00:00:00Z\",\"by\":\"x\",\"left\":null}}"
        );
        let sql = format!(
            "INSERT INTO erasures (id, kind, digest, rule, body) VALUES ('record {digest}', 'record', '{digest}', 'drafts', '{body}'); \
             DELETE FROM records WHERE digest = '{digest}';"
        );
        past_the_guards(&town, "plans", &sql);
        let (_, faults) = zhuchao::acts::care::examine(&town.desk).expect("an examination");
        assert!(
            faults.iter().any(|f| f.code == ERASURE_UNKNOWN),
            "{faults:?}"
        );
    }
}

#[test]
fn settings_need_days_and_a_basis() {
    let rule = "[[rule]]\nwhat = \"drafts\"\ndays = 9\nevidence = \"assumption\"\nbasis = \"x\"\n";
    assert!(read(&format!("version = \"1\"\n{rule}")).is_ok());
    for bad in [
        "".to_owned(),
        format!("version = \"1\"\n{rule}{rule}"),
        format!("version = \"1\"\n{}", rule.replace('9', "0")),
        format!("version = \"1\"\n{}", rule.replace("\"x\"", "\" \"")),
        format!("version = \"1\"\n{}", rule.replace("drafts", "dreams")),
    ] {
        assert_eq!(read(&bad).expect_err("refused").code, BAD_RETENTION);
    }
}
