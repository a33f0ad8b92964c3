//! Requests that another site made a browser send. A caller who came with a cookie and wants to change
//! something must come from our own pages: `Sec-Fetch-Site` says so, else `Origin` does, else the
//! token of the session. A bearer token is never sent by itself, so it needs no proof.
//!
//! Not here: who the caller is.

use actix_web::dev::ServiceRequest;
use actix_web::http::header::{HOST, ORIGIN};

use crate::acts::door::Presented;
use crate::acts::people::sessions::csrf;
use crate::domain::fault::{Code, Fault};

/// The request may have been made by another site.
pub const FORGED: Code = Code("WB110");

/// WB110 when the request may be forged.
pub fn proved(request: &ServiceRequest, presented: &Presented) -> Result<(), Fault> {
    let (Some(secret), None) = (&presented.session, &presented.token) else {
        return Ok(());
    };
    if request.method().is_safe() {
        return Ok(());
    }
    let text = |name: &str| request.headers().get(name).and_then(|v| v.to_str().ok());
    let own = match (text("sec-fetch-site"), text(ORIGIN.as_str())) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => {
            let host = text(HOST.as_str()).unwrap_or_default();
            !host.is_empty() && origin.split_once("://").is_some_and(|(_, o)| o == host)
        }
        (None, None) => text("x-csrf") == Some(csrf(secret).as_str()),
    };
    match own {
        true => Ok(()),
        false => Err(Fault::new(
            FORGED,
            "the request does not come from a page of this site",
            "repeat it from the page, or send the header x-csrf that the sign-in gave",
        )),
    }
}
