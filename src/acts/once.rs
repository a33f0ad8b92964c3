//! Acts that a caller marked with a key are done once, however often they are sent.
//!
//! Not here: how an act runs (`act`).

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::act::written;
use super::powers::Power;
use super::{Desk, refuse};
use crate::domain::fault::{Fault, Faults};
use crate::store::repeats::{self, Repeat};
use crate::store::{self, Reading, Writing, records};

/// How long a key against doing twice is remembered.
const REMEMBERED: chrono::TimeDelta = chrono::TimeDelta::days(2);

impl Desk {
    /// The answer of an act that was done under the same key. Acts that prepare something before their
    /// transaction ask this first: what they would prepare may not be possible a second time.
    ///
    /// # Errors
    /// AC010 to AC012 when he may not, AC016 when the key was used for something else.
    pub fn answered<T: DeserializeOwned>(
        &self,
        power: &Power,
        asked: &Value,
    ) -> Result<Option<T>, Faults> {
        self.may(power)?;
        self.store().read(|tx| self.repeated(tx, power, asked))
    }

    pub(super) fn repeated<T: DeserializeOwned>(
        &self,
        tx: &mut Reading<'_>,
        power: &Power,
        asked: &Value,
    ) -> Result<Option<T>, Faults> {
        let Some(id) = self.once() else {
            return Ok(None);
        };
        let Some(known) = store::get::<Repeat>(tx, &id)? else {
            return Ok(None);
        };
        if known.asked != self.question(power, asked) {
            return Err(Fault::new(
                refuse::KEY_REUSED,
                "the idempotency key was used for another act",
                "send a new key with each new act",
            )
            .into());
        }
        if known.answer.is_empty() {
            return Err(shown_once().into());
        }
        let answer = serde_json::from_str(&known.answer)
            .map_err(|e| Fault::new(refuse::UNWRITABLE, e.to_string(), "send a new key"))?;
        Ok(Some(answer))
    }

    pub(super) fn remember(
        &self,
        tx: &mut Writing<'_>,
        power: &Power,
        asked: &Value,
        answer: &impl Serialize,
    ) -> Result<(), Faults> {
        let Some(id) = self.once() else {
            return Ok(());
        };
        let repeat = Repeat {
            id,
            at: self.now(),
            asked: self.question(power, asked),
            answer: match self.wish().secret {
                true => String::new(),
                false => written(answer)?.to_string(),
            },
        };
        repeats::put(tx, &repeat, self.now() - REMEMBERED)?;
        Ok(())
    }

    /// What was asked, as it is remembered. What holds a secret is drawn anew each time it is asked, so there
    /// the act alone counts.
    fn question(&self, power: &Power, asked: &Value) -> String {
        match self.wish().secret {
            true => records::digest(power.act),
            false => records::digest(&format!("{}\n{asked}", power.act)),
        }
    }

    /// The remembered name of the key: a key of one actor says nothing to another.
    fn once(&self) -> Option<String> {
        let key = self.wish().once.as_ref()?;
        Some(records::digest(&format!("{}\n{key}", self.actor())))
    }
}

fn shown_once() -> Fault {
    Fault::new(
        refuse::SHOWN_ONCE,
        "this was done already, and the secret of the answer is shown only once",
        "look for what was made; make another with a new key, or reset it",
    )
}
