//! Properties of the uniform cut.

use proptest::prelude::*;
use zhuchao::domain::money::Fen;
use zhuchao::policy::settle::pro_rata;

fn fen(all: &[i64]) -> Vec<Fen> {
    all.iter().copied().map(Fen).collect()
}

#[test]
fn the_largest_remainders_get_the_fen_that_are_left() {
    assert_eq!(pro_rata(Fen(10), &fen(&[5, 5, 5])), Ok(fen(&[4, 3, 3])));
    assert_eq!(
        pro_rata(Fen(100), &fen(&[100, 50, 49])),
        Ok(fen(&[50, 25, 25]))
    );
    assert_eq!(pro_rata(Fen(0), &fen(&[7, 0])), Ok(fen(&[0, 0])));
    assert_eq!(pro_rata(Fen(9), &[]), Ok(Vec::new()));
}

#[test]
fn negative_and_overflowing_amounts_are_refused() {
    let code = |r: Result<Vec<Fen>, zhuchao::domain::fault::Fault>| r.err().map(|f| f.code.0);
    assert_eq!(code(pro_rata(Fen(-1), &[])), Some("PO160"));
    assert_eq!(code(pro_rata(Fen(1), &fen(&[1, -1]))), Some("PO160"));
    assert_eq!(code(pro_rata(Fen(1), &fen(&[i64::MAX, 1]))), Some("DM110"));
}

fn claims() -> impl Strategy<Value = Vec<i64>> {
    let claim = prop_oneof![0..10_i64, 0..100_000_000_i64, 0..(i64::MAX / 40)];
    prop::collection::vec(claim, 0..30)
}

proptest! {
    #[test]
    fn the_awards_are_a_uniform_cut(claims in claims(), part in 0..=1_500_u32) {
        let total: i128 = claims.iter().map(|c| i128::from(*c)).sum();
        let quota = i64::try_from((total * i128::from(part) / 1_000).min(i128::from(i64::MAX)))
            .expect("bounded");
        let awards = pro_rata(Fen(quota), &fen(&claims)).expect("within 64 bits");
        let sum: i128 = awards.iter().map(|a| i128::from(a.0)).sum();
        prop_assert_eq!(awards.len(), claims.len());
        prop_assert_eq!(sum, total.min(i128::from(quota)));
        for (award, claim) in awards.iter().zip(&claims) {
            prop_assert!((0..=*claim).contains(&award.0));
            if total <= i128::from(quota) {
                prop_assert_eq!(award.0, *claim);
            } else {
                // |award - claim x quota / total| < 1 fen, without a division.
                let exact = i128::from(*claim) * i128::from(quota);
                let apart = (i128::from(award.0) * total - exact).abs();
                prop_assert!(apart < total.max(1));
            }
        }
    }

    /// Order matters for ties only: equal claims may swap one fen, different claims keep theirs
    /// unless their remainders tie.
    #[test]
    fn the_order_of_claims_decides_ties_only(claims in claims(), part in 0..1_000_u32) {
        let total: i128 = claims.iter().map(|c| i128::from(*c)).sum();
        let quota = i64::try_from(total * i128::from(part) / 1_000).expect("bounded");
        let forward = pro_rata(Fen(quota), &fen(&claims)).expect("within 64 bits");
        let turned: Vec<i64> = claims.iter().rev().copied().collect();
        let backward = pro_rata(Fen(quota), &fen(&turned)).expect("within 64 bits");
        let rest = |c: i64| (i128::from(c) * i128::from(quota)).rem_euclid(total.max(1));
        let differing: Vec<i128> = claims.iter().zip(forward.iter().zip(backward.iter().rev()))
            .filter(|(_, (a, b))| a != b)
            .map(|(c, _)| rest(*c))
            .collect();
        prop_assert!(differing.windows(2).all(|w| w[0] == w[1]));
    }

    #[test]
    fn a_larger_claim_never_gets_less(claims in claims(), part in 0..1_000_u32) {
        let total: i128 = claims.iter().map(|c| i128::from(*c)).sum();
        let quota = i64::try_from(total * i128::from(part) / 1_000).expect("bounded");
        let awards = pro_rata(Fen(quota), &fen(&claims)).expect("within 64 bits");
        for (i, a) in claims.iter().enumerate() {
            for (j, b) in claims.iter().enumerate() {
                prop_assert!(a <= b || awards[i].0 + 1 > awards[j].0);
            }
        }
    }
}
