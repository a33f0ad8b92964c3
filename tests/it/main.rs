//! The one integration-test binary.

mod domain;
mod policy;
mod tidy;
