//! The outcome of one rule of eligibility for one application, with words in both languages.
//!
//! Not here: which rules there are (`eligibility`).

use serde::Serialize;

use super::condition::{Facts, Truth};
use super::eligibility::{Eligibility, NamedRule};
use super::evidence_kind::EvidenceKind;
use super::labels::Label;
use crate::domain::firm::Firm;
use crate::domain::reason::Unmet;

/// How a rule comes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The rule is met.
    Met,
    /// The facts break the rule.
    NotMet,
    /// A fact is not known, or a document is not there.
    NeedsEvidence,
}

/// One rule and its outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Key of the rule.
    pub rule: String,
    /// Clause of the rule text; may be empty.
    pub clause: String,
    /// Legal basis.
    pub basis: String,
    /// Name of the rule.
    pub label: Label,
    /// How it comes out.
    pub outcome: Outcome,
    /// What the rule asks and what the firm has.
    pub detail: Label,
    /// Kinds of evidence that are not there.
    pub missing: Vec<String>,
}

/// The kinds of evidence that are there, and the names of all kinds.
pub(super) struct Papers<'a> {
    /// Keys of those that are there.
    pub held: &'a [&'a str],
    /// All that the policy names.
    pub kinds: &'a [EvidenceKind],
}

impl Papers<'_> {
    fn name<'a>(&'a self, id: &'a str, pick: fn(&EvidenceKind) -> &String) -> &'a str {
        let kind = self.kinds.iter().find(|k| k.id == id);
        kind.map_or(id, |k| pick(k))
    }
}

impl Verdict {
    /// The same, needing evidence when the facts are good and a document is not there. A rule that the
    /// facts break stays broken: no document mends it.
    #[must_use]
    pub(super) fn with_evidence(mut self, needed: &[String], papers: &Papers<'_>) -> Verdict {
        let missing = |kind: &&String| !papers.held.contains(&kind.as_str());
        self.missing = needed.iter().filter(missing).cloned().collect();
        if self.outcome == Outcome::Met && !self.missing.is_empty() {
            self.outcome = Outcome::NeedsEvidence;
            let named = |pick: fn(&EvidenceKind) -> &String, between: &str| {
                let kinds = self.missing.iter();
                let names = kinds.map(|id| papers.name(id, pick));
                names.collect::<Vec<_>>().join(between)
            };
            let zh = format!("；缺少材料：{}", named(|k| &k.label_zh, "、"));
            let en = format!("; evidence missing: {}", named(|k| &k.label_en, ", "));
            self.detail.zh.push_str(&zh);
            self.detail.en.push_str(&en);
        }
        self
    }

    /// As a reason of a plan; `None` when met.
    pub(super) fn unmet(self) -> Option<Unmet> {
        (self.outcome != Outcome::Met).then_some(Unmet {
            rule: self.rule,
            basis: self.basis,
            cause: self.detail.en,
        })
    }
}

/// A text in both languages.
pub(super) fn label(zh: &str, en: &str) -> Label {
    Label {
        zh: zh.to_owned(),
        en: en.to_owned(),
    }
}

/// Met or not met.
pub(super) fn met(is: bool) -> Outcome {
    if is { Outcome::Met } else { Outcome::NotMet }
}

fn keyed(rule: &Eligibility, key: &str, name: Label, outcome: Outcome, detail: Label) -> Verdict {
    Verdict {
        rule: key.to_owned(),
        clause: rule.clause.clone(),
        basis: rule.basis.clone(),
        label: name,
        outcome,
        detail,
        missing: Vec::new(),
    }
}

/// The industry of the firm.
pub(super) fn industry(rule: &Eligibility, firm: &Firm) -> Verdict {
    let under = |p: &String| firm.industry.is_under(p);
    let is = rule.industry_prefixes.iter().any(under);
    let (code, asked) = (&firm.industry, rule.industry_prefixes.join(", "));
    let not = if is { "" } else { "not " };
    let detail = label(
        &format!("行业代码{code}，要求属于{asked}"),
        &format!("industry {code} is {not}under {asked}"),
    );
    let name = label("行业", "Industry");
    keyed(rule, "industry", name, met(is), detail)
}

/// The seat of the firm.
pub(super) fn seat(rule: &Eligibility, firm: &Firm) -> Verdict {
    let prefix = &rule.registered_district_prefix;
    let is = firm.district.as_str().starts_with(prefix.as_str());
    let detail = label(
        &format!("注册地{}，要求{prefix}..", firm.district),
        &format!("registered in {}, asked is {prefix}..", firm.district),
    );
    let name = label("注册地", "Registered seat");
    keyed(rule, "registered_district", name, met(is), detail)
}

/// The headcount of the firm.
pub(super) fn headcount(rule: &Eligibility, firm: &Firm) -> Verdict {
    let (has, least) = (firm.headcount, rule.min_headcount);
    let detail = label(
        &format!("参保{has}人，要求不少于{least}人"),
        &format!("{has} insured employees, asked are at least {least}"),
    );
    let name = label("参保人数", "Insured employees");
    keyed(rule, "headcount", name, met(has >= least), detail)
}

/// A named rule.
pub(super) fn named(rule: &NamedRule, facts: &Facts<'_>) -> Verdict {
    let says = rule.says(facts);
    let outcome = match says {
        Truth::Yes => Outcome::Met,
        Truth::No => Outcome::NotMet,
        Truth::Unknown => Outcome::NeedsEvidence,
    };
    let asked = rule.condition.as_ref().map(ToString::to_string);
    let detail = match (asked, says) {
        (None, _) => label("只需提交材料", "only evidence is asked for"),
        (Some(asked), Truth::Unknown) => label(
            &format!("缺少数据，无法判断：{asked}"),
            &format!("a fact is not known that decides: {asked}"),
        ),
        (Some(asked), _) => label(&format!("要求：{asked}"), &format!("asked is: {asked}")),
    };
    Verdict {
        rule: rule.id.clone(),
        clause: rule.clause.clone(),
        basis: rule.basis.clone(),
        label: rule.label(),
        outcome,
        detail,
        missing: Vec::new(),
    }
}
