//! Room `web`: see lib.rs.
