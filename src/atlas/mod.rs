//! Room `atlas`: see lib.rs.
