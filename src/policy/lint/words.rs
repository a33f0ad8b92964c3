//! Words in conditions that no firm and no application can have: a use, a district or an industry that
//! there is not. Names of fields and credentials: the former are free, the latter are read strictly.
//!
//! Not here: conditions that contradict themselves (`logic`).

use std::str::FromStr;

use super::{Finding, Kind, Severity};
use crate::domain::industry::IndustryCode;
use crate::domain::place::DistrictCode;
use crate::domain::space::Use;
use crate::policy::Policy;
use crate::policy::condition::{Expr, Text};
use crate::policy::conditions::{self, Placed};

pub(super) fn findings(policy: &Policy) -> Vec<Finding> {
    let mut all = Vec::new();
    for placed in conditions::all(policy) {
        let mut strange = Vec::new();
        placed.condition.0.visit(&mut |test| match test {
            Expr::OneOf(text, words) => strange.extend(none(*text, words, is_whole)),
            Expr::StartsWith(text, words) => strange.extend(none(*text, words, begins)),
            _ => {}
        });
        all.extend(
            strange
                .into_iter()
                .map(|(text, word)| finding(&placed, text, word)),
        );
    }
    all
}

fn none(text: Text, words: &[String], can_be: fn(Text, &str) -> bool) -> Vec<(Text, &str)> {
    let words = words.iter().map(String::as_str);
    words
        .filter(|w| !can_be(text, w))
        .map(|w| (text, w))
        .collect()
}

fn is_whole(text: Text, word: &str) -> bool {
    match text {
        Text::Industry => IndustryCode::from_str(word).is_ok(),
        Text::Seat => DistrictCode::from_str(word).is_ok(),
        Text::Use => Use::ALL.iter().any(|u| u.name() == word),
    }
}

/// True when something that can be begins with the word: GB/T 4754 codes are four digits at most, codes of
/// districts continue 4403.
fn begins(text: Text, word: &str) -> bool {
    match text {
        Text::Industry => word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit()),
        Text::Seat => "4403".starts_with(word) || is_seat(word),
        Text::Use => Use::ALL.iter().any(|u| u.name().starts_with(word)),
    }
}

/// The whole code, or all of it but its last sign.
fn is_seat(word: &str) -> bool {
    is_whole(Text::Seat, word) || is_whole(Text::Seat, &format!("{word}0"))
}

fn finding(placed: &Placed<'_>, text: Text, word: &str) -> Finding {
    let rule = format!("{} {}", placed.section, placed.rule);
    let (zh, en) = match text {
        Text::Industry => ("没有这样的行业代码", "there is no industry code"),
        Text::Seat => ("深圳没有这样的区", "Shenzhen has no district"),
        Text::Use => ("没有这样的用途", "there is no use"),
    };
    let (zh, en) = (format!("{zh}：{word:?}"), format!("{en} {word:?}"));
    Finding::new(Severity::Warning, Kind::Never, rule.trim_end(), &zh, &en)
}
