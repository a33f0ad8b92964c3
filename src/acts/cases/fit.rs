//! Which vacant units fit what a firm wants, and why each of the others does not: one reason each, the first hard rule
//! that it breaks. Nothing is stored.
//!
//! Not here: nearness to stations, groups let only together, neighbouring rooms taken as one (the plan sees to
//! them).

use super::precheck::{self, Told};
use super::{rules, today};
use crate::acts::vacancies::Vacancy;
use crate::acts::{Desk, freeze, rounds};
use crate::atlas::rules as hard;
use crate::domain::application::Application;
use crate::domain::area::Area;
use crate::domain::fault::Faults;
use crate::domain::place::DistrictCode;
use crate::domain::reason::HardRule;
use crate::domain::space::{Division, Unit};
use crate::policy::entitlement;

/// A unit with the first rule that it breaks; none where it fits.
#[derive(Debug, Clone)]
pub struct Looked<'v> {
    /// The unit.
    pub vacancy: &'v Vacancy,
    /// What keeps it from fitting.
    pub why: Option<HardRule>,
}

/// Looks at units for what is told, those that fit first; what is not vacant is left out. A round must be named.
///
/// # Errors
/// Those of the pre-check, AC018 without a round.
pub fn look<'v>(desk: &Desk, told: &Told, units: &'v [Vacancy]) -> Result<Vec<Looked<'v>>, Faults> {
    let Some(id) = &told.round else {
        let cause = "no round is named";
        return Err(crate::acts::refuse::unfit("round", cause, "name the round").into());
    };
    let (policy, round) = desk.store().read(|tx| {
        let procedure = rounds::procedure(tx, id)?;
        let (policy, _) = rules::of_round(tx, &procedure, id)?;
        Ok::<_, Faults>((policy, freeze::round_of(tx, id)?))
    })?;
    let firm = precheck::firm(told, today(desk))?;
    let application = precheck::application(desk, told, &firm, round.start)?;
    let limit = entitlement::of(&policy, &firm, application.use_);
    let most = application.area_max.min(limit.area_max);
    let least = entitlement::least(&policy, application.area_min);
    let need = precheck::need(
        &policy,
        (&application, &firm),
        &round,
        units.iter().map(|v| &v.unit),
    );
    let mut all: Vec<Looked<'v>> = units
        .iter()
        .filter(|v| v.vacant)
        .map(|vacancy| {
            let why = district(&application, &vacancy.district)
                .or_else(|| hard::unit_broken(&need, &vacancy.unit))
                .or_else(|| size(&vacancy.unit, least, most));
            Looked { vacancy, why }
        })
        .collect();
    all.sort_by_key(|l| l.why.is_some());
    Ok(all)
}

fn district(application: &Application, code: &str) -> Option<HardRule> {
    let wanted: &[DistrictCode] = &application.districts;
    let fine = wanted.is_empty() || wanted.iter().any(|d| d.as_str() == code);
    (!fine).then_some(HardRule::District)
}

fn size(unit: &Unit, least: Area, most: Area) -> Option<HardRule> {
    match unit.division {
        _ if unit.area < least => Some(HardRule::TooSmall),
        Division::Whole if unit.area > most => Some(HardRule::TooLarge),
        Division::Divisible { smallest_lot } if smallest_lot > most => Some(HardRule::SmallestLot),
        _ => None,
    }
}
