//! What rounds, offers and contracts share in the API: signatures, reasons, pages of a list.
//!
//! Not here: any route.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::domain::fault::{Fault, Faults};
use crate::domain::signature::Signature;
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

/// Which page of a list, and which rows.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// Only keys after this one.
    pub after: Option<String>,
    /// At most so many, 1 to 200.
    pub limit: Option<u32>,
    /// Only rows at this stage.
    pub stage: Option<String>,
    /// Only rows of this round.
    pub round: Option<String>,
}

impl Page {
    /// Where it begins and how long it is.
    pub fn bounds(&self) -> (Option<String>, u32) {
        let limit = self.limit.unwrap_or(LIMIT).clamp(1, LIMIT_MAX);
        (self.after.clone(), limit)
    }

    /// The stage of a name, by the stages there are. AC018 for another word.
    pub fn stage<S: Copy>(
        &self,
        all: &[S],
        name: fn(S) -> &'static str,
    ) -> Result<Option<S>, Fault> {
        let Some(wanted) = &self.stage else {
            return Ok(None);
        };
        let found = all.iter().copied().find(|s| name(*s) == wanted);
        match found {
            Some(stage) => Ok(Some(stage)),
            None => Err(crate::acts::refuse::unfit(
                "stage",
                format!("{wanted:?} is no stage"),
                "leave it out, or name a stage",
            )),
        }
    }
}

/// Query parameters of a list.
pub const PAGE: &[(&str, &str)] = &[
    ("after", "only keys after this one"),
    ("limit", "at most so many rows, 1 to 200; 50 unless given"),
    ("stage", "only rows at this stage"),
    ("round", "only rows of this round"),
];

/// The key after which the next page begins; none when this page is not full.
pub fn next(keys: &[String], limit: u32) -> Option<String> {
    let full = u32::try_from(keys.len()).is_ok_and(|n| n >= limit);
    keys.last().filter(|_| full).cloned()
}

/// A noun of the trade as JSON.
pub fn whole(noun: &impl Serialize) -> Result<Value, Faults> {
    serde_json::to_value(noun).map_err(|_| stopped().into())
}
