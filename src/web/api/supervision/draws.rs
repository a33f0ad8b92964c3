//! Draws of spot checks in the API. Everybody may see and repeat them; their inner side is for officers.

use actix_web::{HttpResponse, web};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::acts::act::tag;
use crate::acts::powers::supervision as power;
use crate::acts::supervision::draws::{self, NewDraw};
use crate::acts::supervision::published::{self, Published};
use crate::domain::draw::{Draw, DrawStage, Entry, Pick, Risk};
use crate::domain::fault::{Fault, Faults};
use crate::domain::ids::DrawId;
use crate::web::api::stated::{Listed, Signed, next};
use crate::web::caller::Caller;
use crate::web::doc::Doc;
use crate::web::links::path_to;
use crate::web::reply::Reply;
use crate::web::routes::{Route, Who};
use crate::web::tables;

/// A draw to be announced.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Announce {
    /// Code of the district; left out = the city.
    district: Option<String>,
    title: String,
    /// How the value will be obtained, in words that leave no choice.
    method: String,
    /// First day on which it can be known.
    known_from: NaiveDate,
}

/// The announced value.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Hold {
    value: String,
}

/// A contract on the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct DrawEntryShown {
    contract: String,
    weight: u64,
    /// Numbers of the officers who may inspect it, from 0.
    officers: Vec<u32>,
}

/// A drawn contract.
#[derive(Debug, Serialize, ToSchema)]
pub struct PickShown {
    contract: String,
    /// Numbers of its officers.
    officers: Vec<u32>,
}

/// A draw as everybody may see it, `zhuchao-draw/1`.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublishedDraw {
    format: String,
    id: String,
    district: Option<String>,
    title: String,
    /// announced, frozen or drawn.
    stage: String,
    method: String,
    known_from: NaiveDate,
    announced_at: DateTime<Utc>,
    frozen_at: Option<DateTime<Utc>>,
    policy: Option<String>,
    /// SHA-256 of the list; public once it is frozen.
    list_digest: Option<String>,
    officers: Option<u32>,
    count: Option<u32>,
    /// Public once it is drawn; left empty in lists of draws.
    list: Vec<DrawEntryShown>,
    drawn_at: Option<DateTime<Utc>>,
    value: Option<String>,
    seed: Option<String>,
    drawn: Vec<PickShown>,
}

/// A page of draws.
#[derive(Debug, Serialize, ToSchema)]
pub struct DrawPage {
    items: Vec<PublishedDraw>,
    next: Option<String>,
}

/// Why a contract weighs what it weighs.
#[derive(Debug, Serialize, ToSchema)]
pub struct RiskShown {
    contract: String,
    weight: u64,
    /// 1 and what conditions of the policy add.
    base: u64,
    overdue: u64,
    terms_missed: u64,
    findings: u64,
    subsidy_millions: u64,
}

/// The inner side of a draw.
#[derive(Debug, Serialize, ToSchema)]
pub struct DrawInside {
    id: String,
    announced: Signed,
    frozen: Option<Signed>,
    held: Option<Signed>,
    /// Accounts of the officers, by number.
    officers: Vec<String>,
    risks: Vec<RiskShown>,
}

impl From<&Entry> for DrawEntryShown {
    fn from(e: &Entry) -> DrawEntryShown {
        DrawEntryShown {
            contract: e.contract.to_string(),
            weight: e.weight,
            officers: e.officers.clone(),
        }
    }
}

impl From<&Pick> for PickShown {
    fn from(p: &Pick) -> PickShown {
        PickShown {
            contract: p.contract.to_string(),
            officers: p.officers.clone(),
        }
    }
}

impl From<&Published> for PublishedDraw {
    fn from(p: &Published) -> PublishedDraw {
        PublishedDraw {
            format: p.format.clone(),
            id: p.id.to_string(),
            district: p.district.clone(),
            title: p.title.clone(),
            stage: p.stage.clone(),
            method: p.method.clone(),
            known_from: p.known_from,
            announced_at: p.announced_at,
            frozen_at: p.frozen_at,
            policy: p.policy.clone(),
            list_digest: p.list_digest.clone(),
            officers: p.officers,
            count: p.count,
            list: p.list.iter().map(DrawEntryShown::from).collect(),
            drawn_at: p.drawn_at,
            value: p.value.clone(),
            seed: p.seed.clone(),
            drawn: p.drawn.iter().map(PickShown::from).collect(),
        }
    }
}

impl From<&Draw> for DrawInside {
    fn from(d: &Draw) -> DrawInside {
        let frozen = d.frozen.iter();
        let risks = frozen.flat_map(|f| f.list.entries.iter().zip(&f.risks));
        let risk = |(entry, risk): (&Entry, &Risk)| RiskShown {
            contract: entry.contract.to_string(),
            weight: entry.weight,
            base: risk.base,
            overdue: risk.overdue,
            terms_missed: risk.kpis_missed,
            findings: risk.findings,
            subsidy_millions: risk.subsidy_millions,
        };
        DrawInside {
            id: d.id.to_string(),
            announced: Signed::from(&d.announced),
            frozen: d.frozen.as_ref().map(|f| Signed::from(&f.signed)),
            held: d.outcome.as_ref().map(|o| Signed::from(&o.signed)),
            officers: d.frozen.iter().flat_map(|f| f.officers.clone()).collect(),
            risks: risks.map(risk).collect(),
        }
    }
}

impl Announce {
    fn asked(&self) -> Result<NewDraw, Fault> {
        let district = self.district.as_deref();
        Ok(NewDraw {
            district: district.map(str::parse).transpose()?,
            title: self.title.clone(),
            method: self.method.clone(),
            known_from: self.known_from,
        })
    }
}

const fn doc() -> Doc {
    Doc::gives::<PublishedDraw>("draws")
}

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::get(
        "/api/v1/draws",
        Who::Public,
        "draws of spot checks, without their lists",
        Doc::gives::<DrawPage>("draws")
            .lists::<Draw>()
            .table(&tables::DRAWS),
        |r| r.to(list),
    ),
    Route::get(
        "/api/v1/draws/{id}",
        Who::Public,
        "one draw, with all that is needed to repeat it once it is held",
        doc().table(&tables::DRAW_LIST),
        |r| r.to(show),
    ),
    Route::get(
        "/api/v1/draws/{id}/inside",
        Who::Power(&power::SEE_DRAW),
        "why contracts weigh what they weigh, and who the officers are",
        Doc::gives::<DrawInside>("draws").table(&tables::DRAW_RISKS),
        |r| r.to(inside),
    ),
    Route::post(
        "/api/v1/draws",
        Who::Power(&power::ANNOUNCE_DRAW),
        "announce how the value of a draw will be obtained",
        doc().takes::<Announce>().status(201),
        |r| r.to(announce),
    ),
    Route::post(
        "/api/v1/draws/{id}/freeze",
        Who::Power(&power::FREEZE_DRAW),
        "freeze the list of a draw before the value can be known",
        doc(),
        |r| r.to(freeze),
    ),
    Route::post(
        "/api/v1/draws/{id}/hold",
        Who::Power(&power::HOLD_DRAW),
        "enter the announced value and draw",
        doc().takes::<Hold>(),
        |r| r.to(hold),
    ),
];

fn shown(draw: &Draw) -> Result<Reply, Faults> {
    let shown = PublishedDraw::from(&Published::of(draw));
    Ok(Reply::ok(&shown)?.tagged(tag(draw)?))
}

async fn list(caller: Caller, page: Listed<Draw>) -> HttpResponse {
    caller
        .ask(move |desk| {
            page.one_of("stage", &DrawStage::ALL, DrawStage::name)?;
            let bounds = page.bounds();
            let limit = bounds.limit;
            let all = published::list(desk, bounds)?;
            let keys: Vec<String> = all.iter().map(|d| d.id.to_string()).collect();
            Reply::ok(&DrawPage {
                items: all.iter().map(PublishedDraw::from).collect(),
                next: next(&keys, limit),
            })
        })
        .await
}

async fn show(caller: Caller, path: web::Path<DrawId>) -> HttpResponse {
    caller
        .ask(move |desk| Reply::ok(&PublishedDraw::from(&published::one(desk, &path)?)))
        .await
}

async fn inside(caller: Caller, path: web::Path<DrawId>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let draw = draws::one(desk, &path)?;
            Ok(Reply::ok(&DrawInside::from(&draw))?.tagged(tag(&draw)?))
        })
        .await
}

async fn announce(caller: Caller, body: web::Json<Announce>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let draw = draws::announce(desk, &body.asked()?)?;
            let place = path_to("/api/v1/draws/{}", &[&draw.id]);
            let shown = PublishedDraw::from(&Published::of(&draw));
            Ok(Reply::created(&shown, place)?.tagged(tag(&draw)?))
        })
        .await
}

async fn freeze(caller: Caller, path: web::Path<DrawId>) -> HttpResponse {
    caller
        .ask(move |desk| shown(&draws::freeze(desk, &path)?))
        .await
}

async fn hold(caller: Caller, path: web::Path<DrawId>, body: web::Json<Hold>) -> HttpResponse {
    caller
        .ask(move |desk| shown(&draws::hold(desk, &path, &body.value)?))
        .await
}
