//! `zhuchao-outcome/1`: what stands in the file, and how it becomes an outcome.
//!
//! Beyond the published keys ours write `dual` (prices and their bound, when branching proved a
//! better bound than the prices), `proof` (a block certificate), `conflict` (required agents that
//! cannot all be placed) and `engine`. Unknown keys are ignored. Not here: the check.

use super::{NOT_WRITABLE, OTHER_FORMAT, STATUS_UNKNOWN, TRACE_SHAPE, not_json};
use crate::solve::finding::Finding;
use crate::solve::outcome::{
    BlockProof, Choice, Dual, Engine, Held, Number, Outcome, Status, TraceRow,
};
use serde::{Deserialize, Serialize};

const FORMAT: &str = "zhuchao-outcome/1";

#[derive(Serialize, Deserialize)]
struct File {
    format: String,
    instance: String,
    status: String,
    #[serde(default)]
    value: Option<i64>,
    #[serde(default)]
    upper_bound: Option<Figure>,
    seconds: f64,
    #[serde(default)]
    choices: Option<Vec<ChoiceRow>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    prices: Option<Vec<f64>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    dual: Option<DualRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    proof: Option<ProofRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    conflict: Option<Vec<String>>,
    #[serde(default)]
    trace: Option<Vec<Vec<Option<Figure>>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    engine: Option<EngineRow>,
}

/// An integer if it is written as one, else a real number.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(untagged)]
enum Figure {
    Whole(i64),
    Real(f64),
}

#[derive(Serialize, Deserialize)]
struct ChoiceRow {
    agent: String,
    #[serde(default)]
    option: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lodging: Option<Vec<Vec<(i64, i64)>>>,
}

#[derive(Serialize, Deserialize)]
struct DualRow {
    prices: Vec<f64>,
    bound: i64,
}

#[derive(Serialize, Deserialize)]
struct ProofRow {
    packed: Vec<u32>,
    agents: Vec<f64>,
    resources: Vec<f64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    held: Vec<HeldRow>,
    bound: i64,
}

#[derive(Serialize, Deserialize)]
struct HeldRow {
    packed: Vec<u32>,
    agents: Vec<u32>,
}

#[derive(Serialize, Deserialize)]
#[serde(default)]
#[derive(Default)]
struct EngineRow {
    name: String,
    seed: u64,
    threads: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    work: Option<f64>,
    ended: String,
    columns: u64,
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
}

fn number(f: Figure) -> Number {
    match f {
        Figure::Whole(n) => Number::Whole(n),
        Figure::Real(x) => Number::Real(x),
    }
}

fn figure(n: Number) -> Figure {
    match n {
        Number::Whole(n) => Figure::Whole(n),
        Number::Real(x) => Figure::Real(x),
    }
}

/// Reads the text of an outcome file.
pub(super) fn parse(text: &[u8]) -> Result<Outcome, Vec<Finding>> {
    let file: File = serde_json::from_slice(text).map_err(|e| vec![not_json(&e)])?;
    let mut found = Vec::new();
    if file.format != FORMAT {
        let text = format!("format must be {FORMAT:?}, found {:?}", file.format);
        found.push(Finding::new(OTHER_FORMAT, "format", text));
    }
    let status = status(&file.status);
    if status.is_none() {
        found.push(Finding::new(
            STATUS_UNKNOWN,
            "status",
            format!("unknown status {:?}", file.status),
        ));
    }
    let rows = file.trace.unwrap_or_default();
    let trace: Vec<TraceRow> = rows.iter().filter_map(|r| trace_row(r)).collect();
    if trace.len() < rows.len() {
        found.push(Finding::new(
            TRACE_SHAPE,
            "trace",
            "rows must be [seconds, value, bound]",
        ));
    }
    let Some(status) = status.filter(|_| found.is_empty()) else {
        return Err(found);
    };
    Ok(Outcome {
        instance: file.instance,
        status,
        value: file.value,
        upper_bound: file.upper_bound.map(number),
        seconds: file.seconds,
        choices: file
            .choices
            .unwrap_or_default()
            .into_iter()
            .map(choice)
            .collect(),
        prices: file.prices,
        dual: file.dual.map(|d| Dual {
            prices: d.prices,
            bound: d.bound,
        }),
        proof: file.proof.map(proof),
        conflict: file.conflict,
        trace,
        engine: file.engine.map(engine),
    })
}

fn status(word: &str) -> Option<Status> {
    match word {
        "optimal" => Some(Status::Optimal),
        "feasible" => Some(Status::Feasible),
        "infeasible" => Some(Status::Infeasible),
        "unknown" => Some(Status::Unknown),
        _ => None,
    }
}

fn word(status: Status) -> &'static str {
    match status {
        Status::Optimal => "optimal",
        Status::Feasible => "feasible",
        Status::Infeasible => "infeasible",
        Status::Unknown => "unknown",
    }
}

fn trace_row(row: &[Option<Figure>]) -> Option<TraceRow> {
    let [Some(seconds), value, bound] = row else {
        return None;
    };
    let seconds = number(*seconds).as_f64();
    Some(TraceRow {
        seconds,
        value: value.map(number),
        bound: bound.map(number),
    })
}

fn choice(row: ChoiceRow) -> Choice {
    Choice {
        agent: row.agent,
        option: row.option,
        lodging: row.lodging.unwrap_or_default(),
    }
}

fn proof(row: ProofRow) -> BlockProof {
    BlockProof {
        packed: row.packed,
        agents: row.agents,
        resources: row.resources,
        held: row.held.into_iter().map(held).collect(),
        bound: row.bound,
    }
}

fn held(row: HeldRow) -> Held {
    Held {
        packed: row.packed,
        agents: row.agents,
    }
}

fn engine(row: EngineRow) -> Engine {
    Engine {
        name: row.name,
        seed: row.seed,
        threads: row.threads,
        work: row.work,
        ended: row.ended,
        columns: row.columns,
        note: row.note,
    }
}

/// The text of an outcome file.
pub(super) fn text(outcome: &Outcome) -> Result<Vec<u8>, Finding> {
    writable(outcome)?;
    let file = File {
        format: FORMAT.to_owned(),
        instance: outcome.instance.clone(),
        status: word(outcome.status).to_owned(),
        value: outcome.value,
        upper_bound: outcome.upper_bound.map(figure),
        seconds: outcome.seconds,
        choices: Some(outcome.choices.iter().map(choice_row).collect()),
        prices: outcome.prices.clone(),
        dual: outcome.dual.as_ref().map(|d| DualRow {
            prices: d.prices.clone(),
            bound: d.bound,
        }),
        proof: outcome.proof.as_ref().map(proof_row),
        conflict: outcome.conflict.clone(),
        trace: Some(outcome.trace.iter().map(figures).collect()),
        engine: outcome.engine.as_ref().map(engine_row),
    };
    let mut text = serde_json::to_vec(&file).map_err(|e| not_json(&e))?;
    text.push(b'\n');
    Ok(text)
}

/// JSON has no word for numbers that are not finite.
fn writable(outcome: &Outcome) -> Result<(), Finding> {
    let dual = outcome.dual.iter().flat_map(|d| &d.prices);
    let proof = outcome.proof.iter();
    let proof = proof.flat_map(|p| p.agents.iter().chain(&p.resources));
    let prices = outcome.prices.iter().flatten().chain(dual).chain(proof);
    let rows = outcome
        .trace
        .iter()
        .flat_map(|r| [Some(Number::Real(r.seconds)), r.value, r.bound]);
    let numbers = rows
        .flatten()
        .chain(outcome.upper_bound)
        .map(Number::as_f64);
    if prices
        .copied()
        .chain(numbers)
        .chain([outcome.seconds])
        .all(f64::is_finite)
    {
        return Ok(());
    }
    Err(Finding::new(
        NOT_WRITABLE,
        "",
        "a number of the outcome is not finite",
    ))
}

fn figures(row: &TraceRow) -> Vec<Option<Figure>> {
    vec![
        Some(Figure::Real(row.seconds)),
        row.value.map(figure),
        row.bound.map(figure),
    ]
}

fn choice_row(c: &Choice) -> ChoiceRow {
    ChoiceRow {
        agent: c.agent.clone(),
        option: c.option.clone(),
        lodging: (!c.lodging.is_empty()).then(|| c.lodging.clone()),
    }
}

fn proof_row(p: &BlockProof) -> ProofRow {
    ProofRow {
        packed: p.packed.clone(),
        agents: p.agents.clone(),
        resources: p.resources.clone(),
        held: p.held.iter().map(held_row).collect(),
        bound: p.bound,
    }
}

fn held_row(h: &Held) -> HeldRow {
    HeldRow {
        packed: h.packed.clone(),
        agents: h.agents.clone(),
    }
}

fn engine_row(e: &Engine) -> EngineRow {
    EngineRow {
        name: e.name.clone(),
        seed: e.seed,
        threads: e.threads,
        work: e.work,
        ended: e.ended.clone(),
        columns: e.columns,
        note: e.note.clone(),
    }
}
