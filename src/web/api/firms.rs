//! Firms as they are registered, in the API: for officers, a district sees its own.
//!
//! Not here: profiles, which firms write (`profiles`).

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::stated::{Asked, key, whole};
use crate::acts::firms;
use crate::acts::powers::firms::SEE_FIRM;
use crate::domain::fault::Faults;
use crate::domain::firm::Firm;
use crate::web::caller::Caller;
use crate::web::doc::Doc;
use crate::web::reply::Reply;
use crate::web::routes::{Route, Who};
use crate::web::tables;

/// A firm.
#[derive(Debug, Serialize, ToSchema)]
pub struct FirmShown {
    id: String,
    credit_code: String,
    name_zh: String,
    name_en: String,
    /// Main industry, GB/T 4754-2017.
    industry: String,
    district: String,
    headcount: u32,
    #[schema(value_type = Vec<String>)]
    credentials: Value,
    fields: Vec<String>,
    #[schema(value_type = String)]
    evidence: Value,
    source: String,
}

impl FirmShown {
    fn of(f: &Firm) -> Result<FirmShown, Faults> {
        Ok(FirmShown {
            id: f.id.to_string(),
            credit_code: f.credit_code.to_string(),
            name_zh: f.name_zh.clone(),
            name_en: f.name_en.clone(),
            industry: f.industry.to_string(),
            district: f.district.to_string(),
            headcount: f.headcount,
            credentials: whole(&f.credentials)?,
            fields: f.fields.iter().map(ToString::to_string).collect(),
            evidence: whole(&f.provenance.evidence)?,
            source: f.provenance.source.clone(),
        })
    }
}

/// A page of firms.
#[derive(Debug, Serialize, ToSchema)]
pub struct FirmPage {
    items: Vec<FirmShown>,
    /// Key after which the next page begins.
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfDistrict {
    district: Option<String>,
}

const SORTS: &[&str] = &[
    "id",
    "name_zh",
    "name_en",
    "district",
    "industry",
    "headcount",
];

/// The routes.
pub const ROUTES: &[Route] = &[Route::get(
    "/api/v1/firms",
    Who::Power(&SEE_FIRM),
    "firms as they are registered: all, or those of one's district",
    Doc::gives::<FirmPage>("firms")
        .query(&[("district", "only firms of this district")])
        .paged()
        .sorts(SORTS)
        .table(&tables::FIRMS),
    |r| r.to(list),
)];

async fn list(caller: Caller, query: Asked<OfDistrict>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let bounds = query.page.fetched();
            let district = key(query.filter.district.as_ref())?;
            let all = firms::list(desk, district.as_ref(), bounds)?;
            let all = all.iter().map(FirmShown::of);
            let all = all.collect::<Result<Vec<FirmShown>, _>>()?;
            let (items, next) = query.page.arranged(all, SORTS, |f| f.id.clone())?;
            Reply::ok(&FirmPage { items, next })
        })
        .await
}
