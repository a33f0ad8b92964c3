//! Files by which anyone can repeat the proof without this program's pages.
//!
//! Not here: their formats (`planning`).

use actix_web::{HttpResponse, web};

use super::context::Ctx;
use super::refusal::{missing, refuse, stopped};
use crate::acts::view::source::FileKind;

async fn send(ctx: Ctx, kind: FileKind, name: &'static str, media: &'static str) -> HttpResponse {
    let round = match ctx.round() {
        Ok(round) => round,
        Err(fault) => return refuse(&ctx, &fault),
    };
    let source = ctx.source();
    let found = web::block(move || source.file(round.as_ref(), kind)).await;
    match found.unwrap_or_else(|_| Err(stopped())) {
        Err(fault) => refuse(&ctx, &fault),
        Ok(None) => refuse(&ctx, &missing("file of this name for this round")),
        Ok(Some(bytes)) => {
            let mut answer = HttpResponse::Ok();
            if media == "application/gzip" {
                // Packed already: keeps the compressor off.
                answer.insert_header(("content-encoding", "identity"));
            }
            answer
                .content_type(media)
                .insert_header(("cache-control", "no-cache"))
                .insert_header((
                    "content-disposition",
                    format!("attachment; filename=\"{name}\""),
                ))
                .body(bytes)
        }
    }
}

/// `GET /files/snapshot.json.gz`.
pub async fn snapshot(ctx: Ctx) -> HttpResponse {
    send(
        ctx,
        FileKind::Snapshot,
        "snapshot.json.gz",
        "application/gzip",
    )
    .await
}

/// `GET /files/plan.json`.
pub async fn plan(ctx: Ctx) -> HttpResponse {
    send(ctx, FileKind::Plan, "plan.json", "application/json").await
}

/// `GET /files/instance.json.gz`.
pub async fn instance(ctx: Ctx) -> HttpResponse {
    send(
        ctx,
        FileKind::Instance,
        "instance.json.gz",
        "application/gzip",
    )
    .await
}

/// `GET /files/outcome.json.gz`.
pub async fn outcome(ctx: Ctx) -> HttpResponse {
    send(
        ctx,
        FileKind::Outcome,
        "outcome.json.gz",
        "application/gzip",
    )
    .await
}
