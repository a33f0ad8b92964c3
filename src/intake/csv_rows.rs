//! CSV bytes into rows: header, cells, shape of rows, formula cells. The row number is the line
//! of the file in which the row begins, the header being line 1. Rows without any filled cell are
//! passed over: spreadsheets leave them at the end.

use std::io::Read;

use csv::ByteRecord;

use crate::domain::fault::{Fault, Place};

use super::bytes;
use super::cell::{is_live, shown, unescape};
use super::codes;
use super::columns::Header;
use super::encoding;
use super::found::Found;
use super::gather;
use super::limits::Limits;
use super::outside::Context;
use super::report::{Encoding, Format, Kind, Taken};
use super::row::Row;

/// Reads a CSV file of a kind. `Err` is a fault that ends the file.
pub(super) fn take(
    kind: Kind,
    source: &mut dyn Read,
    ctx: &Context<'_>,
    limits: &Limits,
    found: &mut Found,
) -> Result<Taken, Fault> {
    let all = bytes::read(source, Format::Csv, limits)?;
    let (encoding, body) = encoding::recognised(&all)?;
    let mut table = Table::over(body, encoding, limits);
    let (line, names) = table.next(found)?.ok_or_else(no_header)?;
    let header = Header::matched(kind, &names, line, found);
    let mut gather = gather::of(kind);
    let mut rows = 0;
    while let Some((line, cells)) = table.next(found)? {
        rows += 1;
        if cells.len() != header.width {
            found.fault(wrong_shape(line, cells.len(), header.width));
            continue;
        }
        let cells = chosen(&header, cells, line, found);
        let mut row = Row {
            line,
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
        rows,
        encoding: Some(encoding),
    })
}

fn no_header() -> Fault {
    Fault::new(
        codes::NO_HEADER,
        "the file is empty",
        "give a header with the names of the columns",
    )
}

fn wrong_shape(line: u64, cells: usize, width: usize) -> Fault {
    Fault::new(
        codes::ROW_SHAPE,
        format!("the row has {cells} cells and the header {width}"),
        "put cells that hold a comma into quotes; fill up missing cells",
    )
    .at(Place {
        row: Some(line),
        ..Place::default()
    })
}

/// The cells of the known columns, in their order; formula cells are refused.
fn chosen(
    header: &Header,
    mut cells: Vec<String>,
    line: u64,
    found: &mut Found,
) -> Vec<Option<String>> {
    let mut out = Vec::with_capacity(header.columns.len());
    for (column, at) in header.columns.iter().zip(&header.at) {
        let cell = at.and_then(|at| cells.get_mut(at)).map(std::mem::take);
        let live = cell.as_deref().is_some_and(is_live);
        if live {
            let cell = cell.as_deref().unwrap_or_default();
            let cause = format!("{:?} begins like a formula", shown(cell));
            let action = "remove the sign, or put ' before it if the text is meant so";
            let fault = Fault::new(codes::FORMULA, cause, action);
            found.fault(fault.at(Place::cell(line, column.name)));
        }
        out.push(cell.filter(|_| !live).map(plain));
    }
    out
}

fn plain(cell: String) -> String {
    let meant = unescape(&cell);
    if meant.len() == cell.len() {
        return cell;
    }
    meant.to_owned()
}

struct Table<'a> {
    body: &'a [u8],
    reader: csv::Reader<&'a [u8]>,
    record: ByteRecord,
    encoding: Encoding,
    cell_chars: usize,
}

impl<'a> Table<'a> {
    fn over(body: &'a [u8], encoding: Encoding, limits: &Limits) -> Self {
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(body);
        Self {
            body,
            reader,
            record: ByteRecord::new(),
            encoding,
            cell_chars: limits.cell_chars,
        }
    }

    /// The next row that is not empty, with its line.
    fn next(&mut self, found: &mut Found) -> Result<Option<(u64, Vec<String>)>, Fault> {
        loop {
            let more = self
                .reader
                .read_byte_record(&mut self.record)
                .map_err(|e| bytes::unreadable(&e.to_string()))?;
            if !more {
                return Ok(None);
            }
            let filled = |cell: &[u8]| !cell.trim_ascii().is_empty();
            if self.record.iter().any(filled) {
                let line = self.line();
                return self.cells(line, found).map(|cells| Some((line, cells)));
            }
        }
    }

    /// The line in which the record begins: the reader counts empty lines before it as its own.
    fn line(&self) -> u64 {
        let Some(position) = self.record.position() else {
            return 0;
        };
        let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
        let rest = self.body.get(start..).unwrap_or_default();
        let blank = rest.iter().take_while(|b| **b == b'\n' || **b == b'\r');
        let breaks = blank.filter(|b| **b == b'\n').count();
        position.line() + u64::try_from(breaks).unwrap_or(0)
    }

    fn cells(&self, line: u64, found: &mut Found) -> Result<Vec<String>, Fault> {
        let mut cells = Vec::with_capacity(self.record.len());
        for (n, bytes) in self.record.iter().enumerate() {
            let text = encoding::text(bytes, self.encoding).ok_or_else(|| undecodable(line))?;
            if text.len() > self.cell_chars && text.chars().count() > self.cell_chars {
                found.fault(long_cell(line, n, self.cell_chars));
                cells.push(String::new());
            } else {
                cells.push(text.into_owned());
            }
        }
        Ok(cells)
    }
}

fn undecodable(line: u64) -> Fault {
    let cause = "this line is neither UTF-8 nor GB18030";
    let action = "save the table as CSV in UTF-8 or GB18030";
    Fault::new(codes::BAD_ENCODING, cause, action).at(Place {
        row: Some(line),
        ..Place::default()
    })
}

fn long_cell(line: u64, index: usize, most: usize) -> Fault {
    Fault::new(
        codes::CELL_TOO_LONG,
        format!("cell {} has more than {most} characters", index + 1),
        "shorten the cell",
    )
    .at(Place::cell(line, &format!("{}", index + 1)))
}
