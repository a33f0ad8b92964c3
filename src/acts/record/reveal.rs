//! Revealing personal data: whole, to an officer who says why. The act is entered in the journal with the reason
//! and without the data, before anything is shown.
//!
//! Not here: what is personal (`domain::personal`); who handles a matter sees its data without this.

use serde::Serialize;
use serde_json::json;

use super::{masking, nouns};
use crate::acts::act::Done;
use crate::acts::powers::record::REVEAL;
use crate::acts::{Desk, refuse, rounds};
use crate::domain::fault::Faults;
use crate::domain::personal;

/// Personal data of a noun. No `Debug`, so that no log can hold it by mistake.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Revealed {
    /// The noun, for example `objection B-1`.
    pub subject: String,
    /// Path and text of each personal field.
    pub fields: Vec<(String, String)>,
}

/// Shows the personal data of a noun, with the reason. Nouns: case, profile, objection, account.
///
/// # Errors
/// AC018 without a reason or for another kind of noun, AC013, AC012 for another district's.
pub fn reveal(desk: &Desk, subject: &str, why: &str) -> Result<Revealed, Faults> {
    rounds::reason(why)?;
    let (kind, _) = nouns::split(subject)?;
    if !personal::FIELDS.iter().any(|f| f.noun == kind) {
        let action = "name a case, profile, objection or account";
        return Err(refuse::unfit("subject", "it has no personal data", action).into());
    }
    let asked = json!({ "subject": subject, "reason": why.trim() });
    desk.act(&REVEAL, &asked, |tx| {
        let known = nouns::known(tx, subject)?;
        let known = known.ok_or_else(|| refuse::absent("noun", subject))?;
        desk.own(&REVEAL, &known.owner)?;
        if known.closed {
            return Err(refuse::not_yours(REVEAL.act).into());
        }
        // What is answered here is remembered with the key of the act: it must not hold the data.
        Ok(Done::new((), format!("reveal {subject}"), known.owner))
    })?;
    let known = desk.store().read(|tx| nouns::known(tx, subject))?;
    let known = known.ok_or_else(|| refuse::absent("noun", subject))?;
    Ok(Revealed {
        subject: subject.to_owned(),
        fields: masking::found(&known.noun),
    })
}
