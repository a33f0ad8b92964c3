//! Heads of the chain: per day in Shenzhen the last entry, its hash and how many entries there were. Whoever
//! keeps them elsewhere can show later that nothing up to there was taken out or rewritten: the hash of a head
//! follows from every entry before it.
//!
//! Not here: files and terminals.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::acts::Desk;
use crate::acts::powers::record::SEE_JOURNAL;
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::round::day_in_shenzhen;
use crate::store::journal;

/// The file is no list of heads.
pub const BAD_HEADS: Code = Code("AC460");

/// Most heads that a file may hold: more than two centuries of days.
const HEADS_MAX: usize = 80_000;

const COLUMNS: &str = "day,entry,hash,entries";

/// The head of one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// Day in Shenzhen.
    pub day: NaiveDate,
    /// Number of its last entry.
    pub entry: i64,
    /// Hash of that entry.
    pub hash: String,
    /// How many entries of that day there are up to it.
    pub entries: u64,
}

/// The head of each day that has entries, in order.
pub fn heads(desk: &Desk) -> Result<Vec<Head>, Faults> {
    desk.may(&SEE_JOURNAL)?;
    let mut days: BTreeMap<NaiveDate, Head> = BTreeMap::new();
    desk.store().read(|tx| {
        journal::walk(tx, |row, _| {
            let day = day_in_shenzhen(row.entry.at);
            let before = days.get(&day).map_or(0, |head| head.entries);
            let head = Head {
                day,
                entry: row.seq,
                hash: row.hash.clone(),
                entries: before + 1,
            };
            days.insert(day, head);
        })
    })?;
    Ok(days.into_values().collect())
}

/// A head that the chain does not hold any more, or a link that is broken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lost {
    /// Day of the head; none for a broken link.
    pub day: Option<NaiveDate>,
    /// Number of the entry.
    pub entry: i64,
    /// What is wrong.
    pub cause: &'static str,
}

/// What became of heads that were kept elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Held {
    /// Heads that were compared.
    pub heads: usize,
    /// Entries of the chain.
    pub entries: u64,
    /// What is wrong; empty when the chain holds every head.
    pub lost: Vec<Lost>,
}

/// Compares heads that were kept elsewhere with the chain as it is, which is walked whole.
pub fn verify(desk: &Desk, kept: &[Head]) -> Result<Held, Faults> {
    desk.may(&SEE_JOURNAL)?;
    let mut wanted: BTreeMap<i64, Vec<&Head>> = BTreeMap::new();
    for head in kept {
        wanted.entry(head.entry).or_default().push(head);
    }
    let mut counts: BTreeMap<NaiveDate, u64> = BTreeMap::new();
    let (mut entries, mut lost) = (0, Vec::new());
    desk.store().read(|tx| {
        journal::walk(tx, |row, whole| {
            entries += 1;
            let day = day_in_shenzhen(row.entry.at);
            let count = counts.entry(day).or_default();
            *count += 1;
            if !whole {
                lost.push(tell(None, row.seq, "the chain is broken here"));
            }
            for head in wanted.remove(&row.seq).into_iter().flatten() {
                if head.hash != row.hash {
                    let cause = "the entry has another hash: it, or one before it, was rewritten";
                    lost.push(tell(Some(head.day), row.seq, cause));
                } else if head.day != day || head.entries != *count {
                    let cause = "entries of that day were added or taken out before it";
                    lost.push(tell(Some(head.day), row.seq, cause));
                }
            }
        })
    })?;
    for head in wanted.into_values().flatten() {
        let cause = "the entry is not there: the chain was cut off";
        lost.push(tell(Some(head.day), head.entry, cause));
    }
    Ok(Held {
        heads: kept.len(),
        entries,
        lost,
    })
}

fn tell(day: Option<NaiveDate>, entry: i64, cause: &'static str) -> Lost {
    Lost { day, entry, cause }
}

/// Heads as CSV.
pub fn csv(heads: &[Head]) -> String {
    let row = |h: &Head| format!("{},{},{},{}\n", h.day, h.entry, h.hash, h.entries);
    let rows: String = heads.iter().map(row).collect();
    format!("{COLUMNS}\n{rows}")
}

/// Heads from a file, CSV or JSON, as this program writes them. AC460.
pub fn read(bytes: &[u8]) -> Result<Vec<Head>, Faults> {
    let text = std::str::from_utf8(bytes).map_err(|_| bad("it is not UTF-8"))?;
    let text = text.trim_start_matches('\u{feff}').trim();
    let heads: Vec<Head> = match text.starts_with('[') {
        true => serde_json::from_str(text).map_err(|e| bad(&e.to_string()))?,
        false => rows(text)?,
    };
    if heads.is_empty() || heads.len() > HEADS_MAX {
        return Err(bad("it holds no heads, or too many").into());
    }
    Ok(heads)
}

fn rows(text: &str) -> Result<Vec<Head>, Fault> {
    let mut lines = text.lines().map(str::trim_end);
    if lines.next() != Some(COLUMNS) {
        return Err(bad(&format!("its first line is not {COLUMNS}")));
    }
    let row = |(n, line): (usize, &str)| row(line).ok_or_else(|| bad(&format!("line {}", n + 2)));
    lines.enumerate().map(row).collect()
}

fn row(line: &str) -> Option<Head> {
    let cells: Vec<&str> = line.split(',').collect();
    let [day, entry, hash, entries] = cells.as_slice() else {
        return None;
    };
    Some(Head {
        day: day.parse().ok()?,
        entry: entry.parse().ok()?,
        hash: (*hash).to_owned(),
        entries: entries.parse().ok()?,
    })
}

fn bad(cause: &str) -> Fault {
    Fault::new(
        BAD_HEADS,
        format!("this is no list of heads: {cause}"),
        "give a file as `zhuchao journal heads` writes it",
    )
}
