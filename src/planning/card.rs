//! A points card (积分卡) distilled from the optimum, for small cases between rounds: a few questions with
//! whole points each; firms are served in the order of their points, each taking the best that is left.
//!
//! The points are found by trying: one question after the other gets the points with which the served
//! cities together are worth most, until nothing improves. What the card loses against the optimum is
//! measured on cities that it was not fitted to.
//!
//! Not here: the score card of the policy (`policy::score_card`), which is law; this is a proposal.

use std::cmp::Reverse;

use serde::Serialize;

use super::build::Built;
use super::fair::serial::{Taken, serial};
use super::lots::at;
use super::why::viewer::firm_of;
use crate::domain::snapshot::Snapshot;

/// The questions, each answered by yes or no from the application, the firm and its options.
pub const QUESTIONS: [&str; 8] = [
    "cluster_fit",
    "first_wish_possible",
    "credential",
    "two_credentials",
    "small_space",
    "large_space",
    "households",
    "few_options",
];

/// Most points of a question.
pub const POINTS_MOST: u8 = 5;
/// Rounds over all questions.
const ROUNDS: usize = 4;

/// A card.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Card {
    /// Points of each question, in the order of [`QUESTIONS`].
    pub points: [u8; QUESTIONS.len()],
}

/// A city as a card sees it.
pub struct Deck<'a> {
    built: &'a Built,
    answers: Vec<[bool; QUESTIONS.len()]>,
}

impl<'a> Deck<'a> {
    /// The answers of every agent of a city.
    pub fn of(snapshot: &Snapshot, built: &'a Built) -> Deck<'a> {
        let mut answers = vec![[false; QUESTIONS.len()]; built.instance.agents().len()];
        for case in &built.cases {
            let place = case.agent.and_then(|n| answers.get_mut(at(n)));
            let firm = firm_of(snapshot, &case.application);
            let asked = snapshot
                .applications
                .binary_search_by(|a| a.id.cmp(&case.application));
            let asked = asked.ok().and_then(|n| snapshot.applications.get(n));
            let (Some(place), Some(firm), Some(asked)) = (place, firm, asked) else {
                continue;
            };
            let best = case.options.first();
            let fit = best.and_then(|o| o.score.get(part("cluster_fit")));
            let wish = asked.site_wishes.first();
            let sites = &snapshot.inventory.sites;
            let there =
                |o: &super::options::PlanOption| sites.get(at(o.site)).map(|s| &s.id) == wish;
            *place = [
                fit.is_some_and(|p| p.0 > 0),
                wish.is_some() && case.options.iter().any(there),
                !firm.credentials.is_empty(),
                firm.credentials.len() >= 2,
                asked.area_min.0 <= 30_000,
                asked.area_min.0 >= 100_000,
                !asked.households.is_empty(),
                case.options.len() <= 10,
            ];
        }
        Deck { built, answers }
    }

    /// The city served by a card.
    pub fn served(&self, card: &Card) -> Taken {
        let points = |n: &usize| -> u32 {
            let answers = self.answers.get(*n).into_iter().flatten();
            let points = answers.zip(card.points).filter(|(yes, _)| **yes);
            points.map(|(_, p)| u32::from(p)).sum()
        };
        let mut order: Vec<usize> = (0..self.answers.len()).collect();
        order.sort_by_key(|n| (Reverse(points(n)), *n));
        serial(&self.built.instance, &order)
    }
}

fn part(name: &str) -> usize {
    let all = crate::policy::weights::PARTS.iter();
    all.clone().position(|p| *p == name).unwrap_or(usize::MAX)
}

/// The card under which the cities together are worth most, as far as changing one question at a time
/// finds it.
pub fn fit(decks: &[Deck<'_>]) -> Card {
    let worth = |card: &Card| -> i64 {
        let all = decks.iter().map(|d| d.served(card).value);
        all.fold(0, i64::saturating_add)
    };
    let mut card = Card::default();
    let mut best = worth(&card);
    for _ in 0..ROUNDS {
        let before = best;
        for question in 0..QUESTIONS.len() {
            let mut tried = card.clone();
            for points in 0..=POINTS_MOST {
                tried.points[question] = points;
                let value = worth(&tried);
                if value > best {
                    (best, card) = (value, tried.clone());
                }
            }
        }
        if best == before {
            break;
        }
    }
    card
}
