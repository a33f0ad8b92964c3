//! Foils (反问): "give unit u to firm f", "move f to district d", "place f at all", "keep g where it is",
//! alone or together: is it possible, what does it change in points, who moves, what of the quotas.
//!
//! - `demand`: a demand as people say it, and the options that meet it.
//! - `screen`: a quick answer from the prices, with a guarantee, and from the firms around.
//! - `answer`: solved again from the plan, with bound.
//!
//! Not here: changes of space or money (`inverse`), conflicts of demands (`conflict`).

pub mod answer;
pub mod demand;
pub mod screen;

pub use answer::{Answered, ask};
pub use demand::Demand;
pub use screen::{Screened, screen};
