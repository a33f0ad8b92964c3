//! Forged requests: a browser sends its session cookie along with requests that other sites make it
//! send. So a request that changes something must prove that our own page made it: by
//! `Sec-Fetch-Site: same-origin`; from a browser without it, by an `Origin` that is ours; from one
//! without either, by the token of the session in `x-csrf`, or in the form. Bearer tokens are not sent by
//! browsers on their own, so they need no proof.
//!
//! Not here: what the caller may do.

use actix_web::http::Method;
use actix_web::http::header::HeaderMap;

use super::peer::Peer;
use crate::acts::door::Presented;
use crate::acts::people::sessions;
use crate::domain::fault::{Code, Fault};

/// The request may have been forged by another site.
pub const FORGED: Code = Code("WB110");
/// The header of the token.
pub const TOKEN: &str = "x-csrf";

/// What a browser said of where a request was made.
enum Said {
    /// On our own page.
    Ours,
    /// Elsewhere.
    Foreign,
    /// Nothing.
    Nothing,
}

/// Refuses what another site may have forged.
///
/// # Errors
/// WB110.
pub fn check(
    method: &Method,
    headers: &HeaderMap,
    peer: &Peer,
    (presented, typed): (&Presented, Option<&str>),
) -> Result<(), Fault> {
    if matches!(*method, Method::GET | Method::HEAD) || presented.token.is_some() {
        return Ok(());
    }
    let ours = match (said(headers, peer), &presented.session) {
        (Said::Ours, _) => true,
        (Said::Foreign, _) => false,
        // A program without a session has nothing that could be misused.
        (Said::Nothing, None) => true,
        (Said::Nothing, Some(session)) => {
            let token = text(headers, TOKEN).or(typed);
            token == Some(&sessions::csrf(session))
        }
    };
    match ours {
        true => Ok(()),
        false => Err(Fault::new(
            FORGED,
            "the request does not come from a page of this site",
            "send it from here, with the header x-csrf, or with a bearer token instead of the cookie",
        )),
    }
}

/// True when the browser says nothing of where a request was made.
pub fn is_silent(headers: &HeaderMap) -> bool {
    let hidden = |origin: &str| origin == "null";
    text(headers, "sec-fetch-site").is_none() && text(headers, "origin").is_none_or(hidden)
}

fn said(headers: &HeaderMap, peer: &Peer) -> Said {
    if let Some(site) = text(headers, "sec-fetch-site") {
        return match site {
            "same-origin" => Said::Ours,
            _ => Said::Foreign,
        };
    }
    match text(headers, "origin") {
        // A browser that hides the origin says nothing of it.
        None | Some("null") => Said::Nothing,
        Some(origin) if is_of(origin, &peer.host) => Said::Ours,
        Some(_) => Said::Foreign,
    }
}

/// True when an origin is of our host. The scheme says nothing: a proxy may have ended TLS.
fn is_of(origin: &str, host: &str) -> bool {
    let named = origin.split_once("://").map(|(_, named)| named);
    !host.is_empty() && named.is_some_and(|named| named.eq_ignore_ascii_case(host))
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}
