//! Atlas: where things are and how far apart, and which units an application can have.
//! Datum, geodesic distance, outlines, metro minutes, spatial index, hard rules, site parts.
//!
//! Not here: prices, quotas, points, choices, bundles of units (planning), rules as data (policy).

pub mod candidates;
pub mod datum;
pub mod distance;
pub mod ground;
pub mod index;
pub mod legs;
pub mod near;
pub mod need;
pub mod network;
pub mod outline;
pub mod packed;
pub mod rules;
pub mod score;
pub mod speeds;
pub mod transit;

pub use candidates::{Candidates, Sieve};
pub use ground::Atlas;
pub use near::NearProject;
pub use need::Need;
pub use score::SiteParts;
pub use speeds::Speeds;
