//! THE table of routes: method, path, who may, what it shows. A route that is not here does not
//! exist; a test asks each of them.
//!
//! Not here: what the handlers do.

use actix_web::{Route as Answer, Scope, guard, web};

use super::{api, assets, files, pages, refusal};

/// Who may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Anyone; what is shown is meant for publication.
    Public,
}

/// One route. All are read-only: GET, and HEAD without the body.
pub struct Route {
    /// Path under the base path.
    pub path: &'static str,
    /// Who may ask.
    pub who: Who,
    /// What it shows.
    pub shows: &'static str,
    handler: fn(Answer) -> Answer,
}

const fn public(path: &'static str, shows: &'static str, handler: fn(Answer) -> Answer) -> Route {
    Route {
        path,
        who: Who::Public,
        shows,
        handler,
    }
}

/// All routes.
pub const ROUTES: &[Route] = &[
    public("/", "the allocation: proof, figures, map, rows", |r| {
        r.to(pages::home::show)
    }),
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
    public("/healthz", "alive", |r| r.to(pages::health)),
    public("/api/v1/rounds", "rounds", |r| r.to(api::rounds)),
    public("/api/v1/board", "the whole board", |r| r.to(api::board)),
    public(
        "/api/v1/applications",
        "rows, filtered as on the page",
        |r| r.to(api::applications),
    ),
    public("/api/v1/applications/{id:.*}", "one row", |r| {
        r.to(api::application)
    }),
    public("/api/v1/sites", "sites with units and apartments", |r| {
        r.to(api::sites)
    }),
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
    ROUTES.iter().fold(web::scope(base), |scope, route| {
        let read = web::route().guard(guard::Any(guard::Get()).or(guard::Head()));
        let resource = web::resource(route.path)
            .route((route.handler)(read))
            .default_service(web::to(refusal::wrong_method));
        scope.service(resource)
    })
}
