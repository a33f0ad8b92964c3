//! Room `cli`: see lib.rs.
