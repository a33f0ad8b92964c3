//! Helpers that several rooms' tests share.

pub mod world;
