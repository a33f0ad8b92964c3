//! What `policy publish` prints.

use std::fmt;

use serde::Serialize;

use super::examine;
use crate::acts::policy::Published;

/// A published version.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(super) struct Outcome(pub Published);

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let p = &self.0;
        for finding in &p.findings {
            examine::write(f, finding)?;
        }
        if p.dry_run {
            write!(f, "dry run, nothing written: ")?;
        }
        let last = p
            .effective_until
            .map_or("replaced".to_owned(), |d| d.to_string());
        write!(
            f,
            "policy {}, in force from {} until {last}",
            p.version, p.effective_from
        )?;
        if !p.new {
            write!(f, " (published before)")?;
        }
        Ok(())
    }
}
