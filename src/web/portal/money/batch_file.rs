//! The payment file of a batch, handed out by a form: it holds whole account numbers, so who takes it is entered in
//! the journal, and a file is the answer instead of a page.
//!
//! Not here: what is in it (`acts::money::payment_file`).

use actix_web::{HttpResponse, web};

use super::batches::{rows, title};
use crate::acts::money::payment_file::FileKind;
use crate::acts::money::payments;
use crate::acts::powers::money as power;
use crate::acts::{Desk, lookup};
use crate::domain::fault::Faults;
use crate::domain::ids::PaymentId;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::portal::{form, of, page};
use crate::web::routes::Route;
use crate::web::screen::wishing;
use crate::web::sheet::field::Field;
use crate::web::sheet::form::{Fields, Form, bad};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[
    page(
        "/payment-batches/{id}/export",
        of(&power::EXPORT_BATCH),
        "before the payment file is handed out",
        |r| r.to(ask_file),
    ),
    form(
        "/payment-batches/{id}/export",
        of(&power::EXPORT_BATCH),
        "hand the payment file out",
        |r| r.to(hand_out),
    ),
];

async fn ask_file(ctx: Ctx, caller: Caller, id: web::Path<PaymentId>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| handing(desk, ctx, &id))
        .await
}

/// What will be in the file, before it is handed out.
fn handing(desk: &Desk, ctx: &Ctx, id: &PaymentId) -> Result<Sheet, Faults> {
    let found = payments::one(desk, id)?;
    let districts = lookup::districts(desk)?;
    let path = path_to("/payment-batches/{}", &[&id]);
    let kinds = ["csv", "xlsx"].map(|k| (k.to_owned(), k.to_uppercase()));
    let form = Form::new(
        "export",
        ctx.plain(&format!("{path}/export")),
        ctx.t("batch.export"),
    )
    .says(ctx.t("batch.export.means"))
    .group(
        "",
        "",
        vec![Field::one("format", ctx.t("batch.format"), kinds.to_vec()).needed()],
    )
    .keeps()
    .cancel(ctx.plain(&path));
    Ok(Sheet::new("payment_batches", ctx.t("batch.export"))
        .under(ctx.plain("/payment-batches"), ctx.t("nav.payment_batches"))
        .under(ctx.plain(&path), title(ctx, &districts, &found))
        .with("act", "", Part::Form(form))
        .with(
            "payments",
            ctx.t("batch.payments"),
            Part::Table(rows(desk, ctx, &found)),
        ))
}

async fn hand_out(
    ctx: Ctx,
    caller: Caller,
    id: web::Path<PaymentId>,
    sent: Fields,
) -> HttpResponse {
    let (kind, media) = match sent.get("format") {
        "csv" => (
            Some(FileKind::Csv),
            ("text/csv; charset=utf-8", "payments.csv"),
        ),
        "xlsx" => (Some(FileKind::Xlsx), (XLSX, "payments.xlsx")),
        _ => (None, ("", "")),
    };
    caller
        .file(ctx, media, move |desk| {
            let kind = kind.ok_or_else(|| bad("format"))?;
            Ok(payments::export(&wishing(desk, &sent), &id, kind)?.1)
        })
        .await
}

/// The media type of a workbook.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
