//! The session cookie: `__Host-sid`, for this host alone and over TLS alone; plain `sid` only where the
//! caller came over HTTP to a loopback address, for there is no TLS on one's own machine.
//!
//! Not here: what a session is (`acts::people`).

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};

use super::caller::COOKIES;

/// The secret of the session that a request carries.
pub fn held(request: &HttpRequest) -> Option<String> {
    let cookie = COOKIES.iter().find_map(|name| request.cookie(name));
    cookie.map(|c| c.value().to_owned())
}

/// The cookie that begins a session.
pub fn begun(request: &HttpRequest, secret: String) -> Cookie<'static> {
    let (name, secure) = named(request);
    Cookie::build(name, secret)
        .path("/")
        .http_only(true)
        .secure(secure)
        .same_site(SameSite::Lax)
        .finish()
}

/// The cookie that ends it in the browser.
pub fn ended(request: &HttpRequest) -> Cookie<'static> {
    let mut cookie = begun(request, String::new());
    cookie.set_max_age(Duration::ZERO);
    cookie
}

fn named(request: &HttpRequest) -> (&'static str, bool) {
    let plain = request.connection_info().scheme() == "http"
        && request.peer_addr().is_some_and(|a| a.ip().is_loopback());
    match plain {
        true => (COOKIES[1], false),
        false => (COOKIES[0], true),
    }
}
