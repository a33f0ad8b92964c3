//! Signatures (签批): who agreed to what, when and why.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One person's mark under a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// Key of the account.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Why; may be empty where the act asks for no reason.
    pub reason: String,
}
