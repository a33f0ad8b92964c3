//! Boards for the pages: the published plan of a round with its snapshot, read once and kept until a
//! newer plan is stored.
//!
//! Not here: what a board shows (`view`), HTTP.

use std::sync::{Arc, Mutex, PoisonError};

use super::view::board::{Board, RoundHead};
use super::view::source::{BoardSource, FileKind};
use super::{Desk, export, published, view, words};
use crate::domain::fault::{Fault, Faults};
use crate::domain::ids::RoundId;
use crate::domain::plan::Plan;
use crate::domain::round::Round;
use crate::planning::files;
use crate::planning::format::{self, Finding, Packing};
use crate::planning::{build, retold};
use crate::store::{self, Reading, plans, snapshots};

/// The boards of a database.
pub struct Boards {
    desk: Desk,
    last: Mutex<Option<(String, Arc<Board>)>>,
    numbers: Mutex<Option<Numbers>>,
}

/// The packed files of one plan.
struct Numbers {
    plan: String,
    instance: Vec<u8>,
    outcome: Vec<u8>,
}

impl Boards {
    /// Boards of the database of a desk.
    pub fn new(desk: Desk) -> Boards {
        Boards {
            desk,
            last: Mutex::new(None),
            numbers: Mutex::new(None),
        }
    }

    /// The round asked for, else the one whose plan was stored last.
    fn round(&self, asked: Option<&RoundId>) -> Result<Option<RoundId>, Faults> {
        if let Some(round) = asked {
            return Ok(Some(round.clone()));
        }
        let planned = self.desk.store().read(|tx| -> Result<_, Faults> {
            let mut newest: Option<(chrono::DateTime<chrono::Utc>, RoundId)> = None;
            for round in store::all::<Round>(tx)? {
                let Some(digest) = published::plan_of(tx, &round.id)? else {
                    continue;
                };
                let at = plans::need(tx, &digest)?.created_at;
                if newest.as_ref().is_none_or(|(t, _)| at >= *t) {
                    newest = Some((at, round.id));
                }
            }
            Ok(newest)
        })?;
        Ok(planned.map(|(_, id)| id))
    }

    fn board(&self, asked: Option<&RoundId>) -> Result<Option<Arc<Board>>, Faults> {
        let Some(round) = self.round(asked)? else {
            return Ok(None);
        };
        let shown = (self.desk.store()).read(|tx| published::plan_of(tx, &round))?;
        let Some(digest) = shown else {
            return Ok(None);
        };
        let kept = self
            .last
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if let Some((_, board)) = kept.filter(|(d, _)| *d == digest) {
            return Ok(Some(board));
        }
        let board = Arc::new(self.fresh(&digest)?);
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((digest, Arc::clone(&board)));
        Ok(Some(board))
    }

    /// Builds the board of a plan from what is stored.
    fn fresh(&self, digest: &str) -> Result<Board, Faults> {
        let (plan, snapshot) = self.desk.store().read(|tx| -> Result<_, Faults> {
            let stored = plans::need(tx, digest)?;
            let bytes = bytes_of(tx, &stored.snapshot)?;
            Ok((stored.text, bytes))
        })?;
        let plan = files::read_plan(plan.as_bytes())?;
        let snapshot = files::read_snapshot(&snapshot)?;
        Ok(view::board(&snapshot, &plan, digest))
    }

    fn bytes(&self, asked: Option<&RoundId>, kind: FileKind) -> Result<Option<Vec<u8>>, Faults> {
        let Some(round) = self.round(asked)? else {
            return Ok(None);
        };
        let Some((digest, text)) = self.text(&round)? else {
            return Ok(None);
        };
        let plan = files::read_plan(text.as_bytes())?;
        match kind {
            FileKind::Plan => Ok(Some(text.into_bytes())),
            FileKind::Snapshot => {
                let bytes = (self.desk.store()).read(|tx| bytes_of(tx, &plan.snapshot))?;
                Ok(Some(files::packed(bytes, Packing::Gzip)?))
            }
            FileKind::Instance | FileKind::Outcome => self.numbers(&digest, &plan, kind),
        }
    }

    /// The plan that the public may see, as it is stored, with its digest.
    fn text(&self, round: &RoundId) -> Result<Option<(String, String)>, Faults> {
        self.desk.store().read(|tx| {
            let Some(digest) = published::plan_of(tx, round)? else {
                return Ok(None);
            };
            let text = plans::need(tx, &digest)?.text;
            Ok(Some((digest, text)))
        })
    }

    /// Instance and outcome of a plan. Building them costs seconds at city size, so those of the
    /// last plan asked for are kept.
    fn numbers(
        &self,
        digest: &str,
        plan: &Plan,
        kind: FileKind,
    ) -> Result<Option<Vec<u8>>, Faults> {
        let mut kept = self.numbers.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.as_ref().is_none_or(|k| k.plan != *digest) {
            let bytes = (self.desk.store()).read(|tx| bytes_of(tx, &plan.snapshot))?;
            let snapshot = files::read_snapshot(&bytes)?;
            let built = build::build(&snapshot)?;
            let outcome = retold::outcome(&snapshot, &built, plan);
            let unwritable = |f: Finding| Fault::new(export::NOT_WRITABLE, f.text, "report this");
            *kept = Some(Numbers {
                plan: digest.to_owned(),
                instance: format::write_instance(&built.instance, Packing::Gzip)
                    .map_err(unwritable)?,
                outcome: format::write_outcome(&outcome, Packing::Gzip).map_err(unwritable)?,
            });
        }
        Ok(kept.as_ref().map(|k| match kind {
            FileKind::Instance => k.instance.clone(),
            _ => k.outcome.clone(),
        }))
    }
}

/// The stored bytes of a snapshot.
fn bytes_of(tx: &mut Reading<'_>, digest: &str) -> Result<Vec<u8>, Faults> {
    let missing = || {
        Fault::new(
            export::NOTHING_STORED,
            format!("snapshot {digest} is not stored"),
            "run `zhuchao doctor`",
        )
    };
    Ok(snapshots::get(tx, digest)?.ok_or_else(missing)?.bytes)
}

/// The first of several faults: pages show one.
fn first(faults: Faults) -> Fault {
    let unknown = || Fault::new(export::NOT_WRITABLE, "unknown", "report this");
    faults.0.into_iter().next().unwrap_or_else(unknown)
}

impl BoardSource for Boards {
    fn rounds(&self) -> Result<Vec<RoundHead>, Fault> {
        let rounds: Vec<Round> = self.desk.store().read(store::all)?;
        let head = |r: &Round| RoundHead {
            id: r.id.clone(),
            name: words::Text::names(&r.name_zh, &r.name_en),
        };
        Ok(rounds.iter().rev().map(head).collect())
    }

    fn latest(&self, round: Option<&RoundId>) -> Result<Option<Arc<Board>>, Fault> {
        self.board(round).map_err(first)
    }

    fn file(&self, round: Option<&RoundId>, kind: FileKind) -> Result<Option<Vec<u8>>, Fault> {
        self.bytes(round, kind).map_err(first)
    }
}
