//! What is proven about a number of points, in words.
//!
//! Not here: what the number is about.

use crate::domain::points::Points;
use crate::planning::ask::range::Range;
use crate::planning::why::book::{Text, say};

/// Which of the cases a range is.
fn case(range: &Range) -> &'static str {
    match (range.exact(), range.low, range.high) {
        (Some(_), ..) => "exact",
        (None, Some(_), Some(_)) => "between",
        (None, Some(_), None) => "reached",
        (None, None, Some(_)) => "limit",
        (None, None, None) => "open",
    }
}

fn told(kind: &str, range: &Range, text: &dyn Fn(Points) -> Text) -> Text {
    let end = |p: Option<Points>| p.map(text).unwrap_or_default();
    let holes = [("low", end(range.low)), ("high", end(range.high))];
    say(&format!("{kind}.{}", case(range)), &holes)
}

/// A change of the total against the plan: a sentence.
pub fn change(range: &Range) -> Text {
    told("change", range, &|points| {
        let key = match points.0.cmp(&0) {
            std::cmp::Ordering::Equal => "change.same",
            std::cmp::Ordering::Greater => "change.more",
            std::cmp::Ordering::Less => "change.less",
        };
        say(key, &[("points", size(points))])
    })
}

/// A gain: a clause.
pub fn gain(range: &Range) -> Text {
    if range.high.is_some_and(|high| high <= Points::ZERO) {
        return say("gain.none", &[]);
    }
    match range.low {
        // What was found so far is a loss, and more may be possible.
        Some(low) if low < Points::ZERO => told("gain.less", range, &size),
        _ => told("gain", range, &Text::same),
    }
}

/// A total: a clause.
pub fn total(range: &Range) -> Text {
    told("total", range, &Text::same)
}

/// Points without their sign.
pub fn size(points: Points) -> Text {
    Text::same(Points(points.0.saturating_abs()))
}
