//! Snapshots and plans as files: canonical JSON (fields in the order of the nouns, lists sorted by
//! key, no white space), its SHA-256, and reading with limits and proof.
//!
//! Equal facts give equal bytes, so a digest names the facts. A file from outside is never
//! trusted: its format, order, keys, references and every noun are proved (`prove`).
//!
//! Not here: instance and outcome files (`format`), where files are kept.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::plan::{PLAN_FORMAT, Plan};
use crate::domain::snapshot::{SNAPSHOT_FORMAT, Snapshot};

use super::format::{self, Packing, gz};
use super::{order, prove};

/// The file is not JSON of a snapshot or plan.
pub const NOT_JSON: Code = Code("PL101");
/// The file is larger than the limit, packed or unpacked.
pub const TOO_LARGE: Code = Code("PL102");
/// The gzip stream is broken.
pub const PACKING_BROKEN: Code = Code("PL103");
/// The format name is not the one expected.
pub const OTHER_FORMAT: Code = Code("PL104");
/// A list is not sorted by key, or a key stands in it twice.
pub const NOT_SORTED: Code = Code("PL105");
/// Something refers to a thing that is not in the snapshot.
pub const BROKEN_REFERENCE: Code = Code("PL106");

/// Largest file read, unpacked: 2 GiB.
pub const UNPACKED_LIMIT: u64 = 2 << 30;

/// The canonical bytes of a snapshot; lists are sorted first.
pub fn write_snapshot(snapshot: &Snapshot) -> Vec<u8> {
    let sorted = order::sorted(snapshot);
    serde_json::to_vec(sorted.as_ref()).expect("a snapshot holds only text, numbers and lists")
}

/// A snapshot from the bytes of a file, plain or gzip, proved. All faults: PL101 to PL106 and
/// those of the nouns.
pub fn read_snapshot(bytes: &[u8]) -> Result<Snapshot, Faults> {
    let text = unpack(bytes, UNPACKED_LIMIT)?;
    let snapshot: Snapshot = parse(&text, "snapshot", SNAPSHOT_FORMAT)?;
    let faults = prove::faults(&snapshot);
    Faults(faults).or(snapshot)
}

/// The canonical bytes of a plan.
pub fn write_plan(plan: &Plan) -> Vec<u8> {
    serde_json::to_vec(plan).expect("a plan holds only text, numbers and lists")
}

/// A plan from the bytes of a file, plain or gzip. PL101 to PL104; whether it is right is the
/// business of `check`.
pub fn read_plan(bytes: &[u8]) -> Result<Plan, Faults> {
    let text = unpack(bytes, UNPACKED_LIMIT)?;
    let plan: Plan = parse(&text, "plan", PLAN_FORMAT)?;
    if plan.format != PLAN_FORMAT {
        return Err(other_format(&plan.format, PLAN_FORMAT).into());
    }
    Ok(plan)
}

/// SHA-256 of bytes, in hex.
pub fn digest(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Digest of a snapshot: of its canonical bytes.
pub fn snapshot_digest(snapshot: &Snapshot) -> String {
    digest(&write_snapshot(snapshot))
}

/// Digest of a plan: of its canonical bytes.
pub fn plan_digest(plan: &Plan) -> String {
    digest(&write_plan(plan))
}

/// The fault of a wrong format name.
pub(super) fn other_format(found: &str, expected: &str) -> Fault {
    let shown: String = found.chars().take(40).collect();
    Fault::new(
        OTHER_FORMAT,
        format!("the format is {shown:?}, not {expected:?}"),
        "give a file of the expected kind and version",
    )
}

fn parse<T: DeserializeOwned>(text: &[u8], what: &str, format: &str) -> Result<T, Fault> {
    serde_json::from_slice(text).map_err(|error| {
        // A file of another format is told by its name rather than by the first field that differs.
        let head: Option<Head> = serde_json::from_slice(text).ok();
        match head.and_then(|h| h.format).filter(|f| f != format) {
            Some(other) => other_format(&other, format),
            None => Fault::new(
                NOT_JSON,
                format!("this is not a {what}: {error}"),
                "give the file as it was written by this program",
            ),
        }
    })
}

#[derive(Deserialize)]
struct Head {
    format: Option<String>,
}

/// The text of a file, unpacked if it begins like gzip; stops at `limit`.
pub fn unpack(bytes: &[u8], limit: u64) -> Result<Cow<'_, [u8]>, Fault> {
    gz::unpack(bytes, limit).map_err(|finding| {
        if finding.code == format::TOO_LARGE {
            let cause = format!("the file holds more than {limit} bytes");
            Fault::new(TOO_LARGE, cause, "split the round or raise the limit")
        } else {
            Fault::new(PACKING_BROKEN, finding.text, "copy the file again")
        }
    })
}

/// Bytes as they go into a file: packed or not.
pub fn packed(bytes: Vec<u8>, packing: Packing) -> Result<Vec<u8>, Fault> {
    gz::pack(bytes, packing)
        .map_err(|f| Fault::new(PACKING_BROKEN, f.text, "free some memory and try again"))
}
