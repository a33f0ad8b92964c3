//! Tests of the room `policy`: reading, eligibility, entitlement, subsidy, settling, weights.

mod faults;
mod read;
mod rules;
mod settle;
mod subsidy;
mod subsidy_properties;
mod weights;
mod window;
mod world;
