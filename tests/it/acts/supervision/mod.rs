//! Supervision on both databases: contracts in force, officers, and what is found.

mod barred;
mod draws;
mod findings;
mod lottery;
mod statements;

use zhuchao::acts::Desk;
use zhuchao::acts::supervision::draws::{self as acts, NewDraw};
use zhuchao::acts::supervision::statements as filing;
use zhuchao::acts::supervision::visits::{self, NewFinding, NewVisit};
use zhuchao::domain::account::{Account, AccountState};
use zhuchao::domain::area::Area;
use zhuchao::domain::draw::Draw;
use zhuchao::domain::finding::{Finding, FindingKind};
use zhuchao::domain::ids::{ApplicationId, ContractId};
use zhuchao::domain::money::Fen;
use zhuchao::domain::offer::{Agreement, Contract, ContractStage, Kpi};
use zhuchao::domain::people::{Actor, Body, Role};
use zhuchao::domain::period::Period;
use zhuchao::domain::plan::{Award, UnitGrant};
use zhuchao::domain::signature::Signature;
use zhuchao::domain::statement::{Figures, Statement};
use zhuchao::store::journal::{self, Entry};
use zhuchao::store::{self, Noun};

use super::cases;
use crate::support::town::{Town, moment, towns};
use crate::support::world::{day, key};

/// Reviewers of the first district besides `district_reviewer.440305`.
pub const MORE: [&str; 2] = ["reviewer.two", "reviewer.three"];

/// Towns with contracts C-1 (F1) and C-2 (F2) in district 440305 and C-9 (F9) in 440310, all from
/// 2026-01-01 for five years. No officer has an account.
pub fn bare() -> Vec<Town> {
    let world = cases::world()
        .wants("F1", 200, 400)
        .wants("F2", 200, 400)
        .wants("F9", 200, 400);
    let all = towns(&world);
    for town in &all {
        let contracts = [
            contract("C-1", "F1", "440305"),
            contract("C-2", "F2", "440305"),
            contract("C-9", "F9", "440310"),
        ];
        put(town, &contracts);
    }
    all
}

/// The same with three reviewers in the first district and two in the second.
pub fn here() -> Vec<Town> {
    let all = bare();
    for town in &all {
        let first = ["district_reviewer.440305", MORE[0], MORE[1]];
        let first = first.map(|id| officer(town, id, "440305"));
        let second = ["district_reviewer.440310", "reviewer.north"];
        let second = second.map(|id| officer(town, id, "440310"));
        put(town, &first);
        put(town, &second);
    }
    all
}

/// Stores nouns as they are, past all acts.
pub fn put<T: Noun>(town: &Town, nouns: &[T]) {
    let entry = Entry {
        at: town.desk.now(),
        actor: "test".to_owned(),
        act: "put nouns".to_owned(),
        subject: T::NOUN.to_owned(),
        before: None,
        after: None,
    };
    (town.desk.store())
        .write(|tx| {
            store::upsert_many(tx, nouns)?;
            journal::append(tx, &entry)
        })
        .expect("stored");
}

/// A contract of 300 m2, with terms for 2026.
pub fn contract(id: &str, firm: &str, district: &str) -> Contract {
    let application: ApplicationId = key(&format!("AP-{firm}"));
    let unit = match district {
        "440305" => ("S1", "A1"),
        _ => ("S2", "B1"),
    };
    let lease = Period::new(day(2026, 1, 1), Some(day(2031, 1, 1))).expect("a lease");
    let term = |name: &str, least| Kpi {
        name: name.to_owned(),
        year: 2026,
        least,
        reported: None,
    };
    Contract {
        id: key(id),
        number: format!("HT-{id}"),
        offer: None,
        renews: None,
        application: application.clone(),
        firm: key(firm),
        round: key("R1"),
        district: key(district),
        award: Award {
            application,
            site: key(unit.0),
            units: vec![UnitGrant {
                unit: key(unit.1),
                area: Area::metres(300),
                monthly_rent: Fen(1_800_000),
            }],
            lease,
            subsidy: None,
            apartments: Vec::new(),
            score: Vec::new(),
            minutes: None,
        },
        monthly_rent: Fen(1_800_000),
        free_months: 0,
        kpis: vec![
            term("headcount", 40),
            term("revenue", 1_000_000),
            term("patents", 3),
        ],
        decision: None,
        agreement: Agreement::default(),
        stage: ContractStage::InForce,
        holds: lease,
        signed: Signature {
            by: "bureau_approver".to_owned(),
            at: moment("2026-01-01T09:00:00+08:00"),
            reason: String::new(),
        },
        ended: None,
    }
}

/// An active reviewer's account.
pub fn officer(town: &Town, id: &str, district: &str) -> Account {
    Account {
        id: key(id),
        login: id.replace('_', "-").parse().expect("a login"),
        name: id.to_owned(),
        role: Some(Role::DistrictReviewer),
        body: Body::District(key(district)),
        district: Some(key(district)),
        claim: None,
        state: AccountState::Active,
        created_at: town.desk.now(),
        created_by: "operator".to_owned(),
        enabled_at: town.desk.now(),
        admin: None,
        demo: false,
    }
}

/// The desk of a reviewer by his account.
pub fn reviewer(town: &Town, id: &str, district: &str) -> Desk {
    town.desk.of(Actor {
        id: id.to_owned(),
        role: Role::DistrictReviewer,
        body: Body::District(key(district)),
    })
}

/// Figures of a quarter.
pub fn figures(headcount: u32, revenue: i64) -> Figures {
    Figures {
        headcount,
        revenue: Fen(revenue),
        area_in_use: Area::metres(300),
        ..Figures::default()
    }
}

/// A statement prepared and filed by the firm.
pub fn filed(town: &Town, contract: &str, quarter: &str, what: &Figures) -> Statement {
    let id: ContractId = key(contract);
    let firm = format!("F{}", contract.trim_start_matches("C-"));
    let made = filing::prepare(&town.preparer(&firm), &id, key(quarter), (what, ""));
    let made = made.unwrap_or_else(|f| panic!("{contract} {quarter}: {f}"));
    filing::file(&town.firm(&firm), &made.id).expect("filed")
}

/// A draw of the first district, announced on the day, its value known on 2026-03-10.
pub fn announced(town: &Town) -> Draw {
    let new = NewDraw {
        district: Some(key("440305")),
        title: "2026年第一次抽查".to_owned(),
        method: "the closing value of the index of 2026-03-10".to_owned(),
        known_from: day(2026, 3, 10),
    };
    acts::announce(&town.reviewer("440305"), &new).expect("announced")
}

/// The same draw, held on 2026-03-10 with the value 3210.45.
pub fn held(town: &Town) -> Draw {
    town.at("2026-03-02T09:00:00+08:00");
    let draw = announced(town);
    acts::freeze(&town.reviewer("440305"), &draw.id).expect("frozen");
    town.at("2026-03-10T16:00:00+08:00");
    acts::hold(&town.district("440305"), &draw.id, "3210.45").expect("held")
}

/// A visit at a contract of the first district by two of its reviewers, without a draw, which found one
/// thing.
pub fn found(town: &Town, contract: &str) -> Finding {
    let new = NewVisit {
        draw: None,
        on: day(2026, 3, 2),
        colleague: MORE[1].to_owned(),
        seen: "half of the floor is used by others".to_owned(),
        findings: vec![NewFinding {
            kind: FindingKind::Sublet,
            clause: "self-use, no sub-letting".to_owned(),
            text: "150 m2 are sub-let".to_owned(),
        }],
    };
    let desk = reviewer(town, MORE[0], "440305");
    let (_, findings) = visits::enter(&desk, &key(contract), &new).expect("entered");
    findings.into_iter().next().expect("one finding")
}
