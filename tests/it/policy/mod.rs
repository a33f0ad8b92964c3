//! Tests of the room `policy`: reading, eligibility, entitlement, subsidy, settling, weights.

mod claims;
mod condition;
mod faults;
mod lint;
mod read;
mod rules;
mod schema;
mod sections;
mod settle;
mod sheet;
mod subsidy;
mod subsidy_properties;
mod verdicts;
mod weights;
mod window;
mod world;
