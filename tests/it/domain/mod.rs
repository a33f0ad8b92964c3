//! Tests of the room `domain`: values, keys, places, periods, and the laws of single nouns.

mod calendar;
mod codes;
mod laws;
mod periods;
mod places;
mod values;
mod world;
