//! A year of the city, told as acts by named roles on both databases: from the quotas to the claw-back.
//!
//! Everything is synthetic. The figures that are asserted follow from the story, not from a run of it.

mod applying;
mod city;
mod killed;
mod letting;
mod planning;
mod rush;
mod spending;
mod supervising;
mod year;
