//! Attempts: who may try to sign in now. Counted by account and address, so that nobody locks another
//! out; an account that is attacked from many addresses is slowed down for strangers, not for
//! addresses from which it signed in before. Stored, so a restart forgets nothing.
//!
//! Not here: the numbers (`domain::session`).

use super::{chance, refuse};
use crate::acts::Desk;
use crate::domain::account::Account;
use crate::domain::fault::Faults;
use crate::domain::session::{Attempts, FAILURES, SLOW_FROM, Session};
use crate::store::traces::Keeping;
use crate::store::{self, Filter, Reading, Writing};

/// How long a session that ended still makes its address a known one.
const KNOWN_FOR: chrono::TimeDelta = chrono::TimeDelta::days(30);

/// The counts of a login and an address.
pub struct Place {
    near: String,
    wide: String,
    login: String,
    ip: String,
}

impl Place {
    /// Where a login, as it was typed, is tried from.
    pub fn of(login: &str, ip: &str) -> Place {
        let login: String = login.trim().to_lowercase().chars().take(200).collect();
        let wide = chance::digest(&format!("login:{login}"));
        let ip_digest = chance::digest(&format!("ip:{ip}"));
        Place {
            near: format!("{wide}:{ip_digest}"),
            wide,
            login,
            ip: ip.to_owned(),
        }
    }
}

/// Counts one more attempt before it is known whether it is right, or refuses it.
///
/// # Errors
/// AC204 when the account is locked for the address, AC205 when it is slowed down for strangers.
pub fn admit(desk: &Desk, place: &Place) -> Result<(), Faults> {
    let now = desk.now();
    desk.store().keep(|tx| {
        store::traces::forget_before(tx, now - KNOWN_FOR)?;
        let mut near = counts(tx, &place.near, desk)?;
        let mut wide = counts(tx, &place.wide, desk)?;
        if near.barred(now).is_some() {
            return Err(refuse::locked().into());
        }
        if wide.barred(now).is_some() && !is_known(tx, place)? {
            return Err(refuse::slowed().into());
        }
        near.count_to_lock(now);
        wide.count_to_slow(now);
        if near.barred(now).is_some() {
            // No name: people type passwords into the wrong field.
            tracing::warn!(
                place = &place.near[..12],
                "an account is being locked for an address"
            );
        }
        tx.put(&near)?;
        tx.put(&wide)?;
        Ok(())
    })
}

fn counts(tx: &mut Keeping<'_, '_>, id: &str, desk: &Desk) -> Result<Attempts, Faults> {
    let found = store::get::<Attempts>(tx, id)?;
    Ok(found.unwrap_or_else(|| Attempts::none(id.to_owned(), desk.now())))
}

fn is_known(tx: &mut Reading<'_>, place: &Place) -> Result<bool, Faults> {
    let accounts = store::having::<Account>(tx, "login", &place.login)?;
    let Some(account) = accounts.first() else {
        return Ok(false);
    };
    let filter = Filter {
        equal: vec![
            ("account_id", account.id.to_string()),
            ("ip", place.ip.clone()),
        ],
        limit: 1,
        ..Filter::default()
    };
    Ok(!store::select::<Session>(tx, &filter)?.is_empty())
}

/// Takes an attempt back whose answer was right though more is asked. The wrong answers before it
/// still count: who knows the password alone must not guess codes for ever.
pub fn take_back(desk: &Desk, place: &Place) -> Result<(), Faults> {
    desk.store().keep(|tx| {
        for (id, bound) in [(&place.near, FAILURES), (&place.wide, SLOW_FROM)] {
            let mut count = counts(tx, id, desk)?;
            count.take_back(bound);
            tx.put(&count)?;
        }
        Ok(())
    })
}

/// Forgets the attempts of a sign-in that was finished; those of others still count.
pub fn clear(tx: &mut Writing<'_>, place: &Place) -> Result<(), Faults> {
    let Some(near) = store::get::<Attempts>(tx, &place.near)? else {
        return Ok(());
    };
    store::remove::<Attempts>(tx, &place.near)?;
    if let Some(mut wide) = store::get::<Attempts>(tx, &place.wide)? {
        wide.count = wide.count.saturating_sub(near.count.max(1));
        store::upsert_many(tx, &[wide])?;
    }
    Ok(())
}

/// Forgets every attempt of an account.
pub fn unlock(tx: &mut Writing<'_>, account: &Account) -> Result<(), Faults> {
    let wide = Place::of(account.login.as_str(), "").wide;
    loop {
        // Addresses stand right behind the account's own count.
        let after = Filter {
            after: Some(wide.clone()),
            limit: 100,
            ..Filter::default()
        };
        let mut near = store::select::<Attempts>(tx, &after)?;
        near.retain(|a| a.id.starts_with(&wide));
        for one in &near {
            store::remove::<Attempts>(tx, &one.id)?;
        }
        if near.is_empty() {
            store::remove::<Attempts>(tx, &wide)?;
            return Ok(());
        }
    }
}
