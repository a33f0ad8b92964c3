//! Supervision by pages: what is owed, the draw that anyone can repeat, visits, findings, sanctions.

use zhuchao::acts::refuse;
use zhuchao::acts::supervision::{findings, measures};
use zhuchao::domain::finding::Measure;

use super::walking::{done, form, get, link, whole};
use crate::acts::supervision::{MORE, found, held, here};
use crate::support::town::Town;
use crate::support::world::day;

const REVIEWER: &str = "district_reviewer.440305";
const APPROVER: &str = "district_approver.440305";
const PREPARER: &str = "firm_preparer.F1";
const FIRM: &str = "firm_approver.F1";
const FIGURES: &str =
    "headcount=40&revenue=5000&rd_expense=1&tax=1&area_in_use=300&area_sublet=0&apartments_used=0";

/// All of these are refused as another's.
async fn not_theirs(town: &Town, whose: &[&str], path: &str, body: &str) {
    for who in whose {
        let sent = form(town, who, path, body).await;
        assert_eq!(sent.status, 403, "{who} {path}: {}", sent.text);
        assert!(sent.text.contains(refuse::NOT_YOURS.0), "{who} {path}");
    }
}

#[actix_web::test]
async fn a_quarter_is_stated_filed_and_confirmed() {
    for town in here() {
        town.at("2026-04-16T09:00:00+08:00");
        let owed = whole(&town, FIRM, "/statements").await;
        let path = link(&owed, "/contracts/C-1/statements/");
        assert_eq!(path, "/contracts/C-1/statements/2026Q1");
        not_theirs(
            &town,
            &["firm_preparer.F2"],
            &path,
            &format!("of=act&{FIGURES}"),
        )
        .await;
        let much = FIGURES.replace("area_in_use=300", "area_in_use=99999");
        let much = form(&town, PREPARER, &path, &format!("of=act&{much}")).await;
        assert_eq!(much.status, 422);
        assert!(
            much.text.contains("href=\"#act-area_in_use\""),
            "{}",
            much.text
        );
        let one = done(&town, PREPARER, &path, FIGURES).await;
        done(&town, FIRM, &format!("{one}/file"), "").await;
        let strangers = ["district_reviewer.440310"];
        not_theirs(&town, &strangers, &format!("{one}/confirm"), "of=act").await;
        assert_eq!(get(&town, "firm_approver.F2", &one).await.status, 403);
        done(&town, REVIEWER, &format!("{one}/return"), "reason=tax").await;
        done(&town, PREPARER, &path, FIGURES).await;
        done(&town, FIRM, &format!("{one}/file"), "").await;
        done(&town, REVIEWER, &format!("{one}/confirm"), "note=").await;
        let seen = whole(&town, "bureau_planner", &one).await;
        assert!(seen.text.contains("营业收入") && seen.text.contains("5,000"));
        let late = whole(&town, "bureau_planner", "/statements?show=overdue").await;
        assert!(late.text.contains("逾期"), "C-2 is late: {}", late.text);
    }
}

#[actix_web::test]
async fn a_draw_is_announced_frozen_held_and_repeated_by_anyone() {
    for town in here() {
        town.at("2026-03-02T09:00:00+08:00");
        let body = "title=check&district=440305&method=a+named+number&known_from=2026-03-10";
        let stranger = ["district_reviewer.440310"];
        not_theirs(
            &town,
            &stranger,
            "/draws/announce",
            &format!("of=act&{body}"),
        )
        .await;
        let one = done(&town, REVIEWER, "/draws/announce", body).await;
        assert_eq!(
            get(&town, "", &one).await.status,
            200,
            "it is public at once"
        );
        not_theirs(&town, &stranger, &format!("{one}/freeze"), "of=act").await;
        done(&town, REVIEWER, &format!("{one}/freeze"), "").await;
        let hold = format!("{one}/hold");
        let early = form(&town, APPROVER, &hold, "of=act&value=3210").await;
        assert_eq!(early.status, 422);
        assert!(early.text.contains("AC431") && early.text.contains("value=\"3210\""));
        town.at("2026-03-10T16:00:00+08:00");
        done(&town, APPROVER, &hold, "value=3210.45").await;
        let public = get(&town, "", &one).await;
        assert!(public.text.contains("结果一致"), "{}", public.text);
        assert!(!public.text.contains("id=\"risks\""), "not for the public");
        let inside = whole(&town, REVIEWER, &one).await;
        assert!(inside.text.contains("id=\"risks\""));
        let other = whole(&town, "district_reviewer.440310", &one).await;
        assert!(
            !other.text.contains("id=\"risks\""),
            "nor for another district"
        );
        let enter = link(&inside, "/contracts/");
        assert!(
            enter.starts_with("/contracts/C-"),
            "on to the visit: {enter}"
        );
    }
}

#[actix_web::test]
async fn a_visit_finds_what_is_replied_to_decided_mended_and_closed() {
    for town in here() {
        town.at("2026-03-02T09:00:00+08:00");
        let colleague = MORE[1];
        let body = format!(
            "draw=&on=2026-03-02&colleague={colleague}&seen=others+work+here\
             &kind0=sublet&clause0=self-use&text0=150+m2"
        );
        let path = "/contracts/C-1/visit";
        not_theirs(
            &town,
            &["district_reviewer.440310"],
            path,
            &format!("of=act&{body}"),
        )
        .await;
        let visit = done(&town, REVIEWER, path, &body).await;
        let page = whole(&town, FIRM, &visit).await;
        assert!(
            !page.text.contains(colleague),
            "officers are not named to the firm"
        );
        let finding = link(&page, "/findings/");
        not_theirs(
            &town,
            &["firm_approver.F2"],
            &format!("{finding}/reply"),
            "of=act&text=x",
        )
        .await;
        done(&town, FIRM, &format!("{finding}/reply"), "text=a+partner").await;
        let decide = format!("{finding}/decide");
        not_theirs(
            &town,
            &["district_approver.440310"],
            &decide,
            "of=act&reason=x",
        )
        .await;
        let no_day = form(&town, APPROVER, &decide, "of=act&measures=rectify&reason=3").await;
        assert_eq!(no_day.status, 422, "a measure needs its day");
        assert!(
            no_day.text.contains("value=\"rectify\" checked"),
            "{}",
            no_day.text
        );
        let all = "measures=warn&measures=rectify&rectify_by=2026-04-01&reason=3";
        done(&town, APPROVER, &decide, all).await;
        done(&town, FIRM, &format!("{finding}/mend"), "text=left").await;
        done(
            &town,
            REVIEWER,
            &format!("{finding}/not-mended"),
            "text=not+yet",
        )
        .await;
        done(&town, FIRM, &format!("{finding}/mend"), "text=left+now").await;
        done(&town, REVIEWER, &format!("{finding}/close"), "text=seen").await;
        let page = whole(&town, "bureau_approver", &finding).await;
        assert!(page.text.contains("已销号") && page.text.contains("限期整改 2026-04-01"));
        let none = whole(&town, "district_reviewer.440310", "/findings").await;
        assert!(!none.text.contains(&finding));
    }
}

#[actix_web::test]
async fn sanctions_are_listed_and_lifted_by_their_own() {
    for town in here() {
        town.at("2026-03-02T09:00:00+08:00");
        let finding = found(&town, "C-1");
        findings::reply(&town.firm("F1"), &finding.id, "no").expect("replied");
        let all = [
            Measure::Suspend {
                from: day(2026, 3, 2),
                until: None,
            },
            Measure::ClawBack {
                from: day(2026, 2, 1),
            },
            Measure::Ban { until: None },
        ];
        measures::decide(&town.bureau(), &finding.id, &all, "by the agreement").expect("decided");
        whole(&town, FIRM, "/sanctions").await;
        let other = whole(&town, "firm_approver.F2", "/sanctions").await;
        assert!(!other.text.contains("/findings/"), "of another firm");
        for (begins, body) in [
            ("/bans/", "reason=in+order"),
            ("/suspensions/", "reason=in+order"),
            ("/claw-back-proposals/", "as=dropped&note=nothing+paid"),
        ] {
            let page = whole(&town, APPROVER, "/sanctions").await;
            let path = link(&page, begins);
            not_theirs(
                &town,
                &["district_approver.440310"],
                &path,
                &format!("of=act&{body}"),
            )
            .await;
            done(&town, APPROVER, &path, body).await;
            let page = whole(&town, APPROVER, "/sanctions").await;
            assert!(
                !page.text.contains(&format!("\"{begins}")),
                "it is done: {begins}"
            );
        }
    }
}

#[actix_web::test]
async fn a_held_draw_leads_the_two_officers_to_the_visit() {
    let town = here().remove(0);
    let draw = held(&town);
    let picks = &draw.outcome.as_ref().expect("held").picks;
    let path = format!("/contracts/{}/visit?draw={}", picks[0].contract, draw.id);
    let page = whole(&town, REVIEWER, &path).await;
    assert!(
        page.text
            .contains(&format!("value=\"{}\" selected", draw.id)),
        "{}",
        page.text
    );
}
