//! Instances from the literature whose optimum is known; see `fixtures/README.md`.

use super::worlds::solved;
use zhuchao::planning::format::{UNPACKED_LIMIT, read_instance};
use zhuchao::solve::instance::Instance;
use zhuchao::solve::outcome::Status;
use zhuchao::solve::verify::verify;

/// Generalized assignment, 5 knapsacks, 15 jobs.
pub fn c515_1() -> Instance {
    read(include_bytes!("fixtures/gap01-1.json.gz"))
}

fn read(bytes: &[u8]) -> Instance {
    read_instance(bytes, UNPACKED_LIMIT).expect("the fixture is sound")
}

fn known(instance: Instance, optimum: i64) {
    let outcome = solved(&instance);
    let report = verify(&instance, &outcome);
    assert!(report.ok(), "{:?}", report.findings);
    if cfg!(feature = "highs") {
        assert_eq!(
            (outcome.status, outcome.value),
            (Status::Optimal, Some(optimum))
        );
    }
}

#[test]
fn generalized_assignment_c515_1() {
    known(c515_1(), 336);
}

#[test]
fn multiple_choice_knapsack_i01() {
    known(read(include_bytes!("fixtures/I01.json.gz")), 173);
}

/// Synthetic; the usual tolerances of HiGHS end in choices that do not fit exactly.
#[test]
fn mixed_scales_are_solved_exactly() {
    known(
        read(include_bytes!("fixtures/mixed-scales.json.gz")),
        10_290_038,
    );
}
