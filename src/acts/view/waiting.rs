//! Why an application waits, in words. Each sentence is made from the reason of the plan and from
//! facts of the snapshot; nothing is guessed.
//!
//! Not here: finding the reason (`planning`).

use crate::acts::words::{self, Text};
use crate::domain::application::Application;
use crate::domain::ids::ApplicationId;
use crate::domain::reason::{LeftOut, Scarce, Unmet, WhyNot};
use crate::domain::snapshot::Snapshot;
use crate::policy::eligibility::NamedRule;
use crate::policy::entitlement;

use super::board::{Detail, Reason, ReasonKind};
use super::index::Index;

/// The reason in words.
pub(super) fn reason(
    application: &Application,
    why: &WhyNot,
    snapshot: &Snapshot,
    index: &Index<'_>,
) -> Reason {
    match why {
        WhyNot::NotEligible { unmet } => not_eligible(application, unmet, index),
        WhyNot::NothingFits { left_out } => nothing_fits(left_out),
        WhyNot::PricedOut { options, scarce } => priced_out(*options, scarce, snapshot, index),
    }
}

fn detail(text: Text) -> Detail {
    Detail {
        text,
        count: None,
        rule: None,
        basis: None,
        holders: Vec::new(),
        site: None,
    }
}

/// The first few details in one clause, joined as the language does.
fn joined(details: &[Detail], few: usize) -> Text {
    let all: Vec<Text> = (details.iter().take(few))
        .map(|d| match d.count {
            Some(n) => Text::of(
                format!("{}（{n}）", d.text.zh),
                format!("{} ({n})", d.text.en),
            ),
            None => d.text.clone(),
        })
        .collect();
    let zh: Vec<&str> = all.iter().map(|t| t.zh.as_str()).collect();
    let en: Vec<&str> = all.iter().map(|t| t.en.as_str()).collect();
    let more = details.len().saturating_sub(few);
    let (tail_zh, tail_en) = match more {
        0 => (String::new(), String::new()),
        n => (format!("，另有 {n} 项"), format!(", and {n} more")),
    };
    Text::of(zh.join("；") + &tail_zh, en.join("; ") + &tail_en)
}

fn not_eligible(application: &Application, unmet: &[Unmet], index: &Index<'_>) -> Reason {
    let details: Vec<Detail> = (unmet.iter())
        .map(|u| Detail {
            basis: Some(u.basis.clone()),
            ..detail(rule_text(application, u, index))
        })
        .collect();
    let list = joined(&details, 3);
    Reason {
        kind: ReasonKind::NotEligible,
        sentence: Text::of(
            format!("不符合准入条件：{}。", list.zh),
            format!("Not eligible: {}.", list.en),
        ),
        details,
    }
}

/// Chinese from the facts of the firm and the limits of the policy, English as the rule says it.
fn rule_text(application: &Application, unmet: &Unmet, index: &Index<'_>) -> Text {
    let firm = index.firms.get(application.firm.as_str());
    let zh = match (unmet.rule.as_str(), firm) {
        ("industry", Some(f)) => match &index.policy {
            Some(p) => format!(
                "行业代码 {} 不属于 {}",
                f.industry,
                p.eligibility.industry_prefixes.join("、")
            ),
            None => format!("行业代码 {} 不在支持范围内", f.industry),
        },
        ("registered_district", Some(f)) => {
            format!("注册地（{}）不在支持范围内", index.district(&f.district).zh)
        }
        ("headcount", Some(f)) => match &index.policy {
            Some(p) => format!(
                "参保人数 {} 人，低于要求的 {} 人",
                f.headcount, p.eligibility.min_headcount
            ),
            None => format!("参保人数 {} 人，低于要求", f.headcount),
        },
        ("entitlement", Some(f)) => match &index.policy {
            Some(p) => format!(
                "申请最小面积 {} m²，超过参保 {} 人可申请的 {} m²",
                application.area_min,
                f.headcount,
                entitlement::of(p, f, application.use_).area_max
            ),
            None => format!("申请最小面积 {} m²，超过可申请的面积", application.area_min),
        },
        (rule, _) => match named(index, rule) {
            Some(named) => return named_text(named, unmet),
            None => format!("{rule}：{}", unmet.cause),
        },
    };
    Text::of(zh, unmet.cause.replace("m2", "m²"))
}

/// A rule of eligibility that the policy names.
fn named<'a>(index: &'a Index<'_>, rule: &str) -> Option<&'a NamedRule> {
    let policy = index.policy.as_ref()?;
    policy.eligibility.rules.iter().find(|r| r.id == rule)
}

/// The name of the rule in the language of the reader, then what it asks.
fn named_text(rule: &NamedRule, unmet: &Unmet) -> Text {
    let asked = rule.condition.as_ref().map(ToString::to_string);
    let zh = format!("{}：{}", rule.label_zh, asked.unwrap_or_default());
    Text::of(zh, format!("{}: {}", rule.label_en, unmet.cause))
}

fn nothing_fits(left_out: &LeftOut) -> Reason {
    let mut details: Vec<Detail> = (left_out.iter())
        .filter(|(_, count)| **count > 0)
        .map(|(rule, count)| Detail {
            count: Some(*count),
            rule: Some(*rule),
            ..detail(words::hard_rule(*rule))
        })
        .collect();
    details.sort_by_key(|d| std::cmp::Reverse(d.count));
    let units = left_out
        .values()
        .fold(0_u64, |sum, n| sum.saturating_add(*n));
    let list = joined(&details, 3);
    Reason {
        kind: ReasonKind::NothingFits,
        sentence: Text::of(
            format!(
                "没有合适的用房：逐一检查 {units} 个单元，首先不满足的条件为：{}。",
                list.zh
            ),
            format!(
                "Nothing fits. The first hard rule that each of {units} units breaks: {}.",
                list.en
            ),
        ),
        details,
    }
}

fn priced_out(options: u64, scarce: &[Scarce], snapshot: &Snapshot, index: &Index<'_>) -> Reason {
    let details: Vec<Detail> = scarce
        .iter()
        .map(|s| resource(s, snapshot, index))
        .collect();
    let list = joined(&details, 2);
    let (open_zh, open_en) = (
        format!("有 {options} 个可行方案，但所需资源已配给其他申请"),
        format!("{options} options exist, but what they need is given to others"),
    );
    let sentence = match details.is_empty() {
        true => Text::of(format!("{open_zh}。"), format!("{open_en}.")),
        false => Text::of(
            format!("{open_zh}：{}。", list.zh),
            format!("{open_en}: {}.", list.en),
        ),
    };
    Reason {
        kind: ReasonKind::PricedOut,
        sentence,
        details,
    }
}

/// A resource by its name `kind:key` or `quota:district:year`.
fn resource(scarce: &Scarce, snapshot: &Snapshot, index: &Index<'_>) -> Detail {
    let (kind, key) = scarce
        .resource
        .split_once(':')
        .unwrap_or(("", &scarce.resource));
    let base = match kind {
        "unit" => unit_resource(key, index),
        "quota" => detail(quota_text(key, index)),
        "reserve" => detail(Text::of(
            format!("预留比例（{key}）"),
            format!("reserve {key}"),
        )),
        "apartment" | "pool" => detail(Text::of(
            format!("公寓房型 {key}"),
            format!("apartments {key}"),
        )),
        "floor" => detail(Text::of(format!("楼层 {key}"), format!("floor {key}"))),
        "group" => detail(Text::of(format!("整租组合 {key}"), format!("group {key}"))),
        _ => detail(Text::same(scarce.resource.as_str())),
    };
    let known = snapshot.applications.iter().map(|a| &a.id);
    let holders: Vec<ApplicationId> = match kind {
        "unit" => known
            .filter(|id| holds_unit(id.as_str(), key, index))
            .cloned()
            .collect(),
        _ => Vec::new(),
    };
    Detail {
        count: Some(scarce.options),
        holders,
        ..base
    }
}

fn holds_unit(application: &str, unit: &str, index: &Index<'_>) -> bool {
    let award = index.awards.get(application);
    award.is_some_and(|a| a.units.iter().any(|u| u.unit.as_str() == unit))
}

fn unit_resource(key: &str, index: &Index<'_>) -> Detail {
    let Some(unit) = index.units.get(key) else {
        return detail(Text::of(format!("单元 {key}"), format!("unit {key}")));
    };
    let site = index.site_of(unit).map(|s| index.link(&s.id));
    let place = index.place_of(unit);
    let (zh, en) = match &site {
        Some(link) => (link.name.zh.clone(), link.name.en.clone()),
        None => (key.to_owned(), key.to_owned()),
    };
    Detail {
        site: site.map(|link| link.id),
        ..detail(Text::of(
            format!("{zh} {}", place.zh),
            format!("{en}, {}", place.en),
        ))
    }
}

fn quota_text(key: &str, index: &Index<'_>) -> Text {
    let (code, year) = key.split_once(':').unwrap_or((key, ""));
    let name = index.districts.get(code).cloned();
    let name = name.unwrap_or_else(|| Text::same(code));
    Text::of(
        format!("{}{year}年房租补贴额度", name.zh),
        format!("rent-subsidy quota of {} {year}", name.en),
    )
}
