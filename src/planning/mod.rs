//! Room `planning`: see lib.rs.

pub mod format;
