//! Policy documents at the desk: shown, examined, compared, tried on a past round, published. A published
//! version keeps its text; which one is in force on a day follows from the dates within the documents.
//!
//! Not here: what a policy says (`policy`), plain loading without examination (`documents`).

use chrono::NaiveDate;
use serde::Serialize;

use super::documents::text;
use super::freeze::NO_POLICY;
use super::powers::policies::SEE_POLICY;
use super::{Desk, documents};
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::plan::Plan;
use crate::domain::policy_draft::PolicyDraft;
use crate::domain::round::day_in_shenzhen;
use crate::domain::snapshot::Snapshot;
use crate::planning::files::snapshot_digest;
use crate::policy;
use crate::store::policies::{self, PolicyText};
use crate::store::{self, Reading};

pub use crate::policy::diff::{Change, RuleChange, ValueChange};
pub use crate::policy::document::{Document, Rule};
pub use crate::policy::effect::{Applicant, DistrictEffect, Effect, Pair};
pub use crate::policy::lint::{Finding, Kind, Severity};

/// The policy has findings that bar its publication.
pub const LINT_BARS: Code = Code("AC190");
/// The policy ended before today, so it can never be in force.
pub const ALREADY_ENDED: Code = Code("AC191");

/// The plan was made for another snapshot.
pub const OTHER_SNAPSHOT: Code = Code("AC192");

/// A published policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Published {
    /// Version.
    pub version: String,
    /// First day in force.
    pub effective_from: NaiveDate,
    /// Last day in force.
    pub effective_until: Option<NaiveDate>,
    /// False when this version was stored before with the same text.
    pub new: bool,
    /// Nothing was written.
    pub dry_run: bool,
    /// What the lint found; none of it bars publication.
    pub findings: Vec<Finding>,
    /// Stored versions with the same first day; this one counts in their place.
    pub replaces: Vec<String>,
}

/// The published JSON Schema of a policy document.
pub fn schema() -> &'static str {
    policy::schema::TEXT
}

/// Reads a document. Faults: AC140, those of the policy.
pub fn read(bytes: &[u8]) -> Result<Document, Faults> {
    Document::read(text(bytes)?)
}

/// Every finding of the lint.
pub fn lint(document: &Document) -> Vec<Finding> {
    policy::lint::lint(document)
}

/// What is odd about a document: every finding of the lint, and of one that is not published yet that it
/// would reach back.
pub fn odd(desk: &Desk, document: &Document) -> Result<Vec<Finding>, Faults> {
    let mut all = lint(document);
    let version = &document.policy.meta.version;
    let published = desk.store().read(|tx| policies::get(tx, version))?;
    if published.is_none() {
        let today = day_in_shenzhen(desk.now());
        all.extend(policy::lint::retroactive(document, today));
        all.sort_by_key(|f| f.severity);
    }
    Ok(all)
}

/// True when a finding bars publication.
pub fn bars(findings: &[Finding]) -> bool {
    policy::lint::bars(findings)
}

/// Every change from one document to another.
pub fn diff(before: &Document, after: &Document) -> Vec<RuleChange> {
    policy::diff::diff(before, after)
}

/// What another policy would have done to a past round. Faults: AC192, PO180, those of the old policy.
pub fn simulate(
    snapshot: &Snapshot,
    plan: Option<&Plan>,
    after: &Document,
) -> Result<Effect, Faults> {
    let digest = snapshot_digest(snapshot);
    if plan.is_some_and(|p| p.snapshot != digest) {
        let cause = "the plan was made for another snapshot";
        return Err(Fault::new(OTHER_SNAPSHOT, cause, "give the snapshot of the plan").into());
    }
    policy::simulate::simulate(snapshot, plan, &after.policy)
}

/// Publishes a version: examined, stored and entered in the journal, or refused. Faults: AC140, those of
/// the policy, AC190 with one fault for each finding, AC191, PO150, ST107 for another text of a version.
/// A dry run meets the same refusals and leaves nothing behind.
pub fn publish(desk: &Desk, bytes: &[u8], dry_run: bool) -> Result<Published, Faults> {
    let document = fit(desk, bytes)?;
    let findings = odd(desk, &document)?;
    let meta = &document.policy.meta;
    let text = text(bytes)?;
    let new = if dry_run {
        desk.store().read(|tx| documents::storable(tx, text))?
    } else {
        desk.store()
            .write(|tx| documents::put_published(desk, tx, text))?
    };
    Ok(Published {
        replaces: replaced(desk, &document)?,
        version: meta.version.clone(),
        effective_from: meta.effective_from,
        effective_until: meta.effective_until,
        new,
        dry_run,
        findings,
    })
}

/// The stored versions that begin on the same day as a document: of those the one stored last counts.
pub fn replaced(desk: &Desk, document: &Document) -> Result<Vec<String>, Faults> {
    let meta = &document.policy.meta;
    desk.store().read(|tx| {
        let mut same = Vec::new();
        for stored in policies::all(tx)? {
            let first = policy::read(&stored.text)?.meta.effective_from;
            if first == meta.effective_from && stored.version != meta.version {
                same.push(stored.version);
            }
        }
        Ok(same)
    })
}

/// A document that may be published today. Faults: AC140, those of the policy, AC190, AC191.
pub(super) fn fit(desk: &Desk, bytes: &[u8]) -> Result<Document, Faults> {
    let document = read(bytes)?;
    barred(&lint(&document))?;
    let meta = &document.policy.meta;
    let today = day_in_shenzhen(desk.now());
    if meta.effective_until.is_some_and(|last| last < today) {
        let cause = format!("policy {} ended before {today}", meta.version);
        return Err(Fault::new(ALREADY_ENDED, cause, "correct its last day").into());
    }
    Ok(document)
}

fn barred(findings: &[Finding]) -> Result<(), Faults> {
    let fault = |f: &Finding| {
        let cause = format!("{}: {}", f.rules.join(", "), f.text.en);
        Fault::new(
            LINT_BARS,
            cause,
            "correct the rule, or see `zhuchao policy lint`",
        )
    };
    let grave = findings.iter().filter(|f| f.severity == Severity::Error);
    Faults(grave.map(fault).collect()).or(())
}

/// The document in force today; AC110 when none is.
pub fn in_force(desk: &Desk) -> Result<Document, Faults> {
    let today = day_in_shenzhen(desk.now());
    let stored = desk.store().read(|tx| in_force_on(tx, today))?;
    let none = || {
        let cause = format!("no stored policy is in force on {today}");
        Fault::new(NO_POLICY, cause, "publish a policy first")
    };
    Document::read(&stored.ok_or_else(none)?.text)
}

/// The stored version in force on a day: of those whose dates hold it, the one that begins last, then the
/// one stored last. A stored text that no longer reads is an error, never skipped.
pub fn in_force_on(tx: &mut Reading<'_>, day: NaiveDate) -> Result<Option<PolicyText>, Faults> {
    let mut best: Option<(NaiveDate, PolicyText)> = None;
    for stored in policies::all(tx)? {
        let meta = policy::read(&stored.text)?.meta;
        let key = |from: NaiveDate, p: &PolicyText| (from, p.created_at, p.version.clone());
        let later = |(from, held): &(NaiveDate, PolicyText)| {
            key(meta.effective_from, &stored) > key(*from, held)
        };
        if meta.in_force_on(day) && best.as_ref().is_none_or(later) {
            best = Some((meta.effective_from, stored));
        }
    }
    Ok(best.map(|(_, stored)| stored))
}

/// A stored version in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Version.
    pub version: String,
    /// Name in Chinese and English.
    pub name: super::words::Text,
    /// First day in force.
    pub from: NaiveDate,
    /// Last day in force.
    pub until: Option<NaiveDate>,
    /// When it was stored.
    pub stored: chrono::DateTime<chrono::Utc>,
    /// True when it is in force today.
    pub in_force: bool,
}

/// The published versions, the newest first, for everybody: they are the rules. The faults of a text that no
/// longer reads.
pub fn versions(desk: &Desk) -> Result<Vec<Version>, Faults> {
    let today = day_in_shenzhen(desk.now());
    desk.store().read(|tx| {
        let now = in_force_on(tx, today)?.map(|p| p.version);
        let mut all = Vec::new();
        for stored in policies::all(tx)? {
            let meta = policy::read(&stored.text)?.meta;
            all.push(Version {
                in_force: now.as_ref() == Some(&stored.version),
                version: stored.version,
                name: super::words::Text::names(&meta.name_zh, &meta.name_en),
                from: meta.effective_from,
                until: meta.effective_until,
                stored: stored.created_at,
            });
        }
        all.sort_by_key(|v| std::cmp::Reverse(v.stored));
        Ok(all)
    })
}

/// A published version, or a proposed one, whole. AC013.
pub fn stored(desk: &Desk, version: &str) -> Result<Document, Faults> {
    Document::read(&stored_text(desk, version)?)
}

/// The text of a published version, for everybody, or of a proposed one for those who see it. AC013.
pub fn stored_text(desk: &Desk, version: &str) -> Result<String, Faults> {
    let inside = desk.may(&SEE_POLICY).is_ok();
    desk.store().read(|tx| {
        if let Some(found) = policies::get(tx, version)? {
            return Ok(found.text);
        }
        if !inside {
            return Err(super::refuse::absent("policy", version).into());
        }
        let proposed: Option<PolicyDraft> = store::get(tx, version)?;
        let proposed = proposed.ok_or_else(|| super::refuse::absent("policy", version))?;
        Ok(proposed.text)
    })
}
