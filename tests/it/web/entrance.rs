//! The way in by pages: passwords, what a browser says of a form's origin, and the demonstration's open door.

use actix_web::test::TestRequest;
use zhuchao::acts::people::{demo, refuse};
use zhuchao::web::csrf;
use zhuchao::web::portal::sign_in::local;

use super::door::{Answer, House, houses};

async fn form(house: &House, path: &str, headers: &[(&'static str, String)], body: &str) -> Answer {
    let request = TestRequest::post().uri(path).set_payload(body.to_owned());
    let mut request = request.insert_header(("content-type", "application/x-www-form-urlencoded"));
    for (name, value) in headers {
        request = request.insert_header((*name, value.clone()));
    }
    house.ask(request).await
}

fn ours() -> (&'static str, String) {
    ("sec-fetch-site", "same-origin".to_owned())
}

#[actix_web::test]
async fn a_password_opens_the_door_and_leads_on_within_the_site() {
    for house in houses(true) {
        let people = demo::make(&house.town.desk, &house.tools).expect("demo accounts");
        let planner = &people[0];
        let wrong = form(
            &house,
            "/sign-in",
            &[ours()],
            "of=sign-in&login=demo-planner&password=x",
        )
        .await;
        assert_eq!(wrong.status, 401);
        assert_eq!(wrong.cookie, "");
        let body = format!(
            "of=sign-in&login=demo-planner&password={}&next=/rounds",
            planner.password
        );
        let right = form(&house, "/sign-in", &[ours()], &body).await;
        assert_eq!(
            (right.status, right.header("location")),
            (303, "/rounds?done=entered_demo")
        );
        assert_eq!(house.me(&right.cookie).await.text("role"), "bureau_planner");
        let out = form(
            &house,
            "/sign-out",
            &[ours(), ("cookie", right.cookie.clone())],
            "",
        )
        .await;
        assert_eq!(out.status, 303);
        assert_eq!(house.me(&right.cookie).await.text("role"), "public");
    }
}

#[test]
fn a_sign_in_never_leads_to_another_site() {
    for path in [
        "//evil.example",
        "https://evil.example",
        "/\\evil",
        "javascript:x",
        "/a\nb",
        "evil",
    ] {
        assert_eq!(local(path), "", "{path}");
    }
    assert_eq!(
        local("/cases?stage=draft&lang=en"),
        "/cases?stage=draft&lang=en"
    );
}

#[actix_web::test]
async fn a_browser_that_says_nothing_proves_itself_by_the_token_of_the_form() {
    let house = houses(true).remove(0);
    let people = demo::make(&house.town.desk, &house.tools).expect("demo accounts");
    let first = house.sign_in("demo-planner", &people[0].password).await;
    let cookie = ("cookie", first.cookie.clone());
    let bare = form(
        &house,
        "/account/sessions/end",
        std::slice::from_ref(&cookie),
        "of=end",
    )
    .await;
    assert_eq!(bare.status, 403);
    let wrong = form(
        &house,
        "/account/sessions/end",
        std::slice::from_ref(&cookie),
        "of=end&csrf=0",
    )
    .await;
    assert_eq!(wrong.status, 403);
    let token = format!("of=end&csrf={}", first.text("csrf"));
    let right = form(
        &house,
        "/account/sessions/end",
        std::slice::from_ref(&cookie),
        &token,
    )
    .await;
    assert_eq!(right.status, 303);
    let foreign = ("origin", "https://evil.example".to_owned());
    let forged = form(&house, "/account/sessions/end", &[cookie, foreign], &token).await;
    assert_eq!(
        forged.status,
        403,
        "the token does not help who says that he is elsewhere: {}",
        csrf::FORGED
    );
}

#[actix_web::test]
async fn a_demonstration_is_not_opened_under_a_foreign_name() {
    use zhuchao::web::hosts::FOREIGN_HOST;
    let house = houses(true).remove(0);
    demo::make(&house.town.desk, &house.tools).expect("demo accounts");
    let body = "login=demo-planner";
    let named = |name: &str| [ours(), ("host", name.to_owned())];
    for name in [
        "evil.example:8080",
        "127.0.0.1.evil.example",
        "localhost.evil:80",
        "10.0.0.7",
    ] {
        let refused = form(&house, "/demo/enter", &named(name), body).await;
        assert_eq!(
            (refused.status, refused.cookie.as_str()),
            (403, ""),
            "{name}"
        );
        let read = TestRequest::get()
            .uri("/api/v1/me")
            .insert_header(("host", name));
        assert_eq!(house.ask(read).await.code(), FOREIGN_HOST.0, "{name}");
    }
    for name in [
        "127.0.0.1:8080",
        "LOCALHOST:9",
        "localhost",
        "[::1]:8080",
        "[::1]",
    ] {
        let entered = form(&house, "/demo/enter", &named(name), body).await;
        assert_eq!(entered.status, 303, "{name}");
    }
    let listed = house.named(&["demo.example", "other.example:9"]);
    for (name, status) in [
        ("demo.example:80", 303),
        ("other.example:9", 303),
        ("other.example", 403),
    ] {
        let entered = form(&listed, "/demo/enter", &named(name), body).await;
        assert_eq!(entered.status, status, "{name}");
    }
    // Elsewhere nobody is let in without a password, and a proxy names the host.
    let serious = houses(false).remove(0);
    let page = TestRequest::get()
        .uri("/api/v1/me")
        .insert_header(("host", "zhuchao.example"));
    assert_eq!(serious.ask(page).await.status, 200);
}

#[actix_web::test]
async fn the_open_door_is_that_of_a_demonstration_alone() {
    for house in houses(false) {
        let refused = form(&house, "/demo/enter", &[ours()], "login=demo-planner").await;
        assert_eq!((refused.status, refused.cookie.as_str()), (401, ""));
        let refused = form(&house, "/demo/clock", &[ours()], "of=clock&days=1").await;
        assert_eq!(refused.status, 401);
    }
    for house in houses(true) {
        demo::make(&house.town.desk, &house.tools).expect("demo accounts");
        let stranger = form(&house, "/demo/enter", &[ours()], "login=nobody").await;
        assert_eq!(stranger.status, 401, "{:?}", refuse::wrong().code);
        let entered = form(
            &house,
            "/demo/enter",
            &[ours()],
            "login=demo-firm1-preparer",
        )
        .await;
        assert_eq!(entered.status, 303);
        assert_eq!(
            house.me(&entered.cookie).await.text("role"),
            "firm_preparer"
        );
        let before = house.now();
        let late = form(&house, "/demo/clock", &[ours()], "of=clock&days=7").await;
        assert_eq!(late.status, 303);
        assert_eq!((house.now() - before).num_days(), 7);
        assert_eq!(
            house.me(&entered.cookie).await.text("role"),
            "public",
            "sessions end by it"
        );
        let far = form(&house, "/demo/clock", &[ours()], "of=clock&days=900").await;
        assert_eq!(far.status, 422);
    }
}
