//! A template of notices (通告模板): a version, whose file it is, and who made it the one in force. Nothing is ever
//! overwritten: going back to an older file, or to the one that is built in, is a new version.
//!
//! Not here: the file (`store::case_files`), its fields (`acts::papers`).

use serde::{Deserialize, Serialize};

use super::signature::Signature;

/// A version of the template of notices; the last one is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperTemplate {
    /// Key; later versions have later keys.
    pub id: String,
    /// Number, from 1.
    pub version: u32,
    /// SHA-256 of the file; `None` for the one that is built in.
    pub digest: Option<String>,
    /// Bytes of the file.
    pub size: u64,
    /// Names of its fields.
    pub fields: Vec<String>,
    /// Who made it the one in force, when and why.
    pub made: Signature,
}
