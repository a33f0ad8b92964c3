//! The items of a list as rows: the JSON that the caller may see, cell by cell, so that a file never
//! shows more than the list.
//!
//! A path such as `submitted.at` goes into objects, and into every part of a list. A text in both languages is shown in Chinese, a
//! list as its parts with `;` between them, any other object as JSON.

use chrono::{DateTime, FixedOffset};
use serde_json::Value;

use super::{Column, Kind, Row, Table};
use crate::domain::decimal;

/// Seconds east of Greenwich in Shenzhen.
const EAST: i32 = 8 * 3600;

/// The rows of a list; none when the JSON is no list of this table.
pub fn rows(table: &Table, list: &Value) -> Option<Vec<Row>> {
    let mut parts = table.items.split('.');
    let items = parts.try_fold(list, |value, part| value.get(part))?;
    let items = items.as_array()?;
    let row = |item: &Value| {
        let cell = |column: &Column| cell(column, item);
        table.columns.iter().map(cell).collect()
    };
    Some(items.iter().map(row).collect())
}

fn cell(column: &Column, item: &Value) -> String {
    found(column.kind, item, column.key).unwrap_or_default()
}

/// What a path leads to; through a list, what it leads to in each of its parts.
fn found(kind: Kind, value: &Value, path: &str) -> Option<String> {
    if let Value::Array(parts) = value {
        let each = parts.iter().filter_map(|part| found(kind, part, path));
        return Some(each.collect::<Vec<_>>().join(";"));
    }
    let (first, rest) = match path.split_once('.') {
        Some((first, rest)) => (first, Some(rest)),
        None => (path, None),
    };
    let inner = value.get(first)?;
    match rest {
        Some(rest) => found(kind, inner, rest),
        None => Some(shown(kind, inner)),
    }
}

fn shown(kind: Kind, value: &Value) -> String {
    match (kind, value) {
        (_, Value::Null) => String::new(),
        (Kind::Scaled(places), Value::Number(n)) => match n.as_i64() {
            Some(n) => decimal::format(n, u32::from(places)),
            None => n.to_string(),
        },
        (Kind::Moment, Value::String(text)) => local(text),
        (_, Value::String(text)) => text.clone(),
        (_, Value::Array(parts)) => {
            let parts: Vec<String> = parts.iter().map(|p| shown(kind, p)).collect();
            parts.join(";")
        }
        (_, Value::Object(parts)) => match parts.get("zh") {
            Some(Value::String(zh)) => zh.clone(),
            _ => value.to_string(),
        },
        (_, other) => other.to_string(),
    }
}

fn local(text: &str) -> String {
    let at = DateTime::parse_from_rfc3339(text).ok();
    let east = FixedOffset::east_opt(EAST);
    match at.zip(east) {
        Some((at, east)) => at
            .with_timezone(&east)
            .format("%Y-%m-%d %H:%M:%S")
            .to_string(),
        None => text.to_owned(),
    }
}
