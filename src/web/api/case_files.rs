//! Evidence in the API: bytes come in as they are and go out as an attachment.
//!
//! Not here: what a file may be (`acts::cases::file_kind`).

use std::fmt::Write;

use actix_web::http::Method;
use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::case_shown::{CaseShown, done, reply};
use crate::acts::Desk;
use crate::acts::cases::evidence::{self, Sent};
use crate::acts::cases::file_kind::FILE_MAX;
use crate::acts::powers::cases as power;
use crate::domain::case::EvidenceFile;
use crate::domain::fault::Faults;
use crate::domain::ids::ApplicationId;
use crate::web::body;
use crate::web::caller::Caller;
use crate::web::doc::Doc;
use crate::web::refusal::stopped;
use crate::web::reply::problem;
use crate::web::routes::{Route, Who};

/// What is said of a file that is sent.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentQuery {
    /// What it proves.
    pub kind: String,
    /// Its name.
    pub label: String,
}

impl SentQuery {
    /// With its bytes.
    pub fn with<'a>(&'a self, bytes: &'a [u8]) -> Sent<'a> {
        Sent {
            kind: &self.kind,
            label: &self.label,
            bytes,
        }
    }
}

/// Query parameters of a file that is sent.
pub const SENT: &[(&str, &str)] = &[
    (
        "kind",
        "what it proves: a key of the policy's list of evidence; needed",
    ),
    ("label", "its name, for people; needed"),
];

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::post(
        "/api/v1/cases/{id}/files",
        Who::Power(&power::FILE_EVIDENCE),
        "file evidence: PDF, PNG, JPEG, docx or xlsx",
        Doc::gives::<CaseShown>("cases")
            .takes_file("application/octet-stream")
            .query(SENT),
        |r| r.to(file),
    ),
    Route::get(
        "/api/v1/cases/{id}/files/{digest}",
        Who::Power(&power::SEE_CASE),
        "a file of a case",
        Doc::file("cases", "application/octet-stream"),
        |r| r.to(read),
    ),
    Route {
        method: Method::DELETE,
        path: "/api/v1/cases/{id}/files/{digest}",
        who: Who::Power(&power::REMOVE_EVIDENCE),
        shows: "take a file out of a case",
        doc: Some(Doc::gives::<CaseShown>("cases")),
        handler: |r| r.to(remove),
    },
];

async fn file(
    caller: Caller,
    path: web::Path<ApplicationId>,
    query: web::Query<SentQuery>,
    payload: web::Payload,
) -> HttpResponse {
    let bytes = match body::file(payload, FILE_MAX).await {
        Ok(bytes) => bytes,
        Err(fault) => return problem(&fault.into()),
    };
    done(caller, path, move |desk, id| {
        evidence::file(desk, id, &query.with(&bytes))
    })
    .await
}

async fn remove(caller: Caller, path: web::Path<(ApplicationId, String)>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let (id, digest) = path.into_inner();
            reply(desk, &evidence::remove(desk, &id, &digest)?)
        })
        .await
}

async fn read(caller: Caller, path: web::Path<(ApplicationId, String)>) -> HttpResponse {
    let (id, digest) = path.into_inner();
    attached(caller, move |desk| evidence::read(desk, &id, &digest)).await
}

/// Answers with a file, never to be shown in the page.
pub async fn attached(
    caller: Caller,
    read: impl FnOnce(&Desk) -> Result<(EvidenceFile, Vec<u8>), Faults> + Send + 'static,
) -> HttpResponse {
    let desk = caller.desk().clone();
    let found = web::block(move || read(&desk)).await;
    match found.unwrap_or_else(|_| Err(stopped().into())) {
        Err(faults) => problem(&faults),
        Ok((file, bytes)) => HttpResponse::Ok()
            .content_type(file.media_type.as_str())
            .insert_header(("cache-control", "private, no-store"))
            .insert_header(("content-disposition", disposition(&file.label)))
            // Keeps the compressor off what is packed already.
            .insert_header(("content-encoding", "identity"))
            .body(bytes),
    }
}

/// `attachment` with the name as RFC 6266 and RFC 8187 write it: plain signs for old programs, the whole name
/// in UTF-8 for all others.
pub fn disposition(label: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_. ".contains(c);
    let old: String = label
        .chars()
        .map(|c| if plain(c) { c } else { '_' })
        .collect();
    let mut whole = String::new();
    for byte in label.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            whole.push(char::from(byte));
        } else if write!(whole, "%{byte:02X}").is_err() {
            whole.push('_');
        }
    }
    format!("attachment; filename=\"{old}\"; filename*=UTF-8''{whole}")
}
