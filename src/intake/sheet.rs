//! A sheet: the filled cells of a worksheet as text, row by row, and the rows of a kind read from it.
//! The header is the first of the first three rows that names a column, so that a title may stand
//! above it.
//!
//! Not here: workbooks (`workbook`), what the cells mean (the files of the kinds).

use serde::{Deserialize, Serialize};

use crate::domain::fault::{Fault, Place};

use super::cell::shown;
use super::codes;
use super::columns::{self, Header};
use super::found::Found;
use super::gather;
use super::limits::Limits;
use super::outside::Context;
use super::report::{Kind, Taken};
use super::row::Row;

/// A row that has a filled cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetRow {
    /// Number of the row, from 1.
    pub line: u64,
    /// Cells from the first column on; empty text where nothing stands.
    pub cells: Vec<String>,
}

/// The state of a noun when the workbook was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Key of the noun.
    pub key: String,
    /// Digest of its row then.
    pub tag: String,
}

/// What is odd about a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// It is computed: what stands in the file is what some program computed last, and may be stale.
    Formula,
    /// It is the first of merged cells: the others look filled and are empty.
    Merged,
}

/// A cell that cannot be taken at its word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Odd {
    /// Number of the row, from 1.
    pub line: u64,
    /// Column, from 0.
    pub at: usize,
    /// Why.
    pub why: Why,
}

/// A worksheet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Rows in order.
    pub rows: Vec<SheetRow>,
    /// Cells that cannot be taken at their word.
    pub odd: Vec<Odd>,
    /// Stamps of the hidden sheet; empty when it is not one of our workbooks.
    pub stamps: Vec<Stamp>,
}

/// How many rows may stand above the header, itself included.
const HEAD: usize = 3;

impl Sheet {
    /// Where the header stands among the rows.
    pub fn header(&self, kind: Kind) -> Option<usize> {
        let names = columns::of(kind);
        let known = |row: &SheetRow| {
            let hit = |cell: &&String| names.iter().any(|c| c.name == cell.trim());
            row.cells.iter().filter(hit).count()
        };
        let head = self.rows.iter().take(HEAD).map(known).enumerate();
        head.max_by_key(|(n, hits)| (*hits, HEAD - n))
            .map(|(n, _)| n)
    }

    /// The rows below the header with their keys, as `books::key` makes them of stored rows.
    pub fn keys(&self, kind: Kind) -> Vec<(String, u64)> {
        let Some((head, body)) = self.header(kind).map(|at| self.rows.split_at(at + 1)) else {
            return Vec::new();
        };
        let names = head.last().map(|h| h.cells.as_slice()).unwrap_or_default();
        let keys = super::choices::keys(kind);
        let in_order = columns::of(kind).iter().filter(|c| keys.contains(&c.name));
        let at: Vec<usize> = in_order
            .filter_map(|c| names.iter().position(|n| n.trim() == c.name))
            .collect();
        let cell = |row: &SheetRow, n: &usize| {
            let cell = row.cells.get(*n).map(|c| c.trim().to_owned());
            cell.unwrap_or_default()
        };
        let key = |row: &SheetRow| {
            let parts: Vec<String> = at.iter().map(|n| cell(row, n)).collect();
            (parts.join("/"), row.line)
        };
        body.iter().map(key).collect()
    }
}

/// Reads a sheet of a kind. `Err` is a fault that ends the file.
pub(super) fn take(
    kind: Kind,
    sheet: &Sheet,
    ctx: &Context<'_>,
    limits: &Limits,
    found: &mut Found,
) -> Result<Taken, Fault> {
    let at = sheet.header(kind).ok_or_else(no_header)?;
    let (head, body) = sheet.rows.split_at(at + 1);
    let head = head.last().ok_or_else(no_header)?;
    let width = head.cells.iter().rposition(|c| !c.trim().is_empty());
    let names = head.cells.get(..=width.unwrap_or(0)).unwrap_or_default();
    let header = Header::matched(kind, names, head.line, found);
    odd(sheet, head, found);
    let mut gather = gather::of(kind);
    for row in body {
        let cells = chosen(&header, row, limits, found);
        let mut row = Row {
            line: row.line,
            columns: header.columns,
            cells: &cells,
            outline: None,
            is_feature: false,
            found,
        };
        gather.row(&mut row, ctx);
    }
    Ok(Taken {
        batch: gather.finish(ctx, found),
        rows: u64::try_from(body.len()).unwrap_or(u64::MAX),
        encoding: None,
    })
}

/// Faults of the odd cells below the header.
fn odd(sheet: &Sheet, head: &SheetRow, found: &mut Found) {
    for odd in sheet.odd.iter().filter(|odd| odd.line > head.line) {
        let (code, cause, action) = match odd.why {
            Why::Formula => (
                codes::COMPUTED_CELL,
                "the cell is computed by a formula",
                "copy the column and paste it as values",
            ),
            Why::Merged => (
                codes::MERGED_CELLS,
                "cells are merged here",
                "split the merged cells and fill each of them",
            ),
        };
        let column = head.cells.get(odd.at).map(|c| shown(c.trim()));
        let column = column.unwrap_or_else(|| (odd.at + 1).to_string());
        let place = Place::cell(odd.line, &column);
        found.fault(Fault::new(code, cause, action).at(place));
    }
}

fn no_header() -> Fault {
    Fault::new(
        codes::NO_HEADER,
        "the sheet is empty",
        "give a header with the names of the columns, or begin with the template",
    )
}

/// The cells of the known columns, in their order. A cell of a workbook that begins with `=` is a
/// text, no formula: formulas do not come this far.
fn chosen(
    header: &Header,
    row: &SheetRow,
    limits: &Limits,
    found: &mut Found,
) -> Vec<Option<String>> {
    let mut out = Vec::with_capacity(header.columns.len());
    for (column, at) in header.columns.iter().zip(&header.at) {
        let cell = at.map(|at| row.cells.get(at).map(String::as_str).unwrap_or_default());
        let long = cell.is_some_and(|c| c.chars().count() > limits.cell_chars);
        if long {
            let cause = format!("the cell has more than {} characters", limits.cell_chars);
            let fault = Fault::new(codes::CELL_TOO_LONG, cause, "shorten the cell");
            found.fault(fault.at(Place::cell(row.line, column.name)));
        }
        out.push(cell.filter(|_| !long).map(str::to_owned));
    }
    if let Some((n, cell)) = beyond(header, row) {
        let cause = format!("{:?} stands in column {n}, which has no name", shown(cell));
        let fault = Fault::new(codes::ROW_SHAPE, cause, "name the column or clear the cell");
        found.fault(fault.at(Place {
            row: Some(row.line),
            ..Place::default()
        }));
    }
    out
}

/// A filled cell to the right of the header.
fn beyond<'r>(header: &Header, row: &'r SheetRow) -> Option<(usize, &'r str)> {
    let rest = row.cells.iter().enumerate().skip(header.width);
    let filled = rest.filter(|(_, cell)| !cell.trim().is_empty());
    filled.map(|(n, cell)| (n + 1, cell.as_str())).next()
}
