//! One call of HiGHS: the model is built by good_lp, then taken over as a raw HiGHS model.
//!
//! good_lp drops bound, gap and callbacks, so options, start vector and callbacks are set on the
//! model that `try_into_inner` hands out, and the dual bound is read from HiGHS itself. We always
//! minimise, so the dual bound is a lower bound whatever the sense of a callback. The gap of
//! 0.999 proves an integer optimum. Callbacks tell value and bound and carry the stop flag.
//!
//! All `unsafe` of the room is here: three calls of the C interface and the callback, which
//! touches only its own data and what HiGHS hands it for the length of the call.
//!
//! Not here: threads and patience (`milp_thread`), what the columns mean (`milp_model`).

#![expect(
    unsafe_code,
    reason = "callbacks and the dual bound exist in the C interface of HiGHS only"
)]

use super::milp_model::Model;
use good_lp::{Expression, ProblemVariables, SolverModel, variable};
use highs_sys::{HighsCallbackDataIn, HighsCallbackDataOut};
use std::ffi::{c_char, c_int, c_void};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;

/// How the call may spend.
pub(super) struct Job {
    pub(super) seconds: f64,
    /// Most nodes, if work is the limit.
    pub(super) nodes: Option<i32>,
    pub(super) threads: u32,
    pub(super) seed: u64,
    pub(super) relative_gap: f64,
    /// In units of the model's objective.
    pub(super) absolute_gap: f64,
    pub(super) start: Option<Vec<f64>>,
    /// Second try: no presolve and the tightest tolerances.
    pub(super) strict: bool,
}

/// What HiGHS says at the end.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Optimal,
    Infeasible,
    Limit,
    Failed,
}

/// The end of a call.
pub(super) struct Answer {
    pub(super) verdict: Verdict,
    pub(super) x: Option<Vec<f64>>,
    /// Lower bound of the minimised objective.
    pub(super) bound: f64,
}

/// What is told while and when the call runs.
pub(super) enum Event {
    /// A better vector.
    Vector(Vec<f64>),
    /// A lower bound of the minimised objective.
    Bound(f64),
    /// The end.
    Done(Answer),
}

/// Data of the callback.
struct Told {
    sender: Sender<Event>,
    quit: Vec<Arc<AtomicBool>>,
    bound: f64,
}

/// Solves the model; `None` if HiGHS refuses it.
pub(super) fn call(
    model: &Model,
    job: &Job,
    quit: Vec<Arc<AtomicBool>>,
    sender: Sender<Event>,
) -> Option<Answer> {
    let mut highs = build(model)?;
    options(&mut highs, job)?;
    if let Some(x) = &job.start {
        highs.try_set_solution(Some(x), None, None, None).ok()?;
    }
    let mut told = Box::new(Told {
        sender,
        quit,
        bound: f64::NEG_INFINITY,
    });
    listen(&mut highs, &mut told);
    let solved = highs.try_solve().ok()?;
    let answer = answer(&solved);
    drop(solved);
    drop(told);
    Some(answer)
}

fn build(model: &Model) -> Option<highs::Model> {
    let mut variables = ProblemVariables::new();
    let one = |upper: f64| variable().min(0.0).max(upper).integer();
    let columns: Vec<good_lp::Variable> = model
        .uppers
        .iter()
        .map(|&u| variables.add(one(u)))
        .collect();
    let mut objective = Expression::with_capacity(columns.len());
    for (&c, &cost) in columns.iter().zip(&model.costs) {
        objective.add_mul(cost, c);
    }
    let mut problem = variables.minimise(objective).using(good_lp::highs);
    for row in &model.rows {
        let mut sum = Expression::with_capacity(row.entries.len());
        for &(c, factor) in &row.entries {
            sum.add_mul(factor, columns[c]);
        }
        problem.add_constraint(if row.equal {
            sum.eq(row.limit)
        } else {
            sum.leq(row.limit)
        });
    }
    problem.try_into_inner().ok()
}

fn options(highs: &mut highs::Model, job: &Job) -> Option<()> {
    highs.try_set_option("output_flag", false).ok()?;
    highs.try_set_option("log_to_console", false).ok()?;
    highs
        .try_set_option("time_limit", job.seconds.max(0.01))
        .ok()?;
    if let Some(nodes) = job.nodes {
        highs.try_set_option("mip_max_nodes", nodes).ok()?;
    }
    highs
        .try_set_option("threads", i32::try_from(job.threads.max(1)).unwrap_or(1))
        .ok()?;
    highs
        .try_set_option("parallel", if job.threads > 1 { "choose" } else { "off" })
        .ok()?;
    let seed = i32::try_from(job.seed % 2_147_483_647).unwrap_or(0);
    highs.try_set_option("random_seed", seed).ok()?;
    highs
        .try_set_option("mip_rel_gap", job.relative_gap.max(0.0))
        .ok()?;
    highs.try_set_option("mip_abs_gap", job.absolute_gap).ok()?;
    if job.strict {
        highs.try_set_option("presolve", "off").ok()?;
        highs
            .try_set_option("mip_feasibility_tolerance", 1e-10)
            .ok()?;
        highs
            .try_set_option("primal_feasibility_tolerance", 1e-10)
            .ok()?;
    }
    Some(())
}

/// Callback types of the C interface that are switched on.
const BETTER_VECTOR: c_int = 4;
const MIP_INTERRUPT: c_int = 6;

fn listen(highs: &mut highs::Model, told: &mut Box<Told>) {
    let data: *mut Told = &mut **told;
    // SAFETY: the pointer to the model is valid for the length of the calls; `told` is boxed,
    // lives until after the model is dropped, and is touched by nobody else meanwhile.
    unsafe {
        highs_sys::Highs_setCallback(highs.as_mut_ptr(), Some(hear), data.cast::<c_void>());
        for t in [BETTER_VECTOR, MIP_INTERRUPT] {
            highs_sys::Highs_startCallback(highs.as_mut_ptr(), t);
        }
    }
}

/// Called by HiGHS. Does not panic: it only reads, copies and sends.
unsafe extern "C" fn hear(
    kind: c_int,
    _message: *const c_char,
    out: *const HighsCallbackDataOut,
    input: *mut HighsCallbackDataIn,
    data: *mut c_void,
) {
    // SAFETY: HiGHS hands out valid pointers for the length of the call (or null, tested here);
    // `data` is the boxed `Told` of `listen`.
    let (Some(told), Some(out)) = (unsafe { data.cast::<Told>().as_mut() }, unsafe {
        out.as_ref()
    }) else {
        return;
    };
    if kind == BETTER_VECTOR && !out.mip_solution.is_null() {
        let length = usize::try_from(out.mip_solution_size).unwrap_or(0);
        // SAFETY: HiGHS states the length of the vector beside its pointer.
        let x = unsafe { std::slice::from_raw_parts(out.mip_solution, length) }.to_vec();
        let _ = told.sender.send(Event::Vector(x));
    }
    if matches!(kind, BETTER_VECTOR | MIP_INTERRUPT) && out.mip_dual_bound > told.bound {
        told.bound = out.mip_dual_bound;
        let _ = told.sender.send(Event::Bound(told.bound));
    }
    // SAFETY: as above.
    if let Some(input) = unsafe { input.as_mut() }
        && told.quit.iter().any(|q| q.load(Ordering::Relaxed))
    {
        input.user_interrupt = 1;
    }
}

fn answer(solved: &highs::SolvedModel) -> Answer {
    // SAFETY: the pointer is valid while `solved` lives. (Its own `status` panics on a status
    // that the crate does not know.)
    let status = unsafe { highs_sys::Highs_getModelStatus(solved.as_ptr().cast_mut()) };
    let verdict = match status {
        highs_sys::MODEL_STATUS_OPTIMAL => Verdict::Optimal,
        highs_sys::MODEL_STATUS_INFEASIBLE | highs_sys::MODEL_STATUS_UNBOUNDED_OR_INFEASIBLE => {
            Verdict::Infeasible
        }
        highs_sys::MODEL_STATUS_REACHED_TIME_LIMIT
        | highs_sys::MODEL_STATUS_REACHED_INTERRUPT
        | highs_sys::MODEL_STATUS_REACHED_SOLUTION_LIMIT
        | highs_sys::MODEL_STATUS_HIGHS_INTERRUPT => Verdict::Limit,
        _ => Verdict::Failed,
    };
    let feasible = solved.primal_solution_status() == highs::HighsSolutionStatus::Feasible;
    let solution = solved.get_solution();
    let bound = solved
        .double_info_value(c"mip_dual_bound")
        .unwrap_or(f64::NEG_INFINITY);
    Answer {
        verdict,
        x: feasible.then(|| solution.columns().to_vec()),
        bound,
    }
}
