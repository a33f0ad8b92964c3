//! Imports that were made, and undoing one.
//!
//! Not here: importing (`tables`).

use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::stated::{Asked, Every, Signed, Why};
use crate::acts::imports::{self, ToldImport};
use crate::acts::powers::tables::{SEE_TABLE, UNDO_IMPORT};
use crate::web::caller::Caller;
use crate::web::doc::Doc;
use crate::web::reply::Reply;
use crate::web::routes::{Route, Who};
use crate::web::tables;

/// An import that changed something.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportShown {
    id: String,
    /// Kind of table.
    kind: String,
    at: DateTime<Utc>,
    /// Account that brought it in.
    by: String,
    /// New rows.
    inserted: u64,
    /// Changed rows.
    updated: u64,
    /// It is not undone, and not too large.
    can_be_undone: bool,
    undone: Option<Signed>,
}

/// A page of imports, the latest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportPage {
    items: Vec<ImportShown>,
    next: Option<String>,
}

impl From<&ToldImport> for ImportShown {
    fn from(i: &ToldImport) -> ImportShown {
        ImportShown {
            id: i.id.clone(),
            kind: i.kind.clone(),
            at: i.at,
            by: i.by.clone(),
            inserted: i.inserted,
            updated: i.updated,
            can_be_undone: i.can_be_undone,
            undone: i.undone.as_ref().map(Signed::from),
        }
    }
}

const SORTS: &[&str] = &["id", "at", "kind", "by"];

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::get(
        "/api/v1/imports",
        Who::Power(&SEE_TABLE),
        "imports that changed something, the latest first",
        Doc::gives::<ImportPage>("tables")
            .paged()
            .sorts(SORTS)
            .table(&tables::IMPORTS),
        |r| r.to(list),
    ),
    Route::post(
        "/api/v1/imports/{id}/undo",
        Who::Power(&UNDO_IMPORT),
        "put every row back that an import changed, unless one was changed since",
        Doc::gives::<ImportShown>("tables").takes::<Why>(),
        |r| r.to(undo),
    ),
];

async fn list(caller: Caller, page: Asked<Every>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let all = imports::list(desk, page.page.fetched())?;
            let all: Vec<ImportShown> = all.iter().map(ImportShown::from).collect();
            let (items, next) = page.page.arranged(all, SORTS, |i| i.id.clone())?;
            Reply::ok(&ImportPage { items, next })
        })
        .await
}

async fn undo(caller: Caller, path: web::Path<String>, body: web::Json<Why>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let undone = imports::undo(desk, &path, &body.reason)?;
            Reply::ok(&ImportShown::from(&undone))
        })
        .await
}
