//! Nouns of money: changes of quotas, commitments, settlements, claims, claw-backs, year-ends.
//!
//! Not here: the ledger (`ledger`), payments and bank accounts (`payments`).

use super::error::StoreError;
use super::noun::{Cell, Noun};
use super::rows::having;
use super::tx::Reading;
use crate::domain::claim::Claim;
use crate::domain::claw_back::ClawBack;
use crate::domain::commitment::Commitment;
use crate::domain::ledger::QuotaKey;
use crate::domain::quota_change::QuotaChange;
use crate::domain::settlement::Settlement;
use crate::domain::year_end::YearEnd;

impl Noun for QuotaChange {
    const NOUN: &'static str = "change of a quota";
    const TABLE: &'static str = "quota_changes";
    const COLUMNS: &'static [&'static str] = &["district_id", "quota_id", "stage"];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Text(self.district.to_string()),
            Cell::Text(self.quota().to_string()),
            Cell::Text(self.stage.name().to_owned()),
        ]
    }
}

impl Noun for Commitment {
    const NOUN: &'static str = "commitment";
    const TABLE: &'static str = "commitments";
    const COLUMNS: &'static [&'static str] = &[
        "contract_id",
        "firm_id",
        "district_id",
        "quota_id",
        "stage",
        "amount_left",
    ];

    fn key(&self) -> String {
        Commitment::key(self)
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Text(self.contract.to_string()),
            Cell::Text(self.firm.to_string()),
            Cell::Text(self.district.to_string()),
            Cell::Text(self.quota().to_string()),
            Cell::Text(self.stage.name().to_owned()),
            Cell::Big(self.left.0),
        ]
    }
}

impl Noun for Settlement {
    const NOUN: &'static str = "settlement";
    const TABLE: &'static str = "settlements";
    const COLUMNS: &'static [&'static str] = &["district_id", "quota_id", "stage"];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Text(self.district.to_string()),
            Cell::Text(self.quota().to_string()),
            Cell::Text(self.stage.name().to_owned()),
        ]
    }
}

impl Noun for Claim {
    const NOUN: &'static str = "claim";
    const TABLE: &'static str = "claims";
    const COLUMNS: &'static [&'static str] = &[
        "contract_id",
        "firm_id",
        "district_id",
        "quota_id",
        "stage",
        "open_to",
        "settlement",
        "batch",
        "held",
        "due",
        "paid",
        "recalled",
    ];
    const LINKS: &'static [&'static str] = &["claim_months"];
    const MAYBE: &'static [&'static str] = &["settlement", "batch"];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Text(self.contract.to_string()),
            Cell::Text(self.firm.to_string()),
            Cell::Text(self.district.to_string()),
            Cell::Text(self.quota().to_string()),
            Cell::Text(self.stage.name().to_owned()),
            Cell::Text(if self.is_out() { "all" } else { "firm" }.to_owned()),
            Cell::MaybeText(self.settlement.as_ref().map(ToString::to_string)),
            Cell::MaybeText(self.batch.as_ref().map(ToString::to_string)),
            Cell::Big(self.held.0),
            Cell::Big(self.due.0),
            Cell::Big(self.paid.0),
            Cell::Big(self.recalled.0),
        ]
    }

    /// The months that it holds, so that none is claimed twice.
    fn targets(&self) -> Vec<Vec<String>> {
        let month = |m: &u32| format!("{}/{}-{m:02}", self.contract, self.year);
        vec![match self.stage.is_live() {
            true => self.stated.months.iter().map(month).collect(),
            false => Vec::new(),
        }]
    }
}

impl Noun for ClawBack {
    const NOUN: &'static str = "claw-back";
    const TABLE: &'static str = "claw_backs";
    const COLUMNS: &'static [&'static str] = &[
        "contract_id",
        "claim_id",
        "firm_id",
        "district_id",
        "stage",
        "deadline",
    ];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Text(self.contract.to_string()),
            Cell::Text(self.claim.to_string()),
            Cell::Text(self.firm.to_string()),
            Cell::Text(self.district.to_string()),
            Cell::Text(self.stage.name().to_owned()),
            Cell::Text(self.deadline.to_string()),
        ]
    }
}

impl Noun for YearEnd {
    const NOUN: &'static str = "year-end";
    const TABLE: &'static str = "year_ends";
    const COLUMNS: &'static [&'static str] = &[];

    fn key(&self) -> String {
        self.quota.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        Vec::new()
    }
}

/// The nouns of a quota, by key; those with a column `quota_id` only.
pub fn of_quota<T: Noun>(tx: &mut Reading<'_>, key: &QuotaKey) -> Result<Vec<T>, StoreError> {
    having(tx, "quota_id", &key.to_string())
}
