//! Policies as JSON.
//!
//! Not here: the routes (`policies`).

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::stated::Signed;
use crate::acts::policy::{
    Applicant, Document, Effect, Finding, Pair, Rule, RuleChange, Version, bars,
};
use crate::domain::policy_draft::PolicyDraft;

/// A published version in short.
#[derive(Debug, Serialize, ToSchema)]
pub struct VersionShown {
    version: String,
    name_zh: String,
    name_en: String,
    from: NaiveDate,
    until: Option<NaiveDate>,
    stored: DateTime<Utc>,
    /// It is in force today.
    in_force: bool,
}

/// Published versions.
#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyList {
    items: Vec<VersionShown>,
}

impl PolicyList {
    /// As JSON.
    pub fn of(all: &[Version]) -> PolicyList {
        let one = |v: &Version| VersionShown {
            version: v.version.clone(),
            name_zh: v.name.zh.clone(),
            name_en: v.name.en.clone(),
            from: v.from,
            until: v.until,
            stored: v.stored,
            in_force: v.in_force,
        };
        PolicyList {
            items: all.iter().map(one).collect(),
        }
    }
}

/// A rule with its values as written.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleShown {
    section: String,
    id: String,
    values: BTreeMap<String, String>,
    basis: String,
    evidence: String,
    basis_until: String,
}

impl From<&Rule> for RuleShown {
    fn from(r: &Rule) -> RuleShown {
        RuleShown {
            section: r.section.clone(),
            id: r.id.clone(),
            values: r.values.clone(),
            basis: r.basis.clone(),
            evidence: r.evidence.clone(),
            basis_until: r.basis_until.clone(),
        }
    }
}

/// A version, whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyShown {
    version: String,
    name_zh: String,
    name_en: String,
    from: NaiveDate,
    until: Option<NaiveDate>,
    rules: Vec<RuleShown>,
    /// The document (TOML).
    text: String,
}

impl PolicyShown {
    /// As JSON.
    pub fn of(document: &Document, text: String) -> PolicyShown {
        let meta = &document.policy.meta;
        PolicyShown {
            version: meta.version.clone(),
            name_zh: meta.name_zh.clone(),
            name_en: meta.name_en.clone(),
            from: meta.effective_from,
            until: meta.effective_until,
            rules: document.rules.iter().map(RuleShown::from).collect(),
            text,
        }
    }
}

/// Something odd about a version.
#[derive(Debug, Serialize, ToSchema)]
pub struct FindingOfPolicy {
    /// error bars publication; warning, info.
    severity: String,
    kind: String,
    rules: Vec<String>,
    text_zh: String,
    text_en: String,
    /// Two cases that show it, in Chinese.
    example_zh: Vec<String>,
    /// The same in English.
    example_en: Vec<String>,
}

/// What the lint found.
#[derive(Debug, Serialize, ToSchema)]
pub struct FindingsShown {
    version: String,
    items: Vec<FindingOfPolicy>,
    /// A finding bars publication.
    barred: bool,
    /// Stored versions with the same first day, in whose place it would count.
    replaces: Vec<String>,
}

impl FindingsShown {
    /// As JSON.
    pub fn of(document: &Document, found: &[Finding], replaces: Vec<String>) -> FindingsShown {
        let one = |f: &Finding| FindingOfPolicy {
            severity: word(&f.severity),
            kind: word(&f.kind),
            rules: f.rules.clone(),
            text_zh: f.text.zh.clone(),
            text_en: f.text.en.clone(),
            example_zh: f.example.iter().flatten().map(|l| l.zh.clone()).collect(),
            example_en: f.example.iter().flatten().map(|l| l.en.clone()).collect(),
        };
        FindingsShown {
            version: document.policy.meta.version.clone(),
            items: found.iter().map(one).collect(),
            barred: bars(found),
            replaces,
        }
    }
}

/// The name of a plain enumeration in files.
fn word(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).ok();
    let word = value.as_ref().and_then(|v| v.as_str());
    word.unwrap_or_default().to_owned()
}

/// A value that changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct ValueShown {
    key: String,
    before: Option<String>,
    after: Option<String>,
}

/// A rule that changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleChangeShown {
    section: String,
    id: String,
    /// added, removed or changed.
    change: String,
    values: Vec<ValueShown>,
}

/// What changes from one version to another.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangesShown {
    items: Vec<RuleChangeShown>,
}

impl ChangesShown {
    /// As JSON.
    pub fn of(all: &[RuleChange]) -> ChangesShown {
        let one = |c: &RuleChange| RuleChangeShown {
            section: c.section.clone(),
            id: c.id.clone(),
            change: word(&c.change),
            values: (c.values.iter())
                .map(|v| ValueShown {
                    key: v.key.clone(),
                    before: v.before.clone(),
                    after: v.after.clone(),
                })
                .collect(),
        };
        ChangesShown {
            items: all.iter().map(one).collect(),
        }
    }
}

/// A number before and after.
#[derive(Debug, Serialize, ToSchema)]
pub struct TwoNumbers {
    before: i64,
    after: i64,
}

/// An application for which a version would have changed something.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicantEffect {
    application: String,
    firm: String,
    /// Rules not met before; none = eligible.
    unmet_before: Vec<String>,
    unmet_after: Vec<String>,
    /// Most area, in 0.01 m2.
    area_max: TwoNumbers,
    /// Aid of its award in fen, before any cut; null = no award.
    subsidy: Option<TwoNumbers>,
}

/// What a version would have meant for a district.
#[derive(Debug, Serialize, ToSchema)]
pub struct DistrictEffectShown {
    district: String,
    /// Quota in fen.
    quota: i64,
    /// Aid of the awards in fen.
    claimed: TwoNumbers,
    /// What the quota covers, in parts per million.
    ratio_ppm: TwoNumbers,
}

/// What a version would have done to a past round.
#[derive(Debug, Serialize, ToSchema)]
pub struct EffectShown {
    policy_before: String,
    policy_after: String,
    round: String,
    /// Firms or applications are synthetic.
    synthetic: bool,
    /// How many are eligible.
    eligible: TwoNumbers,
    /// Applications for which something changes.
    applicants: Vec<ApplicantEffect>,
    /// Districts with a quota or an award; none without a plan.
    districts: Vec<DistrictEffectShown>,
    /// Aid of all awards in fen.
    claimed: TwoNumbers,
}

fn two(before: i64, after: i64) -> TwoNumbers {
    TwoNumbers { before, after }
}

fn counted(pair: &Pair<usize>) -> TwoNumbers {
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    two(number(pair.before), number(pair.after))
}

fn changes(a: &Applicant) -> bool {
    a.unmet.differs() || a.area_max.differs() || a.subsidy.as_ref().is_some_and(Pair::differs)
}

impl From<&Applicant> for ApplicantEffect {
    fn from(a: &Applicant) -> ApplicantEffect {
        ApplicantEffect {
            application: a.application.clone(),
            firm: a.firm.clone(),
            unmet_before: a.unmet.before.clone(),
            unmet_after: a.unmet.after.clone(),
            area_max: two(a.area_max.before.0, a.area_max.after.0),
            subsidy: a.subsidy.as_ref().map(|s| two(s.before.0, s.after.0)),
        }
    }
}

impl From<&Effect> for EffectShown {
    fn from(e: &Effect) -> EffectShown {
        let district = |d: &crate::acts::policy::DistrictEffect| DistrictEffectShown {
            district: d.district.clone(),
            quota: d.quota.0,
            claimed: two(d.claimed.before.0, d.claimed.after.0),
            ratio_ppm: two(d.ratio_ppm.before, d.ratio_ppm.after),
        };
        EffectShown {
            policy_before: e.policy.before.clone(),
            policy_after: e.policy.after.clone(),
            round: e.round.clone(),
            synthetic: e.synthetic,
            eligible: counted(&e.eligible),
            applicants: (e.applicants.iter())
                .filter(|a| changes(a))
                .map(ApplicantEffect::from)
                .collect(),
            districts: e.districts.iter().map(district).collect(),
            claimed: two(e.claimed.before.0, e.claimed.after.0),
        }
    }
}

/// A proposed policy.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftShown {
    id: String,
    /// proposed, released or refused.
    stage: String,
    /// SHA-256 of the document.
    digest: String,
    proposed: Signed,
    decided: Option<Signed>,
}

impl From<&PolicyDraft> for DraftShown {
    fn from(d: &PolicyDraft) -> DraftShown {
        DraftShown {
            id: d.version.clone(),
            stage: d.stage.name().to_owned(),
            digest: d.digest.clone(),
            proposed: Signed::from(&d.proposed),
            decided: d.decided.as_ref().map(Signed::from),
        }
    }
}

/// Proposed policies.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftPage {
    /// These.
    pub items: Vec<DraftShown>,
    /// Version after which the next page begins.
    pub next: Option<String>,
}
