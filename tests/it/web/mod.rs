//! Pages and API over a fixed snapshot and plan, in process.

mod acts;
mod api;
mod assets;
mod case_doors;
mod cases;
mod docs;
mod door;
mod entrance;
mod fixture;
mod frame;
mod guards;
mod links;
mod lists;
mod manual;
mod money;
mod pages;
mod paging;
mod pictures;
mod portal;
mod portal_bureau;
mod portal_firm;
mod portal_many;
mod portal_money;
mod portal_plans;
mod portal_questions;
mod portal_rounds;
mod portal_supervision;
mod portal_tables;
mod portal_templates;
mod procedure;
mod reasons;
mod routes;
mod sign_in;
mod stock;
mod supervision;
mod tables;
mod tasks;
mod templates;
mod view;
mod walking;
mod weight;

use std::sync::Arc;

use actix_web::body::to_bytes;
use actix_web::http::header::HeaderMap;
use actix_web::test::{TestRequest, init_service};
use zhuchao::acts::view::source::BoardSource;
use zhuchao::web::{app, context::State};

/// An answer: status, headers, body as text.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).and_then(|v| v.to_str().ok());
        value.unwrap_or_default()
    }
}

/// Asks the whole application once.
pub async fn ask_of(source: Arc<dyn BoardSource>, base: &str, request: TestRequest) -> Answer {
    let service = init_service(app(State::new(source, base))).await;
    let response = actix_web::test::call_service(&service, request.to_request()).await;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let bytes = to_bytes(response.into_body()).await;
    let bytes = bytes.unwrap_or_else(|_| panic!("the body can be read"));
    Answer {
        status,
        headers,
        body: String::from_utf8_lossy(&bytes).into_owned(),
    }
}

/// GET of a path over the fixture.
pub async fn get(path: &str) -> Answer {
    ask_of(fixture::source(), "", TestRequest::get().uri(path)).await
}
