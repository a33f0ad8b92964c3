//! Money on both databases: quotas, what contracts bind, claims, settlements, payments, claw-backs, year-ends.

mod burn_down;
mod claims;
mod claw_backs;
mod commitments;
mod doctor;
mod evidence;
mod law;
mod payments;
mod quotas;
mod settlements;
mod stopped;
mod storm;
mod visited;
mod year_end;

use serde_json::json;
use zhuchao::acts::act::{Done, Owner};
use zhuchao::acts::money::accounts::{self, NewAccount};
use zhuchao::acts::money::confirm::{self, BankAnswer};
use zhuchao::acts::money::payment_file::FileKind;
use zhuchao::acts::money::quotas::{self as acts, Proposal};
use zhuchao::acts::money::{claims as asking, commit_for, payments as paying, publicity, review};
use zhuchao::acts::powers::contracts::SIGN_CONTRACT;
use zhuchao::domain::area::Area;
use zhuchao::domain::claim::{Claim, Stated};
use zhuchao::domain::commitment::Commitment;
use zhuchao::domain::fault::{Code, Faults};
use zhuchao::domain::ids::PaymentId;
use zhuchao::domain::ledger::{Balance, QuotaKey};
use zhuchao::domain::money::Fen;
use zhuchao::domain::offer::{Agreement, Contract, ContractStage};
use zhuchao::domain::period::Period;
use zhuchao::domain::plan::{Award, ScorePart, SubsidyGrant, UnitGrant};
use zhuchao::domain::points::Points;
use zhuchao::domain::quota::QuotaMode;
use zhuchao::domain::quota_change::QuotaChange;
use zhuchao::domain::signature::Signature;
use zhuchao::store::journal::{self, Entry};
use zhuchao::store::{self, StoreError, Writing, case_files, doctor as health};

use super::procedure::governed;
use crate::support::town::{Town, towns};
use crate::support::world::{World, day, key};

/// The district of the tests; its rule pays half of the rent.
pub const HERE: &str = "440305";
/// Another district; its rule pays 30 % of the rent.
pub const THERE: &str = "440310";
/// The digest of the document that [`filed`] files.
pub const PROOF: &str = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

/// The code of a refusal.
pub fn code<T: std::fmt::Debug>(result: Result<T, Faults>) -> Code {
    result.expect_err("it is refused").0[0].code
}

/// Two districts and six firms with an application each; the process is governed. It is 2026-01-05.
pub fn here() -> Vec<Town> {
    towns(&world())
}

/// The world of [`here`].
pub fn world() -> World {
    (1..=6).fold(governed(World::city()), |world, n| {
        let firm = format!("F{n}");
        world.firm(&firm, 40).wants(&firm, 100, 400)
    })
}

/// A quota of a year.
pub fn quota(district: &str, year: i32) -> QuotaKey {
    format!("{district}/{year}/rent_subsidy")
        .parse()
        .expect("a key")
}

/// So many yuan.
pub fn yuan(amount: i64) -> Fen {
    Fen(amount * 100)
}

/// What the reviewer proposes.
pub fn proposal(amount: Fen, mode: QuotaMode) -> Proposal {
    Proposal {
        amount,
        mode,
        basis: "预算〔2026〕3号".to_owned(),
    }
}

/// A quota is proposed and released.
pub fn grant(town: &Town, key: &QuotaKey, amount: Fen, mode: QuotaMode) -> QuotaChange {
    let district = key.district.as_str();
    let new = proposal(amount, mode);
    let change = acts::propose(&town.reviewer(district), key, &new).expect("proposed");
    acts::release(&town.district(district), &change.id).expect("released")
}

/// A contract of a firm in a district from 2026-03-01 for 24 months, the first of them free, for 100 m2 at
/// so many yuan a month, with an award of so many yuan for 2026.
pub fn contract(firm: &str, district: &str, rent: i64, awarded: i64) -> Contract {
    let lease = Period::months(day(2026, 3, 1), 24).expect("a lease");
    let n: i64 = firm.trim_start_matches('F').parse().expect("a number");
    Contract {
        id: key(&format!("C-{firm}-{district}")),
        number: format!("HT-{firm}-{district}"),
        offer: None,
        renews: None,
        application: key(&format!("AP-{firm}")),
        firm: key(firm),
        round: key("R1"),
        district: key(district),
        award: Award {
            application: key(&format!("AP-{firm}")),
            site: key("S1"),
            units: vec![UnitGrant {
                unit: key("U1"),
                area: Area::metres(100),
                monthly_rent: yuan(rent),
            }],
            lease,
            subsidy: Some(SubsidyGrant {
                district: key(district),
                year: 2026,
                rule: "HARD-1".to_owned(),
                computed: yuan(awarded),
                awarded: yuan(awarded),
            }),
            apartments: Vec::new(),
            score: vec![ScorePart {
                name: "placed".to_owned(),
                points: Points(10_000 - n),
            }],
            minutes: None,
        },
        monthly_rent: yuan(rent),
        free_months: 1,
        kpis: Vec::new(),
        decision: None,
        agreement: Agreement::default(),
        stage: ContractStage::InForce,
        holds: lease,
        signed: Signature {
            by: "bureau_approver".to_owned(),
            at: crate::support::town::moment("2026-01-05T09:00:00+08:00"),
            reason: String::new(),
        },
        ended: None,
    }
}

/// The contract is signed: stored, and bound in the same act.
pub fn sign(town: &Town, contract: &Contract) -> Result<Vec<Commitment>, Faults> {
    filed(town, contract.firm.as_str());
    let desk = town.bureau();
    desk.act(&SIGN_CONTRACT, &json!({ "contract": contract.id }), |tx| {
        store::upsert_many(tx, std::slice::from_ref(contract))?;
        let bound = commit_for(tx, &desk, &SIGN_CONTRACT, contract)?;
        let owner = Owner::of(&contract.firm, &contract.district);
        Ok(Done::new(bound, format!("contract {}", contract.id), owner))
    })
}

/// A contract of a firm that is signed.
pub fn signed(town: &Town, firm: &str, district: &str, rent: i64, awarded: i64) -> Contract {
    let new = contract(firm, district, rent, awarded);
    sign(town, &new).expect("signed");
    new
}

/// What a firm states for months in which it paid so many yuan each.
pub fn stated(months: &[u32], rent: i64) -> Stated {
    let count = i64::try_from(months.len()).expect("few months");
    Stated {
        months: months.to_vec(),
        rent_paid: yuan(rent * count),
        appraised: None,
        other_aid: Fen::ZERO,
        evidence: vec![PROOF.to_owned()],
    }
}

/// A firm claims months of 2026.
pub fn claim(town: &Town, contract: &Contract, months: &[u32]) -> Claim {
    let rent = contract.monthly_rent.0 / 100;
    ask(town, contract, 2026, &stated(months, rent)).expect("claimed")
}

/// A document is filed with the profile of the firm, past all acts.
pub fn filed(town: &Town, firm: &str) {
    let holder = case_files::of_firm(&key(firm));
    let entry = Entry {
        at: town.desk.now(),
        actor: "test".to_owned(),
        act: "file document".to_owned(),
        subject: format!("profile {firm}"),
        before: None,
        after: None,
    };
    let put = |tx: &mut Writing<'_>| -> Result<(), StoreError> {
        if !case_files::has(tx, &holder, PROOF)? {
            assert_eq!(case_files::put(tx, &holder, b"{}")?, PROOF);
            journal::append(tx, &entry)?;
        }
        Ok(())
    };
    town.desk.store().write(put).expect("filed");
}

/// The firm's preparer prepares a claim, and its approver submits it.
pub fn ask(town: &Town, contract: &Contract, year: i32, what: &Stated) -> Result<Claim, Faults> {
    let firm = contract.firm.as_str();
    filed(town, firm);
    let made = asking::prepare(&town.preparer(firm), &contract.id, year, what)?;
    asking::submit(&town.firm(firm), &made.id)
}

/// It is reviewed as calculated.
pub fn reviewed(town: &Town, claim: &Claim) -> Claim {
    let reviewer = town.reviewer(claim.district.as_str());
    review::review(&reviewer, &claim.id, None, "").expect("reviewed")
}

/// A settled claim is publicised on 2026-07-06 and approved on 2026-07-14.
pub fn payable(town: &Town, claim: &Claim) -> Claim {
    let district = claim.district.as_str();
    town.at("2026-07-06T09:00:00+08:00");
    publicity::publicise(&town.reviewer(district), &claim.id, "公示1号").expect("publicised");
    town.at("2026-07-14T09:00:00+08:00");
    publicity::approve(&town.district(district), &claim.id).expect("approved")
}

/// The firm has a bank account.
pub fn banked(town: &Town, firm: &str) {
    let new = NewAccount {
        holder: format!("{firm}有限公司"),
        bank: "某银行深圳分行".to_owned(),
        number: format!("6222 0000 0000 000{}", firm.trim_start_matches('F')),
    };
    accounts::enter(&town.firm(firm), &key(firm), &new).expect("entered");
}

/// Payable claims are paid.
pub fn paid(town: &Town, claims: &[&Claim]) -> PaymentId {
    let district = claims[0].district.as_str();
    for claim in claims {
        banked(town, claim.firm.as_str());
    }
    let ids: Vec<_> = claims.iter().map(|c| c.id.clone()).collect();
    let reviewer = town.reviewer(district);
    let batch = paying::make(&reviewer, &claims[0].quota(), &ids).expect("made");
    paying::export(&town.district(district), &batch.id, FileKind::Csv).expect("exported");
    let answer = BankAnswer {
        reference: "B-1".to_owned(),
        paid_on: day(2026, 7, 14),
        failed: Vec::new(),
    };
    confirm::confirm(&reviewer, &batch.id, &answer).expect("confirmed");
    batch.id
}

/// What stands in the accounts of a quota.
pub fn balance(town: &Town, key: &QuotaKey) -> Balance {
    let now = acts::one(&town.planner(), key).expect("a quota").balance;
    assert!(now.is_lawful(), "{now:?}");
    now
}

/// Doctor finds nothing.
pub fn well(town: &Town) {
    let found = health::examine(town.desk.store()).expect("doctor works");
    assert!(found.faults.is_empty(), "{}: {:?}", town.name, found.faults);
}
