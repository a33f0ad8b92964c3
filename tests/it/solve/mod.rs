//! Room `solve` and the file formats: engine against brute force, check against corruption.

mod blocks;
mod brute;
#[cfg(feature = "highs")]
mod conflict;
mod corrupt;
mod corrupt_proof;
mod files;
mod hostile;
mod instances;
mod literature;
mod mutants;
mod optimum;
mod packings;
mod prices;
mod properties;
mod worlds;
