//! The way of a yuan by pages: quota, claim, settlement, payment, claw-back, each step by the person whose it is,
//! and nobody else.

use zhuchao::acts::money::settle::NOTHING_TO_SETTLE;
use zhuchao::acts::refuse;

use super::walking::{done, form, get, link, tag_of, whole};
use crate::acts::money::{HERE, PROOF, banked, contract, here, sign};
use crate::support::town::Town;

const REVIEWER: &str = "district_reviewer.440305";
const APPROVER: &str = "district_approver.440305";
const PREPARER: &str = "firm_preparer.F1";
const FIRM: &str = "firm_approver.F1";
const BUDGET: &str = "/quotas/440305/2026";

/// A released quota of 60 yuan, pro rata.
async fn quota(town: &Town) {
    let basis = "amount=60&mode=pro_rata&basis=B-3";
    let to = done(
        town,
        REVIEWER,
        "/quotas/propose",
        &format!("year=2026&{basis}"),
    )
    .await;
    assert_eq!(to, BUDGET);
    let list = whole(town, APPROVER, "/quotas").await;
    assert!(list.text.contains(BUDGET), "the approver is led to it");
    let page = whole(town, APPROVER, BUDGET).await;
    let release = link(&page, &format!("{BUDGET}/changes/"));
    let own = form(town, REVIEWER, &release, "of=act").await;
    assert_eq!(own.status, 403, "a reviewer releases nothing");
    done(town, APPROVER, &release, "").await;
}

/// A claim of F1 for 100 yuan, reviewed.
async fn claimed(town: &Town) -> String {
    let mine = contract("F1", HERE, 100, 450);
    sign(town, &mine).expect("signed");
    town.at("2026-07-01T09:00:00+08:00");
    let body = format!("year=2026&months=4&months=5&rent_paid=200&other_aid=0&digests={PROOF}");
    let path = format!("/contracts/{}/claim", mine.id);
    let claim = done(town, PREPARER, &path, &body).await;
    assert_eq!(
        get(town, REVIEWER, &claim).await.status,
        403,
        "it is not out"
    );
    let own = form(town, PREPARER, &format!("{claim}/submit"), "of=act").await;
    assert_eq!(own.status, 403, "a preparer submits nothing");
    let less = body.replace("rent_paid=200", "rent_paid=199");
    done(town, PREPARER, &format!("{claim}/revise"), &less).await;
    done(town, FIRM, &format!("{claim}/submit"), "").await;
    let review = format!("{claim}/review");
    let much = form(town, REVIEWER, &review, "of=act&amount=1000").await;
    assert_eq!(much.status, 422);
    assert!(much.text.contains("AC385") && much.text.contains("value=\"1000\""));
    done(town, REVIEWER, &review, "amount=&reason=").await;
    claim
}

#[actix_web::test]
async fn a_yuan_goes_its_way_by_pages() {
    for town in here() {
        quota(&town).await;
        let early = form(&town, REVIEWER, &format!("{BUDGET}/settle"), "of=act").await;
        assert_eq!(early.status, 422);
        assert!(early.text.contains(NOTHING_TO_SETTLE.0), "{}", early.text);
        let claim = claimed(&town).await;
        let what = whole(&town, REVIEWER, &format!("{BUDGET}?more=10")).await;
        assert!(what.text.contains(">70<"), "{}", what.text);
        let sheet = done(
            &town,
            REVIEWER,
            &format!("{BUDGET}/settle"),
            "whole_year=yes&reason=r",
        )
        .await;
        whole(&town, "bureau_planner", &sheet).await;
        let file = get(&town, REVIEWER, &format!("{sheet}/sheet.csv")).await;
        assert!(
            file.header("content-disposition")
                .contains("settlement.csv")
        );
        let own = form(&town, REVIEWER, &format!("{sheet}/approve"), "of=act").await;
        assert_eq!(own.status, 403);
        done(&town, APPROVER, &format!("{sheet}/approve"), "").await;
        let cut = whole(&town, APPROVER, &sheet).await;
        assert!(cut.text.contains(">60<"), "the cut is shown: {}", cut.text);
        done(&town, REVIEWER, &format!("{claim}/publicise"), "number=P-1").await;
        let soon = form(&town, APPROVER, &format!("{claim}/approve"), "of=act").await;
        assert_eq!(soon.status, 409, "its publicity is not over");
        town.at("2026-07-14T09:00:00+08:00");
        done(&town, APPROVER, &format!("{claim}/approve"), "").await;
        let batch = paid(&town, &claim).await;
        whole(&town, "audit_admin", &batch).await;
        owed(&town, &claim).await;
    }
}

/// The claim is put into a batch, handed out and paid.
async fn paid(town: &Town, claim: &str) -> String {
    banked(town, "F1");
    let id = claim.trim_start_matches("/claims/");
    let batch = done(
        town,
        REVIEWER,
        &format!("{BUDGET}/pay"),
        &format!("claims={id}"),
    )
    .await;
    let path = format!("{batch}/export");
    let page = whole(town, APPROVER, &path).await;
    assert!(
        !page.text.contains("data-once"),
        "a file leaves the page as it is"
    );
    let file = form(town, APPROVER, &path, "of=export&format=csv").await;
    assert!(file.header("content-disposition").starts_with("attachment"));
    assert!(file.text.contains("6222"), "the file holds the account");
    let seen = whole(town, REVIEWER, &batch).await;
    assert!(!seen.text.contains("6222"), "no page does");
    let odd = form(town, APPROVER, &path, "of=export&format=pdf").await;
    assert_eq!(odd.status, 422);
    let day = "reference=B-1&paid_on=2026-07-14";
    done(town, REVIEWER, &format!("{batch}/confirm"), day).await;
    batch
}

/// Part of it is ordered back, comes in, and the rest is waived by two.
async fn owed(town: &Town, claim: &str) {
    let id = claim.trim_start_matches("/claims/");
    let order = format!("claim={id}&amount=10&deadline=2026-12-01&reason=sublet");
    done(town, APPROVER, "/contracts/C-F1-440305/claw-back", &order).await;
    let list = whole(town, FIRM, "/claw-backs").await;
    let debt = link(&list, "/claw-backs/");
    done(
        town,
        REVIEWER,
        &format!("{debt}/receive"),
        "amount=4&reference=B-2",
    )
    .await;
    done(
        town,
        REVIEWER,
        &format!("{debt}/propose-waiver"),
        "reason=hardship",
    )
    .await;
    done(town, APPROVER, &format!("{debt}/waive"), "").await;
    let page = whole(town, FIRM, &debt).await;
    assert!(page.text.contains("已豁免") && !page.text.contains("/waive\""));
    let quota = whole(town, "bureau_approver", BUDGET).await;
    assert!(
        quota.text.contains("豁免"),
        "the ledger tells it: {}",
        quota.text
    );
}

#[actix_web::test]
async fn money_of_another_district_or_firm_is_not_seen_or_moved() {
    let town = here().remove(0);
    quota(&town).await;
    let claim = claimed(&town).await;
    let sheet = done(&town, REVIEWER, &format!("{BUDGET}/settle"), "reason=r").await;
    let strangers = [
        ("district_reviewer.440310", format!("{claim}/return")),
        ("district_reviewer.440310", format!("{BUDGET}/propose")),
        ("district_reviewer.440310", format!("{BUDGET}/pay")),
        ("district_approver.440310", format!("{sheet}/approve")),
        ("district_approver.440310", format!("{BUDGET}/close")),
        ("firm_preparer.F2", format!("{claim}/revise")),
        ("firm_approver.F2", format!("{claim}/withdraw")),
        (
            "firm_preparer.F2",
            "/contracts/C-F1-440305/claim".to_owned(),
        ),
    ];
    for (who, path) in strangers {
        let body =
            "of=act&reason=x&amount=1&mode=hard&basis=x&claims=none&year=2026&months=6&rent_paid=1";
        let sent = form(&town, who, &path, body).await;
        assert_eq!(sent.status, 403, "{who} {path}: {}", sent.text);
        assert!(sent.text.contains(refuse::NOT_YOURS.0), "{who} {path}");
        if !path.ends_with("/pay") {
            assert_eq!(
                get(&town, who, &path).await.status,
                403,
                "{who} looks at {path}"
            );
        }
    }
    for (who, path) in [
        ("district_reviewer.440310", BUDGET),
        ("district_reviewer.440310", claim.as_str()),
        ("firm_approver.F2", claim.as_str()),
        ("district_approver.440310", sheet.as_str()),
    ] {
        assert_eq!(get(&town, who, path).await.status, 403, "{who} {path}");
    }
    for path in ["/quotas", "/claims", "/settlements", "/payment-batches"] {
        let page = whole(&town, "district_reviewer.440310", path).await;
        assert!(
            !page.text.contains(&claim) && !page.text.contains(&sheet),
            "{path}"
        );
    }
}

#[actix_web::test]
async fn a_firm_enters_its_account_and_no_page_shows_the_number() {
    for town in here() {
        let none = whole(&town, FIRM, "/bank-account").await;
        assert!(none.text.contains("还没有登记账户"));
        let body = "holder=F1&bank=some+bank&number=6222+0000+1111+2222";
        let preparer = form(&town, PREPARER, "/bank-account/enter", body).await;
        assert_eq!(preparer.status, 403, "its approver enters it");
        let short = body.replace("0000+1111+2222", "1");
        let short = form(
            &town,
            FIRM,
            "/bank-account/enter",
            &format!("of=act&{short}"),
        )
        .await;
        assert_eq!(short.status, 422);
        assert!(
            !short.text.contains("value=\"6222"),
            "a refused number is not shown again"
        );
        assert_eq!(
            done(&town, FIRM, "/bank-account/enter", body).await,
            "/bank-account"
        );
        let known = whole(&town, PREPARER, "/bank-account").await;
        assert!(known.text.contains("****2222") && !known.text.contains("6222"));
        let other = whole(&town, "firm_approver.F2", "/bank-account").await;
        assert!(!other.text.contains("2222"));
        assert_eq!(get(&town, REVIEWER, "/bank-account").await.status, 403);
    }
}

#[actix_web::test]
async fn what_waits_stands_on_the_desk_of_whose_turn_it_is() {
    let town = here().remove(0);
    quota(&town).await;
    let claim = claimed(&town).await;
    let sheet = done(&town, REVIEWER, &format!("{BUDGET}/settle"), "reason=r").await;
    let desk = whole(&town, APPROVER, "/desk").await;
    assert!(desk.text.contains("id=\"waits\"") && desk.text.contains("/settlements"));
    done(&town, APPROVER, &format!("{sheet}/approve"), "").await;
    let desk = whole(&town, REVIEWER, "/desk").await;
    assert!(
        desk.text.contains("/claims?stage=settled"),
        "{claim}: {}",
        desk.text
    );
    let other = whole(&town, "district_reviewer.440310", "/desk").await;
    assert!(!other.text.contains("/claims?stage="));
}

#[actix_web::test]
async fn what_changed_meanwhile_is_not_decided_unseen() {
    for town in here() {
        quota(&town).await;
        let claim = claimed(&town).await;
        let path = format!("{claim}/return");
        let page = get(&town, REVIEWER, &path).await;
        let tag = tag_of(&page.text);
        form(&town, FIRM, &format!("{claim}/withdraw"), "of=act").await;
        let body = format!("of=act&tag={tag}&reason=missing");
        let late = form(&town, REVIEWER, &path, &body).await;
        assert!(matches!(late.status, 409 | 412), "{}", late.text);
        assert!(
            late.text.contains(">missing</textarea>"),
            "what was typed stays"
        );
        let none = get(&town, REVIEWER, "/claims/none/return").await;
        assert_eq!(none.status, 404);
        let odd = get(&town, REVIEWER, "/quotas/440305/1x/close").await;
        assert!(matches!(odd.status, 403 | 404), "{}", odd.status);
    }
}
