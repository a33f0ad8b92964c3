//! Plans side by side: figures of each, who gains and loses, and the awards that differ.

use crate::acts::stored;
use std::collections::BTreeMap;

use serde::Serialize;

use super::super::Desk;
use super::super::act::Owner;
use super::super::powers::tasks::SEE_SCENARIO;
use crate::domain::fault::Faults;
use crate::domain::plan::Plan;
use crate::domain::points::Points;
use crate::domain::snapshot::Snapshot;
use crate::planning::build::{self, Built};
use crate::planning::fair::measure::{self, Measure};
pub use crate::planning::summary::DistrictSubsidy;
use crate::planning::summary::Summary;
use crate::planning::{diff, retold};

/// Figures of one plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figures {
    /// Digest.
    pub plan: String,
    /// Placed, area, apartments, subsidy by district, value, bound, gap.
    pub summary: Summary,
    /// Points for fit of site and cluster.
    pub cluster_fit: Points,
    /// Door-to-door minutes of all placed firms whose minutes are known.
    pub minutes: u64,
    /// Pairs of justified envy, housing Gini, least satisfied district and size, share of small firms.
    pub fairness: Measure,
    /// Points under the weights of the first plan's snapshot; `None` when an award is not one of its
    /// options.
    pub common: Option<Points>,
}

/// How many gain a place and how many lose it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Moves {
    /// Placed now, not before.
    pub gain: u64,
    /// Placed before, not now.
    pub lose: u64,
}

/// Two plans of a round.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// The first.
    pub before: Figures,
    /// The second.
    pub after: Figures,
    /// By class of firm (its credentials; `none`).
    pub classes: BTreeMap<String, Moves>,
    /// By district of the space.
    pub districts: BTreeMap<String, Moves>,
    /// Firms placed in the first that have other units or no place in the second.
    pub moves: u64,
    /// One line per award that differs.
    pub differing: Vec<String>,
}

/// Compares two stored plans of one round. AC013.
pub fn compare(desk: &Desk, before: &str, after: &str) -> Result<Comparison, Faults> {
    let ((one, first), (two, second)) = desk.look(&SEE_SCENARIO, |tx| {
        let one = stored::plan(tx, before)?;
        let two = stored::plan(tx, after)?;
        let (a, b) = (
            stored::snapshot(tx, &one.snapshot)?,
            stored::snapshot(tx, &two.snapshot)?,
        );
        Ok((Owner::city(), ((one, a), (two, b))))
    })?;
    let built = build::build(&first)?;
    let other = build::build(&second)?;
    Ok(Comparison {
        before: figures(before, &one, (&first, &built), (&first, &built))?,
        after: figures(after, &two, (&second, &other), (&first, &built))?,
        moves: moves(&one, &two),
        classes: by_class(&first, &one, &two),
        districts: by_district(&first, &one, &two),
        differing: diff::lines(&one, &two),
    })
}

fn figures(
    digest: &str,
    plan: &Plan,
    (snapshot, built): (&Snapshot, &Built),
    common: (&Snapshot, &Built),
) -> Result<Figures, Faults> {
    let parts = plan.awards.iter().flat_map(|a| &a.score);
    let fit = parts
        .filter(|p| p.name == "cluster_fit")
        .map(|p| p.points.0);
    Ok(Figures {
        plan: digest.to_owned(),
        summary: Summary::of(snapshot, plan)?,
        cluster_fit: Points(fit.fold(0, i64::saturating_add)),
        minutes: plan
            .awards
            .iter()
            .filter_map(|a| a.minutes)
            .map(u64::from)
            .sum(),
        fairness: measure::of_plan(snapshot, built, plan)?,
        common: worth(common.0, common.1, plan),
    })
}

/// Firms placed in the first that have other units or no place in the second.
fn moves(one: &Plan, two: &Plan) -> u64 {
    let units: BTreeMap<&str, _> = (two.awards.iter())
        .map(|a| (a.application.as_str(), &a.units))
        .collect();
    let moved =
        |a: &&crate::domain::plan::Award| units.get(a.application.as_str()) != Some(&&a.units);
    u64::try_from(one.awards.iter().filter(moved).count()).unwrap_or(u64::MAX)
}

/// What the awards of a plan are worth in another instance.
fn worth(snapshot: &Snapshot, built: &Built, plan: &Plan) -> Option<Points> {
    let choices = retold::outcome(snapshot, built, plan).choices;
    if choices.len() != plan.awards.len() {
        return None;
    }
    let mut sum = 0_i64;
    for choice in &choices {
        let agent = (built.instance.agents().iter()).find(|a| a.id == choice.agent)?;
        let option = agent
            .options
            .iter()
            .find(|o| Some(&o.id) == choice.option.as_ref())?;
        sum = sum.checked_add(option.value)?;
        for (demand, granted) in agent.lodging.iter().zip(&choice.lodging) {
            let count: i64 = granted.iter().map(|(_, n)| *n).sum();
            sum = sum.checked_add(demand.value.checked_mul(count)?)?;
        }
    }
    Some(Points(sum))
}

/// Applications by key with whether they are placed in the first and in the second plan.
fn moved<'a>(one: &'a Plan, two: &'a Plan) -> impl Iterator<Item = (&'a str, bool)> {
    let placed = |plan: &'a Plan| -> std::collections::BTreeSet<&'a str> {
        plan.awards.iter().map(|a| a.application.as_str()).collect()
    };
    let (a, b) = (placed(one), placed(two));
    let changed: Vec<(&str, bool)> = a
        .symmetric_difference(&b)
        .map(|k| (*k, b.contains(k)))
        .collect();
    changed.into_iter()
}

fn count(into: &mut BTreeMap<String, Moves>, key: String, gain: bool) {
    let moves = into.entry(key).or_default();
    match gain {
        true => moves.gain += 1,
        false => moves.lose += 1,
    }
}

fn by_class(snapshot: &Snapshot, one: &Plan, two: &Plan) -> BTreeMap<String, Moves> {
    let mut all = BTreeMap::new();
    for (key, gain) in moved(one, two) {
        let application = snapshot.applications.iter().find(|a| a.id.as_str() == key);
        let firm = application.and_then(|a| snapshot.firms.iter().find(|f| f.id == a.firm));
        let credentials = firm.map(|f| f.credentials.as_slice()).unwrap_or_default();
        if credentials.is_empty() {
            count(&mut all, "none".to_owned(), gain);
        }
        for credential in credentials {
            let name = serde_json::to_value(credential).ok();
            let name = name.and_then(|v| v.as_str().map(str::to_owned));
            count(&mut all, name.unwrap_or_default(), gain);
        }
    }
    all
}

fn by_district(snapshot: &Snapshot, one: &Plan, two: &Plan) -> BTreeMap<String, Moves> {
    let mut all = BTreeMap::new();
    for (key, gain) in moved(one, two) {
        let awards = if gain { &two.awards } else { &one.awards };
        let award = awards.iter().find(|a| a.application.as_str() == key);
        let site = award.and_then(|a| snapshot.inventory.sites.iter().find(|s| s.id == a.site));
        if let Some(site) = site {
            count(&mut all, site.district.to_string(), gain);
        }
    }
    all
}
