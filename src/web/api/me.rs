//! Who the caller is.

use actix_web::http::Method;
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use utoipa::ToSchema;

use crate::acts::door::Via;
use crate::acts::people::{accounts, sessions};
use crate::web::caller::Caller;
use crate::web::cookie;
use crate::web::doc::Doc;
use crate::web::reply::Reply;
use crate::web::routes::{Route, Who};

/// The caller.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    /// Key of the account, or `public`.
    id: String,
    /// Role.
    role: String,
    /// Key of the firm that he speaks for.
    firm: Option<String>,
    /// Code of the district that he speaks for.
    district: Option<String>,
    /// Login of his account.
    login: Option<String>,
    /// Name of the person.
    name: Option<String>,
    /// With what he came: `session`, `token`, or nothing.
    via: Option<String>,
    /// Header `x-csrf` of this session, for browsers that send neither Sec-Fetch-Site nor Origin.
    csrf: Option<String>,
}

/// The routes.
pub const ROUTES: &[Route] = &[Route {
    method: Method::GET,
    path: "/api/v1/me",
    who: Who::Public,
    shows: "who the caller is",
    doc: Some(Doc::gives::<Me>("people")),
    handler: |r| r.to(show),
}];

async fn show(caller: Caller, request: HttpRequest) -> HttpResponse {
    let secret = cookie::held(&request);
    caller
        .ask(move |desk| {
            let person = desk.person();
            let (via, csrf) = match desk.via() {
                Via::Nothing => (None, None),
                Via::Session(_) => (Some("session"), secret.as_deref().map(sessions::csrf)),
                Via::Token(_) => (Some("token"), None),
            };
            let account = match via {
                Some(_) => accounts::me(desk)?,
                None => None,
            };
            Reply::ok(&Me {
                id: person.id.clone(),
                role: person.role.name().to_owned(),
                firm: person.firm().map(ToString::to_string),
                district: person.district().map(ToString::to_string),
                login: account.as_ref().map(|a| a.login.to_string()),
                name: account.map(|a| a.name),
                via: via.map(str::to_owned),
                csrf,
            })
        })
        .await
}
