//! The two published file formats, `zhuchao-instance/1` and `zhuchao-outcome/1`, plain or gzip.
//!
//! Reading is strict about what the formats state and tolerant of unknown keys; whatever is wrong
//! comes back as findings, never as a panic. Writing the same value gives the same bytes. Depth is
//! limited by the JSON reader (128 levels), size by the caller. Not here: opening files by name,
//! what the numbers mean, whether an outcome is right (`solve::verify`).

pub(super) mod gz;
mod instance_json;
mod outcome_json;

pub use gz::Packing;

use crate::solve::finding::Code;
pub use crate::solve::finding::Finding;
use crate::solve::instance::Instance;
use crate::solve::outcome::Outcome;

/// The text is not the JSON that the format asks for.
pub const NOT_JSON: Code = Code("SV151");
/// The key `format` or `sense` does not have the expected value.
pub const OTHER_FORMAT: Code = Code("SV152");
/// A site among the lodging pools is not an integer.
pub const SITE_NOT_INTEGER: Code = Code("SV153");
/// The status is not one of the four.
pub const STATUS_UNKNOWN: Code = Code("SV154");
/// A row of the trace does not have three entries.
pub const TRACE_SHAPE: Code = Code("SV155");
/// The gzip stream is broken.
pub const PACKING_BROKEN: Code = Code("SV156");
/// The unpacked file is larger than the limit.
pub const TOO_LARGE: Code = Code("SV157");
/// An outcome has a number that JSON cannot carry.
pub const NOT_WRITABLE: Code = Code("SV158");

/// Largest unpacked file read unless the caller says otherwise: 4 GiB.
pub const UNPACKED_LIMIT: u64 = 4 << 30;

/// Reads an instance from the bytes of a file, plain or gzip.
///
/// # Errors
/// All faults of the file or of the instance.
pub fn read_instance(bytes: &[u8], limit: u64) -> Result<Instance, Vec<Finding>> {
    let text = gz::unpack(bytes, limit).map_err(|f| vec![f])?;
    instance_json::parse(&text)
}

/// The bytes of an instance file.
///
/// # Errors
/// Only if memory for packing runs out.
pub fn write_instance(instance: &Instance, packing: Packing) -> Result<Vec<u8>, Finding> {
    gz::pack(instance_json::text(instance)?, packing)
}

/// Reads an outcome from the bytes of a file, plain or gzip.
///
/// # Errors
/// All faults of the file.
pub fn read_outcome(bytes: &[u8], limit: u64) -> Result<Outcome, Vec<Finding>> {
    let text = gz::unpack(bytes, limit).map_err(|f| vec![f])?;
    outcome_json::parse(&text)
}

/// The bytes of an outcome file.
///
/// # Errors
/// A number that is not finite.
pub fn write_outcome(outcome: &Outcome, packing: Packing) -> Result<Vec<u8>, Finding> {
    gz::pack(outcome_json::text(outcome)?, packing)
}

/// A JSON error with its line and column.
fn not_json(error: &serde_json::Error) -> Finding {
    let place = format!("line {} column {}", error.line(), error.column());
    Finding::new(NOT_JSON, place, error.to_string())
}
