//! The pre-check in the API: for anyone, nothing is stored.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::case_draft::DraftBody;
use super::case_shown::VerdictShown;
use super::profiles::FactsBody;
use crate::acts::cases::precheck::{self, Learned, Told};
use crate::domain::fault::Faults;
use crate::domain::ids::RoundId;
use crate::domain::place::DistrictCode;
use crate::web::caller::Caller;
use crate::web::doc::Doc;
use crate::web::reply::Reply;
use crate::web::routes::{Route, Who};

/// Facts of a firm and what it wants.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PrecheckAsked {
    /// Key of the round; left out = the policy in force today.
    #[schema(value_type = Option<String>)]
    round: Option<RoundId>,
    facts: FactsBody,
    /// District of registration.
    #[schema(value_type = String)]
    district: DistrictCode,
    /// The use and the smallest area at least.
    want: DraftBody,
    /// Kinds of evidence at hand.
    #[serde(default)]
    evidence: Vec<String>,
}

/// Rule by rule, and what fits.
#[derive(Debug, Serialize, ToSchema)]
pub struct PrecheckShown {
    /// Version of the policy.
    policy: String,
    verdicts: Vec<VerdictShown>,
    /// Largest area for this use in 0.01 m2.
    area_cap: i64,
    units_cap: u32,
    cap_basis: String,
    /// Vacant units of the round that alone would do; nearness is not counted.
    units_fit: Option<u64>,
    /// True when there are more to look at.
    at_least: bool,
}

impl From<&Learned> for PrecheckShown {
    fn from(l: &Learned) -> PrecheckShown {
        PrecheckShown {
            policy: l.policy.clone(),
            verdicts: l.verdicts.iter().map(VerdictShown::from).collect(),
            area_cap: l.area_cap.0,
            units_cap: l.units_cap,
            cap_basis: l.cap_basis.clone(),
            units_fit: l.units_fit,
            at_least: l.at_least,
        }
    }
}

impl PrecheckAsked {
    fn told(&self) -> Result<Told, Faults> {
        Ok(Told {
            round: self.round.clone(),
            facts: self.facts.facts()?,
            district: self.district.clone(),
            want: self.want.draft()?,
            held: self.evidence.clone(),
        })
    }
}

/// The routes.
pub const ROUTES: &[Route] = &[Route::post(
    "/api/v1/precheck",
    Who::Public,
    "which rules a firm meets, how much it may have, what fits; nothing is stored",
    Doc::gives::<PrecheckShown>("cases").takes::<PrecheckAsked>(),
    |r| r.to(check),
)];

async fn check(caller: Caller, body: web::Json<PrecheckAsked>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let learned = precheck::check(desk, &body.told()?)?;
            Reply::ok(&PrecheckShown::from(&learned))
        })
        .await
}
