//! What `policy diff` prints.

use std::fmt;

use serde::Serialize;

use crate::acts::policy::{self, Change, Document, RuleChange};

/// The changes from one document to another.
#[derive(Debug, Serialize)]
pub(super) struct Compared {
    /// Version of the old document.
    pub before: String,
    /// Version of the new document.
    pub after: String,
    /// Rules that changed.
    pub changes: Vec<RuleChange>,
}

impl Compared {
    /// Compares two documents.
    pub fn of(before: &Document, after: &Document) -> Compared {
        Compared {
            before: before.policy.meta.version.clone(),
            after: after.policy.meta.version.clone(),
            changes: policy::diff(before, after),
        }
    }
}

impl fmt::Display for Compared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "policy {} -> {}", self.before, self.after)?;
        for rule in &self.changes {
            let sign = match rule.change {
                Change::Added => '+',
                Change::Removed => '-',
                Change::Changed => '~',
            };
            writeln!(
                f,
                "{sign} {}",
                format!("{} {}", rule.section, rule.id).trim_end()
            )?;
            for value in &rule.values {
                let shown = |v: &Option<String>| v.clone().unwrap_or_else(|| "-".to_owned());
                match rule.change {
                    Change::Added => writeln!(f, "    {}: {}", value.key, shown(&value.after))?,
                    Change::Removed => writeln!(f, "    {}: {}", value.key, shown(&value.before))?,
                    Change::Changed => {
                        let (old, new) = (shown(&value.before), shown(&value.after));
                        writeln!(f, "    {}: {old} -> {new}", value.key)?;
                    }
                }
            }
        }
        write!(f, "{} rules differ", self.changes.len())
    }
}
