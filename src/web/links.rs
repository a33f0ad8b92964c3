//! Paths to things: a key may hold any letter and `/`, `#` or `:`, so it is percent-encoded wherever it stands in an
//! address.
//!
//! Not here: base path and language (`context`), what stands at a path (`routes`).

use std::fmt::Display;

use actix_web::HttpRequest;
use actix_web::http::Method;
use actix_web::http::header::REFERER;

use super::format::encoded;
use super::peer::Peer;

/// A path, or a path with a query: each `{}` of a pattern gives way to a key, encoded.
pub fn path_to(pattern: &str, keys: &[&dyn Display]) -> String {
    let mut keys = keys.iter();
    let mut parts = pattern.split("{}");
    let mut path = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let key = keys.next().map(ToString::to_string).unwrap_or_default();
        path.push_str(&encoded(&key));
        path.push_str(part);
    }
    path
}

/// What an encoded piece of an address says; bytes that are no text give the sign for that.
pub fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let pair = bytes.get(at + 1..at + 3).and_then(|pair| {
            let digits = std::str::from_utf8(pair).ok()?;
            u8::from_str_radix(digits, 16).ok()
        });
        match (byte, pair) {
            (b'%', Some(value)) => {
                out.push(value);
                at += 3;
            }
            _ => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The path of the page whose form was sent, as the browser says, if it is one of ours.
pub fn form_of(request: &HttpRequest, base: &str) -> Option<String> {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return None;
    }
    let from = request.headers().get(REFERER)?.to_str().ok()?;
    let (_, from) = from.split_once("://")?;
    let (host, path) = from.split_at(from.find('/')?);
    let path = path.strip_prefix(base)?;
    let ours = host.eq_ignore_ascii_case(&Peer::of(request).host) && !path.starts_with("//");
    ours.then(|| path.to_owned()).filter(|p| p.starts_with('/'))
}
