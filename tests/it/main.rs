//! The one integration-test binary: each folder tests one room through its doors.

mod domain;
mod policy;
mod solve;
mod tidy;
