//! The door: what a caller presents, and who turns it into somebody. The acts of people implement it
//! over the store; tests implement it over values.
//!
//! Not here: HTTP, how sign-in works.

use crate::domain::credential::Leave;
use crate::domain::fault::Faults;
use crate::domain::ids::{SessionId, TokenId};
use crate::domain::people::Actor;

/// What a caller presents. Never logged.
#[derive(Clone, Default)]
pub struct Presented {
    /// Secret of a sign-in (the session cookie).
    pub session: Option<String>,
    /// An API token (`Authorization: Bearer`).
    pub token: Option<String>,
}

impl Presented {
    /// True when nothing is presented.
    pub fn is_empty(&self) -> bool {
        self.session.is_none() && self.token.is_none()
    }
}

/// With what somebody came in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Via {
    /// With nothing, or by a door that needs nothing (the operator's command line).
    #[default]
    Nothing,
    /// With a session.
    Session(SessionId),
    /// With a token.
    Token(TokenId),
}

/// Somebody who came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered {
    /// Who he is.
    pub actor: Actor,
    /// How far what he came with goes; never beyond his role.
    pub leave: Leave,
    /// With what he came.
    pub via: Via,
}

impl From<Actor> for Entered {
    fn from(actor: Actor) -> Entered {
        Entered {
            actor,
            leave: Leave::Full,
            via: Via::Nothing,
        }
    }
}

/// Turns what is presented into somebody.
pub trait Doorkeeper: Send + Sync + 'static {
    /// Who presents this; the public when nothing is presented.
    ///
    /// # Errors
    /// AC010 when it is unknown or over; faults of the store.
    fn identify(&self, presented: &Presented) -> Result<Entered, Faults>;
}
