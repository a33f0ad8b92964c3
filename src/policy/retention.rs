//! Retention settings (保存期限): how long the content of what is over is kept. Data with a basis each; the
//! defaults are in data/policy/retention.toml.
//!
//! Not here: finding and erasing what is due (`acts::record`).

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::evidence::Evidence;
use crate::domain::fault::{Code, Fault};

/// The settings cannot be read, or keep something not at all or for ever.
pub const BAD_RETENTION: Code = Code("PO460");

const DEFAULT: &str = include_str!("../../data/policy/retention.toml");

/// What is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Sessions and begun sign-ins, after their end.
    Sessions,
    /// What a firm filled in and filed but never submitted, after the window of the round.
    Drafts,
    /// Evidence of cases that were withdrawn or rejected, after the last act on them.
    EndedEvidence,
    /// Evidence of cases that led to a contract, after its end; of others, after the round was closed.
    GrantedEvidence,
    /// Personal data in records and answered objections, after the act.
    PersonalData,
}

impl What {
    /// Everything.
    pub const ALL: [What; 5] = [
        What::Sessions,
        What::Drafts,
        What::EndedEvidence,
        What::GrantedEvidence,
        What::PersonalData,
    ];

    /// The name in files.
    pub fn name(self) -> &'static str {
        match self {
            What::Sessions => "sessions",
            What::Drafts => "drafts",
            What::EndedEvidence => "ended_evidence",
            What::GrantedEvidence => "granted_evidence",
            What::PersonalData => "personal_data",
        }
    }
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// What.
    pub what: What,
    /// For how many days.
    pub days: u32,
    /// How well the number is known.
    pub evidence: Evidence,
    /// Legal basis.
    pub basis: String,
}

/// The settings. What has no rule is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Version.
    pub version: String,
    /// The rules.
    #[serde(rename = "rule")]
    pub rules: Vec<Rule>,
}

impl Retention {
    /// The moment before which something that is over is due to be erased; `None` when it is kept.
    pub fn before(&self, what: What, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let rule = self.rules.iter().find(|r| r.what == what)?;
        now.checked_sub_signed(TimeDelta::days(i64::from(rule.days)))
    }
}

/// The default settings.
pub fn default() -> Result<Retention, Fault> {
    read(DEFAULT)
}

/// Settings from TOML. PO460: unreadable, a rule twice, no basis, or days not between 1 and 36500.
pub fn read(text: &str) -> Result<Retention, Fault> {
    let settings: Retention = toml::from_str(text).map_err(|e| bad(&e.to_string()))?;
    for (n, rule) in settings.rules.iter().enumerate() {
        let name = rule.what.name();
        if settings.rules[..n].iter().any(|r| r.what == rule.what) {
            return Err(bad(&format!("{name} has two rules")));
        }
        if !(1..=36_500).contains(&rule.days) || rule.basis.trim().is_empty() {
            let cause = format!("{name} needs 1 to 36500 days and a basis");
            return Err(bad(&cause));
        }
    }
    Ok(settings)
}

fn bad(cause: &str) -> Fault {
    Fault::new(
        BAD_RETENTION,
        format!("these are no retention settings: {cause}"),
        "correct the file; data/policy/retention.toml shows the form",
    )
}
