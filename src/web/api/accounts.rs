//! Accounts: made, given a role, disabled, enabled, reset, unlocked; accounts of firms registered,
//! confirmed and invited. A secret that is shown once stands in the answer and nowhere else.
//!
//! Not here: signing in (`sign_in`), one's own sessions and tokens (`own`).

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use utoipa::ToSchema;

use super::accounts_shown::{AccountShown, Accounts, SecretShown, Which, wanted};
use super::own::Sessions;
use super::stated::Asked;
use crate::acts::Desk;
use crate::acts::act::tag;
use crate::acts::people::accounts::{self, NewAccount, Shown};
use crate::acts::people::firms::{self, Registration};
use crate::acts::people::power_over;
use crate::acts::powers::people as powers;
use crate::domain::account::{Account, FirmClaim};
use crate::domain::fault::Faults;
use crate::domain::ids::AccountId;
use crate::domain::people::Role;
use crate::web::caller::Caller;
use crate::web::doc::Doc;
use crate::web::links::path_to;
use crate::web::refusal::stopped;
use crate::web::reply::Reply;
use crate::web::routes::{Route, Who};
use crate::web::tables;

/// A new account of an officer; it has no power until it has a role.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateAccount {
    login: String,
    name: String,
    /// Code of the district for which he works; none for the bureau and its administrators.
    district: Option<String>,
}

/// A role.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GiveRole {
    /// For example `district_reviewer`.
    role: String,
}

/// A colleague.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Invite {
    login: String,
    name: String,
    /// `firm_preparer` or `firm_approver`.
    role: String,
}

/// Somebody registers for a firm.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Register {
    login: String,
    name: String,
    password: String,
    /// Unified social credit code.
    credit_code: String,
    /// Name of the firm as on the licence.
    firm_name: String,
    /// GB/T 4754-2017 code.
    industry: String,
    /// Code of the district of registration.
    district: String,
}

/// Whether somebody speaks for his firm.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Confirm {
    yes: bool,
    /// Why not.
    #[serde(default)]
    note: String,
}

const TAG: &str = "people";

const SORTS: &[&str] = &[
    "id",
    "login",
    "name",
    "role",
    "firm",
    "district",
    "state",
    "created_at",
    "last_seen",
];

const fn over(
    path: &'static str,
    power: &'static crate::acts::powers::Power,
    shows: &'static str,
    handler: fn(actix_web::Route) -> actix_web::Route,
) -> Route {
    let doc = Doc::gives::<AccountShown>(TAG);
    Route::post(path, Who::Power(power), shows, doc, handler)
}

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::get(
        "/api/v1/accounts",
        Who::Power(&powers::SEE_ACCOUNT),
        "accounts within reach",
        Doc::gives::<Accounts>(TAG)
            .query(&[
                ("role", "only of this role"),
                ("state", "only in this state"),
            ])
            .paged()
            .sorts(SORTS)
            .table(&tables::ACCOUNTS),
        |r| r.to(list),
    ),
    Route::get(
        "/api/v1/accounts/{id}",
        Who::Power(&powers::SEE_ACCOUNT),
        "one account",
        Doc::gives::<AccountShown>(TAG),
        |r| r.to(get),
    ),
    Route::post(
        "/api/v1/accounts",
        Who::Power(&powers::CREATE_ACCOUNT),
        "make an officer's account; its initial password is shown once",
        Doc::gives::<SecretShown>(TAG)
            .takes::<CreateAccount>()
            .status(201),
        |r| r.to(create),
    ),
    Route::post(
        "/api/v1/accounts/{id}/role",
        Who::Power(&powers::GIVE_ROLE),
        "give an officer's account its role; the code to enrol a second factor is shown once",
        Doc::gives::<SecretShown>(TAG).takes::<GiveRole>(),
        |r| r.to(role),
    ),
    over(
        "/api/v1/accounts/{id}/disable",
        &powers::DISABLE,
        "disable an account; its sessions and tokens end",
        |r| r.to(disable),
    ),
    over(
        "/api/v1/accounts/{id}/enable",
        &powers::ENABLE,
        "enable an account",
        |r| r.to(enable),
    ),
    over(
        "/api/v1/accounts/{id}/unlock",
        &powers::UNLOCK,
        "lift the lock of an account",
        |r| r.to(unlock),
    ),
    over(
        "/api/v1/accounts/{id}/end-sessions",
        &powers::END_ANY_SESSIONS,
        "end every session of an account",
        |r| r.to(end_sessions),
    ),
    Route::get(
        "/api/v1/accounts/{id}/sessions",
        Who::Power(&powers::SEE_ANY_SESSIONS),
        "the sessions of an account, the newest first",
        Doc::gives::<Sessions>(TAG).table(&tables::SESSIONS),
        |r| r.to(see_sessions),
    ),
    Route::post(
        "/api/v1/accounts/{id}/reset-password",
        Who::Power(&powers::RESET_PASSWORD),
        "give an account a one-time password, shown once",
        Doc::gives::<SecretShown>(TAG),
        |r| r.to(reset_password),
    ),
    Route::post(
        "/api/v1/accounts/{id}/reset-second-factor",
        Who::Power(&powers::RESET_SECOND_FACTOR),
        "take a second factor away; the code to enrol another is shown once",
        Doc::gives::<SecretShown>(TAG),
        |r| r.to(reset_second_factor),
    ),
    Route::post(
        "/api/v1/accounts/{id}/confirm",
        Who::Power(&powers::CONFIRM_FIRM),
        "confirm, or refuse, that somebody speaks for a firm",
        Doc::gives::<AccountShown>(TAG).takes::<Confirm>(),
        |r| r.to(confirm),
    ),
    Route::post(
        "/api/v1/colleagues",
        Who::Power(&powers::INVITE),
        "invite a preparer or a further approver into one's firm; his initial password is shown once",
        Doc::gives::<SecretShown>(TAG).takes::<Invite>().status(201),
        |r| r.to(invite),
    ),
    Route::post(
        "/api/v1/registrations",
        Who::Public,
        "register for a firm; the district confirms",
        Doc::gives::<AccountShown>(TAG)
            .takes::<Register>()
            .status(201),
        |r| r.to(register),
    ),
];

fn shown(account: &Account) -> Result<Reply, Faults> {
    Ok(Reply::ok(&AccountShown::from(account))?.tagged(tag(account)?))
}

fn place(account: &Account) -> String {
    path_to("/api/v1/accounts/{}", &[&account.id])
}

async fn list(caller: Caller, query: Asked<Which>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let wanted = wanted(&query)?;
            let all = accounts::list(desk, &wanted)?;
            let all: Vec<AccountShown> = all.iter().map(AccountShown::from).collect();
            let (items, next) = query.page.arranged(all, SORTS, |a| a.id.clone())?;
            Reply::ok(&Accounts { items, next })
        })
        .await
}

async fn get(caller: Caller, id: web::Path<String>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let found = accounts::get(desk, &id.parse()?)?;
            Ok(Reply::ok(&AccountShown::from(&found))?.tagged(tag(&found.0)?))
        })
        .await
}

async fn create(caller: Caller, body: web::Json<CreateAccount>) -> HttpResponse {
    let Some(tools) = caller.tools() else {
        return crate::web::reply::problem(&stopped().into());
    };
    caller
        .ask(move |desk| {
            let new = NewAccount {
                login: body.login.parse()?,
                name: body.name.clone(),
                district: body.district.as_ref().map(|d| d.parse()).transpose()?,
            };
            let made = accounts::create(desk, &tools, &new)?;
            Reply::created(&SecretShown::from(&made), place(&made.account))
        })
        .await
}

fn role_of(name: &str) -> Result<Role, Faults> {
    let role = Role::ALL.into_iter().find(|r| r.name() == name);
    let unknown = || {
        crate::acts::refuse::unfit(
            "role",
            "there is no such role",
            "see /api/v1/me for the names",
        )
    };
    Ok(role.ok_or_else(unknown)?)
}

async fn role(caller: Caller, id: web::Path<String>, body: web::Json<GiveRole>) -> HttpResponse {
    secret(caller, id, move |desk, id| {
        accounts::give_role(desk, id, role_of(&body.role)?)
    })
    .await
}

async fn secret(
    caller: Caller,
    id: web::Path<String>,
    work: impl FnOnce(&Desk, &AccountId) -> Result<Shown, Faults> + Send + 'static,
) -> HttpResponse {
    caller
        .ask(move |desk| Reply::ok(&SecretShown::from(&work(desk, &id.parse()?)?)))
        .await
}

async fn changed(
    caller: Caller,
    id: web::Path<String>,
    work: fn(&Desk, &AccountId) -> Result<Account, Faults>,
) -> HttpResponse {
    caller
        .ask(move |desk| shown(&work(desk, &id.parse()?)?))
        .await
}

async fn disable(caller: Caller, id: web::Path<String>) -> HttpResponse {
    changed(caller, id, power_over::disable).await
}

async fn enable(caller: Caller, id: web::Path<String>) -> HttpResponse {
    changed(caller, id, power_over::enable).await
}

async fn unlock(caller: Caller, id: web::Path<String>) -> HttpResponse {
    changed(caller, id, power_over::unlock).await
}

async fn end_sessions(caller: Caller, id: web::Path<String>) -> HttpResponse {
    changed(caller, id, power_over::end_sessions).await
}

async fn see_sessions(caller: Caller, id: web::Path<String>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let all = power_over::see_sessions(desk, &id.parse()?)?;
            Reply::ok(&Sessions::of(&all, desk.now()))
        })
        .await
}

async fn reset_password(caller: Caller, id: web::Path<String>) -> HttpResponse {
    let Some(tools) = caller.tools() else {
        return crate::web::reply::problem(&stopped().into());
    };
    secret(caller, id, move |desk, id| {
        power_over::reset_password(desk, &tools, id)
    })
    .await
}

async fn reset_second_factor(caller: Caller, id: web::Path<String>) -> HttpResponse {
    secret(caller, id, power_over::reset_second_factor).await
}

async fn confirm(caller: Caller, id: web::Path<String>, body: web::Json<Confirm>) -> HttpResponse {
    caller
        .ask(move |desk| shown(&firms::confirm(desk, &id.parse()?, body.yes, &body.note)?))
        .await
}

async fn invite(caller: Caller, body: web::Json<Invite>) -> HttpResponse {
    let Some(tools) = caller.tools() else {
        return crate::web::reply::problem(&stopped().into());
    };
    caller
        .ask(move |desk| {
            let role = role_of(&body.role)?;
            let made = firms::invite(desk, &tools, (&body.login.parse()?, &body.name), role)?;
            Reply::created(&SecretShown::from(&made), place(&made.account))
        })
        .await
}

async fn register(caller: Caller, body: web::Json<Register>) -> HttpResponse {
    if let Err(fault) = caller.peer().private() {
        return crate::web::reply::problem(&fault.into());
    }
    let Some(tools) = caller.tools() else {
        return crate::web::reply::problem(&stopped().into());
    };
    caller
        .ask(move |desk| {
            let new = Registration {
                login: body.login.parse()?,
                name: body.name.clone(),
                claim: FirmClaim {
                    credit_code: body.credit_code.parse()?,
                    name_zh: body.firm_name.clone(),
                    industry: body.industry.parse()?,
                    district: body.district.parse()?,
                },
            };
            let made = firms::register(desk, &tools, &new, &body.password)?;
            Reply::created(&AccountShown::from(&made), place(&made))
        })
        .await
}
