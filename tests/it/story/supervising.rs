//! Supervision of the year: a draw that anyone can repeat, a visit with a finding, a measure, a claw-back.

use zhuchao::acts::money::claw_back::{self, Order};
use zhuchao::acts::supervision::draws::{self, NewDraw};
use zhuchao::acts::supervision::visits::{self, NewFinding, NewVisit};
use zhuchao::acts::supervision::{findings, measures, published, sanctions};
use zhuchao::domain::claim::Claim;
use zhuchao::domain::draw::Draw;
use zhuchao::domain::finding::{Finding, FindingKind, FindingStage, Measure};
use zhuchao::domain::ids::ContractId;
use zhuchao::domain::offer::Contract;
use zhuchao::store;

use super::city::PINGSHAN;
use crate::acts::money::{balance, quota};
use crate::acts::supervision::{officer, put, reviewer};
use crate::support::town::Town;
use crate::support::world::{day, key};

const OFFICERS: [&str; 3] = ["inspector.one", "inspector.two", "inspector.three"];

fn drawn(town: &Town) -> Draw {
    put(town, &OFFICERS.map(|id| officer(town, id, PINGSHAN)));
    town.at("2026-08-03T09:00:00+08:00");
    let new = NewDraw {
        district: Some(key(PINGSHAN)),
        title: "2026年第三季度抽查".to_owned(),
        method: "the closing value of the index of 2026-08-10, two decimals".to_owned(),
        known_from: day(2026, 8, 10),
    };
    let draw = draws::announce(&town.reviewer(PINGSHAN), &new).expect("announced");
    draws::freeze(&town.reviewer(PINGSHAN), &draw.id).expect("frozen");
    town.at("2026-08-10T16:00:00+08:00");
    draws::hold(&town.district(PINGSHAN), &draw.id, "3210.45").expect("held")
}

/// Anyone repeats the draw from its published file.
fn repeated(town: &Town, draw: &Draw) {
    let public = published::one(&town.public(), &draw.id).expect("public");
    let file = published::file(&public).expect("a file");
    published::repeat(file.as_bytes()).expect("the same contracts are drawn");
}

/// A drawn contract that was paid aid, with the officers drawn for it. The story visits it after the draw;
/// when chance drew none of them, the visit has a cause of its own.
fn visited(town: &Town, draw: &Draw, paid: &[Claim]) -> Finding {
    let outcome = draw.outcome.as_ref().expect("drawn");
    let hit = (outcome.picks.iter()).find(|d| paid.iter().any(|c| c.contract == d.contract));
    let names = &draw.frozen.as_ref().expect("frozen").officers;
    let name = |n: &u32| names[usize::try_from(*n).expect("small")].clone();
    let (contract, officers): (ContractId, Vec<String>) = match hit {
        Some(d) => (d.contract.clone(), d.officers.iter().map(name).collect()),
        None => (paid[0].contract.clone(), OFFICERS.map(str::to_owned).into()),
    };
    let new = NewVisit {
        draw: hit.map(|_| draw.id.clone()),
        on: day(2026, 8, 10),
        colleague: officers[1].clone(),
        seen: "a third of the floor is used by another firm".to_owned(),
        findings: vec![NewFinding {
            kind: FindingKind::Sublet,
            clause: "self-use, no sub-letting".to_owned(),
            text: "80 m2 are sub-let".to_owned(),
        }],
    };
    let desk = reviewer(town, &officers[0], PINGSHAN);
    let (_, found) = visits::enter(&desk, &contract, &new).expect("entered");
    found.into_iter().next().expect("one finding")
}

/// From the draw to the money that came back.
pub fn supervise(town: &Town, paid: &[Claim]) {
    let draw = drawn(town);
    repeated(town, &draw);
    let finding = visited(town, &draw, paid);
    let claim = (paid.iter())
        .find(|c| c.contract == finding.contract)
        .expect("paid");
    let firm = town.firm(claim.firm.as_str());
    findings::reply(&firm, &finding.id, "our subsidiary sat there for a while").expect("replied");
    let read = (town.desk.store()).read(|tx| store::need(tx, claim.contract.as_str()));
    let contract: Contract = read.expect("the contract");
    let from = contract.holds.from();
    let decided = [Measure::Warn, Measure::ClawBack { from }];
    let done = measures::decide(&town.district(PINGSHAN), &finding.id, &decided, "sub-let");
    // Nothing is left to be mended: a warning and a proposal close the finding.
    let finding = done.expect("decided");
    assert_eq!(finding.stage, FindingStage::Closed);
    assert_eq!(finding.measures, decided);
    clawed_back(town, claim);
}

fn clawed_back(town: &Town, claim: &Claim) {
    let before = balance(town, &quota(PINGSHAN, 2026));
    let open = (town.desk.store()).read(|tx| sanctions::proposals_open(tx, &claim.contract));
    let proposal = open
        .expect("proposals")
        .into_iter()
        .next()
        .expect("decided");
    let order = Order {
        claim: Some(claim.id.clone()),
        amount: None,
        proposal: Some(proposal.id),
        reason: "sub-let in the months aided".to_owned(),
        deadline: day(2026, 9, 10),
    };
    let orders = claw_back::order(&town.district(PINGSHAN), &claim.contract, &order);
    let orders = orders.expect("ordered");
    let amount = claim.awarded.expect("settled");
    town.at("2026-08-20T09:00:00+08:00");
    claw_back::receive(
        &town.reviewer(PINGSHAN),
        &orders[0].id,
        amount,
        "bank slip 7",
    )
    .expect("received");
    let after = balance(town, &quota(PINGSHAN, 2026));
    // What comes back is free again in the year that it was paid from.
    assert_eq!(before.paid.0 - after.paid.0, amount.0);
    assert_eq!(after.free.0 - before.free.0, amount.0);
}
