//! Payments (拨付): batches for the bank, and the accounts of firms.
//!
//! Not here: the file (`acts::money::payment_file`), entries (`ledger`).

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::ids::{ClaimId, FirmId, PaymentId};
use super::ledger::QuotaKey;
use super::money::Fen;
use super::place::DistrictCode;
use super::quota::Item;
use super::signature::Signature;

/// Where a batch stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BatchStage {
    /// Put together.
    Made,
    /// The file was handed out.
    Exported,
    /// The bank has answered.
    Confirmed,
    /// Given up before the bank answered; its claims are payable again.
    Dropped,
}

impl BatchStage {
    /// Every stage.
    pub const ALL: [BatchStage; 4] = [
        BatchStage::Made,
        BatchStage::Exported,
        BatchStage::Confirmed,
        BatchStage::Dropped,
    ];

    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            BatchStage::Made => "made",
            BatchStage::Exported => "exported",
            BatchStage::Confirmed => "confirmed",
            BatchStage::Dropped => "dropped",
        }
    }
}

/// One payment of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payment {
    /// For which claim.
    pub claim: ClaimId,
    /// To whom.
    pub firm: FirmId,
    /// How much; positive.
    pub amount: Fen,
    /// Why the bank did not pay it; `None` = paid, or not yet answered.
    pub failed: Option<String>,
}

/// A batch of payments from one quota.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentBatch {
    /// Key.
    pub id: PaymentId,
    /// District that pays.
    pub district: DistrictCode,
    /// Budget year.
    pub year: i32,
    /// Item.
    pub item: Item,
    /// The payments, by claim.
    pub payments: Vec<Payment>,
    /// Their sum.
    pub total: Fen,
    /// SHA-256 of the canonical rows, accounts included; known once the file is handed out.
    pub digest: Option<String>,
    /// Where it stands.
    pub stage: BatchStage,
    /// Put together by.
    pub made: Signature,
    /// Handed out to.
    pub exported: Option<Signature>,
    /// Confirmed or dropped by.
    pub confirmed: Option<Signature>,
    /// Reference of the bank.
    pub reference: Option<String>,
    /// Day of payment.
    pub paid_on: Option<NaiveDate>,
}

impl PaymentBatch {
    /// The quota concerned.
    pub fn quota(&self) -> QuotaKey {
        QuotaKey {
            district: self.district.clone(),
            year: self.year,
            item: self.item,
        }
    }
}

/// The bank account of a firm. Secret: shown masked, whole only in the payment file. No `Debug`, so that
/// no log can hold it by mistake.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BankAccount {
    /// The firm; also the key.
    pub firm: FirmId,
    /// Name of the account's holder (户名).
    pub holder: String,
    /// Bank and branch (开户行).
    pub bank: String,
    /// Number (账号), digits only.
    pub number: String,
    /// When it was entered.
    pub at: DateTime<Utc>,
}

/// A bank account as people see it: only the last four digits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaskedAccount {
    /// The firm.
    pub firm: FirmId,
    /// Bank and branch.
    pub bank: String,
    /// `****1234`.
    pub number: String,
    /// When it was entered.
    pub at: DateTime<Utc>,
}

impl BankAccount {
    /// The account with all but the last four digits of its number hidden, and without the holder.
    pub fn masked(&self) -> MaskedAccount {
        let count = self.number.chars().count();
        let tail: String = self.number.chars().skip(count.saturating_sub(4)).collect();
        MaskedAccount {
            firm: self.firm.clone(),
            bank: self.bank.clone(),
            number: format!("****{tail}"),
            at: self.at,
        }
    }
}
