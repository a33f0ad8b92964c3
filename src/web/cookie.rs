//! The session cookie: `__Host-sid`, for this host alone and over TLS alone; plain `sid` only where the
//! caller is on this machine, for there is no TLS. Which of the two is looked at is never the
//! caller's choice: a plain cookie that another host set would let him prepare a session for others.
//!
//! Not here: what a session is (`acts::people`), what a caller's connection is (`peer`).

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};

use super::peer::Peer;

/// The secret of the session that a request carries.
pub fn held(request: &HttpRequest) -> Option<String> {
    let cookie = request.cookie(Peer::of(request).cookie()?)?;
    Some(cookie.value().to_owned())
}

/// The cookie that begins a session.
pub fn begun(request: &HttpRequest, secret: String) -> Cookie<'static> {
    let peer = Peer::of(request);
    // Passwords are refused where there is no cookie (WB111), so the name is there when it is needed.
    Cookie::build(peer.cookie().unwrap_or(super::peer::COOKIE), secret)
        .path("/")
        .http_only(true)
        .secure(!peer.here)
        .same_site(SameSite::Lax)
        .finish()
}

/// The cookie that ends it in the browser.
pub fn ended(request: &HttpRequest) -> Cookie<'static> {
    let mut cookie = begun(request, String::new());
    cookie.set_max_age(Duration::ZERO);
    cookie
}
