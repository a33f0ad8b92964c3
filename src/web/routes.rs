//! THE table of routes: method, path, who may, what it shows. A route that is not here does not
//! exist; a test asks each of them.
//!
//! Not here: what the handlers do.

use std::collections::BTreeMap;

use actix_web::http::Method;
use actix_web::middleware::from_fn;
use actix_web::{Resource, Route as Answer, Scope, guard, web};

use super::doc::Doc;
use super::{api, assets, caller, files, listing, pages, portal, refusal, tables};
use crate::acts::powers::Power;
use crate::acts::tables::Table;

/// Who may ask.
#[derive(Debug, Clone, Copy)]
pub enum Who {
    /// Anyone; what is shown is meant for publication, or is his own.
    Public,
    /// Whose role has the power; the act checks whose the thing is.
    Power(&'static Power),
}

/// One route.
pub struct Route {
    /// Method; a GET is also answered to HEAD, without the body.
    pub method: Method,
    /// Path under the base path.
    pub path: &'static str,
    /// Who may ask.
    pub who: Who,
    /// What it shows or does.
    pub shows: &'static str,
    /// What the OpenAPI document says of it; `None` for pages and files.
    pub doc: Option<Doc>,
    /// Ties the handler to the route.
    pub handler: fn(Answer) -> Answer,
}

impl Route {
    /// True when it changes something.
    pub fn is_act(&self) -> bool {
        self.method != Method::GET
    }

    /// A read-only route.
    pub const fn get(
        path: &'static str,
        who: Who,
        shows: &'static str,
        doc: Doc,
        handler: fn(Answer) -> Answer,
    ) -> Route {
        Route {
            method: Method::GET,
            path,
            who,
            shows,
            doc: Some(doc),
            handler,
        }
    }

    /// An act.
    pub const fn post(
        path: &'static str,
        who: Who,
        shows: &'static str,
        doc: Doc,
        handler: fn(Answer) -> Answer,
    ) -> Route {
        Route {
            method: Method::POST,
            path,
            who,
            shows,
            doc: Some(doc),
            handler,
        }
    }
}

const fn public(path: &'static str, shows: &'static str, handler: fn(Answer) -> Answer) -> Route {
    Route {
        method: Method::GET,
        path,
        who: Who::Public,
        shows,
        doc: None,
        handler,
    }
}

/// A published list, which can also be had as a file.
const fn published(
    path: &'static str,
    shows: &'static str,
    table: &'static Table,
    handler: fn(Answer) -> Answer,
) -> Route {
    let doc = Doc::file("published", "application/json")
        .query(api::IN_PAGES)
        .sorts(api::BY_NAME)
        .table(table);
    Route::get(path, Who::Public, shows, doc, handler)
}

/// The routes by subject, one line each.
const TABLE: &[&[Route]] = &[
    ROUTES,
    api::me::ROUTES,
    api::sign_in::ROUTES,
    api::own::ROUTES,
    api::accounts::ROUTES,
    api::calendar::ROUTES,
    api::policies::ROUTES,
    api::opening::ROUTES,
    api::procedure::ROUTES,
    api::objections::ROUTES,
    api::offers::ROUTES,
    api::contracts::ROUTES,
    api::cases::ROUTES,
    api::case_review::ROUTES,
    api::case_files::ROUTES,
    api::profiles::ROUTES,
    api::precheck::ROUTES,
    api::scenarios::ROUTES,
    api::tasks::ROUTES,
    api::supervision::statements::ROUTES,
    api::supervision::draws::ROUTES,
    api::supervision::visits::ROUTES,
    api::supervision::findings::ROUTES,
    api::supervision::sanctions::ROUTES,
    api::money::quotas::ROUTES,
    api::money::claims::ROUTES,
    api::money::settlements::ROUTES,
    api::money::payments::ROUTES,
    api::money::claw_backs::ROUTES,
    api::record::ROUTES,
    api::tables::ROUTES,
    api::imports::ROUTES,
    api::stock::ROUTES,
    api::stock_map::ROUTES,
    api::firms::ROUTES,
    api::reasons::ROUTES,
    // The portals.
    portal::money::quotas::ROUTES,
    portal::policies::ROUTES,
    portal::retention::ROUTES,
    portal::plans::board::ROUTES,
    portal::plans::conflict::ROUTES,
    portal::plans::differences::ROUTES,
    portal::plans::fairness::ROUTES,
    portal::plans::freed::ROUTES,
    portal::plans::frontier::ROUTES,
    portal::plans::money::ROUTES,
    portal::plans::overrides::ROUTES,
    portal::plans::why::ROUTES,
    portal::money::claims::ROUTES,
    portal::money::claim_acts::ROUTES,
    portal::money::settlements::ROUTES,
    portal::money::bank::ROUTES,
    portal::money::batches::ROUTES,
    portal::money::batch_file::ROUTES,
    portal::money::claw_backs::ROUTES,
    portal::supervision::statements::ROUTES,
    portal::supervision::statement_acts::ROUTES,
    portal::supervision::draws::ROUTES,
    portal::supervision::draw_acts::ROUTES,
    portal::supervision::visits::ROUTES,
    portal::supervision::findings::ROUTES,
    portal::supervision::finding_acts::ROUTES,
    portal::supervision::sanctions::ROUTES,
    portal::account::ROUTES,
    portal::accounts::ROUTES,
    portal::case_acts::ROUTES,
    portal::cases::ROUTES,
    portal::compare::ROUTES,
    portal::contracts::ROUTES,
    portal::desk::ROUTES,
    portal::enter::ROUTES,
    portal::files::ROUTES,
    portal::fit::ROUTES,
    portal::journal::ROUTES,
    portal::manual::ROUTES,
    portal::messages::ROUTES,
    portal::notices::ROUTES,
    portal::objections::ROUTES,
    portal::offers::ROUTES,
    portal::paper::ROUTES,
    portal::places::ROUTES,
    portal::precheck::ROUTES,
    portal::profile::ROUTES,
    portal::profiles::ROUTES,
    portal::register::ROUTES,
    portal::review::ROUTES,
    portal::many_acts::ROUTES,
    portal::round_acts::ROUTES,
    portal::rounds::ROUTES,
    portal::scenarios::ROUTES,
    portal::sign_in::ROUTES,
    portal::start::ROUTES,
    portal::statistics::ROUTES,
    portal::tables::ROUTES,
    portal::tasks::ROUTES,
    portal::templates::ROUTES,
    portal::vacancies::ROUTES,
    portal::vacancy_map::ROUTES,
    portal::vacancy_site::ROUTES,
    portal::waiting::ROUTES,
    portal::wizard::ROUTES,
];

/// Every route.
pub fn all() -> impl Iterator<Item = &'static Route> {
    TABLE.iter().flat_map(|some| some.iter())
}

/// The pages and files of a published allocation.
pub const ROUTES: &[Route] = &[
    public(
        "/results",
        "the allocation: proof, figures, map, rows",
        |r| r.to(pages::home::show),
    ),
    public("/application/{id:.*}", "one application, explained", |r| {
        r.to(pages::application::show)
    }),
    public("/inventory", "sites with what is vacant", |r| {
        r.to(pages::inventory::show)
    }),
    public("/site/{id:.*}", "one site by floor", |r| {
        r.to(pages::site::show)
    }),
    public("/about", "terms, sources, marks, licences", |r| {
        r.to(pages::about::show)
    }),
    public("/api/v1/openapi.json", "this API, OpenAPI 3.1", |r| {
        r.to(api::openapi)
    }),
    public("/api/docs", "this API, as a page", |r| {
        r.to(pages::docs::show)
    }),
    public("/healthz", "alive", |r| r.to(pages::health)),
    published("/api/v1/rounds", "rounds", &tables::ROUNDS, |r| {
        r.to(api::rounds)
    }),
    public("/api/v1/board", "the whole board", |r| r.to(api::board)),
    Route::get(
        "/api/v1/applications",
        Who::Public,
        "rows, filtered as on the page, all or in pages",
        Doc::file("published", "application/json")
            .table(&tables::ALLOCATION)
            .query(api::CHOSEN),
        |r| r.to(api::applications),
    ),
    public("/api/v1/applications/{id:.*}", "one row", |r| {
        r.to(api::application)
    }),
    published(
        "/api/v1/sites",
        "sites with units and apartments",
        &tables::SITES,
        |r| r.to(api::sites),
    ),
    public("/api/v1/map", "map layers, GeoJSON", |r| {
        r.to(api::map::show)
    }),
    public("/files/snapshot.json.gz", "the snapshot", |r| {
        r.to(files::snapshot)
    }),
    public("/files/plan.json", "the plan", |r| r.to(files::plan)),
    public("/files/instance.json.gz", "the instance", |r| {
        r.to(files::instance)
    }),
    public("/files/outcome.json.gz", "the outcome", |r| {
        r.to(files::outcome)
    }),
    public(
        "/assets/{hash}/{name:.*}",
        "style, scripts, pictures",
        |r| r.to(assets::show),
    ),
];

/// The routes under a base path.
pub fn scope(base: &str) -> Scope {
    let mut paths: BTreeMap<&str, Vec<&'static Route>> = BTreeMap::new();
    for route in all() {
        paths.entry(route.path).or_default().push(route);
    }
    // A pattern that takes the rest of the path must not hide longer paths.
    let mut order: Vec<_> = paths.into_iter().collect();
    order.sort_by_key(|(path, _)| (path.contains(":.*}"), *path));
    order
        .into_iter()
        .fold(web::scope(base), |scope, (path, routes)| {
            scope.service(resource(path, &routes))
        })
}

fn resource(path: &str, routes: &[&'static Route]) -> Resource {
    let known: Vec<Method> = routes.iter().map(|r| r.method.clone()).collect();
    let other = move |request| {
        let known = known.clone();
        async move { refusal::wrong_method(request, &known).await }
    };
    routes
        .iter()
        .fold(web::resource(path), |resource, route| {
            resource.route(answer(route))
        })
        .default_service(web::to(other))
}

fn answer(route: &'static Route) -> Answer {
    let bare = match route.method {
        Method::GET => web::route().guard(guard::Any(guard::Get()).or(guard::Head())),
        _ => web::method(route.method.clone()),
    };
    let entered = from_fn(move |request, next| caller::enter(route, request, next));
    let listed = from_fn(move |request, next| listing::enter(route, request, next));
    (route.handler)(bare).wrap(entered).wrap(listed)
}
