//! Proposed policies (规则草案): a document that one officer proposes and another releases or refuses.
//!
//! Not here: what a document says (`policy`), published versions (`store::policies`).

use serde::{Deserialize, Serialize};

use super::signature::Signature;

/// Where a proposed policy stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DraftStage {
    /// Another officer must decide.
    Proposed,
    /// Published.
    Released,
    /// Refused; it may be proposed anew.
    Refused,
}

impl DraftStage {
    /// All of them, in order.
    pub const ALL: [DraftStage; 3] = [
        DraftStage::Proposed,
        DraftStage::Released,
        DraftStage::Refused,
    ];

    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            DraftStage::Proposed => "proposed",
            DraftStage::Released => "released",
            DraftStage::Refused => "refused",
        }
    }
}

/// A proposed policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyDraft {
    /// Version of the document; its key.
    pub version: String,
    /// The document (TOML), whole.
    pub text: String,
    /// SHA-256 of the text.
    pub digest: String,
    /// Where it stands.
    pub stage: DraftStage,
    /// Who proposed it, when and why.
    pub proposed: Signature,
    /// Who released or refused it, when and why.
    pub decided: Option<Signature>,
}
