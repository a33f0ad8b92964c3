//! What a case asks for, as it is sent and shown. Areas in 0.01 m2, rents in fen per m2 and month.
//!
//! Not here: any route.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::stated::whole;
use crate::acts::refuse;
use crate::domain::case::Draft;
use crate::domain::fault::Faults;

/// Technical needs: each stated value is a minimum.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Needs {
    floor_load_kg_m2: Option<u32>,
    clear_height_mm: Option<u32>,
    power_a: Option<u32>,
    gas: Option<bool>,
    clean_water: Option<bool>,
    /// Most dangerous class needed: none, c, b, a.
    hazard: Option<String>,
}

/// Households to be housed.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HouseholdsWanted {
    /// Kind: single, couple, family, large.
    kind: String,
    count: u32,
}

/// What a case asks for; everything may still be missing.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DraftBody {
    /// Use wanted, for example rd_office.
    #[serde(rename = "use")]
    use_: Option<String>,
    /// Smallest acceptable area in 0.01 m2.
    area_min: Option<i64>,
    /// Largest area wanted in 0.01 m2.
    area_max: Option<i64>,
    start_from: Option<NaiveDate>,
    start_until: Option<NaiveDate>,
    /// Highest rent in fen per m2 and month.
    rent_cap: Option<i64>,
    needs: Needs,
    /// Keys of sites, the dearest first.
    site_wishes: Vec<String>,
    /// Codes of acceptable districts; empty = all.
    districts: Vec<String>,
    /// Keys of stations to be near.
    anchors: Vec<String>,
    /// Longest minutes to the nearest of them.
    max_minutes: Option<u32>,
    households: Vec<HouseholdsWanted>,
    wants_subsidy: bool,
}

impl DraftBody {
    /// The draft; AC018 for a word or key that cannot be.
    pub fn draft(&self) -> Result<Draft, Faults> {
        read("draft", self)
    }

    /// As shown.
    pub fn of(draft: &Draft) -> Result<DraftBody, Faults> {
        read("draft", draft)
    }
}

/// A noun from a twin with the same JSON; AC018 of a field where a value cannot be.
pub fn read<T: serde::de::DeserializeOwned>(
    field: &str,
    twin: &impl Serialize,
) -> Result<T, Faults> {
    let bad = |e: serde_json::Error| {
        let action = "see /api/v1/openapi.json for what is wanted";
        refuse::unfit(field, e.to_string(), action)
    };
    Ok(serde_json::from_value(whole(twin)?).map_err(bad)?)
}
