//! Money obeys supervision: nothing is approved or paid under a suspension, and what is payable is stopped
//! before the bank has confirmed it.

use zhuchao::acts::money::confirm::{self, BankAnswer};
use zhuchao::acts::money::fit::SUSPENDED;
use zhuchao::acts::money::payment_file::FileKind;
use zhuchao::acts::money::{claims, payments, publicity, review, stop};
use zhuchao::acts::{Desk, refuse, supervision::sanctions};
use zhuchao::domain::claim::{Claim, ClaimStage, MONTH_OUTSIDE};
use zhuchao::domain::money::Fen;
use zhuchao::domain::offer::{Breach, Contract, ContractStage};
use zhuchao::domain::payment::BatchStage;
use zhuchao::domain::quota::QuotaMode;
use zhuchao::store::journal;

use super::visited::suspended;
use super::{
    HERE, THERE, balance, banked, claim, code, grant, here, payable, quota, reviewed, signed, well,
    yuan,
};
use crate::support::town::Town;
use crate::support::world::day;

/// F1 and F2 are owed 100 yuan each for April and May.
fn two(town: &Town) -> Vec<(Contract, Claim)> {
    grant(town, &quota(HERE, 2026), yuan(1_000), QuotaMode::Hard);
    let all = ["F1", "F2"].map(|firm| {
        banked(town, firm);
        signed(town, firm, HERE, 100, 450)
    });
    let due = all.map(|contract| {
        town.at("2026-07-01T09:00:00+08:00");
        let claim = payable(town, &reviewed(town, &claim(town, &contract, &[4, 5])));
        (contract, claim)
    });
    due.to_vec()
}

#[test]
fn nothing_becomes_payable_or_is_paid_under_a_suspension() {
    assert_eq!(SUSPENDED.0, "AC395");
    for town in here() {
        let all = two(&town);
        let ids = [all[0].1.id.clone(), all[1].1.id.clone()];
        let (reviewer, approver) = (town.reviewer(HERE), town.district(HERE));
        let june = reviewed(&town, &claim(&town, &all[0].0, &[6]));
        publicity::publicise(&reviewer, &june.id, "公示2号").expect("publicised");
        let batch = payments::make(&reviewer, &quota(HERE, 2026), &ids[..1]).expect("made");
        let suspension = suspended(&town, &all[0].0);
        town.at("2026-07-22T09:00:00+08:00");
        assert_eq!(code(publicity::approve(&approver, &june.id)), SUSPENDED);
        let file = payments::export(&approver, &batch.id, FileKind::Csv);
        assert_eq!(code(file.map(|f| f.0)), SUSPENDED, "{}", town.name);
        confirm::drop_batch(&approver, &batch.id, "suspended").expect("dropped");
        let make = |ids: &[_]| payments::make(&reviewer, &quota(HERE, 2026), ids);
        assert_eq!(code(make(&ids)), SUSPENDED);
        make(&ids[1..]).expect("another contract is paid");
        sanctions::lift_suspension(&approver, &suspension.id, "in order").expect("lifted");
        publicity::approve(&approver, &june.id).expect("approved");
        make(&ids[..1]).expect("made");
        well(&town);
    }
}

#[test]
fn after_a_breach_what_is_payable_is_stopped_and_its_batch_given_up() {
    for town in here() {
        let all = two(&town);
        let (reviewer, approver) = (town.reviewer(HERE), town.district(HERE));
        let ids = [all[0].1.id.clone(), all[1].1.id.clone()];
        let batch = payments::make(&reviewer, &quota(HERE, 2026), &ids).expect("made");
        payments::export(&approver, &batch.id, FileKind::Csv).expect("at the bank");
        let mut broken = all[0].0.clone();
        broken.stage = ContractStage::Terminated;
        broken.agreement.breach = Some(Breach {
            number: "追缴1号".to_owned(),
            clause: "no sub-letting".to_owned(),
            claw_back_from: day(2026, 5, 15),
        });
        super::commitments::end(&town, &broken);
        let halt = |desk: &Desk, why| stop::stop(desk, &ids[0], why);
        assert_eq!(code(halt(&approver, "")), refuse::UNFIT);
        assert_eq!(
            code(halt(&town.district(THERE), "breach")),
            refuse::NOT_YOURS
        );
        assert_eq!(code(halt(&reviewer, "breach")), refuse::NOT_ALLOWED);
        let stopped = halt(&approver, "breach").expect("stopped");
        assert_eq!(
            (stopped.stage, stopped.due),
            (ClaimStage::Returned, Fen::ZERO)
        );
        let now = balance(&town, &quota(HERE, 2026));
        assert_eq!(now.payable, yuan(100), "that of the other firm");
        let given_up = payments::one(&approver, &batch.id).expect("a batch");
        assert_eq!(given_up.stage, BatchStage::Dropped, "{}", town.name);
        let late = BankAnswer {
            reference: "B-1".to_owned(),
            paid_on: day(2026, 7, 14),
            failed: Vec::new(),
        };
        let late = confirm::confirm(&reviewer, &batch.id, &late);
        assert_eq!(code(late), refuse::WRONG_STATE);
        let other = claims::one(&approver, &ids[1]).expect("a claim");
        assert_eq!((other.stage, other.batch), (ClaimStage::Payable, None));
        for subject in [
            format!("claim {}", ids[1]),
            format!("payment batch {}", batch.id),
        ] {
            let rows = town.desk.store().read(|tx| journal::about(tx, &subject));
            let last = rows.expect("rows").pop().expect("an entry");
            assert_eq!(last.entry.act, "stop claim", "{subject}");
        }
        review::reject(&reviewer, &ids[0], "breach").expect("rejected");
        well(&town);
    }
}

#[test]
fn what_was_lost_after_the_approval_goes_into_no_batch() {
    for town in here() {
        let all = two(&town);
        let mut broken = all[0].0.clone();
        broken.stage = ContractStage::Terminated;
        broken.agreement.breach = Some(Breach {
            number: "追缴1号".to_owned(),
            clause: "no sub-letting".to_owned(),
            claw_back_from: day(2026, 4, 15),
        });
        super::commitments::end(&town, &broken);
        let id = all[0].1.id.clone();
        let refused = payments::make(
            &town.reviewer(HERE),
            &quota(HERE, 2026),
            std::slice::from_ref(&id),
        );
        assert_eq!(code(refused), MONTH_OUTSIDE);
        stop::stop(&town.district(HERE), &id, "breach").expect("stopped");
        well(&town);
    }
}
