//! Conditions that nobody or everybody meets, and rules of eligibility that together admit nobody.
//!
//! Not here: lists in which the first match counts (`reach`).

use super::{Finding, Kind, Severity};
use crate::policy::Policy;
use crate::policy::condition::{Condition, Expr, Number, Op, Text, Verdict, decide};
use crate::policy::conditions::{self, Placed};

pub(super) fn findings(policy: &Policy) -> Vec<Finding> {
    let mut all: Vec<Finding> = conditions::all(policy).iter().filter_map(alone).collect();
    all.extend(together(policy));
    all
}

fn alone(placed: &Placed<'_>) -> Option<Finding> {
    let name = format!("{} {}", placed.section, placed.rule);
    let name = name.trim_end().to_owned();
    let text = placed.condition;
    match decide(text) {
        Verdict::Never => {
            let bars = placed.section == "eligibility.rule";
            let severity = if bars {
                Severity::Error
            } else {
                Severity::Warning
            };
            let zh = format!("没有人能满足：{text}");
            let en = format!("nobody can meet: {text}");
            Some(Finding::new(severity, Kind::Never, name, &zh, &en))
        }
        Verdict::Always => {
            let zh = format!("人人满足：{text}");
            let en = format!("everybody meets: {text}");
            Some(Finding::new(Severity::Info, Kind::Always, name, &zh, &en))
        }
        Verdict::Sometimes => None,
    }
}

/// All rules of eligibility as one condition.
fn together(policy: &Policy) -> Option<Finding> {
    let rule = &policy.eligibility;
    let least = i64::from(rule.min_headcount);
    let seat = vec![rule.registered_district_prefix.clone()];
    let mut all = vec![
        Expr::StartsWith(Text::Industry, rule.industry_prefixes.clone()),
        Expr::StartsWith(Text::Seat, seat),
        Expr::Compare(Number::Headcount, Op::AtLeast, least),
    ];
    let named = rule.rules.iter().filter_map(|r| r.condition.as_ref());
    if named.clone().any(|c| decide(c) == Verdict::Never) {
        // Said of that rule already.
        return None;
    }
    all.extend(named.map(|c| c.0.clone()));
    let whole = Condition(Expr::And(all));
    (decide(&whole) == Verdict::Never).then(|| {
        let mut rules: Vec<String> = vec!["eligibility".to_owned()];
        rules.extend((rule.rules.iter()).map(|r| format!("eligibility.rule {}", r.id)));
        let zh = "各准入条件合在一起，没有企业能满足";
        let en = "no firm can meet all rules of eligibility together";
        let found = Finding::new(Severity::Error, Kind::Contradiction, "", zh, en);
        Finding { rules, ..found }
    })
}
