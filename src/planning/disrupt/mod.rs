//! Least disruption (最小变动): after a change (a firm withdraws, an objection is upheld, a unit is lost, a
//! quota is cut) the plan is made again with as few firms moved as possible, or with more of them where
//! that brings points: the frontier of points against moves, with a price for each further move.
//!
//! - `event`: changes, and the instance after them in which moves are counted.
//! - `frontier`: its points, each with its bound.
//!
//! Not here: storing a plan, who is told.

pub mod event;
pub mod frontier;

pub use event::Event;
pub use frontier::{Frontier, Point, frontier};
