//! The smallest change of an application that opens an option, where it has none.
//!
//! Each limit of the application is loosened by itself to the next value at which an option appears;
//! when none is enough alone, all are loosened, then tightened again one by one as far as the option
//! stays, so that none of the loosened limits could be kept. Every change named was tried: the options
//! of the changed application were made by the same rules as for the plan, and there is one.
//! Loosening a limit never closes an option, so the smallest value is found by halving.
//!
//! Not here: changes of the policy or of the space.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::application::Application;
use crate::domain::area::Area;
use crate::domain::fault::Fault;
use crate::domain::money::Rate;
use crate::domain::place::DistrictCode;
use crate::domain::space::{Hazard, Technical, Unit, Use};
use crate::planning::facts::Facts;
use crate::planning::lots::at;
use crate::planning::options::{self, Applicant};
use crate::planning::resources::Resources;

/// One limit, loosened to a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "limit", content = "to")]
pub enum Ask {
    /// Smallest acceptable area.
    AreaMin(Area),
    /// Largest area wanted.
    AreaMax(Area),
    /// Highest rent per m2 and month.
    RentCap(Rate),
    /// Longest minutes.
    Minutes(u32),
    /// One more acceptable district.
    District(DistrictCode),
    /// Any district.
    AnyDistrict,
    /// Latest start.
    Start(NaiveDate),
    /// Another use.
    Use(Use),
    /// Floor load in kg/m2.
    FloorLoad(u32),
    /// Clear height in mm.
    ClearHeight(u32),
    /// Power in ampere.
    Power(u32),
    /// No gas.
    Gas,
    /// No clean water.
    CleanWater,
    /// A lower hazard class.
    Hazard(Hazard),
}

/// A way to an option: all of these together; none of them can be left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Way {
    /// The changes.
    pub asks: Vec<Ask>,
    /// Options that it opens.
    pub options: u64,
}

/// The ways of an eligible application without options: each single change that suffices, else at most
/// one of several changes, else none.
pub fn ways(
    facts: &Facts<'_>,
    resources: &Resources,
    application: &Application,
) -> Result<Vec<Way>, Fault> {
    let ladder = Ladder::of(facts, application);
    let trial = Trial { facts, resources };
    let mut ways = Vec::new();
    for steps in &ladder.limits {
        if let Some((ask, options)) = trial.least(application, steps)? {
            let asks = vec![ask];
            ways.push(Way { asks, options });
        }
    }
    for district in ladder.districts(application) {
        let ask = Ask::District(district);
        let options = trial.options(&changed(application, &ask))?;
        if options > 0 {
            let asks = vec![ask];
            ways.push(Way { asks, options });
        }
    }
    if ways.is_empty() {
        ways.extend(trial.together(application, &ladder)?);
    }
    Ok(ways)
}

/// The application with one limit loosened.
pub fn changed(application: &Application, ask: &Ask) -> Application {
    let mut new = application.clone();
    match ask {
        Ask::AreaMin(area) => new.area_min = *area,
        Ask::AreaMax(area) => new.area_max = *area,
        Ask::RentCap(rate) => new.rent_cap = Some(*rate),
        Ask::Minutes(minutes) => new.max_minutes = Some(*minutes),
        Ask::District(code) => new.districts.push(code.clone()),
        Ask::AnyDistrict => new.districts.clear(),
        Ask::Start(day) => new.start_until = *day,
        Ask::Use(use_) => new.use_ = *use_,
        Ask::FloorLoad(n) => new.needs.floor_load_kg_m2 = Some(*n),
        Ask::ClearHeight(n) => new.needs.clear_height_mm = Some(*n),
        Ask::Power(n) => new.needs.power_a = Some(*n),
        Ask::Gas => new.needs.gas = None,
        Ask::CleanWater => new.needs.clean_water = None,
        Ask::Hazard(class) => new.needs.hazard = Some(*class),
    }
    new
}

/// Steps of one limit: the tightest first, each opens at least what the one before it opens.
type Steps = Vec<Ask>;

struct Ladder {
    limits: Vec<Steps>,
    districts: Vec<DistrictCode>,
}

impl Ladder {
    fn of(facts: &Facts<'_>, a: &Application) -> Ladder {
        let units = &facts.snapshot.inventory.units;
        let lots = facts.lots.lots.iter();
        let areas = || {
            lots.clone()
                .flat_map(|l| [Some(l.area), l.smallest_part])
                .flatten()
        };
        let needs = &a.needs;
        let less = |wanted: Option<u32>, of: fn(&Unit) -> Option<u32>| {
            let wanted = wanted.unwrap_or(0);
            falling(units.iter().filter_map(of).filter(move |n| *n < wanted))
        };
        let mut limits = vec![
            steps(falling(area_mins(facts, a)), Ask::AreaMin),
            steps(
                rising(areas().chain(run_areas(facts)).filter(|x| *x > a.area_max)),
                Ask::AreaMax,
            ),
            steps(
                less(needs.floor_load_kg_m2, |u| u.technical.floor_load_kg_m2),
                Ask::FloorLoad,
            ),
            steps(
                less(needs.clear_height_mm, |u| u.technical.clear_height_mm),
                Ask::ClearHeight,
            ),
            steps(less(needs.power_a, |u| u.technical.power_a), Ask::Power),
        ];
        if let Some(cap) = a.rent_cap {
            let need = facts.firm(a).ok().map(|firm| facts.need(a, firm));
            let rents = units.iter().filter_map(|u| need.as_ref()?.rent_of(u));
            limits.push(steps(rising(rents.filter(|r| *r > cap)), Ask::RentCap));
        }
        if let Some(most) = a.max_minutes {
            limits.push(steps(minutes(facts, a, most), Ask::Minutes));
        }
        let days = units.iter().flat_map(|u| &u.available).map(|p| p.from());
        limits.push(steps(
            rising(days.filter(|d| *d > a.start_until)),
            Ask::Start,
        ));
        limits.extend(needs.gas.map(|_| vec![Ask::Gas]));
        limits.extend(needs.clean_water.map(|_| vec![Ask::CleanWater]));
        if let Some(class) = needs.hazard {
            let lower = [Hazard::B, Hazard::C, Hazard::None];
            limits.push(steps(
                lower.into_iter().filter(|h| *h < class).collect(),
                Ask::Hazard,
            ));
        }
        for use_ in [Use::RdOffice, Use::Office, Use::Laboratory, Use::Factory] {
            if use_ != a.use_ {
                limits.push(vec![Ask::Use(use_)]);
            }
        }
        let districts = facts
            .snapshot
            .inventory
            .sites
            .iter()
            .map(|s| s.district.clone());
        Ladder {
            limits: limits.into_iter().filter(|l| !l.is_empty()).collect(),
            districts: rising(districts),
        }
    }

    /// Districts that could be added.
    fn districts(&self, a: &Application) -> Vec<DistrictCode> {
        if a.districts.is_empty() {
            return Vec::new();
        }
        let new = |d: &&DistrictCode| !a.districts.contains(d);
        self.districts.iter().filter(new).cloned().collect()
    }
}

/// Smallest areas that let a lot pass which is a little too small: the least area that may be offered
/// is a share of the smallest wished, so the wish is the largest that still lets it pass.
fn area_mins(facts: &Facts<'_>, a: &Application) -> impl Iterator<Item = Area> {
    let keep = 10_000 - facts.policy.area.tolerance.bp();
    let units = facts.lots.lots.iter().map(|l| l.area);
    let runs = run_areas(facts);
    let largest = move |offered: Area| {
        let exact = i128::from(offered.0) * 10_000 / i128::from(keep.max(1));
        Area(i64::try_from(exact).unwrap_or(i64::MAX))
    };
    let most = a.area_min;
    let mins: Vec<Area> = units.chain(runs).map(largest).collect();
    mins.into_iter()
        .filter(move |x| *x < most && *x > Area::ZERO)
}

/// Longest run that is looked at; no entitlement reaches so far.
const RUN_MOST: usize = 12;

/// Areas of runs of neighbouring lots, and of floors one above the other, which may be let together.
fn run_areas(facts: &Facts<'_>) -> Vec<Area> {
    let lots_of = |floor: &u32| facts.lots.floors.get(at(*floor)).map(|f| f.lots.as_slice());
    let mut areas = Vec::new();
    for floor in &facts.lots.floors {
        let lots: Vec<&[u32]> = floor.lots.chunks(1).collect();
        areas.extend(runs(facts, &lots));
    }
    for building in &facts.lots.buildings {
        let floors: Vec<&[u32]> = building.iter().filter_map(lots_of).collect();
        areas.extend(runs(facts, &floors));
    }
    areas
}

/// Areas of runs of parts, a lot that lies in several of them counted once.
fn runs(facts: &Facts<'_>, parts: &[&[u32]]) -> Vec<Area> {
    let mut areas = Vec::new();
    for start in 0..parts.len() {
        let mut taken = BTreeSet::new();
        let mut sum = 0_i64;
        for part in parts.iter().skip(start).take(RUN_MOST) {
            for lot in part.iter().filter(|l| taken.insert(**l)) {
                sum = sum.saturating_add(facts.lots.lot(*lot).map_or(0, |l| l.area.0));
            }
            areas.push(Area(sum));
        }
    }
    areas
}

/// Minutes of the sites that are farther than allowed.
fn minutes(facts: &Facts<'_>, a: &Application, most: u32) -> Vec<u32> {
    let free = Application {
        max_minutes: None,
        districts: Vec::new(),
        rent_cap: None,
        needs: Technical::default(),
        ..a.clone()
    };
    let Ok(applicant) = Applicant::of(facts, &free) else {
        return Vec::new();
    };
    let far = applicant.sites.values().filter_map(|s| s.minutes);
    rising(far.filter(|m| *m > most))
}

fn rising<T: Ord>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut all: Vec<T> = all.collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn falling<T: Ord>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut all = rising(all);
    all.reverse();
    all
}

fn steps<T>(values: Vec<T>, of: impl Fn(T) -> Ask) -> Steps {
    values.into_iter().map(of).collect()
}

struct Trial<'a> {
    facts: &'a Facts<'a>,
    resources: &'a Resources,
}

impl Trial<'_> {
    /// How many options a changed application has.
    fn options(&self, application: &Application) -> Result<u64, Fault> {
        let applicant = Applicant::of(self.facts, application)?;
        let fit = options::fitting_lots(self.facts, &applicant);
        let bundles = options::bundles(self.facts, &applicant, &fit);
        let found = options::of(self.facts, &applicant, &bundles, self.resources)?;
        Ok(u64::try_from(found.len()).unwrap_or(u64::MAX))
    }

    /// The first step that opens an option, with how many it opens.
    fn least(&self, a: &Application, steps: &Steps) -> Result<Option<(Ask, u64)>, Fault> {
        let Some(last) = steps.last() else {
            return Ok(None);
        };
        let mut best = (last, self.options(&changed(a, last))?);
        if best.1 == 0 {
            return Ok(None);
        }
        let (mut low, mut high) = (0, steps.len() - 1);
        while low < high {
            let middle = low + (high - low) / 2;
            let Some(step) = steps.get(middle) else { break };
            match self.options(&changed(a, step))? {
                0 => low = middle + 1,
                n => (high, best) = (middle, (step, n)),
            }
        }
        Ok(Some((best.0.clone(), best.1)))
    }

    /// All limits loosened, then tightened again one by one; another use is not asked for.
    fn together(&self, a: &Application, ladder: &Ladder) -> Result<Option<Way>, Fault> {
        let mut limits: Vec<Steps> = ladder.limits.clone();
        limits.retain(|s| !matches!(s.first(), Some(Ask::Use(_))));
        if !a.districts.is_empty() {
            limits.push(vec![Ask::AnyDistrict]);
        }
        let mut taken: Vec<Option<Ask>> = limits.iter().map(|s| s.last().cloned()).collect();
        if self.options(&all(a, &taken))? == 0 {
            return Ok(None);
        }
        for n in 0..taken.len() {
            let Some(was) = taken.get_mut(n).and_then(Option::take) else {
                continue;
            };
            let without = all(a, &taken);
            if self.options(&without)? > 0 {
                continue;
            }
            let least = limits.get(n).map(|s| self.least(&without, s)).transpose()?;
            if let Some(place) = taken.get_mut(n) {
                *place = least.flatten().map(|(ask, _)| ask).or(Some(was));
            }
        }
        let options = self.options(&all(a, &taken))?;
        let asks = taken.into_iter().flatten().collect();
        Ok(Some(Way { asks, options }))
    }
}

fn all(a: &Application, asks: &[Option<Ask>]) -> Application {
    let asks = asks.iter().flatten();
    asks.fold(a.clone(), |a, ask| changed(&a, ask))
}
