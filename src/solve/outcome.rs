//! The answer to an instance: status, value, proven bound, choices and the prices that prove it.
//!
//! Not here: JSON (`planning::format`), whether the answer is right (`certificate`).

/// How much is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The value is proven to be the largest: the bound is less than 1 above it.
    Optimal,
    /// The choices are feasible.
    Feasible,
    /// It is proven that no choice is feasible.
    Infeasible,
    /// Nothing feasible was found, nothing is proven.
    Unknown,
}

/// A number of an outcome. Ours are whole; those of others may be real.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// An integer.
    Whole(i64),
    /// A finite real number.
    Real(f64),
}

impl Number {
    /// The number in floating point, rounded to nearest.
    pub fn as_f64(self) -> f64 {
        match self {
            Number::Whole(n) => n as f64,
            Number::Real(x) => x,
        }
    }
}

/// What one agent takes. Agents that take nothing are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Id of the agent.
    pub agent: String,
    /// Id of its option; none is allowed and means nothing.
    pub option: Option<String>,
    /// Per demand, in order: pairs of pool and granted apartments.
    pub lodging: Vec<Vec<(i64, i64)>>,
}

/// One row of the history of the run.
#[derive(Clone, Debug, PartialEq)]
pub struct TraceRow {
    /// Seconds since the start.
    pub seconds: f64,
    /// Best value so far.
    pub value: Option<Number>,
    /// Best proven bound so far.
    pub bound: Option<Number>,
}

/// Prices and the bound that they prove by themselves, when branching proved a better one.
#[derive(Clone, Debug, PartialEq)]
pub struct Dual {
    /// One price per resource, value per unit, at least 0.
    pub prices: Vec<f64>,
    /// Bound proven by the prices, rounded down.
    pub bound: i64,
}

/// Agents whose one place in a block the certificate relies on; others may count more than once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Positions of packed resources of the block; each in one group at most.
    pub packed: Vec<u32>,
    /// Positions of the agents.
    pub agents: Vec<u32>,
}

/// A block certificate: it proves its bound by itself, see `certificate_blocks`.
#[derive(Clone, Debug, PartialEq)]
pub struct BlockProof {
    /// Positions of the resources that keep their capacities exactly.
    pub packed: Vec<u32>,
    /// One price per agent, at least 0 unless it is required.
    pub agents: Vec<f64>,
    /// One price per resource, at least 0; 0 for packed ones.
    pub resources: Vec<f64>,
    /// Agents that have one place in a whole block.
    pub held: Vec<Held>,
    /// Bound proven by all of it, rounded down.
    pub bound: i64,
}

/// How the answer was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Engine {
    /// Name of the method.
    pub name: String,
    /// Seed of the run.
    pub seed: u64,
    /// Threads of the run.
    pub threads: u32,
    /// Nominal seconds of work that were the limit; none if time was.
    pub work: Option<f64>,
    /// Why the run ended: `proved`, `gap`, `time`, `work`, `stop` or `engine`.
    pub ended: String,
    /// Binaries of the model that was branched on, after everything that could be left out.
    pub columns: u64,
    /// Remarks for engineers.
    pub note: String,
}

/// The answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Name of the instance.
    pub instance: String,
    /// How much is known.
    pub status: Status,
    /// Value of the choices; none without choices.
    pub value: Option<i64>,
    /// Proven upper bound; none if nothing is proven.
    pub upper_bound: Option<Number>,
    /// Seconds of the run.
    pub seconds: f64,
    /// The choices, in the order of the agents.
    pub choices: Vec<Choice>,
    /// Prices that prove `upper_bound`; absent if branching proved it.
    pub prices: Option<Vec<f64>>,
    /// The best prices known, if they prove less than `upper_bound`.
    pub dual: Option<Dual>,
    /// The best block certificate known.
    pub proof: Option<BlockProof>,
    /// Ids of required agents that cannot all be placed; only if infeasible.
    pub conflict: Option<Vec<String>>,
    /// History of value and bound.
    pub trace: Vec<TraceRow>,
    /// How it was found; none in outcomes of others.
    pub engine: Option<Engine>,
}
