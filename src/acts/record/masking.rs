//! Masking a noun or a record as JSON: every personal field of the table, at any depth.
//!
//! Not here: the table (`domain::personal`).

use serde_json::Value;

use crate::domain::personal::{Mask, at, mask};

/// A JSON of any noun or record with every personal field masked.
pub fn masked(value: &Value) -> Value {
    let mut masked = value.clone();
    walk(&mut masked, &mut Vec::new(), &mut |_, how, text| {
        *text = mask(how, text);
    });
    masked
}

/// The personal fields of a JSON: path and text.
pub fn found(value: &Value) -> Vec<(String, String)> {
    let mut all = Vec::new();
    walk(&mut value.clone(), &mut Vec::new(), &mut |path, _, text| {
        all.push((path.to_owned(), text.clone()));
    });
    all
}

fn walk(value: &mut Value, path: &mut Vec<String>, seen: &mut dyn FnMut(&str, Mask, &mut String)) {
    match value {
        Value::Object(map) => {
            let (account, bank) = (is_account(map), is_bank_account(map));
            for (key, below) in map.iter_mut() {
                let depth = path.len();
                if account && matches!(key.as_str(), "name" | "login") {
                    path.push("person".to_owned());
                }
                if bank && matches!(key.as_str(), "holder" | "number") {
                    path.push("bank_account".to_owned());
                }
                path.push(key.clone());
                walk(below, path, seen);
                path.truncate(depth);
            }
        }
        Value::Array(list) => {
            for (n, below) in list.iter_mut().enumerate() {
                path.push(n.to_string());
                walk(below, path, seen);
                path.pop();
            }
        }
        Value::String(text) => {
            let parts: Vec<&str> = path.iter().map(String::as_str).collect();
            if let Some(how) = at(&parts) {
                seen(&path.join("."), how, text);
            }
        }
        _ => {}
    }
}

/// Bank accounts, also masked ones, name the bank beside the number.
fn is_bank_account(map: &serde_json::Map<String, Value>) -> bool {
    map.contains_key("bank") && map.contains_key("number")
}

/// Accounts, and what is asked when one is made, have a login beside the name.
fn is_account(map: &serde_json::Map<String, Value>) -> bool {
    map.contains_key("login")
}
