//! Basis, term and evidence: is there a legal basis, and does it last as long as the policy.
//!
//! Not here: whether a basis is right.

use super::{Finding, Kind, Severity, both};
use crate::policy::document::{Document, Rule};
use crate::policy::subsidy_rule::Status;

/// Sections that state no rule and need no basis.
const NO_RULE: [&str; 3] = ["meta", "label", "evidence_kind"];

pub(super) fn findings(document: &Document) -> Vec<Finding> {
    let mut all = term(document);
    for rule in &document.rules {
        if !NO_RULE.contains(&rule.section.as_str()) {
            all.extend(basis(document, rule));
        }
    }
    all.extend(lapsed(document));
    all.extend(assumed(document));
    all
}

fn term(document: &Document) -> Vec<Finding> {
    let meta = &document.policy.meta;
    let mut all = Vec::new();
    if meta.effective_until.is_none() {
        let zh = "规则没有失效日；限制性措施须有合理期限（公平竞争审查条例第12条）";
        let en = "the policy has no end; a restrictive measure needs a reasonable term (decree 783, art. 12)";
        all.push(Finding::new(
            Severity::Warning,
            Kind::NoTerm,
            "meta",
            zh,
            en,
        ));
    }
    if meta.fair_competition_note.trim().is_empty() {
        let zh = "没有公平竞争审查说明";
        let en = "there is no note on the fair-competition review";
        all.push(Finding::new(Severity::Error, Kind::NoBasis, "meta", zh, en));
    }
    all
}

fn basis(document: &Document, rule: &Rule) -> Option<Finding> {
    let name = rule.name();
    if rule.basis.trim().is_empty() {
        let (zh, en) = ("规则没有依据", "the rule has no legal basis");
        return Some(Finding::new(Severity::Error, Kind::NoBasis, name, zh, en));
    }
    let last: chrono::NaiveDate = rule.basis_until.parse().ok()?;
    let meta = &document.policy.meta;
    let (severity, zh, en) = if last < meta.effective_from {
        let zh = "依据在规则生效前已失效";
        (
            Severity::Error,
            zh,
            "the basis ended before the policy begins",
        )
    } else if meta.effective_until.is_none_or(|end| last < end) {
        let zh = "依据早于规则失效";
        (
            Severity::Warning,
            zh,
            "the basis ends before the policy does",
        )
    } else {
        return None;
    };
    let until = meta
        .effective_until
        .map_or("-".to_owned(), |d| d.to_string());
    let found = Finding::new(severity, Kind::ExpiredBasis, name, zh, en);
    Some(found.showing(
        both(&format!("依据至{last}"), &format!("basis until {last}")),
        both(
            &format!("规则{}至{until}", meta.effective_from),
            &format!("policy from {} until {until}", meta.effective_from),
        ),
    ))
}

fn lapsed(document: &Document) -> Vec<Finding> {
    let rules = document.policy.subsidy.iter();
    rules
        .filter(|r| r.status == Status::Lapsed)
        .map(|r| {
            let (zh, en) = ("该补贴办法已失效", "the scheme is known to have ended");
            let name = format!("subsidy {}", r.id);
            Finding::new(Severity::Warning, Kind::ExpiredBasis, name, zh, en)
        })
        .collect()
}

/// One line for all values that no source prints.
fn assumed(document: &Document) -> Option<Finding> {
    let marked = |r: &&Rule| r.evidence == "assumption" || r.evidence == "synthetic";
    let rules: Vec<String> = document
        .rules
        .iter()
        .filter(marked)
        .map(Rule::name)
        .collect();
    let (n, whole) = (rules.len(), document.rules.len());
    if rules.is_empty() {
        return None;
    }
    Some(Finding {
        severity: Severity::Info,
        kind: Kind::Assumed,
        rules,
        text: both(
            &format!("{whole}条规则中有{n}条为假定值，使用前须经主管部门确认"),
            &format!("{n} of {whole} rules are assumptions: have them confirmed before use"),
        ),
        example: None,
    })
}
