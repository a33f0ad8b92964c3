//! Payments in the API: bank accounts (masked), batches, the payment file, the bank's answer.

use actix_web::{HttpResponse, web};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{MoneyPage, QuotaPath, file, page, shown as masked};
use crate::acts::act::tag;
use crate::acts::money::accounts::{self, NewAccount};
use crate::acts::money::confirm::{self, BankAnswer, Failed};
use crate::acts::money::payment_file::FileKind;
use crate::acts::money::payments;
use crate::acts::powers::money as power;
use crate::acts::refuse::unfit;
use crate::domain::fault::Faults;
use crate::domain::ids::{ClaimId, FirmId, PaymentId};
use crate::domain::payment::{BatchStage, MaskedAccount, Payment, PaymentBatch};
use crate::web::api::stated::{Listed, Signed, Why, stage};
use crate::web::caller::Caller;
use crate::web::doc::Doc;
use crate::web::links::path_to;
use crate::web::reply::Reply;
use crate::web::routes::{Route, Who};
use crate::web::tables;

/// A bank account as it is entered. No `Debug`: it is secret.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnterAccount {
    /// Name of the holder.
    holder: String,
    /// Bank and branch.
    bank: String,
    /// 8 to 32 digits.
    number: String,
}

/// A bank account, masked.
#[derive(Debug, Serialize, ToSchema)]
pub struct BankAccountShown {
    firm: String,
    bank: String,
    /// The last four digits.
    number: String,
    at: DateTime<Utc>,
}

impl From<&MaskedAccount> for BankAccountShown {
    fn from(a: &MaskedAccount) -> BankAccountShown {
        BankAccountShown {
            firm: a.firm.to_string(),
            bank: a.bank.clone(),
            number: a.number.clone(),
            at: a.at,
        }
    }
}

/// Payable claims to be paid together.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeBatch {
    /// Keys of claims.
    claims: Vec<String>,
}

/// A payment that the bank did not make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FailedPayment {
    claim: String,
    reason: String,
}

/// The bank's answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmBatch {
    /// Reference of the bank.
    reference: String,
    paid_on: NaiveDate,
    /// Payments that were not made; all others were.
    failed: Vec<FailedPayment>,
}

/// One payment of a batch.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentShown {
    claim: String,
    firm: String,
    /// In fen.
    amount: i64,
    /// Why the bank did not make it.
    failed: Option<String>,
}

impl From<&Payment> for PaymentShown {
    fn from(p: &Payment) -> PaymentShown {
        PaymentShown {
            claim: p.claim.to_string(),
            firm: p.firm.to_string(),
            amount: p.amount.0,
            failed: p.failed.clone(),
        }
    }
}

/// A payment batch, without accounts.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchShown {
    id: String,
    district: String,
    year: i32,
    item: String,
    count: usize,
    /// In fen.
    total: i64,
    payments: Vec<PaymentShown>,
    /// SHA-256 of the canonical rows, once the file was handed out.
    digest: Option<String>,
    stage: String,
    made: Signed,
    exported: Option<Signed>,
    confirmed: Option<Signed>,
    reference: Option<String>,
    paid_on: Option<NaiveDate>,
}

impl From<&PaymentBatch> for BatchShown {
    fn from(b: &PaymentBatch) -> BatchShown {
        BatchShown {
            id: b.id.to_string(),
            district: b.district.to_string(),
            year: b.year,
            item: b.item.name().to_owned(),
            count: b.payments.len(),
            total: b.total.0,
            payments: b.payments.iter().map(PaymentShown::from).collect(),
            digest: b.digest.clone(),
            stage: b.stage.name().to_owned(),
            made: Signed::from(&b.made),
            exported: b.exported.as_ref().map(Signed::from),
            confirmed: b.confirmed.as_ref().map(Signed::from),
            reference: b.reference.clone(),
            paid_on: b.paid_on,
        }
    }
}

/// Which file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    format: Option<String>,
}

const fn doc() -> Doc {
    Doc::gives::<BatchShown>("money")
}

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::get(
        "/api/v1/firms/{id}/bank-account",
        Who::Power(&power::SEE_ACCOUNT),
        "one's bank account, masked",
        Doc::gives::<BankAccountShown>("money"),
        |r| r.to(account),
    ),
    Route::post(
        "/api/v1/firms/{id}/bank-account",
        Who::Power(&power::ENTER_ACCOUNT),
        "enter or replace one's bank account",
        Doc::gives::<BankAccountShown>("money").takes::<EnterAccount>(),
        |r| r.to(enter),
    ),
    Route::post(
        "/api/v1/quotas/{district}/{year}/{item}/pay",
        Who::Power(&power::MAKE_BATCH),
        "put payable claims together to a payment batch",
        doc().takes::<MakeBatch>().status(201),
        |r| r.to(make),
    ),
    Route::get(
        "/api/v1/payment-batches",
        Who::Power(&power::SEE_BATCH),
        "payment batches that the caller may see",
        Doc::gives::<MoneyPage>("money")
            .lists::<PaymentBatch>()
            .table(&tables::BATCHES),
        |r| r.to(list),
    ),
    Route::get(
        "/api/v1/payment-batches/{id}",
        Who::Power(&power::SEE_BATCH),
        "one payment batch, without accounts",
        doc().table(&tables::PAYMENTS),
        |r| r.to(show),
    ),
    Route::post(
        "/api/v1/payment-batches/{id}/export",
        Who::Power(&power::EXPORT_BATCH),
        "take the payment file out; it holds whole account numbers",
        Doc::file("money", "text/csv").query(&[("format", "csv or xlsx; csv unless given")]),
        |r| r.to(export),
    ),
    Route::post(
        "/api/v1/payment-batches/{id}/confirm",
        Who::Power(&power::CONFIRM_BATCH),
        "enter the bank's answer",
        doc().takes::<ConfirmBatch>(),
        |r| r.to(answer),
    ),
    Route::post(
        "/api/v1/payment-batches/{id}/drop",
        Who::Power(&power::DROP_BATCH),
        "give a batch up before the bank has answered",
        doc().takes::<Why>(),
        |r| r.to(give_up),
    ),
];

fn shown(batch: &PaymentBatch) -> Result<Reply, Faults> {
    Ok(Reply::ok(&BatchShown::from(batch))?.tagged(tag(batch)?))
}

async fn account(caller: Caller, path: web::Path<FirmId>) -> HttpResponse {
    caller
        .ask(move |desk| masked(&BankAccountShown::from(&accounts::one(desk, &path)?)))
        .await
}

async fn enter(
    caller: Caller,
    path: web::Path<FirmId>,
    body: web::Json<EnterAccount>,
) -> HttpResponse {
    let body = body.into_inner();
    let new = NewAccount {
        holder: body.holder,
        bank: body.bank,
        number: body.number,
    };
    caller
        .ask(move |desk| {
            masked(&BankAccountShown::from(&accounts::enter(
                desk, &path, &new,
            )?))
        })
        .await
}

async fn make(
    caller: Caller,
    path: web::Path<QuotaPath>,
    body: web::Json<MakeBatch>,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let claims = body.claims.iter().map(|c| c.parse::<ClaimId>());
            let claims = claims.collect::<Result<Vec<_>, _>>()?;
            let batch = payments::make(desk, &path.key()?, &claims)?;
            let place = path_to("/api/v1/payment-batches/{}", &[&batch.id]);
            Ok(Reply::created(&BatchShown::from(&batch), place)?.tagged(tag(&batch)?))
        })
        .await
}

async fn list(caller: Caller, mut rows: Listed<PaymentBatch>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let stage = stage(
                rows.word("stage").as_ref(),
                &BatchStage::ALL,
                BatchStage::name,
            )?;
            let bounds = rows.bounds();
            let limit = bounds.limit;
            let all = payments::list(desk, stage, bounds)?;
            let all: Vec<BatchShown> = all.iter().map(BatchShown::from).collect();
            page(&all, |b| b.id.clone(), limit)
        })
        .await
}

async fn show(caller: Caller, path: web::Path<PaymentId>) -> HttpResponse {
    caller
        .ask(move |desk| shown(&payments::one(desk, &path)?))
        .await
}

/// The media type of a workbook.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

async fn export(
    caller: Caller,
    path: web::Path<PaymentId>,
    asked: web::Query<Kind>,
) -> HttpResponse {
    let (kind, media, name) = match asked.format.as_deref() {
        None | Some("csv") => (
            Some(FileKind::Csv),
            "text/csv; charset=utf-8",
            "payments.csv",
        ),
        Some("xlsx") => (Some(FileKind::Xlsx), XLSX, "payments.xlsx"),
        Some(_) => (None, "", ""),
    };
    file(caller, media, name.to_owned(), move |desk| {
        let bad = || unfit("format", "it is neither csv nor xlsx", "write csv or xlsx");
        let kind = kind.ok_or_else(bad)?;
        Ok(payments::export(desk, &path, kind)?.1)
    })
    .await
}

async fn answer(
    caller: Caller,
    path: web::Path<PaymentId>,
    body: web::Json<ConfirmBatch>,
) -> HttpResponse {
    let body = body.into_inner();
    caller
        .ask(move |desk| {
            let failed = body.failed.into_iter().map(|f| {
                Ok(Failed {
                    claim: f.claim.parse()?,
                    reason: f.reason,
                })
            });
            let answer = BankAnswer {
                reference: body.reference,
                paid_on: body.paid_on,
                failed: failed.collect::<Result<_, Faults>>()?,
            };
            shown(&confirm::confirm(desk, &path, &answer)?)
        })
        .await
}

async fn give_up(caller: Caller, path: web::Path<PaymentId>, body: web::Json<Why>) -> HttpResponse {
    caller
        .ask(move |desk| shown(&confirm::drop_batch(desk, &path, &body.reason)?))
        .await
}
