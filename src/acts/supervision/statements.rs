//! Quarterly statements (季度台账): prepared and filed by two persons of the firm, confirmed or returned by
//! the district.
//!
//! Not here: what is owed (`due`), performance terms (`kpis`).

use serde_json::json;

use super::{due, need, page, scoped, short, sign, today, unnamed, words};
use crate::acts::act::{Done, Owner};
use crate::acts::powers::Power;
use crate::acts::powers::supervision::{
    FILE_STATEMENT, PREPARE_STATEMENT, REVIEW_STATEMENT, SEE_STATEMENT,
};
use crate::acts::rounds::contracts;
use crate::acts::{Desk, refuse};
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::ids::{ContractId, StatementId};
use crate::domain::offer::Contract;
use crate::domain::quarter::Quarter;
use crate::domain::statement::{Figures, Statement, StatementStage};
use crate::store::{self, Reading, Writing};

/// The contract owes no statement for the quarter, or not yet.
pub const NOT_OWED: Code = Code("AC430");

fn owner(statement: &Statement) -> Owner {
    Owner::of(&statement.firm, &statement.district)
}

fn at(statement: &Statement, stages: &[StatementStage]) -> Result<(), Fault> {
    if stages.contains(&statement.stage) {
        return Ok(());
    }
    let needs: Vec<&str> = stages.iter().map(|s| s.name()).collect();
    let subject = format!("statement {}", statement.id);
    Err(refuse::wrong_state(subject, statement.stage.name(), &needs))
}

/// Prepares the statement of a quarter, or writes a prepared or returned one anew.
///
/// # Errors
/// AC430 for a quarter that has not ended or lies outside of the contract, DM281 by figure, AC014 when
/// it is filed.
pub fn prepare(
    desk: &Desk,
    contract: &ContractId,
    quarter: Quarter,
    (figures, note): (&Figures, &str),
) -> Result<Statement, Faults> {
    let asked = json!({
        "contract": contract, "quarter": quarter, "figures": figures, "note": note,
    });
    desk.act(&PREPARE_STATEMENT, &asked, |tx| {
        let contract = contracts::need(tx, contract)?;
        desk.own(&PREPARE_STATEMENT, &contracts::owner(&contract))?;
        if !due::quarters(&contract, today(desk)).any(|q| q == quarter) {
            return Err(not_owed(quarter).into());
        }
        figures.prove(&contract)?;
        short("note", note)?;
        let id = Statement::key_of(&contract.id, quarter)?;
        let before: Option<Statement> = store::get(tx, id.as_str())?;
        if let Some(before) = &before {
            at(
                before,
                &[StatementStage::Prepared, StatementStage::Returned],
            )?;
        }
        let after = written(desk, &contract, (id, quarter), (figures, note));
        let reviewed = before.as_ref().and_then(|b| b.reviewed.clone());
        let after = Statement { reviewed, ..after };
        store::upsert_many(tx, std::slice::from_ref(&after))?;
        let subject = format!("statement {}", after.id);
        let mut done = Done::new(after.clone(), subject, owner(&after));
        if let Some(before) = &before {
            done = done.before(before)?;
        }
        Ok(done.after(&after)?)
    })
}

fn written(
    desk: &Desk,
    contract: &Contract,
    (id, quarter): (StatementId, Quarter),
    (figures, note): (&Figures, &str),
) -> Statement {
    Statement {
        id,
        contract: contract.id.clone(),
        firm: contract.firm.clone(),
        district: contract.district.clone(),
        quarter,
        figures: *figures,
        note: note.trim().to_owned(),
        stage: StatementStage::Prepared,
        prepared: sign(desk, ""),
        filed: None,
        reviewed: None,
    }
}

fn not_owed(quarter: Quarter) -> Fault {
    Fault::new(
        NOT_OWED,
        format!("the contract owes no statement for {quarter}, or the quarter has not ended"),
        "choose one from the list of those due",
    )
}

/// Changes a statement.
fn change(
    desk: &Desk,
    (power, id): (&'static Power, &StatementId),
    asked: &serde_json::Value,
    work: impl FnOnce(&mut Writing<'_>, &mut Statement) -> Result<(), Faults>,
) -> Result<Statement, Faults> {
    desk.act(power, asked, |tx| {
        let before: Statement = need(tx, id.as_str())?;
        desk.own(power, &owner(&before))?;
        let mut after = before.clone();
        work(tx, &mut after)?;
        store::upsert_many(tx, std::slice::from_ref(&after))?;
        let done = Done::new(after.clone(), format!("statement {id}"), owner(&after));
        Ok(done.before(&before)?.after(&after)?)
    })
}

/// The firm's approver files a prepared statement.
///
/// # Errors
/// AC017 by him who prepared it, AC014 unless it is prepared.
pub fn file(desk: &Desk, id: &StatementId) -> Result<Statement, Faults> {
    let asked = json!({ "statement": id });
    change(desk, (&FILE_STATEMENT, id), &asked, |_, statement| {
        at(statement, &[StatementStage::Prepared])?;
        if statement.prepared.by == desk.actor() {
            return Err(refuse::same_person("prepared the statement").into());
        }
        statement.stage = StatementStage::Filed;
        statement.filed = Some(sign(desk, ""));
        Ok(())
    })
}

/// The district confirms a filed statement.
///
/// # Errors
/// AC014 unless it is filed.
pub fn confirm(desk: &Desk, id: &StatementId, note: &str) -> Result<Statement, Faults> {
    let asked = json!({ "statement": id, "confirmed": true, "note": note });
    change(desk, (&REVIEW_STATEMENT, id), &asked, |_, statement| {
        at(statement, &[StatementStage::Filed])?;
        short("note", note)?;
        statement.stage = StatementStage::Confirmed;
        statement.reviewed = Some(sign(desk, note));
        Ok(())
    })
}

/// The district returns a filed statement, with the reason; it counts as not filed.
///
/// # Errors
/// AC014 unless it is filed, AC018 without a reason.
pub fn send_back(desk: &Desk, id: &StatementId, why: &str) -> Result<Statement, Faults> {
    let asked = json!({ "statement": id, "confirmed": false, "note": why });
    change(desk, (&REVIEW_STATEMENT, id), &asked, |_, statement| {
        at(statement, &[StatementStage::Filed])?;
        words("reason", why)?;
        statement.stage = StatementStage::Returned;
        statement.reviewed = Some(sign(desk, why));
        Ok(())
    })
}

/// A statement as the actor may see it: a firm does not learn the names of officers.
fn for_eyes(desk: &Desk, mut statement: Statement) -> Statement {
    if desk.person().role.is_firm() {
        statement.reviewed.iter_mut().for_each(unnamed);
    }
    statement
}

/// One statement, with the digest of the whole of it.
pub fn one(desk: &Desk, id: &StatementId) -> Result<(Statement, String), Faults> {
    desk.look(&SEE_STATEMENT, |tx: &mut Reading<'_>| {
        let statement: Statement = need(tx, id.as_str())?;
        let tag = crate::acts::act::tag(&statement)?;
        Ok((owner(&statement), (for_eyes(desk, statement), tag)))
    })
}

/// The statements that the actor may see, by key.
pub fn list(
    desk: &Desk,
    contract: Option<&ContractId>,
    stage: Option<StatementStage>,
    bounds: impl Into<super::Bounds>,
) -> Result<Vec<Statement>, Faults> {
    let mut equal = scoped(desk.scope(&SEE_STATEMENT)?);
    equal.extend(contract.map(|c| ("contract_id", c.to_string())));
    equal.extend(stage.map(|s| ("stage", s.name().to_owned())));
    let all: Vec<Statement> = page(desk, equal, bounds)?;
    Ok(all.into_iter().map(|s| for_eyes(desk, s)).collect())
}
