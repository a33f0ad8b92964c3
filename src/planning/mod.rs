//! Room `planning`: see lib.rs.
