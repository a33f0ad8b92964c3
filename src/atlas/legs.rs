//! Legs: metres and minutes from every site to an anchor. Anchors are metro stations as a rule, so
//! the legs to all stations are computed once; any other anchor costs one column when asked for.
//!
//! Not here: which anchor counts (the nearest, `score`).

use std::collections::BTreeMap;

use super::distance::{metres, whole};
use super::ground::Spot;
use super::transit::Transit;
use crate::domain::place::Position;

/// From one site to one anchor; `None` of a leg means that the site has no position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leg {
    /// Straight-line metres.
    pub metres: u32,
    /// Door-to-door minutes.
    pub minutes: u32,
}

/// One leg per site.
pub type Column = Vec<Option<Leg>>;

/// Columns by anchor.
#[derive(Debug, Clone, Default)]
pub struct Legs(BTreeMap<Position, Column>);

impl Legs {
    /// The columns of all stations.
    pub fn new(transit: &Transit, spots: &[Option<Spot>], anchors: &[Position]) -> Legs {
        Legs(
            anchors
                .iter()
                .map(|a| (*a, column(transit, spots, *a)))
                .collect(),
        )
    }

    /// The prepared column of an anchor.
    pub fn get(&self, anchor: Position) -> Option<&Column> {
        self.0.get(&anchor)
    }
}

/// Legs from every site to an anchor.
pub fn column(transit: &Transit, spots: &[Option<Spot>], anchor: Position) -> Column {
    let access = transit.access(anchor);
    let leg = |spot: &Spot| {
        let length = metres(spot.position, anchor);
        Leg {
            metres: whole(length),
            minutes: transit.between(&spot.access, &access, length),
        }
    };
    spots.iter().map(|s| s.as_ref().map(leg)).collect()
}
