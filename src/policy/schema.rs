//! The published JSON Schema of a policy document (`data/policy/schema.json`), as editors and outside
//! tools want it. A test keeps it and the reader in step, key by key.
//!
//! Not here: the laws that tie values together (`prove`).

/// The schema (JSON Schema 2020-12).
pub const TEXT: &str = include_str!("../../data/policy/schema.json");
