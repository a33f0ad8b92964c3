//! The district's review: accept, return for a supplement, verify, reject, open a wrong rejection again. Each
//! verdict leaves a remark; notes for officers stay with officers.
//!
//! Not here: flags (`flags`), the deadline's calendar (`domain::calendar`).

use serde_json::json;

use super::{at, bans, draft, flags, judged, moved, note, rules, short, sign, step, take, today};
use crate::acts::powers::Power;
use crate::acts::powers::cases::{ACCEPT_CASE, REJECT_CASE, REOPEN_CASE, RETURN_CASE, VERIFY_CASE};
use crate::acts::{Desk, refuse, rounds};
use crate::domain::application::Application;
use crate::domain::case::{Case, CaseStage, Remark};
use crate::domain::fault::{Code, Fault, Faults, Place};
use crate::domain::ids::{ApplicationId, RoundId};
use crate::domain::procedure::{Procedure, Step};
use crate::domain::profile::{Profile, ProfileStage};
use crate::policy::eligibility::{Outcome, Verdict};
use crate::policy::process::RejectReason;
use crate::store::{self, Reading, Writing, calendar};

/// A rule of the policy is not met, or its evidence is missing.
pub const UNMET: Code = Code("AC247");
/// The firm declared facts that its district has not verified.
pub const PROFILE_PENDING: Code = Code("AC249");
/// The firm may still supplement.
pub const SUPPLEMENT_RUNNING: Code = Code("AC250");

/// What an officer says of a case.
#[derive(Debug, Clone, Copy, Default)]
pub struct Words<'a> {
    /// For the firm.
    pub note: &'a str,
    /// For officers alone.
    pub internal: &'a str,
}

/// A verdict in the making.
struct Verdicts<'a> {
    power: &'static Power,
    to: CaseStage,
    reason: Option<&'a str>,
    words: Words<'a>,
}

impl Verdicts<'_> {
    /// Runs the verdict; `judge` may refuse it or add to it.
    fn give(
        &self,
        desk: &Desk,
        id: &ApplicationId,
        judge: impl FnOnce(&mut Writing<'_>, &Case, &Procedure, &mut Case) -> Result<(), Faults>,
    ) -> Result<Case, Faults> {
        let asked = json!({
            "case": id, "reason": self.reason,
            "note": self.words.note, "internal": self.words.internal,
        });
        desk.act(self.power, &asked, |tx| {
            let before = take(desk, tx, self.power, id)?;
            let mut after = moved(&before, self.to)?;
            let procedure = judged(tx, &before.round)?;
            short("note", self.words.note)?;
            short("internal", self.words.internal)?;
            judge(tx, &before, &procedure, &mut after)?;
            after.remarks.push(Remark {
                stage: self.to,
                reason: self.reason.map(str::to_owned),
                signed: sign(desk, self.words.note),
                internal: self.words.internal.trim().to_owned(),
            });
            draft::done(tx, &before, after)
        })
    }
}

/// Accepts a submitted case for review.
///
/// # Errors
/// AC445 while the firm is barred from applying.
pub fn accept(desk: &Desk, id: &ApplicationId, words: Words<'_>) -> Result<Case, Faults> {
    let verdict = Verdicts {
        power: &ACCEPT_CASE,
        to: CaseStage::Accepted,
        reason: None,
        words,
    };
    verdict.give(desk, id, |tx, before, _, after| {
        at(before, &[CaseStage::Submitted])?;
        bans::none(tx, &before.firm, today(desk))?;
        flags::refresh(tx, after)
    })
}

/// Returns a case for a supplement, with a note of what is missing. The deadline is the last of the
/// policy's working days after today.
///
/// # Errors
/// AC018 without a note, PO171 when the policy sets no period, DM200 when it leads into an unknown year.
pub fn send_back(desk: &Desk, id: &ApplicationId, words: Words<'_>) -> Result<Case, Faults> {
    let verdict = Verdicts {
        power: &RETURN_CASE,
        to: CaseStage::Returned,
        reason: None,
        words,
    };
    verdict.give(desk, id, |tx, before, procedure, after| {
        note("note", words.note)?;
        let (policy, _) = rules::of_round(tx, procedure, &before.round)?;
        let days = policy.process()?.supplement_working_days;
        let until = calendar::load(tx)?.after(today(desk), days)?;
        after.supplement_until = Some(until);
        Ok(())
    })
}

/// Verifies a case: it goes into the snapshot.
///
/// # Errors
/// AC017 for who typed it in, AC247 for each rule that is not met, AC248 for each open flag, AC249 while
/// the firm's declared facts are not verified.
pub fn verify(desk: &Desk, id: &ApplicationId, words: Words<'_>) -> Result<Case, Faults> {
    let verdict = Verdicts {
        power: &VERIFY_CASE,
        to: CaseStage::Verified,
        reason: None,
        words,
    };
    verdict.give(desk, id, |tx, before, procedure, after| {
        if before.typed_by.iter().any(|by| by == desk.actor()) {
            return Err(refuse::same_person("typed it in").into());
        }
        facts_known(tx, before)?;
        flags::refresh(tx, after)?;
        let mut faults = unmet(desk, tx, procedure, before)?;
        faults.extend(
            flags::all_cleared(after)
                .err()
                .map_or_else(Vec::new, |f| f.0),
        );
        Faults(faults).or(())
    })
}

/// Rejects a case with a reason of the policy's list and a note. One that was returned only after the
/// deadline; a verified one only before the freeze.
///
/// # Errors
/// AC018 for a reason that the policy does not name, AC250 while the supplement may still come.
pub fn reject(
    desk: &Desk,
    id: &ApplicationId,
    reason: &str,
    words: Words<'_>,
) -> Result<Case, Faults> {
    let verdict = Verdicts {
        power: &REJECT_CASE,
        to: CaseStage::Rejected,
        reason: Some(reason),
        words,
    };
    verdict.give(desk, id, |tx, before, procedure, after| {
        note("note", words.note)?;
        known_reason(tx, procedure, before, reason)?;
        if before.stage == CaseStage::Verified {
            step(procedure, &[Step::Guided])?;
        }
        if before.stage == CaseStage::Returned
            && before.supplement_until.is_some_and(|d| today(desk) <= d)
        {
            return Err(running(before).into());
        }
        after.supplement_until = None;
        Ok(())
    })
}

/// Opens a wrong rejection again, before the freeze.
///
/// # Errors
/// AC017 for who rejected it, AC018 without a note, AC014 once the round is frozen.
pub fn reopen(desk: &Desk, id: &ApplicationId, words: Words<'_>) -> Result<Case, Faults> {
    let verdict = Verdicts {
        power: &REOPEN_CASE,
        to: CaseStage::Accepted,
        reason: None,
        words,
    };
    verdict.give(desk, id, |tx, before, procedure, after| {
        at(before, &[CaseStage::Rejected])?;
        step(procedure, &[Step::Guided])?;
        note("note", words.note)?;
        let last = before.remarks.last();
        if last.is_some_and(|r| r.signed.by == desk.actor()) {
            return Err(refuse::same_person("rejected it").into());
        }
        flags::refresh(tx, after)
    })
}

fn running(case: &Case) -> Fault {
    let day = case.supplement_until.map(|d| d.to_string());
    Fault::new(
        SUPPLEMENT_RUNNING,
        format!(
            "the firm may supplement until {}",
            day.as_deref().unwrap_or_default()
        ),
        "wait until the deadline is over",
    )
}

/// AC249 while declared facts of the firm wait for their verdict.
fn facts_known(tx: &mut Reading<'_>, case: &Case) -> Result<(), Faults> {
    let profile: Option<Profile> = store::get(tx, case.firm.as_str())?;
    match profile.map(|p| p.stage) {
        Some(ProfileStage::Declared) => Err(Fault::new(
            PROFILE_PENDING,
            "the firm declared facts that are not verified",
            "verify or refuse its profile first",
        )
        .at(Place::subject(format!("profile {}", case.firm)))
        .into()),
        _ => Ok(()),
    }
}

/// AC247 for each rule that is not met.
fn unmet(
    desk: &Desk,
    tx: &mut Reading<'_>,
    procedure: &Procedure,
    case: &Case,
) -> Result<Vec<Fault>, Faults> {
    let application: Option<Application> = store::get(tx, case.id.as_str())?;
    let application = application.ok_or_else(|| refuse::absent("application", &case.id))?;
    let verdicts = rules::verdicts(desk, tx, procedure, case, &application)?;
    let fault = |v: Verdict| {
        let cause = format!("{}: {}", v.label.en, v.detail.en);
        let place = Place::subject(format!("rule {}", v.rule));
        let action = "return or reject the case, or complete the evidence";
        Fault::new(UNMET, cause, action).at(place)
    };
    let broken = verdicts.into_iter().filter(|v| v.outcome != Outcome::Met);
    Ok(broken.map(fault).collect())
}

fn known_reason(
    tx: &mut Reading<'_>,
    procedure: &Procedure,
    case: &Case,
    reason: &str,
) -> Result<(), Faults> {
    let (policy, _) = rules::of_round(tx, procedure, &case.round)?;
    let known = &policy.process()?.reject_reasons;
    if known.iter().any(|r| r.id == reason) {
        return Ok(());
    }
    let names: Vec<&str> = known.iter().map(|r| r.id.as_str()).collect();
    let cause = "the policy names no such reason";
    let action = format!("choose one of {}", names.join(", "));
    Err(refuse::unfit("reason", cause, &action).into())
}

/// The reasons that the policy of a round names, for those who must choose one.
pub fn reasons(desk: &Desk, round: &RoundId) -> Result<Vec<RejectReason>, Faults> {
    desk.store().read(|tx| {
        let procedure = rounds::procedure(tx, round)?;
        let (policy, _) = rules::of_round(tx, &procedure, round)?;
        Ok(policy.process.map_or_else(Vec::new, |p| p.reject_reasons))
    })
}
