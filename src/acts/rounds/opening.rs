//! Opening a round (开设批次): its key, names, and when its leases begin. What it says of itself may be corrected
//! until its guide is published, because applicants rely on it from then on.
//!
//! Not here: the guide (`guide`), the operator's document of a round (`acts::documents`).

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{at, procedure, subject, today, view, words};
use crate::acts::act::{Done, Owner};
use crate::acts::powers::rounds::{BEGIN_ROUND, CORRECT_ROUND};
use crate::acts::{Desk, refuse};
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::ids::RoundId;
use crate::domain::procedure::Step;
use crate::domain::round::{Round, RoundState};
use crate::store;

/// There is a round of that key.
pub const ROUND_TAKEN: Code = Code("AC282");

/// Longest term of leases in months, as in the documents of rounds.
const MONTHS_MAX: u32 = 600;

/// What a round says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewRound {
    /// Key.
    pub id: RoundId,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// First day of the leases.
    pub start: NaiveDate,
    /// Term of the leases in months.
    pub lease_months: u32,
    /// Budget year of the subsidy; the year of the first day unless given.
    pub subsidy_year: Option<i32>,
    /// Announced seed; the first day as a number unless given.
    pub seed: Option<u64>,
}

/// Opens a round. AC282 when its key is taken, AC018 for a field.
pub fn begin(desk: &Desk, new: &NewRound) -> Result<Round, Faults> {
    desk.act(&BEGIN_ROUND, new, |tx| {
        let round = proved(desk, new)?;
        if store::get::<Round>(tx, new.id.as_str())?.is_some() {
            let cause = format!("there is a round {}", new.id);
            return Err(Fault::new(ROUND_TAKEN, cause, "choose another key").into());
        }
        store::upsert_many(tx, std::slice::from_ref(&round))?;
        // It is led through the procedure from now on: no plan of it is shown before its publicity.
        let begun = procedure(tx, &new.id)?;
        store::upsert_many(tx, std::slice::from_ref(&begun))?;
        let done = Done::new(round.clone(), subject(&new.id), Owner::city());
        Ok(done.after(&round)?)
    })
}

/// Corrects a round that has no guide yet.
///
/// # Errors
/// AC240 when the wish does not say what was read, AC015 when it was changed since, AC013, AC014 once its
/// guide is published, AC018 for a field.
pub fn correct(desk: &Desk, new: &NewRound) -> Result<Round, Faults> {
    desk.act(&CORRECT_ROUND, new, |tx| {
        let whole = procedure(tx, &new.id)?;
        at(&whole, &[Step::Preparing])?;
        if desk.wish().unchanged.is_none() {
            return Err(refuse::not_read().into());
        }
        let before: Option<Round> = store::get(tx, new.id.as_str())?;
        let before = before.ok_or_else(|| refuse::absent("round", &new.id))?;
        if before.state != RoundState::Open {
            return Err(refuse::wrong_state(subject(&new.id), "frozen", &["open"]).into());
        }
        let round = proved(desk, new)?;
        store::upsert_many(tx, std::slice::from_ref(&round))?;
        let read = view::tag_of(&before, &whole)?;
        let done = Done::new(round.clone(), subject(&new.id), Owner::city());
        Ok(done.read_as(read).before(&before)?.after(&round)?)
    })
}

/// AC018 unless the key can stand in an address as it is.
fn plain(key: &str) -> Result<(), Fault> {
    let fine = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    match key.chars().all(fine) && key.chars().count() <= 40 {
        true => Ok(()),
        false => {
            let cause = "a key has letters, digits and -_. alone, at most 40";
            Err(refuse::unfit("id", cause, "for example R2027-1"))
        }
    }
}

fn proved(desk: &Desk, new: &NewRound) -> Result<Round, Fault> {
    plain(new.id.as_str())?;
    words("name_zh", &new.name_zh)?;
    words("name_en", &new.name_en)?;
    let start = new.start;
    if start < today(desk) || start.year() > today(desk).year() + 10 {
        let cause = "the leases begin in the past, or in more than ten years";
        return Err(refuse::unfit("start", cause, "give a day to come"));
    }
    if !(1..=MONTHS_MAX).contains(&new.lease_months) {
        let cause = format!("{} months", new.lease_months);
        return Err(refuse::unfit("lease_months", cause, "give 1 to 600 months"));
    }
    let year = new.subsidy_year.unwrap_or(start.year());
    if (year - start.year()).abs() > 1 {
        let cause = format!("{year} is not near the first day of the leases");
        return Err(refuse::unfit(
            "subsidy_year",
            cause,
            "give the year of that day",
        ));
    }
    let digits = start.format("%Y%m%d").to_string();
    Ok(Round {
        id: new.id.clone(),
        name_zh: new.name_zh.trim().to_owned(),
        name_en: new.name_en.trim().to_owned(),
        start,
        lease_months: new.lease_months,
        // Until the guide names the end of the window, facts count as of now.
        cut_off: desk.now(),
        subsidy_year: year,
        seed: new
            .seed
            .unwrap_or_else(|| digits.parse().unwrap_or_default()),
        state: RoundState::Open,
    })
}
