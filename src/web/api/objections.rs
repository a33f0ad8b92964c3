//! Objections in the API.

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::stated::{Listed, Signed, next, stage};
use crate::acts::Desk;
use crate::acts::act::tag;
use crate::acts::powers::rounds::{OBJECT, REPLY_OBJECTION, SEE_OBJECTION};
use crate::acts::rounds::objections::{self, NewObjection};
use crate::acts::rounds::uphold;
use crate::domain::fault::Fault;
use crate::domain::ids::{ObjectionId, RoundId};
use crate::domain::objection::{Objection, ObjectionStage, Objector};
use crate::web::caller::Caller;
use crate::web::doc::Doc;
use crate::web::links::path_to;
use crate::web::reply::Reply;
use crate::web::routes::{Route, Who};
use crate::web::tables;

/// An objection to be entered. A firm's account objects for its firm; an officer names the firm, or
/// the person and how to reach him.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Object {
    /// Against the award of this application.
    application: String,
    /// What is held against it.
    grounds: String,
    /// Firm that objects, when an officer types it in.
    firm: Option<String>,
    /// Person who objects, when an officer types it in.
    person: Option<Person>,
}

/// A person with a name.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Person {
    name: String,
    contact: String,
}

/// A reply.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplyTo {
    /// True opens the case again.
    upheld: bool,
    /// The reason.
    reason: String,
}

/// An objection.
#[derive(Debug, Serialize, ToSchema)]
pub struct ObjectionShown {
    id: String,
    round: String,
    /// Digest of the plan that was publicised.
    plan: String,
    application: String,
    district: String,
    firm: Option<String>,
    person: Option<Person>,
    grounds: String,
    entered: Signed,
    /// Last day for the reply.
    due: NaiveDate,
    stage: String,
    replied: Option<Signed>,
}

/// A page of objections.
#[derive(Debug, Serialize, ToSchema)]
pub struct ObjectionPage {
    items: Vec<ObjectionShown>,
    next: Option<String>,
}

impl From<&Objection> for ObjectionShown {
    fn from(o: &Objection) -> ObjectionShown {
        ObjectionShown {
            id: o.id.to_string(),
            round: o.round.to_string(),
            plan: o.plan.clone(),
            application: o.application.to_string(),
            district: o.district.to_string(),
            firm: o.firm().map(ToString::to_string),
            person: match &o.objector {
                Objector::Person { name, contact } => Some(Person {
                    name: name.clone(),
                    contact: contact.clone(),
                }),
                Objector::Firm { .. } | Objector::Anonymous {} => None,
            },
            grounds: o.grounds.clone(),
            entered: Signed::from(&o.entered),
            due: o.due,
            stage: o.stage.name().to_owned(),
            replied: o.replied.as_ref().map(Signed::from),
        }
    }
}

/// The objection as the caller may see it.
fn shown(desk: &Desk, objection: &Objection) -> ObjectionShown {
    ObjectionShown::from(&objections::for_eyes(desk, objection))
}

fn new(body: Object) -> Result<NewObjection, Fault> {
    let objector = match (body.firm, body.person) {
        (Some(firm), _) => Some(Objector::Firm {
            firm: firm.parse()?,
        }),
        (None, Some(person)) => Some(Objector::Person {
            name: person.name,
            contact: person.contact,
        }),
        (None, None) => None,
    };
    Ok(NewObjection {
        application: body.application.parse()?,
        objector,
        grounds: body.grounds,
    })
}

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::post(
        "/api/v1/rounds/{id}/object",
        Who::Power(&OBJECT),
        "object to an award during publicity",
        Doc::gives::<ObjectionShown>("objections")
            .takes::<Object>()
            .status(201),
        |r| r.to(object),
    ),
    Route::get(
        "/api/v1/rounds/{id}/objections",
        Who::Power(&SEE_OBJECTION),
        "objections of a round with the days of their replies",
        Doc::gives::<ObjectionPage>("objections")
            .lists::<Objection>()
            .table(&tables::OBJECTIONS),
        |r| r.to(list),
    ),
    Route::get(
        "/api/v1/objections/{id}",
        Who::Power(&SEE_OBJECTION),
        "one objection",
        Doc::gives::<ObjectionShown>("objections"),
        |r| r.to(show),
    ),
    Route::post(
        "/api/v1/objections/{id}/reply",
        Who::Power(&REPLY_OBJECTION),
        "uphold or dismiss an objection",
        Doc::gives::<ObjectionShown>("objections").takes::<ReplyTo>(),
        |r| r.to(reply),
    ),
];

async fn object(caller: Caller, path: web::Path<RoundId>, body: web::Json<Object>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let made = objections::object(desk, &path, &new(body.into_inner())?)?;
            let place = path_to("/api/v1/objections/{}", &[&made.id]);
            Ok(Reply::created(&shown(desk, &made), place)?.tagged(tag(&made)?))
        })
        .await
}

async fn list(
    caller: Caller,
    path: web::Path<RoundId>,
    mut page: Listed<Objection>,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let stages = [
                ObjectionStage::Open,
                ObjectionStage::Upheld,
                ObjectionStage::Dismissed,
            ];
            let stage = stage(page.word("stage").as_ref(), &stages, ObjectionStage::name)?;
            let bounds = page.bounds();
            let limit = bounds.limit;
            let all = objections::list(desk, &path, stage, bounds)?;
            let keys: Vec<String> = all.iter().map(|o| o.id.to_string()).collect();
            Reply::ok(&ObjectionPage {
                items: all.iter().map(|o| shown(desk, o)).collect(),
                next: next(&keys, limit),
            })
        })
        .await
}

async fn show(caller: Caller, path: web::Path<ObjectionId>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let one = objections::one(desk, &path)?;
            Ok(Reply::ok(&shown(desk, &one))?.tagged(tag(&one)?))
        })
        .await
}

async fn reply(
    caller: Caller,
    path: web::Path<ObjectionId>,
    body: web::Json<ReplyTo>,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let after = match body.upheld {
                true => uphold::uphold(desk, &path, &body.reason)?,
                false => objections::dismiss(desk, &path, &body.reason)?,
            };
            Ok(Reply::ok(&shown(desk, &after))?.tagged(tag(&after)?))
        })
        .await
}
