//! Contracts (租赁合同 with 产业监管协议): the accepted offer is signed; what was reserved is let.
//!
//! Term: the lease of the award, from the day of signing where that is later. Months free for fit-out: the most that a unit or, where the unit names
//! none, the policy grants. Every contract has clauses and performance terms. The subsidy of the award is
//! bound in the same transaction.
//!
//! Not here: renewals, ends, how money is bound (`acts::money::commit`).

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::holds::Hold;
use super::{fresh, offers, procedure, sign, terms, today, words};
use crate::acts::act::{Done, Owner, Scope};
use crate::acts::powers::contracts::{SEE_CONTRACT, SIGN_CONTRACT};
use crate::acts::{Bounds, Desk, money, refuse};
use crate::domain::area::Area;
use crate::domain::calendar::UNKNOWN_YEAR;
use crate::domain::fault::{Code, Fault, Faults, Place};
use crate::domain::ids::{ContractId, OfferId, RoundId};
use crate::domain::money::Fen;
use crate::domain::offer::{Agreement, Contract, ContractStage, Decision, Kpi, Offer, OfferStage};
use crate::domain::period::Period;
use crate::domain::plan::Award;
use crate::domain::space::Unit;
use crate::policy::Policy;
use crate::store::allocations::HoldState;
use crate::store::{self, Reading, TAKEN};

/// A contract has no clauses or no performance terms.
pub const NO_AGREEMENT: Code = Code("AC292");

/// A large letting without the number of its decision.
pub const NO_DECISION: Code = Code("AC296");

/// Most clauses or performance terms of a contract.
const TERMS_MAX: usize = 100;

/// What is agreed besides the award.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Number on paper (合同编号).
    pub number: String,
    /// Yearly performance terms.
    pub kpis: Vec<Kpi>,
    /// Clauses of the supervision agreement.
    pub clauses: Vec<String>,
    /// Document number of the decision on a large letting; empty for others.
    #[serde(default)]
    pub decision: String,
}

impl Terms {
    /// AC018 or AC292 when something is not there, or a performance term is for no year of the lease.
    pub(super) fn prove(&self, lease: &Period) -> Result<(), Fault> {
        words("number", &self.number)?;
        for clause in &self.clauses {
            words("clauses", clause)?;
        }
        for kpi in &self.kpis {
            words("kpis", &kpi.name)?;
            let last = lease.until().and_then(|end| end.pred_opt());
            let ends = last.map(|day| day.year());
            if kpi.year < lease.from().year() || ends.is_some_and(|end| kpi.year > end) {
                let cause = format!("the lease has no year {}", kpi.year);
                return Err(refuse::unfit("kpis", cause, "give a year of the lease"));
            }
            if kpi.least < 0 {
                let cause = format!("{} is less than nothing", kpi.least);
                return Err(refuse::unfit("kpis", cause, "give a least value from 0 on"));
            }
        }
        let many = |n: usize| n == 0 || n > TERMS_MAX;
        if many(self.clauses.len()) || many(self.kpis.len()) {
            return Err(Fault::new(
                NO_AGREEMENT,
                "a supervision agreement has 1 to 100 clauses and performance terms",
                "name at least one of each",
            ));
        }
        Ok(())
    }

    /// Who decides a letting of this area. AC296 without the number of the decision on a large one.
    pub(super) fn decision(
        &self,
        policy: &Policy,
        award: &Award,
    ) -> Result<Option<Decision>, Fault> {
        let area = Area::sum(award.units.iter().map(|g| g.area))?;
        let process = policy.process.as_ref();
        let Some((process, route)) = process.and_then(|p| Some((p, p.route(area)?))) else {
            return Ok(None);
        };
        let number = self.decision.trim();
        if number.is_empty() && process.is_large(area) {
            let cause = format!("{} decides on a letting of {area} m2", route.label_en);
            let action = "give the document number of the decision";
            let place = Place {
                column: Some("decision".to_owned()),
                ..Place::default()
            };
            return Err(Fault::new(NO_DECISION, cause, action).at(place));
        }
        if !number.is_empty() {
            words("decision", number)?;
        }
        Ok(Some(Decision {
            route: route.id.clone(),
            body_zh: route.label_zh.clone(),
            body_en: route.label_en.clone(),
            number: number.to_owned(),
        }))
    }

    /// The agreement, before anything became of it.
    pub(super) fn agreement(&self) -> Agreement {
        Agreement {
            clauses: self.clauses.clone(),
            breach: None,
        }
    }
}

/// Whose a contract is: the firm's, and the district's of the space.
pub(in crate::acts) fn owner(contract: &Contract) -> Owner {
    Owner::of(&contract.firm, &contract.district)
}

/// A contract, or AC013.
pub(in crate::acts) fn need(tx: &mut Reading<'_>, id: &ContractId) -> Result<Contract, Faults> {
    let known = store::get(tx, id.as_str())?;
    Ok(known.ok_or_else(|| refuse::absent("contract", id))?)
}

/// AC014 unless it is in force.
pub(super) fn in_force(contract: &Contract) -> Result<(), Fault> {
    match contract.stage {
        ContractStage::InForce => Ok(()),
        other => Err(refuse::wrong_state(
            format!("contract {}", contract.id),
            other.name(),
            &[ContractStage::InForce.name()],
        )),
    }
}

/// Signs the contract of an accepted offer.
///
/// # Errors
/// AC292 without clauses or performance terms, AC296 without the number of the decision on a large letting, ST102 when the number is taken, AC014 unless the offer
/// is accepted, AC290 after the working days that the policy sets for signing, AC381 when the hard quota of the award's year does not hold its subsidy.
pub fn sign_offer(desk: &Desk, offer: &OfferId, new: &Terms) -> Result<Contract, Faults> {
    let asked = json!({ "offer": offer, "terms": new });
    desk.act(&SIGN_CONTRACT, &asked, |tx| {
        let offer = offers::need(tx, offer)?;
        if offer.stage != OfferStage::Accepted {
            let subject = format!("offer {}", offer.id);
            return Err(refuse::wrong_state(subject, offer.stage.name(), &["accepted"]).into());
        }
        in_time(tx, desk, &offer)?;
        new.prove(&offer.award.lease)?;
        number_free(tx, &new.number)?;
        let policy = {
            let now = procedure(tx, &offer.round)?;
            terms::policy(tx, &now, today(desk))?
        };
        let contract = Contract {
            id: fresh("C")?,
            number: new.number.trim().to_owned(),
            offer: Some(offer.id.clone()),
            renews: None,
            application: offer.application.clone(),
            firm: offer.firm.clone(),
            round: offer.round.clone(),
            district: offer.district.clone(),
            monthly_rent: rent(&offer.award)?,
            free_months: free_months(tx, &policy, &offer.award)?,
            kpis: new.kpis.clone(),
            agreement: new.agreement(),
            decision: new.decision(&policy, &offer.award)?,
            stage: ContractStage::InForce,
            holds: from_today(&offer.award.lease, today(desk))?,
            award: offer.award.clone(),
            signed: sign(desk, ""),
            ended: None,
        };
        let signed = Offer {
            stage: OfferStage::Signed,
            ..offer.clone()
        };
        let about = format!("offer {}", offer.id);
        desk.beside(tx, &SIGN_CONTRACT, &about, (&offer, &signed))?;
        store::upsert_many(tx, &[signed])?;
        store::upsert_many(tx, std::slice::from_ref(&contract))?;
        let until = contract.holds.until();
        Hold::of_contract(&contract).change(tx, HoldState::Let, until)?;
        money::commit_for(tx, desk, &SIGN_CONTRACT, &contract)?;
        let subject = format!("contract {}", contract.id);
        let done = Done::new(contract.clone(), subject, owner(&contract));
        Ok(done.before(&offer)?.after(&contract)?)
    })
}

/// ST102 of the field when another contract has the number.
pub(super) fn number_free(tx: &mut Reading<'_>, number: &str) -> Result<(), Faults> {
    let number = number.trim();
    let taken: Vec<Contract> = store::having(tx, "number", number)?;
    if taken.is_empty() {
        return Ok(());
    }
    let cause = format!("another contract has the number {number}");
    let place = Place {
        column: Some("number".to_owned()),
        ..Place::default()
    };
    Err(
        Fault::new(TAKEN, cause, "give each contract a number of its own")
            .at(place)
            .into(),
    )
}

/// AC290 when the last day of signing is over.
fn in_time(tx: &mut Reading<'_>, desk: &Desk, offer: &Offer) -> Result<(), Faults> {
    let last = match offers::sign_by(tx, offer) {
        // A day that cannot be counted yet is not over.
        Err(faults) if faults.0.iter().all(|f| f.code == UNKNOWN_YEAR) => None,
        last => last?,
    };
    match last {
        Some(last) if last < today(desk) => {
            let cause = format!("the contract could be signed until {last}");
            let action = "let the offer lapse; the space goes to the next in line";
            let place = Place::subject(format!("offer {}", offer.id));
            Err(Fault::new(offers::OVER, cause, action).at(place).into())
        }
        _ => Ok(()),
    }
}

/// The days in force: the lease, but never before the contract is signed. AC018 when it would be over.
fn from_today(lease: &Period, today: NaiveDate) -> Result<Period, Fault> {
    if today <= lease.from() {
        return Ok(*lease);
    }
    Period::new(today, lease.until()).map_err(|_| {
        let cause = "the lease would be over before it is signed";
        refuse::unfit("offer", cause, "take the offer back")
    })
}

/// Rent of all units per month.
pub(super) fn rent(award: &Award) -> Result<Fen, Fault> {
    Fen::sum(award.units.iter().map(|g| g.monthly_rent))
}

/// The most months free for fit-out of the units of an award.
fn free_months(tx: &mut Reading<'_>, policy: &Policy, award: &Award) -> Result<u32, Faults> {
    let mut most = 0;
    for grant in &award.units {
        let unit: Unit = store::need(tx, grant.unit.as_str())?;
        most = most.max(terms::free_months(policy, &unit));
    }
    Ok(most)
}

/// One contract.
pub fn one(desk: &Desk, id: &ContractId) -> Result<Contract, Faults> {
    desk.look(&SEE_CONTRACT, |tx| {
        let contract = need(tx, id)?;
        Ok((owner(&contract), contract))
    })
}

/// The contracts that the actor may see, by key; at most `limit` after a key.
pub fn list(
    desk: &Desk,
    round: Option<&RoundId>,
    stage: Option<ContractStage>,
    bounds: impl Into<Bounds>,
) -> Result<Vec<Contract>, Faults> {
    let mut equal = Vec::new();
    equal.extend(round.map(|r| ("round_id", r.to_string())));
    equal.extend(stage.map(|s| ("stage", s.name().to_owned())));
    match desk.scope(&SEE_CONTRACT)? {
        Scope::All => {}
        Scope::Firm(firm) => equal.push(("firm_id", firm.to_string())),
        Scope::District(district) => equal.push(("district_id", district.to_string())),
    }
    let filter = bounds.into().filter::<Contract>(equal)?;
    Ok(desk.store().read(|tx| store::select(tx, &filter))?)
}
