//! Points against moves in words.
//!
//! Not here: the answer (`planning::disrupt`).

use super::all;
use super::range::total;
use crate::planning::disrupt::{Frontier, Point};
use crate::planning::why::book::{Text, say};

/// The frontier, one sentence a point.
pub fn frontier(answer: &Frontier) -> Vec<Text> {
    let mut told = Vec::new();
    if !answer.forced.is_empty() {
        told.push(say("frontier.forced", &[("who", all(&answer.forced))]));
    }
    let none = answer.impossible.iter();
    told.extend(none.map(|n| say("frontier.impossible", &[("n", Text::same(n))])));
    told.extend(answer.points.iter().map(point));
    told
}

fn point(point: &Point) -> Text {
    let price = match point.price {
        Some(points) => say("frontier.price", &[("points", Text::same(points))]),
        None => Text::default(),
    };
    let holes = [
        ("moves", Text::same(point.moves)),
        ("total", total(&point.points)),
        ("price", price),
    ];
    let key = if point.moves == 0 {
        "frontier.still"
    } else {
        "frontier.point"
    };
    say(key, &holes)
}
