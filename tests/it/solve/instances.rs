//! Unsound and hostile instances: every fault is named, nothing panics.

use super::worlds::{agent, lodging, option, resource, solved};
use zhuchao::solve::codes;
use zhuchao::solve::finding::Code;
use zhuchao::solve::instance::{Agent, Instance, Resource};
use zhuchao::solve::outcome::Status;
use zhuchao::solve::verify::verify;

fn faults(resources: Vec<Resource>, agents: Vec<Agent>) -> Vec<Code> {
    let result = Instance::new("bad".to_owned(), resources, agents);
    result
        .err()
        .unwrap_or_default()
        .into_iter()
        .map(|f| f.code)
        .collect()
}

#[test]
fn all_faults_are_collected_in_one_pass() {
    let resources = vec![resource("r", 5), resource("r", -1)];
    let agents = vec![
        agent(
            "a",
            false,
            vec![
                option("o", 1, 0, &[(9, 1), (0, 0), (1, 2), (1, 3)]),
                option("o", 1, 0, &[(0, -4)]),
            ],
            vec![lodging(-1, 1, &[(0, &[7])])],
        ),
        agent("a", false, vec![], vec![]),
    ];
    let expected = [
        codes::RESOURCE_REPEATS,
        codes::CAPACITY_NEGATIVE,
        codes::AGENT_REPEATS,
        codes::OPTION_REPEATS,
        codes::USE_UNKNOWN,
        codes::USE_NOT_POSITIVE,
        codes::USE_REPEATS,
        codes::USE_NOT_POSITIVE,
        codes::NEED_NEGATIVE,
        codes::POOL_UNKNOWN,
    ];
    assert_eq!(faults(resources, agents), expected);
}

#[test]
fn values_that_would_overflow_are_refused() {
    let options = vec![option("o", i64::MIN, 0, &[])];
    assert_eq!(
        faults(vec![], vec![agent("a", false, options, vec![])]),
        [codes::TOTAL_TOO_LARGE]
    );
    let demand = lodging(i64::MAX, i64::MAX, &[(0, &[0])]);
    let options = vec![option("o", 0, 0, &[])];
    let huge = vec![resource("p", i64::MAX)];
    assert_eq!(
        faults(huge, vec![agent("a", false, options, vec![demand])]),
        [codes::TOTAL_TOO_LARGE]
    );
}

#[test]
fn counts_have_a_limit() {
    assert_eq!(
        codes::TOO_MANY,
        Code("SV111"),
        "cannot be reached in the memory of a test"
    );
}

#[test]
fn hostile_but_sound_instances_are_answered() {
    let big = 1i64 << 59;
    let worlds = [
        (vec![], vec![], Status::Optimal),
        (
            vec![resource("r", 0)],
            vec![agent(
                "a",
                false,
                vec![option("o", 5, 0, &[(0, 1)])],
                vec![],
            )],
            Status::Optimal,
        ),
        (
            vec![resource("r", 0)],
            vec![agent("a", true, vec![option("o", 5, 0, &[(0, 1)])], vec![])],
            Status::Infeasible,
        ),
        (
            vec![],
            vec![agent("a", true, vec![], vec![])],
            Status::Infeasible,
        ),
        (
            vec![],
            vec![agent("a", true, vec![option("o", -9, 0, &[])], vec![])],
            Status::Optimal,
        ),
        (
            vec![resource("r", i64::MAX)],
            vec![agent(
                "a",
                false,
                vec![option("o", big, 0, &[(0, i64::MAX)])],
                vec![],
            )],
            Status::Optimal,
        ),
        (
            vec![resource("p", i64::MAX)],
            vec![agent(
                "a",
                false,
                vec![option("o", 1, 4, &[])],
                vec![lodging(i64::MAX >> 6, 4, &[(4, &[0])])],
            )],
            Status::Optimal,
        ),
    ];
    for (resources, agents, status) in worlds {
        let instance = Instance::new("hostile".to_owned(), resources, agents).expect("sound");
        let outcome = solved(&instance);
        assert!(verify(&instance, &outcome).ok(), "{outcome:?}");
        assert_eq!(outcome.status, status, "{outcome:?}");
    }
}

#[test]
fn numbers_beyond_floating_point_get_no_false_claim() {
    let big = (1i64 << 57) + 1;
    let firms = (0..3).map(|k| {
        let uses = [(0, (1i64 << 61) + k)];
        agent(
            &format!("f{k}"),
            false,
            vec![option("o", big + k, 0, &uses)],
            vec![],
        )
    });
    let resources = vec![resource("r", (1i64 << 62) + 2)];
    let instance = Instance::new("big".to_owned(), resources, firms.collect()).expect("sound");
    let outcome = solved(&instance);
    let report = verify(&instance, &outcome);
    assert!(report.ok(), "{:?}", report.findings);
    let best = 2 * big + 2;
    assert!(outcome.value.is_some_and(|v| v <= best));
    assert!(
        outcome
            .upper_bound
            .is_none_or(|b| b.as_f64() >= best as f64)
    );
}

#[test]
fn a_million_options_are_checked() {
    let options = (0..1_000_000)
        .map(|k| option(&format!("o{k}"), k, 0, &[(0, k + 1)]))
        .collect();
    let agents = vec![agent("a", false, options, vec![])];
    let instance =
        Instance::new("wide".to_owned(), vec![resource("r", 1000)], agents).expect("sound");
    let outcome = solved(&instance);
    assert_eq!(
        (outcome.status, outcome.value),
        (Status::Optimal, Some(999))
    );
}
