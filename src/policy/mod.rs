//! Room `policy`: see lib.rs.
