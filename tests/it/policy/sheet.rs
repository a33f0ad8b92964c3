//! Properties of the sheet of a settlement.

use proptest::prelude::*;
use zhuchao::domain::money::Fen;
use zhuchao::domain::settlement::Sheet;
use zhuchao::policy::quota::{QUOTA_HARD, Settlement};
use zhuchao::policy::settle::pro_rata;
use zhuchao::policy::sheet::{Asking, sheet};

use crate::support::world::key;

fn asking(amounts: &[i64]) -> Vec<Asking> {
    (0..)
        .zip(amounts)
        .map(|(n, amount)| Asking {
            claim: key(&format!("CL-{n:03}")),
            firm: key("F1"),
            computed: Fen(*amount),
            points: (n * 7) % 5,
        })
        .collect()
}

fn awards(sheet: &Sheet) -> Vec<i64> {
    sheet.rows.iter().map(|r| r.awarded.0).collect()
}

#[test]
fn the_sheet_shows_the_ratio_the_remainders_and_the_cut() {
    let made = sheet(Settlement::ProRata, Fen(100), &asking(&[100, 50, 49])).expect("a sheet");
    assert_eq!((made.num, made.den), (100, 199));
    assert_eq!(awards(&made), [50, 25, 25]);
    let first = &made.rows[0];
    // 100 x 100 / 199 = 50 and 50/199.
    assert_eq!((first.floor, first.remainder), (Fen(50), 50));
    let ranks: Vec<Option<u32>> = made.rows.iter().map(|r| r.remainder_rank).collect();
    // 25 and 25/199; 24 and 124/199.
    assert_eq!(ranks, [Some(2), Some(3), Some(1)]);
    assert_eq!(made.rows[2].cut, Fen(24));
    assert_eq!(made.awarded, Fen(100));
}

#[test]
fn equal_remainders_go_to_the_earlier_claim() {
    let mut all = asking(&[5, 5, 5]);
    all.reverse();
    let made = sheet(Settlement::ProRata, Fen(10), &all).expect("a sheet");
    assert_eq!(awards(&made), [4, 3, 3]);
}

#[test]
fn without_a_shortage_nothing_is_cut() {
    let made = sheet(Settlement::ProRata, Fen(1000), &asking(&[5, 6])).expect("a sheet");
    assert_eq!((made.num, made.den), (1, 1));
    assert!(
        made.rows
            .iter()
            .all(|r| r.cut == Fen::ZERO && r.remainder_rank.is_none())
    );
}

#[test]
fn ranked_pays_in_order_of_points_until_the_next_does_not_fit() {
    // Points 0, 2, 4, 1: the order is 2, 1, 3, 0.
    let made = sheet(Settlement::Ranked, Fen(100), &asking(&[1, 50, 40, 20])).expect("a sheet");
    let ranks: Vec<Option<u32>> = made.rows.iter().map(|r| r.rank).collect();
    assert_eq!(ranks, [Some(4), Some(2), Some(1), Some(3)]);
    // 40 and 50 fit, 20 does not, and so 1 behind it gets nothing.
    assert_eq!(awards(&made), [0, 50, 40, 0]);
}

#[test]
fn a_hard_pool_is_never_exceeded() {
    let refused = sheet(Settlement::Hard, Fen(10), &asking(&[6, 6])).expect_err("refused");
    assert_eq!(refused.code, QUOTA_HARD);
    let made = sheet(Settlement::Hard, Fen(12), &asking(&[6, 6])).expect("it fits");
    assert_eq!(awards(&made), [6, 6]);
}

fn amounts() -> impl Strategy<Value = Vec<i64>> {
    let one = prop_oneof![0..20_i64, 0..100_000_000_i64, 0..(i64::MAX / 40)];
    prop::collection::vec(one, 1..25)
}

fn pool_of(amounts: &[i64], part: u32) -> Fen {
    let total: i128 = amounts.iter().map(|c| i128::from(*c)).sum();
    Fen(i64::try_from(total * i128::from(part) / 1_000).expect("bounded"))
}

proptest! {
    #[test]
    fn the_cut_is_uniform_exact_and_never_above(amounts in amounts(), part in 0..1_300_u32) {
        let pool = pool_of(&amounts, part);
        let made = sheet(Settlement::ProRata, pool, &asking(&amounts)).expect("within 64 bits");
        let total: i128 = amounts.iter().map(|c| i128::from(*c)).sum();
        let sum: i128 = made.rows.iter().map(|r| i128::from(r.awarded.0)).sum();
        prop_assert_eq!(sum, total.min(i128::from(pool.0)));
        prop_assert_eq!(i128::from(made.awarded.0), sum);
        for (row, amount) in made.rows.iter().zip(&amounts) {
            prop_assert!(row.awarded.0 >= 0 && row.awarded.0 <= *amount);
            prop_assert_eq!(row.cut.0, amount - row.awarded.0);
            // The whole fen and the remainder are the exact award.
            let exact = i128::from(*amount) * i128::from(made.num);
            let shown = i128::from(row.floor.0) * i128::from(made.den) + i128::from(row.remainder);
            prop_assert_eq!(exact, shown);
            prop_assert!(matches!(row.awarded.0 - row.floor.0, 0 | 1));
        }
        let plain: Vec<Fen> = amounts.iter().copied().map(Fen).collect();
        let plain = pro_rata(pool, &plain).expect("within 64 bits");
        prop_assert_eq!(awards(&made), plain.iter().map(|a| a.0).collect::<Vec<_>>());
    }

    #[test]
    fn the_order_of_the_claims_changes_nothing(
        amounts in amounts(), part in 0..1_300_u32, turn in any::<prop::sample::Index>(), ranked: bool,
    ) {
        let pool = pool_of(&amounts, part);
        let mode = if ranked { Settlement::Ranked } else { Settlement::ProRata };
        let all = asking(&amounts);
        let mut other = all.clone();
        other.rotate_left(turn.index(all.len()));
        other.reverse();
        prop_assert_eq!(sheet(mode, pool, &all), sheet(mode, pool, &other));
    }

    #[test]
    fn more_claimed_is_never_less_awarded_and_more_quota_takes_from_nobody_more_than_a_fen(
        amounts in amounts(), part in 0..1_000_u32, more in 1..1_000_i64,
    ) {
        let pool = pool_of(&amounts, part);
        let now = sheet(Settlement::ProRata, pool, &asking(&amounts)).expect("a sheet");
        for a in &now.rows {
            for b in &now.rows {
                prop_assert!(a.computed <= b.computed || a.awarded >= b.awarded);
            }
        }
        let raised = pool.plus(Fen(more)).expect("bounded");
        let then = sheet(Settlement::ProRata, raised, &asking(&amounts)).expect("a sheet");
        prop_assert!(then.awarded >= now.awarded);
        for (a, b) in now.rows.iter().zip(&then.rows) {
            prop_assert!(b.awarded.0 >= a.awarded.0 - 1);
        }
    }

    #[test]
    fn a_ranked_award_is_whole_or_nothing_and_within_the_pool(
        amounts in amounts(), part in 0..1_300_u32,
    ) {
        let pool = pool_of(&amounts, part);
        let made = sheet(Settlement::Ranked, pool, &asking(&amounts)).expect("a sheet");
        prop_assert!(made.awarded <= pool);
        prop_assert!(made.rows.iter().all(|r| r.awarded == Fen::ZERO || r.awarded == r.computed));
    }
}
