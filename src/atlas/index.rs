//! Spatial index: an rstar tree over earth-centred points, asked in geodesic order.
//!
//! The tree delivers by rising chord, a lower bound of the geodesic; a search ends as soon as the
//! chord alone exceeds what is already in hand. So answers are exact everywhere on the globe.
//!
//! Not here: what the numbers of the points mean.

use rstar::RTree;
use rstar::primitives::GeomWithData;

use super::distance::{earth_centred, metres};
use crate::domain::place::Position;

type Leaf = GeomWithData<[f64; 3], (u32, Position)>;

/// Slack in metres between chords and geodesics that rounding could need.
const SLACK: f64 = 1e-3;

/// Numbered points.
#[derive(Debug, Clone)]
pub struct Points {
    tree: RTree<Leaf>,
}

impl Points {
    /// An index over `(number, position)`.
    pub fn new(points: impl IntoIterator<Item = (u32, Position)>) -> Points {
        let leaves = points
            .into_iter()
            .map(|(n, p)| Leaf::new(earth_centred(p), (n, p)))
            .collect();
        Points {
            tree: RTree::bulk_load(leaves),
        }
    }

    /// How many points.
    pub fn len(&self) -> usize {
        self.tree.size()
    }

    /// True when there is no point.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The `k` nearest with their metres, by distance and then by number.
    pub fn nearest(&self, from: Position, k: usize) -> Vec<(u32, f64)> {
        if k == 0 {
            return Vec::new();
        }
        let mut found: Vec<(u32, f64)> = Vec::new();
        let mut worst = f64::INFINITY;
        for (leaf, chord2) in self
            .tree
            .nearest_neighbor_iter_with_distance_2(&earth_centred(from))
        {
            if chord2.sqrt() > worst + SLACK {
                break;
            }
            found.push((leaf.data.0, metres(from, leaf.data.1)));
            if found.len() >= k.saturating_mul(2) || found.len() == k {
                order(&mut found);
                found.truncate(k);
                worst = found.last().map_or(worst, |f| f.1);
            }
        }
        order(&mut found);
        found.truncate(k);
        found
    }

    /// All within so many metres, by distance and then by number.
    pub fn within(&self, from: Position, limit: f64) -> Vec<(u32, f64)> {
        let reach = limit.max(0.0) + SLACK;
        let mut found: Vec<(u32, f64)> = self
            .tree
            .locate_within_distance(earth_centred(from), reach * reach)
            .map(|leaf| (leaf.data.0, metres(from, leaf.data.1)))
            .filter(|(_, d)| *d <= limit)
            .collect();
        order(&mut found);
        found
    }
}

fn order(found: &mut [(u32, f64)]) {
    found.sort_unstable_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
}
