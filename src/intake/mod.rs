//! Room `intake`: see lib.rs.
