//! The published schema and the reader are in step, key by key and both ways: what the reader knows stands in
//! the schema, what is required there is required here, and the documents of this repository conform.

use std::collections::BTreeSet;

use serde_json::Value as Json;
use toml::{Table, Value};
use zhuchao::policy::{self, schema};

use super::world::{DOCUMENT, changed};
use crate::support::world::POLICY;

const ODD: &str = include_str!("../support/odd_policy.toml");

/// What the default leaves to the program.
const SUPERVISION: &str = "[process.statement]\ncalendar_days = 20\nbasis = \"t\"\nevidence = \"assumption\"\n\
    [process.finding_reply]\nworking_days = 7\nbasis = \"t\"\nevidence = \"assumption\"\n\
    [process.record_weight]\noverdue_statement = 1\nterm_missed = 1\nfinding = 1\n\
    subsidy_million = 1\nbasis = \"t\"\nevidence = \"assumption\"\n";

fn published() -> Json {
    serde_json::from_str(schema::TEXT).expect("the schema is JSON")
}

/// A node of the schema, its reference followed.
fn followed<'a>(root: &'a Json, node: &'a Json) -> &'a Json {
    let name = node["$ref"]
        .as_str()
        .and_then(|r| r.strip_prefix("#/$defs/"));
    name.map_or(node, |name| &root["$defs"][name])
}

/// The default document with the keys that it does not use.
fn document() -> Table {
    let text = changed(
        "year_cap_yuan = 300000",
        "year_cap_yuan = 300000\ntotal_cap_yuan = 1\narea_min_m2 = 1\nappraised_share_bp = 1\n\
         stack_group = \"g\"\ncondition = \"has carrier\"\nbasis_until = \"2026-12-31\"\n\
         cohorts = [{ from_year = 2020, until_year = 2021, share_bp = 1 }]\n\
         multipliers = [{ condition = \"has carrier\", factor_bp = 1 }]",
    );
    let text = text.replacen("[process.ban]", &format!("{SUPERVISION}[process.ban]"), 1);
    assert!(policy::read(&text).is_ok(), "the fuller document is lawful");
    text.parse().expect("TOML")
}

/// A step of a path: a key, or a member of a list.
#[derive(Clone)]
enum Step {
    Key(String),
    Member(usize),
}

/// Every object of the schema with the path of one instance of it in a document.
fn objects(
    root: &Json,
    node: &Json,
    value: &Value,
    path: &mut Vec<Step>,
    all: &mut Vec<(Vec<Step>, Json)>,
) {
    let node = followed(root, node);
    match (node["type"].as_str(), value) {
        (Some("object"), Value::Table(table)) => {
            all.push((path.clone(), node.clone()));
            for (key, child) in node["properties"].as_object().expect("properties") {
                if let Some(value) = table.get(key) {
                    path.push(Step::Key(key.clone()));
                    objects(root, child, value, path, all);
                    path.pop();
                }
            }
        }
        (Some("array"), Value::Array(members)) => {
            for (n, member) in members.iter().enumerate() {
                path.push(Step::Member(n));
                objects(root, &node["items"], member, path, all);
                path.pop();
            }
        }
        _ => {}
    }
}

fn at<'a>(mut value: &'a mut Table, path: &[Step]) -> &'a mut Table {
    let mut steps = path.iter().peekable();
    while let Some(Step::Key(key)) = steps.next() {
        let mut child = value.get_mut(key).expect("the path exists");
        while let Some(Step::Member(n)) = steps.peek() {
            let n = *n;
            steps.next();
            child = child
                .as_array_mut()
                .and_then(|a| a.get_mut(n))
                .expect("a member");
        }
        value = child.as_table_mut().expect("a table");
    }
    value
}

/// The causes of faults of form (PO102) of a document.
fn form_faults(table: &Table) -> Vec<String> {
    let text = toml::to_string(table).expect("TOML again");
    let faults = policy::read(&text).err().map(|f| f.0).unwrap_or_default();
    let form = faults.into_iter().filter(|f| f.code.0 == "PO102");
    form.map(|f| f.cause).collect()
}

fn keys(node: &Json) -> BTreeSet<String> {
    let properties = node["properties"].as_object().expect("properties");
    properties.keys().cloned().collect()
}

/// The names that a refusal of an unknown key or section lists.
fn listed(cause: &str) -> BTreeSet<String> {
    if let Some((_, names)) = cause.split_once("; there are ") {
        return names.split(", ").map(str::to_owned).collect();
    }
    let names = cause.split_once("expected ").map_or("", |(_, names)| names);
    names
        .split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// One instance of each object of the schema: the first that the document shows.
fn all_objects() -> Vec<(Vec<Step>, Json)> {
    let (root, document) = (published(), document());
    let mut all = Vec::new();
    let value = Value::Table(document);
    objects(&root, &root, &value, &mut Vec::new(), &mut all);
    let mut seen = BTreeSet::new();
    all.retain(|(path, _)| seen.insert(shown(path)));
    all
}

fn shown(path: &[Step]) -> String {
    let part = |s: &Step| match s {
        Step::Key(key) => key.clone(),
        Step::Member(_) => "[]".to_owned(),
    };
    path.iter().map(part).collect::<Vec<_>>().join(".")
}

/// Labels are kept by name, so an unknown one is a fault of law (PO131), not of form.
fn is_map(path: &[Step]) -> bool {
    path.len() == 1 && shown(path) == "label"
}

#[test]
fn every_key_that_the_reader_knows_is_in_the_schema_and_the_other_way_round() {
    let mut seen = 0;
    for (path, node) in all_objects() {
        assert_eq!(
            node["additionalProperties"],
            Json::Bool(false),
            "{}",
            shown(&path)
        );
        if is_map(&path) {
            assert_eq!(keys(&node).len(), policy::weights::PARTS.len());
            continue;
        }
        let mut document = document();
        let unknown = Value::String("x".to_owned());
        at(&mut document, &path).insert("zz_unknown".to_owned(), unknown);
        let faults = form_faults(&document);
        assert_eq!(faults.len(), 1, "{}: {faults:?}", shown(&path));
        assert_eq!(
            listed(&faults[0]),
            keys(&node),
            "{}: {}",
            shown(&path),
            faults[0]
        );
        seen += 1;
    }
    assert!(
        seen > 45,
        "{seen} objects only: the document does not show all of the schema"
    );
}

#[test]
fn every_object_of_the_schema_occurs_in_the_document() {
    let count = schema::TEXT.matches("\"additionalProperties\"").count();
    let distinct: BTreeSet<String> = all_objects().iter().map(|(path, _)| shown(path)).collect();
    assert!(
        distinct.len() >= count,
        "{count} objects, seen: {distinct:?}"
    );
}

#[test]
fn what_the_schema_requires_the_reader_requires_and_nothing_else() {
    for (path, node) in all_objects() {
        let required: BTreeSet<String> = node["required"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|k| k.as_str().map(str::to_owned))
            .collect();
        for key in keys(&node) {
            let mut document = document();
            if at(&mut document, &path).remove(&key).is_none() {
                continue;
            }
            let text = toml::to_string(&document).expect("TOML again");
            let is_refused = policy::read(&text).is_err();
            let place = format!("{}.{key}", shown(&path));
            if required.contains(&key) {
                assert!(is_refused, "{place} is required by the schema only");
            } else {
                let faults = form_faults(&document);
                assert!(
                    faults.is_empty(),
                    "{place} is required by the reader only: {faults:?}"
                );
            }
        }
    }
}

/// What of a value does not conform to a node.
fn breaches(root: &Json, node: &Json, value: &Json, place: &str, all: &mut Vec<String>) {
    let node = followed(root, node);
    if let Some(options) = node["oneOf"].as_array() {
        let fits = |o: &&Json| {
            let mut found = Vec::new();
            breaches(root, o, value, place, &mut found);
            found.is_empty()
        };
        if options.iter().filter(fits).count() != 1 {
            all.push(format!("{place}: {value} fits not exactly one form"));
        }
        return;
    }
    let right = match node["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64(),
        Some("boolean") => value.is_boolean(),
        other => panic!("{place}: the schema says {other:?}"),
    };
    if !right {
        all.push(format!("{place}: {value} is not {}", node["type"]));
    }
    if let Some(words) = node["enum"].as_array()
        && !words.contains(value)
    {
        all.push(format!("{place}: {value} is none of {words:?}"));
    }
    if let Some(number) = value.as_i64() {
        let low = node["minimum"].as_i64().is_some_and(|m| number < m);
        let high = node["maximum"].as_i64().is_some_and(|m| number > m);
        if low || high {
            all.push(format!("{place}: {number} is out of range"));
        }
    }
    for (n, member) in value.as_array().into_iter().flatten().enumerate() {
        breaches(root, &node["items"], member, &format!("{place}[{n}]"), all);
    }
    for (key, child) in value.as_object().into_iter().flatten() {
        match node["properties"].get(key) {
            Some(node) => breaches(root, node, child, &format!("{place}.{key}"), all),
            None => all.push(format!("{place}.{key} is unknown")),
        }
    }
}

#[test]
fn the_documents_of_the_repository_conform() {
    let root = published();
    for text in [DOCUMENT, POLICY, ODD] {
        let table: Table = text.parse().expect("TOML");
        let json = serde_json::to_value(&table).expect("JSON");
        let mut all = Vec::new();
        breaches(&root, &root, &json, "", &mut all);
        assert!(all.is_empty(), "{all:#?}");
    }
    let mut all = Vec::new();
    breaches(
        &root,
        &root,
        &serde_json::json!({ "meta": { "id": 1, "x": 2 } }),
        "",
        &mut all,
    );
    assert_eq!(
        all.len(),
        2,
        "the check itself finds what is wrong: {all:?}"
    );
}
