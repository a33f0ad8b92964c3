//! The one integration-test binary.
mod solve;
