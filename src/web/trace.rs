//! The request id and the log line of each request. An id that the caller sends is kept when it is
//! well-formed, so that a proxy's log and ours name the same request; else one is made. The line holds
//! the pattern of the route, not the address: no keys, no query, no secret.
//!
//! Not here: the format of the log (`main`).

use std::time::Instant;

use actix_web::HttpMessage;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use tracing::Instrument;

use super::caller::Caller;
use super::peer::Peer;

/// The header.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Gives the request its id, logs it, and answers with the id.
///
/// # Errors
/// Those of the inner service.
pub async fn request(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let began = Instant::now();
    let id = id(&request);
    let span = tracing::info_span!("request", id = %id);
    let ip = Peer::of(request.request()).ip;
    let mut response = next.call(request).instrument(span).await?;
    let asked = response.request();
    let who = asked
        .extensions()
        .get::<Caller>()
        .map(|c| c.desk().actor().to_owned());
    tracing::info!(
        target: "zhuchao::access",
        id = %id,
        method = %asked.method(),
        route = asked.match_pattern().as_deref().unwrap_or("-"),
        status = response.status().as_u16(),
        ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
        who = who.as_deref().unwrap_or("-"),
        %ip,
    );
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    Ok(response)
}

fn id(request: &ServiceRequest) -> String {
    let sent = request
        .headers()
        .get(REQUEST_ID)
        .and_then(|v| v.to_str().ok());
    match sent.filter(|id| is_well_formed(id)) {
        Some(id) => id.to_owned(),
        None => uuid::Uuid::now_v7().simple().to_string(),
    }
}

/// 8 to 64 letters, digits or `- _ .`: nothing that could forge a line of the log.
fn is_well_formed(id: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    (8..=64).contains(&id.len()) && id.chars().all(fits)
}
