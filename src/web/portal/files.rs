//! Evidence: filed with an application, taken out, read. A file is answered as an attachment, never shown inside
//! a page.
//!
//! Not here: what a file may be (`acts::cases::evidence`).

use actix_web::{HttpResponse, web};

use super::{form, of, page, say};
use crate::acts::cases::evidence::{self, Sent};
use crate::acts::cases::view;
use crate::acts::powers::cases::{FILE_EVIDENCE, REMOVE_EVIDENCE, SEE_CASE};
use crate::acts::{Desk, lookup};
use crate::domain::fault::Faults;
use crate::domain::ids::ApplicationId;
use crate::web::api::case_files::attached;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::routes::Route;
use crate::web::screen::Went;
use crate::web::sheet::field::Field;
use crate::web::sheet::form::{Fields, Form, bad};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[
    page(
        "/cases/{id}/files",
        of(&FILE_EVIDENCE),
        "evidence of an application",
        |r| r.to(show),
    ),
    form(
        "/cases/{id}/files",
        of(&FILE_EVIDENCE),
        "file evidence",
        |r| r.to(file),
    ),
    form(
        "/cases/{id}/files/remove",
        of(&REMOVE_EVIDENCE),
        "take evidence out",
        |r| r.to(remove),
    ),
    page(
        "/cases/{id}/files/{digest}",
        of(&SEE_CASE),
        "a file of an application",
        |r| r.to(read),
    ),
];

async fn show(ctx: Ctx, caller: Caller, id: web::Path<ApplicationId>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, &id))
        .await
}

fn sheet(desk: &Desk, ctx: &Ctx, id: &ApplicationId) -> Result<Sheet, Faults> {
    let seen = view::show(desk, id)?;
    let case = &seen.case;
    let kinds = say::choices(ctx, &lookup::evidence_kinds(desk, Some(&case.round))?);
    let path = path_to("/cases/{}", &[&id]);
    let form = Form::new(
        "file",
        ctx.plain(&format!("{path}/files")),
        ctx.t("file.add"),
    )
    .files()
    .group(
        "",
        ctx.t("file.hint"),
        vec![
            Field::one("kind", ctx.t("file.kind"), kinds).needed(),
            Field::line("label", ctx.t("file.label")).hint(ctx.t("file.label.hint")),
            Field::file("file", ctx.t("file")).wide().needed(),
        ],
    )
    .cancel(ctx.plain(&path));
    let mut sheet = Sheet::new("cases", ctx.t("evidence.kinds"))
        .under(ctx.plain("/cases"), ctx.t("nav.cases"))
        .under(ctx.plain(&path), say::applicant(ctx, &seen))
        .button(ctx.plain(&path), ctx.t("wizard.review"), "primary")
        .half("add", ctx.t("file.add"), Part::Form(form))
        .half(
            "rules",
            ctx.t("rules"),
            Part::Rules(say::rules(ctx, &seen.verdicts)),
        )
        .with(
            "list",
            ctx.t("file.filed"),
            Part::Table(super::case_parts::evidence(desk, ctx, case)?),
        );
    if !case.evidence.is_empty() {
        let choices = case
            .evidence
            .iter()
            .map(|e| (e.digest.clone(), e.label.clone()));
        let remove = Form::new(
            "remove",
            ctx.plain(&format!("{path}/files/remove")),
            ctx.t("file.remove"),
        )
        .says(ctx.t("file.remove.means"))
        .group(
            "",
            "",
            vec![Field::one("digest", ctx.t("file"), choices.collect()).needed()],
        )
        .sure();
        sheet = sheet.with("remove", ctx.t("file.remove"), Part::Form(remove));
    }
    Ok(sheet)
}

async fn file(
    ctx: Ctx,
    caller: Caller,
    id: web::Path<ApplicationId>,
    sent: Fields,
) -> HttpResponse {
    let his = id.clone();
    caller
        .does(
            ctx,
            sent,
            move |desk, sent| {
                let (name, bytes) = sent.file.as_ref().ok_or_else(|| bad("file"))?;
                let label = match sent.get("label") {
                    "" => name.as_str(),
                    label => label,
                };
                evidence::file(
                    desk,
                    &id,
                    &Sent {
                        kind: sent.get("kind"),
                        label,
                        bytes,
                    },
                )?;
                Went::to(path_to("/cases/{}/files", &[&id]), "file_filed")
            },
            move |desk, ctx| sheet(desk, ctx, &his),
        )
        .await
}

async fn remove(
    ctx: Ctx,
    caller: Caller,
    id: web::Path<ApplicationId>,
    sent: Fields,
) -> HttpResponse {
    let his = id.clone();
    caller
        .does(
            ctx,
            sent,
            move |desk, sent| {
                evidence::remove(desk, &id, sent.get("digest"))?;
                Went::to(path_to("/cases/{}/files", &[&id]), "file_removed")
            },
            move |desk, ctx| sheet(desk, ctx, &his),
        )
        .await
}

async fn read(caller: Caller, path: web::Path<(ApplicationId, String)>) -> HttpResponse {
    let (id, digest) = path.into_inner();
    attached(caller, move |desk| evidence::read(desk, &id, &digest)).await
}
