//! Demands as clauses, moves and quotas as sentences.
//!
//! Not here: whether demands can be met.

use super::range::size;
use crate::planning::ask::moves::{Held, Kind, Move, QuotaUse};
use crate::planning::foil::Demand;
use crate::planning::why::book::{Text, say};
use crate::planning::why::name::Names;

/// A demand.
pub fn demand(names: &Names<'_>, demand: &Demand) -> Text {
    let who = ("application", Text::same(demand.application()));
    match demand {
        Demand::Give { unit, .. } => say("demand.give", &[who, ("unit", Text::same(unit))]),
        Demand::District { district, .. } => {
            let district = names.district(district.as_str());
            say("demand.district", &[who, ("district", district)])
        }
        Demand::Place { .. } => say("demand.place", &[who]),
        Demand::Keep { .. } => say("demand.keep", &[who]),
    }
}

/// Whose lot changes, one sentence a firm.
pub fn moves(names: &Names<'_>, all: &[Move]) -> Vec<Text> {
    all.iter().map(|m| moved(names, m)).collect()
}

fn moved(names: &Names<'_>, m: &Move) -> Text {
    let key = match m.kind {
        Kind::Placed => "move.placed",
        Kind::Lost => "move.lost",
        Kind::Moved => "move.moved",
        Kind::Changed => "move.changed",
    };
    let own = match m.points.0.cmp(&0) {
        std::cmp::Ordering::Equal => "move.own.same",
        std::cmp::Ordering::Greater => "move.own.more",
        std::cmp::Ordering::Less => "move.own.less",
    };
    let holes = [
        ("application", Text::same(&m.application)),
        ("before", held(names, m.before.as_ref())),
        ("after", held(names, m.after.as_ref())),
        ("own", say(own, &[("points", size(m.points))])),
    ];
    say(key, &holes)
}

fn held(names: &Names<'_>, held: Option<&Held>) -> Text {
    let Some(held) = held else {
        return Text::default();
    };
    // Whether there is a subsidy is said by its amount.
    let space = held.space.trim_end_matches("|subsidy");
    let holes = [
        ("space", names.space(space)),
        ("subsidy", Text::same(held.subsidy)),
        ("apartments", Text::same(held.apartments)),
    ];
    say("held", &holes)
}

/// What becomes of the quotas.
pub fn quotas(names: &Names<'_>, all: &[QuotaUse]) -> Vec<Text> {
    let one = |q: &QuotaUse| {
        let holes = [
            ("district", names.district(q.district.as_str())),
            ("before", Text::same(q.before)),
            ("after", Text::same(q.after)),
        ];
        say("quota.change", &holes)
    };
    all.iter().map(one).collect()
}
