//! A scan of CSV bytes, chunk by chunk, before they are kept: NUL bytes, lines that are too long,
//! too many lines, a quote that never closes. It follows RFC 4180: a quote opens at the start of
//! a cell only, `""` inside is a quote, line breaks inside quotes belong to the line.
//!
//! Works on bytes of UTF-8 and of GB18030 alike: neither uses comma, quote, CR or LF as a part of
//! a longer character.

use crate::domain::fault::{Code, Fault, Place};

use super::codes;
use super::limits::Limits;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    CellStart,
    Plain,
    Quoted,
    QuoteInQuoted,
}

/// The state of the scan between chunks.
#[derive(Debug)]
pub(super) struct LineScan {
    state: State,
    /// Physical line of the next byte.
    line: u64,
    /// Physical line in which the present record or quote began.
    began: u64,
    bytes: u64,
    records: u64,
    commas: usize,
}

fn stop(code: Code, line: u64, cause: String, action: &str) -> Fault {
    Fault::new(code, cause, action).at(Place {
        row: Some(line),
        ..Place::default()
    })
}

impl LineScan {
    /// A scan at the start of a file.
    pub(super) fn new() -> Self {
        Self {
            state: State::CellStart,
            line: 1,
            began: 1,
            bytes: 0,
            records: 0,
            commas: 0,
        }
    }

    /// Scans a chunk; a fault ends the file.
    pub(super) fn feed(&mut self, chunk: &[u8], limits: &Limits) -> Result<(), Fault> {
        for &byte in chunk {
            self.step(byte, limits)?;
        }
        Ok(())
    }

    fn step(&mut self, byte: u8, limits: &Limits) -> Result<(), Fault> {
        if byte == 0 {
            return Err(stop(
                codes::NUL_BYTE,
                self.line,
                "the line holds a NUL byte: this is not a text file, or it is UTF-16".to_owned(),
                "save the table as CSV in UTF-8",
            ));
        }
        let inside = self.state == State::Quoted;
        self.state = next(self.state, byte);
        if !inside && (byte == b'\n' || byte == b'\r') {
            self.end_record(byte, limits)?;
        } else {
            self.bytes += 1;
            self.line += u64::from(byte == b'\n');
            self.commas += usize::from(byte == b',' && !inside);
            self.check(limits)?;
        }
        Ok(())
    }

    fn check(&self, limits: &Limits) -> Result<(), Fault> {
        if self.bytes > limits.line_bytes {
            return Err(stop(
                codes::LINE_TOO_LONG,
                self.began,
                format!("the line has more than {} bytes", limits.line_bytes),
                "check the file; perhaps a quote is opened here and never closed",
            ));
        }
        if self.commas >= limits.columns {
            return Err(stop(
                codes::TOO_MANY_COLUMNS,
                self.began,
                format!("the line has more than {} columns", limits.columns),
                "keep the columns of the table only",
            ));
        }
        Ok(())
    }

    fn end_record(&mut self, byte: u8, limits: &Limits) -> Result<(), Fault> {
        self.records += u64::from(self.bytes > 0);
        self.line += u64::from(byte == b'\n');
        (self.began, self.bytes, self.commas) = (self.line, 0, 0);
        // One more record is the header.
        if self.records > limits.rows.saturating_add(1) {
            return Err(stop(
                codes::TOO_MANY_ROWS,
                self.line,
                format!("the file has more than {} rows", limits.rows),
                "split the file",
            ));
        }
        Ok(())
    }

    /// The end of the file.
    pub(super) fn end(mut self, limits: &Limits) -> Result<(), Fault> {
        if self.state == State::Quoted {
            return Err(stop(
                codes::OPEN_QUOTE,
                self.began,
                "a quote is opened in this line and never closed".to_owned(),
                "close the quote, or write it twice if it is meant as a character",
            ));
        }
        self.end_record(b'\r', limits)
    }
}

fn next(state: State, byte: u8) -> State {
    match (state, byte) {
        (State::Quoted, b'"') => State::QuoteInQuoted,
        (State::Quoted, _) => State::Quoted,
        (State::QuoteInQuoted | State::CellStart, b'"') => State::Quoted,
        (_, b',' | b'\n' | b'\r') => State::CellStart,
        (_, _) => State::Plain,
    }
}
