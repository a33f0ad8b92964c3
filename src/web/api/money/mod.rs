//! Quotas, claims, settlements, payments and claw-backs in the API. Amounts in fen.
//!
//! Not here: what the acts do (`acts::money`).

pub mod claims;
mod claims_shown;
pub mod claw_backs;
pub mod payments;
pub mod quotas;
pub mod settlements;

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::stated::next;
use crate::acts::Desk;
use crate::acts::act::tag;
use crate::domain::fault::{Fault, Faults};
use crate::domain::ledger::QuotaKey;
use crate::web::caller::Caller;
use crate::web::refusal::stopped;
use crate::web::reply::{Reply, problem};

/// A page of nouns. Each is as the schema of its own route says.
#[derive(Debug, Serialize, ToSchema)]
pub struct MoneyPage {
    /// The nouns.
    #[schema(value_type = Vec<Object>)]
    items: Vec<Value>,
    /// Key after which the next page begins.
    next: Option<String>,
}

/// A page of rows with their keys.
pub fn page<T: Serialize>(
    all: &[T],
    key: impl Fn(&T) -> String,
    limit: u32,
) -> Result<Reply, Faults> {
    let keys: Vec<String> = all.iter().map(key).collect();
    some_of(all, next(&keys, limit))
}

/// A page whose end is known.
pub fn some_of<T: Serialize>(some: &[T], next: Option<String>) -> Result<Reply, Faults> {
    let items = some.iter().map(serde_json::to_value);
    let items = items.collect::<Result<Vec<Value>, _>>();
    Reply::ok(&MoneyPage {
        items: items.map_err(|_| stopped())?,
        next,
    })
}

/// One noun with its tag.
pub fn shown(noun: &impl Serialize) -> Result<Reply, Faults> {
    Ok(Reply::ok(&json!(noun))?.tagged(tag(noun)?))
}

/// A new noun with its tag and address.
pub fn made(noun: &impl Serialize, place: String) -> Result<Reply, Faults> {
    Ok(Reply::created(&json!(noun), place)?.tagged(tag(noun)?))
}

/// The key of a quota in a path.
#[derive(Debug, Deserialize)]
pub struct QuotaPath {
    district: String,
    year: String,
    item: String,
}

impl QuotaPath {
    /// The key, or DM250.
    pub fn key(&self) -> Result<QuotaKey, Fault> {
        format!("{}/{}/{}", self.district, self.year, self.item).parse()
    }
}

/// A file: bytes under a name, or a problem.
pub async fn file(
    caller: Caller,
    media: &'static str,
    name: String,
    work: impl FnOnce(&Desk) -> Result<Vec<u8>, Faults> + Send + 'static,
) -> HttpResponse {
    let desk = caller.desk().clone();
    let done = web::block(move || work(&desk)).await;
    match done.unwrap_or_else(|_| Err(stopped().into())) {
        Ok(bytes) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, media))
            .insert_header((
                CONTENT_DISPOSITION,
                format!("attachment; filename=\"{name}\""),
            ))
            .insert_header(("cache-control", "no-store"))
            .body(bytes),
        Err(faults) => problem(&faults),
    }
}
