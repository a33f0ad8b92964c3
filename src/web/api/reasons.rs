//! Reasons of a stored plan and questions about it.
//!
//! Not here: the bodies (`reason_bodies`).

use actix_web::{HttpResponse, web};

use super::reason_bodies::{
    CertificateView, ConflictAsked, FairnessAsked, FoilAsked, FreedAsked, FrontierAsked,
    MoneyAsked, MoreAsked, QuestionAnswer, TwinAsked,
};
use crate::acts::powers::reasons::{QUESTION_PLAN, SEE_REASON};
use crate::acts::reasons::{certificate, questions};
use crate::web::caller::Caller;
use crate::web::doc::Doc;
use crate::web::reply::Reply;
use crate::web::routes::{Route, Who};

const ASKS: Who = Who::Power(&QUESTION_PLAN);
const ANSWER: Doc = Doc::gives::<QuestionAnswer>("reasons");

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::get(
        "/api/v1/plans/{digest}/reasons/{application}",
        Who::Power(&SEE_REASON),
        "the certificate of an application, in words too",
        Doc::gives::<CertificateView>("reasons"),
        |r| r.to(reason),
    ),
    Route::post(
        "/api/v1/plans/{digest}/foil",
        ASKS,
        "what if a firm had a unit, a district, a place, or kept its own",
        ANSWER.takes::<FoilAsked>(),
        |r| r.to(foil),
    ),
    Route::post(
        "/api/v1/plans/{digest}/freed",
        ASKS,
        "who should get a unit that is given back",
        ANSWER.takes::<FreedAsked>(),
        |r| r.to(freed),
    ),
    Route::post(
        "/api/v1/plans/{digest}/more",
        ASKS,
        "what more quota or more apartments are worth",
        ANSWER.takes::<MoreAsked>(),
        |r| r.to(more),
    ),
    Route::post(
        "/api/v1/plans/{digest}/twin",
        ASKS,
        "what a second building like one of the inventory is worth",
        ANSWER.takes::<TwinAsked>(),
        |r| r.to(twin),
    ),
    Route::post(
        "/api/v1/plans/{digest}/conflict",
        ASKS,
        "which demands, pins and limits cannot all hold, and what would have to give",
        ANSWER.takes::<ConflictAsked>(),
        |r| r.to(conflict),
    ),
    Route::post(
        "/api/v1/plans/{digest}/frontier",
        ASKS,
        "points against moves after a change",
        ANSWER.takes::<FrontierAsked>(),
        |r| r.to(frontier),
    ),
    Route::post(
        "/api/v1/plans/{digest}/fairness",
        ASKS,
        "the price of fairness, one row a mode",
        ANSWER.takes::<FairnessAsked>(),
        |r| r.to(fairness),
    ),
    Route::post(
        "/api/v1/plans/{digest}/money",
        ASKS,
        "points against the total quota, and the next yuan of every district",
        ANSWER.takes::<MoneyAsked>(),
        |r| r.to(money),
    ),
    Route::get(
        "/api/v1/plans/{digest}/envy",
        ASKS,
        "who could complain about whom",
        ANSWER,
        |r| r.to(envy),
    ),
];

async fn reason(caller: Caller, path: web::Path<(String, String)>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let told = certificate::certificate(desk, &path.0, &path.1.parse()?)?;
            Reply::ok(&CertificateView::from(told))
        })
        .await
}

async fn foil(caller: Caller, path: web::Path<String>, body: web::Json<FoilAsked>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let body = body.into_inner();
            let quick = body.quick;
            let (demands, seconds) = body.read()?;
            Reply::ok(&match quick {
                true => QuestionAnswer::from(questions::screen(desk, &path, &demands, seconds)?),
                false => QuestionAnswer::from(questions::foil(desk, &path, &demands, seconds)?),
            })
        })
        .await
}

async fn freed(
    caller: Caller,
    path: web::Path<String>,
    body: web::Json<FreedAsked>,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let (most, seconds) = body.limits();
            let depth = (most, body.exact);
            let freed = questions::freed(desk, &path, &body.unit.parse()?, depth, seconds)?;
            Reply::ok(&QuestionAnswer::from(freed))
        })
        .await
}

async fn more(caller: Caller, path: web::Path<String>, body: web::Json<MoreAsked>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let (all, most, seconds) = body.into_inner().read()?;
            let gains = questions::more(desk, &path, &all, most, seconds)?;
            Reply::ok(&QuestionAnswer::from(gains))
        })
        .await
}

async fn twin(caller: Caller, path: web::Path<String>, body: web::Json<TwinAsked>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let opened = questions::twin(desk, &path, &body.building, body.seconds())?;
            Reply::ok(&QuestionAnswer::from(opened))
        })
        .await
}

async fn conflict(
    caller: Caller,
    path: web::Path<String>,
    body: web::Json<ConflictAsked>,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let (demands, seconds) = body.into_inner().read()?;
            let found = questions::conflict(desk, &path, &demands, seconds)?;
            Reply::ok(&QuestionAnswer::from(found))
        })
        .await
}

async fn frontier(
    caller: Caller,
    path: web::Path<String>,
    body: web::Json<FrontierAsked>,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let (events, points, seconds) = body.into_inner().read()?;
            let found = questions::frontier(desk, &path, &events, points, seconds)?;
            Reply::ok(&QuestionAnswer::from(found))
        })
        .await
}

async fn fairness(
    caller: Caller,
    path: web::Path<String>,
    body: web::Json<FairnessAsked>,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let rows = questions::fairness(desk, &path, body.seconds())?;
            Reply::ok(&QuestionAnswer::from(rows))
        })
        .await
}

async fn money(
    caller: Caller,
    path: web::Path<String>,
    body: web::Json<MoneyAsked>,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let mut body = body.into_inner();
            let seconds = body.limits();
            let asked = (body.shares_bp.as_slice(), body.steps_bp.as_slice());
            let money = questions::money(desk, &path, asked, seconds)?;
            Reply::ok(&QuestionAnswer::from(money))
        })
        .await
}

async fn envy(caller: Caller, path: web::Path<String>) -> HttpResponse {
    caller
        .ask(move |desk| Reply::ok(&QuestionAnswer::from(questions::envy(desk, &path)?)))
        .await
}
