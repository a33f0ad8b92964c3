//! What a placed application gets, as shown.
//!
//! Not here: whether the award is lawful (`planning::check`).

use crate::acts::words::{self, Text};
use crate::domain::application::Application;
use crate::domain::area::Area;
use crate::domain::money::Fen;
use crate::domain::plan::{Award, UnitGrant};
use crate::domain::points::Points;

use super::board::{LetApartment, LetUnit, Mark, Part, Placement, Subsidy};
use super::index::Index;

/// The placement of an application.
pub(super) fn placement(ask: &Application, award: &Award, index: &Index<'_>) -> Placement {
    let site = index.sites.get(award.site.as_str());
    let apartments = apartments(award, index);
    let score = parts(award, &apartments);
    let wish = ask.site_wishes.iter().position(|w| *w == award.site);
    Placement {
        site: index.link(&award.site),
        district: site.map(|s| s.district.clone()),
        district_name: site
            .map(|s| index.district(&s.district))
            .unwrap_or_default(),
        wish: wish.map(|n| n + 1),
        units: (award.units.iter()).map(|u| unit(u, index)).collect(),
        area: Area((award.units.iter()).fold(0, |sum, u| sum.saturating_add(u.area.0))),
        monthly_rent: Fen(
            (award.units.iter()).fold(0, |sum, u| sum.saturating_add(u.monthly_rent.0))
        ),
        from: award.lease.from(),
        until: award.lease.until(),
        subsidy: award.subsidy.as_ref().map(|s| Subsidy {
            district: s.district.clone(),
            year: s.year,
            rule: s.rule.clone(),
            computed: s.computed,
            awarded: s.awarded,
        }),
        apartments,
        minutes: award.minutes,
        worth: Points(
            score
                .iter()
                .fold(0, |sum, p| sum.saturating_add(p.points.0)),
        ),
        score,
    }
}

fn unit(grant: &UnitGrant, index: &Index<'_>) -> LetUnit {
    let found = index.units.get(grant.unit.as_str());
    LetUnit {
        unit: grant.unit.to_string(),
        place: found.map_or_else(|| Text::same(grant.unit.as_str()), |u| index.place_of(u)),
        area: grant.area,
        whole: found.map_or(grant.area, |u| u.area),
        monthly_rent: grant.monthly_rent,
    }
}

fn apartments(award: &Award, index: &Index<'_>) -> Vec<LetApartment> {
    (award.apartments.iter())
        .filter_map(|grant| {
            let kind = index.apartments.get(grant.apartment.as_str())?;
            let project = index.projects.get(kind.project.as_str())?;
            Some(LetApartment {
                site: index.link(&project.site),
                layout: words::layout(kind.layout),
                household: words::household(grant.household),
                count: grant.count,
                points: grant.points,
            })
        })
        .collect()
}

fn parts(award: &Award, apartments: &[LetApartment]) -> Vec<Part> {
    let mut parts: Vec<Part> = (award.score.iter())
        .map(|part| Part {
            name: part.name.clone(),
            label: words::score_part(&part.name),
            points: part.points,
        })
        .collect();
    if !apartments.is_empty() {
        let points = apartments
            .iter()
            .fold(0_i64, |sum, a| sum.saturating_add(a.points.0));
        parts.push(Part {
            name: "apartments".to_owned(),
            label: words::score_part("apartments"),
            points: Points(points),
        });
    }
    parts
}

/// Marks that follow from what the application was given.
pub(super) fn marks(application: &Application, index: &Index<'_>) -> Vec<Mark> {
    let Some(award) = index.awards.get(application.id.as_str()) else {
        return Vec::new();
    };
    let units = (award.units.iter()).filter_map(|u| index.units.get(u.unit.as_str()));
    let rent_assumed = units
        .filter_map(|u| u.rent.as_ref())
        .any(|r| r.evidence.is_marked());
    let kinds =
        (award.apartments.iter()).filter_map(|a| index.apartments.get(a.apartment.as_str()));
    let count_assumed = kinds.into_iter().any(|k| k.count_evidence.is_marked());
    [
        (rent_assumed, Mark::AssumedRent),
        (count_assumed, Mark::AssumedCount),
    ]
    .into_iter()
    .filter_map(|(holds, mark)| holds.then_some(mark))
    .collect()
}
