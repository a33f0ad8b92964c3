//! Room `domain`: see lib.rs.
