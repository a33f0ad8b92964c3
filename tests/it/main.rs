//! The one integration-test binary.

mod atlas;
