//! What supervision decided about a contract, as its acts leave it: money looks at nothing else of it.

use chrono::NaiveDate;
use zhuchao::domain::finding::{Finding, FindingKind, FindingStage};
use zhuchao::domain::offer::Contract;
use zhuchao::domain::sanction::{Proposal, ProposalStage, SanctionStage, Suspension};
use zhuchao::domain::visit::Visit;

use crate::acts::supervision::put;
use crate::support::town::Town;
use crate::support::world::{day, key};

/// A decided finding about a contract, and its visit.
fn finding(town: &Town, contract: &Contract) -> Finding {
    let visit = Visit {
        id: key("V-1"),
        contract: contract.id.clone(),
        firm: contract.firm.clone(),
        district: contract.district.clone(),
        draw: None,
        on: day(2026, 7, 1),
        inspectors: Vec::new(),
        seen: "sub-let".to_owned(),
        findings: 1,
        entered: contract.signed.clone(),
    };
    let finding = Finding {
        id: key("V-1/1"),
        visit: visit.id.clone(),
        contract: contract.id.clone(),
        firm: contract.firm.clone(),
        district: contract.district.clone(),
        kind: FindingKind::Sublet,
        clause: "no sub-letting".to_owned(),
        text: "sub-let".to_owned(),
        inspectors: Vec::new(),
        entered: contract.signed.clone(),
        reply_due: day(2026, 7, 8),
        stage: FindingStage::Closed,
        reply: None,
        measures: Vec::new(),
        decided: None,
        mended: None,
        closed: None,
    };
    put(town, &[visit]);
    put(town, std::slice::from_ref(&finding));
    finding
}

/// A standing suspension of a contract from 2026-07-02 on.
pub fn suspended(town: &Town, contract: &Contract) -> Suspension {
    let suspension = Suspension {
        id: key("U-1"),
        contract: contract.id.clone(),
        firm: contract.firm.clone(),
        district: contract.district.clone(),
        finding: finding(town, contract).id,
        from: day(2026, 7, 2),
        until: None,
        stage: SanctionStage::Standing,
        ordered: contract.signed.clone(),
        lifted: None,
    };
    put(town, std::slice::from_ref(&suspension));
    suspension
}

/// A decided proposal to claw aid of a contract back from a day on.
pub fn proposal(town: &Town, contract: &Contract, from: NaiveDate) -> Proposal {
    let proposal = Proposal {
        id: key("P-1"),
        contract: contract.id.clone(),
        firm: contract.firm.clone(),
        district: contract.district.clone(),
        finding: finding(town, contract).id,
        from,
        stage: ProposalStage::Open,
        proposed: contract.signed.clone(),
        settled: None,
    };
    put(town, std::slice::from_ref(&proposal));
    proposal
}
