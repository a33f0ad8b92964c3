//! Variants of a frozen snapshot: the same facts with some awards kept whole and some applications out.
//! Also how a snapshot is stored within an act.
//!
//! Not here: solving them (`planning`).

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::domain::fault::Faults;
use crate::domain::ids::{ApplicationId, FirmId};
use crate::domain::snapshot::{Pin, Snapshot};
use crate::planning::files;
use crate::store::Writing;
use crate::store::snapshots::{self, StoredSnapshot};

/// The snapshot with the given pins and only the applications that are `in_it`, frozen at a moment.
pub fn with(
    base: &Snapshot,
    pins: Vec<Pin>,
    in_it: &BTreeSet<ApplicationId>,
    at: DateTime<Utc>,
) -> Snapshot {
    let mut variant = base.clone();
    variant.frozen_at = at;
    variant.applications.retain(|a| in_it.contains(&a.id));
    let firms: BTreeSet<FirmId> = (variant.applications.iter())
        .map(|a| a.firm.clone())
        .collect();
    variant.firms.retain(|f| firms.contains(&f.id));
    variant.pins = pins;
    variant
}

/// Stores a snapshot; gives its digest.
pub fn put(tx: &mut Writing<'_>, snapshot: &Snapshot) -> Result<String, Faults> {
    let bytes = files::write_snapshot(snapshot);
    let digest = files::digest(&bytes);
    let stored = StoredSnapshot {
        digest: digest.clone(),
        round: snapshot.round.id.clone(),
        frozen_at: snapshot.frozen_at,
        bytes,
    };
    snapshots::put(tx, &stored)?;
    Ok(digest)
}
