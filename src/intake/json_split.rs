//! Splits the bytes of a GeoJSON FeatureCollection into its features without building a tree:
//! each feature is parsed by itself afterwards, so that memory stays at one feature and a broken
//! one does not hide the others.
//!
//! Not here: the meaning of any value; whether the pieces are JSON is the parser's matter.

use std::ops::Range;

use crate::domain::fault::Fault;

use super::codes;
use super::limits::Limits;

/// The pieces of a file.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    /// Everything but the elements of `features`.
    pub(super) frame: Vec<u8>,
    /// Where each element of `features` lies.
    pub(super) features: Vec<Range<usize>>,
}

#[derive(Debug, Default)]
struct Splitter {
    pieces: Pieces,
    depth: usize,
    in_string: bool,
    escaped: bool,
    /// The last string at depth 1, without quotes: the present key.
    key: Vec<u8>,
    in_features: bool,
    element: Option<usize>,
}

/// Splits a file; `Err` is a fault that ends it.
pub(super) fn split(bytes: &[u8], limits: &Limits) -> Result<Pieces, Fault> {
    let mut splitter = Splitter::default();
    for (at, &byte) in bytes.iter().enumerate() {
        splitter.step(at, byte)?;
        splitter.check(limits)?;
    }
    Ok(splitter.pieces)
}

impl Splitter {
    fn step(&mut self, at: usize, byte: u8) -> Result<(), Fault> {
        let was_inside = self.in_features;
        if self.in_string {
            self.string(byte);
        } else {
            self.structure(at, byte)?;
        }
        if self.in_features && was_inside {
            if self.element.is_none() && !byte.is_ascii_whitespace() && byte != b',' {
                self.element = Some(at);
            }
        } else {
            self.pieces.frame.push(byte);
        }
        Ok(())
    }

    fn string(&mut self, byte: u8) {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' => self.escaped = true,
            b'"' => self.in_string = false,
            _ if self.depth == 1 && self.key.len() < 16 => self.key.push(byte),
            _ => {}
        }
    }

    fn structure(&mut self, at: usize, byte: u8) -> Result<(), Fault> {
        match byte {
            0 => return Err(nul()),
            b'"' => {
                self.in_string = true;
                if self.depth == 1 {
                    self.key.clear();
                }
            }
            b'[' | b'{' => {
                self.depth += 1;
                if byte == b'[' && self.depth == 2 && self.key == b"features" {
                    self.in_features = true;
                }
            }
            b']' | b'}' => {
                self.depth = self.depth.saturating_sub(1);
                if self.in_features && self.depth == 1 {
                    self.end_element(at);
                    self.in_features = false;
                }
            }
            b',' if self.in_features && self.depth == 2 => self.end_element(at),
            _ => {}
        }
        Ok(())
    }

    fn end_element(&mut self, at: usize) {
        if let Some(start) = self.element.take() {
            self.pieces.features.push(start..at);
        }
    }

    fn check(&self, limits: &Limits) -> Result<(), Fault> {
        if self.depth > limits.json_depth {
            return Err(Fault::new(
                codes::JSON_TOO_DEEP,
                format!("JSON is nested deeper than {}", limits.json_depth),
                "export plain GeoJSON",
            ));
        }
        if self.pieces.frame.len() > limits.feature_bytes {
            return Err(Fault::new(
                codes::FEATURE_TOO_LARGE,
                "there is too much outside the features",
                "export a plain FeatureCollection",
            ));
        }
        let count = u64::try_from(self.pieces.features.len()).unwrap_or(u64::MAX);
        if count > limits.rows {
            return Err(Fault::new(
                codes::TOO_MANY_ROWS,
                format!("the file has more than {} features", limits.rows),
                "split the file",
            ));
        }
        Ok(())
    }
}

fn nul() -> Fault {
    Fault::new(
        codes::NUL_BYTE,
        "the file holds a NUL byte: this is not a text file",
        "export GeoJSON in UTF-8",
    )
}
