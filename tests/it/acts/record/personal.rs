//! Personal data: masked wherever it leaves the house, whole only by an act with a reason.

use serde_json::json;
use zhuchao::acts::cases::view;
use zhuchao::acts::record::journal::{self, Wanted};
use zhuchao::acts::record::{masking, reveal};
use zhuchao::acts::{Desk, refuse};
use zhuchao::domain::people::{Body, Role};
use zhuchao::domain::personal::{self, Mask};
use zhuchao::domain::procedure::Step;

use super::{SECRETS, objected};
use crate::acts::cases::{self, profile};
use crate::acts::procedure::{code, go, world};
use crate::acts::supervision::{officer as account, put};
use crate::support::client::Ask;
use crate::support::town::towns;

#[actix_web::test]
async fn a_name_and_a_contact_stay_in_the_house() {
    for town in towns(&world()) {
        go(&town, Step::Publicised);
        let objection = objected(&town);
        let subject = format!("objection {}", objection.id);
        let desk = town.person(Role::AuditAdmin, Body::City);
        let rows = journal::list(
            &desk,
            &Wanted {
                subject: Some(subject),
                limit: 9,
                ..Wanted::default()
            },
        );
        let entry = rows.expect("entries")[0].seq;
        let paths = [
            format!("/api/v1/objections/{}", objection.id),
            "/api/v1/rounds/R1/objections".to_owned(),
            "/api/v1/rounds/R1".to_owned(),
            "/api/v1/rounds/R1/replay".to_owned(),
            format!("/api/v1/replays/objection/{}", objection.id),
            format!("/api/v1/histories/objection/{}", objection.id),
            "/api/v1/journal".to_owned(),
            format!("/api/v1/journal/{entry}"),
        ];
        let mut seen = 0;
        for path in &paths {
            for who in [
                "",
                "bureau_planner",
                "bureau_approver",
                "audit_admin",
                "system_admin",
                "operator",
                "district_reviewer.440305",
                "district_approver.440310",
                "firm_approver.F2",
            ] {
                let mut ask = Ask::get(path);
                if !who.is_empty() {
                    ask = ask.as_(who);
                }
                let answer = ask.of(&town).await;
                seen += usize::from(answer.status == 200);
                for secret in SECRETS {
                    assert!(
                        !answer.text.contains(secret),
                        "{who} {path}: {}",
                        answer.text
                    );
                }
            }
        }
        assert!(seen > 20, "most may look: {seen}");
    }
}

#[actix_web::test]
async fn who_says_why_sees_it_whole_and_the_journal_keeps_the_reason_alone() {
    for town in towns(&world()) {
        go(&town, Step::Publicised);
        let subject = format!("objection {}", objected(&town).id);
        let body = json!({ "subject": subject, "reason": "to invite him" });
        let answer = Ask::post("/api/v1/reveals", body.clone())
            .as_("bureau_planner")
            .header("idempotency-key", "k1")
            .of(&town)
            .await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        assert!(
            SECRETS.iter().all(|s| answer.text.contains(s)),
            "{}",
            answer.text
        );
        for who in [
            "audit_admin",
            "bureau_approver",
            "system_admin",
            "firm_approver.F2",
        ] {
            let refused = Ask::post("/api/v1/reveals", body.clone())
                .as_(who)
                .of(&town)
                .await;
            assert_eq!(
                (refused.status, &refused.json["code"]),
                (403, &json!("AC011"))
            );
        }
        let other = Ask::post("/api/v1/reveals", body.clone())
            .as_("district_reviewer.440310")
            .of(&town)
            .await;
        assert_eq!((other.status, &other.json["code"]), (403, &json!("AC012")));
        let desk = town.planner();
        for (subject, reason) in [
            (subject.as_str(), " "),
            ("offer O-1", "x"),
            ("nothing", "x"),
        ] {
            let refused = reveal::reveal(&desk, subject, reason)
                .err()
                .expect("refused");
            assert_eq!(refused.0[0].code, refuse::UNFIT);
        }
        let wanted = Wanted {
            act: Some("reveal personal data".to_owned()),
            limit: 9,
            ..Wanted::default()
        };
        let auditor = town.person(Role::AuditAdmin, Body::City);
        let rows = journal::list(&auditor, &wanted).expect("entries");
        assert_eq!(rows.len(), 1);
        let opened = journal::one(&auditor, rows[0].seq).expect("an entry");
        assert_eq!(opened.record["asked"]["reason"], "to invite him");
        let table = "SELECT body AS value FROM repeats UNION ALL SELECT body FROM records WHERE body LIKE '%reveal personal%'";
        let kept = zhuchao::store::raw::texts(town.desk.store(), table).expect("texts");
        assert!(kept.len() >= 2 && !kept.concat().contains(SECRETS[0]));
        assert_eq!(code(journal::list(&desk, &wanted)), refuse::NOT_ALLOWED);
    }
}

#[test]
fn a_bank_account_is_masked_by_its_real_paths_and_a_document_number_is_not() {
    let account = json!({
        "firm": "F1", "holder": "张三", "bank": "某银行", "number": "6222020200001234",
    });
    let wrapped = json!({ "asked": [account], "publicity": { "number": "公示〔2026〕1号" } });
    let masked = masking::masked(&wrapped);
    assert_eq!(masked["asked"][0]["holder"], "张**");
    assert_eq!(masked["asked"][0]["number"], "****1234");
    assert_eq!(masked["asked"][0]["bank"], "某银行");
    assert_eq!(masked["publicity"]["number"], "公示〔2026〕1号");
    assert_eq!(masking::masked(&masked), masked, "a mask masks itself");
}

#[test]
fn names_of_files_are_seen_by_the_firm_and_its_district_alone() {
    for town in cases::here() {
        let case = cases::verified(&town, "F1");
        let labels = |desk: &Desk| -> Vec<String> {
            let seen = view::show(desk, &case.id).expect("seen");
            seen.case.evidence.into_iter().map(|f| f.label).collect()
        };
        let whole = labels(&town.firm("F1"));
        assert!(!whole.is_empty() && whole.iter().all(|l| l != "***"));
        assert_eq!(labels(&cases::officer(&town, &case)), whole);
        let auditor = town.person(Role::AuditAdmin, Body::City);
        for desk in [town.planner(), auditor] {
            assert!(labels(&desk).iter().all(|l| l == "***"), "{}", town.name);
        }
        let subject = format!("case {}", case.id);
        let shown = reveal::reveal(&town.planner(), &subject, "to compare").expect("revealed");
        assert!(shown.fields.iter().any(|(_, text)| *text == whole[0]));
    }
}

#[test]
fn profiles_and_accounts_are_revealed_with_a_reason() {
    for town in cases::here() {
        let known = profile::declare(&town, &profile::declared(&town, 40));
        let desk = town.reviewer("440305");
        let controllers = known.controllers.len();
        assert!(controllers > 0);
        let shown = reveal::reveal(&desk, "profile F1", "to compare").expect("revealed");
        let names = shown.fields.iter().filter(|(p, _)| p.ends_with(".name"));
        assert_eq!(names.count(), controllers, "{}", town.name);
        let other = reveal::reveal(&town.reviewer("440310"), "profile F1", "curious");
        assert_eq!(other.err().expect("refused").0[0].code, refuse::NOT_YOURS);
        put(&town, &[account(&town, "reviewer.four", "440305")]);
        let subject = "account reviewer.four";
        let shown = reveal::reveal(&town.planner(), subject, "to call him").expect("revealed");
        let paths: Vec<&str> = shown.fields.iter().map(|(p, _)| p.as_str()).collect();
        assert!(
            paths.contains(&"person.name") && paths.contains(&"person.login"),
            "{paths:?}"
        );
        let district = reveal::reveal(&desk, subject, "to call him");
        assert_eq!(
            district.err().expect("refused").0[0].code,
            refuse::NOT_YOURS
        );
    }
}

#[test]
fn masks_hide_and_are_masks_of_themselves() {
    for (how, text, masked) in [
        (Mask::Name, "欧阳保密", "欧**"),
        (Mask::Whole, "13900001234", "***"),
        (Mask::Number, "6222020200001234", "****1234"),
        (Mask::Number, "123", "****23"),
        (Mask::Name, "", ""),
    ] {
        assert_eq!(personal::mask(how, text), masked);
    }
    let value = json!({
        "after": { "controllers": [{ "name": "张三", "code_digest": "aa", "share": 1 }] },
        "asked": { "login": "zhang", "name": "张三" },
        "name": "a scenario",
    });
    let masked = masking::masked(&value);
    assert_eq!(masking::masked(&masked), masked);
    assert!(!masked.to_string().contains("张三") && !masked.to_string().contains("zhang"));
    assert_eq!(masked["name"], "a scenario");
    assert_eq!(masking::found(&value).len(), 4);
}
