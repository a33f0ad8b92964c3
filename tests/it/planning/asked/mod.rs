//! Questions about plans against brute force on random small cities.

mod answers;
mod brute;
mod cards;
mod certificates;
mod city;
mod conflicts;
mod disruptions;
mod fairness;
mod foils;
mod fronts;
mod inverses;
mod modes;
mod recount;
mod refusals;
mod words;
