//! Quotas in the API: proposals, releases, ledger, burn-down, year-end.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::claims::YearAsked;
use super::{MoneyPage, QuotaPath, made, page, shown, some_of};
use crate::acts::Bounds;
use crate::acts::money::burn_down::{self, MonthEnd};
use crate::acts::money::quotas::{self, Proposal, QuotaNow};
use crate::acts::money::year_end;
use crate::acts::powers::money as power;
use crate::domain::evidence::Provenance;
use crate::domain::ids::QuotaChangeId;
use crate::domain::ledger::{Balance, QuotaKey};
use crate::domain::money::Fen;
use crate::domain::quota::{Quota, QuotaMode};
use crate::domain::quota_change::QuotaChange;
use crate::domain::year_end::YearEnd;
use crate::web::api::stated::{Asked, Every, Listed, Page, Signed, Why, cut};
use crate::web::caller::Caller;
use crate::web::doc::Doc;
use crate::web::links::path_to;
use crate::web::reply::Reply;
use crate::web::routes::{Route, Who};
use crate::web::tables;

/// What happens above a quota.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ModeNamed {
    /// Never exceeded.
    Hard,
    /// Every award is cut by one uniform ratio.
    ProRata,
}

impl From<ModeNamed> for QuotaMode {
    fn from(mode: ModeNamed) -> QuotaMode {
        match mode {
            ModeNamed::Hard => QuotaMode::Hard,
            ModeNamed::ProRata => QuotaMode::ProRata,
        }
    }
}

impl From<QuotaMode> for ModeNamed {
    fn from(mode: QuotaMode) -> ModeNamed {
        match mode {
            QuotaMode::Hard => ModeNamed::Hard,
            QuotaMode::ProRata => ModeNamed::ProRata,
        }
    }
}

/// A proposed quota.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposeQuota {
    /// What the quota is to be, in fen.
    amount: i64,
    mode: ModeNamed,
    /// Legal or budgetary basis.
    basis: String,
}

/// What stands in the accounts of a quota, in fen.
#[derive(Debug, Serialize, ToSchema)]
pub struct BalanceShown {
    granted: i64,
    /// Left.
    free: i64,
    committed: i64,
    payable: i64,
    paid: i64,
    clawed_back: i64,
    /// Number of entries.
    entries: i64,
}

impl From<&Balance> for BalanceShown {
    fn from(b: &Balance) -> BalanceShown {
        BalanceShown {
            granted: b.granted.0,
            free: b.free.0,
            committed: b.committed.0,
            payable: b.payable.0,
            paid: b.paid.0,
            clawed_back: b.clawed_back.0,
            entries: b.entries,
        }
    }
}

/// A released quota.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuotaShown {
    id: String,
    district: String,
    year: i32,
    item: String,
    /// In fen.
    amount: i64,
    mode: ModeNamed,
    /// Legal or budgetary basis.
    source: String,
    balance: BalanceShown,
}

impl From<&QuotaNow> for QuotaShown {
    fn from(now: &QuotaNow) -> QuotaShown {
        let quota = &now.quota;
        let Provenance { source, .. } = quota.provenance.clone();
        QuotaShown {
            id: QuotaKey::of(quota).to_string(),
            district: quota.district.to_string(),
            year: quota.year,
            item: quota.item.name().to_owned(),
            amount: quota.amount.0,
            mode: quota.mode.into(),
            source,
            balance: BalanceShown::from(&now.balance),
        }
    }
}

/// A change of a quota.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuotaChangeShown {
    id: String,
    district: String,
    year: i32,
    item: String,
    /// In fen; null when there was no quota.
    before: Option<i64>,
    /// In fen.
    amount: i64,
    mode: ModeNamed,
    basis: String,
    stage: String,
    proposed: Signed,
    decided: Option<Signed>,
}

impl From<&QuotaChange> for QuotaChangeShown {
    fn from(c: &QuotaChange) -> QuotaChangeShown {
        QuotaChangeShown {
            id: c.id.to_string(),
            district: c.district.to_string(),
            year: c.year,
            item: c.item.name().to_owned(),
            before: c.before.map(|b| b.0),
            amount: c.amount.0,
            mode: c.mode.into(),
            basis: c.basis.clone(),
            stage: c.stage.name().to_owned(),
            proposed: Signed::from(&c.proposed),
            decided: c.decided.as_ref().map(Signed::from),
        }
    }
}

/// The changes of a quota, the first one first.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuotaHistory {
    changes: Vec<QuotaChangeShown>,
}

/// The end of a month.
#[derive(Debug, Serialize, ToSchema)]
pub struct MonthShown {
    /// For example `2026-03`.
    month: String,
    balance: BalanceShown,
    /// What moved in the month by kind of entry, in fen.
    #[schema(value_type = Object)]
    moved: std::collections::BTreeMap<String, i64>,
}

impl From<&MonthEnd> for MonthShown {
    fn from(m: &MonthEnd) -> MonthShown {
        let moved = m.moved.iter().map(|(kind, sum)| (kind.clone(), sum.0));
        MonthShown {
            month: m.month.clone(),
            balance: BalanceShown::from(&m.balance),
            moved: moved.collect(),
        }
    }
}

/// The burn-down of a quota.
#[derive(Debug, Serialize, ToSchema)]
pub struct BurnDown {
    months: Vec<MonthShown>,
}

/// A closed budget year.
#[derive(Debug, Serialize, ToSchema)]
pub struct YearEndShown {
    quota: String,
    balance: BalanceShown,
    closed: Signed,
}

impl From<&YearEnd> for YearEndShown {
    fn from(end: &YearEnd) -> YearEndShown {
        YearEndShown {
            quota: end.quota.to_string(),
            balance: BalanceShown::from(&end.balance),
            closed: Signed::from(&end.closed),
        }
    }
}

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::get(
        "/api/v1/quotas",
        Who::Power(&power::SEE_QUOTA),
        "released quotas with what stands in their accounts",
        Doc::gives::<MoneyPage>("money")
            .lists::<Quota>()
            .query(&[("year", "only quotas of this budget year")])
            .table(&tables::QUOTAS),
        |r| r.to(list),
    ),
    Route::get(
        "/api/v1/quotas/{district}/{year}/{item}",
        Who::Power(&power::SEE_QUOTA),
        "one quota with what stands in its accounts",
        Doc::gives::<QuotaShown>("money"),
        |r| r.to(show),
    ),
    Route::post(
        "/api/v1/quotas/{district}/{year}/{item}/propose",
        Who::Power(&power::PROPOSE_QUOTA),
        "propose a quota, or what it is to become",
        Doc::gives::<QuotaChangeShown>("money")
            .takes::<ProposeQuota>()
            .status(201),
        |r| r.to(propose),
    ),
    Route::get(
        "/api/v1/quotas/{district}/{year}/{item}/changes",
        Who::Power(&power::SEE_QUOTA),
        "the history of a quota",
        Doc::gives::<QuotaHistory>("money").table(&tables::QUOTA_CHANGES),
        |r| r.to(history),
    ),
    Route::get(
        "/api/v1/quotas/{district}/{year}/{item}/entries",
        Who::Power(&power::SEE_QUOTA),
        "the ledger of a quota",
        Doc::gives::<MoneyPage>("money")
            .paged()
            .table(&tables::QUOTA_ENTRIES),
        |r| r.to(entries),
    ),
    Route::get(
        "/api/v1/quotas/{district}/{year}/{item}/burn-down",
        Who::Power(&power::SEE_QUOTA),
        "what stood in the accounts at the end of each month",
        Doc::gives::<BurnDown>("money").table(&tables::BURN_DOWN),
        |r| r.to(series),
    ),
    Route::post(
        "/api/v1/quotas/{district}/{year}/{item}/close",
        Who::Power(&power::CLOSE_YEAR),
        "close a budget year",
        Doc::gives::<YearEndShown>("money"),
        |r| r.to(close),
    ),
    Route::post(
        "/api/v1/quota-changes/{id}/release",
        Who::Power(&power::RELEASE_QUOTA),
        "release a proposed quota: from now on it is usable",
        Doc::gives::<QuotaChangeShown>("money"),
        |r| r.to(release),
    ),
    Route::post(
        "/api/v1/quota-changes/{id}/refuse",
        Who::Power(&power::REFUSE_QUOTA),
        "refuse a proposed quota",
        Doc::gives::<QuotaChangeShown>("money").takes::<Why>(),
        |r| r.to(refuse),
    ),
];

async fn list(caller: Caller, rows: Listed<Quota, YearAsked>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let bounds = rows.bounds();
            let limit = bounds.limit;
            let Some(year) = rows.filter.year else {
                let all = quotas::list(desk, bounds)?;
                let all: Vec<QuotaShown> = all.iter().map(QuotaShown::from).collect();
                return page(&all, |q| q.id.clone(), limit);
            };
            let asked = Page::from(&bounds);
            let whole = Bounds {
                after: None,
                limit: 0,
                ..bounds
            };
            let mut all = quotas::list(desk, whole)?;
            all.retain(|now| now.quota.year == year);
            let all = all.iter().map(QuotaShown::from).collect();
            let (some, next) = cut(all, &asked, |q: &QuotaShown| q.id.clone());
            some_of(&some, next)
        })
        .await
}

async fn show(caller: Caller, path: web::Path<QuotaPath>) -> HttpResponse {
    caller
        .ask(move |desk| shown(&QuotaShown::from(&quotas::one(desk, &path.key()?)?)))
        .await
}

async fn propose(
    caller: Caller,
    path: web::Path<QuotaPath>,
    body: web::Json<ProposeQuota>,
) -> HttpResponse {
    let new = Proposal {
        amount: Fen(body.amount),
        mode: body.mode.into(),
        basis: body.basis.clone(),
    };
    caller
        .ask(move |desk| {
            let key = path.key()?;
            let change = quotas::propose(desk, &key, &new)?;
            let place = path_to(
                "/api/v1/quotas/{}/{}/{}/changes",
                &[&key.district, &key.year, &key.item.name()],
            );
            made(&QuotaChangeShown::from(&change), place)
        })
        .await
}

async fn history(caller: Caller, path: web::Path<QuotaPath>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let all = quotas::history(desk, &path.key()?)?;
            Reply::ok(&QuotaHistory {
                changes: all.iter().map(QuotaChangeShown::from).collect(),
            })
        })
        .await
}

async fn entries(caller: Caller, path: web::Path<QuotaPath>, rows: Asked<Every>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let bounds = rows.bounds();
            let limit = bounds.1;
            let all = quotas::entries(desk, &path.key()?, bounds)?;
            page(&all, |e| e.id.clone(), limit)
        })
        .await
}

async fn series(caller: Caller, path: web::Path<QuotaPath>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let all = burn_down::series(desk, &path.key()?)?;
            Reply::ok(&BurnDown {
                months: all.iter().map(MonthShown::from).collect(),
            })
        })
        .await
}

async fn close(caller: Caller, path: web::Path<QuotaPath>) -> HttpResponse {
    caller
        .ask(move |desk| shown(&YearEndShown::from(&year_end::close(desk, &path.key()?)?)))
        .await
}

async fn release(caller: Caller, path: web::Path<QuotaChangeId>) -> HttpResponse {
    caller
        .ask(move |desk| shown(&QuotaChangeShown::from(&quotas::release(desk, &path)?)))
        .await
}

async fn refuse(
    caller: Caller,
    path: web::Path<QuotaChangeId>,
    body: web::Json<Why>,
) -> HttpResponse {
    caller
        .ask(move |desk| {
            let change = quotas::refuse(desk, &path, &body.reason)?;
            shown(&QuotaChangeShown::from(&change))
        })
        .await
}
