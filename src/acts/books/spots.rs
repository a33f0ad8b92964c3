//! Where the differences of a file lie: what would be new, changed, or gone from a place, for a map to be looked at before
//! the file is taken in. Rows with a place of their own stand there; units and apartments stand at their site.
//!
//! Not here: the differences (`changes`), how they are drawn (`web`).

use std::collections::BTreeMap;

use super::changes::Change;
use super::take::{self, Taken};
use crate::acts::export;
use crate::acts::tables::Row;
use crate::acts::words::Text;
use crate::acts::{Desk, kinds};
use crate::domain::fault::Faults;
use crate::domain::place::Position;
use crate::intake::{Kind, columns};

/// Most places without a difference that are shown around the others.
const AROUND_MOST: usize = 400;
/// Most keys that a place names.
const NAMED_MOST: usize = 6;

/// What becomes of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// As it is: shown for orientation.
    Kept,
    /// Something there is changed.
    Changed,
    /// Something is new there.
    New,
    /// Something is no longer there.
    Gone,
}

impl Fate {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Fate::Kept => "kept",
            Fate::Changed => "changed",
            Fate::New => "new",
            Fate::Gone => "gone",
        }
    }
}

/// A place on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// Key of what stands there.
    pub key: String,
    /// Its name.
    pub name: Text,
    /// Where.
    pub at: Position,
    /// Where it was, when it moves.
    pub from: Option<Position>,
    /// What becomes of it.
    pub fate: Fate,
    /// How many rows differ there.
    pub rows: usize,
    /// Keys of some of them.
    pub keys: Vec<String>,
}

/// The places of the differences that are listed, those that are as they were first; `None` for a kind without places.
///
/// # Errors
/// Faults of the store.
pub fn spots(desk: &Desk, taken: &Taken) -> Result<Option<Vec<Spot>>, Faults> {
    let kind = kinds::Kind::ALL
        .into_iter()
        .find(|k| k.name() == taken.kind);
    let found = match kind {
        Some(kind @ (Kind::Sites | Kind::Stations | Kind::Clusters)) => {
            own(&Known::of(desk, kind)?, &taken.changes)
        }
        Some(Kind::Units) => {
            let sites = Known::of(desk, Kind::Sites)?;
            at_sites(&sites, &Known::of(desk, Kind::Units)?, &taken.changes)
        }
        Some(Kind::Apartments) => {
            let sites = Known::of(desk, Kind::Sites)?;
            at_sites(&sites, &Known::of(desk, Kind::Apartments)?, &taken.changes)
        }
        _ => return Ok(None),
    };
    Ok(Some(found))
}

/// The rows of a kind as they are stored.
struct Known {
    kind: Kind,
    rows: BTreeMap<String, Row>,
}

impl Known {
    fn of(desk: &Desk, kind: Kind) -> Result<Known, Faults> {
        let batch = desk.store().read(|tx| export::batch(tx, kind))?;
        let rows = take::rows(&batch)?.into_iter();
        Ok(Known {
            kind,
            rows: rows.map(|row| (super::key(kind, &row), row)).collect(),
        })
    }

    /// A cell as it is stored; empty when there is none.
    fn cell(&self, key: &str, column: &str) -> &str {
        let place = columns::of(self.kind).iter().position(|c| c.name == column);
        let row = self.rows.get(key);
        let cell = place.and_then(|n| row?.get(n));
        cell.map(String::as_str).unwrap_or_default()
    }

    /// Where a row stands.
    fn at(&self, key: &str) -> Option<Position> {
        position(self.cell(key, "lon"), self.cell(key, "lat"))
    }

    fn name(&self, key: &str) -> Text {
        named(key, self.cell(key, "name_zh"), self.cell(key, "name_en"))
    }
}

fn named(key: &str, zh: &str, en: &str) -> Text {
    match zh {
        "" => Text::same(key),
        zh => Text::names(zh, en),
    }
}

fn position(lon: &str, lat: &str) -> Option<Position> {
    Position::degrees(lon.parse().ok()?, lat.parse().ok()?).ok()
}

/// What a change makes of a cell: the new one, else the stored one.
fn after<'a>(known: &'a Known, change: &'a Change, column: &str) -> &'a str {
    let changed = change.cells.iter().find(|c| c.column == column);
    changed.map_or_else(|| known.cell(&change.key, column), |c| c.to.as_str())
}

/// Rows with a place of their own.
fn own(known: &Known, changes: &[Change]) -> Vec<Spot> {
    let changed = |key: &String| changes.iter().any(|c| c.key == *key);
    let around = known.rows.keys().filter(|key| !changed(key));
    let around = around.filter_map(|key| Some(kept(key, known.name(key), known.at(key)?)));
    let mut all: Vec<Spot> = around.take(AROUND_MOST).collect();
    for change in changes {
        let now = position(after(known, change, "lon"), after(known, change, "lat"));
        let was = known.at(&change.key);
        let fate = if change.new { Fate::New } else { Fate::Changed };
        let name = named(
            &change.key,
            after(known, change, "name_zh"),
            after(known, change, "name_en"),
        );
        let spot = |at, from, fate| Spot {
            key: change.key.clone(),
            name: name.clone(),
            at,
            from,
            fate,
            rows: 1,
            keys: Vec::new(),
        };
        let moved = was.filter(|was| now.as_ref() != Some(was));
        all.extend(moved.map(|was| spot(was, None, Fate::Gone)));
        all.extend(now.map(|now| spot(now, moved, fate)));
    }
    all.sort_by_key(|s| s.fate);
    all
}

fn kept(key: &str, name: Text, at: Position) -> Spot {
    Spot {
        key: key.to_owned(),
        name,
        at,
        from: None,
        fate: Fate::Kept,
        rows: 0,
        keys: Vec::new(),
    }
}

/// Rows that stand at a site: one place for each site and fate.
fn at_sites(sites: &Known, known: &Known, changes: &[Change]) -> Vec<Spot> {
    let mut found: BTreeMap<(SiteKey, Fate), Vec<String>> = BTreeMap::new();
    for change in changes {
        let now = after(known, change, "site_id").to_owned();
        let was = known.cell(&change.key, "site_id").to_owned();
        let fate = if change.new { Fate::New } else { Fate::Changed };
        if !change.new && was != now {
            found
                .entry((was, Fate::Gone))
                .or_default()
                .push(change.key.clone());
        }
        found
            .entry((now, fate))
            .or_default()
            .push(change.key.clone());
    }
    let touched = |key: &String| found.keys().any(|(site, _)| site == key);
    let around = sites.rows.keys().filter(|key| !touched(key));
    let around = around.filter_map(|key| Some(kept(key, sites.name(key), sites.at(key)?)));
    let mut all: Vec<Spot> = around.take(AROUND_MOST).collect();
    for ((site, fate), keys) in found {
        let Some(at) = sites.at(&site) else { continue };
        all.push(Spot {
            name: sites.name(&site),
            at,
            from: None,
            fate,
            rows: keys.len(),
            keys: keys.into_iter().take(NAMED_MOST).collect(),
            key: site,
        });
    }
    all.sort_by_key(|s| s.fate);
    all
}

/// The key of a site as a cell has it.
type SiteKey = String;
