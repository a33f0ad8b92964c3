//! Acts of people: who they are, how they sign in.
//!
//! Not here: what each role may do (`powers`).

use super::Desk;
use super::door::{Doorkeeper, Presented};
use super::refuse;
use crate::domain::fault::{Fault, Faults};
use crate::domain::people::Actor;

/// Minds the door over the store.
pub struct Keeper {
    #[expect(dead_code, reason = "accounts are looked up here once they are stored")]
    desk: Desk,
}

impl Keeper {
    /// The keeper of the database of a desk.
    pub fn new(desk: Desk) -> Keeper {
        Keeper { desk }
    }
}

impl Doorkeeper for Keeper {
    fn identify(&self, presented: &Presented) -> Result<Actor, Faults> {
        if presented.is_empty() {
            return Ok(Actor::public());
        }
        Err(Fault::new(
            refuse::SIGN_IN,
            "the sign-in is unknown or over",
            "sign in again",
        )
        .into())
    }
}
