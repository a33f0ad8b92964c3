//! Room `store`: see lib.rs.
