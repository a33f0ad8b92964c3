//! Bans, suspensions of subsidy and proposals to claw back in the API.

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::acts::act::tag;
use crate::acts::powers::supervision as power;
use crate::acts::supervision::sanctions;
use crate::domain::ids::{BanId, ProposalId, SuspensionId};
use crate::domain::sanction::{Ban, Proposal, ProposalStage, SanctionStage, Suspension};
use crate::web::api::stated::{Listed, Signed, Why, next, stage};
use crate::web::caller::Caller;
use crate::web::doc::Doc;
use crate::web::reply::Reply;
use crate::web::routes::{Route, Who};
use crate::web::tables;

/// A ban from applying.
#[derive(Debug, Serialize, ToSchema)]
pub struct BanShown {
    id: String,
    firm: String,
    district: String,
    finding: String,
    from: NaiveDate,
    /// Last day.
    until: NaiveDate,
    /// standing or lifted.
    stage: String,
    ordered: Signed,
    lifted: Option<Signed>,
}

/// A page of bans.
#[derive(Debug, Serialize, ToSchema)]
pub struct BanPage {
    items: Vec<BanShown>,
    next: Option<String>,
}

/// A suspension of subsidy.
#[derive(Debug, Serialize, ToSchema)]
pub struct SuspensionShown {
    id: String,
    contract: String,
    firm: String,
    district: String,
    finding: String,
    from: NaiveDate,
    /// Last day; none = until lifted.
    until: Option<NaiveDate>,
    /// standing or lifted.
    stage: String,
    ordered: Signed,
    lifted: Option<Signed>,
}

/// A page of suspensions.
#[derive(Debug, Serialize, ToSchema)]
pub struct SuspensionPage {
    items: Vec<SuspensionShown>,
    next: Option<String>,
}

/// A proposal to claw back.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposalShown {
    id: String,
    contract: String,
    firm: String,
    district: String,
    finding: String,
    /// Aid for days from this one on.
    from: NaiveDate,
    /// open, ordered or dropped.
    stage: String,
    proposed: Signed,
    settled: Option<Signed>,
}

/// A page of proposals.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposalPage {
    items: Vec<ProposalShown>,
    next: Option<String>,
}

/// What became of a proposal.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettleProposal {
    /// False = dropped.
    ordered: bool,
    /// Reference of the order, or the reason.
    note: String,
}

impl From<&Ban> for BanShown {
    fn from(b: &Ban) -> BanShown {
        BanShown {
            id: b.id.to_string(),
            firm: b.firm.to_string(),
            district: b.district.to_string(),
            finding: b.finding.to_string(),
            from: b.from,
            until: b.until,
            stage: b.stage.name().to_owned(),
            ordered: Signed::from(&b.ordered),
            lifted: b.lifted.as_ref().map(Signed::from),
        }
    }
}

impl From<&Suspension> for SuspensionShown {
    fn from(s: &Suspension) -> SuspensionShown {
        SuspensionShown {
            id: s.id.to_string(),
            contract: s.contract.to_string(),
            firm: s.firm.to_string(),
            district: s.district.to_string(),
            finding: s.finding.to_string(),
            from: s.from,
            until: s.until,
            stage: s.stage.name().to_owned(),
            ordered: Signed::from(&s.ordered),
            lifted: s.lifted.as_ref().map(Signed::from),
        }
    }
}

impl From<&Proposal> for ProposalShown {
    fn from(p: &Proposal) -> ProposalShown {
        ProposalShown {
            id: p.id.to_string(),
            contract: p.contract.to_string(),
            firm: p.firm.to_string(),
            district: p.district.to_string(),
            finding: p.finding.to_string(),
            from: p.from,
            stage: p.stage.name().to_owned(),
            proposed: Signed::from(&p.proposed),
            settled: p.settled.as_ref().map(Signed::from),
        }
    }
}

const SANCTIONS: [SanctionStage; 2] = [SanctionStage::Standing, SanctionStage::Lifted];

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::get(
        "/api/v1/bans",
        Who::Power(&power::SEE_SANCTION),
        "bans that the caller may see",
        Doc::gives::<BanPage>("sanctions")
            .lists::<Ban>()
            .table(&tables::BANS),
        |r| r.to(bans),
    ),
    Route::post(
        "/api/v1/bans/{id}/lift",
        Who::Power(&power::LIFT_BAN),
        "lift a ban before its last day",
        Doc::gives::<BanShown>("sanctions").takes::<Why>(),
        |r| r.to(lift_ban),
    ),
    Route::get(
        "/api/v1/suspensions",
        Who::Power(&power::SEE_SANCTION),
        "suspensions of subsidy that the caller may see",
        Doc::gives::<SuspensionPage>("sanctions")
            .lists::<Suspension>()
            .table(&tables::SUSPENSIONS),
        |r| r.to(suspensions),
    ),
    Route::post(
        "/api/v1/suspensions/{id}/lift",
        Who::Power(&power::LIFT_SUSPENSION),
        "lift a suspension of subsidy",
        Doc::gives::<SuspensionShown>("sanctions").takes::<Why>(),
        |r| r.to(lift_suspension),
    ),
    Route::get(
        "/api/v1/claw-back-proposals",
        Who::Power(&power::SEE_SANCTION),
        "proposals to claw back that the caller may see",
        Doc::gives::<ProposalPage>("sanctions")
            .lists::<Proposal>()
            .table(&tables::PROPOSALS),
        |r| r.to(proposals),
    ),
    Route::post(
        "/api/v1/claw-back-proposals/{id}/settle",
        Who::Power(&power::SETTLE_PROPOSAL),
        "say whether a proposal to claw back was ordered or dropped",
        Doc::gives::<ProposalShown>("sanctions").takes::<SettleProposal>(),
        |r| r.to(settle),
    ),
];

async fn bans(caller: Caller, mut page: Listed<Ban>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let stage = stage(page.word("stage").as_ref(), &SANCTIONS, SanctionStage::name)?;
            let bounds = page.bounds();
            let limit = bounds.limit;
            let all = sanctions::bans(desk, stage, bounds)?;
            let keys: Vec<String> = all.iter().map(|b| b.id.to_string()).collect();
            Reply::ok(&BanPage {
                items: all.iter().map(BanShown::from).collect(),
                next: next(&keys, limit),
            })
        })
        .await
}

async fn lift_ban(caller: Caller, path: web::Path<BanId>, body: web::Json<Why>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let after = sanctions::lift_ban(desk, &path, &body.reason)?;
            Ok(Reply::ok(&BanShown::from(&after))?.tagged(tag(&after)?))
        })
        .await
}

async fn suspensions(caller: Caller, mut page: Listed<Suspension>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let stage = stage(page.word("stage").as_ref(), &SANCTIONS, SanctionStage::name)?;
            let bounds = page.bounds();
            let limit = bounds.limit;
            let all = sanctions::suspensions(desk, stage, bounds)?;
            let keys: Vec<String> = all.iter().map(|s| s.id.to_string()).collect();
            Reply::ok(&SuspensionPage {
                items: all.iter().map(SuspensionShown::from).collect(),
                next: next(&keys, limit),
            })
        })
        .await
}

async fn lift_suspension(
    caller: Caller,
    path: web::Path<SuspensionId>,
    body: web::Json<Why>,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let after = sanctions::lift_suspension(desk, &path, &body.reason)?;
            Ok(Reply::ok(&SuspensionShown::from(&after))?.tagged(tag(&after)?))
        })
        .await
}

async fn proposals(caller: Caller, mut page: Listed<Proposal>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let stage = stage(
                page.word("stage").as_ref(),
                &ProposalStage::ALL,
                ProposalStage::name,
            )?;
            let bounds = page.bounds();
            let limit = bounds.limit;
            let all = sanctions::proposals(desk, stage, bounds)?;
            let keys: Vec<String> = all.iter().map(|p| p.id.to_string()).collect();
            Reply::ok(&ProposalPage {
                items: all.iter().map(ProposalShown::from).collect(),
                next: next(&keys, limit),
            })
        })
        .await
}

async fn settle(
    caller: Caller,
    path: web::Path<ProposalId>,
    body: web::Json<SettleProposal>,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let after = sanctions::settle(desk, &path, body.ordered, &body.note)?;
            Ok(Reply::ok(&ProposalShown::from(&after))?.tagged(tag(&after)?))
        })
        .await
}
