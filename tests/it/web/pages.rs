//! What the pages say.

use std::sync::Arc;

use actix_web::test::TestRequest;

use super::fixture::{self, Source};
use super::{ask_of, get};

#[actix_web::test]
async fn home_shows_proof_figures_districts_and_reasons_in_both_languages() {
    let zh = get("/results").await;
    assert!(zh.body.contains("<html lang=\"zh-CN\">"));
    for words in [
        "105.5",
        "30,000",
        "核减前 40,000",
        "核减前 80,000",
        "主楼 8层 801",
        "一房×2",
        "志愿 2",
        "不符合准入条件：参保人数 30 人，低于要求。",
        "（2）；租金未载明（1）",
        "南山区2026年房租补贴额度（1）",
        "60,000 / 60,000 · 100.0 %",
        "已按比例核减",
        "演示数据",
    ] {
        assert!(zh.body.contains(words), "{words}");
    }
    let en = get("/results?lang=en").await;
    assert!(en.body.contains("<html lang=\"en\">"));
    for words in [
        "Proven optimal",
        "Software Tower",
        "before the cut: 40,000",
        "one-bedroom×2",
        "Not eligible: 30 insured employees, asked are at least 50.",
        "rent not known (1)",
        "3 options exist, but what they need is given to others",
    ] {
        assert!(en.body.contains(words), "{words}");
    }
}

#[actix_web::test]
async fn names_are_escaped() {
    for path in [
        "/results",
        "/results?lang=en",
        "/application/AP2",
        "/application/AP2?lang=en",
        "/site/S001",
        "/site/S001?lang=en",
    ] {
        let body = get(path).await.body;
        assert!(!body.contains("<script>alert"), "{path}");
        assert!(!body.contains("<img src=x"), "{path}");
        assert!(
            body.contains("&#60;script&#62;") || body.contains("&#60;img"),
            "{path}"
        );
    }
    let echoed = get("/results?q=%22%3E%3Cscript%3Ealert(2)%3C/script%3E")
        .await
        .body;
    assert!(!echoed.contains("<script>alert"));
}

#[actix_web::test]
async fn filters_order_and_tabs_work_without_script() {
    let rows = |body: &str| {
        body.matches("<th scope=\"row\"><a href=\"/application/")
            .count()
    };
    assert_eq!(rows(&get("/results").await.body), 5);
    assert_eq!(rows(&get("/results?state=placed").await.body), 2);
    assert_eq!(rows(&get("/results?state=waiting").await.body), 3);
    assert_eq!(rows(&get("/results?state=priced_out").await.body), 1);
    assert_eq!(rows(&get("/results?district=440304").await.body), 0);
    assert_eq!(rows(&get("/results?q=gamma").await.body), 1);
    let sorted = get("/results?sort=-area").await.body;
    let (first, second) = (
        sorted.find("application/AP1\""),
        sorted.find("application/AP2\""),
    );
    assert!(first < second, "300 m2 stands before 250 m2");
    assert!(sorted.contains("aria-sort=\"descending\""));
    let turned = get("/results?sort=area").await.body;
    assert!(turned.find("application/AP2\"") < turned.find("application/AP1\""));
    assert!(
        get("/results?state=placed&lang=en")
            .await
            .body
            .contains("name=\"state\" value=\"placed\"")
    );
}

#[actix_web::test]
async fn marks_stand_wherever_data_is_synthetic_or_assumed() {
    let home = get("/results?lang=en").await.body;
    assert_eq!(home.matches("class=\"mark synthetic\"").count(), 1 + 5);
    let assumed = get("/application/AP2?lang=en").await.body;
    assert!(assumed.contains("assumed rent"));
    assert!(
        !get("/application/AP1?lang=en")
            .await
            .body
            .contains("assumed rent")
    );
    assert!(
        get("/application/AP1?lang=en")
            .await
            .body
            .contains("assumed count")
    );
    assert!(
        get("/site/H001?lang=en")
            .await
            .body
            .contains("assumed count")
    );
    assert!(
        get("/site/S001?lang=en")
            .await
            .body
            .contains("rough position")
    );
}

#[actix_web::test]
async fn an_application_is_explained_whole() {
    let placed = get("/application/AP1").await.body;
    for words in [
        "配置基本分",
        "40.0",
        "场址志愿",
        "人才公寓",
        "54.3",
        "百泉阁",
        "NS-1",
        "2031-03-01",
        "24",
    ] {
        assert!(placed.contains(words), "{words}");
    }
    let outbid = get("/application/AP5").await.body;
    assert!(outbid.contains("软件大厦 主楼 8层 801"));
    assert!(
        outbid.contains("href=\"/application/AP1\""),
        "names who holds the unit"
    );
}

#[actix_web::test]
async fn a_site_shows_holders_and_what_is_vacant() {
    let site = get("/site/S001").await.body;
    assert!(site.contains("750"), "what is left of the divided unit");
    assert!(
        site.find("9层") < site.find("8层"),
        "from the top floor down"
    );
    let below = get("/site/S002").await.body;
    assert!(below.contains("地下1层") && below.contains("未载明"));
}

#[actix_web::test]
async fn without_a_plan_the_page_says_what_to_do() {
    let empty = || Arc::new(Source::Empty);
    let page = ask_of(empty(), "", TestRequest::get().uri("/results")).await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("还没有配置方案") && page.body.contains("zhuchao demo"));
    let api = ask_of(empty(), "", TestRequest::get().uri("/api/v1/board")).await;
    assert_eq!(api.status, 404);
    assert!(api.body.contains("WB103"));
}

#[actix_web::test]
async fn a_broken_source_is_500_and_keeps_its_cause_inside() {
    for path in [
        "/results",
        "/inventory",
        "/healthz",
        "/api/v1/map",
        "/files/plan.json",
    ] {
        let answer = ask_of(Arc::new(Source::Broken), "", TestRequest::get().uri(path)).await;
        assert_eq!(answer.status, 500, "{path}");
        assert!(!answer.body.contains("secret cause"), "{path}");
        assert!(answer.body.contains("ST999"), "{path} names the code");
    }
    assert_eq!(zhuchao::web::refusal::NOT_MADE.0, "WB104");
    assert_eq!(fixture::board().rows.len(), 5);
}
