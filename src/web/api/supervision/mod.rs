//! Supervision in the API.

pub mod draws;
pub mod findings;
pub mod sanctions;
pub mod statements;
pub mod visits;
