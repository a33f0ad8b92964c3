//! The door: what a caller presents, and who turns it into somebody. The acts of people implement it
//! over the store; tests implement it over values.
//!
//! Not here: HTTP, how sign-in works.

use crate::domain::fault::Faults;
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

/// Turns what is presented into somebody.
pub trait Doorkeeper: Send + Sync + 'static {
    /// Who presents this; the public when nothing is presented.
    ///
    /// # Errors
    /// AC010 when it is unknown or over; faults of the store.
    fn identify(&self, presented: &Presented) -> Result<Actor, Faults>;
}
