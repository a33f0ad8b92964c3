//! Unified social credit codes (GB 32100-2015) and industry codes (GB/T 4754-2017).

use proptest::prelude::*;
use zhuchao::domain::credit_code::{CreditCode, check_character};
use zhuchao::domain::industry::IndustryCode;

use super::world::{code, read};

const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Published codes of bodies that everybody can look up.
const PUBLISHED: [&str; 4] = [
    "914403001922038216",
    "9144030071526726XG",
    "91330100716105852F",
    "12100000400000624D",
];

fn head() -> impl Strategy<Value = String> {
    prop::collection::vec(0..31_usize, 17).prop_map(|all| {
        all.into_iter()
            .filter_map(|n| ALPHABET.chars().nth(n))
            .collect()
    })
}

fn whole(head: &str) -> String {
    let last = check_character(head).expect("the head is of the alphabet");
    format!("{head}{last}")
}

#[test]
fn published_codes_are_accepted() {
    for text in PUBLISHED {
        assert_eq!(read::<CreditCode>(text).as_str(), text);
    }
}

#[test]
fn length_alphabet_and_case_are_refused() {
    for text in [
        "",
        "9144030019220382",
        "914403001922038216 ",
        "91440300192203821é",
    ] {
        assert_eq!(code(text.parse::<CreditCode>()), "DM150", "{text:?}");
    }
    for letter in ["I", "O", "S", "V", "Z", "x", "统"] {
        let text = format!("{letter}14403001922038216");
        assert_eq!(code(text.parse::<CreditCode>()), "DM150", "{text:?}");
    }
    assert_eq!(check_character("123"), None);
}

#[test]
fn a_credit_code_keeps_its_law_through_serde() {
    let refused: Result<CreditCode, _> = serde_json::from_str("\"914403001922038217\"");
    assert!(refused.is_err());
}

#[test]
fn industry_codes_have_two_to_four_digits() {
    for text in ["", "7", "74521", "M", "7a", "７４"] {
        assert_eq!(code(text.parse::<IndustryCode>()), "DM151", "{text:?}");
    }
    assert!(read::<IndustryCode>("7452").is_section_m());
    assert!(read::<IndustryCode>("7452").is_under("745"));
    assert!(!read::<IndustryCode>("6510").is_section_m());
    assert!(!read::<IndustryCode>("74").is_under("745"));
}

proptest! {
    /// 31 is prime and every weight is a unit, so that no single slip passes.
    #[test]
    fn every_single_slip_is_caught(head in head(), at in 0..18_usize, other in 0..31_usize) {
        let right = whole(&head);
        prop_assert_eq!(read::<CreditCode>(&right).to_string(), right.clone());
        let mut slipped: Vec<char> = right.chars().collect();
        let wrong = ALPHABET.chars().nth(other).expect("in the alphabet");
        prop_assume!(slipped[at] != wrong);
        slipped[at] = wrong;
        let text: String = slipped.into_iter().collect();
        prop_assert_eq!(code(text.parse::<CreditCode>()), "DM150");
    }

    /// Neighbouring weights differ by a factor of 3, so that no swap of neighbours passes.
    #[test]
    fn every_swap_of_neighbours_is_caught(head in head(), at in 0..16_usize) {
        let mut swapped: Vec<char> = whole(&head).chars().collect();
        prop_assume!(swapped[at] != swapped[at + 1]);
        swapped.swap(at, at + 1);
        let text: String = swapped.into_iter().collect();
        prop_assert_eq!(code(text.parse::<CreditCode>()), "DM150");
    }

    #[test]
    fn any_text_is_accepted_or_refused_without_a_crash(text in "\\PC{0,24}") {
        let answer = code(text.parse::<CreditCode>());
        prop_assert!(answer == "DM150" || answer == "accepted");
        let answer = code(text.parse::<IndustryCode>());
        prop_assert!(answer == "DM151" || answer == "accepted");
    }
}
