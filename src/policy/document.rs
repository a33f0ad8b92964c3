//! A policy document as a flat list of rules: section, key of the rule, and its values as text. Whatever
//! the reader knows is shown and compared by it, also what comes later.
//!
//! A table is a rule. A list of tables is a list of rules when its members have a basis or a key, else
//! one value (bands, steps). Tables within a section that have a basis are rules of their own.
//!
//! Not here: what the values mean.

use std::collections::BTreeMap;

use serde::Serialize;
use toml::{Table, Value};

use super::Policy;
use super::condition::Condition;
use super::gather::Gather;
use crate::domain::fault::Faults;

/// Keys that name a member of a list, the first that is there.
const NAMES: [&str; 7] = [
    "id",
    "headcount_from",
    "kind",
    "use",
    "fitout",
    "item",
    "name",
];

/// One rule of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Section, for example `subsidy` or `process.publicity`.
    pub section: String,
    /// Key within a list; empty for a section of one.
    pub id: String,
    /// Values by key, as written, without the marks of the rule.
    pub values: BTreeMap<String, String>,
    /// Legal basis; empty when none is given.
    pub basis: String,
    /// How well the rule is known; empty when not said.
    pub evidence: String,
    /// Last day of the basis; empty when not known.
    pub basis_until: String,
}

impl Rule {
    /// Section and key as one word.
    pub fn name(&self) -> String {
        if self.id.is_empty() {
            self.section.clone()
        } else {
            format!("{} {}", self.section, self.id)
        }
    }
}

/// A document that was read, with its rules as text.
#[derive(Debug, Clone)]
pub struct Document {
    /// What it means.
    pub policy: Policy,
    /// Its rules in the order of the sections' names, then as written.
    pub rules: Vec<Rule>,
}

impl Document {
    /// Reads and proves a document; the faults of `policy::read`.
    pub fn read(text: &str) -> Result<Document, Faults> {
        let policy = super::read(text)?;
        let table = Gather::parse(text)?.into_table();
        let mut rules = Vec::new();
        for (name, value) in &table {
            collect(name, value, &mut rules);
        }
        Ok(Document { policy, rules })
    }
}

fn collect(section: &str, value: &Value, rules: &mut Vec<Rule>) {
    match value {
        Value::Table(table) => collect_table(section, "", table, rules),
        Value::Array(all) => {
            for (n, member) in (1..).zip(all) {
                if let Value::Table(table) = member {
                    collect_table(section, &id_of(table, n), table, rules);
                }
            }
        }
        _ => {}
    }
}

fn id_of(table: &Table, n: usize) -> String {
    let named = NAMES.iter().find_map(|name| table.get(*name));
    named.map_or_else(|| n.to_string(), plain)
}

fn collect_table(section: &str, id: &str, table: &Table, rules: &mut Vec<Rule>) {
    let mut rule = Rule {
        section: section.to_owned(),
        id: id.to_owned(),
        values: BTreeMap::new(),
        basis: String::new(),
        evidence: String::new(),
        basis_until: String::new(),
    };
    let mut inner = Vec::new();
    for (key, value) in table {
        match key.as_str() {
            "basis" => rule.basis = plain(value),
            "evidence" => rule.evidence = plain(value),
            "basis_until" => rule.basis_until = plain(value),
            _ if holds_rules(value) => inner.push((key, value)),
            "condition" => {
                let text = plain(value);
                let one = text.parse::<Condition>().map_or(text, |c| c.to_string());
                rule.values.insert(key.clone(), one);
            }
            _ => {
                rule.values.insert(key.clone(), shown(value));
            }
        }
    }
    if !rule.values.is_empty() || !rule.basis.is_empty() {
        rules.push(rule);
    }
    for (key, value) in inner {
        collect(&format!("{section}.{key}"), value, rules);
    }
}

/// True for a table with a basis and for a list of such.
fn holds_rules(value: &Value) -> bool {
    match value {
        Value::Table(table) => table.contains_key("basis"),
        Value::Array(all) => all.first().is_some_and(holds_rules),
        _ => false,
    }
}

/// A text without quotes, anything else as TOML writes it.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn shown(value: &Value) -> String {
    canonical(value).to_string().replace('\n', " ")
}

/// The same with every condition in its one form, so that spacing is no change.
fn canonical(value: &Value) -> Value {
    match value {
        Value::Array(all) => Value::Array(all.iter().map(canonical).collect()),
        Value::Table(table) => {
            let one = |(key, value): (&String, &Value)| {
                let text = value.as_str().filter(|_| key == "condition");
                let condition = text.and_then(|t| t.parse::<Condition>().ok());
                let value = condition.map_or_else(|| canonical(value), |c| c.to_string().into());
                (key.clone(), value)
            };
            Value::Table(table.iter().map(one).collect())
        }
        other => other.clone(),
    }
}
