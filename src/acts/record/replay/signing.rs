//! Signatures: each is shown by an entry of that person at that moment, and his role had the power then.
//!
//! Not here: whether two persons differ, which each kind of decision asks.

use super::report::{Replay, Signed};
use crate::acts::act::Owner;
use crate::acts::powers::{self, Power, Reach};
use crate::acts::record::trail::Step;
use crate::domain::people::{Actor, Body};
use crate::domain::signature::Signature;

/// A signature to be shown.
pub struct Mark<'a> {
    /// Which, for example `approved`.
    pub what: &'a str,
    /// The signature as stored.
    pub signed: &'a Signature,
    /// The acts that leave it; empty = any that is in the table.
    pub by: &'a [&'a Power],
    /// Whose the thing is.
    pub owner: &'a Owner,
}

/// Looks for the entry of a signature and for the power behind it; the entry's step.
pub fn shown<'s>(report: &mut Replay, steps: &'s [Step], mark: &Mark<'_>) -> Option<&'s Step> {
    let place = format!("signature {}", mark.what);
    let step = steps.iter().find(|s| {
        let entry = &s.entered.entry;
        let act = mark.by.is_empty() || mark.by.iter().any(|p| p.act == entry.act);
        act && entry.actor == mark.signed.by && entry.at == mark.signed.at
    });
    let Some(step) = step else {
        let expected = format!("an entry of {} at {}", mark.signed.by, mark.signed.at);
        report.differs(place, expected, "none");
        return None;
    };
    let act = &step.entered.entry.act;
    let (Some(power), Some(record)) = (powers::named(act), &step.record) else {
        report.differs(place, format!("a power to {act}"), "none in the table");
        return None;
    };
    if !had(power, &record.actor, mark.owner) {
        let role = record.actor.role.name();
        report.differs(place, format!("a role that may {act}"), role);
    }
    report.signatures.push(Signed {
        what: mark.what.to_owned(),
        by: mark.signed.by.clone(),
        role: record.actor.role.name().to_owned(),
        at: mark.signed.at,
        entry: step.entered.seq,
    });
    Some(step)
}

/// True when an actor, as he was recorded, had a power over a thing of an owner.
fn had(power: &Power, actor: &Actor, owner: &Owner) -> bool {
    match power.reach(actor.role) {
        Reach::None => false,
        Reach::All => true,
        Reach::Own => match &actor.body {
            Body::Firm(firm) => owner.firm.as_ref() == Some(firm),
            Body::District(district) => owner.district.as_ref() == Some(district),
            Body::City => false,
        },
    }
}

/// Tells a difference when maker and checker are one person.
pub fn apart(report: &mut Replay, what: &str, maker: &str, checker: &str) {
    if maker == checker {
        report.differs(what, "two persons", "one person made and checked it");
    } else {
        report.proves(format!("{what}: two persons"));
    }
}
