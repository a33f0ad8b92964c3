//! The one integration-test binary.

mod domain;
mod planning;
mod policy;
mod solve;
mod support;
mod tidy;
