//! Questions about plans against brute force on random small cities.

mod brute;
mod certificates;
mod city;
mod conflicts;
mod disruptions;
mod fairness;
mod foils;
mod inverses;
mod modes;
mod refusals;
mod words;
