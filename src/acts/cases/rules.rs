//! The rules of the policy over a case: which hold, and which evidence is there.
//!
//! Not here: the rules themselves (`policy`).

use std::collections::BTreeSet;

use super::{bans, today};
use crate::acts::{Desk, freeze, refuse, rounds};
use crate::domain::application::Application;
use crate::domain::case::Case;
use crate::domain::fault::Faults;
use crate::domain::firm::Firm;
use crate::domain::ids::{FirmId, RoundId};
use crate::domain::procedure::Procedure;
use crate::domain::profile::{Profile, ProfileStage};
use crate::domain::round::day_in_shenzhen;
use crate::policy::eligibility::{self, Verdict};
use crate::policy::{self, Policy, housing_quota};
use crate::store::{self, Reading};

/// The policy of a round, with the day on which ages count: that of the cut-off.
pub(super) fn of_round(
    tx: &mut Reading<'_>,
    procedure: &Procedure,
    round: &RoundId,
) -> Result<(Policy, chrono::NaiveDate), Faults> {
    let day = match &procedure.guide {
        Some(guide) => day_in_shenzhen(guide.closes_at),
        None => freeze::round_of(tx, round)?.cut_off_day(),
    };
    let text = rounds::policy_text(tx, procedure, day)?;
    Ok((policy::read(&text)?, day))
}

/// The firm of a key; AC013.
pub(super) fn firm(tx: &mut Reading<'_>, id: &FirmId) -> Result<Firm, Faults> {
    let firm: Option<Firm> = store::get(tx, id.as_str())?;
    Ok(firm.ok_or_else(|| refuse::absent("firm", id))?)
}

/// Every rule with its outcome for a case that asks for this, by the firm's verified facts; and a ban that
/// bars the firm today.
pub(super) fn verdicts(
    desk: &Desk,
    tx: &mut Reading<'_>,
    procedure: &Procedure,
    case: &Case,
    application: &Application,
) -> Result<Vec<Verdict>, Faults> {
    let (policy, day) = of_round(tx, procedure, &case.round)?;
    let firm = firm(tx, &case.firm)?;
    let held = held(tx, case)?;
    let held: Vec<&str> = held.iter().map(String::as_str).collect();
    let mut all = eligibility::evaluate(&policy, &firm, application, &held, day);
    all.extend(housing_quota::asked(&policy, &firm, application, day));
    all.extend(bans::verdict(tx, &case.firm, today(desk))?);
    Ok(all)
}

/// Kinds of evidence that are there: with the case, and with the firm's profile unless it was refused.
fn held(tx: &mut Reading<'_>, case: &Case) -> Result<BTreeSet<String>, Faults> {
    let profile: Option<Profile> = store::get(tx, case.firm.as_str())?;
    let profile = profile.filter(|p| p.stage != ProfileStage::Refused);
    let once = profile.into_iter().flat_map(|p| p.evidence);
    Ok(once
        .chain(case.evidence.iter().cloned())
        .map(|file| file.kind)
        .collect())
}
