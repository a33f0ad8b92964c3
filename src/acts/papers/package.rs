//! The file of a word processor around a document: opened within bounds, examined, and packed again. Parts that are not
//! understood go along as they are.
//!
//! Not here: the marks in it (`marks`).

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::marks::{self, Field};
use crate::domain::fault::{Code, Fault};

/// The file cannot be packed.
pub const NOT_PACKED: Code = Code("AC510");
/// The file is no template: no document, too large, or with something in it that acts by itself.
pub const NO_TEMPLATE: Code = Code("AC511");
/// A field of the template is unknown, or one that a notice needs is missing.
pub const BAD_FIELDS: Code = Code("AC512");

/// Most bytes of a template.
pub const FILE_MAX: usize = 1 << 20;
/// Most bytes of all its parts.
const UNPACKED_MAX: u64 = 16 << 20;
/// Most parts.
const PARTS_MAX: usize = 300;
/// The part with the text.
const DOCUMENT: &str = "word/document.xml";
/// Parts that run something, or hold other files.
const ACTIVE: [&str; 5] = [
    "vbaproject",
    "word/embeddings/",
    "word/activex/",
    "customui/",
    "afchunk",
];
/// Fields without which a notice is none.
const NEEDED: [Field; 5] = [
    Field::Number,
    Field::Title,
    Field::Text,
    Field::Day,
    Field::Cell(1),
];

/// A file, part by part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    parts: Vec<(String, Vec<u8>)>,
}

impl Package {
    /// A package of parts that are known to be right.
    pub fn of(parts: &[(&str, &str)]) -> Package {
        let part = |(name, text): &(&str, &str)| ((*name).to_owned(), text.as_bytes().to_vec());
        Package {
            parts: parts.iter().map(part).collect(),
        }
    }

    /// Opens a file.
    ///
    /// # Errors
    /// AC511.
    pub fn open(bytes: &[u8]) -> Result<Package, Fault> {
        if bytes.len() > FILE_MAX {
            return Err(no(&format!("the file has more than {FILE_MAX} bytes")));
        }
        let broken = |e: zip::result::ZipError| no(&format!("it cannot be unpacked: {e}"));
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
        if zip.len() > PARTS_MAX {
            return Err(no(&format!("it has more than {PARTS_MAX} parts")));
        }
        let mut parts = Vec::new();
        let mut room = UNPACKED_MAX;
        for at in 0..zip.len() {
            let mut part = zip.by_index(at).map_err(broken)?;
            let name = part.name().map_err(broken)?.into_owned();
            if part.is_dir() {
                continue;
            }
            let mut held = Vec::new();
            let read = (&mut part).take(room + 1).read_to_end(&mut held);
            read.map_err(|e| no(&format!("it cannot be unpacked: {e}")))?;
            let long = u64::try_from(held.len()).unwrap_or(u64::MAX);
            room = room
                .checked_sub(long)
                .ok_or_else(|| no("it unpacks to too much"))?;
            parts.push((name, held));
        }
        let package = Package { parts };
        package.passive()?;
        Ok(package)
    }

    /// Refuses what acts by itself or reaches for other files.
    fn passive(&self) -> Result<(), Fault> {
        let mut document = false;
        for (name, bytes) in &self.parts {
            let low = name.to_lowercase();
            if ACTIVE.iter().any(|bad| low.contains(bad)) {
                return Err(no("it holds macros, controls or embedded files"));
            }
            document |= name == DOCUMENT;
            if !low.ends_with(".xml") && !low.ends_with(".rels") {
                continue;
            }
            let text = std::str::from_utf8(bytes).map_err(|_| no("a part is not UTF-8"))?;
            if text.contains("<!DOCTYPE") || text.contains("<!ENTITY") {
                return Err(no("a part declares a document type"));
            }
            if low.ends_with(".rels") {
                text.split('<').try_for_each(inside)?;
            }
        }
        match document {
            true => Ok(()),
            false => Err(no("it is no .docx document")),
        }
    }

    /// Names of the fields that the file has, each once.
    ///
    /// # Errors
    /// AC512 for unknown ones, and when one is missing that a notice needs; AC511 for a table within the row of an award.
    pub fn fields(&self) -> Result<Vec<String>, Fault> {
        let mut names: Vec<String> = Vec::new();
        for (_, text) in self.texts() {
            let text = marks::joined(&text);
            for name in marks::names(&text) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            let cell = marks::first(&text, &|f| matches!(f, Field::Cell(_)));
            if cell.is_some_and(|at| marks::around(&text, at, "w:tr").is_none()) {
                return Err(no("a field of an award stands outside the row of a table"));
            }
        }
        let known: Vec<Field> = names.iter().filter_map(|n| marks::field(n)).collect();
        let unknown: Vec<&str> = (names.iter())
            .filter(|n| marks::field(n).is_none())
            .map(String::as_str)
            .collect();
        if !unknown.is_empty() {
            let cause = format!("these fields are not known: {}", unknown.join(", "));
            return Err(fields(cause));
        }
        let missing: Vec<&str> = (marks::FIELDS.iter())
            .filter(|(_, _, f)| NEEDED.contains(f) && !known.contains(f))
            .map(|(zh, _, _)| *zh)
            .collect();
        match missing.is_empty() {
            true => Ok(names),
            false => Err(fields(format!(
                "these fields are missing: {}",
                missing.join(", ")
            ))),
        }
    }

    /// The parts in which fields are looked for: the document, its headers and footers.
    fn texts(&self) -> impl Iterator<Item = (usize, String)> + '_ {
        let marked = |name: &str| {
            let page = name.starts_with("word/header") || name.starts_with("word/footer");
            name == DOCUMENT || (page && name.ends_with(".xml"))
        };
        let all = self.parts.iter().enumerate();
        let some = all.filter(move |(_, (name, _))| marked(name));
        some.map(|(n, (_, bytes))| (n, String::from_utf8_lossy(bytes).into_owned()))
    }

    /// The file with a notice in it. The same notice gives the same bytes.
    ///
    /// # Errors
    /// AC510 when it cannot be packed.
    pub fn filled(&self, notice: &super::Notice) -> Result<Vec<u8>, Fault> {
        let mut package = self.clone();
        for (n, text) in self.texts() {
            if let Some((_, bytes)) = package.parts.get_mut(n) {
                *bytes = marks::filled(&marks::joined(&text), notice).into_bytes();
            }
        }
        package.packed()
    }

    /// The file.
    ///
    /// # Errors
    /// AC510 when it cannot be packed.
    pub fn packed(&self) -> Result<Vec<u8>, Fault> {
        let pack = || -> zip::result::ZipResult<Vec<u8>> {
            let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
            let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
            for (name, bytes) in &self.parts {
                zip.start_file(name.as_str(), options)?;
                zip.write_all(bytes)?;
            }
            Ok(zip.finish()?.into_inner())
        };
        pack().map_err(|e| {
            let cause = format!("the document cannot be packed: {e}");
            Fault::new(NOT_PACKED, cause, "report this")
        })
    }
}

/// Refuses a relation to something outside of the file, but for links that a reader follows by hand.
fn inside(tag: &str) -> Result<(), Fault> {
    let outside = tag.contains("TargetMode=\"External\"") && !tag.contains("/hyperlink\"");
    match outside {
        true => Err(no("it reaches for other files")),
        false => Ok(()),
    }
}

fn no(cause: &str) -> Fault {
    let cause: String = cause.chars().take(200).collect();
    let action =
        "save the document as a plain .docx without macros, links to files and embedded files";
    Fault::new(NO_TEMPLATE, cause, action)
}

fn fields(cause: String) -> Fault {
    let all: Vec<&str> = marks::FIELDS.iter().map(|(zh, _, _)| *zh).collect();
    let action = format!("use the fields {} between double braces", all.join(", "));
    Fault::new(BAD_FIELDS, cause, action)
}
