//! Where the pages get their boards and files from. The acts implement it over the store;
//! tests implement it over values.
//!
//! Not here: HTTP, caching rules.

use std::sync::Arc;

use crate::domain::fault::Fault;
use crate::domain::ids::RoundId;

use super::board::{Board, RoundHead};

/// A file that lets anyone repeat the proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// `snapshot.json.gz`: the canonical snapshot, gzip.
    Snapshot,
    /// `plan.json`.
    Plan,
    /// `instance.json.gz`, gzip.
    Instance,
    /// `outcome.json.gz`, gzip.
    Outcome,
}

/// Read-only source of boards. `round` = `None` means the newest round that has a plan.
/// Calls may block; they are made off the event loop.
pub trait BoardSource: Send + Sync + 'static {
    /// All rounds, newest first.
    fn rounds(&self) -> Result<Vec<RoundHead>, Fault>;

    /// The board of the newest plan of a round; `None` when there is no such round or no plan.
    /// Implementations keep the last board, for it is asked for by every page.
    fn latest(&self, round: Option<&RoundId>) -> Result<Option<Arc<Board>>, Fault>;

    /// The bytes of a file of the same plan; `None` when it is not kept.
    fn file(&self, round: Option<&RoundId>, kind: FileKind) -> Result<Option<Vec<u8>>, Fault>;
}
