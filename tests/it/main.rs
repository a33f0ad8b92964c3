//! The one integration-test binary.
mod intake;
