//! A conflict and the ways out of it in words.
//!
//! Not here: the answer (`planning::conflict`).

use super::demand::demand;
use crate::planning::conflict::relax::Give;
use crate::planning::conflict::{Conflict, Found, Piece};
use crate::planning::why::book::{Text, say};
use crate::planning::why::name::Names;

/// The answer.
pub fn found(names: &Names<'_>, answer: &Found) -> Vec<Text> {
    match answer {
        Found::None => vec![say("conflict.none", &[])],
        Found::Open => vec![say("conflict.open", &[])],
        Found::Conflict(conflict) => told(names, conflict),
    }
}

fn told(names: &Names<'_>, conflict: &Conflict) -> Vec<Text> {
    let alone = conflict.pieces.len() == 1;
    let head = if alone {
        "conflict.head.one"
    } else {
        "conflict.head"
    };
    let mut told = vec![say(head, &[("n", Text::same(conflict.pieces.len()))])];
    for (one, n) in conflict.pieces.iter().zip(1..) {
        let holes = [("n", Text::same(n)), ("piece", piece(names, one))];
        told.push(say("conflict.item", &holes));
    }
    if conflict.irreducible && !alone {
        told.push(say("conflict.irreducible", &[]));
    }
    if conflict.smallest && !alone {
        told.push(say("conflict.smallest", &[]));
    }
    if !conflict.relaxations.is_empty() {
        told.push(say("conflict.ways", &[]));
    }
    for way in &conflict.relaxations {
        let rest = match way.enough {
            true => say("conflict.enough", &[]),
            false => say("conflict.more", &[]),
        };
        let holes = [("way", give(names, &way.give)), ("rest", rest)];
        told.push(say("conflict.way", &holes));
    }
    told
}

/// A thing of a conflict.
pub fn piece(names: &Names<'_>, piece: &Piece) -> Text {
    match piece {
        Piece::Demand(asked) => demand(names, asked),
        Piece::Pin { application } => say("piece.pin", &[("application", Text::same(application))]),
        Piece::Quota { district } => say(
            "piece.quota",
            &[("district", names.district(district.as_str()))],
        ),
        Piece::Reserve { id } => say("piece.reserve", &[("key", names.reserve(id))]),
    }
}

/// What gives.
pub fn give(names: &Names<'_>, give: &Give) -> Text {
    match give {
        Give::Raise { district, by } => {
            let district = names.district(district.as_str());
            say(
                "give.raise",
                &[("district", district), ("by", Text::same(by))],
            )
        }
        Give::Ease { id, by } => {
            let holes = [("key", names.reserve(id)), ("by", Text::same(by))];
            say("give.ease", &holes)
        }
        Give::Drop { what } => say("give.drop", &[("piece", piece(names, what))]),
    }
}
