//! The one integration-test binary.

mod domain;
mod generate;
mod policy;
mod solve;
mod tidy;
