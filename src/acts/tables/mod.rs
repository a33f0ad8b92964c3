//! The table form: what a table is called, its columns with headings in both languages, what their
//! cells hold and who may touch them. CSV and workbooks are written from this one form.
//!
//! A list of the API becomes a table by one constant (see `web::tables`); the table of an importable
//! noun is made from the columns that the importer reads (`nouns`).
//!
//! Not here: reading files (`intake`), which list may be had by whom (the list itself).

pub mod cells;
pub mod csv;
pub mod items;
pub mod nouns;
pub mod xlsx;

use crate::domain::fault::{Code, Fault};

/// A table cannot be written as a workbook: a text or the number of rows is beyond what one holds.
pub const NO_ROOM: Code = Code("AC500");

/// Most rows of a list that is had as one file.
pub const ROWS_MAX: usize = 50_000;

/// Media type of a workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Media type of CSV.
pub const CSV: &str = "text/csv; charset=utf-8";

/// What the cells of a column hold. Cells are texts; a kind says how a text is made and shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text as it is.
    Text,
    /// A whole number.
    Integer,
    /// A decimal with so many places; in lists an integer of that unit (fen: 2, 0.01 m2: 2,
    /// milli-points: 3, basis points as per cent: 2).
    Scaled(u8),
    /// A decimal as it is typed, shown with so many places.
    Decimal(u8),
    /// A day, 2026-01-31.
    Day,
    /// A moment, shown in Shenzhen's time.
    Moment,
    /// Yes or no.
    Flag,
}

/// Who may touch a column in a workbook that is sent out to be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// It names the row.
    Locked,
    /// It tells what the row is about.
    Context,
    /// It may be changed.
    Editable,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Name of the column for readers of files; in lists the path in the JSON of an item.
    pub key: &'static str,
    /// Chinese heading.
    pub zh: &'static str,
    /// English heading.
    pub en: &'static str,
    /// What its cells hold.
    pub kind: Kind,
    /// Who may touch it.
    pub access: Access,
}

impl Column {
    /// A column that is only shown.
    pub const fn shown(
        key: &'static str,
        zh: &'static str,
        en: &'static str,
        kind: Kind,
    ) -> Column {
        Column {
            key,
            zh,
            en,
            kind,
            access: Access::Locked,
        }
    }

    /// Both headings in one cell.
    pub fn heading(&self) -> String {
        format!("{} {}", self.zh, self.en).trim().to_owned()
    }
}

/// A list as a table.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Name of files and sheets.
    pub name: &'static str,
    /// Where the items stand in the JSON of the list.
    pub items: &'static str,
    /// The columns, in order.
    pub columns: &'static [Column],
}

/// A row: one text for each column.
pub type Row = Vec<String>;

/// The formats in which a table can be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// CSV in UTF-8 with byte-order mark.
    Csv,
    /// A workbook.
    Xlsx,
}

impl Form {
    /// The form of a name or of a media type.
    pub fn named(name: &str) -> Option<Form> {
        match name {
            "csv" | "text/csv" => Some(Form::Csv),
            "xlsx" | XLSX => Some(Form::Xlsx),
            _ => None,
        }
    }

    /// Ending of file names.
    pub fn ending(self) -> &'static str {
        match self {
            Form::Csv => "csv",
            Form::Xlsx => "xlsx",
        }
    }

    /// Media type.
    pub fn media(self) -> &'static str {
        match self {
            Form::Csv => CSV,
            Form::Xlsx => XLSX,
        }
    }
}

/// Writes rows under their headings.
///
/// # Errors
/// AC132 when the file cannot be put together, AC500 when a workbook cannot hold it.
pub fn written(form: Form, name: &str, columns: &[Column], rows: &[Row]) -> Result<Vec<u8>, Fault> {
    match form {
        Form::Csv => csv::written(columns, rows),
        Form::Xlsx => xlsx::written(name, columns, rows),
    }
}
