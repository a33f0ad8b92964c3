//! The method of a draw: a function of list and value alone, fair by weight, repeated from its file.

use std::collections::BTreeSet;

use proptest::prelude::*;
use zhuchao::acts::supervision::lottery::{digest, draw, seed};
use zhuchao::domain::draw::{BAD_LIST, Entry, List, Pick};

use crate::support::world::key;

fn entry(n: usize, weight: u64, officers: &[u32]) -> Entry {
    Entry {
        contract: key(&format!("C-{n:04}")),
        weight,
        officers: officers.to_vec(),
    }
}

fn list(weights: &[u64], count: u32) -> List {
    let numbered = weights.iter().enumerate();
    List {
        entries: numbered.map(|(n, w)| entry(n, *w, &[0, 1, 2])).collect(),
        officers: 3,
        count,
    }
}

fn drawn(list: &List, value: &str) -> Vec<Pick> {
    draw(list, &seed(&digest(list), value)).expect("drawn")
}

/// The worked example of the README: every number was computed with `sha256sum` too.
#[test]
fn the_worked_example_comes_out() {
    let list = List {
        entries: vec![
            entry(1, 1, &[0, 1, 2]),
            entry(2, 5, &[0, 2]),
            entry(3, 3, &[0, 1, 2]),
        ],
        officers: 3,
        count: 2,
    };
    let digest = digest(&list);
    let seed = seed(&digest, " 3210.45\n");
    let picks = draw(&list, &seed).expect("drawn");
    let told: Vec<String> = picks
        .iter()
        .map(|p| format!("{} {:?}", p.contract, p.officers))
        .collect();
    insta::assert_snapshot!(format!("{digest}\n{seed}\n{}", told.join("\n")));
}

#[test]
fn a_list_that_cannot_be_is_refused() {
    let good = list(&[1, 2, 3], 2);
    assert_eq!((good.prove(), BAD_LIST.0), (Ok(()), "DM282"));
    let broken = |change: &dyn Fn(&mut List)| {
        let mut list = good.clone();
        change(&mut list);
        let fault = draw(&list, "seed").expect_err("it is refused");
        assert_eq!(fault.code, BAD_LIST, "{list:?}");
    };
    broken(&|l| l.entries.clear());
    broken(&|l| l.count = 0);
    broken(&|l| l.count = 4);
    broken(&|l| l.entries.swap(0, 1));
    broken(&|l| l.entries[1].contract = l.entries[0].contract.clone());
    broken(&|l| l.entries[0].weight = 0);
    broken(&|l| l.entries[0].weight = u64::MAX);
    broken(&|l| l.entries[0].officers = vec![0]);
    broken(&|l| l.entries[0].officers = vec![1, 1]);
    broken(&|l| l.entries[0].officers = vec![1, 3]);
}

/// Over 4,000 values, one of five is drawn first about as often as it weighs: within five standard deviations.
#[test]
fn frequencies_follow_the_weights() {
    let weights = [1_u64, 2, 3, 4, 10];
    let (list, runs) = (list(&weights, 1), 4_000_u32);
    let mut counts = [0_u32; 5];
    for value in 0..runs {
        let first = drawn(&list, &value.to_string()).remove(0).contract;
        let at = list.entries.iter().position(|e| e.contract == first);
        counts[at.expect("one of them")] += 1;
    }
    for (count, weight) in counts.iter().zip(weights) {
        let p = f64::from(u32::try_from(weight).expect("small")) / 20.0;
        let (mean, spread) = (
            f64::from(runs) * p,
            (f64::from(runs) * p * (1.0 - p)).sqrt(),
        );
        assert!(
            (f64::from(*count) - mean).abs() < 5.0 * spread,
            "{counts:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_draw_depends_on_list_and_value_alone(
        weights in prop::collection::vec(1_u64..1_000, 1..40),
        count in 1_u32..10,
        value in "[0-9]{1,8}",
    ) {
        let count = count.min(u32::try_from(weights.len()).expect("few"));
        let list = list(&weights, count);
        let picks = drawn(&list, &value);
        prop_assert_eq!(&picks, &drawn(&list.clone(), &value), "repeated");
        let contracts: BTreeSet<_> = picks.iter().map(|p| p.contract.clone()).collect();
        prop_assert_eq!(contracts.len(), picks.len(), "none twice");
        prop_assert_eq!(picks.len(), usize::try_from(count).expect("few"));
        for pick in &picks {
            let two: BTreeSet<u32> = pick.officers.iter().copied().collect();
            prop_assert!(two.len() == 2 && two.iter().all(|o| *o < 3));
        }
        // A smaller count draws the beginning of the same order from the same seed.
        let same = seed(&digest(&list), &value);
        let fewer = List { count: 1, ..list.clone() };
        prop_assert_eq!(&draw(&fewer, &same).expect("drawn")[..], &picks[..1]);
    }

    #[test]
    fn each_contract_can_be_drawn_first_and_a_changed_weight_changes_the_digest(
        weights in prop::collection::vec(1_u64..4, 2..6),
        at in 0_usize..6,
    ) {
        let at = at % weights.len();
        let one = list(&weights, 1);
        let wanted = &one.entries[at].contract;
        let found = (0..2_000).any(|v| drawn(&one, &v.to_string())[0].contract == *wanted);
        prop_assert!(found, "{:?}", wanted);
        let mut other = one.clone();
        other.entries[at].weight += 1;
        prop_assert_ne!(digest(&one), digest(&other));
    }
}
