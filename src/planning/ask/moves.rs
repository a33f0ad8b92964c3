//! Who moves between the plan and the answer to a question, and what becomes of each quota.
//!
//! A firm moves when it holds other units than before, or gains or loses its place; other subsidy or
//! other apartments in the same units is a change, not a move.
//!
//! Not here: who may see which firm (`why::viewer`).

use std::collections::BTreeMap;

use serde::Serialize;

use super::footing::Footing;
use crate::domain::ids::ApplicationId;
use crate::domain::money::Fen;
use crate::domain::place::DistrictCode;
use crate::domain::points::Points;
use crate::planning::build::Case;
use crate::planning::lots::at;
use crate::planning::options::PlanOption;
use crate::solve::outcome::Choice;

/// What a firm holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Held {
    /// Units, `@` the area of a part, joined by `+`; `|subsidy` with subsidy.
    pub space: String,
    /// District of the site.
    pub district: DistrictCode,
    /// Subsidy of the year before any cut.
    pub subsidy: Fen,
    /// Apartments.
    pub apartments: u64,
}

/// How the lot of a firm changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// It gains a place.
    Placed,
    /// It loses its place.
    Lost,
    /// Other units.
    Moved,
    /// The same units, with other subsidy or apartments.
    Changed,
}

/// One firm whose lot changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Move {
    /// The application.
    pub application: ApplicationId,
    /// How.
    pub kind: Kind,
    /// In the plan.
    pub before: Option<Held>,
    /// In the answer.
    pub after: Option<Held>,
    /// Points of the answer less points of the plan.
    pub points: Points,
}

/// The quota of a district, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuotaUse {
    /// The district.
    pub district: DistrictCode,
    /// Subsidy in the plan, before any cut.
    pub before: Fen,
    /// Subsidy in the answer, before any cut.
    pub after: Fen,
}

struct Lot<'a> {
    option: &'a PlanOption,
    held: Held,
    worth: i64,
}

/// The firms whose lot differs between the plan and other choices of its instance, by application.
pub fn moves(footing: &Footing<'_>, after: &[Choice]) -> Vec<Move> {
    let (old, new) = (lots(footing, &footing.choices), lots(footing, after));
    let mut found = Vec::new();
    for case in &footing.built.cases {
        let key = case.application.as_str();
        let (a, b) = (old.get(key), new.get(key));
        let kind = match (a, b) {
            (None, None) => continue,
            (None, Some(_)) => Kind::Placed,
            (Some(_), None) => Kind::Lost,
            (Some(a), Some(b)) if a.option.units != b.option.units => Kind::Moved,
            (Some(a), Some(b)) if a.held != b.held => Kind::Changed,
            _ => continue,
        };
        let worth = |lot: Option<&Lot<'_>>| lot.map_or(0, |l| l.worth);
        found.push(Move {
            application: case.application.clone(),
            kind,
            before: a.map(|l| l.held.clone()),
            after: b.map(|l| l.held.clone()),
            points: Points(worth(b).saturating_sub(worth(a))),
        });
    }
    found
}

/// The quotas of which the use differs, by district.
pub fn quotas(moves: &[Move]) -> Vec<QuotaUse> {
    let mut sums: BTreeMap<&DistrictCode, (i64, i64)> = BTreeMap::new();
    for m in moves {
        for (held, after) in [(&m.before, false), (&m.after, true)] {
            let Some(held) = held else { continue };
            let sum = sums.entry(&held.district).or_default();
            let side = if after { &mut sum.1 } else { &mut sum.0 };
            *side = side.saturating_add(held.subsidy.0);
        }
    }
    let differing = sums.into_iter().filter(|(_, (a, b))| a != b);
    differing
        .map(|(district, (before, after))| QuotaUse {
            district: district.clone(),
            before: Fen(before),
            after: Fen(after),
        })
        .collect()
}

/// What an option with so many apartments is, for people.
pub fn held(footing: &Footing<'_>, option: &PlanOption, apartments: i64) -> Option<Held> {
    let site = footing.snapshot.inventory.sites.get(at(option.site))?;
    Some(Held {
        space: option.id.clone(),
        district: site.district.clone(),
        subsidy: option.subsidy.as_ref().map_or(Fen::ZERO, |s| s.computed),
        apartments: u64::try_from(apartments).unwrap_or(0),
    })
}

fn lots<'a>(footing: &'a Footing<'_>, choices: &'a [Choice]) -> BTreeMap<&'a str, Lot<'a>> {
    let lot = |choice: &'a Choice| {
        let case: &Case = footing.case(&choice.agent).ok()?;
        let (_, agent) = footing.agent(case)?;
        let wanted = choice.option.as_ref()?;
        let place = case.options.iter().position(|o| o.id == *wanted)?;
        let option = case.options.get(place)?;
        let counts = choice
            .lodging
            .iter()
            .map(|d| d.iter().map(|(_, n)| *n).sum::<i64>());
        let counts: Vec<i64> = counts.collect();
        let homes = agent.lodging.iter().zip(&counts);
        let worth = homes.fold(
            option.value.0.saturating_add(option.kept.0),
            |sum, (d, n)| sum.saturating_add(d.value.saturating_mul(*n)),
        );
        let held = held(footing, option, counts.iter().sum())?;
        Some((
            choice.agent.as_str(),
            Lot {
                option,
                held,
                worth,
            },
        ))
    };
    choices.iter().filter_map(lot).collect()
}
