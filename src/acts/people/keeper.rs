//! The keeper of the door over the store: who presents this session or token, and is it still good.
//!
//! Not here: how sessions begin (`sign_in`), what each role may do (`powers`).

use chrono::{DateTime, TimeDelta, Utc};

use super::chance;
use crate::acts::Desk;
use crate::acts::door::{Doorkeeper, Entered, Presented, Via};
use crate::acts::refuse;
use crate::domain::account::{Account, AccountState};
use crate::domain::credential::{ApiToken, Leave, TokenKey};
use crate::domain::fault::{Fault, Faults};
use crate::domain::ids::AccountId;
use crate::domain::people::Actor;
use crate::domain::session::{Session, Sighting};
use crate::store::{self, Reading};

/// How exactly it is known when something was last used: a write for each request would take the
/// writer from the acts.
const EXACT_TO: TimeDelta = TimeDelta::minutes(1);

/// Minds the door over the store.
pub struct Keeper {
    desk: Desk,
}

impl Keeper {
    /// The keeper of the database of a desk.
    pub fn new(desk: Desk) -> Keeper {
        Keeper { desk }
    }

    fn by_session(&self, secret: &str) -> Result<Entered, Faults> {
        let (session, account) = self.desk.store().read(|tx| {
            let session = live(tx, &chance::digest(secret), self.desk.now())?;
            let account = usable(tx, &session.account)?;
            Ok::<_, Faults>((session, account))
        })?;
        self.saw(session.last_seen, |tx, now| {
            // Read again: it may have been ended meanwhile, and that must stay.
            if let Some(mut held) = store::get::<Session>(tx, session.id.as_str())?
                && held.is_live(now)
            {
                held.last_seen = now;
                tx.put(&held)?;
                sighted(tx, &held.account, now)?;
            }
            Ok(())
        });
        Ok(Entered {
            actor: actor(&account)?,
            leave: Leave::Full,
            via: Via::Session(session.id),
        })
    }

    fn by_token(&self, secret: &str) -> Result<Entered, Faults> {
        let now = self.desk.now();
        let (key, token, account) = self.desk.store().read(|tx| {
            let key = store::get::<TokenKey>(tx, &chance::digest(secret))?.ok_or_else(unknown)?;
            let token: ApiToken = store::need(tx, key.token.as_str())?;
            if !token.is_live(now) {
                return Err(unknown().into());
            }
            let account = usable(tx, &token.account)?;
            Ok::<_, Faults>((key, token, account))
        })?;
        self.saw(key.last_used.unwrap_or(token.created_at), |tx, now| {
            tx.put(&TokenKey {
                last_used: Some(now),
                ..key.clone()
            })?;
            sighted(tx, &token.account, now)
        });
        Ok(Entered {
            actor: actor(&account)?,
            leave: token.leave,
            via: Via::Token(token.id),
        })
    }

    /// Notes a use, at most once a minute. That it cannot be noted keeps nobody out.
    fn saw(
        &self,
        last: DateTime<Utc>,
        note: impl FnOnce(&mut store::traces::Keeping<'_, '_>, DateTime<Utc>) -> Result<(), Faults>,
    ) {
        let now = self.desk.now();
        if now - last < EXACT_TO {
            return;
        }
        if let Err(faults) = self.desk.store().keep(|tx| note(tx, now)) {
            tracing::warn!(%faults, "a use could not be noted");
        }
    }
}

impl Doorkeeper for Keeper {
    fn identify(&self, presented: &Presented) -> Result<Entered, Faults> {
        match (&presented.token, &presented.session) {
            (Some(token), _) => self.by_token(token),
            (None, Some(session)) => self.by_session(session),
            (None, None) => Ok(Actor::public().into()),
        }
    }
}

/// The live session of a digest; AC010.
pub(super) fn live(
    tx: &mut Reading<'_>,
    digest: &str,
    now: DateTime<Utc>,
) -> Result<Session, Faults> {
    let found = store::having::<Session>(tx, "digest", digest)?;
    let session = found.into_iter().find(|s| s.is_live(now));
    Ok(session.ok_or_else(unknown)?)
}

fn usable(tx: &mut Reading<'_>, id: &AccountId) -> Result<Account, Faults> {
    let account = store::get::<Account>(tx, id.as_str())?;
    let active = account.filter(|a| a.state == AccountState::Active);
    Ok(active.ok_or_else(unknown)?)
}

/// Who an account is when he acts; AC010 when it has no role.
pub(super) fn actor(account: &Account) -> Result<Actor, Faults> {
    Ok(Actor {
        id: account.id.to_string(),
        role: account.role.ok_or_else(unknown)?,
        body: account.body.clone(),
    })
}

fn sighted(
    tx: &mut store::traces::Keeping<'_, '_>,
    account: &AccountId,
    now: DateTime<Utc>,
) -> Result<(), Faults> {
    let sighting = Sighting {
        id: account.clone(),
        at: now,
    };
    Ok(tx.put(&sighting)?)
}

fn unknown() -> Fault {
    Fault::new(
        refuse::SIGN_IN,
        "the sign-in is unknown or over",
        "sign in again",
    )
}
