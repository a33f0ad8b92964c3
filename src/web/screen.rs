//! Screens: how a page comes from acts and is answered. A page is read off the event loop; a form is done
//! once, and then the browser is sent to what became of it; a refused form comes back as it was typed.
//!
//! Not here: what pages hold (`portal`), how they look (`sheet`).

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_DISPOSITION, LOCATION};
use actix_web::{HttpResponse, web};

use super::caller::Caller;
use super::context::Ctx;
use super::refusal::{self, stopped};
use super::reply;
use super::sheet::Sheet;
use super::sheet::form::Fields;
use crate::acts::{Desk, Wish};
use crate::domain::fault::Faults;

/// Where a form leads when it is done.
pub struct Went {
    /// Path.
    pub to: String,
    /// Key of what is said there, without `done.`.
    pub done: &'static str,
}

impl Went {
    /// Done; the browser goes to a path and is told so.
    pub fn to(to: impl Into<String>, done: &'static str) -> Result<Went, Faults> {
        Ok(Went {
            to: to.into(),
            done,
        })
    }
}

/// A page that was made, or a refusal.
type Made = Result<String, Faults>;

impl Caller {
    /// Shows a page.
    pub async fn see(
        self,
        ctx: Ctx,
        work: impl FnOnce(&Desk, &Ctx) -> Result<Sheet, Faults> + Send + 'static,
    ) -> HttpResponse {
        self.html(ctx, move |desk, ctx| drawn(&work(desk, ctx)?, ctx))
            .await
    }

    /// Shows a page of its own form.
    pub async fn html(
        self,
        ctx: Ctx,
        work: impl FnOnce(&Desk, &Ctx) -> Made + Send + 'static,
    ) -> HttpResponse {
        let (desk, his) = (self.desk().clone(), ctx.clone());
        let span = tracing::Span::current();
        let made = web::block(move || span.in_scope(|| work(&desk, &his))).await;
        match made.unwrap_or_else(|_| Err(stopped().into())) {
            Ok(body) => page(&ctx, StatusCode::OK, body),
            Err(faults) => refusal::refused(&ctx, &faults),
        }
    }

    /// Does what a form asks, upon the version and under the key that it carries. `shows` makes the page of
    /// the form again when it is refused.
    pub async fn does(
        self,
        ctx: Ctx,
        sent: Fields,
        work: impl FnOnce(&Desk, &Fields) -> Result<Went, Faults> + Send + 'static,
        shows: impl FnOnce(&Desk, &Ctx) -> Result<Sheet, Faults> + Send + 'static,
    ) -> HttpResponse {
        let (desk, his) = (self.desk().clone(), ctx.clone());
        let span = tracing::Span::current();
        let done = web::block(move || {
            span.in_scope(|| {
                let wished = desk.wishing(wish(&sent));
                match work(&wished, &sent) {
                    Ok(went) => Done::Went(went),
                    Err(faults) if !comes_back(&faults) => Done::Refused(faults),
                    Err(faults) => {
                        let sheet = shows(&desk, &his).map(|s| s.again(&his, &sent, &faults));
                        match sheet.and_then(|s| drawn(&s, &his)) {
                            Ok(body) => Done::Again(first(&faults), body),
                            Err(_) => Done::Refused(faults),
                        }
                    }
                }
            })
        })
        .await;
        match done {
            Ok(Done::Went(went)) => sent_to(&ctx, &went),
            Ok(Done::Again(status, body)) => page(&ctx, status, body),
            Ok(Done::Refused(faults)) => refusal::refused(&ctx, &faults),
            Err(_) => refusal::refused(&ctx, &stopped().into()),
        }
    }
}

impl Caller {
    /// Answers with a file to be kept, never shown in the page; a refusal is a page.
    pub async fn file(
        self,
        ctx: Ctx,
        (media, name): (&'static str, &'static str),
        work: impl FnOnce(&Desk) -> Result<Vec<u8>, Faults> + Send + 'static,
    ) -> HttpResponse {
        let desk = self.desk().clone();
        let span = tracing::Span::current();
        let done = web::block(move || span.in_scope(|| work(&desk))).await;
        match done.unwrap_or_else(|_| Err(stopped().into())) {
            Ok(bytes) => HttpResponse::Ok()
                .content_type(media)
                .insert_header((
                    CONTENT_DISPOSITION,
                    format!("attachment; filename=\"{name}\""),
                ))
                .insert_header(("cache-control", "no-store"))
                .body(bytes),
            Err(faults) => refusal::refused(&ctx, &faults),
        }
    }
}

/// What a form asks, upon the version and under the key that it carries.
pub fn wishing(desk: &Desk, sent: &Fields) -> Desk {
    desk.wishing(wish(sent))
}

enum Done {
    Went(Went),
    Again(StatusCode, String),
    Refused(Faults),
}

/// True for what the sender can correct in the form; who may not do it at all sees no form.
fn comes_back(faults: &Faults) -> bool {
    let status = first(faults);
    !status.is_server_error()
        && !matches!(
            status,
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND
        )
}

fn first(faults: &Faults) -> StatusCode {
    faults
        .0
        .first()
        .map_or(StatusCode::INTERNAL_SERVER_ERROR, reply::status)
}

fn wish(sent: &Fields) -> Wish {
    let value = |name: &str| Some(sent.get(name)).filter(|v| !v.is_empty() && v.len() <= 200);
    Wish {
        unchanged: value("tag").map(str::to_owned),
        once: value("once").map(str::to_owned),
        ..Wish::default()
    }
}

/// A sheet as HTML; WB104 when its template fails.
pub fn drawn(sheet: &Sheet, ctx: &Ctx) -> Made {
    sheet.render(ctx).map_err(|_| stopped().into())
}

/// A finished page; pages of people are kept by nobody.
pub fn page(ctx: &Ctx, status: StatusCode, body: String) -> HttpResponse {
    let keep = if ctx.signed_in() {
        "no-store"
    } else {
        "no-cache"
    };
    HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header(("cache-control", keep))
        .insert_header(("content-language", ctx.tag()))
        .body(body)
}

/// Sends the browser on, by GET.
pub fn sent_to(ctx: &Ctx, went: &Went) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((LOCATION, ctx.told(&went.to, went.done)))
        .insert_header(("cache-control", "no-store"))
        .finish()
}
