//! Visits (实地检查): two officers of the district, one of whom enters what they saw and found. A drawn contract
//! is visited once for its draw, by the officers who were drawn.
//!
//! Not here: what becomes of findings (`findings`, `measures`).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{fresh, need, officers, page, rules, scoped, sign, today, unnamed, words};
use crate::acts::act::{Done, Owner};
use crate::acts::powers::supervision::{ENTER_VISIT, SEE_VISIT};
use crate::acts::rounds::contracts;
use crate::acts::{Desk, refuse};
use crate::domain::draw::Draw;
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::finding::{Finding, FindingKind, FindingStage};
use crate::domain::ids::{ContractId, DrawId, VisitId};
use crate::domain::offer::Contract;
use crate::domain::round::day_in_shenzhen;
use crate::domain::visit::Visit;
use crate::policy::process::FINDING_REPLY_DAYS;
use crate::store::{self, Reading, calendar};

/// The draw did not pick this contract, or not these officers.
pub const NOT_DRAWN: Code = Code("AC440");

/// Most findings of a visit.
const FINDINGS_MAX: usize = 50;

/// Something wrong that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewFinding {
    /// Kind.
    pub kind: FindingKind,
    /// Clause that is broken.
    pub clause: String,
    /// What is wrong.
    pub text: String,
}

/// A visit to be entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewVisit {
    /// From which draw; `None` for a visit with a cause of its own.
    pub draw: Option<DrawId>,
    /// On which day.
    pub on: NaiveDate,
    /// Account of the second officer.
    pub colleague: String,
    /// What was seen.
    pub seen: String,
    /// What is wrong; may be nothing.
    pub findings: Vec<NewFinding>,
}

impl NewVisit {
    fn prove(&self, desk: &Desk, contract: &Contract) -> Result<(), Faults> {
        words("seen", &self.seen)?;
        for finding in &self.findings {
            words("clause", &finding.clause)?;
            words("text", &finding.text)?;
        }
        if self.findings.len() > FINDINGS_MAX {
            return Err(refuse::unfit("findings", "more than 50", "join some of them").into());
        }
        if self.on > today(desk) || self.on < contract.holds.from() {
            let cause = "the day is to come, or before the contract";
            return Err(refuse::unfit("on", cause, "name the day of the visit").into());
        }
        if self.colleague == desk.actor() {
            return Err(refuse::same_person("enter the visit").into());
        }
        Ok(())
    }
}

/// Enters a visit with its findings. The firm replies to each within the policy's working days.
///
/// # Errors
/// AC018 by field, AC017 when the second officer is the first, AC440 when the draw says otherwise, AC014
/// when the contract was visited for the draw already, DM200 when the day of the reply cannot be counted.
pub fn enter(
    desk: &Desk,
    contract: &ContractId,
    new: &NewVisit,
) -> Result<(Visit, Vec<Finding>), Faults> {
    let asked = json!({ "contract": contract, "visit": new });
    desk.act(&ENTER_VISIT, &asked, |tx| {
        let contract = contracts::need(tx, contract)?;
        desk.own(&ENTER_VISIT, &contracts::owner(&contract))?;
        new.prove(desk, &contract)?;
        officers::known(tx, &new.colleague, &contract.district)?;
        let mut inspectors = vec![desk.actor().to_owned(), new.colleague.clone()];
        inspectors.sort_unstable();
        if let Some(draw) = &new.draw {
            let held = drawn(tx, draw, (&contract, &inspectors))?;
            once(tx, draw, &contract.id)?;
            if new.on < held {
                let cause = format!("the draw was held on {held}, after the day of the visit");
                return Err(refuse::unfit("on", cause, "name the day of the visit").into());
            }
        }
        let visit = Visit {
            id: fresh("V")?,
            contract: contract.id.clone(),
            firm: contract.firm.clone(),
            district: contract.district.clone(),
            draw: new.draw.clone(),
            on: new.on,
            inspectors,
            seen: new.seen.trim().to_owned(),
            findings: u32::try_from(new.findings.len()).unwrap_or(u32::MAX),
            entered: sign(desk, ""),
        };
        let found = findings(desk, tx, &visit, &new.findings)?;
        store::upsert_many(tx, std::slice::from_ref(&visit))?;
        store::upsert_many(tx, &found)?;
        for finding in &found {
            let about = format!("finding {}", finding.id);
            desk.beside(tx, &ENTER_VISIT, &about, (&(), finding))?;
        }
        let value = (visit.clone(), found);
        let owner = contracts::owner(&contract);
        let done = Done::new(value.clone(), format!("visit {}", visit.id), owner);
        Ok(done.after(&value)?)
    })
}

/// AC014 when the contract was visited for the draw already.
fn once(tx: &mut Reading<'_>, draw: &DrawId, contract: &ContractId) -> Result<(), Faults> {
    let all: Vec<Visit> = store::having(tx, "contract_id", contract.as_str())?;
    match all.iter().find(|v| v.draw.as_ref() == Some(draw)) {
        None => Ok(()),
        Some(visit) => {
            let is = format!("visited for draw {draw} already, in visit {}", visit.id);
            let subject = format!("contract {contract}");
            Err(refuse::wrong_state(subject, &is, &["not visited for it"]).into())
        }
    }
}

/// The day on which the draw was held. AC440 unless it picked the contract and these two officers for it.
fn drawn(
    tx: &mut Reading<'_>,
    id: &DrawId,
    (contract, inspectors): (&Contract, &[String]),
) -> Result<NaiveDate, Faults> {
    let draw: Draw = need(tx, id.as_str())?;
    let picks = draw.outcome.iter().flat_map(|o| &o.picks);
    let mut mine = picks.filter(|p| p.contract == contract.id);
    let named = mine.next().map(|pick| {
        let people = draw.frozen.iter().flat_map(|f| &f.officers);
        let numbered = (0_u32..).zip(people);
        let mut named: Vec<&String> = numbered
            .filter(|(n, _)| pick.officers.contains(n))
            .map(|(_, id)| id)
            .collect();
        named.sort_unstable();
        named
    });
    if let (Some(named), Some(outcome)) = (named, &draw.outcome)
        && named.into_iter().eq(inspectors)
    {
        return Ok(day_in_shenzhen(outcome.signed.at));
    }
    let cause = "the draw did not pick this contract, or not these two officers for it";
    Err(Fault::new(
        NOT_DRAWN,
        cause,
        "look at the draw; or enter the visit without it",
    )
    .into())
}

fn findings(
    desk: &Desk,
    tx: &mut Reading<'_>,
    visit: &Visit,
    new: &[NewFinding],
) -> Result<Vec<Finding>, Faults> {
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let process = rules(tx, today(desk))?.process;
    let days = process.map_or(FINDING_REPLY_DAYS, |p| p.finding_reply_working_days);
    let reply_due = calendar::load(tx)?.after(today(desk), days)?;
    let one = |(n, new): (usize, &NewFinding)| {
        Ok(Finding {
            id: format!("{}:{n}", visit.id).parse()?,
            visit: visit.id.clone(),
            contract: visit.contract.clone(),
            firm: visit.firm.clone(),
            district: visit.district.clone(),
            kind: new.kind,
            clause: new.clause.trim().to_owned(),
            text: new.text.trim().to_owned(),
            inspectors: visit.inspectors.clone(),
            entered: visit.entered.clone(),
            reply_due,
            stage: FindingStage::Open,
            reply: None,
            measures: Vec::new(),
            decided: None,
            mended: None,
            closed: None,
        })
    };
    (1..).zip(new).map(one).collect()
}

fn owner(visit: &Visit) -> Owner {
    Owner::of(&visit.firm, &visit.district)
}

/// A firm does not learn who inspected.
fn for_eyes(desk: &Desk, mut visit: Visit) -> Visit {
    if desk.person().role.is_firm() {
        visit.inspectors.clear();
        unnamed(&mut visit.entered);
    }
    visit
}

/// One visit.
pub fn one(desk: &Desk, id: &VisitId) -> Result<Visit, Faults> {
    desk.look(&SEE_VISIT, |tx| {
        let visit: Visit = need(tx, id.as_str())?;
        Ok((owner(&visit), for_eyes(desk, visit)))
    })
}

/// The visits that the actor may see, by key.
pub fn list(
    desk: &Desk,
    contract: Option<&ContractId>,
    bounds: impl Into<super::Bounds>,
) -> Result<Vec<Visit>, Faults> {
    let mut equal = scoped(desk.scope(&SEE_VISIT)?);
    equal.extend(contract.map(|c| ("contract_id", c.to_string())));
    let all: Vec<Visit> = page(desk, equal, bounds)?;
    Ok(all.into_iter().map(|v| for_eyes(desk, v)).collect())
}
