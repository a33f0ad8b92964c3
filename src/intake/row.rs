//! One row with typed access to its cells. Every access reports its own fault with row and column
//! and goes on, so that all faults of a row are found at once.
//!
//! A cell that is absent (its column is, or it was refused before) gives `None` in silence: its
//! fault is already told.

use std::collections::BTreeSet;
use std::str::FromStr;

use chrono::NaiveDate;
use geo_types::MultiPolygon;

use crate::domain::decimal;
use crate::domain::evidence::Provenance;
use crate::domain::fault::{Code, Fault, Place};
use crate::domain::place::DistrictCode;

use super::cell::{is_plain_number, shown};
use super::codes;
use super::columns::{Column, nearest};
use super::found::Found;
use super::outside::Context;
use super::words::Word;

/// A row of a table or the properties of a feature.
pub(super) struct Row<'a> {
    /// Line of the file, or number of the feature.
    pub(super) line: u64,
    /// Columns of the kind.
    pub(super) columns: &'static [Column],
    /// One cell per column of the kind; `None` when absent.
    pub(super) cells: &'a [Option<String>],
    /// Outline of a district, from GeoJSON only.
    pub(super) outline: Option<MultiPolygon<f64>>,
    /// Whether the row is a GeoJSON feature.
    pub(super) is_feature: bool,
    /// Where faults go.
    pub(super) found: &'a mut Found,
}

impl Row<'_> {
    /// Reports a fault of a cell.
    pub(super) fn fault(
        &mut self,
        column: &str,
        code: Code,
        cause: impl Into<String>,
        action: impl Into<String>,
    ) {
        let place = Place::cell(self.line, column);
        self.found.fault(Fault::new(code, cause, action).at(place));
    }

    /// Reports a fault of the domain at a cell.
    pub(super) fn refuse(&mut self, column: &str, fault: Fault) {
        self.found.fault(fault.at(Place::cell(self.line, column)));
    }

    /// The cell as it is; `None` when absent.
    pub(super) fn raw(&self, column: &str) -> Option<&str> {
        let index = self.columns.iter().position(|c| c.name == column)?;
        self.cells.get(index)?.as_deref()
    }

    /// The cell without spaces around it; `None` when absent or empty.
    pub(super) fn word_of(&self, column: &str) -> Option<String> {
        let word = self.raw(column)?.trim();
        (!word.is_empty()).then(|| word.to_owned())
    }

    /// Whether the cell is absent or empty.
    pub(super) fn is_empty(&self, column: &str) -> bool {
        self.raw(column).is_none_or(|c| c.trim().is_empty())
    }

    /// The text as it is; empty when absent.
    pub(super) fn text(&self, column: &str) -> String {
        self.raw(column).unwrap_or_default().to_owned()
    }

    /// The text of a cell that must be filled.
    pub(super) fn needed_text(&mut self, column: &str) -> Option<String> {
        let text = self.raw(column)?.to_owned();
        if text.trim().is_empty() {
            self.report_empty(column);
            return None;
        }
        Some(text)
    }

    pub(super) fn report_empty(&mut self, column: &str) {
        self.fault(
            column,
            codes::EMPTY_CELL,
            format!("{column} is empty"),
            "fill the cell",
        );
    }

    /// A word for a getter of a cell that must be filled.
    fn needed_word_of(&mut self, column: &str) -> Option<String> {
        let filled = self.word_of(column);
        if filled.is_none() && self.raw(column).is_some() {
            self.report_empty(column);
        }
        filled
    }

    fn read<T: FromStr<Err = Fault>>(&mut self, column: &str, word: &str) -> Option<T> {
        match word.parse() {
            Ok(value) => Some(value),
            Err(fault) => {
                self.refuse(column, fault);
                None
            }
        }
    }

    /// A value of the domain that may be unknown.
    pub(super) fn parsed<T: FromStr<Err = Fault>>(&mut self, column: &str) -> Option<T> {
        let word = self.word_of(column)?;
        self.read(column, &word)
    }

    /// A value of the domain that must be there.
    pub(super) fn needed<T: FromStr<Err = Fault>>(&mut self, column: &str) -> Option<T> {
        let word = self.needed_word_of(column)?;
        self.read(column, &word)
    }

    fn choose<W: Word>(&mut self, column: &str, word: &str) -> Option<W> {
        let value = W::read(word);
        if value.is_none() {
            let names: Vec<&str> = W::WORDS.iter().map(|(w, _)| *w).collect();
            let near = nearest(names.iter().copied(), word)
                .map(|n| format!("did you mean {n}? "))
                .unwrap_or_default();
            self.fault(
                column,
                codes::BAD_WORD,
                format!("{:?} is not a word of this column", shown(word)),
                format!("{near}use one of {}", names.join(", ")),
            );
        }
        value
    }

    /// A word that may be absent.
    pub(super) fn word<W: Word>(&mut self, column: &str) -> Option<W> {
        let word = self.word_of(column)?;
        self.choose(column, &word)
    }

    /// A word that must be there.
    pub(super) fn needed_word<W: Word>(&mut self, column: &str) -> Option<W> {
        let word = self.needed_word_of(column)?;
        self.choose(column, &word)
    }

    /// True, false, or unknown.
    pub(super) fn flag(&mut self, column: &str) -> Option<bool> {
        let word = self.word_of(column)?;
        let value = bool::read(&word.to_lowercase());
        if value.is_none() {
            self.fault(
                column,
                codes::BAD_FLAG,
                format!("{:?} is neither true nor false", shown(&word)),
                "write true or false, 是 or 否, 1 or 0",
            );
        }
        value
    }

    fn bad_number(&mut self, column: &str, word: &str, places: u32) {
        let form = match places {
            0 => "a whole number".to_owned(),
            n => format!("a number with at most {n} decimals"),
        };
        self.fault(
            column,
            codes::BAD_NUMBER,
            format!("{:?} is not {form} in the range of {column}", shown(word)),
            "write plain digits, without separators and exponents",
        );
    }

    /// A decimal of `places` as an integer of `10^-places`, in the range of `T`.
    pub(super) fn decimal<T: TryFrom<i64>>(&mut self, column: &str, places: u32) -> Option<T> {
        let word = self.word_of(column)?;
        let value = decimal::parse(&word, places).and_then(|n| T::try_from(n).ok());
        if value.is_none() {
            self.bad_number(column, &word, places);
        }
        value
    }

    /// A whole number.
    pub(super) fn number<T: TryFrom<i64>>(&mut self, column: &str) -> Option<T> {
        self.decimal(column, 0)
    }

    /// A whole number that must be there.
    pub(super) fn needed_number<T: TryFrom<i64>>(&mut self, column: &str) -> Option<T> {
        self.needed_word_of(column)?;
        self.decimal(column, 0)
    }

    /// Degrees.
    pub(super) fn degrees(&mut self, column: &str) -> Option<f64> {
        let word = self.word_of(column)?;
        let value = if is_plain_number(&word) {
            word.parse::<f64>().ok()
        } else {
            None
        };
        if value.is_none() {
            self.bad_number(column, &word, 15);
        }
        value
    }

    /// A day `YYYY-MM-DD` out of a word.
    pub(super) fn day(&mut self, column: &str, word: &str) -> Option<NaiveDate> {
        let value = (word.len() == 10)
            .then(|| NaiveDate::parse_from_str(word, "%Y-%m-%d").ok())
            .flatten();
        if value.is_none() {
            self.fault(
                column,
                codes::BAD_DATE,
                format!("{:?} is not a day", shown(word)),
                "write YYYY-MM-DD, for example 2026-03-01",
            );
        }
        value
    }

    /// A day that may be unknown.
    pub(super) fn date(&mut self, column: &str) -> Option<NaiveDate> {
        let word = self.word_of(column)?;
        self.day(column, &word)
    }

    /// A day that must be there.
    pub(super) fn needed_date(&mut self, column: &str) -> Option<NaiveDate> {
        let word = self.needed_word_of(column)?;
        self.day(column, &word)
    }

    /// The parts of a list, each without spaces around it, empty ones left out.
    pub(super) fn parts(&self, column: &str) -> Vec<String> {
        self.word_of(column)
            .map(|w| {
                let full = w.split([';', '；']).map(str::trim);
                full.filter(|p| !p.is_empty()).map(str::to_owned).collect()
            })
            .unwrap_or_default()
    }

    /// A list of domain values.
    pub(super) fn list<T: FromStr<Err = Fault> + Ord + Clone>(&mut self, column: &str) -> Vec<T> {
        let parts = self.parts(column);
        let values = parts.iter().filter_map(|p| self.read(column, p)).collect();
        self.without_twins(column, values)
    }

    /// A list of words.
    pub(super) fn words<W: Word + Ord>(&mut self, column: &str) -> Vec<W> {
        let parts = self.parts(column);
        let values = parts
            .iter()
            .filter_map(|p| self.choose(column, p))
            .collect();
        self.without_twins(column, values)
    }

    /// The values, each once; a fault when one stands twice.
    fn without_twins<T: Ord + Clone>(&mut self, column: &str, mut values: Vec<T>) -> Vec<T> {
        if has_twins(&values) {
            self.fault(
                column,
                codes::LISTED_TWICE,
                format!("{column} names the same thing twice"),
                "name each once",
            );
            let mut seen = BTreeSet::new();
            values.retain(|v| seen.insert(v.clone()));
        }
        values
    }

    /// Reports a reference to something unknown.
    pub(super) fn unknown(&mut self, column: &str, noun: &str, key: &str) {
        self.fault(
            column,
            codes::UNKNOWN_REFERENCE,
            format!("the {noun} {} is not known", shown(key)),
            format!("import the {noun} first, or correct the key"),
        );
    }

    /// A district that must be there and known.
    pub(super) fn needed_district(
        &mut self,
        column: &str,
        ctx: &Context<'_>,
    ) -> Option<DistrictCode> {
        self.needed_word_of(column)?;
        self.district(column, ctx)
    }

    /// A known district, or none.
    pub(super) fn district(&mut self, column: &str, ctx: &Context<'_>) -> Option<DistrictCode> {
        let code: DistrictCode = self.parsed(column)?;
        self.check_district(column, &code, ctx);
        Some(code)
    }

    /// Reports a district that is not known.
    pub(super) fn check_district(&mut self, column: &str, code: &DistrictCode, ctx: &Context<'_>) {
        if !ctx.ground.known_district(code) {
            self.fault(
                column,
                codes::UNKNOWN_DISTRICT,
                format!("the district {code} is not known"),
                "use a code of the table of districts",
            );
        }
    }

    /// Evidence, source, note and the names of assumed cells.
    pub(super) fn provenance(&mut self) -> Option<Provenance> {
        let evidence = self.needed_word("evidence");
        let assumed = self.parts("assumed");
        for name in &assumed {
            if !self.columns.iter().any(|c| c.name == name) {
                self.fault(
                    "assumed",
                    codes::BAD_WORD,
                    format!("{:?} is not a column of this table", shown(name)),
                    "name columns of this table, separated by ;",
                );
            }
        }
        Some(Provenance {
            evidence: evidence?,
            source: self.text("source"),
            note: self.text("note"),
            assumed,
        })
    }
}

/// Whether a value stands twice in the list.
pub(super) fn has_twins<T: Ord>(values: &[T]) -> bool {
    let mut sorted: Vec<&T> = values.iter().collect();
    sorted.sort_unstable();
    sorted
        .iter()
        .zip(sorted.iter().skip(1))
        .any(|(a, b)| a == b)
}
