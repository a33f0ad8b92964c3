//! Supervision (监督检查): quarterly statements, draws of spot checks, visits, findings, measures, bans. One
//! file, one part.
//!
//! Which rules count: those of the policy in force on the day, for supervision concerns contracts of many
//! rounds at once.
//!
//! Not here: ends of contracts (`acts::rounds::contract_end`), money paid and ordered back (money).

pub mod draws;
pub mod due;
pub mod findings;
pub mod kpis;
pub mod lottery;
pub mod measures;
pub mod officers;
pub mod published;
mod risks;
pub mod sanctions;
pub mod statements;
pub mod visits;

use chrono::NaiveDate;

use super::freeze::NO_POLICY;
use super::policy::in_force_on;
use super::{Bounds, Desk, refuse};
use crate::acts::act::Scope;
use crate::domain::fault::{Fault, Faults};
use crate::domain::round::day_in_shenzhen;
use crate::domain::signature::Signature;
use crate::policy::process::STATEMENT_DAYS;
use crate::policy::{self, Policy};
use crate::store::{self, Noun, Reading};

/// Longest text in characters.
const TEXT_MAX: usize = 4000;

/// The policy in force on a day; AC110 when there is none.
fn rules(tx: &mut Reading<'_>, day: NaiveDate) -> Result<Policy, Faults> {
    let stored = in_force_on(tx, day)?.ok_or_else(|| {
        let cause = format!("no stored policy is in force on {day}");
        Fault::new(NO_POLICY, cause, "publish a policy first")
    })?;
    policy::read(&stored.text)
}

/// Calendar days for a statement: those of the policy, or the default of the program where no policy is in
/// force or it says nothing.
fn statement_days(tx: &mut Reading<'_>, day: NaiveDate) -> Result<u32, Faults> {
    let stored = in_force_on(tx, day)?;
    let process = stored.map(|p| policy::read(&p.text)).transpose()?;
    let process = process.and_then(|p| p.process);
    Ok(process.map_or(STATEMENT_DAYS, |p| p.statement_calendar_days))
}

/// AC018 of a field when its text is empty or too long.
fn words(field: &str, text: &str) -> Result<(), Fault> {
    if text.trim().is_empty() {
        return Err(refuse::unfit(field, "it is empty", "say it in words"));
    }
    short(field, text)
}

/// AC018 of a field when its text is too long.
fn short(field: &str, text: &str) -> Result<(), Fault> {
    match text.chars().count() {
        n if n > TEXT_MAX => Err(refuse::unfit(field, "it is too long", "say it shorter")),
        _ => Ok(()),
    }
}

/// The actor's mark, now.
fn sign(desk: &Desk, reason: &str) -> Signature {
    Signature {
        by: desk.actor().to_owned(),
        at: desk.now(),
        reason: reason.trim().to_owned(),
    }
}

/// The same mark for eyes that may not know the account.
fn unnamed(mark: &mut Signature) {
    mark.by = String::new();
}

/// Today in Shenzhen.
fn today(desk: &Desk) -> NaiveDate {
    day_in_shenzhen(desk.now())
}

/// A new key of a kind.
fn fresh<K: std::str::FromStr<Err = Fault>>(letter: &str) -> Result<K, Fault> {
    format!("{letter}-{}", uuid::Uuid::now_v7().simple()).parse()
}

/// One noun of a key, or AC013.
fn need<T: Noun>(tx: &mut Reading<'_>, key: &str) -> Result<T, Faults> {
    Ok(store::get(tx, key)?.ok_or_else(|| refuse::absent(T::NOUN, key))?)
}

/// What a scope asks of the columns.
fn scoped(scope: Scope) -> Vec<(&'static str, String)> {
    match scope {
        Scope::All => Vec::new(),
        Scope::Firm(firm) => vec![("firm_id", firm.to_string())],
        Scope::District(district) => vec![("district_id", district.to_string())],
    }
}

fn page<T: Noun>(
    desk: &Desk,
    equal: Vec<(&'static str, String)>,
    bounds: impl Into<Bounds>,
) -> Result<Vec<T>, Faults> {
    let filter = bounds.into().filter::<T>(equal)?;
    Ok(desk.store().read(|tx| store::select(tx, &filter))?)
}
