//! Lists in which the first match counts: members that an earlier one always takes first, and firms that
//! no member takes.
//!
//! Not here: single conditions (`logic`).

use super::{Finding, Kind, Severity};
use crate::policy::Policy;
use crate::policy::condition::{Condition, Expr, Verdict, decide, implies};
use crate::policy::score_card::Criterion;

/// A list: name of each member and its condition, `None` = all.
type List<'a> = Vec<(String, Option<&'a Condition>)>;

pub(super) fn findings(policy: &Policy) -> Vec<Finding> {
    let mut all = Vec::new();
    if let Some(rent) = &policy.rent {
        let tiers = rent.tiers.iter();
        let list: List<'_> = tiers
            .map(|t| (format!("rent.tier {}", t.id), t.condition.as_ref()))
            .collect();
        all.extend(hidden(&list));
        all.extend(open(&list));
    }
    if let Some(card) = &policy.score_card {
        let queues = card.queues.iter();
        let list: List<'_> = queues
            .map(|q| (format!("score_card.queue {}", q.id), Some(&q.condition)))
            .collect();
        all.extend(hidden(&list));
        for criterion in &card.criteria {
            let name = |n: usize| format!("score_card.criterion {} step {n}", criterion.id);
            let steps = (1..).zip(&criterion.steps);
            let list: List<'_> = steps.map(|(n, s)| (name(n), Some(&s.condition))).collect();
            all.extend(hidden(&list));
            all.extend(rising(criterion));
        }
        all.extend(minimum(card));
    }
    for rule in &policy.subsidy {
        let name = |n: usize| format!("subsidy {} multiplier {n}", rule.id);
        let multipliers = (1..).zip(&rule.multipliers);
        let list: List<'_> = multipliers
            .map(|(n, m)| (name(n), Some(&m.condition)))
            .collect();
        all.extend(hidden(&list));
    }
    all
}

fn minimum(card: &crate::policy::score_card::ScoreCard) -> Option<Finding> {
    let (most, least) = (card.most(), card.minimum);
    (least > most).then(|| {
        let zh = format!("最低分{least}高于可得的最高分{most}");
        let en = format!("the least score {least} exceeds the most that can be reached, {most}");
        Finding::new(Severity::Error, Kind::Unreachable, "score_card", &zh, &en)
    })
}

/// Members whose condition implies that an earlier one holds.
fn hidden(list: &List<'_>) -> Vec<Finding> {
    let mut all = Vec::new();
    for (n, (name, condition)) in list.iter().enumerate().skip(1) {
        let earlier = list.get(..n).unwrap_or_default();
        let premises: Vec<&Condition> = condition.iter().copied().collect();
        // Of a condition that nobody meets it is said already.
        let never = condition.is_some_and(|c| decide(c) == Verdict::Never);
        let taken = !never
            && match any(earlier) {
                None => true,
                Some(before) => implies(&premises, &before),
            };
        if taken {
            let (zh, en) = (
                "前面的条款已全部涵盖，永远轮不到",
                "earlier ones always come first",
            );
            let kind = Kind::Unreachable;
            all.push(Finding::new(Severity::Warning, kind, name.clone(), zh, en));
        }
    }
    all
}

/// Steps that give more than an earlier one, though the best come first: whoever meets both gets the less.
fn rising(criterion: &Criterion) -> Vec<Finding> {
    let pairs = criterion.steps.windows(2);
    let risen = (2..).zip(pairs).filter(|(_, pair)| match pair {
        [before, after] => after.points > before.points,
        _ => false,
    });
    let found = |(n, _): (usize, _)| {
        let name = format!("score_card.criterion {} step {n}", criterion.id);
        let zh = "比前一档得分更高：两档都符合的企业只得前一档的分";
        let en = "gives more than the step before it: whoever meets both gets the less";
        Finding::new(Severity::Warning, Kind::Overlap, name, zh, en)
    };
    risen.map(found).collect()
}

/// A list that does not take everybody.
fn open(list: &List<'_>) -> Option<Finding> {
    let whole = any(list)?;
    let surely = implies(&[], &whole);
    let (name, _) = list.last()?;
    (!surely).then(|| {
        let zh = "有企业不属于任何一档；请在最后加一档不设条件";
        let en = "some firms are in no tier; end the list with one that has no condition";
        Finding::new(Severity::Warning, Kind::Gap, name.clone(), zh, en)
    })
}

/// That any member holds; `None` when one holds for all.
fn any(list: &[(String, Option<&Condition>)]) -> Option<Condition> {
    let all: Option<Vec<Expr>> = (list.iter())
        .map(|(_, condition)| condition.map(|c| c.0.clone()))
        .collect();
    all.map(|all| Condition(Expr::Or(all)))
}
