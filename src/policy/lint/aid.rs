//! Cliffs of the subsidy: one more square metre, employee, yuan of revenue or month changes the aid of a
//! year by a jump.
//!
//! Tenants are taken to enter in the year in which the policy begins.
//! By area: the change is more than [`LEAP`] times the yearly rent of that square metre, or the aid falls.
//! By the firm's own numbers: the change is more than a twentieth of the yearly rent, either way.
//!
//! Not here: the formula (`subsidy`).

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;

use super::area::LEAP;
use super::{Finding, Kind, Severity, both, probe};
use crate::domain::area::Area;
use crate::domain::money::{Fen, Rate};
use crate::policy::Policy;
use crate::policy::condition::{Model, Number};
use crate::policy::labels::Label;
use crate::policy::subsidy_rule::SubsidyRule;

/// A share of the yearly rent that no single step should move: a twentieth.
const JUMP_DEN: i64 = 20;

/// The rules of one district, with the models of its firms.
struct District<'a> {
    rules: Vec<&'a SubsidyRule>,
    firms: Vec<Model>,
    entered: i32,
}

/// A jump between two cases.
struct Jump {
    size: i64,
    from: Fen,
    to: Fen,
    below: String,
    above: String,
}

pub(super) fn findings(policy: &Policy) -> Vec<Finding> {
    let entered = policy.meta.effective_from.year();
    let codes: BTreeSet<&str> = policy.subsidy.iter().map(|r| r.district.as_str()).collect();
    let mut all = Vec::new();
    for code in codes {
        let of = |r: &&SubsidyRule| r.district.as_str() == code;
        let rules: Vec<&SubsidyRule> = policy.subsidy.iter().filter(of).collect();
        let Some(firms) = probe::firms(&rules) else {
            continue;
        };
        let district = District {
            rules,
            firms,
            entered,
        };
        all.extend(district.by_area());
        all.extend(district.by_number());
    }
    all
}

impl District<'_> {
    fn aid(&self, firm: &Model, tenancy: (Area, Rate)) -> Option<Fen> {
        probe::best(&self.rules, firm, self.entered, tenancy).ok()
    }

    fn names(&self) -> Vec<String> {
        let rules = self.rules.iter();
        rules.map(|r| format!("subsidy {}", r.id)).collect()
    }

    /// The worst jump at each area where a formula bends.
    fn by_area(&self) -> Vec<Finding> {
        let mut worst: BTreeMap<Area, Jump> = BTreeMap::new();
        for firm in &self.firms {
            for area in probe::areas(&self.rules) {
                for rate in probe::rents(&self.rules) {
                    if let Some(jump) = self.area_jump(firm, area, rate) {
                        keep(&mut worst, area, jump);
                    }
                }
            }
        }
        worst
            .into_values()
            .map(|jump| self.finding(Severity::Warning, both("平方米", "square metre"), jump))
            .collect()
    }

    fn area_jump(&self, firm: &Model, area: Area, rate: Rate) -> Option<Jump> {
        let less = Area(area.0 - 100);
        if less <= Area::ZERO {
            return None;
        }
        let (from, to) = (self.aid(firm, (less, rate))?, self.aid(firm, (area, rate))?);
        let change = to.0 - from.0;
        // A yuan of rounding is no fall.
        let is =
            change < -100 || i128::from(change) > i128::from(LEAP) * 12 * i128::from(rate.fen());
        is.then(|| Jump {
            size: change.abs(),
            from,
            to,
            below: format!("{less} m2 x {rate}"),
            above: format!("{area} m2 x {rate}"),
        })
    }

    /// The worst jump at each limit of a number of the firm, at a plain tenancy.
    fn by_number(&self) -> Vec<Finding> {
        let mut worst: BTreeMap<(Number, i64), Jump> = BTreeMap::new();
        for firm in &self.firms {
            for (number, value) in &firm.numbers {
                for jump in self.number_jumps(firm, *number, *value) {
                    keep(&mut worst, (*number, value / number.scale()), jump);
                }
            }
        }
        let all = worst.into_iter();
        all.map(|((number, _), jump)| {
            let grave = matches!(number, Number::Headcount | Number::Revenue);
            let severity = if grave {
                Severity::Warning
            } else {
                Severity::Info
            };
            self.finding(severity, unit(number), jump)
        })
        .collect()
    }

    fn number_jumps(&self, firm: &Model, number: Number, value: i64) -> Vec<Jump> {
        let mut next = firm.clone();
        let more = value.saturating_add(number.scale());
        next.numbers.insert(number, more);
        let tenancies = [(Area::metres(500), 6_000), (Area::metres(1_000), 6_000)];
        let mut all = Vec::new();
        for (area, fen) in tenancies {
            let Ok(rate) = Rate::new(fen) else { continue };
            let (Some(from), Some(to)) =
                (self.aid(firm, (area, rate)), self.aid(&next, (area, rate)))
            else {
                continue;
            };
            let size = (to.0 - from.0).abs();
            let year = rate.monthly(area).map_or(0, |m| m.0.saturating_mul(12));
            if size > year / JUMP_DEN {
                let case = |v: i64| {
                    let v = v / number.scale();
                    format!("{} {v}, {area} m2 x {rate}", number.name())
                };
                all.push(Jump {
                    size,
                    from,
                    to,
                    below: case(value),
                    above: case(more),
                });
            }
        }
        all
    }

    fn finding(&self, severity: Severity, unit: Label, jump: Jump) -> Finding {
        let (zh, en) = if jump.to > jump.from {
            ("增加", "raises")
        } else {
            ("减少", "lowers")
        };
        let by = Fen(jump.size).yuan();
        let case = |text: &str, aid: Fen| {
            both(
                &format!("{text}：每年{}元", aid.yuan()),
                &format!("{text}: {} yuan a year", aid.yuan()),
            )
        };
        Finding {
            severity,
            kind: Kind::AidCliff,
            rules: self.names(),
            text: both(
                &format!("多1{}，年补贴{zh}{by}元", unit.zh),
                &format!("one more {} {en} the aid of a year by {by} yuan", unit.en),
            ),
            example: Some([case(&jump.below, jump.from), case(&jump.above, jump.to)]),
        }
    }
}

fn keep<K: Ord>(worst: &mut BTreeMap<K, Jump>, key: K, jump: Jump) {
    if worst.get(&key).is_none_or(|old| jump.size > old.size) {
        worst.insert(key, jump);
    }
}

fn unit(number: Number) -> Label {
    match number {
        Number::Headcount => both("名员工", "employee"),
        Number::Revenue => both("元营业收入", "yuan of revenue"),
        Number::RdShare => both("个基点的研发占比", "basis point of R&D"),
        Number::AgeMonths => both("个月企业年龄", "month of age"),
        Number::AreaMin | Number::AreaMax => both("平方米", "square metre"),
        Number::Households => both("户", "household"),
    }
}
