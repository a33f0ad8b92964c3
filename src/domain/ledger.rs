//! The ledger of a quota (额度台账): double entry. Each entry moves fen from one account of a quota to
//! another; entries are never changed, a mistake is righted by another entry.
//!
//! Law at every moment: `granted = free + committed + payable + paid + clawed_back`, none negative; so what
//! was moved out of `free` and not back is the quota less what is left.
//!
//! Not here: who posts what, when (`acts::money`); claims (`claim`).

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::fault::{Code, Fault};
use super::ids::{ClaimId, ContractId};
use super::money::Fen;
use super::place::DistrictCode;
use super::quota::{Item, Quota};

/// A text is not the key of a quota.
pub const BAD_QUOTA_KEY: Code = Code("DM250");

/// Whose quota, of which budget year, for what: `440305/2026/rent_subsidy`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuotaKey {
    /// District.
    pub district: DistrictCode,
    /// Budget year.
    pub year: i32,
    /// Item.
    pub item: Item,
}

impl QuotaKey {
    /// The key of a quota.
    pub fn of(quota: &Quota) -> QuotaKey {
        QuotaKey {
            district: quota.district.clone(),
            year: quota.year,
            item: quota.item,
        }
    }
}

impl fmt::Display for QuotaKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.district, self.year, self.item.name())
    }
}

impl FromStr for QuotaKey {
    type Err = Fault;

    fn from_str(text: &str) -> Result<QuotaKey, Fault> {
        let bad = || {
            let cause = format!("{text:?} is not a district, a year and an item");
            Fault::new(BAD_QUOTA_KEY, cause, "write 440305/2026/rent_subsidy")
        };
        let parts: Vec<&str> = text.split('/').collect();
        let [district, year, item] = parts[..] else {
            return Err(bad());
        };
        Ok(QuotaKey {
            district: district.parse().map_err(|_| bad())?,
            year: year.parse().map_err(|_| bad())?,
            item: Item::named(item).ok_or_else(bad)?,
        })
    }
}

/// Where money of a quota stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Account {
    /// The budget that grants: what it has given is the quota.
    Granted,
    /// 可用: not bound.
    Free,
    /// 已承诺: bound to contracts and settled claims.
    Committed,
    /// 应付: approved, not yet confirmed by the bank.
    Payable,
    /// 已拨付, and not ordered back.
    Paid,
    /// 追缴中: ordered back, not yet received or waived.
    ClawedBack,
}

impl Account {
    /// Every account.
    pub const ALL: [Account; 6] = [
        Account::Granted,
        Account::Free,
        Account::Committed,
        Account::Payable,
        Account::Paid,
        Account::ClawedBack,
    ];

    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            Account::Granted => "granted",
            Account::Free => "free",
            Account::Committed => "committed",
            Account::Payable => "payable",
            Account::Paid => "paid",
            Account::ClawedBack => "clawed_back",
        }
    }
}

/// Why money moves; each kind has one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// A quota is released, or raised.
    Release,
    /// A quota is lowered.
    Lower,
    /// Bound to a contract or a settled claim.
    Commit,
    /// No longer bound: exit, rest of a claim, end of the year.
    Uncommit,
    /// A claim is approved for payment.
    Approve,
    /// A payable claim is stopped before the bank has confirmed it.
    Stop,
    /// The bank has paid.
    Pay,
    /// Paid aid is ordered back.
    ClawBack,
    /// Aid that was ordered back has come in, and is free again in the year it was paid from.
    Recover,
    /// An order is waived.
    Waive,
}

impl EntryKind {
    /// From which account to which.
    pub fn way(self) -> (Account, Account) {
        use Account::{ClawedBack, Committed, Free, Granted, Paid, Payable};
        match self {
            EntryKind::Release => (Granted, Free),
            EntryKind::Lower => (Free, Granted),
            EntryKind::Commit => (Free, Committed),
            EntryKind::Uncommit => (Committed, Free),
            EntryKind::Approve => (Committed, Payable),
            EntryKind::Stop => (Payable, Free),
            EntryKind::Pay => (Payable, Paid),
            EntryKind::ClawBack => (Paid, ClawedBack),
            EntryKind::Recover => (ClawedBack, Free),
            EntryKind::Waive => (ClawedBack, Paid),
        }
    }

    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            EntryKind::Release => "release",
            EntryKind::Lower => "lower",
            EntryKind::Commit => "commit",
            EntryKind::Uncommit => "uncommit",
            EntryKind::Approve => "approve",
            EntryKind::Stop => "stop",
            EntryKind::Pay => "pay",
            EntryKind::ClawBack => "claw_back",
            EntryKind::Recover => "recover",
            EntryKind::Waive => "waive",
        }
    }
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LedgerEntry {
    /// Key: that of the quota and the number with eight digits.
    pub id: String,
    /// Whose quota.
    pub district: DistrictCode,
    /// Budget year.
    pub year: i32,
    /// Item.
    pub item: Item,
    /// Number within the quota, from 1.
    pub seq: i64,
    /// Why.
    pub kind: EntryKind,
    /// How much; positive.
    pub amount: Fen,
    /// Out of which account.
    pub from: Account,
    /// Into which account.
    pub to: Account,
    /// For which contract.
    pub contract: Option<ContractId>,
    /// For which claim.
    pub claim: Option<ClaimId>,
    /// When.
    pub at: DateTime<Utc>,
    /// Key of the account of the person.
    pub by: String,
}

impl LedgerEntry {
    /// The quota concerned.
    pub fn quota(&self) -> QuotaKey {
        QuotaKey {
            district: self.district.clone(),
            year: self.year,
            item: self.item,
        }
    }
}

/// What stands in the accounts of a quota.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Balance {
    /// The quota: all that was granted.
    pub granted: Fen,
    /// Left.
    pub free: Fen,
    /// Bound.
    pub committed: Fen,
    /// Approved, not yet paid.
    pub payable: Fen,
    /// Paid, and not ordered back.
    pub paid: Fen,
    /// Ordered back, not yet received.
    pub clawed_back: Fen,
    /// Number of entries.
    pub entries: i64,
}

impl Balance {
    /// The balance after an entry; DM110 beyond 64 bits.
    pub fn after(mut self, entry: &LedgerEntry) -> Result<Balance, Fault> {
        // What is granted is owed by the budget: it grows as it gives.
        let source = |account| account == Account::Granted;
        let (from, to) = (self.account(entry.from), self.account(entry.to));
        let (from, to) = match (source(entry.from), source(entry.to)) {
            (true, _) => (from.plus(entry.amount)?, to.plus(entry.amount)?),
            (_, true) => (from.minus(entry.amount)?, to.minus(entry.amount)?),
            _ => (from.minus(entry.amount)?, to.plus(entry.amount)?),
        };
        *self.slot(entry.from) = from;
        *self.slot(entry.to) = to;
        self.entries += 1;
        Ok(self)
    }

    /// What stands in an account.
    pub fn account(&self, account: Account) -> Fen {
        let mut all = *self;
        *all.slot(account)
    }

    fn slot(&mut self, account: Account) -> &mut Fen {
        match account {
            Account::Granted => &mut self.granted,
            Account::Free => &mut self.free,
            Account::Committed => &mut self.committed,
            Account::Payable => &mut self.payable,
            Account::Paid => &mut self.paid,
            Account::ClawedBack => &mut self.clawed_back,
        }
    }

    /// True when the law holds: the parts sum to the quota and none is negative.
    pub fn is_lawful(&self) -> bool {
        let parts = [
            self.free,
            self.committed,
            self.payable,
            self.paid,
            self.clawed_back,
        ];
        parts.iter().all(|p| *p >= Fen::ZERO) && Fen::sum(parts) == Ok(self.granted)
    }
}
