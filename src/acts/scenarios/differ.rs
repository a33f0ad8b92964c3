//! Who gains and who loses between two plans of a round, and where: for the map and the list of a comparison.
//!
//! Not here: the figures side by side (`compare`).

use std::collections::BTreeMap;

use serde::Serialize;

use crate::acts::act::Owner;
use crate::acts::powers::tasks::SEE_SCENARIO;
use crate::acts::words::Text;
use crate::acts::{Desk, stored};
use crate::domain::fault::Faults;
use crate::domain::ids::ApplicationId;
use crate::domain::place::Located;
use crate::domain::plan::{Award, Plan};
use crate::domain::points::Points;
use crate::domain::snapshot::Snapshot;

/// What an application holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Held {
    /// Key of the site.
    pub site: String,
    /// Its name.
    pub place: Text,
    /// Units.
    pub units: Vec<String>,
    /// Points.
    pub points: Points,
}

/// One application whose lot differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The application.
    pub application: ApplicationId,
    /// Its firm.
    pub firm: Text,
    /// In the first plan.
    pub before: Option<Held>,
    /// In the second.
    pub after: Option<Held>,
}

impl Difference {
    /// `placed`, `lost`, `moved`, or `changed` in the same units.
    pub fn kind(&self) -> &'static str {
        match (&self.before, &self.after) {
            (None, _) => "placed",
            (_, None) => "lost",
            (Some(a), Some(b)) if a.units != b.units => "moved",
            _ => "changed",
        }
    }

    /// Points of the second less those of the first.
    pub fn more(&self) -> Points {
        let points = |h: &Option<Held>| h.as_ref().map_or(0, |h| h.points.0);
        Points(points(&self.after).saturating_sub(points(&self.before)))
    }
}

/// A site of which the use differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Site {
    /// Key.
    pub key: String,
    /// Name.
    pub name: Text,
    /// District.
    pub district: String,
    /// Where.
    pub located: Option<Located>,
    /// How many come to it.
    pub gain: u32,
    /// How many leave it.
    pub lose: u32,
}

/// The differences of two plans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Differences {
    /// Applications, those that lose first.
    pub firms: Vec<Difference>,
    /// Sites, by key.
    pub sites: Vec<Site>,
}

/// The differences of two stored plans. AC013.
pub fn differences(desk: &Desk, before: &str, after: &str) -> Result<Differences, Faults> {
    desk.look(&SEE_SCENARIO, |tx| {
        let (one, two) = (stored::plan(tx, before)?, stored::plan(tx, after)?);
        let snapshot = stored::snapshot(tx, &one.snapshot)?;
        Ok((Owner::city(), of(&snapshot, &one, &two)))
    })
}

/// The differences of two plans of one inventory.
pub fn of(snapshot: &Snapshot, one: &Plan, two: &Plan) -> Differences {
    let mut firms: Vec<Difference> = Vec::new();
    for application in &snapshot.applications {
        let held = |plan: &Plan| {
            let award = plan.awards.iter().find(|a| a.application == application.id);
            award.map(|a| held(snapshot, a))
        };
        let (a, b) = (held(one), held(two));
        if a == b {
            continue;
        }
        let firm = snapshot.firms.iter().find(|f| f.id == application.firm);
        firms.push(Difference {
            application: application.id.clone(),
            firm: firm.map_or_else(
                || Text::same(application.id.to_string()),
                |f| Text::names(&f.name_zh, &f.name_en),
            ),
            before: a,
            after: b,
        });
    }
    firms.sort_by_key(|d| (d.more(), d.application.clone()));
    let sites = sites(snapshot, &firms);
    Differences { firms, sites }
}

fn held(snapshot: &Snapshot, award: &Award) -> Held {
    let site = snapshot.inventory.sites.iter().find(|s| s.id == award.site);
    let space = award.score.iter().map(|p| p.points.0);
    let homes = award.apartments.iter().map(|a| a.points.0);
    Held {
        site: award.site.to_string(),
        place: site.map_or_else(
            || Text::same(award.site.to_string()),
            |s| Text::names(&s.name_zh, &s.name_en),
        ),
        units: award.units.iter().map(|g| g.unit.to_string()).collect(),
        points: Points(space.chain(homes).fold(0, i64::saturating_add)),
    }
}

/// Sites that somebody comes to or leaves.
fn sites(snapshot: &Snapshot, firms: &[Difference]) -> Vec<Site> {
    let mut counts: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for d in firms.iter().filter(|d| d.kind() != "changed") {
        if let Some(held) = &d.after {
            counts.entry(&held.site).or_default().0 += 1;
        }
        if let Some(held) = &d.before {
            counts.entry(&held.site).or_default().1 += 1;
        }
    }
    let site = |(key, (gain, lose)): (&str, (u32, u32))| {
        let found = snapshot
            .inventory
            .sites
            .iter()
            .find(|s| s.id.as_str() == key)?;
        Some(Site {
            key: key.to_owned(),
            name: Text::names(&found.name_zh, &found.name_en),
            district: found.district.to_string(),
            located: found.located.clone(),
            gain,
            lose,
        })
    };
    counts.into_iter().filter_map(site).collect()
}
