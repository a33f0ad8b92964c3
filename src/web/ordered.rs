//! Lists in another order than by key: rows are ordered by a member of what is shown, for lists that no
//! column of the store orders. A row without the member comes last in either direction.
//!
//! Not here: lists whose nouns have columns (`acts::lists`).

use std::cmp::Ordering;

use serde::Serialize;
use serde_json::Value;

use super::api::stated::{self, LIMIT_MAX, Page};
use super::refusal::stopped;
use crate::acts::lists::strange;
use crate::acts::refuse;
use crate::domain::fault::Faults;

impl Page {
    /// What a list by key is asked for: a page of it, or all of it where another order is wanted.
    pub fn fetched(&self) -> (Option<String>, u32) {
        match self.sort {
            None => self.bounds(),
            Some(_) => (None, LIMIT_MAX),
        }
    }

    /// The page of the rows that [`Page::fetched`] gave, in the order that is wanted, and the key after which
    /// the next begins.
    ///
    /// # Errors
    /// AC018 for an order that the list has not, or for more rows than are put in order at once.
    pub fn arranged<R: Serialize>(
        &self,
        rows: Vec<R>,
        words: &[&str],
        key: impl Fn(&R) -> String,
    ) -> Result<(Vec<R>, Option<String>), Faults> {
        let Some(sort) = &self.sort else {
            let keys: Vec<String> = rows.iter().map(&key).collect();
            let next = stated::next(&keys, self.bounds().1);
            return Ok((rows, next));
        };
        if rows.len() >= LIMIT_MAX as usize {
            let cause = format!("more than {LIMIT_MAX} rows are not put in order at once");
            return Err(refuse::unfit("sort", cause, "filter the list, or leave it out").into());
        }
        let rows = by_member(rows, sort, words, &key)?;
        Ok(stated::cut(rows, self, key))
    }
}

fn by_member<R: Serialize>(
    rows: Vec<R>,
    sort: &str,
    words: &[&str],
    key: impl Fn(&R) -> String,
) -> Result<Vec<R>, Faults> {
    let (word, down) = match sort.strip_prefix('-') {
        Some(word) => (word, true),
        None => (sort, false),
    };
    if !words.contains(&word) {
        return Err(strange(sort, "sort", words).into());
    }
    let shown = |row: R| -> Result<(Value, String, R), Faults> {
        let mut whole = serde_json::to_value(&row).map_err(|_| stopped())?;
        Ok((whole[word].take(), key(&row), row))
    };
    let mut all = rows
        .into_iter()
        .map(shown)
        .collect::<Result<Vec<_>, Faults>>()?;
    all.sort_by(|a, b| order(&a.0, &b.0, down).then_with(|| a.1.cmp(&b.1)));
    Ok(all.into_iter().map(|(_, _, row)| row).collect())
}

fn order(a: &Value, b: &Value, down: bool) -> Ordering {
    let way = |found: Ordering| if down { found.reverse() } else { found };
    match (a, b) {
        (Value::Null, Value::Null) => Ordering::Equal,
        (Value::Null, _) => Ordering::Greater,
        (_, Value::Null) => Ordering::Less,
        (Value::Number(a), Value::Number(b)) => match (a.as_i64(), b.as_i64()) {
            (Some(a), Some(b)) => way(a.cmp(&b)),
            _ => way(a
                .as_f64()
                .partial_cmp(&b.as_f64())
                .unwrap_or(Ordering::Equal)),
        },
        (Value::String(a), Value::String(b)) => way(a.cmp(b)),
        _ => way(a.to_string().cmp(&b.to_string())),
    }
}
