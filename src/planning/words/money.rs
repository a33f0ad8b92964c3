//! Money against points in words.
//!
//! Not here: the answers (`planning::front`).

use super::range::total;
use crate::domain::decimal;
use crate::domain::points::Points;
use crate::planning::front::{NextYuan, Step};
use crate::planning::why::book::{Text, say};
use crate::planning::why::name::Names;

/// The front of the total quota.
pub fn front(steps: &[Step]) -> Vec<Text> {
    steps.iter().map(step).collect()
}

fn step(step: &Step) -> Text {
    let price = match step.per_10k {
        Some(points) => say("money.price", &[("points", Text::same(points))]),
        None => Text::default(),
    };
    let share = decimal::format(i64::from(step.share_bp), 2);
    let holes = [
        ("total", Text::same(step.total)),
        ("share", Text::same(share)),
        ("points", total(&step.points)),
        ("price", price),
    ];
    say("money.point", &holes)
}

/// The next yuan of every district.
pub fn next(names: &Names<'_>, all: &[NextYuan]) -> Vec<Text> {
    let one = |n: &NextYuan| {
        let holes = [
            ("district", names.district(n.district.as_str())),
            ("quota", Text::same(n.quota)),
            ("left", Text::same(n.left)),
            ("points", Text::same(n.per_10k)),
            ("valid", Text::same(n.valid_to)),
        ];
        let none = n.per_10k <= Points::ZERO;
        say(
            if none {
                "money.next.none"
            } else {
                "money.next"
            },
            &holes,
        )
    };
    all.iter().map(one).collect()
}
