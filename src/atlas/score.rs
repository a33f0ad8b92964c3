//! Parts of the value of a site for a need, as plain numbers; weights turn them into points.
//!
//! Nearness of a site to a cluster with accuracy radius r at d metres: 10,000 bp for d <= r, then
//! falling on a straight line to 0 at R = max(3 r, 1000 m): 10,000 x (R - d) / (R - r), rounded down.
//! A cluster or a site without a position has no nearness.
//!
//! - `cluster_fit_bp`: the best nearness to a cluster that shares a field with the firm.
//! - `shared_fields`: the most fields that the firm shares with one cluster of any nearness.
//! - `field_affinity_bp`: these fields as a share of all fields of the firm, rounded down.
//! - `wish_rank`: 1 for the dearest wish.
//! - `anchor_metres`, `minutes`: to the nearest anchor by metres, to the quickest by minutes.
//!
//! Not here: weights and points (policy, planning).

use std::collections::BTreeSet;

use super::distance::{metres, whole};
use super::ground::Atlas;
use super::legs::{Column, Leg, column};
use super::need::Need;
use crate::domain::ids::ClusterId;
use crate::domain::place::{Cluster, Position};

/// A whole share in basis points.
const ALL_BP: u64 = 10_000;
/// Nearness never ends before so many metres.
const REACH_MIN_M: u64 = 1_000;

/// How near a site is to a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nearness {
    /// Index into the clusters of the ground.
    pub cluster: u32,
    /// 1 to 10,000.
    pub bp: u32,
}

/// Parts of the value of a site for a need.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SiteParts {
    /// How well the site lies in a cluster that suits the firm, 0 to 10,000.
    pub cluster_fit_bp: u32,
    /// Best share of the firm's fields that one cluster near the site has, 0 to 10,000.
    pub field_affinity_bp: u32,
    /// Number of fields behind `field_affinity_bp`.
    pub shared_fields: u32,
    /// Rank of the site among the wishes, 1 for the dearest.
    pub wish_rank: Option<u32>,
    /// Metres to the nearest anchor; `None` without anchors or position.
    pub anchor_metres: Option<u32>,
    /// Minutes to the quickest anchor; `None` without anchors or position.
    pub minutes: Option<u32>,
}

/// Clusters that a position is near.
pub fn nearness(position: Option<Position>, clusters: &[Cluster]) -> Vec<Nearness> {
    let Some(position) = position else {
        return Vec::new();
    };
    let near = clusters.iter().zip(0u32..).filter_map(|(cluster, n)| {
        let place = cluster.located.as_ref()?;
        let bp = nearness_bp(whole(metres(position, place.position)), place.accuracy_m);
        (bp > 0).then_some(Nearness { cluster: n, bp })
    });
    near.collect()
}

/// The formula of the header.
pub fn nearness_bp(metres: u32, radius: u32) -> u32 {
    let (d, r) = (u64::from(metres), u64::from(radius));
    let reach = (3 * r).max(REACH_MIN_M);
    let bp = match d {
        d if d <= r => ALL_BP,
        d if d >= reach => 0,
        d => ALL_BP * (reach - d) / (reach - r),
    };
    // At most 10,000.
    u32::try_from(bp).unwrap_or(0)
}

/// A need prepared for asking about many sites.
pub(super) struct Wishes<'a> {
    columns: Vec<std::borrow::Cow<'a, Column>>,
    /// Sites of the wishes in order.
    sites: Vec<Option<u32>>,
    /// Per cluster, the number of fields shared with the firm.
    shared: Vec<u32>,
    fields: u32,
}

impl<'a> Wishes<'a> {
    pub(super) fn new(atlas: &'a Atlas, need: &Need) -> Wishes<'a> {
        let fields: BTreeSet<&ClusterId> = need.fields.iter().collect();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let shared = |of: &Vec<ClusterId>| count(fields.iter().filter(|f| of.contains(f)).count());
        let leg_column = |anchor: &Position| match atlas.legs.get(*anchor) {
            Some(known) => std::borrow::Cow::Borrowed(known),
            None => std::borrow::Cow::Owned(column(&atlas.transit, &atlas.spots, *anchor)),
        };
        Wishes {
            columns: need.anchors.iter().map(leg_column).collect(),
            sites: need
                .site_wishes
                .iter()
                .map(|id| atlas.packed.sites.get(id).copied())
                .collect(),
            shared: atlas.cluster_fields.iter().map(shared).collect(),
            fields: count(fields.len()),
        }
    }

    /// Minutes to the quickest anchor.
    pub(super) fn minutes(&self, site: u32) -> Option<u32> {
        self.legs(site).map(|leg| leg.minutes).min()
    }

    pub(super) fn parts(&self, atlas: &Atlas, site: u32) -> SiteParts {
        let mut parts = SiteParts {
            wish_rank: self.wish_rank(site),
            anchor_metres: self.legs(site).map(|leg| leg.metres).min(),
            minutes: self.minutes(site),
            ..SiteParts::default()
        };
        let near = atlas.site_clusters.get(site as usize);
        for near in near.into_iter().flatten() {
            let shared = self.shared.get(near.cluster as usize).copied().unwrap_or(0);
            if shared > 0 {
                parts.cluster_fit_bp = parts.cluster_fit_bp.max(near.bp);
                parts.shared_fields = parts.shared_fields.max(shared);
            }
        }
        let share = u64::from(parts.shared_fields) * ALL_BP / u64::from(self.fields.max(1));
        parts.field_affinity_bp = u32::try_from(share).unwrap_or(0);
        parts
    }

    fn legs(&self, site: u32) -> impl Iterator<Item = Leg> {
        self.columns
            .iter()
            .filter_map(move |c| c.get(site as usize).copied().flatten())
    }

    fn wish_rank(&self, site: u32) -> Option<u32> {
        let at = self.sites.iter().position(|s| *s == Some(site))?;
        u32::try_from(at + 1).ok()
    }
}

impl Atlas {
    /// Parts of the value of a site for a need; all zero and `None` for an index that is no site.
    pub fn site_parts(&self, need: &Need, site: u32) -> SiteParts {
        Wishes::new(self, need).parts(self, site)
    }
}
