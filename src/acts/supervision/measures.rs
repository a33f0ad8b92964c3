//! Measures (处理决定): another officer than the inspectors decides on a finding, after the reply or its last day.
//! Bans, suspensions and proposals to claw back come into being in the same act.
//!
//! A termination is decided here and carried out by `rounds::contract_end::terminate` with its notice.
//!
//! Not here: lifting (`sanctions`).

use std::collections::BTreeSet;

use chrono::{Months, NaiveDate};
use serde::Serialize;
use serde_json::json;

use super::findings::{at, change};
use super::{fresh, rules, sign, today, words};
use crate::acts::powers::supervision::DECIDE_FINDING;
use crate::acts::rounds::contracts;
use crate::acts::{Desk, refuse};
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::finding::{Finding, FindingStage, Measure};
use crate::domain::ids::FindingId;
use crate::domain::sanction::{Ban, Proposal, ProposalStage, SanctionStage, Suspension};
use crate::domain::signature::Signature;
use crate::store::{self, Noun, Reading, Writing};

/// The firm may still reply.
pub const REPLY_RUNNING: Code = Code("AC443");

/// Decides on a finding. Without measures it is dismissed.
///
/// # Errors
/// AC017 for an inspector, AC443 while the firm may still reply, AC018 for a reason or a day that cannot
/// be, or a measure that stands there twice, AC014 when it is decided.
pub fn decide(
    desk: &Desk,
    id: &FindingId,
    measures: &[Measure],
    why: &str,
) -> Result<Finding, Faults> {
    let asked = json!({ "finding": id, "measures": measures, "reason": why });
    change(desk, (&DECIDE_FINDING, id), &asked, |tx, finding| {
        at(finding, &[FindingStage::Open, FindingStage::Replied])?;
        let by = desk.actor();
        if finding.inspectors.iter().any(|i| i == by) || finding.entered.by == by {
            return Err(refuse::same_person("inspected").into());
        }
        if finding.stage == FindingStage::Open && today(desk) <= finding.reply_due {
            let cause = format!("the firm may reply until {}", finding.reply_due);
            return Err(Fault::new(REPLY_RUNNING, cause, "wait for the reply").into());
        }
        words("reason", why)?;
        proved(measures, today(desk))?;
        finding.measures = measures.to_vec();
        finding.decided = Some(sign(desk, why));
        finding.stage = next(finding);
        if finding.stage == FindingStage::Closed {
            finding.closed = finding.decided.clone();
        }
        bring_about(desk, tx, finding, &sign(desk, why))
    })
}

/// Dismissed without measures; closed when none asks for anything more.
fn next(finding: &Finding) -> FindingStage {
    if finding.measures.is_empty() {
        FindingStage::Dismissed
    } else if finding.rectify_by().is_some() || finding.terminates() {
        FindingStage::Decided
    } else {
        FindingStage::Closed
    }
}

/// AC018 for a measure that stands there twice or a day that cannot be.
fn proved(measures: &[Measure], today: NaiveDate) -> Result<(), Fault> {
    let mut seen = BTreeSet::new();
    for measure in measures {
        let name = measure.name();
        if !seen.insert(name) {
            return Err(refuse::unfit(
                "measures",
                "one is there twice",
                "name it once",
            ));
        }
        let past = match measure {
            Measure::Rectify { by } => *by <= today,
            Measure::Suspend { from, until } => until.is_some_and(|last| last < *from),
            Measure::Ban { until: Some(last) } => *last <= today,
            Measure::ClawBack { from } => *from > today,
            Measure::Warn | Measure::Terminate | Measure::Ban { until: None } => false,
        };
        if past {
            let cause = format!("the day of {name} cannot be");
            return Err(refuse::unfit("measures", cause, "correct the day"));
        }
    }
    Ok(())
}

fn bring_about(
    desk: &Desk,
    tx: &mut Writing<'_>,
    finding: &Finding,
    ordered: &Signature,
) -> Result<(), Faults> {
    for measure in &finding.measures {
        match measure {
            Measure::Suspend { from, until } => {
                let new = suspension(finding, (*from, *until), ordered)?;
                begun(desk, tx, (&format!("suspension {}", new.id), &new))?;
            }
            Measure::ClawBack { from } => {
                let first = contracts::need(tx, &finding.contract)?.holds.from();
                if *from < first {
                    let cause =
                        format!("the contract begins on {first}, after the day of claw_back");
                    return Err(refuse::unfit("measures", cause, "correct the day").into());
                }
                let new = proposal(finding, *from, ordered)?;
                begun(desk, tx, (&format!("claw-back proposal {}", new.id), &new))?;
            }
            Measure::Ban { until } => {
                let last = match (until, usual_end(tx, today(desk))) {
                    (Some(last), Ok(longest)) if *last > longest => {
                        let cause = format!("the policy bars until {longest} at the longest");
                        return Err(refuse::unfit("measures", cause, "correct the day").into());
                    }
                    (Some(last), _) => *last,
                    (None, usual) => usual?,
                };
                let new = ban(finding, (today(desk), last), ordered)?;
                begun(desk, tx, (&format!("ban {}", new.id), &new))?;
            }
            Measure::Warn | Measure::Rectify { .. } | Measure::Terminate => {}
        }
    }
    Ok(())
}

/// Stores what comes into being, with an entry of its own.
fn begun<T: Noun + Serialize>(
    desk: &Desk,
    tx: &mut Writing<'_>,
    (subject, new): (&str, &T),
) -> Result<(), Faults> {
    store::upsert_many(tx, std::slice::from_ref(new))?;
    desk.beside(tx, &DECIDE_FINDING, subject, (&(), new))
}

/// The last day of a ban that begins today: the months of the policy. PO171 when it states none.
fn usual_end(tx: &mut Reading<'_>, today: NaiveDate) -> Result<NaiveDate, Faults> {
    let policy = rules(tx, today)?;
    let months = policy.process()?.ban_months;
    let end = today.checked_add_months(Months::new(months));
    Ok(end.ok_or_else(|| {
        let cause = format!("{months} months from {today} leave the calendar");
        refuse::unfit("measures", cause, "name the last day of the ban")
    })?)
}

fn ban(
    finding: &Finding,
    (from, until): (NaiveDate, NaiveDate),
    ordered: &Signature,
) -> Result<Ban, Fault> {
    Ok(Ban {
        id: fresh("N")?,
        firm: finding.firm.clone(),
        district: finding.district.clone(),
        finding: finding.id.clone(),
        from,
        until,
        stage: SanctionStage::Standing,
        ordered: ordered.clone(),
        lifted: None,
    })
}

fn suspension(
    finding: &Finding,
    (from, until): (NaiveDate, Option<NaiveDate>),
    ordered: &Signature,
) -> Result<Suspension, Fault> {
    Ok(Suspension {
        id: fresh("U")?,
        contract: finding.contract.clone(),
        firm: finding.firm.clone(),
        district: finding.district.clone(),
        finding: finding.id.clone(),
        from,
        until,
        stage: SanctionStage::Standing,
        ordered: ordered.clone(),
        lifted: None,
    })
}

fn proposal(finding: &Finding, from: NaiveDate, proposed: &Signature) -> Result<Proposal, Fault> {
    Ok(Proposal {
        id: fresh("P")?,
        contract: finding.contract.clone(),
        firm: finding.firm.clone(),
        district: finding.district.clone(),
        finding: finding.id.clone(),
        from,
        stage: ProposalStage::Open,
        proposed: proposed.clone(),
        settled: None,
    })
}
