//! What rounds, offers and contracts share in the API: signatures, reasons; and how every list is asked for a page.
//!
//! Not here: any route.

use std::collections::BTreeMap;
use std::future::{Ready, ready};
use std::marker::PhantomData;
use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::acts::lists::Listing;
use crate::acts::{Bounds, refuse};
use crate::domain::fault::{Fault, Faults};
use crate::domain::signature::Signature;
use crate::web::body;
use crate::web::caller::unreadable;
use crate::web::format::encoded;
use crate::web::refusal::stopped;

/// Most rows of one answer, as many as a file holds. A page of JSON is cut to 200 where the request
/// comes in (`web::listing`).
pub const LIMIT_MAX: u32 = 50_000;
/// Rows of a page unless asked otherwise.
const LIMIT: u32 = 50;

/// A reason.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Why {
    /// The reason, in words.
    pub reason: String,
}

/// Who agreed, when, why. The account is empty where the caller may not know it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Signed {
    by: String,
    at: DateTime<Utc>,
    reason: String,
}

impl From<&Signature> for Signed {
    fn from(s: &Signature) -> Signed {
        Signed {
            by: s.by.clone(),
            at: s.at,
            reason: s.reason.clone(),
        }
    }
}

/// Which page of a list.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Only keys after this one.
    pub after: Option<String>,
    /// At most so many, 1 to 200; a file 1 to 50,000.
    pub limit: Option<u32>,
    /// In which order, by a list that has one besides its keys.
    pub sort: Option<String>,
}

impl From<&Bounds> for Page {
    fn from(bounds: &Bounds) -> Page {
        Page {
            after: bounds.after.clone(),
            limit: Some(bounds.limit),
            sort: bounds.sort.clone(),
        }
    }
}

impl Page {
    /// Where it begins and how long it is.
    pub fn bounds(&self) -> (Option<String>, u32) {
        let limit = self.limit.unwrap_or(LIMIT).clamp(1, LIMIT_MAX);
        (self.after.clone(), limit)
    }
}

/// The query of a list: a page of it, and which rows. Every list that comes in pages reads it, so
/// that all are asked in the same way; a parameter that is neither is refused.
#[derive(Debug)]
pub struct Asked<F> {
    /// Which page.
    pub page: Page,
    /// Which rows.
    pub filter: F,
}

impl<F> Asked<F> {
    /// Where the page begins and how long it is.
    pub fn bounds(&self) -> (Option<String>, u32) {
        self.page.bounds()
    }
}

impl<F: DeserializeOwned> FromRequest for Asked<F> {
    type Error = actix_web::Error;
    type Future = Ready<Result<Asked<F>, actix_web::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let read = asked(request.query_string());
        ready(read.map_err(|cause| unreadable(body::refused(format!("the query: {cause}")))))
    }
}

fn asked<F: DeserializeOwned>(query: &str) -> Result<Asked<F>, String> {
    let (mut taken, filter) = taken(query, &["after", "limit", "sort"])?;
    let limit = taken.remove("limit").map(|word| word.parse()).transpose();
    let page = Page {
        after: taken.remove("after"),
        limit: limit.map_err(|_| "limit is no number")?,
        sort: taken.remove("sort"),
    };
    Ok(Asked { page, filter })
}

/// The query of a list of some noun: a page, an order, and by which of its words rows are chosen; beside
/// them what only this list knows. A parameter that is none of these is refused.
#[derive(Debug)]
pub struct Listed<T, F = Every> {
    bounds: Bounds,
    /// What only this list knows.
    pub filter: F,
    of: PhantomData<T>,
}

impl<T, F> Listed<T, F> {
    /// Takes a word that the list reads itself.
    pub fn word(&mut self, word: &str) -> Option<String> {
        let at = self.bounds.only.iter().position(|(w, _)| w == word)?;
        Some(self.bounds.only.swap_remove(at).1)
    }

    /// Refuses a value of a word that is none of these. AC018.
    pub fn one_of<S: Copy>(
        &self,
        word: &'static str,
        all: &[S],
        name: fn(S) -> &'static str,
    ) -> Result<(), Fault> {
        let mut asked = self.bounds.only.iter().filter(|(w, _)| w == word);
        asked.try_for_each(|(_, value)| named(word, value, all, name).map(|_| ()))
    }

    /// Where the page begins, how long it is, its order, and the words that are left.
    pub fn bounds(&self) -> Bounds {
        self.bounds.clone()
    }
}

impl<T: Listing, F: DeserializeOwned> FromRequest for Listed<T, F> {
    type Error = actix_web::Error;
    type Future = Ready<Result<Listed<T, F>, actix_web::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let read = listed(request.query_string());
        ready(read.map_err(|cause| unreadable(body::refused(format!("the query: {cause}")))))
    }
}

fn listed<T: Listing, F: DeserializeOwned>(query: &str) -> Result<Listed<T, F>, String> {
    let words = T::words().only;
    let names = [&["after", "limit", "sort"], words.as_slice()].concat();
    let (mut taken, filter) = taken(query, &names)?;
    let limit = taken.remove("limit").map(|word| word.parse()).transpose();
    let page = Page {
        after: taken.remove("after"),
        limit: limit.map_err(|_| "limit is no number")?,
        sort: taken.remove("sort"),
    };
    let bounds = Bounds {
        sort: page.sort.clone(),
        only: taken.into_iter().collect(),
        ..Bounds::from(page.bounds())
    };
    Ok(Listed {
        bounds,
        filter,
        of: PhantomData,
    })
}

/// Takes some parameters out of a query and reads the rest as a filter, which refuses what it does not know.
pub(super) fn taken<F: DeserializeOwned>(
    query: &str,
    names: &[&str],
) -> Result<(BTreeMap<String, String>, F), String> {
    let pairs = web::Query::<Vec<(String, String)>>::from_query(query);
    let pairs = pairs.map_err(|e| e.to_string())?.into_inner();
    let (taken, rest): (Vec<_>, Vec<_>) =
        (pairs.into_iter()).partition(|(key, _)| names.contains(&key.as_str()));
    let rest: Vec<String> = (rest.iter())
        .map(|(key, value)| format!("{}={}", encoded(key), encoded(value)))
        .collect();
    let filter = web::Query::<F>::from_query(&rest.join("&")).map_err(|e| e.to_string())?;
    Ok((taken.into_iter().collect(), filter.into_inner()))
}

/// All rows.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Every {}

/// A key that is asked for, if one is. The fault of a bad key.
pub fn key<K: FromStr<Err = Fault>>(wanted: Option<&String>) -> Result<Option<K>, Fault> {
    wanted.map(|word| word.parse()).transpose()
}

/// The stage of a name, by the stages there are. AC018 for another word.
pub fn stage<S: Copy>(
    wanted: Option<&String>,
    all: &[S],
    name: fn(S) -> &'static str,
) -> Result<Option<S>, Fault> {
    wanted
        .map(|word| named("stage", word, all, name))
        .transpose()
}

/// What a filter names, by what there is. AC018 for another word.
pub fn named<S: Copy>(
    what: &str,
    wanted: &str,
    all: &[S],
    name: fn(S) -> &'static str,
) -> Result<S, Fault> {
    let found = all.iter().copied().find(|s| name(*s) == wanted);
    found.ok_or_else(|| {
        let wanted: String = wanted.chars().take(40).collect();
        let names: Vec<&str> = all.iter().map(|s| name(*s)).collect();
        let action = format!("leave it out, or give one of: {}", names.join(", "));
        refuse::unfit(what, format!("{wanted:?} is no {what}"), &action)
    })
}

/// The key after which the next page begins; none when this page is not full.
pub fn next(keys: &[String], limit: u32) -> Option<String> {
    let full = u32::try_from(keys.len()).is_ok_and(|n| n >= limit);
    keys.last().filter(|_| full).cloned()
}

/// A page of rows that are all at hand, and the key after which the next begins.
pub fn cut<R>(rows: Vec<R>, page: &Page, key: impl Fn(&R) -> String) -> (Vec<R>, Option<String>) {
    let (after, limit) = page.bounds();
    let begins = after.map(|after| rows.iter().position(|r| key(r) == after));
    let skip = match begins {
        None => 0,
        Some(at) => at.map_or(rows.len(), |at| at + 1),
    };
    let mut some: Vec<R> = rows.into_iter().skip(skip).collect();
    let more = some.len() > limit as usize;
    some.truncate(limit as usize);
    let next = some.last().filter(|_| more).map(key);
    (some, next)
}

/// A noun of the trade as JSON.
pub fn whole(noun: &impl Serialize) -> Result<Value, Faults> {
    serde_json::to_value(noun).map_err(|_| stopped().into())
}
