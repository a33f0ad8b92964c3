//! The sheet of a settlement as a CSV file: one row per claim, then the sums.
//!
//! Not here: how it is computed (`policy::sheet`).

use super::payment_file::{Table, csv_bytes};
use crate::acts::Desk;
use crate::domain::fault::Faults;
use crate::domain::ids::SettlementId;
use crate::domain::settlement::{Sheet, SheetRow};

/// Columns of the file.
const HEADER: [&str; 10] = [
    "申领编号 claim",
    "企业 firm",
    "名次 rank",
    "核算金额 computed (yuan)",
    "比例分子 ratio numerator",
    "比例分母 ratio denominator",
    "余数 remainder",
    "余数名次 remainder rank",
    "核减金额 cut (yuan)",
    "核定金额 awarded (yuan)",
];

/// The sheet of a settlement as CSV with a byte order mark.
pub fn csv(desk: &Desk, id: &SettlementId) -> Result<Vec<u8>, Faults> {
    csv_bytes(&rows(desk, id)?)
}

/// The rows of the sheet of a settlement, for whatever form they are written in; the last one sums up.
pub fn rows(desk: &Desk, id: &SettlementId) -> Result<Table, Faults> {
    let settlement = super::settle::one(desk, id)?;
    Ok(table(&settlement.sheet))
}

fn table(sheet: &Sheet) -> Table {
    let mut rows: Vec<Vec<String>> = sheet.rows.iter().map(|row| cells(sheet, row)).collect();
    rows.push(vec![
        "合计 total".to_owned(),
        sheet.rows.len().to_string(),
        sheet.mode.clone(),
        sheet.computed.to_string(),
        sheet.num.to_string(),
        sheet.den.to_string(),
        format!("额度 pool {}", sheet.pool),
        String::new(),
        crate::domain::decimal::format(sheet.computed.0 - sheet.awarded.0, 2),
        sheet.awarded.to_string(),
    ]);
    Table {
        header: HEADER.iter().map(|h| (*h).to_owned()).collect(),
        rows,
    }
}

fn cells(sheet: &Sheet, row: &SheetRow) -> Vec<String> {
    let maybe = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
    vec![
        row.claim.to_string(),
        row.firm.to_string(),
        maybe(row.rank),
        row.computed.to_string(),
        sheet.num.to_string(),
        sheet.den.to_string(),
        row.remainder.to_string(),
        maybe(row.remainder_rank),
        row.cut.to_string(),
        row.awarded.to_string(),
    ]
}
