//! Payments: batches, the file with its control row, masked accounts, the bank's answer.

use calamine::{Data, Reader, Xlsx};
use zhuchao::acts::money::accounts::{self, NewAccount};
use zhuchao::acts::money::confirm::{self, BankAnswer, Failed};
use zhuchao::acts::money::payment_file::{FileKind, UNWRITTEN};
use zhuchao::acts::money::payments::{self, ACCOUNTS_CHANGED, NO_ACCOUNT};
use zhuchao::acts::{Wish, refuse};
use zhuchao::domain::claim::{Claim, ClaimStage};
use zhuchao::domain::money::Fen;
use zhuchao::domain::payment::BatchStage;
use zhuchao::domain::people::{Actor, Body, Role};
use zhuchao::domain::quota::QuotaMode;
use zhuchao::store::{journal, raw, records};

use super::{
    HERE, THERE, balance, banked, claim, code, grant, here, payable, quota, reviewed, signed, well,
    yuan,
};
use crate::support::town::Town;
use crate::support::world::{day, key};

/// F1 and F2 are to be paid 100 yuan each; F1 has a bank account.
fn two(town: &Town) -> Vec<Claim> {
    grant(town, &quota(HERE, 2026), yuan(1_000), QuotaMode::Hard);
    let all = [
        signed(town, "F1", HERE, 100, 450),
        signed(town, "F2", HERE, 100, 450),
    ];
    banked(town, "F1");
    let settled = all.iter().map(|c| {
        town.at("2026-07-01T09:00:00+08:00");
        reviewed(town, &claim(town, c, &[4, 5]))
    });
    settled.map(|c| payable(town, &c)).collect()
}

fn keys(claims: &[Claim]) -> Vec<zhuchao::domain::ids::ClaimId> {
    claims.iter().map(|c| c.id.clone()).collect()
}

fn answer(failed: Vec<Failed>) -> BankAnswer {
    BankAnswer {
        reference: "B-77".to_owned(),
        paid_on: day(2026, 7, 14),
        failed,
    }
}

fn enter(town: &Town, firm: &str, holder: &str, number: &str) {
    let new = NewAccount {
        holder: holder.to_owned(),
        bank: "某银行".to_owned(),
        number: number.to_owned(),
    };
    accounts::enter(&town.firm(firm), &key(firm), &new).expect("entered");
}

#[test]
fn the_file_holds_accounts_and_a_control_row_and_nothing_else_does() {
    for town in here() {
        let claims = two(&town);
        let reviewer = town.reviewer(HERE);
        let budget = quota(HERE, 2026);
        let lacking = payments::make(&reviewer, &budget, &keys(&claims));
        assert_eq!(code(lacking), NO_ACCOUNT);
        enter(&town, "F2", "=HYPERLINK(1)", "6222-1111 22223333");
        let batch = payments::make(&reviewer, &budget, &keys(&claims)).expect("made");
        assert_eq!(batch.total, yuan(200));
        let wish = Wish {
            unchanged: None,
            once: Some("k".to_owned()),
            secret: false,
        };
        let approver = town.district(HERE).wishing(wish);
        let csv = |desk| payments::export(desk, &batch.id, FileKind::Csv).expect("a file");
        let (after, bytes) = csv(&approver);
        assert_eq!(csv(&approver).1, bytes, "asked again under the same key");
        assert!(bytes.starts_with(b"\xEF\xBB\xBF"));
        let mut reader = csv::Reader::from_reader(&bytes[3..]);
        let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
        assert_eq!(rows.len(), 3);
        assert_eq!((&rows[0][5], &rows[0][6]), ("6222000000000001", "100.00"));
        assert_eq!(&rows[1][3], "'=HYPERLINK(1)", "no formula");
        let control: Vec<&str> = rows[2].iter().collect();
        assert_eq!((control[2], control[6]), ("2", "200.00"));
        // The control sum is computed anew from the rows.
        let fen = |yuan: &str| yuan.parse::<Fen>().expect("yuan").0.to_string();
        let canonical: String = (rows[..2].iter())
            .map(|r| {
                let holder = r[3].trim_start_matches('\'');
                let amount = fen(&r[6]);
                let id = batch.id.to_string();
                let fields = [&id, &r[1], &r[2], holder, &r[4], &r[5], &amount];
                fields.map(|f| format!("{}:{f}", f.len())).concat() + "\n"
            })
            .collect();
        let digest = records::digest(&canonical);
        assert_eq!(control[7], format!("SHA-256 {digest}"), "{}", town.name);
        assert_eq!(after.digest, Some(digest));
        nowhere(
            &town,
            &["6222000000000001", "6222111122223333", "HYPERLINK"],
        );
        let taken = town
            .desk
            .store()
            .read(|tx| journal::about(tx, &format!("payment batch {}", batch.id)))
            .expect("rows");
        let last = &taken.last().expect("rows").entry;
        assert_eq!(
            (last.act.as_str(), last.actor.as_str()),
            ("export payment batch", "district_approver.440305")
        );
        well(&town);
    }
}

/// No table but that of the accounts holds the texts.
fn nowhere(town: &Town, texts: &[&str]) {
    let tables = [
        "records",
        "repeats",
        "claims",
        "payment_batches",
        "ledger_entries",
    ];
    for table in tables {
        for text in texts {
            let sql = format!("SELECT body AS value FROM {table} WHERE body LIKE '%{text}%'");
            let found = raw::texts(town.desk.store(), &sql).expect("rows");
            assert!(found.is_empty(), "{table} holds {text}");
        }
    }
}

#[test]
fn the_workbook_has_amounts_as_numbers_and_accounts_as_text() {
    for town in here() {
        let claims = two(&town);
        enter(&town, "F2", "=1+1", "6222111122223333");
        let batch = payments::make(&town.reviewer(HERE), &quota(HERE, 2026), &keys(&claims));
        let batch = batch.expect("made");
        let (_, bytes) =
            payments::export(&town.district(HERE), &batch.id, FileKind::Xlsx).expect("a file");
        let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).expect("a workbook");
        let sheet = book.worksheet_range_at(0).expect("a sheet").expect("cells");
        let cell = |row, column| sheet.get_value((row, column)).cloned().expect("a cell");
        assert_eq!(cell(1, 6), Data::Float(100.0));
        assert_eq!(cell(1, 5), Data::String("6222000000000001".to_owned()));
        assert_eq!(
            cell(2, 3),
            Data::String("=1+1".to_owned()),
            "text, no formula"
        );
        assert_eq!(cell(3, 6), Data::Float(200.0));
    }
    assert_eq!(UNWRITTEN.0, "AC392");
}

#[test]
fn what_the_bank_did_not_pay_is_payable_again() {
    for town in here() {
        let claims = two(&town);
        banked(&town, "F2");
        let (reviewer, approver) = (town.reviewer(HERE), town.district(HERE));
        let batch = payments::make(&reviewer, &quota(HERE, 2026), &keys(&claims)).expect("made");
        let early = confirm::confirm(&reviewer, &batch.id, &answer(Vec::new()));
        assert_eq!(code(early), refuse::WRONG_STATE, "the file is not out yet");
        payments::export(&approver, &batch.id, FileKind::Csv).expect("a file");
        let failed = |claim: &Claim, why: &str| Failed {
            claim: claim.id.clone(),
            reason: why.to_owned(),
        };
        let strange = Failed {
            claim: key("none"),
            reason: "closed".to_owned(),
        };
        let twice = vec![failed(&claims[1], "closed"), failed(&claims[1], "closed")];
        let unnamed = vec![failed(&claims[1], "")];
        for bad in [answer(vec![strange]), answer(unnamed), answer(twice)] {
            let refused = confirm::confirm(&reviewer, &batch.id, &bad);
            assert_eq!(code(refused), refuse::UNFIT);
        }
        let tomorrow = BankAnswer {
            paid_on: day(2026, 7, 15),
            ..answer(Vec::new())
        };
        let refused = confirm::confirm(&reviewer, &batch.id, &tomorrow);
        assert_eq!(code(refused), refuse::UNFIT);
        let told = answer(vec![failed(&claims[1], "account closed")]);
        let done = confirm::confirm(&reviewer, &batch.id, &told).expect("confirmed");
        assert_eq!(done.payments[1].failed.as_deref(), Some("account closed"));
        let now = balance(&town, &quota(HERE, 2026));
        assert_eq!((now.paid, now.payable), (yuan(100), yuan(100)));
        let stage = |claim: &Claim| {
            zhuchao::acts::money::claims::one(&town.planner(), &claim.id)
                .map(|c| (c.stage, c.payment.map(|p| p.reference)))
        };
        assert_eq!(
            stage(&claims[0]),
            Ok((ClaimStage::Paid, Some("B-77".to_owned())))
        );
        assert_eq!(stage(&claims[1]), Ok((ClaimStage::Payable, None)));
        let twice = confirm::confirm(&reviewer, &batch.id, &told);
        assert_eq!(code(twice), refuse::WRONG_STATE);
        let again = payments::make(&reviewer, &quota(HERE, 2026), &keys(&claims));
        assert_eq!(code(again), refuse::WRONG_STATE, "one of them is paid");
        payments::make(&reviewer, &quota(HERE, 2026), &keys(&claims[1..])).expect("made");
        well(&town);
    }
}

#[test]
fn an_account_that_changes_after_the_file_is_out_stops_a_second_file() {
    for town in here() {
        let claims = two(&town);
        let (reviewer, approver) = (town.reviewer(HERE), town.district(HERE));
        let batch = payments::make(&reviewer, &quota(HERE, 2026), &keys(&claims[..1]));
        let batch = batch.expect("made");
        payments::export(&approver, &batch.id, FileKind::Csv).expect("a file");
        payments::export(&approver, &batch.id, FileKind::Csv).expect("the same file again");
        enter(&town, "F1", "F1", "99998888777766");
        let changed = payments::export(&approver, &batch.id, FileKind::Csv);
        assert_eq!(code(changed), ACCOUNTS_CHANGED);
        let bare = confirm::drop_batch(&approver, &batch.id, "");
        assert_eq!(code(bare), refuse::UNFIT);
        let gone = confirm::drop_batch(&approver, &batch.id, "the account changed");
        assert_eq!(gone.map(|b| b.stage), Ok(BatchStage::Dropped));
        payments::make(&reviewer, &quota(HERE, 2026), &keys(&claims[..1])).expect("made again");
        well(&town);
    }
}

#[test]
fn batches_are_made_exported_and_confirmed_by_different_people_of_the_district() {
    for town in here() {
        let claims = two(&town);
        banked(&town, "F2");
        let budget = quota(HERE, 2026);
        let reviewer = town.reviewer(HERE);
        for bad in [vec![], [keys(&claims), keys(&claims)].concat()] {
            let refused = payments::make(&reviewer, &budget, &bad);
            assert_eq!(code(refused), refuse::UNFIT);
        }
        let others = payments::make(&town.reviewer(THERE), &budget, &keys(&claims));
        assert_eq!(code(others), refuse::NOT_YOURS);
        grant(&town, &quota(THERE, 2026), yuan(10), QuotaMode::Hard);
        let mixed = payments::make(&town.reviewer(THERE), &quota(THERE, 2026), &keys(&claims));
        assert_eq!(code(mixed), refuse::UNFIT, "claims of another quota");
        let batch = payments::make(&reviewer, &budget, &keys(&claims)).expect("made");
        let strangers = [
            code(payments::one(&town.reviewer(THERE), &batch.id)),
            code(payments::export(&town.district(THERE), &batch.id, FileKind::Csv).map(|f| f.0)),
            code(confirm::confirm(
                &town.reviewer(THERE),
                &batch.id,
                &answer(Vec::new()),
            )),
            code(confirm::drop_batch(&town.district(THERE), &batch.id, "x")),
        ];
        assert_eq!(strangers, [refuse::NOT_YOURS; 4]);
        let bureau = payments::export(&town.bureau(), &batch.id, FileKind::Csv);
        assert_eq!(code(bureau.map(|f| f.0)), refuse::NOT_ALLOWED);
        let both = |id: &str, role| {
            let body = Body::District(key(HERE));
            let id = id.to_owned();
            town.desk.of(Actor { id, role, body })
        };
        let maker = both(reviewer.actor(), Role::DistrictApprover);
        let himself = payments::export(&maker, &batch.id, FileKind::Csv);
        assert_eq!(code(himself.map(|f| f.0)), refuse::SAME_PERSON);
        payments::export(&town.district(HERE), &batch.id, FileKind::Csv).expect("a file");
        let taker = both(town.district(HERE).actor(), Role::DistrictReviewer);
        let himself = confirm::confirm(&taker, &batch.id, &answer(Vec::new()));
        assert_eq!(code(himself), refuse::SAME_PERSON);
        let count = |desk| payments::list(&desk, Some(BatchStage::Exported), (None, 5));
        assert_eq!(count(town.reviewer(THERE)).map(|b| b.len()), Ok(0));
        assert_eq!(count(town.bureau()).map(|b| b.len()), Ok(1));
        assert_eq!(code(count(town.firm("F1"))), refuse::NOT_ALLOWED);
    }
}

#[test]
fn an_account_is_seen_masked_by_its_firm_alone() {
    for town in here() {
        banked(&town, "F1");
        let seen = accounts::one(&town.preparer("F1"), &key("F1")).expect("masked");
        assert_eq!(seen.number, "****0001");
        assert_eq!(
            code(accounts::one(&town.firm("F2"), &key("F1"))),
            refuse::NOT_YOURS
        );
        assert_eq!(
            code(accounts::one(&town.firm("F2"), &key("F2"))),
            refuse::ABSENT
        );
        assert_eq!(
            code(accounts::one(&town.district(HERE), &key("F1"))),
            refuse::NOT_ALLOWED
        );
        for number in ["123", "62220000X0000001", ""] {
            let new = NewAccount {
                holder: "F1".to_owned(),
                bank: "某银行".to_owned(),
                number: number.to_owned(),
            };
            let refused = accounts::enter(&town.firm("F1"), &key("F1"), &new);
            assert_eq!(code(refused), refuse::UNFIT, "{number}");
            let others = accounts::enter(&town.firm("F2"), &key("F1"), &new);
            assert_eq!(code(others), refuse::NOT_YOURS);
        }
        nowhere(&town, &["6222000000000001"]);
        well(&town);
    }
}
