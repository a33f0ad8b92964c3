//! Acts (事项): who may do what, from which state, in one transaction; and the synthetic city.
//!
//! Not here: HTTP and terminals (`web`, `cli`), rules (`policy`), search (`solve`).

pub mod generate;
