//! API tokens: made by the account for its own programs, shown once, never wider than the role.
//!
//! Not here: how a token is recognised (`keeper`), how its scope is enforced (`acts::act`).

use chrono::TimeDelta;
use serde_json::json;

use super::{chance, in_person, myself, refuse};
use crate::acts::Desk;
use crate::acts::act::{Done, Owner};
use crate::acts::powers::{self, Reach};
use crate::acts::refuse as shared;
use crate::domain::credential::{ApiToken, Leave, TokenKey};
use crate::domain::fault::{Fault, Faults};
use crate::domain::ids::TokenId;
use crate::domain::people::Role;
use crate::store;

/// Longest life of a token in days.
pub const DAYS_MAX: i64 = 366;
/// Most live tokens of an account.
pub const TOKENS_MAX: usize = 20;

/// A token to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// What its owner calls it.
    pub name: String,
    /// How far it goes.
    pub leave: Leave,
    /// For how many days.
    pub days: i64,
}

/// Makes a token; its secret is given here and never again.
///
/// # Errors
/// AC018 when name or days are not acceptable, AC216, AC218 when the scope is wider than the role.
pub fn make(desk: &Desk, wanted: &Wanted) -> Result<(ApiToken, String), Faults> {
    in_person(desk)?;
    proved(wanted, desk.person().role)?;
    let secret = format!("zc_{}", chance::secret()?);
    let token = ApiToken {
        id: chance::key("T", desk)?,
        account: myself(desk)?,
        name: wanted.name.trim().to_owned(),
        leave: wanted.leave.clone(),
        created_at: desk.now(),
        expires_at: desk.now() + TimeDelta::days(wanted.days),
        revoked_at: None,
    };
    let key = TokenKey {
        id: chance::digest(&secret),
        token: token.id.clone(),
        last_used: None,
    };
    shown_once(desk).act(&powers::people::MAKE_TOKEN, &token, |tx| {
        let all = store::having::<ApiToken>(tx, "account_id", token.account.as_str())?;
        if all.iter().filter(|t| t.is_live(desk.now())).count() >= TOKENS_MAX {
            let cause = format!("there are {TOKENS_MAX} live tokens");
            return Err(shared::unfit("name", cause, "revoke one first").into());
        }
        store::upsert_many(tx, std::slice::from_ref(&token))?;
        store::upsert_many(tx, std::slice::from_ref(&key))?;
        let subject = format!("token {}", token.id);
        Ok(Done::new((), subject, Owner::city()).after(&token)?)
    })?;
    Ok((token, secret))
}

/// The same desk for an act whose answer holds a secret: that it was done is remembered, the secret is not.
pub(super) fn shown_once(desk: &Desk) -> Desk {
    let wish = crate::acts::Wish {
        secret: true,
        ..desk.wish().clone()
    };
    desk.wishing(wish)
}

fn proved(wanted: &Wanted, role: Role) -> Result<(), Faults> {
    let mut faults = Vec::new();
    let length = wanted.name.trim().chars().count();
    if !(1..=60).contains(&length) {
        let cause = "the name is empty or longer than 60 characters";
        faults.push(shared::unfit("name", cause, "give it a short name"));
    }
    if !(1..=DAYS_MAX).contains(&wanted.days) {
        let cause = format!("{} days is not within 1 to {DAYS_MAX}", wanted.days);
        faults.push(shared::unfit("days", cause, "choose fewer days"));
    }
    if let Leave::Acts(acts) = &wanted.leave {
        faults.extend(acts.iter().filter(|a| !may(role, a)).map(|a| wider(a)));
    }
    Faults(faults).or(())
}

/// True when a token of the role may do this act.
fn may(role: Role, act: &str) -> bool {
    let mut all = powers::ALL.iter().flat_map(|some| some.iter());
    let in_person = powers::people::IN_PERSON.iter().any(|p| p.act == act);
    !in_person && all.any(|p| p.act == act && p.reach(role) != Reach::None)
}

fn wider(act: &str) -> Fault {
    let act: String = act.chars().take(60).collect();
    Fault::new(
        refuse::WIDER,
        format!("your role may not {act}, or not by a token"),
        "name acts of your role from the table of powers",
    )
}

/// One's tokens, the newest first, each with the moment of its last use.
pub fn mine(desk: &Desk) -> Result<Vec<(ApiToken, TokenKey)>, Faults> {
    let me = myself(desk)?;
    desk.look(&powers::people::SEE_TOKENS, |tx| {
        let mut all = Vec::new();
        for token in store::having::<ApiToken>(tx, "account_id", me.as_str())? {
            let keys = store::having::<TokenKey>(tx, "token_id", token.id.as_str())?;
            all.extend(keys.into_iter().next().map(|key| (token, key)));
        }
        all.reverse();
        Ok((Owner::city(), all))
    })
}

/// Revokes a token of one's own.
///
/// # Errors
/// AC013 when there is none with this key that is one's own, AC216.
pub fn revoke(desk: &Desk, id: &TokenId) -> Result<ApiToken, Faults> {
    in_person(desk)?;
    let me = myself(desk)?;
    desk.act(
        &powers::people::REVOKE_TOKEN,
        &json!({ "token": id }),
        |tx| {
            let found = store::get::<ApiToken>(tx, id.as_str())?;
            let old = found.filter(|t| t.account == me);
            let old = old.ok_or_else(|| shared::absent("token", id))?;
            let mut token = old.clone();
            token.revoked_at.get_or_insert(desk.now());
            store::upsert_many(tx, std::slice::from_ref(&token))?;
            let subject = format!("token {id}");
            let done = Done::new(token.clone(), subject, Owner::city());
            Ok(done.before(&old)?.after(&token)?)
        },
    )
}
