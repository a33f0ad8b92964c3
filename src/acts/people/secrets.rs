//! Passwords of accounts: choosing a new one, the first one that somebody else hands over.
//!
//! Not here: which are good enough (`password`), resetting (`power_over`).

use serde_json::json;

use super::attempts::{self, Place};
use super::sign_in::{Known, Origin, with_secret};
use super::tools::Tools;
use super::{chance, in_person, keeper, myself, refuse, sessions};
use crate::acts::Desk;
use crate::acts::act::{Done, Owner};
use crate::acts::powers::people as powers;
use crate::domain::account::Account;
use crate::domain::credential::{INITIAL_LASTS, OneTime, Secret};
use crate::domain::fault::Faults;
use crate::domain::firm::Firm;
use crate::domain::ids::{AccountId, SessionId};
use crate::domain::people::Body;
use crate::store::{self, Reading};

/// Changes one's password; all other sessions end.
///
/// # Errors
/// AC203 when the current password is wrong, AC204 when it was wrong too often, AC207 and AC208 when
/// the new one is not acceptable, AC216.
pub fn change(
    desk: &Desk,
    tools: &Tools,
    (current, new): (&str, &str),
    origin: &Origin,
) -> Result<(), Faults> {
    let (me, session) = (myself(desk)?, in_person(desk)?);
    let known = desk.store().read(|tx| {
        let account: Account = store::need(tx, me.as_str())?;
        with_secret(tx, account)
    })?;
    let place = Place::of(known.account.login.as_str(), &origin.ip);
    attempts::admit(desk, &place)?;
    if !tools.hasher.verify(current, Some(&known.secret.password))? {
        return Err(refuse::wrong().into());
    }
    attempts::take_back(desk, &place)?;
    renew(desk, tools, &known, new, Some(session))
}

/// Gives an account the new password that its person chose; sessions end, but perhaps one.
pub(super) fn renew(
    desk: &Desk,
    tools: &Tools,
    known: &Known,
    new: &str,
    but: Option<SessionId>,
) -> Result<(), Faults> {
    let names = desk.store().read(|tx| names(tx, &known.account))?;
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    tools.rules.check(new, &names)?;
    unused(tools, &known.secret, new)?;
    let hash = tools.hasher.hash(new)?;
    let (id, old) = (&known.account.id, &known.secret.password);
    let mine = desk.of(keeper::actor(&known.account)?);
    mine.act(&powers::CHANGE_PASSWORD, &json!({}), |tx| {
        let mut secret: Secret = store::need(tx, id.as_str())?;
        if secret.password != *old {
            return Err(refuse::ticket().into());
        }
        secret.renew(hash, desk.now(), None);
        store::upsert_many(tx, &[secret])?;
        let why = powers::CHANGE_PASSWORD.act;
        sessions::end_all(tx, id, why, desk.now(), but.as_ref())?;
        Ok(Done::new((), format!("account {id}"), Owner::city()))
    })
}

/// AC208 when the password is the current one or, under `mlps`, one of the last five.
fn unused(tools: &Tools, secret: &Secret, new: &str) -> Result<(), Faults> {
    let former = secret.former.iter().filter(|_| tools.rules.expires());
    for hash in former.chain([&secret.password]) {
        if tools.hasher.verify(new, Some(hash))? {
            return Err(refuse::used().into());
        }
    }
    Ok(())
}

/// What a password must not be made of: login, name, and the names of the firm.
fn names(tx: &mut Reading<'_>, account: &Account) -> Result<Vec<String>, Faults> {
    let mut names = vec![account.login.to_string(), account.name.clone()];
    if let Body::Firm(firm) = &account.body
        && let Some(firm) = store::get::<Firm>(tx, firm.as_str())?
    {
        names.extend([firm.name_zh, firm.name_en]);
    }
    names.extend(account.claim.iter().map(|c| c.name_zh.clone()));
    Ok(names)
}

/// A password made for somebody: shown once, and good only for choosing another.
pub(super) struct Initial {
    /// The password.
    pub(super) password: String,
    hash: String,
}

impl Initial {
    pub(super) fn make(tools: &Tools) -> Result<Initial, Faults> {
        let password = chance::password()?;
        let hash = tools.hasher.hash(&password)?;
        Ok(Initial { password, hash })
    }

    /// The secrets of a new account with this password.
    pub(super) fn secret(&self, desk: &Desk, id: &AccountId) -> Secret {
        Secret {
            initial_until: Some(desk.now() + INITIAL_LASTS),
            ..chosen(desk, id, self.hash.clone())
        }
    }

    /// The secrets of an account after its password was reset to this one.
    pub(super) fn replace(&self, desk: &Desk, secret: &mut Secret) {
        let until = desk.now() + INITIAL_LASTS;
        secret.renew(self.hash.clone(), desk.now(), Some(until));
    }
}

/// The secrets of a new account whose person chose the password himself.
pub(super) fn chosen(desk: &Desk, id: &AccountId, hash: String) -> Secret {
    Secret {
        id: id.clone(),
        password: hash,
        former: Vec::new(),
        set_at: desk.now(),
        initial_until: None,
        otp: None,
        enrol: None,
    }
}

/// A one-time code and what is stored of it.
pub(super) fn one_time(desk: &Desk) -> Result<(String, OneTime), Faults> {
    let code = chance::code()?;
    let one = OneTime {
        digest: chance::code_digest(&code),
        until: desk.now() + crate::domain::credential::CODE_LASTS,
    };
    Ok((code, one))
}
