//! Which parameters an address of the API may have: those that the document tells of it, and no others, so
//! that a misspelt filter is refused where it would show everything.
//!
//! Not here: what they mean (each route).

use super::body;
use super::doc::Doc;
use super::routes::Route;
use crate::domain::fault::Fault;

/// The parameters of a route.
pub fn known(doc: &Doc) -> Vec<&'static str> {
    let mut all: Vec<&'static str> = doc.query.iter().map(|(name, _)| *name).collect();
    if doc.paged {
        all.extend(["after", "limit"]);
    }
    if let Some(words) = doc.words {
        all.extend(words().only);
    }
    if doc.words.is_some() || !doc.sorts.is_empty() {
        all.push("sort");
    }
    if doc.table.is_some() {
        all.push("format");
    }
    all
}

/// WB105 for a parameter that the route has not. The language may be named everywhere, as on pages.
pub fn check(route: &Route, pairs: &[(String, String)]) -> Result<(), Fault> {
    let Some(doc) = &route.doc else { return Ok(()) };
    let known = known(doc);
    let strange = |(key, _): &&(String, String)| key != "lang" && !known.contains(&key.as_str());
    let Some((key, _)) = pairs.iter().find(strange) else {
        return Ok(());
    };
    let key: String = key.chars().take(40).collect();
    let all = match known.is_empty() {
        true => "it takes none".to_owned(),
        false => format!("it takes {}", known.join(", ")),
    };
    Err(body::refused(format!(
        "the query: unknown parameter {key:?}; {all}"
    )))
}
