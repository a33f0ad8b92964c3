//! Outcome to plan: awards with units, rent, lease, subsidy, apartments and score; all others with
//! exactly one reason; and the proof. Under a pro-rata quota the claims of a district are settled
//! here, in the order of the awards.
//!
//! Not here: whether the plan is right (`check` proves it from the laws alone).

use std::collections::BTreeMap;

use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::money::Fen;
use crate::domain::plan::{ApartmentGrant, Award, PLAN_FORMAT, Plan, Proof, SubsidyGrant, Waiting};
use crate::domain::points::Points;
use crate::domain::quota::{Item, QuotaMode};
use crate::domain::snapshot::Snapshot;
use crate::policy::settle;
use crate::solve::instance::Instance;
use crate::solve::outcome::{Number, Outcome, Status};

use super::build::{Built, Case};
use super::explain;
use super::files;
use super::lots::at;
use super::options::PlanOption;
use super::score;
use super::taken::{Chosen, OUTCOME_REFUSED, Taken};

/// The instance was built from another snapshot.
pub const OTHER_SNAPSHOT: Code = Code("PL122");

/// The plan of an outcome. PL120 to PL122, and DM faults on overflow.
pub fn plan(
    snapshot: &Snapshot,
    built: &Built,
    outcome: &Outcome,
    parent: Option<String>,
    seed: u64,
) -> Result<Plan, Faults> {
    if files::snapshot_digest(snapshot) != built.snapshot {
        return Err(other_snapshot().into());
    }
    let taken = Taken::of(&built.instance, outcome)?;
    let (mut awards, mut waiting) = (Vec::new(), Vec::new());
    for case in &built.cases {
        let chosen = case.agent.and_then(|n| taken.chosen.get(at(n))?.as_ref());
        match chosen.and_then(|c| case.options.get(at(c.option)).map(|o| (c, o))) {
            Some((chosen, option)) => {
                awards.push(award(snapshot, built, case, chosen, option)?);
            }
            None => waiting.push(Waiting {
                application: case.application.clone(),
                why: explain::why(case, &built.instance, &taken.left),
            }),
        }
    }
    settle_claims(snapshot, &mut awards)?;
    Ok(Plan {
        format: PLAN_FORMAT.to_owned(),
        snapshot: built.snapshot.clone(),
        parent,
        seed,
        engine: engine(outcome),
        policy: format!("{} {}", built.policy.meta.id, built.policy.meta.version),
        awards,
        waiting,
        proof: proof(&taken, &built.instance, outcome)?,
    })
}

fn award(
    snapshot: &Snapshot,
    built: &Built,
    case: &Case,
    chosen: &Chosen,
    option: &PlanOption,
) -> Result<Award, Fault> {
    let site = snapshot
        .inventory
        .sites
        .get(at(option.site))
        .ok_or_else(other_snapshot)?;
    Ok(Award {
        application: case.application.clone(),
        site: site.id.clone(),
        units: option.units.clone(),
        lease: option.lease,
        subsidy: option.subsidy.clone(),
        apartments: apartments(snapshot, built, case, chosen)?,
        score: score::named(&option.score),
        minutes: option.minutes,
    })
}

fn apartments(
    snapshot: &Snapshot,
    built: &Built,
    case: &Case,
    chosen: &Chosen,
) -> Result<Vec<ApartmentGrant>, Fault> {
    let mut grants = case.kept.clone();
    for (household, granted) in case.households.iter().zip(&chosen.lodging) {
        let mut granted = granted.clone();
        granted.sort_unstable();
        let worth = built.policy.weights.apartment(*household);
        for (pool, count) in granted {
            let place = built.resources.apartment_of(i64::from(pool));
            let kind = place.and_then(|n| snapshot.inventory.apartments.get(at(n)));
            let kind = kind.ok_or_else(other_snapshot)?;
            grants.push(ApartmentGrant {
                household: *household,
                apartment: kind.id.clone(),
                count: u32::try_from(count).map_err(|_| other_snapshot())?,
                points: Points(worth.0.saturating_mul(count)),
            });
        }
    }
    Ok(grants)
}

/// Cuts the awards of each district whose quota is pro rata.
fn settle_claims(snapshot: &Snapshot, awards: &mut [Award]) -> Result<(), Fault> {
    let year = snapshot.round.subsidy_year;
    let prorata = snapshot
        .quotas
        .iter()
        .filter(|q| q.mode == QuotaMode::ProRata && q.item == Item::RentSubsidy && q.year == year);
    let quotas: BTreeMap<_, Fen> = prorata.map(|q| (q.district.clone(), q.amount)).collect();
    for (district, quota) in quotas {
        let of_district =
            |grant: &&mut SubsidyGrant| grant.district == district && grant.year == year;
        let mut grants: Vec<&mut SubsidyGrant> = awards
            .iter_mut()
            .filter_map(|a| a.subsidy.as_mut())
            .filter(of_district)
            .collect();
        let claims: Vec<Fen> = grants.iter().map(|g| g.computed).collect();
        for (grant, awarded) in grants.iter_mut().zip(settle::pro_rata(quota, &claims)?) {
            grant.awarded = awarded;
        }
    }
    Ok(())
}

fn proof(taken: &Taken, instance: &Instance, outcome: &Outcome) -> Result<Proof, Fault> {
    let value = taken.value(instance);
    let bound = outcome.upper_bound.map(whole);
    if bound.is_some_and(|b| b < value) {
        return Err(Fault::new(
            OUTCOME_REFUSED,
            format!("the outcome is refused: its bound lies below the value {value}"),
            "solve the instance of this snapshot again",
        ));
    }
    // Values are whole, so a bound less than 1 above is the optimum whoever found it.
    let optimal = outcome.status == Status::Optimal || bound == Some(value);
    Ok(Proof {
        value: Points(value),
        upper_bound: bound.map(Points),
        status: if optimal { "optimal" } else { "feasible" }.to_owned(),
    })
}

/// A bound as a whole number: values are whole, so rounding down keeps it a bound.
fn whole(bound: Number) -> i64 {
    match bound {
        Number::Whole(n) => n,
        // Others state bounds with a relative slack of 1e-9. The conversion saturates by definition.
        Number::Real(x) => (x + x.abs() * 1e-9).floor() as i64,
    }
}

fn engine(outcome: &Outcome) -> String {
    let name = outcome
        .engine
        .as_ref()
        .map_or("unknown engine", |e| e.name.as_str());
    format!("zhuchao {}; {name}", env!("CARGO_PKG_VERSION"))
}

fn other_snapshot() -> Fault {
    Fault::new(
        OTHER_SNAPSHOT,
        "the instance was built from another snapshot",
        "build the instance of this snapshot",
    )
}
