//! The house, enforced: module edges, crates per room, clocks, headers, lengths, fault codes,
//! migrations, forbidden words. Each check is a function from sources to findings, a test that runs
//! it on this repository, and a self-test on a bad example, so that each test can fail.

mod clocks;
mod codes;
mod codes_self;
mod crates;
mod edges;
mod features;
mod finding;
mod migrations;
mod origin;
mod scan;
mod source;
mod strip;
mod texts;
mod words;
