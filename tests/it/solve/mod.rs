//! Room `solve` and the file formats: engine against brute force, check against corruption.

mod blocks;
mod brute;
#[cfg(feature = "highs")]
mod conflict;
mod corrupt;
mod corrupt_proof;
mod files;
mod instances;
mod literature;
mod optimum;
mod packings;
mod prices;
mod worlds;
