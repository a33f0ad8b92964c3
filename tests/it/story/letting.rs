//! From the offers to the contracts: one declines, the next in line is offered what is free, the others
//! accept and sign.

use zhuchao::acts::rounds::contracts::{self, Terms};
use zhuchao::acts::rounds::offers as answers;
use zhuchao::domain::case::Case;
use zhuchao::domain::ids::{ApplicationId, FirmId};
use zhuchao::domain::offer::{Contract, Kpi, Offer, OfferStage};
use zhuchao::store;

use crate::acts::procedure::offers;
use crate::support::town::Town;

/// Whose an application is.
pub fn firm_of(town: &Town, application: &ApplicationId) -> FirmId {
    let read = town
        .desk
        .store()
        .read(|tx| store::need(tx, application.as_str()));
    let case: Case = read.expect("a case");
    case.firm
}

/// The terms of the n-th contract.
pub fn terms(n: usize) -> Terms {
    Terms {
        decision: String::new(),
        number: format!("HT-2026-{n:03}"),
        kpis: vec![Kpi {
            name: "headcount".to_owned(),
            year: 2026,
            least: 10,
            reported: None,
        }],
        clauses: vec!["self-use, no sub-letting".to_owned()],
    }
}

fn open(town: &Town) -> Vec<Offer> {
    let all = offers(town).into_iter();
    all.filter(|o| o.stage == OfferStage::Open).collect()
}

/// The first declines; somebody else is offered what is free, at once, as the worker does it.
fn decline_one(town: &Town) {
    let before = open(town);
    let first = &before[0];
    let firm = town.firm(first.firm.as_str());
    answers::decline(&firm, &first.id, "we stay where we are").expect("declined");
    answers::succeed_now(&town.desk, &first.round);
    let held: Vec<_> = (first.award.units.iter()).map(|g| &g.unit).collect();
    let next = open(town)
        .into_iter()
        .find(|o| o.id != first.id && (o.award.units.iter()).any(|g| held.contains(&&g.unit)));
    let next = next.expect("the next in line is offered the unit");
    assert!(before.iter().all(|o| o.application != next.application));
}

/// Everybody accepts and signs. Gives the contracts.
pub fn let_out(town: &Town) -> Vec<Contract> {
    town.at("2026-03-11T09:00:00+08:00");
    decline_one(town);
    let mut signed = Vec::new();
    for (n, offer) in open(town).iter().enumerate() {
        let firm = town.firm(offer.firm.as_str());
        answers::accept(&firm, &offer.id).expect("accepted");
        let contract = contracts::sign_offer(&town.bureau(), &offer.id, &terms(n));
        signed.push(contract.unwrap_or_else(|f| panic!("{}: {f}", offer.firm)));
    }
    signed
}
