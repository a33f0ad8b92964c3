//! What would have to give for a conflict to end: a quota raised by the least amount, a reserve eased by
//! the least area, or a demand or pin given up. Each is tried: the conflict ends, and whether with it
//! everything else can hold too.
//!
//! Not here: the set (`find`).

use std::collections::BTreeSet;

use serde::Serialize;

use super::find::{Holds, Judge};
use super::piece::Piece;
use crate::domain::area::Area;
use crate::domain::fault::Faults;
use crate::domain::money::Fen;
use crate::domain::place::DistrictCode;

/// One thing that gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "give")]
pub enum Give {
    /// The quota of a district is raised by this much: the least that is enough.
    Raise {
        /// District.
        district: DistrictCode,
        /// How much more.
        by: Fen,
    },
    /// Firms that are not small may take this much more: the least that is enough.
    Ease {
        /// Reserve.
        id: String,
        /// How much more.
        by: Area,
    },
    /// A demand or pin is given up.
    Drop {
        /// Which.
        what: Piece,
    },
}

/// One way out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Relaxation {
    /// What gives.
    pub give: Give,
    /// True when it is proven that then everything asked for can hold; false when another conflict
    /// remains or may remain.
    pub enough: bool,
}

/// The ways out of a conflict, in the order of its pieces.
pub(super) fn relaxations(
    judge: &Judge<'_, '_>,
    all: &BTreeSet<usize>,
    set: &BTreeSet<usize>,
) -> Result<Vec<Relaxation>, Faults> {
    let mut ways = Vec::new();
    for n in set {
        let Some(piece) = judge.board.pieces.get(*n) else {
            continue;
        };
        let mut rest = all.clone();
        rest.remove(n);
        match judge.board.resource(*n) {
            None => ways.push(Relaxation {
                give: Give::Drop {
                    what: piece.clone(),
                },
                enough: judge.holds(&rest)? == Holds::Yes,
            }),
            Some(limit) => {
                let mut without = set.clone();
                without.remove(n);
                let least = judge.least(&without, limit)?;
                let by = least.map(|l| l.saturating_sub(judge.board.capacity(limit)));
                let whole = judge.least(&rest, limit)?;
                if let Some((by, give)) = by.and_then(|by| Some((by, give(piece, by)?))) {
                    let needed = judge.board.capacity(limit).saturating_add(by);
                    let enough = whole.is_some_and(|w| w <= needed);
                    ways.push(Relaxation { give, enough });
                }
            }
        }
    }
    Ok(ways)
}

fn give(piece: &Piece, by: i64) -> Option<Give> {
    match piece {
        Piece::Quota { district } => Some(Give::Raise {
            district: district.clone(),
            by: Fen(by),
        }),
        Piece::Reserve { id } => Some(Give::Ease {
            id: id.clone(),
            by: Area(by),
        }),
        Piece::Demand(_) | Piece::Pin { .. } => None,
    }
}
