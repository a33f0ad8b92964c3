//! Subsidy rules that never count, because another rule covers whoever they cover and gives no less.
//!
//! Cover is decided for all firms; "no less" is measured on a grid of areas and rents at which the
//! formulas bend, for every cohort. Rules with multipliers or in a stacking group are left alone.
//!
//! Not here: cliffs (`aid`).

use std::collections::BTreeSet;

use chrono::Datelike;

use super::{Finding, Kind, Severity, both, probe};
use crate::domain::area::Area;
use crate::domain::money::{Fen, Rate};
use crate::policy::Policy;
use crate::policy::condition::{Condition, Expr, Model, Verdict, decide, implies};
use crate::policy::subsidy_rule::SubsidyRule;

pub(super) fn findings(policy: &Policy) -> Vec<Finding> {
    let entered = policy.meta.effective_from.year();
    let mut all = overlaps(policy, entered);
    for low in &policy.subsidy {
        let by = policy
            .subsidy
            .iter()
            .find(|high| outdoes(high, low, entered));
        if let Some(high) = by {
            all.push(finding(high, low, entered));
        }
    }
    all
}

/// Pairs of one district that can cover the same firm without adding up: the larger aid counts.
fn overlaps(policy: &Policy, entered: i32) -> Vec<Finding> {
    let mut all = Vec::new();
    for (n, a) in policy.subsidy.iter().enumerate() {
        for b in policy.subsidy.iter().skip(n + 1) {
            let apart = a.district != b.district
                || (a.stack_group.is_some() && a.stack_group == b.stack_group)
                || outdoes(a, b, entered)
                || outdoes(b, a, entered)
                || never_together(a, b);
            if !apart {
                all.push(overlap(a, b));
            }
        }
    }
    all
}

fn never_together(a: &SubsidyRule, b: &SubsidyRule) -> bool {
    let both: Vec<Expr> = [a, b]
        .into_iter()
        .filter_map(|r| r.asked())
        .map(|c| c.0)
        .collect();
    decide(&Condition(Expr::And(both))) == Verdict::Never
}

fn overlap(a: &SubsidyRule, b: &SubsidyRule) -> Finding {
    let (zh, en) = (
        "两条规则可能适用同一企业，只取较高的一项",
        "both can cover one firm; the larger aid counts and no other",
    );
    let found = Finding::new(Severity::Info, Kind::Overlap, "", zh, en);
    let rules = [a, b].map(|r| format!("subsidy {}", r.id)).to_vec();
    Finding { rules, ..found }
}

fn is_plain(rule: &SubsidyRule) -> bool {
    rule.multipliers.is_empty() && rule.stack_group.is_none()
}

/// True when `high` covers whoever `low` covers, as long, and always gives more, or as much under the
/// smaller id (which then counts).
fn outdoes(high: &SubsidyRule, low: &SubsidyRule, entered: i32) -> bool {
    let comparable = high.id != low.id
        && high.district == low.district
        && is_plain(high)
        && is_plain(low)
        && high.months >= low.months
        && high.appraised_share.is_none();
    comparable && covers_all(high, low) && gives_no_less(high, low, entered)
}

fn covers_all(high: &SubsidyRule, low: &SubsidyRule) -> bool {
    let Some(conclusion) = high.asked() else {
        return true;
    };
    let premises: Vec<Condition> = low.asked().into_iter().collect();
    implies(&premises.iter().collect::<Vec<_>>(), &conclusion)
}

fn gives_no_less(high: &SubsidyRule, low: &SubsidyRule, entered: i32) -> bool {
    let pair = [high, low];
    let years = pair.iter().flat_map(|r| &r.cohorts);
    let years: BTreeSet<i32> = years
        .flat_map(|c| [c.from_year, c.until_year])
        .chain([entered])
        .collect();
    let mut more = false;
    for (year, area, rate) in grid(&pair, &years) {
        let (Some(a), Some(b)) = (aid(high, year, (area, rate)), aid(low, year, (area, rate)))
        else {
            return false;
        };
        if a < b {
            return false;
        }
        more |= a > b;
    }
    more || high.id < low.id
}

fn grid(pair: &[&SubsidyRule], years: &BTreeSet<i32>) -> Vec<(i32, Area, Rate)> {
    let mut all = Vec::new();
    for year in years {
        for area in probe::areas(pair) {
            for rate in probe::rents(pair) {
                all.push((*year, area, rate));
                all.push((*year, Area(area.0 / 2), rate));
                all.push((*year, Area(area.0.saturating_mul(3)), rate));
            }
        }
    }
    all
}

fn aid(rule: &SubsidyRule, year: i32, tenancy: (Area, Rate)) -> Option<Fen> {
    // Without multipliers no fact of the firm matters to the amount.
    probe::by_rule(rule, &Model::default(), year, tenancy).ok()
}

fn finding(high: &SubsidyRule, low: &SubsidyRule, entered: i32) -> Finding {
    let (area, yuan) = (Area::metres(500), 60);
    let tenancy = Rate::new(yuan * 100).map(|rate| (area, rate));
    let year = |rule: &SubsidyRule| {
        let aid = tenancy.as_ref().ok().and_then(|t| aid(rule, entered, *t));
        let aid = aid.unwrap_or_default().yuan();
        both(
            &format!("{}：{area}平方米、每平方米{yuan}元，每年{aid}元", rule.id),
            &format!("{}: {area} m2 at {yuan} yuan, {aid} yuan a year", rule.id),
        )
    };
    Finding {
        severity: Severity::Warning,
        kind: Kind::Shadowed,
        rules: vec![
            format!("subsidy {}", low.id),
            format!("subsidy {}", high.id),
        ],
        text: both(
            &format!("{}从不适用：{}覆盖同样的企业且不少给", low.id, high.id),
            &format!(
                "{} never counts: {} covers the same firms and gives no less",
                low.id, high.id
            ),
        ),
        example: Some([year(low), year(high)]),
    }
}
