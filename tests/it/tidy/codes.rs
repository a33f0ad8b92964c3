//! Fault codes: declared once, of the room's letters, in the catalogue in both languages, and named
//! by a test, by the code itself or by its constant where no other code has that constant's name.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::{Finding, assert_none};
use super::source::{Source, rust, under};

/// Room and letters.
const LETTERS: [(&str, &str); 13] = [
    ("domain", "DM"),
    ("policy", "PO"),
    ("intake", "IN"),
    ("atlas", "AT"),
    ("solve", "SV"),
    ("planning", "SV"),
    ("planning", "PL"),
    ("planning", "CK"),
    ("store", "ST"),
    ("acts", "AC"),
    ("config", "CF"),
    ("web", "WB"),
    ("cli", "CL"),
];

const HEADER: [&str; 5] = ["code", "meaning_en", "meaning_zh", "action_en", "action_zh"];

/// Where each code is declared: file and line, in order.
pub type Declared = BTreeMap<String, Vec<(String, usize)>>;

/// Every `Code("..")` of the sources.
pub fn declared(sources: &[Source]) -> Declared {
    let mut all = Declared::new();
    for source in sources {
        for (n, line) in (1..).zip(source.text.lines()) {
            let code = line.split("//").next().unwrap_or_default();
            for (at, opening) in code.match_indices("Code(\"") {
                let rest = &code[at + opening.len()..];
                let text = rest.split('"').next().unwrap_or_default();
                let place = (source.path.clone(), n);
                all.entry(text.to_owned()).or_default().push(place);
            }
        }
    }
    all
}

/// Codes that are declared twice, of the wrong form, or with the letters of another room.
pub fn misdeclared(all: &Declared) -> Vec<Finding> {
    let mut found = Vec::new();
    for (code, places) in all {
        let digits = code.get(2..).unwrap_or_default();
        let form = code.len() == 5 && digits.bytes().all(|b| b.is_ascii_digit());
        for (n, (file, line)) in places.iter().enumerate() {
            if n > 0 {
                let say = format!("{code} is declared before: use the constant");
                found.push(Finding::new(file, *line, say));
            }
            let room = Source::new(file, "");
            let room = room.room().unwrap_or_default();
            if !form
                || !LETTERS
                    .iter()
                    .any(|(r, l)| *r == room && code.starts_with(l))
            {
                let say = format!("{code}: write the two letters of `{room}` and three digits");
                found.push(Finding::new(file, *line, say));
            }
        }
    }
    found
}

/// Differences of the code and the catalogue, and rows that are not complete or stand twice.
pub fn uncatalogued(all: &Declared, catalogue: &[Source]) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut rows: BTreeMap<String, usize> = BTreeMap::new();
    for file in catalogue {
        let mut reader = csv::Reader::from_reader(file.text.as_bytes());
        if !reader.headers().is_ok_and(|h| h.iter().eq(HEADER)) {
            let say = format!("the header must be {}", HEADER.join(","));
            found.push(Finding::new(&file.path, 1, say));
        }
        for (n, row) in (2..).zip(reader.records()) {
            let Some(row) = row
                .ok()
                .filter(|r| r.iter().all(|cell| !cell.trim().is_empty()))
            else {
                found.push(Finding::new(&file.path, n, "the row is not complete"));
                continue;
            };
            let code = row.get(0).unwrap_or_default().to_owned();
            if !all.contains_key(&code) {
                let say = format!("{code} is not declared in src: remove the row");
                found.push(Finding::new(&file.path, n, say));
            }
            *rows.entry(code).or_default() += 1;
        }
    }
    for (code, places) in all {
        let count = rows.get(code).copied().unwrap_or(0);
        if let (true, Some((file, line))) = (count != 1, places.first()) {
            let say = format!("{code} has {count} rows in data/faults/*.csv: give it one");
            found.push(Finding::new(file, *line, say));
        }
    }
    found
}

/// The constants of the sources: name and code.
pub fn constants(sources: &[Source]) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for source in sources {
        for item in source.text.split("const ").skip(1) {
            let name = item.split(':').next().unwrap_or_default().trim();
            let value = item.split(';').next().unwrap_or_default();
            let code = value.split("Code(\"").nth(1);
            if let Some(code) = code.and_then(|c| c.split('"').next()) {
                all.push((name.to_owned(), code.to_owned()));
            }
        }
    }
    all
}

/// Codes that no test names.
pub fn untested(all: &Declared, constants: &[(String, String)], tests: &[Source]) -> Vec<Finding> {
    let alone = |name: &str| constants.iter().filter(|(n, _)| n == name).count() == 1;
    let mark = |c: char| !(c.is_alphanumeric() || c == '_');
    let words: BTreeSet<&str> = tests.iter().flat_map(|t| t.code.split(mark)).collect();
    let by_name = |code: &str| {
        let mut names = constants.iter().filter(|(n, c)| c == code && alone(n));
        names.any(|(n, _)| words.contains(n.as_str()))
    };
    let named = |code: &str| by_name(code) || tests.iter().any(|t| t.text.contains(code));
    all.iter()
        .filter(|(code, _)| !named(code))
        .filter_map(|(code, places)| {
            let (file, line) = places.first()?;
            let say = format!("{code} is named in no test: provoke it and assert the code");
            Some(Finding::new(file, *line, say))
        })
        .collect()
}

#[test]
fn every_code_is_declared_once_with_the_letters_of_its_room() {
    assert_none(&misdeclared(&declared(&rust())));
}

#[test]
fn every_code_has_one_row_in_the_catalogue_and_every_row_a_code() {
    let mut catalogue = under("data/faults");
    catalogue.retain(|s| s.path.ends_with(".csv"));
    assert_none(&uncatalogued(&declared(&rust()), &catalogue));
}

#[test]
fn every_code_is_named_by_a_test() {
    let mut tests = under("tests");
    tests.retain(|s| !s.path.starts_with("tests/it/tidy/"));
    let sources = rust();
    assert_none(&untested(&declared(&sources), &constants(&sources), &tests));
}
