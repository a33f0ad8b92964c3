//! Gaps and overlaps in ranges: areas of routes, years of cohorts, bands that end.
//!
//! Not here: area steps and bands that leave gaps between them, which the reader refuses.

use super::{Finding, Kind, Severity, both};
use crate::domain::area::Area;
use crate::policy::Policy;
use crate::policy::process::Route;
use crate::policy::subsidy_rule::{Scale, SubsidyRule};

pub(super) fn findings(policy: &Policy) -> Vec<Finding> {
    let mut all = Vec::new();
    if let Some(process) = &policy.process {
        all.extend(routes(&process.routes));
        all.extend(never_first(&process.routes));
    }
    for rule in &policy.subsidy {
        all.extend(cohorts(rule));
        all.extend(bands(policy, rule));
    }
    all
}

fn routes(routes: &[Route]) -> Vec<Finding> {
    let mut sorted: Vec<&Route> = routes.iter().collect();
    sorted.sort_by_key(|r| (r.area_from, r.area_below.is_none(), r.area_below));
    let mut all = Vec::new();
    let mut reached = Some(Area::ZERO);
    for (n, route) in sorted.iter().enumerate() {
        let name = format!("process.route {}", route.id);
        let before = n.checked_sub(1).and_then(|b| sorted.get(b));
        match reached {
            Some(end) if route.area_from > end => all.push(gap(name, end, Some(route.area_from))),
            Some(end) if route.area_from < end => all.push(overlap(before, name, route.area_from)),
            None => all.push(overlap(before, name, route.area_from)),
            _ => {}
        }
        reached = match (reached, route.area_below) {
            (Some(end), Some(below)) => Some(end.max(below)),
            _ => None,
        };
    }
    if let (Some(end), Some(last)) = (reached, sorted.last()) {
        all.push(gap(format!("process.route {}", last.id), end, None));
    }
    all
}

/// Routes of whose areas another that is written earlier holds every one.
fn never_first(routes: &[Route]) -> Vec<Finding> {
    let holds = |outer: &Route, inner: &Route| {
        let ends = match (outer.area_below, inner.area_below) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(outer), Some(inner)) => inner <= outer,
        };
        outer.area_from <= inner.area_from && ends
    };
    let earlier = |n: usize, route: &Route| {
        let before = routes.get(..n).unwrap_or_default();
        before.iter().any(|r| holds(r, route))
    };
    let hidden = routes.iter().enumerate().filter(|(n, r)| earlier(*n, r));
    let found = |(_, route): (usize, &Route)| {
        let name = format!("process.route {}", route.id);
        let zh = "面积范围全部由前面的部门审批，永远轮不到";
        let en = "an earlier one decides all its areas";
        Finding::new(Severity::Warning, Kind::Unreachable, name, zh, en)
    };
    hidden.map(found).collect()
}

fn gap(rule: String, from: Area, to: Option<Area>) -> Finding {
    let Some(end) = to else {
        let zh = format!("面积{from}平方米以上没有审批部门");
        let en = format!("nobody decides lettings of {from} m2 and above");
        return Finding::new(Severity::Warning, Kind::Gap, rule, &zh, &en);
    };
    Finding::new(
        Severity::Warning,
        Kind::Gap,
        rule,
        &format!("面积{from}至{end}平方米没有审批部门"),
        &format!("nobody decides lettings of {from} to {end} m2"),
    )
}

fn overlap(before: Option<&&Route>, rule: String, from: Area) -> Finding {
    let other = before.map_or_else(String::new, |r| format!("process.route {}", r.id));
    let found = Finding::new(
        Severity::Warning,
        Kind::Overlap,
        rule,
        &format!("自{from}平方米起有两个审批部门，以文件中先列者为准"),
        &format!("from {from} m2 two bodies decide; the one written first counts"),
    );
    let mut rules = found.rules.clone();
    rules.insert(0, other);
    Finding { rules, ..found }
}

fn cohorts(rule: &SubsidyRule) -> Vec<Finding> {
    let pairs = rule.cohorts.iter().zip(rule.cohorts.iter().skip(1));
    pairs
        .filter(|(low, high)| low.until_year.checked_add(1) != Some(high.from_year))
        .map(|(low, high)| {
            let found = Finding::new(
                Severity::Info,
                Kind::Gap,
                format!("subsidy {}", rule.id),
                "两个入驻年份段之间的年份适用该条本身的标准",
                "years of entry between two cohorts get the rule's own rate",
            );
            let year = |y: i32| both(&format!("{y}年"), &y.to_string());
            found.showing(year(low.until_year), year(high.from_year))
        })
        .collect()
}

/// Bands that end below the largest area that a firm may have.
fn bands(policy: &Policy, rule: &SubsidyRule) -> Option<Finding> {
    let Scale::Bands(bands) = &rule.scale else {
        return None;
    };
    let end = bands.last()?.to?;
    let most = policy.area_steps.iter().map(|s| s.area_max).max()?;
    let most = policy.area.firm_cap.map_or(most, |cap| cap.min(most));
    (end < most).then(|| {
        Finding::new(
            Severity::Info,
            Kind::Gap,
            format!("subsidy {}", rule.id),
            &format!("{end}平方米以上的面积不补贴，而企业最多可得{most}平方米"),
            &format!("area above {end} m2 is not aided, and a firm may have up to {most} m2"),
        )
    })
}
