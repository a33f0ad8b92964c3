//! Fairness (公平): who could complain, other ways to weigh firms against each other, and what each costs.
//!
//! - `rank`: the order of priority. `serial`: strict order, each taking its best (no justified envy).
//! - `envy`: the pairs of justified envy. `cap`: most points with at most so many pairs.
//! - `groups`: districts and sizes. `weigh`: max-min and Nash welfare over them by weighted runs.
//! - `measure`: figures of a plan. `report`: who could complain about whom. `table`: the price of fairness, one row a mode.
//! - `mode`: the mode of the policy, as a run follows it.
//!
//! Not here: the weights of a placement (`policy::weights`), quotas cut in one ratio (`policy::settle`).

pub mod cap;
pub mod envy;
pub mod groups;
pub mod measure;
pub mod mode;
pub mod rank;
pub mod report;
pub mod serial;
pub mod table;
pub mod weigh;
