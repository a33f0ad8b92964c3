//! What a freed unit, more of something or a new building is worth, in words.
//!
//! Not here: the answers (`planning::inverse`).

use super::all;
use super::range::gain;
use crate::planning::inverse::building::Opened;
use crate::planning::inverse::freed::{Candidate, Freed};
use crate::planning::inverse::more::{Gain, More};
use crate::planning::why::book::{Text, say};
use crate::planning::why::name::Names;

/// Who should get a unit: at most `most` of the list.
pub fn freed(answer: &Freed, most: usize) -> Vec<Text> {
    let unit = ("unit", Text::same(&answer.unit));
    let mut told = vec![match answer.left_by.is_empty() {
        true => say("freed.free", &[unit]),
        false => say("freed.held", &[unit, ("who", all(&answer.left_by))]),
    }];
    told.push(say("freed.whole", &[("gain", gain(&answer.best))]));
    let ranked = answer.ranking.iter().zip(1..).take(most);
    told.extend(ranked.map(|(c, n)| candidate(c, n)));
    if answer.ranking.is_empty() {
        told.push(say("freed.nobody", &[]));
    }
    told
}

fn candidate(candidate: &Candidate, n: usize) -> Text {
    let alone = match candidate.alone {
        Some(points) => say("freed.alone", &[("points", Text::same(points))]),
        None => say("freed.not_alone", &[]),
    };
    let holes = [
        ("n", Text::same(n)),
        ("application", Text::same(&candidate.application)),
        ("alone", alone),
        ("gain", gain(&candidate.gain)),
    ];
    say("freed.one", &holes)
}

/// More of something, each by itself.
pub fn more(names: &Names<'_>, gains: &[Gain]) -> Vec<Text> {
    let mut told = Vec::new();
    for one in gains {
        let worth = ("gain", gain(&one.gain));
        told.push(match &one.more {
            More::Quota { district, amount } => {
                let district = names.district(district.as_str());
                let holes = [
                    ("district", district),
                    ("amount", Text::same(amount)),
                    worth,
                ];
                say("more.quota", &holes)
            }
            More::Apartments { apartment, count } => {
                let apartment = Text::same(apartment);
                let holes = [
                    ("apartment", apartment),
                    ("count", Text::same(count)),
                    worth,
                ];
                say("more.apartments", &holes)
            }
        });
        if !one.placed.is_empty() {
            told.push(say("more.placed", &[("who", all(&one.placed))]));
        }
    }
    told
}

/// A second building.
pub fn opened(answer: &Opened) -> Vec<Text> {
    let holes = [
        ("units", Text::same(answer.units)),
        ("gain", gain(&answer.gain)),
    ];
    let mut told = vec![say("twin", &holes)];
    if !answer.placed.is_empty() {
        told.push(say("more.placed", &[("who", all(&answer.placed))]));
    }
    if answer.moved > 0 {
        told.push(say("twin.moved", &[("n", Text::same(answer.moved))]));
    }
    told
}
