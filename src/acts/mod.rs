//! Room `acts`: see lib.rs.
