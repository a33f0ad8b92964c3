//! The read model: a pure function from a snapshot and its plan to a [`board::Board`].
//!
//! Not here: storage, HTTP, proof of the plan (`planning::check`, done before it is stored).

pub mod ask;
pub mod board;
pub mod figures;
pub mod ground;
pub mod index;
pub mod inventory;
pub mod placed;
pub mod source;
pub mod waiting;

use crate::domain::application::Application;
use crate::domain::evidence::Provenance;
use crate::domain::plan::Plan;
use crate::domain::snapshot::Snapshot;

use super::words::Text;
use board::{BOARD_FORMAT, Board, FirmView, Mark, Outcome, ProofLine, RoundHead, Row};
use index::Index;

/// The board of a plan. `plan_digest` is the SHA-256 of the canonical plan, in hex.
/// Keys that the snapshot does not know are shown as they are; nothing is invented.
pub fn board(snapshot: &Snapshot, plan: &Plan, plan_digest: &str) -> Board {
    let index = Index::new(snapshot, plan);
    let rows = rows(snapshot, plan, &index);
    let sites = inventory::sites(snapshot, plan, &index);
    let districts = figures::districts(snapshot, &rows, &index);
    Board {
        format: BOARD_FORMAT,
        round: RoundHead {
            id: snapshot.round.id.clone(),
            name: Text::names(&snapshot.round.name_zh, &snapshot.round.name_en),
        },
        synthetic: snapshot.synthetic,
        frozen_at: snapshot.frozen_at,
        start: snapshot.round.start,
        lease_months: snapshot.round.lease_months,
        subsidy_year: snapshot.round.subsidy_year,
        proof: proof(plan, plan_digest),
        figures: figures::figures(&rows, &sites, &districts),
        districts,
        rows,
        sites,
        ground: ground::of(&snapshot.ground),
    }
}

fn proof(plan: &Plan, plan_digest: &str) -> ProofLine {
    ProofLine {
        value: plan.proof.value,
        bound: plan.proof.upper_bound,
        gap_ppm: plan.proof.gap_ppm(),
        status: plan.proof.status.clone(),
        snapshot: plan.snapshot.clone(),
        plan: plan_digest.to_owned(),
        seed: plan.seed,
        engine: plan.engine.clone(),
        policy: plan.policy.clone(),
    }
}

/// Every application of the snapshot that the plan names, in the order of keys.
fn rows(snapshot: &Snapshot, plan: &Plan, index: &Index<'_>) -> Vec<Row> {
    let waiting: std::collections::BTreeMap<_, _> = (plan.waiting.iter())
        .map(|w| (w.application.as_str(), &w.why))
        .collect();
    (snapshot.applications.iter())
        .filter_map(|application| {
            let key = application.id.as_str();
            let outcome = match (index.awards.get(key), waiting.get(key)) {
                (Some(award), _) => {
                    Outcome::Placed(Box::new(placed::placement(application, award, index)))
                }
                (None, Some(why)) => {
                    Outcome::Waiting(waiting::reason(application, why, snapshot, index))
                }
                (None, None) => return None,
            };
            Some(row(application, outcome, index))
        })
        .collect()
}

fn row(application: &Application, outcome: Outcome, index: &Index<'_>) -> Row {
    let mut marks = marks_of(&application.provenance);
    if let Some(firm) = index.firms.get(application.firm.as_str()) {
        marks.extend(marks_of(&firm.provenance));
    }
    if let Outcome::Placed(_) = &outcome {
        marks.extend(placed::marks(application, index));
    }
    marks.sort_unstable();
    marks.dedup();
    Row {
        application: application.id.clone(),
        firm: firm(application, index),
        ask: ask::ask(application, index),
        outcome,
        marks,
    }
}

fn firm(application: &Application, index: &Index<'_>) -> FirmView {
    let found = index.firms.get(application.firm.as_str());
    let name = found.map(|f| Text::names(&f.name_zh, &f.name_en));
    let cluster = |key: &str| index.clusters.get(key).cloned();
    FirmView {
        id: application.firm.clone(),
        name: name.unwrap_or_else(|| Text::same(application.firm.as_str())),
        industry: found.map(|f| f.industry.to_string()).unwrap_or_default(),
        district: found.map(|f| f.district.clone()),
        district_name: found
            .map(|f| index.district(&f.district))
            .unwrap_or_default(),
        headcount: found.map(|f| f.headcount).unwrap_or_default(),
        credentials: found.map(|f| f.credentials.clone()).unwrap_or_default(),
        fields: (found.iter().flat_map(|f| &f.fields))
            .map(|k| cluster(k.as_str()).unwrap_or_else(|| Text::same(k.as_str())))
            .collect(),
    }
}

/// Marks that follow from the provenance of a row.
pub(super) fn marks_of(provenance: &Provenance) -> Vec<Mark> {
    use crate::domain::evidence::Evidence;
    let mut marks = Vec::new();
    if provenance.evidence == Evidence::Synthetic {
        marks.push(Mark::Synthetic);
    }
    if provenance.evidence == Evidence::Assumption || !provenance.assumed.is_empty() {
        marks.push(Mark::Assumed);
    }
    marks
}
