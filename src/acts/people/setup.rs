//! The first administrators: a one-time code for each of the three roles that nobody holds, printed on
//! the machine of the database, each handed to another person and used once.
//!
//! Not here: every later account (`accounts`).

use chrono::{DateTime, Utc};
use serde_json::json;

use super::accounts::{able, blank, free, subject};
use super::attempts::{self, Place};
use super::secrets::{chosen, one_time};
use super::sign_in::{Origin, Progress, needs_second, ticket, with_secret};
use super::steps::begin_enrolment;
use super::tools::Tools;
use super::{chance, refuse};
use crate::acts::Desk;
use crate::acts::act::{Done, Owner};
use crate::acts::powers::people as powers;
use crate::domain::account::{ADMINS, Account, AccountState, Login};
use crate::domain::credential::{OneTime, SetupCode};
use crate::domain::fault::{Fault, Faults};
use crate::domain::people::{Actor, Body, Role};
use crate::domain::session::{Step, Ticket};
use crate::store::{self, Reading};

/// A code that was issued. Shown once, never logged.
pub struct Issued {
    /// The role that it gives.
    pub role: Role,
    /// The code.
    pub code: String,
    /// Until when it may be used.
    pub until: DateTime<Utc>,
}

/// Issues a code for each of the three administrators that is missing; older codes are void.
///
/// # Errors
/// AC223 when none is missing.
pub fn issue(desk: &Desk) -> Result<Vec<Issued>, Faults> {
    let missing = desk.store().read(|tx| missing(tx, desk.now()))?;
    if missing.is_empty() {
        return Err(Fault::new(
            refuse::NOTHING_TO_SET_UP,
            "each of the three administrators is there",
            "let the system administrator make further accounts",
        )
        .into());
    }
    let mut all = Vec::new();
    for role in &missing {
        let (code, one) = one_time(desk)?;
        all.push((role, code, one));
    }
    let asked = json!({ "roles": missing });
    desk.act(&powers::ISSUE_SETUP, &asked, |tx| {
        for old in store::all::<SetupCode>(tx)? {
            store::remove::<SetupCode>(tx, &old.id)?;
        }
        for (role, _, one) in &all {
            let code = SetupCode {
                id: one.digest.clone(),
                role: **role,
                until: one.until,
            };
            store::upsert_many(tx, &[code])?;
        }
        Ok(Done::new((), "setup codes", Owner::city()))
    })?;
    let issued = all.into_iter().map(|(role, code, one)| Issued {
        role: *role,
        code,
        until: one.until,
    });
    Ok(issued.collect())
}

/// The administrators whom nobody is: without an account, or with dormant ones alone.
fn missing(tx: &mut Reading<'_>, now: DateTime<Utc>) -> Result<Vec<Role>, Faults> {
    let mut missing = Vec::new();
    for role in ADMINS {
        if able(tx, role, now)?.is_empty() {
            missing.push(role);
        }
    }
    Ok(missing)
}

/// Who takes up a role with a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstAdmin {
    /// Login.
    pub login: Login,
    /// Name of the person.
    pub name: String,
}

/// Makes the first administrator of the code's role; he enrols his second factor at once.
///
/// # Errors
/// AC224 when the code is wrong, used or over, AC204 when too many were, AC207 when the password is
/// not acceptable, AC220 when the login is taken.
pub fn take_up(
    desk: &Desk,
    tools: &Tools,
    (code, password): (&str, &str),
    first: &FirstAdmin,
    origin: &Origin,
) -> Result<Progress, Faults> {
    let desk = &desk.of(Actor::public());
    attempts::admit(desk, &Place::of("\u{0}setup", &origin.ip))?;
    let digest = chance::code_digest(code);
    let _moment = desk.moment();
    let known = desk.store().read(|tx| good(tx, &digest, desk.now()))?;
    tools
        .rules
        .check(password, &[first.login.as_str(), &first.name])?;
    let hash = tools.hasher.hash(password)?;
    let account = administrator(desk, first, known.role)?;
    let mut secret = chosen(desk, &account.id, hash);
    // Should he be interrupted, the code still lets him enrol.
    secret.enrol = Some(OneTime {
        digest: digest.clone(),
        until: known.until,
    });
    let asked = json!({ "login": first.login, "name": first.name, "role": known.role });
    desk.act(&powers::SET_UP, &asked, |tx| {
        let code = good(tx, &digest, desk.now())?;
        if !able(tx, code.role, desk.now())?.is_empty() {
            return Err(wrong_code().into());
        }
        free(tx, &first.login)?;
        store::remove::<SetupCode>(tx, &digest)?;
        store::upsert_many(tx, std::slice::from_ref(&account))?;
        store::upsert_many(tx, std::slice::from_ref(&secret))?;
        Ok(Done::new((), subject(&account), Owner::city()).after(&account)?)
    })?;
    enrolling(desk, tools, account)
}

fn enrolling(desk: &Desk, tools: &Tools, account: Account) -> Result<Progress, Faults> {
    let known = desk.store().read(|tx| with_secret(tx, account.clone()))?;
    let progress = ticket(desk, &known, Step::Enrol)?;
    let Some(secret) = progress
        .ticket
        .clone()
        .filter(|_| needs_second(tools, &account))
    else {
        return Ok(progress);
    };
    let held: Ticket =
        (desk.store()).read(|tx| Ok::<_, Faults>(store::need(tx, &chance::digest(&secret))?))?;
    begin_enrolment(desk, tools, held, &account, &secret)
}

fn administrator(desk: &Desk, first: &FirstAdmin, role: Role) -> Result<Account, Faults> {
    let mut account = blank(desk, &first.login, &first.name, Body::City)?;
    account.take(role)?;
    account.state = AccountState::Active;
    Ok(account)
}

fn good(tx: &mut Reading<'_>, digest: &str, now: DateTime<Utc>) -> Result<SetupCode, Faults> {
    let code = store::get::<SetupCode>(tx, digest)?;
    let good = code.filter(|code| now < code.until);
    Ok(good.ok_or_else(wrong_code)?)
}

fn wrong_code() -> Fault {
    Fault::new(
        refuse::SETUP_CODE,
        "the setup code is wrong, used or over",
        "print new ones with `zhuchao admin` on the machine of the database",
    )
}
