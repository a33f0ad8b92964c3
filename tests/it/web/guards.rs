//! Guards of the door: whom it believes about addresses and TLS, cookies, forged requests, limits, the
//! request id and the log.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::json;
use zhuchao::acts::people::{demo, refuse};
use zhuchao::config::Limits;
use zhuchao::web::limits::{self, Class};
use zhuchao::web::{csrf, peer, routes};

use crate::support::log::Log;

use super::door::{Answer, GOOD, House, PROXY, houses};

/// A house behind the proxy, and a password of its planner.
fn behind(limits: Limits) -> (House, String) {
    let house = houses(true).remove(0).behind(limits);
    let people = demo::make(&house.town.desk, &house.tools).expect("accounts");
    let planner = people
        .into_iter()
        .find(|p| p.account.login.as_str() == "demo-planner");
    (house, planner.expect("a planner").password)
}

fn sign_in(password: &str) -> TestRequest {
    let body = json!({ "login": "demo-planner", "password": password });
    TestRequest::post().uri("/api/v1/sign-in").set_json(body)
}

fn through_proxy(request: TestRequest, ip: &str) -> TestRequest {
    request
        .peer_addr(PROXY.parse().expect("an address"))
        .insert_header(("x-forwarded-for", ip))
        .insert_header(("x-forwarded-proto", "https"))
        .insert_header(("host", "zhuchao.example"))
}

fn cookie_line(answer: &Answer) -> String {
    answer.header("set-cookie").to_owned()
}

#[actix_web::test]
async fn the_cookie_is_for_this_host_over_tls_and_plain_on_this_machine_alone() {
    let (house, word) = behind(Limits::NONE);
    let tls = house
        .ask(through_proxy(sign_in(&word), "203.0.113.1"))
        .await;
    let line = cookie_line(&tls);
    assert!(line.starts_with("__Host-sid="), "{line}");
    for part in ["Path=/", "HttpOnly", "Secure", "SameSite=Lax"] {
        assert!(line.contains(part), "{part} in {line}");
    }
    assert!(!line.contains("Domain"), "{line}");
    let here = sign_in(&word).peer_addr("127.0.0.1:5000".parse().expect("an address"));
    let line = cookie_line(&house.ask(here).await);
    assert!(
        line.starts_with("sid=") && line.contains("HttpOnly"),
        "{line}"
    );
    assert!(!line.contains("Secure"), "{line}");
    // Over TLS the plain cookie, which another host of the domain could set, is not looked at.
    let secret = tls.cookie.split_once('=').expect("a cookie").1.to_owned();
    let me = |name: &str| {
        let request = TestRequest::get().uri("/api/v1/me");
        let request = request.insert_header(("cookie", format!("{name}={secret}")));
        house.ask(through_proxy(request, "203.0.113.1"))
    };
    assert_eq!(me("__Host-sid").await.text("role"), "bureau_planner");
    assert_eq!(me("sid").await.text("role"), "public");
}

#[actix_web::test]
async fn passwords_are_taken_over_tls_alone_and_only_the_proxy_says_that_it_is() {
    let (house, word) = behind(Limits::NONE);
    let far = "203.0.113.7:5000".parse().expect("an address");
    for (name, value) in [
        ("x-other", "1"),
        ("x-forwarded-proto", "https"),
        ("x-forwarded-for", "127.0.0.1"),
        ("forwarded", "proto=https;for=127.0.0.1"),
    ] {
        let request = sign_in(&word).peer_addr(far).insert_header((name, value));
        let plain = house.ask(request).await;
        assert_eq!(
            (plain.status, plain.code()),
            (403, peer::INSECURE.0),
            "{name}"
        );
        assert_eq!(plain.cookie, "");
    }
    let proxy = PROXY.parse().expect("an address");
    let plain = house.ask(sign_in(&word).peer_addr(proxy)).await;
    assert_eq!(
        plain.code(),
        peer::INSECURE.0,
        "the proxy did not say https"
    );
}

#[actix_web::test]
async fn an_address_is_the_nearest_that_the_proxies_name_and_not_what_anyone_writes() {
    let (house, word) = behind(Limits::NONE);
    for n in 0..5 {
        // What stands before the address that our proxy saw is the caller's own writing.
        let list = format!("198.51.100.{n}, 203.0.113.1, 10.0.0.6");
        let wrong = house.ask(through_proxy(sign_in(GOOD), &list)).await;
        assert_eq!(wrong.code(), refuse::WRONG.0, "{n}");
    }
    let again = house
        .ask(through_proxy(sign_in(&word), "203.0.113.1"))
        .await;
    assert_eq!((again.status, again.code()), (429, refuse::LOCKED.0));
    assert_eq!(again.header("retry-after"), "900");
    let other = house
        .ask(through_proxy(sign_in(&word), "203.0.113.2"))
        .await;
    assert_eq!(other.status, 200, "another behind the same proxy");
}

#[actix_web::test]
async fn the_matrix_of_forged_requests() {
    let (house, word) = behind(Limits::NONE);
    let first = house
        .ask(through_proxy(sign_in(&word), "203.0.113.1"))
        .await;
    let (cookie, token) = (first.cookie.clone(), first.text("csrf"));
    let own = "https://zhuchao.example";
    let cases: [(&[(&str, &str)], bool); 13] = [
        (&[("sec-fetch-site", "same-origin")], true),
        (&[("sec-fetch-site", "same-site")], false),
        (&[("sec-fetch-site", "cross-site")], false),
        (&[("sec-fetch-site", "none")], false),
        (&[("sec-fetch-site", "cross-site"), ("origin", own)], false),
        (
            &[("sec-fetch-site", "cross-site"), ("x-csrf", &token)],
            false,
        ),
        (&[("origin", own)], true),
        (&[("origin", "https://zhuchao.example.evil.example")], false),
        (
            &[("origin", "https://evil.example"), ("x-csrf", &token)],
            false,
        ),
        (&[("origin", "null")], false),
        (&[("origin", "null"), ("x-csrf", &token)], true),
        (&[("x-csrf", &token)], true),
        (&[("x-csrf", "0000")], false),
    ];
    for (headers, passes) in cases {
        let request = TestRequest::post().uri("/api/v1/sessions/end-others");
        let mut request = request.insert_header(("cookie", cookie.clone()));
        for (name, value) in headers {
            request = request.insert_header((*name, *value));
        }
        let answer = house.ask(through_proxy(request, "203.0.113.1")).await;
        let expected = if passes {
            (200, "")
        } else {
            (403, csrf::FORGED.0)
        };
        assert_eq!((answer.status, answer.code()), expected, "{headers:?}");
    }
    let read = TestRequest::get().uri("/api/v1/sessions");
    let read = read.insert_header(("cookie", cookie.clone()));
    let read = read.insert_header(("sec-fetch-site", "cross-site"));
    assert_eq!(
        house.ask(through_proxy(read, "203.0.113.1")).await.status,
        200
    );
    let forged = sign_in(&word).insert_header(("sec-fetch-site", "cross-site"));
    let forged = house.ask(through_proxy(forged, "203.0.113.1")).await;
    assert_eq!(
        forged.code(),
        csrf::FORGED.0,
        "nobody is signed in as another"
    );
    let me = TestRequest::get()
        .uri("/api/v1/me")
        .insert_header(("cookie", cookie));
    let me = house.ask(through_proxy(me, "203.0.113.1")).await;
    assert_eq!(
        me.text("csrf"),
        token,
        "a page that was loaded again finds it"
    );
    assert_eq!(
        (me.text("login").as_str(), me.text("via").as_str()),
        ("demo-planner", "session")
    );
}

#[actix_web::test]
async fn a_bearer_needs_no_proof_of_its_page() {
    let (house, word) = behind(Limits::NONE);
    let first = house
        .ask(through_proxy(sign_in(&word), "203.0.113.1"))
        .await;
    let body = json!({ "name": "x", "acts": ["see case"], "days": 1 });
    let make = TestRequest::post().uri("/api/v1/tokens").set_json(body);
    let make = make.insert_header(("cookie", first.cookie));
    let make = make.insert_header(("sec-fetch-site", "same-origin"));
    let made = house.ask(through_proxy(make, "203.0.113.1")).await;
    assert_eq!(made.status, 201, "{}", made.json);
    let ask = TestRequest::post().uri("/api/v1/sign-out");
    let ask = ask.insert_header(("authorization", format!("Bearer {}", made.text("secret"))));
    let ask = ask.insert_header(("sec-fetch-site", "cross-site"));
    let answer = house.ask(through_proxy(ask, "203.0.113.1")).await;
    assert_ne!(answer.code(), csrf::FORGED.0);
    assert_eq!(
        answer.code(),
        "AC217",
        "refused by its scope: {}",
        answer.json
    );
    let open = json!({ "name": "x", "days": 1 });
    let open = TestRequest::post().uri("/api/v1/tokens").set_json(open);
    let again = house
        .ask(through_proxy(sign_in(&word), "203.0.113.1"))
        .await;
    let open = open.insert_header(("cookie", again.cookie));
    let open = open.insert_header(("sec-fetch-site", "same-origin"));
    let open = house.ask(through_proxy(open, "203.0.113.1")).await;
    assert_eq!(
        (open.status, open.code()),
        (422, "AC018"),
        "a token without scope"
    );
}

#[actix_web::test]
async fn a_list_as_a_file_counts_among_the_files() {
    let (house, _) = behind(few());
    let ask = async |path: &str| {
        let request = TestRequest::get().uri(path);
        house
            .ask(through_proxy(request, "203.0.113.9"))
            .await
            .status
    };
    for format in ["csv", "xlsx"] {
        assert_eq!(ask(&format!("/api/v1/units?format={format}")).await, 200);
    }
    assert_eq!(ask("/api/v1/units?format=csv").await, 429);
    assert_eq!(ask("/api/v1/units?format=json").await, 200);
}

fn few() -> Limits {
    Limits {
        sign_in: 3,
        act: 4,
        read: 5,
        file: 2,
    }
}

#[actix_web::test]
async fn each_class_has_its_limit_for_each_address() {
    let (house, word) = behind(few());
    for (count, method, path) in [
        (3, Method::POST, "/api/v1/sign-in"),
        (4, Method::POST, "/api/v1/sign-out"),
        (5, Method::GET, "/api/v1/nowhere"),
        (2, Method::GET, "/files/plan.json"),
    ] {
        let ask = |ip: &'static str| {
            let request = TestRequest::default().method(method.clone()).uri(path);
            house.ask(through_proxy(request, ip))
        };
        for n in 0..count {
            assert_ne!(ask("203.0.113.1").await.status, 429, "{path} {n}");
        }
        let over = ask("203.0.113.1").await;
        assert_eq!(
            (over.status, over.code()),
            (429, limits::TOO_OFTEN.0),
            "{path}"
        );
        let wait: u64 = over.header("retry-after").parse().expect("seconds");
        assert!((1..=60).contains(&wait), "{wait}");
        assert!(!over.header("content-security-policy").is_empty());
        assert_ne!(ask("203.0.113.2").await.status, 429, "another address");
    }
    // One subscriber of IPv6 is one, whichever of his addresses he uses.
    for n in 0..3 {
        let ip = format!("2001:db8::{n}");
        let answer = house.ask(through_proxy(sign_in(&word), &ip)).await;
        assert_eq!(answer.status, 200, "{n}");
    }
    let over = house
        .ask(through_proxy(sign_in(&word), "2001:db8::ffff"))
        .await;
    assert_eq!(over.status, 429);
    let other = house
        .ask(through_proxy(sign_in(&word), "2001:db8:1::1"))
        .await;
    assert_eq!(other.status, 200);
}

#[test]
fn every_route_has_the_class_that_its_method_and_path_say() {
    for route in routes::all() {
        let class = Class::of(&route.method, route.path);
        let reads = route.method == Method::GET;
        let files = route.path.starts_with("/files/");
        match class {
            Class::Read => assert!(reads && !files, "{}", route.path),
            Class::File => assert!(reads && files, "{}", route.path),
            Class::Act | Class::SignIn => assert!(!reads, "{}", route.path),
        }
    }
    for proving in [
        "/api/v1/sign-in/second-factor",
        "/api/v1/setup",
        "/api/v1/password",
    ] {
        assert_eq!(Class::of(&Method::POST, proving), Class::SignIn);
        assert!(routes::all().any(|r| r.path == proving), "{proving}");
    }
}

#[actix_web::test]
async fn each_answer_names_the_request() {
    let (house, _) = behind(few());
    let ask = |sent: &'static str, path: &'static str| {
        let request = TestRequest::get()
            .uri(path)
            .insert_header(("x-request-id", sent));
        house.ask(through_proxy(request, "203.0.113.1"))
    };
    let kept = ask("gateway-7.f00-12", "/api/v1/me").await;
    assert_eq!(kept.header("x-request-id"), "gateway-7.f00-12");
    for bad in [
        "",
        "short",
        "with space in it",
        "a\"b'c<d>efgh",
        &"x".repeat(65).leak()[..],
    ] {
        let made = ask(bad, "/nowhere").await;
        let id = made.header("x-request-id");
        assert!(id != bad && id.len() == 32, "{bad:?} gave {id:?}");
    }
    let over = ask("gateway-8.f00-13", "/api/v1/me").await;
    assert_eq!(over.status, 429);
    assert_eq!(
        over.header("x-request-id"),
        "gateway-8.f00-13",
        "refusals too"
    );
}

#[actix_web::test]
async fn a_request_has_one_line_in_the_log_without_keys_queries_or_secrets() {
    let (house, word) = behind(Limits::NONE);
    let log = Log::listen();
    let named = sign_in(&word).insert_header(("x-request-id", "request-one"));
    let first = house.ask(through_proxy(named, "203.0.113.1")).await;
    let search = TestRequest::get().uri("/api/v1/accounts/U-secretkey?q=13800138000");
    let search = search.insert_header(("cookie", first.cookie.clone()));
    house.ask(through_proxy(search, "203.0.113.1")).await;
    let text = log.stop();
    let lines: Vec<&str> = text
        .lines()
        .filter(|l| l.contains("zhuchao::access"))
        .collect();
    assert_eq!(lines.len(), 2, "{text}");
    for part in [
        "request-one",
        "POST",
        "/api/v1/sign-in",
        "200",
        "203.0.113.1",
    ] {
        assert!(lines[0].contains(part), "{part} in {}", lines[0]);
    }
    assert!(lines[1].contains("/api/v1/accounts/{id}"), "{}", lines[1]);
    let secret = first.cookie.split_once('=').expect("a cookie").1;
    for hidden in [
        word.as_str(),
        secret,
        "U-secretkey",
        "13800138000",
        &first.text("csrf"),
    ] {
        assert!(!text.contains(hidden), "{hidden} stands in {text}");
    }
}
