//! Housing near a site: by metres or by door-to-door minutes.
//!
//! A project on the site itself is near even when the site has no position. Otherwise a site or a
//! project without a position is near nothing.
//!
//! Not here: apartments and who may have them; "same park first" (policy, planning).

use super::candidates::in_parallel;
use super::distance::{chord, earth_centred, metres, whole};
use super::ground::{Atlas, Spot};

/// A housing project near a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NearProject {
    /// Index into the projects of the inventory.
    pub project: u32,
    /// Straight-line metres.
    pub metres: u32,
    /// Door-to-door minutes.
    pub minutes: u32,
}

impl Atlas {
    /// Projects within so many metres or so many minutes of a site, by minutes, metres and index.
    pub fn projects_near(&self, site: u32, metres: u32, minutes: u32) -> Vec<NearProject> {
        let here = self.spot(site);
        let mut found: Vec<NearProject> = self
            .packed
            .project_sites
            .iter()
            .zip(0u32..)
            .filter_map(|(at, project)| {
                if *at == site {
                    return Some(NearProject {
                        project,
                        metres: 0,
                        minutes: 0,
                    });
                }
                self.near(here?, self.spot(*at)?, (metres, minutes), project)
            })
            .collect();
        found.sort_unstable_by_key(|p| (p.minutes, p.metres, p.project));
        found
    }

    /// The same for every site of the inventory, in its order.
    pub fn all_projects_near(
        &self,
        metres: u32,
        minutes: u32,
        threads: usize,
    ) -> Vec<Vec<NearProject>> {
        in_parallel(self.spots.len(), threads, |site| {
            u32::try_from(site)
                .map(|s| self.projects_near(s, metres, minutes))
                .unwrap_or_default()
        })
    }

    fn near(&self, a: &Spot, b: &Spot, limit: (u32, u32), project: u32) -> Option<NearProject> {
        // A chord is shorter than the geodesic: what is too far along it is too far.
        let least = (chord(earth_centred(a.position), earth_centred(b.position)) - 1e-3).max(0.0);
        let walk_or_ride = self.transit.between(&a.access, &b.access, least);
        if least > f64::from(limit.0) + 0.5 && walk_or_ride > limit.1 {
            return None;
        }
        let length = metres(a.position, b.position);
        let found = NearProject {
            project,
            metres: whole(length),
            minutes: self.transit.between(&a.access, &b.access, length),
        };
        (found.metres <= limit.0 || found.minutes <= limit.1).then_some(found)
    }
}
