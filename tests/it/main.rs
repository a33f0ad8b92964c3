//! The one integration-test binary: each folder tests one room through its doors.

mod acts;
mod atlas;
mod cli;
mod config;
mod domain;
mod generate;
mod intake;
mod planning;
mod policy;
mod solve;
mod store;
mod story;
mod support;
mod tidy;
mod web;
