//! The guide (申报指南): number, text, window, policy. It may be corrected until the round is frozen.
//!
//! Not here: who applies within the window (cases).

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{at, procedure, sign, subject, view, words};
use crate::acts::act::{Done, Owner};
use crate::acts::powers::rounds::PUBLISH_GUIDE;
use crate::acts::{Desk, refuse};
use crate::domain::fault::{Code, Fault, Faults, Place};
use crate::domain::ids::RoundId;
use crate::domain::procedure::{Guide, Procedure, Step};
use crate::domain::round::{Round, day_in_shenzhen};
use crate::policy::{self, Policy};
use crate::store::{self, Reading, policies};

/// The window is empty or already over.
pub const BAD_WINDOW: Code = Code("AC280");
/// The window is shorter than the policy's, and nothing says why.
pub const SHORT_WINDOW: Code = Code("AC299");

/// A guide to be published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewGuide {
    /// Document number (文号).
    pub number: String,
    /// Text for applicants.
    pub text: String,
    /// First moment of the window.
    pub opens_at: DateTime<Utc>,
    /// First moment after the window.
    pub closes_at: DateTime<Utc>,
    /// Version of the policy.
    pub policy: String,
    /// Why the window is shorter than the policy asks, where it is; it is published with the guide.
    #[serde(default)]
    pub short_window: String,
}

/// Publishes the guide of a round, or a corrected one.
///
/// # Errors
/// AC280 for a window that is empty or over, AC013 for an unknown policy, AC018 for one that is not in
/// force during the window, AC299 for a window shorter than the policy's without a reason, AC014 once the
/// round is frozen.
pub fn publish(desk: &Desk, round: &RoundId, new: &NewGuide) -> Result<Procedure, Faults> {
    desk.act(
        &PUBLISH_GUIDE,
        &json!({ "round": round, "guide": new }),
        |tx| {
            let before = procedure(tx, round)?;
            at(&before, &[Step::Preparing, Step::Guided])?;
            words("number", &new.number)?;
            words("text", &new.text)?;
            window(new, desk.now())?;
            let policy = in_force(tx, new)?;
            begun(new, before.guide.as_ref(), desk.now())?;
            let short = short(&policy, new)?;
            let after = Procedure {
                step: Step::Guided,
                guide: Some(Guide {
                    number: new.number.clone(),
                    text: new.text.clone(),
                    opens_at: new.opens_at,
                    closes_at: new.closes_at,
                    policy: new.policy.clone(),
                    short_window: short,
                    published: sign(desk, ""),
                }),
                ..before.clone()
            };
            store::upsert_many(tx, std::slice::from_ref(&after))?;
            let known: Option<Round> = store::get(tx, round.as_str())?;
            let known = known.ok_or_else(|| refuse::absent("round", round))?;
            let read = view::tag_of(&known, &before)?;
            let done = Done::new(after.clone(), subject(round), Owner::city());
            Ok(done.read_as(read).before(&before)?.after(&after)?)
        },
    )
}

/// AC280 unless the window closes after it opens, and in the future.
fn window(new: &NewGuide, now: DateTime<Utc>) -> Result<(), Fault> {
    match new.opens_at < new.closes_at && now < new.closes_at {
        true => Ok(()),
        false => Err(bad_window(new, "is empty or over")),
    }
}

/// AC280 when the window opens before today; that of a guide that is out goes on from when it opened.
fn begun(new: &NewGuide, known: Option<&Guide>, now: DateTime<Utc>) -> Result<(), Fault> {
    let open = known.is_some_and(|guide| guide.opens_at == new.opens_at);
    match open || day_in_shenzhen(new.opens_at) >= day_in_shenzhen(now) {
        true => Ok(()),
        false => Err(bad_window(new, "begins in the past")),
    }
}

fn bad_window(new: &NewGuide, is: &str) -> Fault {
    let (opens, closes) = (new.opens_at, new.closes_at);
    let cause = format!("the window from {opens} until {closes} {is}");
    let action = "let the window open today or later, and close after that";
    Fault::new(BAD_WINDOW, cause, action)
}

/// The reason of a window that touches fewer days than the policy asks; empty for one that does not. AC299.
fn short(policy: &Policy, new: &NewGuide) -> Result<String, Faults> {
    let process = policy.process.as_ref();
    let days = process.map_or(0, |p| p.window_calendar_days);
    let last = new.closes_at - TimeDelta::microseconds(1);
    let whole = day_in_shenzhen(last) - day_in_shenzhen(new.opens_at);
    if whole.num_days() + 1 >= i64::from(days) {
        return Ok(String::new());
    }
    if new.short_window.trim().is_empty() {
        let cause = format!("the policy gives applicants {days} days, the window is shorter");
        let action = "let it close later, or say why it is shorter";
        let place = Place {
            column: Some("short_window".to_owned()),
            ..Place::default()
        };
        return Err(Fault::new(SHORT_WINDOW, cause, action).at(place).into());
    }
    words("short_window", &new.short_window)?;
    Ok(new.short_window.trim().to_owned())
}

/// The policy, which is in force on the first and the last day of the window.
fn in_force(tx: &mut Reading<'_>, new: &NewGuide) -> Result<Policy, Faults> {
    let stored = policies::get(tx, &new.policy)?;
    let stored = stored.ok_or_else(|| refuse::absent("policy", &new.policy))?;
    let read = policy::read(&stored.text)?;
    let meta = &read.meta;
    let (first, last) = (
        day_in_shenzhen(new.opens_at),
        day_in_shenzhen(new.closes_at),
    );
    if first < meta.effective_from || meta.effective_until.is_some_and(|end| end < last) {
        let cause = format!("policy {} is not in force during the window", new.policy);
        return Err(refuse::unfit("policy", cause, "name the version in force").into());
    }
    Ok(read)
}
