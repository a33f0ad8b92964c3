//! Cliffs of the area entitlement: one more employee gives the area of several.
//!
//! A cliff is a gain of more than [`LEAP`] times the area per head that the firm then has.
//!
//! Not here: gaps and falls between steps, which the reader refuses.

use super::{Finding, Kind, Severity, both};
use crate::domain::area::Area;
use crate::policy::Policy;

/// How many heads' worth of area one more head may bring.
pub const LEAP: i64 = 5;

pub(super) fn findings(policy: &Policy) -> Vec<Finding> {
    let mut all = Vec::new();
    let steps = &policy.area_steps;
    for (low, high) in steps.iter().zip(steps.iter().skip(1)) {
        all.extend(cliff(
            policy,
            low.area_max,
            high.area_max,
            high.headcount_from,
        ));
    }
    all.extend(unreachable(policy));
    all
}

/// The gain at the first headcount of a step, under the cap of one firm. The area per head of a use
/// only softens it, so the gain is measured for a use that it limits least.
fn cliff(policy: &Policy, low: Area, high: Area, heads: u32) -> Option<Finding> {
    let before = heads.checked_sub(1)?;
    let limited = |area: Area, heads: u32| {
        let by_heads = |m2: Area| Area(m2.0.saturating_mul(i64::from(heads)));
        let most = most_per_head(policy).map_or(area, |m2| by_heads(m2).min(area));
        policy.area.firm_cap.map_or(most, |cap| cap.min(most))
    };
    let (low, high) = (limited(low, before), limited(high, heads));
    let gain = i128::from(high.0 - low.0);
    if gain * i128::from(heads) <= i128::from(LEAP) * i128::from(high.0) {
        return None;
    }
    let worth = gain * i128::from(heads) / i128::from(high.0.max(1));
    let found = Finding::new(
        Severity::Warning,
        Kind::AreaCliff,
        format!("area_step {heads}"),
        &format!("多1名参保员工，面积上限增加约{worth}人的面积"),
        &format!("one more employee gives the area of about {worth}"),
    );
    Some(found.showing(case(before, low), case(heads, high)))
}

/// The largest area per head of any use; `None` where some use has none.
fn most_per_head(policy: &Policy) -> Option<Area> {
    use crate::domain::space::Use;
    let of = |use_: Use| policy.area_per_head.iter().find(|p| p.use_ == use_);
    let uses = [Use::RdOffice, Use::Office, Use::Laboratory, Use::Factory];
    let areas: Option<Vec<Area>> = uses.into_iter().map(|u| of(u).map(|p| p.area)).collect();
    areas?.into_iter().max()
}

fn case(heads: u32, area: Area) -> crate::policy::labels::Label {
    both(
        &format!("{heads}人：{area}平方米"),
        &format!("{heads} heads: {area} m2"),
    )
}

/// Steps that no eligible firm reaches, or whose area the cap of one firm cuts off.
fn unreachable(policy: &Policy) -> Vec<Finding> {
    let least = policy.eligibility.min_headcount;
    let mut all = Vec::new();
    for step in &policy.area_steps {
        let name = format!("area_step {}", step.headcount_from);
        if step.headcount_below.is_some_and(|end| end <= least) {
            let zh = format!("该档低于准入人数{least}人，无人可达");
            let en = format!("the step lies below the least headcount of {least}");
            all.push(Finding::new(
                Severity::Warning,
                Kind::Unreachable,
                name,
                &zh,
                &en,
            ));
        } else if policy.area.firm_cap.is_some_and(|cap| cap < step.area_max) {
            let zh = "该档面积高于单个企业上限";
            let en = "the area of the step lies above the cap of one firm";
            all.push(Finding::new(
                Severity::Info,
                Kind::Unreachable,
                name,
                zh,
                en,
            ));
        }
    }
    all
}
