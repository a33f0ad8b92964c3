//! Findings in the API.

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::acts::act::tag;
use crate::acts::powers::supervision as power;
use crate::acts::supervision::{findings, measures};
use crate::domain::fault::Faults;
use crate::domain::finding::{Finding, FindingStage, Measure};
use crate::domain::ids::{ContractId, FindingId};
use crate::web::api::stated::{Listed, Signed, key, next, stage};
use crate::web::caller::Caller;
use crate::web::doc::Doc;
use crate::web::reply::Reply;
use crate::web::routes::{Route, Who};
use crate::web::tables;

/// Words.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Words {
    text: String,
}

/// A measure; each kind at most once.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
pub enum MeasureBody {
    /// A warning.
    Warn,
    /// To be rectified by a day.
    Rectify {
        /// Last day.
        by: NaiveDate,
    },
    /// Subsidy is suspended.
    Suspend {
        /// First day.
        from: NaiveDate,
        /// Last day; left out = until lifted.
        until: Option<NaiveDate>,
    },
    /// The contract is to be ended; done by `contracts/{id}/terminate`.
    Terminate,
    /// Aid is to be ordered back.
    ClawBack {
        /// Aid for days from this one on.
        from: NaiveDate,
    },
    /// The firm is barred from applying.
    Ban {
        /// Last day; left out = as long as the policy says.
        until: Option<NaiveDate>,
    },
}

/// A decision on a finding.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideFinding {
    /// None = the finding is dismissed.
    measures: Vec<MeasureBody>,
    reason: String,
}

/// Whether nothing remains to be done.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseFinding {
    /// False = it is not mended.
    mended: bool,
    /// What was seen.
    note: String,
}

/// A finding. Names of officers are empty for firms.
#[derive(Debug, Serialize, ToSchema)]
pub struct FindingShown {
    id: String,
    visit: String,
    contract: String,
    firm: String,
    district: String,
    kind: String,
    clause: String,
    text: String,
    inspectors: Vec<String>,
    entered: Signed,
    /// Last day for the reply.
    reply_due: NaiveDate,
    /// open, replied, dismissed, decided, mended or closed.
    stage: String,
    reply: Option<Signed>,
    measures: Vec<MeasureBody>,
    decided: Option<Signed>,
    mended: Option<Signed>,
    closed: Option<Signed>,
}

/// A page of findings.
#[derive(Debug, Serialize, ToSchema)]
pub struct FindingPage {
    items: Vec<FindingShown>,
    next: Option<String>,
}

impl From<&MeasureBody> for Measure {
    fn from(m: &MeasureBody) -> Measure {
        match m {
            MeasureBody::Warn => Measure::Warn,
            MeasureBody::Rectify { by } => Measure::Rectify { by: *by },
            MeasureBody::Suspend { from, until } => Measure::Suspend {
                from: *from,
                until: *until,
            },
            MeasureBody::Terminate => Measure::Terminate,
            MeasureBody::ClawBack { from } => Measure::ClawBack { from: *from },
            MeasureBody::Ban { until } => Measure::Ban { until: *until },
        }
    }
}

impl From<&Measure> for MeasureBody {
    fn from(m: &Measure) -> MeasureBody {
        match m {
            Measure::Warn => MeasureBody::Warn,
            Measure::Rectify { by } => MeasureBody::Rectify { by: *by },
            Measure::Suspend { from, until } => MeasureBody::Suspend {
                from: *from,
                until: *until,
            },
            Measure::Terminate => MeasureBody::Terminate,
            Measure::ClawBack { from } => MeasureBody::ClawBack { from: *from },
            Measure::Ban { until } => MeasureBody::Ban { until: *until },
        }
    }
}

impl From<&Finding> for FindingShown {
    fn from(f: &Finding) -> FindingShown {
        FindingShown {
            id: f.id.to_string(),
            visit: f.visit.to_string(),
            contract: f.contract.to_string(),
            firm: f.firm.to_string(),
            district: f.district.to_string(),
            kind: f.kind.name().to_owned(),
            clause: f.clause.clone(),
            text: f.text.clone(),
            inspectors: f.inspectors.clone(),
            entered: Signed::from(&f.entered),
            reply_due: f.reply_due,
            stage: f.stage.name().to_owned(),
            reply: f.reply.as_ref().map(Signed::from),
            measures: f.measures.iter().map(MeasureBody::from).collect(),
            decided: f.decided.as_ref().map(Signed::from),
            mended: f.mended.as_ref().map(Signed::from),
            closed: f.closed.as_ref().map(Signed::from),
        }
    }
}

const fn doc() -> Doc {
    Doc::gives::<FindingShown>("findings")
}

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::get(
        "/api/v1/findings",
        Who::Power(&power::SEE_VISIT),
        "findings that the caller may see",
        Doc::gives::<FindingPage>("findings")
            .lists::<Finding>()
            .table(&tables::FINDINGS),
        |r| r.to(list),
    ),
    Route::get(
        "/api/v1/findings/{id}",
        Who::Power(&power::SEE_VISIT),
        "one finding",
        doc(),
        |r| r.to(show),
    ),
    Route::post(
        "/api/v1/findings/{id}/reply",
        Who::Power(&power::REPLY_FINDING),
        "reply to a finding",
        doc().takes::<Words>(),
        |r| r.to(reply),
    ),
    Route::post(
        "/api/v1/findings/{id}/decide",
        Who::Power(&power::DECIDE_FINDING),
        "decide measures on a finding, or dismiss it",
        doc().takes::<DecideFinding>(),
        |r| r.to(decide),
    ),
    Route::post(
        "/api/v1/findings/{id}/mend",
        Who::Power(&power::MEND_FINDING),
        "say that a finding is mended, and how",
        doc().takes::<Words>(),
        |r| r.to(mend),
    ),
    Route::post(
        "/api/v1/findings/{id}/close",
        Who::Power(&power::CLOSE_FINDING),
        "confirm that nothing remains, or that it is not mended",
        doc().takes::<CloseFinding>(),
        |r| r.to(close),
    ),
];

fn shown(finding: &Finding) -> Result<Reply, Faults> {
    Ok(Reply::ok(&FindingShown::from(finding))?.tagged(tag(finding)?))
}

async fn list(caller: Caller, mut rows: Listed<Finding>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let stage = stage(
                rows.word("stage").as_ref(),
                &FindingStage::ALL,
                FindingStage::name,
            )?;
            let contract: Option<ContractId> = key(rows.word("contract").as_ref())?;
            let bounds = rows.bounds();
            let limit = bounds.limit;
            let all = findings::list(desk, contract.as_ref(), stage, bounds)?;
            let keys: Vec<String> = all.iter().map(|f| f.id.to_string()).collect();
            Reply::ok(&FindingPage {
                items: all.iter().map(FindingShown::from).collect(),
                next: next(&keys, limit),
            })
        })
        .await
}

async fn show(caller: Caller, path: web::Path<FindingId>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let (finding, tag) = findings::one(desk, &path)?;
            Ok(Reply::ok(&FindingShown::from(&finding))?.tagged(tag))
        })
        .await
}

async fn reply(caller: Caller, path: web::Path<FindingId>, body: web::Json<Words>) -> HttpResponse {
    caller
        .ask(move |desk| shown(&findings::reply(desk, &path, &body.text)?))
        .await
}

async fn decide(
    caller: Caller,
    path: web::Path<FindingId>,
    body: web::Json<DecideFinding>,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let all: Vec<Measure> = body.measures.iter().map(Measure::from).collect();
            shown(&measures::decide(desk, &path, &all, &body.reason)?)
        })
        .await
}

async fn mend(caller: Caller, path: web::Path<FindingId>, body: web::Json<Words>) -> HttpResponse {
    caller
        .ask(move |desk| shown(&findings::mend(desk, &path, &body.text)?))
        .await
}

async fn close(
    caller: Caller,
    path: web::Path<FindingId>,
    body: web::Json<CloseFinding>,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let after = match body.mended {
                true => findings::close(desk, &path, &body.note)?,
                false => findings::not_mended(desk, &path, &body.note)?,
            };
            shown(&after)
        })
        .await
}
