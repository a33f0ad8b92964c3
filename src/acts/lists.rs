//! How lists are asked for: where a page begins, how long it is, in which order, and which rows besides what
//! the list itself asks for. The words follow from the columns that a noun has, so that all lists are asked in
//! one way.
//!
//! Not here: who may see which rows (each list), addresses (web).

use super::refuse;
use crate::domain::fault::Fault;
use crate::store::{Filter, Noun, Order};

/// Words of lists and the columns they stand for.
const WORDS: &[(&str, &str)] = &[
    ("firm", "firm_id"),
    ("district", "district_id"),
    ("round", "round_id"),
    ("application", "application_id"),
    ("contract", "contract_id"),
    ("claim", "claim_id"),
    ("quota", "quota_id"),
    ("finding", "finding_id"),
    ("visit", "visit_id"),
    ("draw", "draw_id"),
    ("scenario", "scenario_id"),
    ("settlement", "settlement"),
    ("batch", "batch"),
    ("stage", "stage"),
    ("state", "state"),
    ("kind", "kind"),
    ("quarter", "quarter"),
    ("number", "number"),
];

/// Words by which rows are put in order, not chosen.
const ORDERS: &[(&str, &str)] = &[
    ("deadline", "deadline"),
    ("due", "due"),
    ("reply_due", "reply_due"),
    ("expires_on", "expires_on"),
    ("until", "until_day"),
    ("held", "held"),
    ("paid", "paid"),
    ("amount_left", "amount_left"),
];

/// Where a page begins, how long it is, and what is asked for besides.
#[derive(Debug, Clone, Default)]
pub struct Bounds {
    /// Only what comes after this key.
    pub after: Option<String>,
    /// At most so many; 0 = all.
    pub limit: u32,
    /// A word of the list, `-` in front for the largest first; by key unless given.
    pub sort: Option<String>,
    /// Words of the list and what each must be.
    pub only: Vec<(String, String)>,
}

impl From<(Option<String>, u32)> for Bounds {
    fn from((after, limit): (Option<String>, u32)) -> Bounds {
        Bounds {
            after,
            limit,
            ..Bounds::default()
        }
    }
}

/// The words of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// By which rows are chosen.
    pub only: Vec<&'static str>,
    /// By which they are put in order.
    pub sort: Vec<&'static str>,
}

fn words<T: Noun>() -> Words {
    let has = |pairs: &[(&'static str, &'static str)], not: &[&str]| -> Vec<&'static str> {
        let held = |c: &str| T::COLUMNS.contains(&c) && !not.contains(&c);
        let all = pairs.iter().filter(|(_, column)| held(column));
        all.map(|(word, _)| *word).collect()
    };
    let mut sort = vec!["id"];
    sort.extend(has(WORDS, T::MAYBE));
    sort.extend(has(ORDERS, T::MAYBE));
    Words {
        only: has(WORDS, &[]),
        sort,
    }
}

/// What lists are made of.
pub trait Listing {
    /// By which words such a list is asked.
    fn words() -> Words;
}

impl<T: Noun> Listing for T {
    fn words() -> Words {
        words::<T>()
    }
}

impl Bounds {
    /// The filter of a list: what it asks for itself, and this.
    ///
    /// # Errors
    /// AC018 for a word that the list has not.
    pub(super) fn filter<T: Noun>(
        self,
        mut equal: Vec<(&'static str, String)>,
    ) -> Result<Filter, Fault> {
        let words = words::<T>();
        for (word, value) in self.only {
            let known = words.only.contains(&word.as_str());
            let column = column(&word).filter(|_| known);
            let column = column.ok_or_else(|| strange(&word, "filter", &words.only))?;
            equal.push((column, value));
        }
        let order = self
            .sort
            .map(|sort| order(&sort, &words.sort))
            .transpose()?;
        Ok(Filter {
            equal,
            order: order.flatten(),
            after: self.after,
            limit: self.limit,
        })
    }
}

fn column(word: &str) -> Option<&'static str> {
    let mut all = WORDS.iter().chain(ORDERS);
    all.find(|(w, _)| *w == word).map(|(_, column)| *column)
}

/// The order that a word asks for; `None` = by key.
fn order(sort: &str, words: &[&'static str]) -> Result<Option<Order>, Fault> {
    let (word, down) = match sort.strip_prefix('-') {
        Some(word) => (word, true),
        None => (sort, false),
    };
    match column(word).filter(|_| words.contains(&word)) {
        Some(column) => Ok(Some(Order { column, down })),
        None if word == "id" => Ok(down.then_some(Order { column: "id", down })),
        None => Err(strange(sort, "sort", words)),
    }
}

/// AC018 for a word that a list has not.
pub fn strange(word: &str, what: &str, words: &[&str]) -> Fault {
    let word: String = word.chars().take(40).collect();
    let cause = format!("this list has no {what} {word:?}");
    let action = format!("give one of: {}", words.join(", "));
    refuse::unfit(what, cause, &action)
}
