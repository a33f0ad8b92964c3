//! SHA-256 as 64 lower-case hexadecimal digits.

use sha2::{Digest, Sha256};

/// The digest of bytes.
pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
