//! What is done to the accounts of others: disable, enable, reset, unlock, end their sessions. A reset
//! of the password is the system administrator's (in a firm: its approver's), of the second factor
//! the security administrator's: to take an account over would need both.
//!
//! Not here: making accounts and giving roles (`accounts`, `firms`).

use serde_json::json;

use super::accounts::{Shown, found, not_last, owner, subject};
use super::secrets::{Initial, one_time};
use super::tokens::shown_once;
use super::tools::Tools;
use super::{attempts, refuse, sessions};
use crate::acts::Desk;
use crate::acts::act::Done;
use crate::acts::powers::Power;
use crate::acts::powers::people as powers;
use crate::acts::refuse as shared;
use crate::domain::account::{Account, AccountState};
use crate::domain::credential::Secret;
use crate::domain::fault::Faults;
use crate::domain::ids::AccountId;
use crate::domain::session::Session;
use crate::store::{self, Writing};

/// Disables an account; its sessions and tokens end.
///
/// # Errors
/// AC014 when it is disabled, AC221 on one's own, AC222 on the last administrator.
pub fn disable(desk: &Desk, id: &AccountId) -> Result<Account, Faults> {
    to(desk, &powers::DISABLE, id, |tx, account| {
        if account.state == AccountState::Disabled {
            let needs = ["pending", "active"];
            return Err(shared::wrong_state(subject(account), "disabled", &needs).into());
        }
        not_last(tx, account)?;
        account.state = AccountState::Disabled;
        sessions::shut(tx, id, powers::DISABLE.act, desk.now())
    })
}

/// Enables an account that was disabled or is dormant.
///
/// # Errors
/// AC014 when it still waits for its role or for the district, AC221 on one's own.
pub fn enable(desk: &Desk, id: &AccountId) -> Result<Account, Faults> {
    to(desk, &powers::ENABLE, id, |_, account| {
        if account.state == AccountState::Pending || account.role.is_none() {
            let needs = ["disabled", "active"];
            return Err(shared::wrong_state(subject(account), "without a role", &needs).into());
        }
        account.state = AccountState::Active;
        account.enabled_at = desk.now();
        Ok(())
    })
}

/// Gives an account a one-time password, which must be changed at the next sign-in; sessions and
/// tokens end.
///
/// # Errors
/// AC014 when it is disabled, AC221 on one's own.
pub fn reset_password(desk: &Desk, tools: &Tools, id: &AccountId) -> Result<Shown, Faults> {
    desk.may(&powers::RESET_PASSWORD)?;
    let initial = Initial::make(tools)?;
    let account = to(
        &shown_once(desk),
        &powers::RESET_PASSWORD,
        id,
        |tx, account| {
            not_disabled(account)?;
            let mut secret: Secret = store::need(tx, id.as_str())?;
            initial.replace(desk, &mut secret);
            store::upsert_many(tx, &[secret])?;
            sessions::shut(tx, id, powers::RESET_PASSWORD.act, desk.now())
        },
    )?;
    Ok(Shown {
        account,
        secret: Some(initial.password),
    })
}

/// Takes the second factor of an account away and gives a code to enrol another; sessions end.
///
/// # Errors
/// AC014 when it is disabled, AC221 on one's own.
pub fn reset_second_factor(desk: &Desk, id: &AccountId) -> Result<Shown, Faults> {
    let (code, one) = one_time(desk)?;
    let account = to(
        &shown_once(desk),
        &powers::RESET_SECOND_FACTOR,
        id,
        |tx, account| {
            not_disabled(account)?;
            let mut secret: Secret = store::need(tx, id.as_str())?;
            secret.otp = None;
            secret.enrol = Some(one);
            store::upsert_many(tx, &[secret])?;
            sessions::shut(tx, id, powers::RESET_SECOND_FACTOR.act, desk.now())
        },
    )?;
    Ok(Shown {
        account,
        secret: Some(code),
    })
}

fn not_disabled(account: &Account) -> Result<(), Faults> {
    match account.state {
        AccountState::Disabled => {
            let needs = ["pending", "active"];
            Err(shared::wrong_state(subject(account), "disabled", &needs).into())
        }
        _ => Ok(()),
    }
}

/// Lifts the locks of an account at every address.
pub fn unlock(desk: &Desk, id: &AccountId) -> Result<Account, Faults> {
    to(desk, &powers::UNLOCK, id, |tx, account| {
        attempts::unlock(tx, account)
    })
}

/// Ends every session of an account.
pub fn end_sessions(desk: &Desk, id: &AccountId) -> Result<Account, Faults> {
    to(desk, &powers::END_ANY_SESSIONS, id, |tx, _| {
        let why = powers::END_ANY_SESSIONS.act;
        sessions::end_all(tx, id, why, desk.now(), None).map(drop)
    })
}

/// The sessions of an account, the newest first.
pub fn see_sessions(desk: &Desk, id: &AccountId) -> Result<Vec<Session>, Faults> {
    desk.look(&powers::SEE_ANY_SESSIONS, |tx| {
        let account = found(tx, id)?;
        Ok((owner(tx, &account)?, sessions::of(tx, id)?))
    })
}

/// One act on another's account.
fn to(
    desk: &Desk,
    power: &Power,
    id: &AccountId,
    work: impl FnOnce(&mut Writing<'_>, &mut Account) -> Result<(), Faults>,
) -> Result<Account, Faults> {
    desk.act(power, &json!({ "account": id }), |tx| {
        let old = found(tx, id)?;
        let owner = owner(tx, &old)?;
        desk.own(power, &owner)?;
        if id.as_str() == desk.actor() {
            return Err(refuse::own_account().into());
        }
        let mut new = old.clone();
        work(tx, &mut new)?;
        store::upsert_many(tx, std::slice::from_ref(&new))?;
        let done = Done::new(new.clone(), subject(&new), owner);
        Ok(done.before(&old)?.after(&new)?)
    })
}
