//! Who may do what, from which state, in one transaction; and what people may read of it.
//!
//! Not here: HTTP, terminals.

pub mod view;
pub mod words;
