//! Payment files (拨付清单): CSV with a byte order mark, and xlsx with number formats; the last row is the
//! control row: count, total, SHA-256 of the canonical rows. A cell that a spreadsheet would take for a
//! formula is written with an apostrophe before it.
//!
//! Canonical row: batch, claim, firm, holder, bank, number and fen, each as its length in bytes, a colon
//! and its text; rows in the order of the batch, each ended by a line feed.
//!
//! Not here: who may have the file (`payments`).

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::money::Fen;
use crate::domain::payment::{BankAccount, Payment, PaymentBatch};
use crate::store::records;

/// A file could not be written.
pub const UNWRITTEN: Code = Code("AC392");

/// Kinds of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Comma-separated values.
    Csv,
    /// A workbook.
    Xlsx,
}

/// A table of text: money in yuan with two digits, so that any form of file can be written from it. No
/// `Debug`: it may hold bank accounts.
pub struct Table {
    /// Names of the columns.
    pub header: Vec<String>,
    /// Rows.
    pub rows: Vec<Vec<String>>,
}

/// One payment with the account it goes to.
pub(super) struct Line {
    /// The payment.
    pub payment: Payment,
    /// The account.
    pub account: BankAccount,
}

const HEADER: [&str; 8] = [
    "序号 no.",
    "申领编号 claim",
    "企业 firm",
    "户名 holder",
    "开户行 bank",
    "账号 account",
    "金额 amount (yuan)",
    "用途 purpose",
];

/// The column of the amount.
const AMOUNT: usize = 6;

/// SHA-256 of the canonical rows.
pub(super) fn digest(batch: &PaymentBatch, lines: &[Line]) -> String {
    let rows = lines.iter().map(|line| {
        let fields = [
            batch.id.to_string(),
            line.payment.claim.to_string(),
            line.payment.firm.to_string(),
            line.account.holder.clone(),
            line.account.bank.clone(),
            line.account.number.clone(),
            line.payment.amount.0.to_string(),
        ];
        let row: String = fields.iter().map(|f| format!("{}:{f}", f.len())).collect();
        row + "\n"
    });
    records::digest(&rows.collect::<String>())
}

/// The file of a batch.
pub(super) fn file(table: &Table, kind: FileKind) -> Result<Vec<u8>, Faults> {
    match kind {
        FileKind::Csv => csv_bytes(table),
        FileKind::Xlsx => xlsx_bytes(table).map_err(|e| unwritten(&e.to_string()).into()),
    }
}

/// The rows of a batch, and the control row.
pub(super) fn table(batch: &PaymentBatch, lines: &[Line]) -> Table {
    let purpose = format!("{} {} 房租补贴", batch.district, batch.year);
    let row = |(n, line): (usize, &Line)| {
        vec![
            n.to_string(),
            line.payment.claim.to_string(),
            line.payment.firm.to_string(),
            line.account.holder.clone(),
            line.account.bank.clone(),
            line.account.number.clone(),
            line.payment.amount.to_string(),
            purpose.clone(),
        ]
    };
    let mut rows: Vec<Vec<String>> = (1..).zip(lines).map(row).collect();
    rows.push(vec![
        "合计 control".to_owned(),
        batch.id.to_string(),
        lines.len().to_string(),
        String::new(),
        String::new(),
        String::new(),
        batch.total.to_string(),
        format!("SHA-256 {}", digest(batch, lines)),
    ]);
    Table {
        header: HEADER.iter().map(|h| (*h).to_owned()).collect(),
        rows,
    }
}

/// A table as CSV with a byte order mark.
pub(super) fn csv_bytes(table: &Table) -> Result<Vec<u8>, Faults> {
    let failed = |e: csv::Error| Faults::from(unwritten(&e.to_string()));
    let mut writer = csv::Writer::from_writer(b"\xEF\xBB\xBF".to_vec());
    writer.write_record(&table.header).map_err(failed)?;
    for row in &table.rows {
        writer
            .write_record(row.iter().map(|cell| inert(cell)))
            .map_err(failed)?;
    }
    writer
        .into_inner()
        .map_err(|e| unwritten(&e.to_string()).into())
}

/// A cell that no spreadsheet takes for a formula.
fn inert(cell: &str) -> String {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}

fn xlsx_bytes(table: &Table) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let bold = Format::new().set_bold();
    let money = Format::new().set_num_format("#,##0.00");
    for (column, name) in (0_u16..).zip(&table.header) {
        sheet.write_string_with_format(0, column, name, &bold)?;
        sheet.set_column_width(column, 24)?;
    }
    for (row, cells) in (1_u32..).zip(&table.rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            match cell.parse::<f64>() {
                Ok(yuan) if usize::from(column) == AMOUNT => {
                    sheet.write_number_with_format(row, column, yuan, &money)?
                }
                // As text: a long account number is no quantity, and nothing is a formula.
                _ => sheet.write_string(row, column, cell)?,
            };
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    book.save_to_buffer()
}

fn unwritten(cause: &str) -> Fault {
    Fault::new(
        UNWRITTEN,
        format!("the file could not be written: {cause}"),
        "try again, and report it if it stays so",
    )
}

/// The sum of payments. DM110 beyond 64 bits.
pub(super) fn total(payments: &[Payment]) -> Result<Fen, Fault> {
    Fen::sum(payments.iter().map(|p| p.amount))
}
