//! Scenarios and manual overrides: made, changed, run, priced, adopted, deleted; plans compared.
//!
//! Not here: the bodies (`scenario_bodies`).

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::scenario_bodies::{
    AdoptVariant, ComparisonView, DeleteScenario, PriceView, RunScenario, ScenarioAsked,
    ScenarioPage, ScenarioView, VariantView, view,
};
use super::stated::{Listed, next};
use super::tasks::{TaskView, accepted};
use crate::acts::act::tag;
use crate::acts::powers::tasks::{ADOPT_SCENARIO, CHANGE_SCENARIO, SEE_SCENARIO};
use crate::acts::scenarios::{self, compare, price};
use crate::domain::fault::Faults;
use crate::domain::scenario::{Scenario, Variant};
use crate::web::caller::Caller;
use crate::web::doc::Doc;
use crate::web::links::path_to;
use crate::web::reply::Reply;
use crate::web::routes::{Route, Who};
use crate::web::tables;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    before: String,
    after: String,
}

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::post(
        "/api/v1/rounds/{id}/scenarios",
        Who::Power(&CHANGE_SCENARIO),
        "make a scenario or a manual override",
        Doc::gives::<ScenarioView>("scenarios")
            .takes::<ScenarioAsked>()
            .status(201),
        |r| r.to(create),
    ),
    Route::get(
        "/api/v1/rounds/{id}/scenarios",
        Who::Power(&SEE_SCENARIO),
        "scenarios of a round",
        Doc::gives::<ScenarioPage>("scenarios")
            .lists::<Scenario>()
            .table(&tables::SCENARIOS),
        |r| r.to(list),
    ),
    Route::get(
        "/api/v1/scenarios/{id}",
        Who::Power(&SEE_SCENARIO),
        "one scenario with its variants",
        Doc::gives::<ScenarioView>("scenarios"),
        |r| r.to(show),
    ),
    Route::post(
        "/api/v1/rounds/{round}/scenarios/{id}/change",
        Who::Power(&CHANGE_SCENARIO),
        "change a scenario",
        Doc::gives::<ScenarioView>("scenarios").takes::<ScenarioAsked>(),
        |r| r.to(change),
    ),
    Route::post(
        "/api/v1/scenarios/{id}/run",
        Who::Power(&CHANGE_SCENARIO),
        "ask for a run of a scenario",
        Doc::gives::<TaskView>("scenarios")
            .takes::<RunScenario>()
            .status(202),
        |r| r.to(run),
    ),
    Route::post(
        "/api/v1/scenarios/{id}/delete",
        Who::Power(&CHANGE_SCENARIO),
        "delete a scenario that was never run",
        Doc::gives::<ScenarioView>("scenarios").takes::<DeleteScenario>(),
        |r| r.to(delete),
    ),
    Route::get(
        "/api/v1/scenarios/{id}/price",
        Who::Power(&SEE_SCENARIO),
        "what a manual override costs",
        Doc::gives::<PriceView>("scenarios"),
        |r| r.to(cost),
    ),
    Route::post(
        "/api/v1/variants/{digest}/adopt",
        Who::Power(&ADOPT_SCENARIO),
        "adopt the changes of a scenario into the round (second signature)",
        Doc::gives::<VariantView>("scenarios").takes::<AdoptVariant>(),
        |r| r.to(adopt),
    ),
    Route::get(
        "/api/v1/plan-comparison",
        Who::Power(&SEE_SCENARIO),
        "two plans side by side",
        Doc::gives::<ComparisonView>("scenarios").query(&[
            ("before", "digest of the first plan"),
            ("after", "digest of the second plan"),
        ]),
        |r| r.to(compared),
    ),
];

fn answer(scenario: Scenario, variants: Vec<Variant>) -> Result<Reply, Faults> {
    let tag = tag(&scenario)?;
    Ok(Reply::ok(&view(scenario, variants))?.tagged(tag))
}

async fn create(
    caller: Caller,
    path: web::Path<String>,
    body: web::Json<ScenarioAsked>,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let asked = body.into_inner().read(path.parse()?)?;
            let scenario = scenarios::create(desk, &asked)?;
            let (tag, at) = (
                tag(&scenario)?,
                path_to("/api/v1/scenarios/{}", &[&scenario.id]),
            );
            Ok(Reply::created(&view(scenario, Vec::new()), at)?.tagged(tag))
        })
        .await
}

async fn list(caller: Caller, path: web::Path<String>, query: Listed<Scenario>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let bounds = query.bounds();
            let limit = bounds.limit;
            let found = scenarios::list(desk, &path.parse()?, bounds)?;
            let keys: Vec<String> = found.iter().map(|s| s.id.to_string()).collect();
            let next = next(&keys, limit);
            let items = found.into_iter().map(|s| view(s, Vec::new())).collect();
            Reply::ok(&ScenarioPage { items, next })
        })
        .await
}

async fn show(caller: Caller, path: web::Path<String>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let (scenario, variants) = scenarios::see(desk, &path.parse()?)?;
            Reply::ok(&view(scenario, variants))
        })
        .await
}

async fn change(
    caller: Caller,
    path: web::Path<(String, String)>,
    body: web::Json<ScenarioAsked>,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let asked = body.into_inner().read(path.0.parse()?)?;
            answer(
                scenarios::change(desk, &path.1.parse()?, &asked)?,
                Vec::new(),
            )
        })
        .await
}

async fn run(
    caller: Caller,
    path: web::Path<String>,
    body: web::Json<RunScenario>,
) -> HttpResponse {
    caller
        .ask(move |desk| accepted(scenarios::run(desk, &path.parse()?, body.work)?))
        .await
}

async fn delete(
    caller: Caller,
    path: web::Path<String>,
    _body: web::Json<DeleteScenario>,
) -> HttpResponse {
    caller
        .ask(move |desk| answer(scenarios::delete(desk, &path.parse()?)?, Vec::new()))
        .await
}

async fn adopt(
    caller: Caller,
    path: web::Path<String>,
    body: web::Json<AdoptVariant>,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let variant = scenarios::adopt(desk, &path, &body.reason)?;
            let tag = tag(&variant)?;
            Ok(Reply::ok(&VariantView::from(variant))?.tagged(tag))
        })
        .await
}

async fn cost(caller: Caller, path: web::Path<String>) -> HttpResponse {
    caller
        .ask(move |desk| Reply::ok(&PriceView::from(price::price(desk, &path.parse()?)?)))
        .await
}

async fn compared(caller: Caller, query: web::Query<Pair>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let both = compare::compare(desk, &query.before, &query.after)?;
            Reply::ok(&ComparisonView::from(both))
        })
        .await
}
