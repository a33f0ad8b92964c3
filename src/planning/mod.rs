//! Planning (编制方案): snapshot to options to instance, outcome to plan, the proof of a plan and the
//! reasons in it.
//!
//! - `files`, `order`, `prove`: snapshots and plans as files, canonical, with digests, proved.
//! - `facts`, `lots`, `bundles`, `offer`, `options`, `score`, `lodging`, `left_out`: what each may have.
//! - `resources`, `build`: the instance. `taken`, `explain`, `assemble`: the plan.
//! - `check`: proves a plan from the laws alone; shares nothing with the builder.
//! - `ask`: what questions about a plan stand on. `why`: the certificate of every application.
//! - `foil`, `inverse`, `conflict`, `disrupt`, `front`: questions. `fair`: envy, modes, the price of
//!   fairness. `roll`, `card`: between rounds.
//! - `words`: answers as officials read them. `summary`, `diff`: what a plan comes to, and how two differ.
//!   `format`: the outsiders' files.
//!
//! Not here: storage, clocks, who may do what (`store`, `acts`), search (`solve`).

pub mod ask;
pub mod assemble;
pub mod build;
pub mod bundles;
pub mod card;
pub mod check;
pub mod conflict;
pub mod diff;
pub mod disrupt;
pub mod explain;
pub mod facts;
pub mod fair;
pub mod files;
pub mod foil;
pub mod format;
pub mod front;
pub mod inverse;
pub mod left_out;
pub mod lodging;
pub mod lots;
mod offer;
pub mod options;
pub mod order;
pub mod prove;
pub mod resources;
pub mod retold;
pub mod roll;
pub mod run;
pub mod score;
pub mod summary;
pub mod taken;
pub mod why;
pub mod words;
