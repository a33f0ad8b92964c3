//! Is an outcome right: feasible, of the value it claims, below the bound it claims?
//!
//! Recomputes everything from the instance and lists all that is wrong. The rules are those of
//! the published format, with a relative slack of 1e-9 for bounds stated in floating point (a
//! bound may therefore also look one whole unit off and pass; the engine claims no such bound).
//!
//! A bound is proven by the prices, by the block certificate (`proof`), or it was found by
//! branching: then it may be lower than both, which is not wrong, but no arithmetic confirms it. The
//! status `infeasible` cannot be checked by arithmetic and is not; of a conflict only the names are.
//!
//! Not here: the bounds themselves (`certificate*`), value and feasibility (`recount`), the engine.

use super::certificate::{self, Proof};
use super::finding::{Code, Finding};
use super::instance::Instance;
use super::outcome::{Number, Outcome, Status, TraceRow};
use super::recount;
use std::collections::BTreeSet;

/// The outcome is for another instance.
pub const OTHER_INSTANCE: Code = Code("SV201");
/// The claimed value is not the value of the choices.
pub const VALUE_WRONG: Code = Code("SV202");
/// An outcome without a solution has a value or choices.
pub const VALUE_WITHOUT_STATUS: Code = Code("SV203");
/// The bound is below the value.
pub const BOUND_BELOW_VALUE: Code = Code("SV204");
/// Called optimal although the bound leaves a gap.
pub const OPTIMAL_WITH_GAP: Code = Code("SV205");
/// Called optimal without a bound.
pub const OPTIMAL_WITHOUT_BOUND: Code = Code("SV206");
/// The bound is below what the prices prove.
pub const BOUND_BELOW_PRICES: Code = Code("SV207");
/// There are prices, but no bound.
pub const PRICES_WITHOUT_BOUND: Code = Code("SV208");
/// The extra prices do not prove the bound stated with them.
pub const DUAL_WRONG: Code = Code("SV209");
/// Rows of the trace fall where they must not, or hold no numbers.
pub const TRACE_ORDER: Code = Code("SV210");
/// The trace knows a better value than the outcome.
pub const TRACE_VALUE: Code = Code("SV211");
/// The trace has a bound below the value.
pub const TRACE_BOUND: Code = Code("SV212");
/// Seconds or the bound are not finite numbers.
pub const NOT_A_NUMBER: Code = Code("SV213");
/// The block certificate does not prove the bound stated with it.
pub const PROOF_WRONG: Code = Code("SV214");
/// There is a block certificate, but no bound.
pub const PROOF_WITHOUT_BOUND: Code = Code("SV215");
/// There is a conflict, but the status is not infeasible.
pub const CONFLICT_WITHOUT_STATUS: Code = Code("SV216");
/// A conflict names what is no required agent, or names it twice.
pub const CONFLICT_UNKNOWN: Code = Code("SV217");

/// What confirms the stated bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoundBy {
    /// The prices prove it.
    Prices,
    /// The block certificate proves it.
    Blocks,
    /// Branching found it; no arithmetic confirms it.
    Branching,
    /// No bound is stated.
    None,
}

/// What the check found out.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Recomputed value; none without a solution.
    pub value: Option<i128>,
    /// Bound proven by the prices of the outcome (or by its extra prices), rounded down.
    pub price_bound: Option<i128>,
    /// Bound proven by the block certificate of the outcome, rounded down.
    pub proof_bound: Option<i128>,
    /// What confirms the claimed bound itself.
    pub bound_by: BoundBy,
    /// Everything that is wrong.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Nothing is wrong.
    pub fn ok(&self) -> bool {
        self.findings.is_empty()
    }

    fn add(&mut self, code: Code, place: &str, text: String) {
        self.findings.push(Finding::new(code, place, text));
    }
}

/// Checks one outcome against its instance.
pub fn verify(instance: &Instance, outcome: &Outcome) -> Report {
    let mut report = Report {
        value: None,
        price_bound: None,
        proof_bound: None,
        bound_by: BoundBy::None,
        findings: Vec::new(),
    };
    if outcome.instance != instance.name() {
        let text = format!("is for {:?}, not {:?}", outcome.instance, instance.name());
        report.add(OTHER_INSTANCE, "instance", text);
    }
    if !(outcome.seconds.is_finite() && outcome.seconds >= 0.0) {
        report.add(
            NOT_A_NUMBER,
            "seconds",
            format!("{} is not a time", outcome.seconds),
        );
    }
    value(instance, outcome, &mut report);
    bound(outcome, &mut report);
    if finite(outcome.upper_bound).is_some() {
        report.bound_by = BoundBy::Branching;
    }
    prices(instance, outcome, &mut report);
    dual(instance, outcome, &mut report);
    proof(instance, outcome, &mut report);
    conflict(instance, outcome, &mut report);
    trace(&outcome.trace, report.value, &mut report);
    report
}

fn value(instance: &Instance, outcome: &Outcome, report: &mut Report) {
    if matches!(outcome.status, Status::Optimal | Status::Feasible) {
        let count = recount::recount(instance, &outcome.choices);
        report.findings.extend(count.findings);
        report.value = Some(count.value);
        if outcome.value.map(i128::from) != report.value {
            let claimed = outcome.value.map_or("none".to_owned(), |v| v.to_string());
            report.add(
                VALUE_WRONG,
                "value",
                format!("claimed {claimed}, recomputed {}", count.value),
            );
        }
    } else if outcome.value.is_some() || !outcome.choices.is_empty() {
        let text = "a status without a solution does not go with a value or choices".to_owned();
        report.add(VALUE_WITHOUT_STATUS, "status", text);
    }
}

/// A real bound, if it is a finite number.
fn finite(number: Option<Number>) -> Option<Number> {
    number.filter(|n| n.as_f64().is_finite())
}

fn bound(outcome: &Outcome, report: &mut Report) {
    let bound = finite(outcome.upper_bound);
    if outcome.upper_bound.is_some() && bound.is_none() {
        report.add(
            NOT_A_NUMBER,
            "upper_bound",
            "not a finite number".to_owned(),
        );
    }
    let optimal = outcome.status == Status::Optimal;
    let (Some(value), Some(bound)) = (report.value, bound) else {
        if optimal {
            report.add(
                OPTIMAL_WITHOUT_BOUND,
                "status",
                "optimal needs a value and a bound".to_owned(),
            );
        }
        return;
    };
    let b = bound.as_f64();
    if whole(b + slack(b)) < value {
        report.add(
            BOUND_BELOW_VALUE,
            "upper_bound",
            format!("{b} is below the value {value}"),
        );
    }
    if optimal && whole(b - slack(b)) > value {
        let text = format!("optimal, but the bound {b} is above the value {value}");
        report.add(OPTIMAL_WITH_GAP, "status", text);
    }
}

fn prices(instance: &Instance, outcome: &Outcome, report: &mut Report) {
    let Some(prices) = &outcome.prices else {
        return;
    };
    let (total, scale) = match certificate::price_bound(instance, prices) {
        Err(finding) => return report.findings.push(finding),
        Ok(Proof::Infeasible) => return,
        Ok(Proof::Bound { total, scale }) => (total, scale),
    };
    let proven = total >> scale;
    report.price_bound = Some(proven);
    let margin = (slack(proven as f64) * 2f64.powi(i32::try_from(scale).unwrap_or(0))) as i128;
    let Some(bound) = finite(outcome.upper_bound) else {
        return report.add(
            PRICES_WITHOUT_BOUND,
            "prices",
            "prices without a bound".to_owned(),
        );
    };
    if below(bound, total.saturating_sub(margin) >> scale) {
        let text = format!("{} is below the price bound {proven}", bound.as_f64());
        return report.add(BOUND_BELOW_PRICES, "upper_bound", text);
    }
    report.bound_by = BoundBy::Prices;
}

/// Our own extra key: prices that prove less than branching did, with their bound.
fn dual(instance: &Instance, outcome: &Outcome, report: &mut Report) {
    let Some(dual) = &outcome.dual else { return };
    match certificate::price_bound(instance, &dual.prices) {
        Err(finding) => report.findings.push(finding),
        Ok(Proof::Infeasible) => {}
        Ok(proof) => {
            let proven = proof.floor().unwrap_or(i128::MAX);
            report.price_bound = report.price_bound.or(Some(proven));
            if i128::from(dual.bound) < proven {
                let text = format!(
                    "bound {} is below what the prices prove, {proven}",
                    dual.bound
                );
                report.add(DUAL_WRONG, "dual", text);
            }
            confirm(outcome, proven, BoundBy::Prices, report);
        }
    }
}

/// Our own key: the block certificate.
fn proof(instance: &Instance, outcome: &Outcome, report: &mut Report) {
    let Some(proof) = &outcome.proof else { return };
    let proven = match certificate::proof_bound(instance, proof) {
        Err(finding) => return report.findings.push(finding),
        Ok(proof) => proof.floor(),
    };
    let Some(proven) = proven else { return };
    report.proof_bound = Some(proven);
    if i128::from(proof.bound) < proven {
        let text = format!(
            "bound {} is below what the certificate proves, {proven}",
            proof.bound
        );
        report.add(PROOF_WRONG, "proof/bound", text);
    }
    if finite(outcome.upper_bound).is_none() {
        let text = "a certificate without a bound".to_owned();
        report.add(PROOF_WITHOUT_BOUND, "proof", text);
    }
    confirm(outcome, proven, BoundBy::Blocks, report);
}

/// Notes who proves the stated bound, if nobody did before.
fn confirm(outcome: &Outcome, proven: i128, by: BoundBy, report: &mut Report) {
    let stated = finite(outcome.upper_bound);
    if report.bound_by == BoundBy::Branching && stated.is_some_and(|b| !below(b, proven)) {
        report.bound_by = by;
    }
}

/// Our own key: required agents that cannot all be placed. Whether they can is not checked.
fn conflict(instance: &Instance, outcome: &Outcome, report: &mut Report) {
    let Some(names) = &outcome.conflict else {
        return;
    };
    if outcome.status != Status::Infeasible {
        let text = "only an infeasible outcome has a conflict".to_owned();
        report.add(CONFLICT_WITHOUT_STATUS, "conflict", text);
    }
    let required = instance.agents().iter().filter(|a| a.required);
    let mut left: BTreeSet<&str> = required.map(|a| a.id.as_str()).collect();
    for (k, name) in names.iter().enumerate() {
        if !left.remove(name.as_str()) {
            let text = format!("{name:?} is no required agent, or stands twice");
            report.add(CONFLICT_UNKNOWN, &format!("conflict/{k}"), text);
        }
    }
}

fn trace(rows: &[TraceRow], last: Option<i128>, report: &mut Report) {
    let times: Vec<f64> = rows.iter().map(|r| r.seconds).collect();
    let values: Vec<Number> = rows.iter().filter_map(|r| r.value).collect();
    let bounds: Vec<Number> = rows.iter().filter_map(|r| r.bound).collect();
    let rising = |list: &[Number]| list.windows(2).all(|w| at_most(w[0], w[1]));
    let falling = |list: &[Number]| list.windows(2).all(|w| at_most(w[1], w[0]));
    if !times.iter().all(|t| t.is_finite())
        || !times.is_sorted()
        || !rising(&values)
        || !falling(&bounds)
    {
        let text = "seconds and values must not fall, bounds must not rise".to_owned();
        return report.add(TRACE_ORDER, "trace", text);
    }
    let Some(last) = last else { return };
    if let Some(best) = values.last().filter(|v| above(**v, last)) {
        let text = format!("value {} is better than the final {last}", best.as_f64());
        report.add(TRACE_VALUE, "trace", text);
    }
    if let Some(b) = bounds
        .last()
        .map(|b| b.as_f64())
        .filter(|b| whole(b + slack(*b)) < last)
    {
        report.add(
            TRACE_BOUND,
            "trace",
            format!("bound {b} is below the final value {last}"),
        );
    }
}

/// Slack allowed for a number stated in floating point.
fn slack(x: f64) -> f64 {
    1e-9 * x.abs().max(1.0)
}

/// Rounded down; the cast saturates.
fn whole(x: f64) -> i128 {
    x.floor() as i128
}

/// number < limit, exactly.
fn below(number: Number, limit: i128) -> bool {
    match number {
        Number::Whole(n) => i128::from(n) < limit,
        Number::Real(x) => whole(x) < limit,
    }
}

/// number > limit, exactly.
fn above(number: Number, limit: i128) -> bool {
    match number {
        Number::Whole(n) => i128::from(n) > limit,
        Number::Real(x) => x.ceil() as i128 > limit,
    }
}

/// a <= b; integers exactly, otherwise in floating point.
fn at_most(a: Number, b: Number) -> bool {
    match (a, b) {
        (Number::Whole(a), Number::Whole(b)) => a <= b,
        _ => a.as_f64() <= b.as_f64(),
    }
}
