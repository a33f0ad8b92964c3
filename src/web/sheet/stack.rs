//! Stack plans: a building as bars, one for each floor from the top down, each bar cut into what is let on
//! it, in proportion to its area.
//!
//! Not here: what is let (`acts`).

use crate::domain::area::Area;
use crate::web::format;

/// A piece of a floor.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Room.
    pub label: String,
    /// Area in 0.01 m2.
    pub area: i64,
    /// Class: `vacant`, `part`, `full` or `chosen`.
    pub class: &'static str,
    /// What it is, in words.
    pub text: String,
    /// Key of the unit, for scripts; may be empty.
    pub unit: String,
    /// Where it leads; empty for nowhere.
    pub href: String,
}

impl Piece {
    /// Its area in square metres.
    pub fn size(&self) -> String {
        format::metres(Area(self.area))
    }
}

/// A floor.
#[derive(Debug, Clone)]
pub struct Level {
    /// Its name.
    pub label: String,
    /// Pieces from left to right.
    pub pieces: Vec<Piece>,
}

/// A building.
#[derive(Debug, Clone)]
pub struct Stack {
    /// Its name.
    pub title: String,
    /// What can be seen, in words.
    pub text: String,
    /// Floors from the top down.
    pub levels: Vec<Level>,
}

/// Height of a floor.
const FLOOR: usize = 30;

impl Stack {
    /// True when its pieces lead somewhere: then it is no mere picture.
    pub fn leads(&self) -> bool {
        let pieces = self.levels.iter().flat_map(|l| &l.pieces);
        pieces.into_iter().any(|p| !p.href.is_empty())
    }

    /// Height of the picture.
    pub fn height(&self) -> usize {
        self.levels.len() * FLOOR + 2
    }

    /// True when a piece stands out.
    pub fn has_chosen(&self) -> bool {
        let mut all = self.levels.iter().flat_map(|l| &l.pieces);
        all.any(|p| p.class == "chosen")
    }

    /// Where a floor begins.
    pub fn top(&self, n: &usize) -> usize {
        n * FLOOR + 1
    }

    /// Pieces of a floor with where they begin and how long they are, of 1000 for the largest floor.
    pub fn drawn<'a>(&self, level: &'a Level) -> Vec<(i64, i64, &'a Piece)> {
        let whole = |l: &Level| l.pieces.iter().map(|p| p.area).sum::<i64>();
        let widest = self.levels.iter().map(whole).max().unwrap_or(1).max(1);
        let mut at = 0;
        let draw = |piece: &'a Piece| {
            let from = at;
            let long = i128::from(piece.area) * 880 / i128::from(widest);
            let long = i64::try_from(long).unwrap_or(880).max(2);
            at += long;
            (from + 110, long, piece)
        };
        level.pieces.iter().map(draw).collect()
    }
}
