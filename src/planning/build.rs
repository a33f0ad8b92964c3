//! Snapshot to instance: eligibility, options, lodging and pins become numbers, with the way back.
//!
//! Agents are the eligible applications that have options, in the order of the snapshot, named by
//! their key; sites are numbered by position in the inventory. An application that is not eligible
//! or has no option is left out of the instance and keeps its reason. The same snapshot gives the
//! same bytes. A pinned application must take its pinned bundle (with or without subsidy, unless its
//! award is kept whole).
//!
//! Not here: solving (`solve`), what becomes of the outcome (`assemble`).

use std::collections::{BTreeSet, HashMap};

use crate::domain::application::Application;
use crate::domain::fault::{Code, Fault, Faults, Place};
use crate::domain::housing::HouseholdKind;
use crate::domain::ids::ApplicationId;
use crate::domain::plan::ApartmentGrant;
use crate::domain::points::Points;
use crate::domain::reason::{LeftOut, Unmet};
use crate::domain::snapshot::{Kept, Pin, Snapshot};
use crate::policy::{Policy, eligibility};
use crate::solve::instance::{Agent, Instance, Lodging, Opt};

use super::bundles::Bundle;
use super::facts::Facts;
use super::files;
use super::left_out;
use super::lodging::Open;
use super::lots::{at, count, positions};
use super::options::{self, Applicant, PlanOption};
use super::resources::Resources;

/// A pin breaks a rule: its application is not eligible or a hard rule or law of letting is broken.
pub const PIN_BREAKS_RULE: Code = Code("PL111");
/// The numbers of the instance are not sound, for example too large.
pub const UNSOUND: Code = Code("PL112");

/// One application in numbers.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its key.
    pub application: ApplicationId,
    /// Rules of eligibility that are not met; empty = eligible.
    pub unmet: Vec<Unmet>,
    /// Units by the law that left them out; only when it is eligible and has no option.
    pub left_out: LeftOut,
    /// Its options, the worthiest first.
    pub options: Vec<PlanOption>,
    /// Households of the demands, in order.
    pub households: Vec<HouseholdKind>,
    /// Apartments that a pin keeps; they are part of its only option.
    pub kept: Vec<ApartmentGrant>,
    /// Its agent by position; `None` when it is left out of the instance.
    pub agent: Option<u32>,
}

/// An instance and the way back.
#[derive(Debug, Clone)]
pub struct Built {
    /// Digest of the snapshot.
    pub snapshot: String,
    /// The policy, read.
    pub policy: Policy,
    /// The numbers.
    pub instance: Instance,
    /// The applications, in the order of the snapshot.
    pub cases: Vec<Case>,
    /// Where each kind of resource is.
    pub resources: Resources,
}

/// Builds the instance of a snapshot. Faults: those of the snapshot, the policy and the atlas,
/// PL111 for pins, PL112 for numbers that no instance can hold.
pub fn build(snapshot: &Snapshot) -> Result<Built, Faults> {
    let facts = Facts::of(snapshot)?;
    let resources = Resources::of(snapshot, &facts.policy)?;
    let builder = Builder {
        open: Open::of(&facts),
        pins: snapshot
            .pins
            .iter()
            .map(|p| (p.application.as_str(), p))
            .collect(),
        facts: &facts,
        resources: &resources,
    };
    let (cases, agents) = builder.all()?;
    let digest = files::snapshot_digest(snapshot);
    let name = format!(
        "{}-{}",
        snapshot.round.id,
        digest.get(..12).unwrap_or_default()
    );
    let instance = Instance::new(name, resources.list().to_vec(), agents).map_err(unsound)?;
    Ok(Built {
        snapshot: digest,
        policy: facts.policy,
        instance,
        cases,
        resources,
    })
}

fn unsound(findings: Vec<crate::solve::finding::Finding>) -> Faults {
    let fault = |f: &crate::solve::finding::Finding| {
        Fault::new(
            UNSOUND,
            format!("the instance is not sound: {f}"),
            "check areas, counts, quotas and weights for numbers that are too large",
        )
    };
    Faults(findings.iter().map(fault).collect())
}

struct Builder<'a> {
    facts: &'a Facts<'a>,
    open: Open,
    pins: HashMap<&'a str, &'a Pin>,
    resources: &'a Resources,
}

impl Builder<'_> {
    fn all(&self) -> Result<(Vec<Case>, Vec<Agent>), Faults> {
        let (mut cases, mut agents, mut faults) = (Vec::new(), Vec::new(), Vec::new());
        for application in &self.facts.snapshot.applications {
            match self.case(application) {
                Err(fault) => faults.push(fault),
                Ok((mut case, agent)) => {
                    case.agent = agent.is_some().then(|| count(agents.len()));
                    agents.extend(agent);
                    cases.push(case);
                }
            }
        }
        Faults(faults).or((cases, agents))
    }

    fn case(&self, application: &Application) -> Result<(Case, Option<Agent>), Fault> {
        let facts = self.facts;
        let applicant = Applicant::of(facts, application)?;
        let pin = self.pins.get(application.id.as_str()).copied();
        let mut case = Case {
            application: application.id.clone(),
            unmet: eligibility::unmet(
                &facts.policy,
                applicant.firm,
                application,
                facts.snapshot.round.cut_off_day(),
            ),
            left_out: LeftOut::new(),
            options: Vec::new(),
            households: application.households.iter().map(|h| h.kind).collect(),
            kept: Vec::new(),
            agent: None,
        };
        if let Some(unmet) = case.unmet.first() {
            let cause = unmet.cause.clone();
            return pin.map_or(Ok((case, None)), |p| Err(bad_pin(p, &cause)));
        }
        let bundles = self.bundles(&applicant, pin)?;
        case.options = options::of(facts, &applicant, &bundles, self.resources)?;
        if case.options.is_empty() {
            if let Some(pin) = pin {
                return Err(bad_pin(pin, "its units are not available for the term"));
            }
            case.left_out = left_out::count_all(facts, &applicant);
            return Ok((case, None));
        }
        if let Some((pin, kept)) = pin.and_then(|p| Some((p, p.kept.as_ref()?))) {
            self.keep(&mut case, pin, kept)?;
        }
        let agent = self.agent(&case, application, pin);
        Ok((case, Some(agent)))
    }

    /// The bundles of an applicant: the pinned one alone when there is a pin.
    fn bundles(&self, applicant: &Applicant, pin: Option<&Pin>) -> Result<Vec<Bundle>, Fault> {
        let fit = options::fitting_lots(self.facts, applicant);
        let lawful = options::bundles(self.facts, applicant, &fit);
        let Some(pin) = pin else {
            return Ok(lawful);
        };
        let stock = &self.facts.snapshot.inventory;
        let units = positions(stock.units.iter().map(|u| u.id.as_str()));
        let held = pin.units.iter();
        let mut pinned: Bundle = held
            .filter_map(|(unit, area)| units.get(unit.as_str()).map(|n| (*n, *area)))
            .collect();
        pinned.sort_unstable();
        if lawful.contains(&pinned) || self.is_lawful_part(applicant, &pinned, &fit) {
            return Ok(vec![pinned]);
        }
        Err(bad_pin(pin, "a hard rule or a law of letting is broken"))
    }

    /// A pinned part may have any lawful size.
    fn is_lawful_part(&self, applicant: &Applicant, pinned: &Bundle, fit: &[u32]) -> bool {
        let [(unit, area)] = pinned.as_slice() else {
            return false;
        };
        let limits = applicant.limits;
        let lot = self
            .facts
            .lots
            .lot_of(*unit)
            .filter(|lot| fit.contains(lot));
        let smallest = lot
            .and_then(|l| self.facts.lots.lot(l))
            .and_then(|l| l.smallest_part);
        let whole = self.facts.areas.get(at(*unit)).copied().unwrap_or_default();
        smallest.is_some_and(|s| s <= *area)
            && *area <= whole
            && limits.least <= *area
            && *area <= limits.most
    }

    /// An award that is kept whole is one option that uses its apartments too. PL111 when there is
    /// no option with the subsidy, or without, as it is kept.
    fn keep(&self, case: &mut Case, pin: &Pin, kept: &Kept) -> Result<(), Fault> {
        (case.options).retain(|o| o.subsidy.is_some() == kept.subsidised);
        if case.options.is_empty() {
            return Err(bad_pin(pin, "its subsidy is no longer what the rules give"));
        }
        // Nothing is left to choose for its households.
        case.households.clear();
        let stock = &self.facts.snapshot.inventory;
        let types = positions(stock.apartments.iter().map(|t| t.id.as_str()));
        let weights = &self.facts.policy.weights;
        for (household, apartment, count) in &kept.apartments {
            let place = types.get(apartment.as_str());
            let place = place.ok_or_else(|| bad_pin(pin, "its apartments are not there"))?;
            let worth = weights
                .apartment(*household)
                .0
                .saturating_mul(i64::from(*count));
            let pool = self.resources.of_apartment(*place);
            case.kept.push(ApartmentGrant {
                household: *household,
                apartment: apartment.clone(),
                count: *count,
                points: Points(worth),
            });
            for option in &mut case.options {
                option.kept = option.kept.plus(Points(worth))?;
                add(&mut option.uses, pool, i64::from(*count));
            }
        }
        Ok(())
    }

    fn agent(&self, case: &Case, application: &Application, pin: Option<&Pin>) -> Agent {
        let sites: BTreeSet<u32> = case.options.iter().map(|o| o.site).collect();
        let lodging: Vec<Lodging> = match pin.is_some_and(|p| p.kept.is_some()) {
            true => Vec::new(),
            false => (self.open).demands(self.facts, application, &sites, self.resources),
        };
        Agent {
            id: application.id.to_string(),
            required: pin.is_some(),
            options: case.options.iter().map(number).collect(),
            lodging,
        }
    }
}

fn number(option: &PlanOption) -> Opt {
    Opt {
        id: option.id.clone(),
        value: option.value.0.saturating_add(option.kept.0),
        site: i64::from(option.site),
        uses: option.uses.clone(),
    }
}

/// Adds to what is used of a resource; uses stay sorted.
fn add(uses: &mut Vec<(u32, i64)>, resource: u32, amount: i64) {
    match uses.iter_mut().find(|(r, _)| *r == resource) {
        Some((_, used)) => *used = used.saturating_add(amount),
        None => uses.push((resource, amount)),
    }
    uses.sort_unstable();
}

fn bad_pin(pin: &Pin, cause: &str) -> Fault {
    Fault::new(
        PIN_BREAKS_RULE,
        format!("the pin of {}: {cause}", pin.application),
        "lift the pin, or correct the rule or the facts",
    )
    .at(Place::subject(format!("application {}", pin.application)))
}
