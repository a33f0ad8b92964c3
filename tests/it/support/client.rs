//! A client of the API in process: it asks as a person of a role, and gets status, headers, JSON.

use std::sync::Arc;

use actix_web::body::to_bytes;
use actix_web::http::Method;
use actix_web::http::header::HeaderMap;
use actix_web::test::{TestRequest, call_service, init_service};
use serde_json::Value;
use zhuchao::acts::boards::Boards;
use zhuchao::acts::door::{Doorkeeper, Entered, Presented};
use zhuchao::acts::people::hash::Cost;
use zhuchao::acts::people::{Tools, Ways};
use zhuchao::acts::refuse;
use zhuchao::domain::credential::PasswordPolicy;
use zhuchao::domain::fault::{Fault, Faults};
use zhuchao::domain::people::{Actor, Body, Role};
use zhuchao::web::caller::Office;
use zhuchao::web::{app, context::State};

use super::town::{Town, actor};

/// Reads tokens of the form `role` or `role.body`, so that tests need no accounts.
struct Names;

impl Doorkeeper for Names {
    fn identify(&self, presented: &Presented) -> Result<Entered, Faults> {
        let Some(token) = &presented.token else {
            return Ok(Actor::public().into());
        };
        let known = named(token).map(Entered::from);
        known.ok_or_else(|| Fault::new(refuse::SIGN_IN, "unknown", "sign in").into())
    }
}

/// Cheap tools; these callers seal nothing, so the key file is never made.
fn tools() -> Arc<Tools> {
    let ways = Ways {
        policy: PasswordPolicy::Mlps,
        key_file: std::env::temp_dir().join("zhuchao-never-made.key"),
        cost: Cost { kib: 64, passes: 1 },
        demo: false,
    };
    Arc::new(Tools::new(ways).expect("the cost is possible"))
}

fn named(token: &str) -> Option<Actor> {
    let (role, body) = token.split_once('.').unwrap_or((token, ""));
    let role = Role::ALL.into_iter().find(|r| r.name() == role)?;
    let body = match (role.is_firm(), role.is_district()) {
        (true, _) => Body::Firm(body.parse().ok()?),
        (_, true) => Body::District(body.parse().ok()?),
        _ => Body::City,
    };
    Some(actor(role, body))
}

/// A serving process of a town: what it keeps in memory stays from one question to the next.
pub fn process(town: &Town) -> State {
    process_under(town, "")
}

/// The same behind a portal that serves it under a path.
pub fn process_under(town: &Town, base: &str) -> State {
    let office = Office {
        desk: town.desk.clone(),
        keeper: Arc::new(Names),
        tools: Some(tools()),
    };
    State::new(Arc::new(Boards::new(town.desk.clone())), base).with_office(office)
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// Status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// The body.
    pub bytes: Vec<u8>,
    /// The body as text.
    pub text: String,
    /// The body as JSON; null when it is none.
    pub json: Value,
}

impl Answer {
    /// A header's value; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).and_then(|v| v.to_str().ok());
        value.unwrap_or_default()
    }
}

/// One question.
#[derive(Debug, Clone)]
pub struct Ask<'a> {
    method: Method,
    path: &'a str,
    who: String,
    body: Option<Value>,
    bytes: Option<Vec<u8>>,
    headers: Vec<(&'a str, String)>,
}

impl<'a> Ask<'a> {
    /// A GET by the public.
    pub fn get(path: &'a str) -> Ask<'a> {
        Ask {
            method: Method::GET,
            path,
            who: String::new(),
            body: None,
            bytes: None,
            headers: Vec::new(),
        }
    }

    /// A POST of JSON by the public.
    pub fn post(path: &'a str, body: Value) -> Ask<'a> {
        Ask {
            method: Method::POST,
            body: Some(body),
            ..Ask::get(path)
        }
    }

    /// The same with the bytes of a file.
    pub fn sending(mut self, bytes: &[u8]) -> Ask<'a> {
        self.bytes = Some(bytes.to_vec());
        self
    }

    /// The same by another method.
    pub fn by(mut self, method: Method) -> Ask<'a> {
        self.method = method;
        self
    }

    /// The same by somebody: `bureau_planner`, `firm_approver.F1`, `district_reviewer.440305`.
    pub fn as_(mut self, who: &str) -> Ask<'a> {
        who.clone_into(&mut self.who);
        self
    }

    /// The same with a header.
    pub fn header(mut self, name: &'a str, value: &str) -> Ask<'a> {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Asks the whole application of a town, which remembers nothing of earlier questions.
    pub async fn of(self, town: &Town) -> Answer {
        self.within(&process(town)).await
    }

    /// Asks a process that goes on.
    pub async fn within(self, state: &State) -> Answer {
        let service = init_service(app(state.clone())).await;
        let mut request = TestRequest::default().method(self.method).uri(self.path);
        if !self.who.is_empty() {
            request = request.insert_header(("authorization", format!("Bearer {}", self.who)));
        }
        for (name, value) in self.headers {
            request = request.insert_header((name, value));
        }
        if let Some(bytes) = self.bytes {
            request = request.set_payload(bytes);
        } else if let Some(body) = self.body {
            request = request.set_json(body);
        }
        let response = call_service(&service, request.to_request()).await;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = to_bytes(response.into_body()).await;
        let bytes = bytes.unwrap_or_else(|_| panic!("the body can be read"));
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer {
            status,
            headers,
            json: serde_json::from_str(&text).unwrap_or(Value::Null),
            text,
            bytes: bytes.to_vec(),
        }
    }
}
