//! Settlements in the API: the sheet as data and as CSV; what another quota would give.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{MoneyPage, QuotaPath, file, page};
use crate::acts::act::tag;
use crate::acts::money::what_if::{self, Shift};
use crate::acts::money::{settle, sheet_file};
use crate::acts::powers::money as power;
use crate::domain::fault::Faults;
use crate::domain::ids::SettlementId;
use crate::domain::money::Fen;
use crate::domain::settlement::{Settlement, SettlementStage, Sheet, SheetRow};
use crate::web::api::stated::{Listed, Signed, Why};
use crate::web::caller::Caller;
use crate::web::doc::Doc;
use crate::web::links::path_to;
use crate::web::reply::Reply;
use crate::web::routes::{Route, Who};
use crate::web::tables;

/// One row of the sheet. Amounts in fen.
#[derive(Debug, Serialize, ToSchema)]
pub struct SheetRowShown {
    claim: String,
    firm: String,
    /// Place in the ranking; null where nobody is ranked.
    rank: Option<u32>,
    computed: i64,
    /// Whole fen of the exact award `computed x num / den`.
    floor: i64,
    /// What the exact award has above them, in `1 / den`.
    remainder: i64,
    /// Place among the remainders; null without a cut.
    remainder_rank: Option<u32>,
    cut: i64,
    awarded: i64,
}

impl From<&SheetRow> for SheetRowShown {
    fn from(r: &SheetRow) -> SheetRowShown {
        SheetRowShown {
            claim: r.claim.to_string(),
            firm: r.firm.to_string(),
            rank: r.rank,
            computed: r.computed.0,
            floor: r.floor.0,
            remainder: r.remainder,
            remainder_rank: r.remainder_rank,
            cut: r.cut.0,
            awarded: r.awarded.0,
        }
    }
}

/// A sheet. Amounts in fen; the uniform ratio is `num / den`.
#[derive(Debug, Serialize, ToSchema)]
pub struct SheetShown {
    mode: String,
    pool: i64,
    computed: i64,
    num: i64,
    den: i64,
    awarded: i64,
    rows: Vec<SheetRowShown>,
}

impl From<&Sheet> for SheetShown {
    fn from(s: &Sheet) -> SheetShown {
        SheetShown {
            mode: s.mode.clone(),
            pool: s.pool.0,
            computed: s.computed.0,
            num: s.num,
            den: s.den,
            awarded: s.awarded.0,
            rows: s.rows.iter().map(SheetRowShown::from).collect(),
        }
    }
}

/// A settlement.
#[derive(Debug, Serialize, ToSchema)]
pub struct SettlementShown {
    id: String,
    district: String,
    year: i32,
    item: String,
    /// The final one of the year.
    whole_year: bool,
    sheet: SheetShown,
    stage: String,
    proposed: Signed,
    decided: Option<Signed>,
}

impl From<&Settlement> for SettlementShown {
    fn from(s: &Settlement) -> SettlementShown {
        SettlementShown {
            id: s.id.to_string(),
            district: s.district.to_string(),
            year: s.year,
            item: s.item.name().to_owned(),
            whole_year: s.whole_year,
            sheet: SheetShown::from(&s.sheet),
            stage: s.stage.name().to_owned(),
            proposed: Signed::from(&s.proposed),
            decided: s.decided.as_ref().map(Signed::from),
        }
    }
}

/// What a claim would be awarded, in fen.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShiftShown {
    claim: String,
    firm: String,
    now: i64,
    then: i64,
}

impl From<&Shift> for ShiftShown {
    fn from(s: &Shift) -> ShiftShown {
        ShiftShown {
            claim: s.claim.to_string(),
            firm: s.firm.to_string(),
            now: s.now.0,
            then: s.then.0,
        }
    }
}

/// What another quota would give.
#[derive(Debug, Serialize, ToSchema)]
pub struct WhatIfShown {
    /// How much more (or less) quota, in fen.
    more: i64,
    now: SheetShown,
    then: SheetShown,
    /// The claims whose award would change.
    shifts: Vec<ShiftShown>,
}

/// A settlement to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Settle {
    /// The final one of the year: what other contracts have bound is given out, too.
    whole_year: bool,
    reason: String,
}

/// How much more quota.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct More {
    more: Option<i64>,
    whole_year: Option<bool>,
}

/// One more yuan, in fen.
const ONE_YUAN: i64 = 100;

const fn doc() -> Doc {
    Doc::gives::<SettlementShown>("money")
}

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::post(
        "/api/v1/quotas/{district}/{year}/{item}/settle",
        Who::Power(&power::PROPOSE_SETTLEMENT),
        "make the sheet of all reviewed claims of a quota",
        doc().takes::<Settle>().status(201),
        |r| r.to(propose),
    ),
    Route::get(
        "/api/v1/quotas/{district}/{year}/{item}/what-if",
        Who::Power(&power::SEE_SETTLEMENT),
        "what the settlement would give with more or less quota",
        Doc::gives::<WhatIfShown>("money").query(&[
            (
                "more",
                "fen more, or less when negative; one yuan unless given",
            ),
            (
                "whole_year",
                "true or false: the settlement of the whole year, as unless given, or within it",
            ),
        ]),
        |r| r.to(asked),
    ),
    Route::get(
        "/api/v1/settlements",
        Who::Power(&power::SEE_SETTLEMENT),
        "settlements that the caller may see",
        Doc::gives::<MoneyPage>("money")
            .lists::<Settlement>()
            .table(&tables::SETTLEMENTS),
        |r| r.to(list),
    ),
    Route::get(
        "/api/v1/settlements/{id}",
        Who::Power(&power::SEE_SETTLEMENT),
        "one settlement with its sheet",
        doc().table(&tables::SHEET),
        |r| r.to(show),
    ),
    Route::get(
        "/api/v1/settlements/{id}/sheet.csv",
        Who::Power(&power::SEE_SETTLEMENT),
        "the sheet as CSV",
        Doc::file("money", "text/csv"),
        |r| r.to(csv),
    ),
    Route::post(
        "/api/v1/settlements/{id}/approve",
        Who::Power(&power::APPROVE_SETTLEMENT),
        "approve a sheet: its awards stand",
        doc(),
        |r| r.to(approve),
    ),
    Route::post(
        "/api/v1/settlements/{id}/refuse",
        Who::Power(&power::REFUSE_SETTLEMENT),
        "refuse a sheet",
        doc().takes::<Why>(),
        |r| r.to(refuse),
    ),
];

fn shown(settlement: &Settlement) -> Result<Reply, Faults> {
    Ok(Reply::ok(&SettlementShown::from(settlement))?.tagged(tag(settlement)?))
}

async fn propose(
    caller: Caller,
    path: web::Path<QuotaPath>,
    body: web::Json<Settle>,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let new = settle::propose(desk, &path.key()?, body.whole_year, &body.reason)?;
            let place = path_to("/api/v1/settlements/{}", &[&new.id]);
            Ok(Reply::created(&SettlementShown::from(&new), place)?.tagged(tag(&new)?))
        })
        .await
}

async fn asked(
    caller: Caller,
    path: web::Path<QuotaPath>,
    query: web::Query<More>,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let more = Fen(query.more.unwrap_or(ONE_YUAN));
            let whole_year = query.whole_year.unwrap_or(true);
            let answer = what_if::what_if(desk, &path.key()?, whole_year, more)?;
            Reply::ok(&WhatIfShown {
                more: answer.more.0,
                now: SheetShown::from(&answer.now),
                then: SheetShown::from(&answer.then),
                shifts: answer.shifts.iter().map(ShiftShown::from).collect(),
            })
        })
        .await
}

async fn list(caller: Caller, rows: Listed<Settlement>) -> HttpResponse {
    caller
        .ask(move |desk| {
            rows.one_of("stage", &SettlementStage::ALL, SettlementStage::name)?;
            let bounds = rows.bounds();
            let limit = bounds.limit;
            let all = settle::list(desk, bounds)?;
            let all: Vec<SettlementShown> = all.iter().map(SettlementShown::from).collect();
            page(&all, |s| s.id.clone(), limit)
        })
        .await
}

async fn show(caller: Caller, path: web::Path<SettlementId>) -> HttpResponse {
    caller
        .ask(move |desk| shown(&settle::one(desk, &path)?))
        .await
}

async fn csv(caller: Caller, path: web::Path<SettlementId>) -> HttpResponse {
    let name = "settlement.csv".to_owned();
    file(caller, "text/csv; charset=utf-8", name, move |desk| {
        sheet_file::csv(desk, &path)
    })
    .await
}

async fn approve(caller: Caller, path: web::Path<SettlementId>) -> HttpResponse {
    caller
        .ask(move |desk| shown(&settle::approve(desk, &path)?))
        .await
}

async fn refuse(
    caller: Caller,
    path: web::Path<SettlementId>,
    body: web::Json<Why>,
) -> HttpResponse {
    caller
        .ask(move |desk| shown(&settle::refuse(desk, &path, &body.reason)?))
        .await
}
