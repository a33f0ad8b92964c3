//! The settlement of a year: from the claims as they were reviewed, and the money that ledger and commitments
//! held then, the sheet is made again: ratio, whole fen, largest remainders, each award to the fen; the
//! claims were awarded what it says, and another officer approved it.

use std::collections::BTreeSet;

use super::Kind;
use super::fold::{Fold, fold, written};
use super::report::Replay;
use super::signing::{Mark, apart, shown};
use super::sources::Sources;
use crate::acts::act::Owner;
use crate::acts::powers::money::{APPROVE_SETTLEMENT, PROPOSE_SETTLEMENT, REFUSE_SETTLEMENT};
use crate::acts::record::trail::{self, Step};
use crate::acts::refuse;
use crate::domain::claim::Claim;
use crate::domain::commitment::Commitment;
use crate::domain::fault::Faults;
use crate::domain::ids::{ContractId, RoundId};
use crate::domain::ledger::Balance;
use crate::domain::money::Fen;
use crate::domain::offer::Contract;
use crate::domain::points::Points;
use crate::domain::settlement::{Settlement, SettlementStage, Sheet};
use crate::policy::quota::Settlement as Mode;
use crate::policy::sheet::{Asking, mode_name, sheet};
use crate::store::{self, Reading, ledger};

/// Settlements, by the claims of a round.
pub const KIND: Kind = Kind {
    name: "settlement",
    keys,
    owner: |tx, key| need(tx, key).map(|s| Owner::district(&s.district)),
    rebuild,
};

/// The contracts of a round.
pub fn contracts(tx: &mut Reading<'_>, round: &RoundId) -> Result<Vec<ContractId>, Faults> {
    let all: Vec<Contract> = store::having(tx, "round_id", round.as_str())?;
    Ok(all.into_iter().map(|c| c.id).collect())
}

/// The claims under them.
pub fn claims(tx: &mut Reading<'_>, round: &RoundId) -> Result<Vec<Claim>, Faults> {
    let mut all = Vec::new();
    for contract in contracts(tx, round)? {
        all.extend(store::having::<Claim>(
            tx,
            "contract_id",
            contract.as_str(),
        )?);
    }
    Ok(all)
}

/// The claim that an entry left.
pub fn claim_of(step: &Step) -> Option<Claim> {
    serde_json::from_value(step.state()?.clone()).ok()
}

fn keys(tx: &mut Reading<'_>, round: &RoundId) -> Result<Vec<String>, Faults> {
    let mine: BTreeSet<_> = claims(tx, round)?.into_iter().map(|c| c.id).collect();
    let all: Vec<Settlement> = store::all(tx)?;
    let mine = all
        .into_iter()
        .filter(|s| s.sheet.rows.iter().any(|r| mine.contains(&r.claim)));
    Ok(mine.map(|s| s.id.to_string()).collect())
}

fn need(tx: &mut Reading<'_>, key: &str) -> Result<Settlement, Faults> {
    let known: Option<Settlement> = store::get(tx, key)?;
    Ok(known.ok_or_else(|| refuse::absent("settlement", key))?)
}

fn rebuild(tx: &mut Reading<'_>, _: &mut Sources, report: &mut Replay) -> Result<(), Faults> {
    let now = need(tx, &report.key.clone())?;
    let steps = trail::about(tx, &format!("settlement {}", now.id))?;
    let states = Fold {
        steps: &steps,
        first: None,
        is_state: |v| v.get("sheet").is_some(),
    };
    fold(tx, report, states, &written(&now)?)?;
    signatures(report, &steps, &now);
    let Some(first) = steps.first() else {
        return Ok(());
    };
    let then = asking(tx, report, (&now, first.entered.seq))?;
    made_again(report, &now.sheet, &then);
    pool(tx, report, (&now, first.entered.seq), &then)?;
    match now.stage {
        SettlementStage::Approved => awarded(tx, report, &now),
        _ => Ok(()),
    }
}

fn signatures(report: &mut Replay, steps: &[Step], now: &Settlement) {
    let owner = &Owner::district(&now.district);
    let mut mark = |what, signed, by: &[&_]| {
        shown(
            report,
            steps,
            &Mark {
                what,
                signed,
                by,
                owner,
            },
        );
    };
    mark("proposed", &now.proposed, &[&PROPOSE_SETTLEMENT]);
    if let Some(decided) = &now.decided {
        mark(
            now.stage.name(),
            decided,
            &[&APPROVE_SETTLEMENT, &REFUSE_SETTLEMENT],
        );
        apart(report, "sheet and decision", &now.proposed.by, &decided.by);
    }
}

/// The last state of a noun before an entry.
fn before<T: serde::de::DeserializeOwned>(steps: &[Step], entry: i64) -> Option<T> {
    let earlier = steps.iter().rev().filter(|s| s.entered.seq < entry);
    let mut states = earlier.filter_map(|s| serde_json::from_value(s.state()?.clone()).ok());
    states.next()
}

/// The claims of the sheet as they were when it was made.
fn asking(
    tx: &mut Reading<'_>,
    report: &mut Replay,
    (now, entry): (&Settlement, i64),
) -> Result<Vec<(Claim, Asking)>, Faults> {
    let mut all = Vec::with_capacity(now.sheet.rows.len());
    for row in &now.sheet.rows {
        let steps = trail::about(tx, &format!("claim {}", row.claim))?;
        let Some(claim) = before::<Claim>(&steps, entry) else {
            report.differs(format!("claim {}", row.claim), "its state then", "none");
            continue;
        };
        let contract: Contract = store::need(tx, claim.contract.as_str())?;
        let space = contract.award.score.iter().map(|part| part.points);
        let homes = contract.award.apartments.iter().map(|a| a.points);
        let asked = Asking {
            claim: claim.id.clone(),
            firm: claim.firm.clone(),
            computed: claim.counted(),
            points: Points::sum(space.chain(homes))?.0,
        };
        all.push((claim, asked));
    }
    Ok(all)
}

/// The sheet of the same claims and pool is the same, to the fen.
fn made_again(report: &mut Replay, stored: &Sheet, then: &[(Claim, Asking)]) {
    let all = [Mode::Hard, Mode::ProRata, Mode::Ranked];
    let Some(mode) = all.into_iter().find(|m| mode_name(*m) == stored.mode) else {
        return report.differs("mode", "hard, pro_rata or ranked", &stored.mode);
    };
    let asking: Vec<Asking> = then.iter().map(|(_, a)| a.clone()).collect();
    let made = match sheet(mode, stored.pool, &asking) {
        Ok(made) => made,
        Err(fault) => return report.differs("sheet", "one that can be made", fault),
    };
    if made == *stored {
        return report.proves("made again the sheet is the same, to the fen");
    }
    let ratio = |s: &Sheet| format!("{}/{}", s.num, s.den);
    report.same("ratio", ratio(&made), ratio(stored));
    report.same("sum of the claims", made.computed.0, stored.computed.0);
    report.same("sum of the awards", made.awarded.0, stored.awarded.0);
    for (one, other) in made.rows.iter().zip(&stored.rows) {
        if one != other {
            let place = format!("row of {}", one.claim);
            let text = |r: &crate::domain::settlement::SheetRow| {
                format!(
                    "{} of {} (remainder {})",
                    r.awarded.0, r.computed.0, r.remainder
                )
            };
            report.differs(place, text(one), text(other));
        }
    }
}

/// The pool is what ledger and commitments held when the sheet was made. Entries of the same moment may lie
/// before or behind it.
fn pool(
    tx: &mut Reading<'_>,
    report: &mut Replay,
    (now, entry): (&Settlement, i64),
    then: &[(Claim, Asking)],
) -> Result<(), Faults> {
    let bound = bound(tx, (now, entry), then)?;
    let mut balance = Balance::default();
    let mut may_be = vec![bound];
    for posted in ledger::entries(tx, &now.quota(), (None, 0))? {
        // The first entry grants the quota; of an imported one it is written with the next.
        if posted.at > now.proposed.at && posted.seq > 1 {
            break;
        }
        balance = balance.after(&posted)?;
        let pool = balance.free.plus(bound)?;
        if posted.at < now.proposed.at || posted.seq == 1 {
            may_be.clear();
        }
        may_be.push(pool);
    }
    match may_be.contains(&now.sheet.pool) {
        true => report.proves("the pool is what the ledger and the commitments held"),
        false => {
            let expected = may_be.last().map_or(0, |pool| pool.0);
            report.differs("pool", expected, now.sheet.pool.0);
        }
    }
    Ok(())
}

/// What commitments held for the claims; of a whole year, for all contracts.
fn bound(
    tx: &mut Reading<'_>,
    (now, entry): (&Settlement, i64),
    then: &[(Claim, Asking)],
) -> Result<Fen, Faults> {
    let mut sum = Fen::ZERO;
    let all: Vec<Commitment> = store::money::of_quota(tx, &now.quota())?;
    for one in all {
        let steps = trail::about(tx, &format!("commitment {}", one.key()))?;
        let Some(one) = before::<Commitment>(&steps, entry) else {
            continue;
        };
        let mine = then.iter().filter(|(c, _)| c.contract == one.contract);
        let asked = Fen::sum(mine.map(|(_, a)| a.computed))?;
        sum = sum.plus(match now.whole_year {
            true => one.left,
            false => one.left.min(asked),
        })?;
    }
    Ok(sum)
}

/// Each claim was awarded what its row says.
fn awarded(tx: &mut Reading<'_>, report: &mut Replay, now: &Settlement) -> Result<(), Faults> {
    for row in &now.sheet.rows {
        let steps = trail::about(tx, &format!("claim {}", row.claim))?;
        let settled = steps.iter().filter_map(claim_of);
        let mut settled = settled.filter(|c| c.settlement.as_ref() == Some(&now.id));
        let place = format!("award of {}", row.claim);
        match settled.next().and_then(|c| c.awarded) {
            Some(amount) => {
                report.same(&place, row.awarded.0, amount.0);
            }
            None => report.differs(place, row.awarded.0, "none"),
        }
    }
    Ok(())
}
