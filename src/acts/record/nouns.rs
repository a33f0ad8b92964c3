//! Nouns by their name in the journal (`case A-1`): whose each is, and the noun itself as JSON.
//!
//! Not here: nouns of whole rounds and of the city, which belong to no firm and no district.

use serde::Serialize;
use serde_json::Value;

use crate::acts::act::Owner;
use crate::acts::refuse;
use crate::domain::account::Account;
use crate::domain::case::Case;
use crate::domain::claim::Claim;
use crate::domain::claw_back::ClawBack;
use crate::domain::commitment::Commitment;
use crate::domain::fault::Faults;
use crate::domain::finding::Finding;
use crate::domain::objection::Objection;
use crate::domain::offer::{Contract, Offer};
use crate::domain::people::Body;
use crate::domain::procedure::Procedure;
use crate::domain::profile::Profile;
use crate::domain::settlement::Settlement;
use crate::store::{self, Noun, Reading};

/// A noun and whose it is.
pub struct Known {
    /// Whose.
    pub owner: Owner,
    /// The noun as it is stored.
    pub noun: Value,
    /// True while it is a firm's own and not handed in.
    pub closed: bool,
}

/// The kind and the key of a subject; AC018 when it has no key.
pub fn split(subject: &str) -> Result<(&str, &str), Faults> {
    let parts = subject.split_once(' ').filter(|(_, key)| !key.is_empty());
    parts.ok_or_else(|| {
        let cause = format!("{subject:?} names no noun");
        let action = "name kind and key as the journal does, for example `case A-1`";
        refuse::unfit("subject", cause, action).into()
    })
}

/// The noun of a subject; `None` for subjects that are no noun of a firm or district.
pub fn known(tx: &mut Reading<'_>, subject: &str) -> Result<Option<Known>, Faults> {
    let (kind, key) = split(subject)?;
    match kind {
        "case" => of(tx, key, |c: &Case| {
            (Owner::of(&c.firm, &c.district), !c.is_open())
        }),
        "profile" => of(tx, key, |p: &Profile| {
            (Owner::of(&p.firm, &p.district), false)
        }),
        "offer" => of(tx, key, |o: &Offer| {
            (Owner::of(&o.firm, &o.district), false)
        }),
        "contract" => of(tx, key, |c: &Contract| {
            (Owner::of(&c.firm, &c.district), false)
        }),
        "objection" => of(tx, key, |o: &Objection| {
            let owner = Owner {
                firm: o.firm().cloned(),
                district: Some(o.district.clone()),
            };
            (owner, false)
        }),
        "claim" => of(tx, key, |c: &Claim| {
            (Owner::of(&c.firm, &c.district), !c.is_out())
        }),
        "commitment" => of(tx, key, |c: &Commitment| {
            (Owner::of(&c.firm, &c.district), false)
        }),
        "claw-back" => of(tx, key, |c: &ClawBack| {
            (Owner::of(&c.firm, &c.district), false)
        }),
        "settlement" => of(tx, key, |s: &Settlement| {
            (Owner::district(&s.district), false)
        }),
        "finding" => of(tx, key, |f: &Finding| {
            (Owner::of(&f.firm, &f.district), false)
        }),
        "account" => of(tx, key, |a: &Account| (account(a), false)),
        "round" => of(tx, key, |_: &Procedure| (Owner::city(), false)),
        _ => Ok(None),
    }
}

/// An account is of the district that looks after its firm, if it is a firm's; else of the city.
fn account(account: &Account) -> Owner {
    match &account.body {
        Body::Firm(firm) => Owner {
            firm: Some(firm.clone()),
            district: account.district.clone(),
        },
        _ => Owner::city(),
    }
}

fn of<T: Noun + Serialize>(
    tx: &mut Reading<'_>,
    key: &str,
    owner: impl Fn(&T) -> (Owner, bool),
) -> Result<Option<Known>, Faults> {
    let found: Option<T> = store::get(tx, key)?;
    let Some(noun) = found else {
        return Ok(None);
    };
    let (owner, closed) = owner(&noun);
    let noun = super::replay::written(&noun)?;
    Ok(Some(Known {
        owner,
        noun,
        closed,
    }))
}
