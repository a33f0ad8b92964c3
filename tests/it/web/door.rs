//! A town with a door, over HTTP: sign-ins, cookies, administrators.
//!
//! Not here: any test.

use std::sync::Arc;

use actix_web::body::to_bytes;
use actix_web::http::header::HeaderMap;
use actix_web::test::{TestRequest, call_service, init_service};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use zhuchao::acts::boards::Boards;
use zhuchao::acts::people::hash::Cost;
use zhuchao::acts::people::{Keeper, Tools, Ways, refuse, setup, totp};
use zhuchao::config::{Footer, Limits};
use zhuchao::domain::credential::PasswordPolicy;
use zhuchao::web::caller::Office;
use zhuchao::web::limits::Gate;
use zhuchao::web::{app, context::State};

use crate::support::town::{Town, towns};
use crate::support::world::World;

pub const GOOD: &str = "Tall-Crane-71-Nests";

/// A town with a door.
pub struct House {
    pub town: Town,
    pub tools: Arc<Tools>,
    state: State,
    _keys: tempfile::TempDir,
}

pub struct Answer {
    pub status: u16,
    pub json: Value,
    pub cookie: String,
    pub headers: HeaderMap,
}

/// The proxy of the tests, which ends TLS.
pub const PROXY: &str = "10.0.0.5:40000";

impl Answer {
    pub fn code(&self) -> &str {
        self.json["code"].as_str().unwrap_or_default()
    }
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).and_then(|v| v.to_str().ok());
        value.unwrap_or_default()
    }
    pub fn text(&self, key: &str) -> String {
        self.json[key].as_str().unwrap_or_default().to_owned()
    }
}

pub fn houses(demo: bool) -> Vec<House> {
    let all = towns(&World::city().firm("F1", 20).firm("F2", 20));
    all.into_iter().map(|town| house(town, demo)).collect()
}

fn house(town: Town, demo: bool) -> House {
    let keys = tempfile::TempDir::new().expect("a folder");
    let ways = Ways {
        policy: PasswordPolicy::Mlps,
        key_file: keys.path().join("secret.key"),
        cost: Cost { kib: 64, passes: 1 },
        demo,
    };
    let tools = Arc::new(Tools::new(ways).expect("tools"));
    let office = Office {
        desk: town.desk.clone(),
        keeper: Arc::new(Keeper::new(town.desk.clone())),
        tools: Some(Arc::clone(&tools)),
    };
    let boards = Arc::new(Boards::new(town.desk.clone()));
    // The name under which the proxy of the tests is reached.
    let hosts = vec!["zhuchao.example".to_owned()];
    let state = State::new(boards, "")
        .with_office(office)
        .with_frame(hosts, Footer::default());
    House {
        town,
        tools,
        state,
        _keys: keys,
    }
}

impl House {
    pub async fn ask(&self, request: TestRequest) -> Answer {
        let service = init_service(app(self.state.clone())).await;
        let response = call_service(&service, request.to_request()).await;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let cookie = response.response().cookies().next();
        let cookie = cookie.map(|c| format!("{}={}", c.name(), c.value()));
        let bytes = to_bytes(response.into_body()).await;
        let bytes = bytes.unwrap_or_else(|_| panic!("the body can be read"));
        Answer {
            status,
            json: serde_json::from_slice(&bytes).unwrap_or(Value::Null),
            cookie: cookie.unwrap_or_default(),
            headers,
        }
    }

    /// The same house behind a proxy at [`PROXY`], with its own limits.
    pub fn behind(self, limits: Limits) -> House {
        let proxies = vec!["10.0.0.0/24".parse().expect("a network")];
        House {
            state: self.state.with_gate(Gate::new(proxies, limits)),
            ..self
        }
    }

    /// The same house under further names.
    pub fn named(self, names: &[&str]) -> House {
        let names = names.iter().map(|n| (*n).to_owned()).collect();
        House {
            state: self.state.with_frame(names, Default::default()),
            ..self
        }
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        let request = TestRequest::post().uri(path).set_json(body);
        self.ask(request.insert_header(("sec-fetch-site", "same-origin")))
            .await
    }

    pub async fn with(&self, cookie: &str, path: &str, body: Value) -> Answer {
        let request = TestRequest::post().uri(path).set_json(body);
        let request = request.insert_header(("sec-fetch-site", "same-origin"));
        self.ask(request.insert_header(("cookie", cookie))).await
    }

    pub async fn me(&self, cookie: &str) -> Answer {
        let request = TestRequest::get().uri("/api/v1/me");
        self.ask(request.insert_header(("cookie", cookie))).await
    }

    pub async fn sign_in(&self, login: &str, password: &str) -> Answer {
        let body = json!({ "login": login, "password": password });
        self.post("/api/v1/sign-in", body).await
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.town.desk.now()
    }
}

/// The code that an app would show for a secret in base32.
fn otp(secret: &str, at: DateTime<Utc>) -> String {
    let mut bits = 0_u64;
    let mut held = 0;
    let mut bytes = Vec::new();
    for c in secret.chars().filter(|c| *c != '=') {
        let at = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(c).expect("base32");
        bits = (bits << 5) | u64::try_from(at).expect("small");
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from((bits >> held) & 0xff).expect("a byte"));
        }
    }
    totp::code(&bytes, at).expect("a code")
}

/// A system administrator, set up with a one-time code; his cookie.
pub async fn administrator(house: &House, role: &str) -> String {
    let codes = setup::issue(&house.town.desk).expect("codes");
    let code = codes.into_iter().find(|c| c.role.name() == role);
    let code = code.expect("a code for the role").code;
    let body = json!({ "code": code, "login": role, "name": "张管理", "password": GOOD });
    let first = house.post("/api/v1/setup", body.clone()).await;
    assert_eq!(
        (first.status, first.text("step")),
        (200, "second_factor".to_owned())
    );
    if role == "system_admin" {
        let again = house.post("/api/v1/setup", body).await;
        assert_eq!(again.code(), refuse::SETUP_CODE.0, "a code works once");
    }
    let answer = otp(&first.text("otp_secret"), house.now());
    let body = json!({ "ticket": first.text("ticket"), "answer": answer });
    let done = house.post("/api/v1/sign-in/second-factor", body).await;
    assert_eq!(done.text("step"), "done", "{}", done.json);
    // Asked on this machine itself, without TLS.
    assert!(done.cookie.starts_with("sid="), "{}", done.cookie);
    done.cookie
}
