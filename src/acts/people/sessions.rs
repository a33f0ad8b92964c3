//! Sessions: begun at the end of a sign-in with a fresh secret, listed, ended one or all, by oneself
//! or by the security administrator.
//!
//! Not here: when a session is over by itself (`domain::session`).

use chrono::{DateTime, Utc};
use serde_json::json;

use super::attempts::{self, Place};
use super::sign_in::{Known, Opened, Origin, Progress};
use super::tools::Tools;
use super::{chance, in_person, keeper, myself, refuse};
use crate::acts::Desk;
use crate::acts::act::{Done, Owner};
use crate::acts::powers::people as powers;
use crate::acts::refuse as shared;
use crate::domain::account::Account;
use crate::domain::credential::{ApiToken, Secret};
use crate::domain::fault::Faults;
use crate::domain::ids::{AccountId, SessionId};
use crate::domain::people::Role;
use crate::domain::session::{ABSOLUTE, Ending, Session, Sighting, Step};
use crate::store::{self, Reading, Writing};

/// What of a browser's name is kept.
const BROWSER_MAX: usize = 200;

/// Begins the session of somebody who proved who he is. The session that his browser held ends, and
/// the new one has a new secret, so that nobody can prepare a session for another (ASVS 7.2.4).
pub(super) fn open(
    desk: &Desk,
    tools: &Tools,
    known: &Known,
    origin: &Origin,
) -> Result<Progress, Faults> {
    let secret = chance::secret()?;
    let session = new(desk, known, origin, &secret)?;
    let mine = desk.of(keeper::actor(&known.account)?);
    let asked = json!({ "ip": session.ip, "browser": session.browser });
    mine.act(&powers::SIGN_IN, &asked, |tx| {
        unchanged(tx, known)?;
        if let Some(held) = &origin.held {
            let digest = chance::digest(held);
            let old = store::having::<Session>(tx, "digest", &digest)?;
            end(tx, old, "sign in", desk.now())?;
        }
        store::upsert_many(tx, std::slice::from_ref(&session))?;
        let sighting = Sighting {
            id: known.account.id.clone(),
            at: desk.now(),
        };
        store::upsert_many(tx, &[sighting])?;
        attempts::clear(tx, &Place::of(known.account.login.as_str(), &origin.ip))?;
        let subject = format!("account {}", known.account.id);
        Ok(Done::new((), subject, Owner::city()))
    })?;
    Ok(Progress {
        step: Step::Done,
        ticket: None,
        opened: Some(Opened {
            secret,
            expires_at: session.expires_at,
        }),
        account: Some(known.account.clone()),
        otp: None,
        demo: tools.demo && known.account.role.is_some_and(Role::is_staff),
    })
}

fn new(desk: &Desk, known: &Known, origin: &Origin, secret: &str) -> Result<Session, Faults> {
    let now = desk.now();
    Ok(Session {
        id: chance::key("S", desk)?,
        digest: chance::digest(secret),
        account: known.account.id.clone(),
        created_at: now,
        last_seen: now,
        expires_at: now + ABSOLUTE,
        ip: origin.ip.clone(),
        browser: origin.browser.chars().take(BROWSER_MAX).collect(),
        ended: None,
    })
}

/// AC206 when the account or its password changed while somebody was signing in.
fn unchanged(tx: &mut Reading<'_>, known: &Known) -> Result<(), Faults> {
    let account = store::get::<Account>(tx, known.account.id.as_str())?;
    let secret = store::get::<Secret>(tx, known.account.id.as_str())?;
    let same = secret.is_some_and(|s| s.password == known.secret.password);
    match account.as_ref() == Some(&known.account) && same {
        true => Ok(()),
        false => Err(refuse::ticket().into()),
    }
}

/// The token against forged requests of a session; it needs no place of its own.
pub fn csrf(secret: &str) -> String {
    chance::digest(&format!("csrf:{secret}"))
}

/// Ends the session that the caller came with.
///
/// # Errors
/// AC216 when he came without one.
pub fn sign_out(desk: &Desk) -> Result<(), Faults> {
    let session = in_person(desk)?;
    finish(desk, &powers::SIGN_OUT, &session)
}

/// One's sessions, the newest first; those that ended stay listed until they are forgotten.
pub fn mine(desk: &Desk) -> Result<Vec<Session>, Faults> {
    let me = myself(desk)?;
    desk.look(&powers::SEE_SESSIONS, |tx| {
        Ok((Owner::city(), of(tx, &me)?))
    })
}

/// The sessions of an account, the newest first.
pub(super) fn of(tx: &mut Reading<'_>, account: &AccountId) -> Result<Vec<Session>, Faults> {
    let mut all = store::having::<Session>(tx, "account_id", account.as_str())?;
    all.reverse();
    Ok(all)
}

/// Ends one session of one's own.
///
/// # Errors
/// AC013 when there is none with this key that is one's own, AC216.
pub fn end_one(desk: &Desk, session: &SessionId) -> Result<(), Faults> {
    in_person(desk)?;
    finish(desk, &powers::END_SESSIONS, session)
}

fn finish(
    desk: &Desk,
    power: &crate::acts::powers::Power,
    session: &SessionId,
) -> Result<(), Faults> {
    let me = myself(desk)?;
    desk.act(power, &json!({ "session": session }), |tx| {
        let found = store::get::<Session>(tx, session.as_str())?;
        let held = found.filter(|s| s.account == me);
        let held = held.ok_or_else(|| shared::absent("session", session))?;
        end(tx, vec![held], power.act, desk.now())?;
        Ok(Done::new((), format!("account {me}"), Owner::city()))
    })
}

/// Ends all of one's sessions but the one in hand; how many.
pub fn end_others(desk: &Desk) -> Result<usize, Faults> {
    let (me, this) = (myself(desk)?, in_person(desk)?);
    desk.act(&powers::END_SESSIONS, &json!({ "but": this }), |tx| {
        let count = end_all(tx, &me, powers::END_SESSIONS.act, desk.now(), Some(&this))?;
        Ok(Done::new(count, format!("account {me}"), Owner::city()))
    })
}

/// Ends the live ones of some sessions; how many.
fn end(
    tx: &mut Writing<'_>,
    all: Vec<Session>,
    why: &str,
    now: DateTime<Utc>,
) -> Result<usize, Faults> {
    let mut live: Vec<Session> = all.into_iter().filter(|s| s.is_live(now)).collect();
    for session in &mut live {
        session.ended = Some(Ending {
            at: now,
            why: why.to_owned(),
        });
    }
    store::upsert_many(tx, &live)?;
    Ok(live.len())
}

/// Ends every session of an account, but perhaps one; how many.
pub(super) fn end_all(
    tx: &mut Writing<'_>,
    account: &AccountId,
    why: &str,
    now: DateTime<Utc>,
    but: Option<&SessionId>,
) -> Result<usize, Faults> {
    let mut all = store::having::<Session>(tx, "account_id", account.as_str())?;
    all.retain(|s| Some(&s.id) != but);
    end(tx, all, why, now)
}

/// Ends every session and token of an account: it may not act as before.
pub(super) fn shut(
    tx: &mut Writing<'_>,
    account: &AccountId,
    why: &str,
    now: DateTime<Utc>,
) -> Result<(), Faults> {
    end_all(tx, account, why, now, None)?;
    let mut tokens = store::having::<ApiToken>(tx, "account_id", account.as_str())?;
    tokens.retain(|t| t.is_live(now));
    for token in &mut tokens {
        token.revoked_at = Some(now);
    }
    store::upsert_many(tx, &tokens)?;
    Ok(())
}
