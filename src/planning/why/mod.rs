//! Certificates (理由书): for every firm exactly one of not eligible, nothing fits, priced out, placed,
//! each with what would have changed it and with what it cost.
//!
//! - `viewer`: who may see which firm; the others are counted by size of firm.
//! - `relax`: the smallest change of an application that opens an option, tried on the options themselves.
//! - `priced`: options with their prices, by how much each is missed, who would have to give way.
//! - `placed`: why here, and what was given up.
//! - `certificate`: all of it for one application. `tell`, `name`, `book`: in words, from
//!   `data/reasons.tsv`.
//!
//! Not here: solving again (`foil`).

pub mod book;
pub mod certificate;
pub mod name;
pub mod placed;
pub mod priced;
pub mod relax;
pub mod tell;
pub mod viewer;
