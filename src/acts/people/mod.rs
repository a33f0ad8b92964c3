//! Acts of people: accounts, how they sign in, sessions, tokens, the first administrators.
//!
//! Not here: what each role may do (`powers`), cookies and headers (`web`).

pub mod accounts;
pub mod again;
pub mod attempts;
mod chance;
pub mod demo;
pub mod demo_path;
pub mod firms;
pub mod hash;
mod keeper;
pub mod password;
pub mod power_over;
pub mod refuse;
pub mod secrets;
pub mod sessions;
pub mod setup;
pub mod sign_in;
pub mod steps;
pub mod tokens;
mod tools;
pub mod totp;
pub mod vault;

pub use keeper::Keeper;
pub use tools::{Tools, Ways};

use super::Desk;
use super::door::Via;
use crate::domain::fault::{Fault, Faults};
use crate::domain::ids::{AccountId, SessionId};

/// The account of whoever sits at a desk.
fn myself(desk: &Desk) -> Result<AccountId, Faults> {
    Ok(desk.actor().parse()?)
}

/// The session of whoever sits at a desk; AC216 when he came otherwise.
fn in_person(desk: &Desk) -> Result<SessionId, Faults> {
    match desk.via() {
        Via::Session(id) => Ok(id.clone()),
        _ => Err(Fault::new(
            refuse::IN_PERSON,
            "this needs a session, not a token",
            "sign in",
        )
        .into()),
    }
}
