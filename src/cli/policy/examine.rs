//! What `policy show` and `policy lint` print.

use std::fmt;

use serde::Serialize;

use crate::acts::policy::{self, Document, Finding, Rule, Severity};

/// Every rule of a document.
#[derive(Debug, Serialize)]
pub(super) struct Shown {
    /// Version.
    pub version: String,
    /// Rules in the order of their sections.
    pub rules: Vec<Rule>,
}

impl Shown {
    /// The rules of a document.
    pub fn of(document: &Document) -> Shown {
        Shown {
            version: document.policy.meta.version.clone(),
            rules: document.rules.clone(),
        }
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "policy {}, {} rules", self.version, self.rules.len())?;
        for rule in &self.rules {
            let mark = match rule.evidence.as_str() {
                "" => String::new(),
                evidence => format!("  [{evidence}]"),
            };
            writeln!(f, "\n{}{mark}", rule.name())?;
            for (key, value) in &rule.values {
                writeln!(f, "  {key} = {value}")?;
            }
            if !rule.basis.is_empty() {
                writeln!(f, "  basis: {}", rule.basis)?;
            }
            if !rule.basis_until.is_empty() {
                writeln!(f, "  basis until {}", rule.basis_until)?;
            }
        }
        Ok(())
    }
}

/// What the lint found.
#[derive(Debug, Serialize)]
pub(super) struct Linted {
    /// True when nothing bars publication.
    pub publishable: bool,
    /// The findings, the gravest first.
    pub findings: Vec<Finding>,
}

impl Linted {
    /// The result of a lint.
    pub fn of(findings: Vec<Finding>) -> Linted {
        Linted {
            publishable: !policy::bars(&findings),
            findings,
        }
    }
}

impl fmt::Display for Linted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.findings {
            write(f, finding)?;
        }
        let count = |s: Severity| self.findings.iter().filter(|x| x.severity == s).count();
        write!(
            f,
            "{} errors, {} warnings, {} notes",
            count(Severity::Error),
            count(Severity::Warning),
            count(Severity::Info)
        )
    }
}

/// One finding: head line, both languages, the pair of cases.
pub(super) fn write(f: &mut fmt::Formatter<'_>, finding: &Finding) -> fmt::Result {
    let severity = name(&finding.severity);
    let rules = &finding.rules;
    let named = match rules.len() {
        0..=4 => rules.join(", "),
        n => format!(
            "{} and {} more",
            rules.get(..3).unwrap_or_default().join(", "),
            n - 3
        ),
    };
    writeln!(f, "{severity} {} [{named}]", name(&finding.kind))?;
    writeln!(f, "  {}", finding.text.zh)?;
    writeln!(f, "  {}", finding.text.en)?;
    if let Some([below, above]) = &finding.example {
        writeln!(f, "  {} -> {}", below.zh, above.zh)?;
        writeln!(f, "  {} -> {}", below.en, above.en)?;
    }
    Ok(())
}

/// The name of a variant as JSON has it.
pub(super) fn name<T: Serialize>(value: &T) -> String {
    let json = serde_json::to_value(value).unwrap_or_default();
    json.as_str().unwrap_or_default().to_owned()
}
