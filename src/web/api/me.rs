//! Who the caller is.

use actix_web::HttpResponse;
use actix_web::http::Method;
use serde::Serialize;
use utoipa::ToSchema;

use crate::web::caller::Caller;
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

async fn show(caller: Caller) -> HttpResponse {
    caller
        .ask(|desk| {
            let person = desk.person();
            Reply::ok(&Me {
                id: person.id.clone(),
                role: person.role.name().to_owned(),
                firm: person.firm().map(ToString::to_string),
                district: person.district().map(ToString::to_string),
            })
        })
        .await
}
