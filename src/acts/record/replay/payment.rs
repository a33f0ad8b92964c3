//! A payment batch: its states follow one another, its sum is that of its rows, each row is what its claim was
//! owed when the batch was put together, and the digest of the rows is computed again as far as the accounts
//! are still those of that day.

use super::fold::{Fold, fold, written};
use super::report::Replay;
use super::signing::{Mark, apart, shown};
use super::sources::Sources;
use super::{Kind, settlement};
use crate::acts::act::Owner;
use crate::acts::money::payments;
use crate::acts::powers::money::{CONFIRM_BATCH, DROP_BATCH, EXPORT_BATCH, MAKE_BATCH, STOP_CLAIM};
use crate::acts::record::trail::{self, Step};
use crate::acts::refuse;
use crate::domain::fault::Faults;
use crate::domain::ids::RoundId;
use crate::domain::money::Fen;
use crate::domain::payment::{BatchStage, Payment, PaymentBatch};
use crate::store::{self, Reading};

/// Payment batches, by the contracts of a round.
pub const KIND: Kind = Kind {
    name: "payment",
    keys,
    owner: |tx, key| need(tx, key).map(|b| Owner::district(&b.district)),
    rebuild,
};

fn keys(tx: &mut Reading<'_>, round: &RoundId) -> Result<Vec<String>, Faults> {
    let claims = settlement::claims(tx, round)?;
    let all: Vec<PaymentBatch> = store::all(tx)?;
    let mine = all.into_iter().filter(|b| {
        let mut rows = b.payments.iter();
        rows.any(|p| claims.iter().any(|c| c.id == p.claim))
    });
    Ok(mine.map(|b| b.id.to_string()).collect())
}

fn need(tx: &mut Reading<'_>, key: &str) -> Result<PaymentBatch, Faults> {
    let known: Option<PaymentBatch> = store::get(tx, key)?;
    Ok(known.ok_or_else(|| refuse::absent("payment batch", key))?)
}

fn rebuild(tx: &mut Reading<'_>, _: &mut Sources, report: &mut Replay) -> Result<(), Faults> {
    let now = need(tx, &report.key.clone())?;
    let steps = trail::about(tx, &format!("payment batch {}", now.id))?;
    let states = Fold {
        steps: &steps,
        first: None,
        is_state: |v| v.get("payments").is_some(),
    };
    fold(tx, report, states, &written(&now)?)?;
    signatures(report, &steps, &now);
    let sum = Fen::sum(now.payments.iter().map(|p| p.amount))?;
    report.same("control sum", sum.0, now.total.0);
    for payment in &now.payments {
        owed(tx, report, (&now, payment))?;
    }
    match (&now.digest, payments::digest_again(tx, &now)?) {
        (Some(digest), Some(again)) => {
            if report.same("digest of the rows", again, digest.clone()) {
                report.proves("the rows have the digest of the file");
            }
        }
        (Some(_), None) => report.proves("an account was changed since: the digest is as entered"),
        (None, _) => {}
    }
    Ok(())
}

fn signatures(report: &mut Replay, steps: &[Step], now: &PaymentBatch) {
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
    mark("made", &now.made, &[&MAKE_BATCH]);
    if let Some(exported) = &now.exported {
        mark("handed out", exported, &[&EXPORT_BATCH]);
    }
    if let Some(ended) = &now.confirmed {
        mark(
            now.stage.name(),
            ended,
            &[&CONFIRM_BATCH, &DROP_BATCH, &STOP_CLAIM],
        );
    }
    let Some(exported) = &now.exported else {
        return;
    };
    apart(report, "batch and file", &now.made.by, &exported.by);
    if let Some(ended) = now
        .confirmed
        .as_ref()
        .filter(|_| now.stage == BatchStage::Confirmed)
    {
        apart(report, "file and answer", &exported.by, &ended.by);
    }
}

/// The claim was owed this much when it went into the batch.
fn owed(
    tx: &mut Reading<'_>,
    report: &mut Replay,
    (batch, payment): (&PaymentBatch, &Payment),
) -> Result<(), Faults> {
    let steps = trail::about(tx, &format!("claim {}", payment.claim))?;
    let taken = steps.iter().filter_map(settlement::claim_of);
    let mut taken = taken.filter(|c| c.batch.as_ref() == Some(&batch.id));
    let place = format!("payment of {}", payment.claim);
    match taken.next() {
        Some(claim) => {
            report.same(&place, claim.due.0, payment.amount.0);
        }
        None => report.differs(place, "a claim that went into the batch", "none"),
    }
    Ok(())
}
