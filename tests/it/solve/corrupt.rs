//! Each corruption of a right outcome is refused with its own code.

use super::worlds::{solved, toy};
use zhuchao::solve::codes;
use zhuchao::solve::finding::Code;
use zhuchao::solve::outcome::{Choice, Dual, Number, Outcome, Status, TraceRow};
use zhuchao::solve::verify::verify;

/// A right outcome of the toy, without history.
fn right() -> Outcome {
    Outcome {
        trace: Vec::new(),
        ..solved(&toy())
    }
}

/// The codes after a corruption.
fn after(change: impl FnOnce(&mut Outcome)) -> Vec<Code> {
    let mut outcome = right();
    change(&mut outcome);
    verify(&toy(), &outcome)
        .findings
        .into_iter()
        .map(|f| f.code)
        .collect()
}

fn of<'o>(outcome: &'o mut Outcome, agent: &str) -> &'o mut Choice {
    outcome
        .choices
        .iter_mut()
        .find(|c| c.agent == agent)
        .expect("the optimum places it")
}

#[test]
fn the_right_outcome_is_accepted() {
    assert_eq!(after(|_| {}), []);
}

#[test]
fn value_off_by_one() {
    assert_eq!(
        after(|o| o.value = o.value.map(|v| v - 1)),
        [codes::VALUE_WRONG]
    );
    assert_eq!(after(|o| o.value = None), [codes::VALUE_WRONG]);
}

#[test]
fn other_instance() {
    assert_eq!(
        after(|o| o.instance = "other".to_owned()),
        [codes::OTHER_INSTANCE]
    );
}

#[test]
fn capacity_exceeded() {
    let codes = after(|o| of(o, "b").option = Some("b1".to_owned()));
    assert_eq!(codes, [codes::CAPACITY_EXCEEDED]);
}

#[test]
fn unknown_agent() {
    let codes = after(|o| of(o, "c").agent = "z".to_owned());
    assert_eq!(
        codes,
        [
            codes::AGENT_UNKNOWN,
            codes::VALUE_WRONG,
            codes::OPTIMAL_WITH_GAP
        ]
    );
}

#[test]
fn agent_twice() {
    let codes = after(|o| o.choices.push(o.choices[0].clone()));
    assert_eq!(codes, [codes::AGENT_TWICE]);
}

#[test]
fn unknown_option() {
    let codes = after(|o| of(o, "c").option = Some("c9".to_owned()));
    assert_eq!(
        codes,
        [
            codes::OPTION_UNKNOWN,
            codes::VALUE_WRONG,
            codes::OPTIMAL_WITH_GAP
        ]
    );
}

#[test]
fn required_agent_left_out() {
    let codes = after(|o| o.choices.retain(|c| c.agent != "b"));
    assert_eq!(
        codes,
        [
            codes::REQUIRED_LEFT,
            codes::VALUE_WRONG,
            codes::OPTIMAL_WITH_GAP
        ]
    );
}

#[test]
fn lodging_in_a_closed_pool() {
    let codes = after(|o| of(o, "a").lodging[0].push((2, 1)));
    assert_eq!(codes, [codes::POOL_CLOSED]);
    let codes = after(|o| of(o, "a").lodging[0].push((-1, 1)));
    assert_eq!(codes, [codes::POOL_CLOSED]);
}

#[test]
fn lodging_above_the_need() {
    let codes = after(|o| of(o, "a").lodging = vec![vec![(3, 5)]]);
    assert_eq!(
        codes,
        [
            codes::GRANT_ABOVE_NEED,
            codes::CAPACITY_EXCEEDED,
            codes::VALUE_WRONG,
            codes::BOUND_BELOW_VALUE
        ]
    );
}

#[test]
fn lodging_negative_extra_or_without_an_option() {
    let codes = after(|o| of(o, "a").lodging[0].push((3, -1)));
    assert_eq!(codes, [codes::GRANT_NEGATIVE]);
    let codes = after(|o| of(o, "c").lodging = vec![vec![]]);
    assert_eq!(codes, [codes::LODGING_EXTRA]);
    let nothing = Choice {
        agent: "b".to_owned(),
        option: None,
        lodging: vec![vec![(3, 1)]],
    };
    let codes = after(|o| o.choices.insert(0, nothing));
    assert_eq!(codes, [codes::LODGING_WITHOUT_OPTION]);
}

#[test]
fn hostile_counts_do_not_overflow() {
    let codes = after(|o| of(o, "a").lodging = vec![vec![(3, i64::MAX), (4, i64::MAX)]]);
    assert!(codes.contains(&codes::GRANT_ABOVE_NEED) && codes.contains(&codes::VALUE_WRONG));
}

#[test]
fn bound_below_the_value() {
    let codes = after(|o| {
        (o.prices, o.dual) = (None, None);
        o.upper_bound = Some(Number::Whole(34));
    });
    assert_eq!(codes, [codes::BOUND_BELOW_VALUE]);
    let codes = after(|o| o.upper_bound = Some(Number::Real(f64::NAN)));
    assert!(codes.contains(&codes::NOT_A_NUMBER), "{codes:?}");
}

#[test]
fn optimal_with_a_gap_or_without_a_bound() {
    let codes = after(|o| o.upper_bound = Some(Number::Whole(37)));
    assert_eq!(codes, [codes::OPTIMAL_WITH_GAP]);
    let codes = after(|o| {
        (o.prices, o.dual) = (None, None);
        o.upper_bound = None;
    });
    assert_eq!(codes, [codes::OPTIMAL_WITHOUT_BOUND]);
    let rounding = after(|o| o.upper_bound = Some(Number::Real(35.000_000_01)));
    assert_eq!(
        rounding,
        [],
        "rounding of a bound in floating point is allowed for"
    );
}

/// Prices of zero prove 35, for everybody may take the best; without c the value is only 25.
#[test]
fn bound_below_the_price_bound() {
    let claim = |bound: Option<i64>| {
        move |o: &mut Outcome| {
            (o.prices, o.dual, o.status) = (Some(vec![0.0; 5]), None, Status::Feasible);
            o.choices.retain(|c| c.agent != "c");
            o.value = Some(25);
            o.upper_bound = bound.map(Number::Whole);
        }
    };
    assert_eq!(after(claim(Some(35))), []);
    assert_eq!(after(claim(Some(33))), [codes::BOUND_BELOW_PRICES]);
    assert_eq!(after(claim(None)), [codes::PRICES_WITHOUT_BOUND]);
}

#[test]
fn extra_prices_must_prove_their_bound() {
    let dual = |bound| {
        move |o: &mut Outcome| {
            o.dual = Some(Dual {
                prices: vec![0.0; 5],
                bound,
            })
        }
    };
    assert_eq!(after(dual(34)), [codes::DUAL_WRONG]);
    assert_eq!(after(dual(40)), []);
}

#[test]
fn prices_out_of_range() {
    assert_eq!(
        after(|o| o.prices = Some(vec![0.0; 4])),
        [codes::PRICE_COUNT]
    );
    assert_eq!(
        after(|o| o.prices = Some(vec![0.0, -1.0, 0.0, 0.0, 0.0])),
        [codes::PRICE_RANGE]
    );
    assert_eq!(
        after(|o| o.prices = Some(vec![f64::MAX; 5])),
        [codes::PRICE_HUGE]
    );
}

#[test]
fn status_without_a_solution() {
    let codes = after(|o| o.status = Status::Unknown);
    assert_eq!(codes, [codes::VALUE_WITHOUT_STATUS]);
}

#[test]
fn history_that_cannot_be() {
    let row = |seconds, value, bound| TraceRow {
        seconds,
        value: Some(Number::Whole(value)),
        bound: Some(Number::Whole(bound)),
    };
    let trace = |rows: Vec<TraceRow>| move |o: &mut Outcome| o.trace = rows;
    assert_eq!(after(trace(vec![row(0.1, 3, 50), row(0.2, 35, 35)])), []);
    assert_eq!(
        after(trace(vec![row(0.2, 3, 50), row(0.1, 35, 35)])),
        [codes::TRACE_ORDER]
    );
    assert_eq!(
        after(trace(vec![row(0.1, 9, 50), row(0.2, 3, 50)])),
        [codes::TRACE_ORDER]
    );
    assert_eq!(
        after(trace(vec![row(0.1, 9, 50), row(0.2, 9, 51)])),
        [codes::TRACE_ORDER]
    );
    assert_eq!(after(trace(vec![row(0.1, 36, 50)])), [codes::TRACE_VALUE]);
    assert_eq!(after(trace(vec![row(0.1, 9, 34)])), [codes::TRACE_BOUND]);
}

/// The codes provoked above, by the text that outsiders rely on.
#[test]
fn the_codes_of_outcomes_are_stable() {
    let codes = [codes::VALUE_WRONG, codes::BOUND_BELOW_VALUE];
    assert_eq!(codes.map(|c| c.0), ["SV202", "SV204"]);
}
