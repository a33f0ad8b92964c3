//! Profiles of firms in the API.
//!
//! Not here: accounts (people).

use actix_web::http::Method;
use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::case_draft::read;
use super::case_files::{SENT, SentQuery, attached};
use super::case_shown::EvidenceShown;
use super::stated::{Listed, Signed, next, stage};
use crate::acts::Desk;
use crate::acts::act::tag;
use crate::acts::cases::file_kind::FILE_MAX;
use crate::acts::cases::profile::{self, Declared, Seen};
use crate::acts::cases::profile_files;
use crate::acts::powers::cases as power;
use crate::domain::area::Share;
use crate::domain::fault::Faults;
use crate::domain::ids::FirmId;
use crate::domain::profile::{Controller, FirmFacts, Profile, ProfileStage};
use crate::web::body;
use crate::web::caller::Caller;
use crate::web::doc::Doc;
use crate::web::reply::{Reply, problem};
use crate::web::routes::{Route, Who};
use crate::web::tables;

/// Facts of a firm. Revenue in fen, shares in basis points.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FactsBody {
    name_zh: String,
    #[serde(default)]
    name_en: String,
    /// GB/T 4754 code.
    industry: String,
    /// Mean number of insured employees of the last three months.
    headcount: u32,
    revenue: Option<i64>,
    rd_share: Option<i64>,
    founded: Option<NaiveDate>,
    /// For example high_tech.
    #[serde(default)]
    credentials: Vec<String>,
    /// Keys of fields of work.
    #[serde(default)]
    fields: Vec<String>,
}

impl FactsBody {
    /// The facts; AC018 for a word that cannot be.
    pub fn facts(&self) -> Result<FirmFacts, Faults> {
        read("facts", self)
    }
}

/// Who controls a firm. Neither answers nor lists repeat the code.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ControllerSent {
    /// Name; may be empty where a code is given.
    #[serde(default)]
    name: String,
    /// Credit code of a firm, or number of an identity card; only its digest is kept.
    code: Option<String>,
    /// Share held, directly and through others.
    share_bp: i64,
}

/// What a firm declares of itself.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Declare {
    facts: FactsBody,
    #[serde(default)]
    controllers: Vec<ControllerSent>,
}

/// A note of the district.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Judge {
    /// For the firm; a refusal needs one.
    note: String,
}

/// Who controls a firm, as shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct ControllerShown {
    name: String,
    share_bp: i64,
    /// True when a code was given.
    by_code: bool,
}

/// A profile.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProfileShown {
    firm: String,
    district: String,
    /// declared, verified or refused.
    stage: String,
    facts: FactsBody,
    controllers: Vec<ControllerShown>,
    evidence: Vec<EvidenceShown>,
    declared: Signed,
    verdict: Option<Signed>,
}

/// The verified facts of a firm, and what it declared last.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProfileSeen {
    firm: String,
    credit_code: String,
    district: String,
    verified: FactsBody,
    declared: Option<ProfileShown>,
}

/// Profiles.
#[derive(Debug, Serialize, ToSchema)]
pub struct Profiles {
    items: Vec<ProfileShown>,
    next: Option<String>,
}

impl ProfileShown {
    fn of(p: &Profile) -> Result<ProfileShown, Faults> {
        let controller = |c: &Controller| ControllerShown {
            name: c.name.clone(),
            share_bp: c.share.bp(),
            by_code: c.code_digest.is_some(),
        };
        Ok(ProfileShown {
            firm: p.firm.to_string(),
            district: p.district.to_string(),
            stage: p.stage.name().to_owned(),
            facts: read("facts", &p.facts)?,
            controllers: p.controllers.iter().map(controller).collect(),
            evidence: p.evidence.iter().map(EvidenceShown::from).collect(),
            declared: Signed::from(&p.declared),
            verdict: p.verdict.as_ref().map(Signed::from),
        })
    }
}

impl ProfileSeen {
    fn of(seen: &Seen) -> Result<ProfileSeen, Faults> {
        Ok(ProfileSeen {
            firm: seen.firm.id.to_string(),
            credit_code: seen.firm.credit_code.to_string(),
            district: seen.firm.district.to_string(),
            verified: read("facts", &FirmFacts::of(&seen.firm))?,
            declared: seen.profile.as_ref().map(ProfileShown::of).transpose()?,
        })
    }
}

impl Declare {
    fn declared(&self) -> Result<Declared, Faults> {
        let one = |c: &ControllerSent| {
            Ok::<Controller, Faults>(Controller {
                name: c.name.trim().to_owned(),
                code_digest: c.code.as_deref().map(profile::code_digest).transpose()?,
                share: Share::new(c.share_bp)?,
            })
        };
        Ok(Declared {
            facts: self.facts.facts()?,
            controllers: self.controllers.iter().map(one).collect::<Result<_, _>>()?,
        })
    }
}

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::get(
        "/api/v1/profiles",
        Who::Power(&power::SEE_PROFILE),
        "profiles that one's district judges, or all",
        Doc::gives::<Profiles>("profiles")
            .lists::<Profile>()
            .table(&tables::PROFILES),
        |r| r.to(list),
    ),
    Route::get(
        "/api/v1/profiles/{firm}",
        Who::Power(&power::SEE_PROFILE),
        "the verified facts of a firm and what it declared last",
        Doc::gives::<ProfileSeen>("profiles"),
        |r| r.to(show),
    ),
    Route::post(
        "/api/v1/profiles/{firm}/declare",
        Who::Power(&power::DECLARE_PROFILE),
        "declare facts and controllers of one's firm",
        Doc::gives::<ProfileShown>("profiles").takes::<Declare>(),
        |r| r.to(declare),
    ),
    Route::post(
        "/api/v1/profiles/{firm}/verify",
        Who::Power(&power::JUDGE_PROFILE),
        "verify declared facts: they are now those of the firm",
        Doc::gives::<ProfileShown>("profiles").takes::<Judge>(),
        |r| r.to(verify),
    ),
    Route::post(
        "/api/v1/profiles/{firm}/refuse",
        Who::Power(&power::JUDGE_PROFILE),
        "refuse declared facts",
        Doc::gives::<ProfileShown>("profiles").takes::<Judge>(),
        |r| r.to(refuse),
    ),
    Route::post(
        "/api/v1/profiles/{firm}/files",
        Who::Power(&power::DECLARE_PROFILE),
        "file evidence once for all cases",
        Doc::gives::<ProfileShown>("profiles")
            .takes_file("application/octet-stream")
            .query(SENT),
        |r| r.to(file),
    ),
    Route::get(
        "/api/v1/profiles/{firm}/files/{digest}",
        Who::Power(&power::SEE_PROFILE),
        "a file of a profile",
        Doc::file("profiles", "application/octet-stream"),
        |r| r.to(download),
    ),
    Route {
        method: Method::DELETE,
        path: "/api/v1/profiles/{firm}/files/{digest}",
        who: Who::Power(&power::DECLARE_PROFILE),
        shows: "take a file out of a profile",
        doc: Some(Doc::gives::<ProfileShown>("profiles")),
        handler: |r| r.to(remove),
    },
];

const STAGES: [ProfileStage; 3] = [
    ProfileStage::Declared,
    ProfileStage::Verified,
    ProfileStage::Refused,
];

async fn list(caller: Caller, mut query: Listed<Profile>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let stage = stage(query.word("stage").as_ref(), &STAGES, ProfileStage::name)?;
            let bounds = query.bounds();
            let limit = bounds.limit;
            let all = profile::list(desk, stage, bounds)?;
            let keys: Vec<String> = all.iter().map(|p| p.firm.to_string()).collect();
            let items = all.iter().map(ProfileShown::of).collect::<Result<_, _>>()?;
            Reply::ok(&Profiles {
                items,
                next: next(&keys, limit),
            })
        })
        .await
}

async fn show(caller: Caller, path: web::Path<FirmId>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let seen = profile::show(desk, &path)?;
            let reply = Reply::ok(&ProfileSeen::of(&seen)?)?;
            Ok(match seen.tag {
                Some(tag) => reply.tagged(tag),
                None => reply,
            })
        })
        .await
}

/// Does an act on a profile and answers it.
async fn done(
    caller: Caller,
    path: web::Path<FirmId>,
    act: impl FnOnce(&Desk, &FirmId) -> Result<Profile, Faults> + Send + 'static,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let after = act(desk, &path)?;
            Ok(Reply::ok(&ProfileShown::of(&after)?)?.tagged(tag(&after)?))
        })
        .await
}

async fn declare(
    caller: Caller,
    path: web::Path<FirmId>,
    body: web::Json<Declare>,
) -> HttpResponse {
    done(caller, path, move |desk, firm| {
        profile::declare(desk, firm, &body.declared()?)
    })
    .await
}

async fn verify(caller: Caller, path: web::Path<FirmId>, body: web::Json<Judge>) -> HttpResponse {
    done(caller, path, move |desk, firm| {
        profile::verify(desk, firm, &body.note)
    })
    .await
}

async fn refuse(caller: Caller, path: web::Path<FirmId>, body: web::Json<Judge>) -> HttpResponse {
    done(caller, path, move |desk, firm| {
        profile::refuse(desk, firm, &body.note)
    })
    .await
}

async fn file(
    caller: Caller,
    path: web::Path<FirmId>,
    query: web::Query<SentQuery>,
    payload: web::Payload,
) -> HttpResponse {
    let bytes = match body::file(payload, FILE_MAX).await {
        Ok(bytes) => bytes,
        Err(fault) => return problem(&fault.into()),
    };
    done(caller, path, move |desk, firm| {
        profile_files::file(desk, firm, &query.with(&bytes))
    })
    .await
}

async fn download(caller: Caller, path: web::Path<(FirmId, String)>) -> HttpResponse {
    let (firm, digest) = path.into_inner();
    attached(caller, move |desk| {
        profile_files::read(desk, &firm, &digest)
    })
    .await
}

async fn remove(caller: Caller, path: web::Path<(FirmId, String)>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let (firm, digest) = path.into_inner();
            let after = profile_files::remove(desk, &firm, &digest)?;
            Ok(Reply::ok(&ProfileShown::of(&after)?)?.tagged(tag(&after)?))
        })
        .await
}
