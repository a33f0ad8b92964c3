//! Score of an option: the parts of the policy's weights, none negative. The worth of an option is
//! their sum; apartments are worth points of their own. A plan names the parts that are not zero.
//!
//! Not here: the weights and the formula of each part (`policy::weights`).

use crate::atlas::SiteParts;
use crate::domain::application::Application;
use crate::domain::area::Area;
use crate::domain::fault::Fault;
use crate::domain::firm::Firm;
use crate::domain::money::Fen;
use crate::domain::plan::ScorePart;
use crate::domain::points::Points;
use crate::policy::weights::{self, PARTS, Weights};

/// Points of each part, in the order of [`PARTS`].
pub type Score = [Points; PARTS.len()];

/// The parts for an area at a site, with the subsidy of the budget year.
pub fn parts(
    weights: &Weights,
    (application, firm): (&Application, &Firm),
    (area, subsidy): (Area, Fen),
    site: &SiteParts,
) -> Result<Score, Fault> {
    weights.parts(&weights::Facts {
        area,
        wish: (application.area_min, application.area_max),
        cluster_fit_bp: site.cluster_fit_bp,
        field_affinity_bp: site.field_affinity_bp,
        // The atlas counts wishes from 1, the weights from 0.
        wish_rank: site.wish_rank.map(|rank| rank.saturating_sub(1)),
        minutes: site.minutes,
        credentials: &firm.credentials,
        subsidy,
    })
}

/// Sum of the parts, or DM130.
pub fn sum(score: &Score) -> Result<Points, Fault> {
    Points::sum(score.iter().copied())
}

/// The parts that are not zero, with their names.
pub fn named(score: &Score) -> Vec<ScorePart> {
    let named = PARTS.iter().zip(score);
    named
        .filter(|(_, points)| **points != Points::ZERO)
        .map(|(name, points)| ScorePart {
            name: (*name).to_owned(),
            points: *points,
        })
        .collect()
}
