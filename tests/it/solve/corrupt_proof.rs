//! Block certificates and conflicts: what confirms a bound, and each corruption with its code.

use super::worlds::{solved, toy};
use zhuchao::solve::codes;
use zhuchao::solve::finding::Code;
use zhuchao::solve::outcome::{BlockProof, Held, Number, Outcome, Status};
use zhuchao::solve::verify::{BoundBy, Report, verify};

/// A certificate that proves 35, the optimum of the toy.
fn certificate() -> BlockProof {
    BlockProof {
        packed: vec![0, 1],
        agents: vec![16.0, 9.0, 0.0],
        resources: vec![0.0; 5],
        held: vec![],
        bound: 35,
    }
}

fn report(change: impl FnOnce(&mut Outcome)) -> Report {
    let mut outcome = Outcome {
        prices: None,
        dual: None,
        proof: Some(certificate()),
        trace: Vec::new(),
        ..solved(&toy())
    };
    change(&mut outcome);
    verify(&toy(), &outcome)
}

fn after(change: impl FnOnce(&mut Outcome)) -> Vec<Code> {
    report(change)
        .findings
        .into_iter()
        .map(|f| f.code)
        .collect()
}

/// The code after a corruption of the certificate.
fn corrupt(change: impl FnOnce(&mut BlockProof)) -> Vec<Code> {
    after(|o| change(o.proof.as_mut().expect("there is one")))
}

#[test]
fn the_report_says_what_confirms_the_bound() {
    let by = |change: fn(&mut Outcome)| {
        let report = report(change);
        assert_eq!(report.findings, []);
        (report.bound_by, report.price_bound, report.proof_bound)
    };
    assert_eq!(by(|_| {}), (BoundBy::Blocks, None, Some(35)));
    let prices = by(|o| o.prices = Some(vec![0.0; 5]));
    assert_eq!(prices, (BoundBy::Prices, Some(35), Some(35)));
    let weak = by(|o| {
        let proof = o.proof.as_mut().expect("there is one");
        (proof.agents, proof.bound) = (vec![0.0; 3], 36);
    });
    assert_eq!(weak, (BoundBy::Branching, None, Some(36)));
    let nothing = by(|o| o.proof = None);
    assert_eq!(nothing, (BoundBy::Branching, None, None));
    let unbounded = by(|o| {
        (o.proof, o.upper_bound, o.status) = (None, None, Status::Feasible);
    });
    assert_eq!(unbounded, (BoundBy::None, None, None));
}

#[test]
fn a_certificate_must_prove_its_bound() {
    assert_eq!(corrupt(|p| p.bound = 34), [codes::PROOF_WRONG]);
    assert_eq!(corrupt(|p| p.bound = 40), []);
    // A lower price of an agent lets it count twice.
    assert_eq!(corrupt(|p| p.agents[0] = 0.0), [codes::PROOF_WRONG]);
}

#[test]
fn a_certificate_without_a_bound() {
    let codes = after(|o| (o.upper_bound, o.status) = (None, Status::Feasible));
    assert_eq!(codes, [codes::PROOF_WITHOUT_BOUND]);
}

/// A bound of others that is below the certificate is that of branching, not of the certificate.
#[test]
fn a_lower_bound_than_the_certificate_is_not_called_proven() {
    let report = report(|o| {
        o.choices.retain(|c| c.agent != "c");
        (o.value, o.status) = (Some(25), Status::Feasible);
        o.upper_bound = Some(Number::Whole(34));
    });
    assert_eq!(
        (report.findings, report.bound_by),
        (vec![], BoundBy::Branching)
    );
}

#[test]
fn wrong_numbers_of_prices() {
    let count = codes::AGENT_PRICE_COUNT;
    assert_eq!(corrupt(|p| p.agents.truncate(2)), [count]);
    assert_eq!(corrupt(|p| p.agents.push(0.0)), [count]);
    assert_eq!(corrupt(|p| p.resources.truncate(4)), [codes::PRICE_COUNT]);
}

#[test]
fn prices_out_of_range() {
    let range = codes::AGENT_PRICE_RANGE;
    assert_eq!(corrupt(|p| p.agents[0] = -0.5), [range]);
    assert_eq!(corrupt(|p| p.agents[1] = f64::NAN), [range]);
    assert_eq!(corrupt(|p| p.agents[1] = f64::INFINITY), [range]);
    assert_eq!(corrupt(|p| p.resources[2] = -1.0), [codes::PRICE_RANGE]);
    assert_eq!(corrupt(|p| p.agents[0] = f64::MAX), [codes::PRICE_HUGE]);
    assert_eq!(corrupt(|p| p.resources[2] = 1e300), [codes::PRICE_HUGE]);
    // b is required: it may be paid. The certificate then proves less.
    assert_eq!(corrupt(|p| p.agents[1] = -0.5), [codes::PROOF_WRONG]);
}

#[test]
fn packed_resources_that_cannot_be() {
    assert_eq!(corrupt(|p| p.packed.push(5)), [codes::PACKED_UNKNOWN]);
    assert_eq!(
        corrupt(|p| p.packed.push(u32::MAX)),
        [codes::PACKED_UNKNOWN]
    );
    assert_eq!(corrupt(|p| p.packed.push(0)), [codes::PACKED_TWICE]);
    assert_eq!(corrupt(|p| p.packed.push(3)), [codes::PACKED_POOL]);
    assert_eq!(corrupt(|p| p.resources[1] = 0.25), [codes::PACKED_PRICED]);
}

#[test]
fn held_agents_that_cannot_be() {
    let with = |groups: &[(&[u32], &[u32])]| {
        let held = groups.iter().map(|(packed, agents)| Held {
            packed: packed.to_vec(),
            agents: agents.to_vec(),
        });
        let held: Vec<Held> = held.collect();
        corrupt(|p| p.held = held)
    };
    assert_eq!(with(&[(&[0], &[0]), (&[1], &[2, 1])]), []);
    let wrong = [codes::HELD_WRONG];
    assert_eq!(with(&[(&[0], &[])]), wrong);
    assert_eq!(with(&[(&[0], &[3])]), wrong, "no such agent");
    assert_eq!(with(&[(&[5], &[0])]), wrong, "no such resource");
    assert_eq!(with(&[(&[0], &[0]), (&[1, 0], &[1])]), wrong, "two groups");
    assert_eq!(with(&[(&[0], &[0; 25])]), wrong, "too many");
    assert_eq!(codes::HELD_WRONG.0, "SV230");
}

#[test]
fn conflicts() {
    let named = |status: Status, names: &'static [&'static str]| {
        move |o: &mut Outcome| {
            o.conflict = Some(names.iter().map(ToString::to_string).collect());
            o.status = status;
            if status == Status::Infeasible {
                (o.value, o.upper_bound, o.proof) = (None, None, None);
                o.choices.clear();
            }
        }
    };
    let infeasible = Status::Infeasible;
    assert_eq!(after(named(infeasible, &["b"])), []);
    let with_status = after(named(Status::Optimal, &["b"]));
    assert_eq!(with_status, [codes::CONFLICT_WITHOUT_STATUS]);
    let unknown = codes::CONFLICT_UNKNOWN;
    assert_eq!(
        after(named(infeasible, &["b", "a"])),
        [unknown],
        "a is not required"
    );
    assert_eq!(
        after(named(infeasible, &["z", "b", "b"])),
        [unknown, unknown]
    );
}

/// The codes provoked above, by the text that outsiders rely on.
#[test]
fn the_codes_of_certificates_are_stable() {
    let codes = [
        codes::PROOF_WRONG,
        codes::AGENT_PRICE_COUNT,
        codes::PACKED_PRICED,
    ];
    assert_eq!(codes.map(|c| c.0), ["SV214", "SV224", "SV229"]);
}
