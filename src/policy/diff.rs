//! What changes from one policy document to another: by section and rule, value by value.
//!
//! Not here: what the change would have done (`simulate`).

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::document::{Document, Rule};

/// How a rule changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Only in the new document.
    Added,
    /// Only in the old document.
    Removed,
    /// In both, with other values.
    Changed,
}

/// One value that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ValueChange {
    /// Key.
    pub key: String,
    /// Old value; `None` = not given.
    pub before: Option<String>,
    /// New value; `None` = not given.
    pub after: Option<String>,
}

/// One rule that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleChange {
    /// Section.
    pub section: String,
    /// Key of the rule; empty for a section of one.
    pub id: String,
    /// How it changed.
    pub change: Change,
    /// The values.
    pub values: Vec<ValueChange>,
}

/// Every change from one document to another, by section and key.
pub fn diff(before: &Document, after: &Document) -> Vec<RuleChange> {
    let (old, new) = (by_name(before), by_name(after));
    let names: BTreeSet<&(&str, &str)> = old.keys().chain(new.keys()).collect();
    let mut all = Vec::new();
    for name in names {
        let values = values(old.get(name).copied(), new.get(name).copied());
        let change = match (old.contains_key(name), new.contains_key(name)) {
            (true, true) => Change::Changed,
            (true, false) => Change::Removed,
            _ => Change::Added,
        };
        if !values.is_empty() || change != Change::Changed {
            all.push(RuleChange {
                section: name.0.to_owned(),
                id: name.1.to_owned(),
                change,
                values,
            });
        }
    }
    all
}

fn by_name(document: &Document) -> BTreeMap<(&str, &str), &Rule> {
    let rules = document.rules.iter();
    rules
        .map(|r| ((r.section.as_str(), r.id.as_str()), r))
        .collect()
}

fn values(old: Option<&Rule>, new: Option<&Rule>) -> Vec<ValueChange> {
    let (old, new) = (old.map(flat), new.map(flat));
    let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    keys.into_iter()
        .filter(|key| old.get(*key) != new.get(*key))
        .map(|key| ValueChange {
            key: key.clone(),
            before: old.get(key).cloned(),
            after: new.get(key).cloned(),
        })
        .collect()
}

/// The values of a rule together with its marks.
fn flat(rule: &Rule) -> BTreeMap<String, String> {
    let mut all = rule.values.clone();
    let marks = [
        ("basis", &rule.basis),
        ("evidence", &rule.evidence),
        ("basis_until", &rule.basis_until),
    ];
    for (key, text) in marks {
        if !text.is_empty() {
            all.insert(key.to_owned(), text.clone());
        }
    }
    all
}
