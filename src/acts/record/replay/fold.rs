//! Folding: each entry about a noun continues the state that the one before it left, and the last state is
//! what is stored.
//!
//! Not here: which entries there are (`trail`).

use serde::Serialize;
use serde_json::Value;

use super::report::{Link, Replay};
use crate::acts::record::masking;
use crate::acts::record::trail::{self, Step, digest};
use crate::domain::fault::{Fault, Faults};
use crate::domain::personal;
use crate::store::Reading;

/// The states of one noun.
pub struct Fold<'s> {
    /// Every entry about it, in order.
    pub steps: &'s [Step],
    /// Its state before the first entry, where it came into being without one of its own.
    pub first: Option<Value>,
    /// True for states of this noun: entries may leave others behind.
    pub is_state: fn(&Value) -> bool,
}

/// A noun as canonical JSON.
pub fn written(noun: &impl Serialize) -> Result<Value, Faults> {
    serde_json::to_value(noun).map_err(|e| {
        let code = crate::acts::refuse::UNWRITABLE;
        Fault::new(code, e.to_string(), "report this to the makers").into()
    })
}

/// Folds the entries and compares the end with the noun as it is stored.
pub fn fold(
    tx: &mut Reading<'_>,
    report: &mut Replay,
    fold: Fold<'_>,
    stored: &Value,
) -> Result<(), Faults> {
    let mut state = fold.first;
    let mut erased = false;
    for step in fold.steps {
        entered(tx, report, step)?;
        let Some(after) = step.state().filter(|s| (fold.is_state)(s)) else {
            continue;
        };
        let place = format!("entry {}, the state before", step.entered.seq);
        if let (Some(known), Some(named), false) = (&state, &step.entered.entry.before, erased) {
            report.same(&place, digest(known), named.clone());
        }
        state = Some(after.clone());
        erased = step.erased;
    }
    end(report, state, erased, stored);
    Ok(())
}

fn end(report: &mut Replay, state: Option<Value>, erased: bool, stored: &Value) {
    let Some(state) = state else {
        let place = "the state that is stored";
        return report.differs(place, "an entry that left it", "no entry did");
    };
    // What was erased is compared as far as it is kept.
    let (state, stored) = match erased {
        true => (masking::masked(&state), masking::masked(stored)),
        false => (state, stored.clone()),
    };
    if state == stored {
        return report.proves("what is stored is what the last entry left");
    }
    for (path, expected, found) in unequal("", &state, &stored) {
        let hidden = personal::is_personal(&path);
        let show = |v: &Value| match hidden {
            true => "personal data".to_owned(),
            false => v.to_string(),
        };
        report.differs(path, show(&expected), show(&found));
    }
}

/// An entry is in the chain, and its record is genuine and says the same.
pub fn entered(tx: &mut Reading<'_>, report: &mut Replay, step: &Step) -> Result<(), Faults> {
    let row = &step.entered;
    let place = format!("entry {}", row.seq);
    if !trail::is_linked(tx, row)? {
        report.differs(place.clone(), "a whole link of the chain", "broken");
    }
    match &step.record {
        _ if !step.genuine => {
            report.differs(place, "the record that it names", "gone or changed");
        }
        None => report.differs(place, "a record that can be read", "none"),
        Some(_) if !step.agrees() => {
            report.differs(place, "what the entry says", "another act, actor or time");
        }
        Some(_) => {}
    }
    report.entries.push(Link {
        entry: row.seq,
        at: row.entry.at,
        act: row.entry.act.clone(),
        before: row.entry.before.clone(),
        after: row.entry.after.clone(),
        hash: row.hash.clone(),
    });
    Ok(())
}

/// The paths at which two values are unequal, with both.
fn unequal(path: &str, one: &Value, other: &Value) -> Vec<(String, Value, Value)> {
    match (one, other) {
        _ if one == other => Vec::new(),
        (Value::Object(a), Value::Object(b)) => {
            let mut keys: Vec<&String> = a.keys().chain(b.keys()).collect();
            keys.sort_unstable();
            keys.dedup();
            let deeper = |key: &String| {
                let below =
                    |v: &serde_json::Map<String, Value>| v.get(key).cloned().unwrap_or(Value::Null);
                let path = match path {
                    "" => key.clone(),
                    path => format!("{path}.{key}"),
                };
                unequal(&path, &below(a), &below(b))
            };
            keys.into_iter().flat_map(deeper).collect()
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let pairs = a.iter().zip(b).enumerate();
            pairs
                .flat_map(|(n, (x, y))| unequal(&format!("{path}.{n}"), x, y))
                .collect()
        }
        _ => vec![(path.to_owned(), one.clone(), other.clone())],
    }
}
