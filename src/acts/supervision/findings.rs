//! Findings (检查发现问题) on their way: the firm replies in time, says that it has mended what was decided; an
//! officer confirms that nothing remains, or that it is not mended.
//!
//! Not here: the decision (`measures`), entering (`visits`).

use serde_json::{Value, json};

use super::{need, page, scoped, sign, today, unnamed, words};
use crate::acts::act::{Done, Owner, tag};
use crate::acts::powers::Power;
use crate::acts::powers::supervision::{CLOSE_FINDING, MEND_FINDING, REPLY_FINDING, SEE_VISIT};
use crate::acts::rounds::contracts;
use crate::acts::{Desk, refuse};
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::finding::{Finding, FindingStage};
use crate::domain::ids::{ContractId, FindingId};
use crate::domain::offer::ContractStage;
use crate::store::{self, Writing};

/// The last day for a reply is over.
pub const REPLY_LATE: Code = Code("AC442");
/// Something that was decided is not carried out.
pub const REMAINS: Code = Code("AC444");

/// Whose a finding is.
pub(super) fn owner(finding: &Finding) -> Owner {
    Owner::of(&finding.firm, &finding.district)
}

/// AC014 unless it stands at one of the stages.
pub(super) fn at(finding: &Finding, stages: &[FindingStage]) -> Result<(), Fault> {
    if stages.contains(&finding.stage) {
        return Ok(());
    }
    let needs: Vec<&str> = stages.iter().map(|s| s.name()).collect();
    let subject = format!("finding {}", finding.id);
    Err(refuse::wrong_state(subject, finding.stage.name(), &needs))
}

/// Changes a finding.
pub(super) fn change(
    desk: &Desk,
    (power, id): (&'static Power, &FindingId),
    asked: &Value,
    work: impl FnOnce(&mut Writing<'_>, &mut Finding) -> Result<(), Faults>,
) -> Result<Finding, Faults> {
    desk.act(power, asked, |tx| {
        let before: Finding = need(tx, id.as_str())?;
        desk.own(power, &owner(&before))?;
        let mut after = before.clone();
        work(tx, &mut after)?;
        store::upsert_many(tx, std::slice::from_ref(&after))?;
        let done = Done::new(after.clone(), format!("finding {id}"), owner(&after));
        Ok(done.before(&before)?.after(&after)?)
    })
}

/// The firm replies to a finding.
///
/// # Errors
/// AC442 after the last day, AC018 without words, AC014 unless it is open.
pub fn reply(desk: &Desk, id: &FindingId, text: &str) -> Result<Finding, Faults> {
    let asked = json!({ "finding": id, "reply": text });
    change(desk, (&REPLY_FINDING, id), &asked, |_, finding| {
        at(finding, &[FindingStage::Open])?;
        words("reply", text)?;
        if finding.reply_due < today(desk) {
            let cause = format!("the last day was {}", finding.reply_due);
            let say = "write to the district; the decision may take it into account";
            return Err(Fault::new(REPLY_LATE, cause, say).into());
        }
        finding.stage = FindingStage::Replied;
        finding.reply = Some(sign(desk, text));
        Ok(())
    })
}

/// The firm says that it has mended what it was to rectify, and how. Also after the day: a late
/// mending is seen by its date.
///
/// # Errors
/// AC018 without words or when nothing was to be rectified, AC014 unless it is decided.
pub fn mend(desk: &Desk, id: &FindingId, text: &str) -> Result<Finding, Faults> {
    let asked = json!({ "finding": id, "mended": text });
    change(desk, (&MEND_FINDING, id), &asked, |_, finding| {
        at(finding, &[FindingStage::Decided])?;
        words("mended", text)?;
        if finding.rectify_by().is_none() {
            let cause = "nothing was to be rectified";
            return Err(refuse::unfit("mended", cause, "look at the measures").into());
        }
        finding.stage = FindingStage::Mended;
        finding.mended = Some(sign(desk, text));
        Ok(())
    })
}

/// An officer confirms that nothing remains: what was to be rectified is mended, a contract that was to
/// be ended is ended.
///
/// # Errors
/// AC444 when something remains, AC018 without words, AC014 unless it is decided or mended.
pub fn close(desk: &Desk, id: &FindingId, note: &str) -> Result<Finding, Faults> {
    let asked = json!({ "finding": id, "closed": true, "note": note });
    change(desk, (&CLOSE_FINDING, id), &asked, |tx, finding| {
        at(finding, &[FindingStage::Decided, FindingStage::Mended])?;
        words("note", note)?;
        if finding.rectify_by().is_some() && finding.stage != FindingStage::Mended {
            return Err(remains("the firm has not said that it is mended").into());
        }
        let contract = contracts::need(tx, &finding.contract)?;
        if finding.terminates() && contract.stage == ContractStage::InForce {
            return Err(remains("the contract is not ended").into());
        }
        finding.stage = FindingStage::Closed;
        finding.closed = Some(sign(desk, note));
        Ok(())
    })
}

fn remains(cause: &str) -> Fault {
    Fault::new(REMAINS, cause, "carry the measure out first")
}

/// An officer finds that it is not mended: the firm mends it again.
///
/// # Errors
/// AC018 without a reason, AC014 unless the firm says that it is mended.
pub fn not_mended(desk: &Desk, id: &FindingId, why: &str) -> Result<Finding, Faults> {
    let asked = json!({ "finding": id, "closed": false, "note": why });
    change(desk, (&CLOSE_FINDING, id), &asked, |_, finding| {
        at(finding, &[FindingStage::Mended])?;
        words("note", why)?;
        finding.stage = FindingStage::Decided;
        finding.mended = None;
        Ok(())
    })
}

/// A firm does not learn the names of officers.
fn for_eyes(desk: &Desk, mut finding: Finding) -> Finding {
    if desk.person().role.is_firm() {
        finding.inspectors.clear();
        unnamed(&mut finding.entered);
        finding.decided.iter_mut().for_each(unnamed);
        finding.closed.iter_mut().for_each(unnamed);
    }
    finding
}

/// One finding, with the digest of the whole of it.
pub fn one(desk: &Desk, id: &FindingId) -> Result<(Finding, String), Faults> {
    desk.look(&SEE_VISIT, |tx| {
        let finding: Finding = need(tx, id.as_str())?;
        let tag = tag(&finding)?;
        Ok((owner(&finding), (for_eyes(desk, finding), tag)))
    })
}

/// The findings that the actor may see, by key.
pub fn list(
    desk: &Desk,
    contract: Option<&ContractId>,
    stage: Option<FindingStage>,
    bounds: impl Into<super::Bounds>,
) -> Result<Vec<Finding>, Faults> {
    let mut equal = scoped(desk.scope(&SEE_VISIT)?);
    equal.extend(contract.map(|c| ("contract_id", c.to_string())));
    equal.extend(stage.map(|s| ("stage", s.name().to_owned())));
    let all: Vec<Finding> = page(desk, equal, bounds)?;
    Ok(all.into_iter().map(|f| for_eyes(desk, f)).collect())
}
