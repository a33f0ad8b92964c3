//! Reasons and awards of the fixed city, as the plan file holds them.

use zhuchao::planning::summary::Summary;

use super::city;
use super::run::planned;

#[test]
fn the_awards_of_the_city() {
    let plan = planned(&city::snapshot());
    insta::assert_json_snapshot!(plan.awards);
}

#[test]
fn the_reasons_of_the_city() {
    let plan = planned(&city::snapshot());
    insta::assert_json_snapshot!(plan.waiting);
}

#[test]
fn the_summary_of_the_city() {
    let snapshot = city::snapshot();
    let summary = Summary::of(&snapshot, &planned(&snapshot)).expect("sums fit");
    insta::assert_json_snapshot!(summary);
}
