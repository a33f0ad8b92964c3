//! Lint (规则体检): what a lawful document may still do that its authors hardly want. Each finding names
//! its rules, shows a pair of cases where it can, and says in both languages what is odd.
//!
//! Severity `error` bars publication, `warning` asks for a second look, `info` is for the record.
//! Cliffs are measured on probes that the files name; "never", "always" and "implied" are decided over
//! models that stand for all facts, and nothing is claimed where there are too many.
//!
//! Not here: the laws that refuse a document (`prove`).

mod aid;
mod area;
mod basis;
mod gaps;
mod logic;
mod probe;
mod reach;
mod shadow;
mod words;

use chrono::NaiveDate;
use serde::Serialize;

use super::document::Document;
use super::labels::Label;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Bars publication.
    Error,
    /// Asks for a second look.
    Warning,
    /// For the record.
    Info,
}

/// What kind of finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One more employee gives much more area.
    AreaCliff,
    /// One more employee, yuan or square metre changes the aid by a jump.
    AidCliff,
    /// No rule says what happens to some.
    Gap,
    /// Two rules hold for the same, and the first counts.
    Overlap,
    /// A rule, tier or step that nobody can reach.
    Unreachable,
    /// A condition that nobody can meet.
    Never,
    /// A condition that everybody meets.
    Always,
    /// All rules together admit nobody.
    Contradiction,
    /// A subsidy rule that another always outdoes.
    Shadowed,
    /// The basis of a rule is missing.
    NoBasis,
    /// The basis of a rule ends before the policy begins or ends.
    ExpiredBasis,
    /// The policy has no end.
    NoTerm,
    /// The policy begins before the day on which it is looked at.
    Retroactive,
    /// Values that no source prints.
    Assumed,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How grave.
    pub severity: Severity,
    /// What kind.
    pub kind: Kind,
    /// The rules concerned.
    pub rules: Vec<String>,
    /// What is odd.
    pub text: Label,
    /// Two cases that show it, as text in both languages.
    pub example: Option<[Label; 2]>,
}

/// Every finding, the gravest first, then by kind and rule.
pub fn lint(document: &Document) -> Vec<Finding> {
    let policy = &document.policy;
    let mut all = basis::findings(document);
    all.extend(area::findings(policy));
    all.extend(aid::findings(policy));
    all.extend(shadow::findings(policy));
    all.extend(gaps::findings(policy));
    all.extend(logic::findings(policy));
    all.extend(reach::findings(policy));
    all.extend(words::findings(policy));
    all.sort_by(|a, b| (a.severity, a.kind, &a.rules).cmp(&(b.severity, b.kind, &b.rules)));
    all
}

/// That a document which is not in force yet would begin before a day: what was decided since then keeps
/// the rules of its round, claims of that time are measured anew.
pub fn retroactive(document: &Document, today: NaiveDate) -> Option<Finding> {
    let meta = &document.policy.meta;
    (meta.effective_from < today).then(|| {
        let first = meta.effective_from;
        let zh = format!("自{first}起施行，早于今天（{today}）：新规定会溯及既往，请确认确有依据");
        let en = format!(
            "in force from {first}, before today ({today}): it reaches back; make sure that its basis allows it"
        );
        Finding::new(Severity::Warning, Kind::Retroactive, "meta", &zh, &en)
    })
}

/// True when a finding bars publication.
pub fn bars(findings: &[Finding]) -> bool {
    findings.iter().any(|f| f.severity == Severity::Error)
}

impl Finding {
    fn new(severity: Severity, kind: Kind, rule: impl Into<String>, zh: &str, en: &str) -> Finding {
        Finding {
            severity,
            kind,
            rules: vec![rule.into()],
            text: both(zh, en),
            example: None,
        }
    }

    fn showing(mut self, below: Label, above: Label) -> Finding {
        self.example = Some([below, above]);
        self
    }
}

fn both(zh: &str, en: &str) -> Label {
    Label {
        zh: zh.to_owned(),
        en: en.to_owned(),
    }
}
