//! Atlas: datum, distance, outlines, metro, hard rules, candidates, parts, housing near by.

mod candidates;
mod datum;
mod distance;
mod network;
mod outline;
mod real;
mod score;
mod transit;
mod workload;
mod world;
