//! The points card: small whole weights; a city served by it holds every limit and never passes the most
//! that brute force finds; fitting never loses on the cities it is fitted to.

use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};
use zhuchao::planning::card::{Card, Deck, POINTS_MOST, QUESTIONS, fit};

use super::brute;
use super::city::{Planned, city, drafts, planned};
use super::recount::recounted;

fn deck(planned: &Planned) -> Deck<'_> {
    Deck::of(&planned.snapshot, &planned.built)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_card_serves_within_the_limits_and_below_the_optimum(draft in drafts(), points in proptest::array::uniform8(0_u8..=5)) {
        let planned = planned(city(&draft));
        let served = deck(&planned).served(&Card { points });
        let value = recounted(&planned.built.instance, &served.chosen);
        prop_assert_eq!(value, Ok(served.value));
        prop_assert!(served.value <= brute::most(&planned.built.instance).expect("nobody is required"));
    }

    #[test]
    fn a_fitted_card_is_small_repeats_and_never_loses_where_it_was_fitted(one in drafts(), two in drafts(), _any in any::<u8>()) {
        let cities = [planned(city(&one)), planned(city(&two))];
        let decks: Vec<Deck<'_>> = cities.iter().map(deck).collect();
        let card = fit(&decks);
        prop_assert_eq!(&card, &fit(&decks));
        prop_assert!(card.points.iter().all(|p| *p <= POINTS_MOST));
        prop_assert_eq!(card.points.len(), QUESTIONS.len());
        let worth = |card: &Card| decks.iter().map(|d| d.served(card).value).sum::<i64>();
        prop_assert!(worth(&card) >= worth(&Card::default()));
        // No single question with other points would do better: the fit ended where it says it ends.
        for question in 0..QUESTIONS.len() {
            for points in 0..=POINTS_MOST {
                let mut other = card.clone();
                other.points[question] = points;
                prop_assert!(worth(&other) <= worth(&card), "{:?} {:?}", other, card);
            }
        }
    }
}
