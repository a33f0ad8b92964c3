//! Room `solve`: see lib.rs.
