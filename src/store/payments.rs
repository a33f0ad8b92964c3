//! Payment batches, and the bank accounts of firms in a table of their own.

use super::noun::{Cell, Noun};
use crate::domain::payment::{BankAccount, PaymentBatch};

impl Noun for PaymentBatch {
    const NOUN: &'static str = "payment batch";
    const TABLE: &'static str = "payment_batches";
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

impl Noun for BankAccount {
    const NOUN: &'static str = "bank account";
    const TABLE: &'static str = "bank_accounts";
    const COLUMNS: &'static [&'static str] = &[];

    fn key(&self) -> String {
        self.firm.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        Vec::new()
    }
}
