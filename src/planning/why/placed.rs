//! A placed firm: why here (parts of its score), what was given up against its first wish and against its
//! worthiest option, and who would have to give way for those.
//!
//! Not here: what it would cost all others (`foil`).

use std::collections::BTreeMap;

use serde::Serialize;

use super::priced::{self, Named, displaced, lacking};
use super::viewer::{Crowd, Viewer, crowd};
use crate::atlas::Sieve;
use crate::domain::ids::SiteId;
use crate::domain::plan::ScorePart;
use crate::domain::points::Points;
use crate::domain::reason::LeftOut;
use crate::planning::ask::footing::Footing;
use crate::planning::build::Case;
use crate::planning::facts::Facts;
use crate::planning::lots::{at, count};
use crate::planning::options::Applicant;
use crate::planning::score;

/// An option that the firm did not get although it is worth more to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Better {
    /// Units, as in `priced`.
    pub option: String,
    /// By how many points it is worth more than what the firm has, apartments left out of both.
    pub more: Points,
    /// What of it is not free.
    pub lacking: Vec<Named>,
    /// Who would have to give way; `None` when no others giving way would be enough.
    pub displaced: Option<Crowd>,
}

/// What became of the first wish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "wish")]
pub enum FirstWish {
    /// The firm named none.
    NoneNamed,
    /// It is there.
    Met,
    /// It has an option there, and it is taken by others or worth less.
    Option(OptionThere),
    /// It has no option there: units of the site by the first hard rule that each breaks.
    NothingFits {
        /// The site.
        site: SiteId,
        /// Units by rule.
        left_out: LeftOut,
    },
}

/// The worthiest option at the first wish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OptionThere {
    /// The site.
    pub site: SiteId,
    /// Its points less those of what the firm has, apartments left out of both; may be negative.
    pub points: Points,
    /// The option, with what is not free of it.
    pub option: Better,
}

/// Why a firm is where it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Placed {
    /// What it has.
    pub option: String,
    /// Parts of the score of the space.
    pub score: Vec<ScorePart>,
    /// Points of the apartments.
    pub apartments: Points,
    /// Apartments granted.
    pub granted: u64,
    /// Apartments asked for.
    pub asked: u64,
    /// How many of its options are worth more to it.
    pub better: u64,
    /// The first wish.
    pub first_wish: FirstWish,
    /// The worthiest option, when it is worth more than what the firm has.
    pub best: Option<Better>,
}

/// The reason of a placed case; `None` when it is not placed.
pub fn placed(
    facts: &Facts<'_>,
    footing: &Footing<'_>,
    viewer: &Viewer,
    case: &Case,
) -> Option<Placed> {
    let (n, agent) = footing.agent(case)?;
    let chosen = footing.taken(n)?;
    let option = case.options.get(at(chosen.option))?;
    let spaces = option.value.0.saturating_add(option.kept.0);
    let granted: i64 = chosen.lodging.iter().flatten().map(|(_, n)| *n).sum();
    let kept: i64 = case.kept.iter().map(|g| i64::from(g.count)).sum();
    let asked: i64 = agent.lodging.iter().map(|d| d.need).sum();
    let whole = |n: i64| u64::try_from(n).unwrap_or(0);
    let value = |o: usize| agent.options.get(o).map_or(0, |o| o.value);
    let better = (0..case.options.len()).filter(|o| value(*o) > spaces);
    let best = better.clone().min_by_key(|o| (-value(*o), *o));
    Some(Placed {
        option: option.id.clone(),
        score: score::named(&option.score),
        apartments: Points(
            (footing.worth(n))
                .saturating_sub(spaces)
                .saturating_add(option.kept.0),
        ),
        granted: whole(granted + kept),
        asked: whole(asked + kept),
        better: whole(i64::try_from(better.count()).unwrap_or(0)),
        first_wish: first_wish(facts, footing, viewer, case),
        best: best.and_then(|o| one(footing, viewer, case, (n, o, spaces))),
    })
}

fn one(
    footing: &Footing<'_>,
    viewer: &Viewer,
    case: &Case,
    (n, o, has): (usize, usize, i64),
) -> Option<Better> {
    let option = case.options.get(o)?;
    let out = displaced(footing, n, o);
    let out = out.map(|agents| {
        let cases = agents.iter().filter_map(|a| footing.case_of(*a));
        crowd(footing.snapshot, viewer, cases.map(|c| &c.application))
    });
    let worth = option.value.0.saturating_add(option.kept.0);
    Some(Better {
        option: option.id.clone(),
        more: Points(worth.saturating_sub(has)),
        lacking: (lacking(footing, n, o).iter())
            .filter_map(|(r, _)| priced::named(footing, *r))
            .collect(),
        displaced: out,
    })
}

fn first_wish(facts: &Facts<'_>, footing: &Footing<'_>, viewer: &Viewer, case: &Case) -> FirstWish {
    let nothing = FirstWish::NoneNamed;
    let applications = &footing.snapshot.applications;
    let place = applications.binary_search_by(|a| a.id.cmp(&case.application));
    let Some(application) = place.ok().and_then(|n| applications.get(n)) else {
        return nothing;
    };
    let Some(wish) = application.site_wishes.first() else {
        return nothing;
    };
    let sites = &footing.snapshot.inventory.sites;
    let Some(site) = sites.iter().position(|s| s.id == *wish).map(count) else {
        return nothing;
    };
    let Some((n, chosen)) = footing
        .agent(case)
        .and_then(|(n, _)| Some((n, footing.taken(n)?)))
    else {
        return nothing;
    };
    let Some(has) = case.options.get(at(chosen.option)) else {
        return nothing;
    };
    if has.site == site {
        return FirstWish::Met;
    }
    let there = case.options.iter().position(|o| o.site == site);
    let spaces = has.value.0.saturating_add(has.kept.0);
    if let Some(option) = there.and_then(|o| one(footing, viewer, case, (n, o, spaces))) {
        let (site, points) = (wish.clone(), option.more);
        return FirstWish::Option(OptionThere {
            site,
            points,
            option,
        });
    }
    let Ok(applicant) = Applicant::of(facts, application) else {
        return nothing;
    };
    FirstWish::NothingFits {
        site: wish.clone(),
        left_out: at_site(facts, &applicant, &facts.atlas.sieve(&applicant.need), site),
    }
}

/// Units of a site by the first hard rule that each breaks by itself; a unit that passes all of them is
/// of the wrong area, alone and with its neighbours.
fn at_site(facts: &Facts<'_>, applicant: &Applicant<'_>, sieve: &Sieve<'_>, site: u32) -> LeftOut {
    let mut counted: LeftOut = BTreeMap::new();
    for (unit, of) in facts.lots.site_of_unit.iter().enumerate() {
        if *of != site {
            continue;
        }
        let unit = count(unit);
        let lot = facts.lots.lot_of(unit).and_then(|l| facts.lots.lot(l));
        let by_area = || lot.map(|l| crate::planning::left_out::by_area(l, applicant.limits));
        if let Some(rule) = sieve.why(unit).or_else(by_area) {
            *counted.entry(rule).or_default() += 1;
        }
    }
    counted
}
