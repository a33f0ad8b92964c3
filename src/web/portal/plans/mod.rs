//! Stored plans: the allocation board, trying something else, making it an override, what an override costs, and
//! why an application is where it is.
//!
//! Not here: two plans side by side (`compare`), scenarios (`scenarios`), what the public sees (`pages`).

pub mod board;
pub mod differences;
pub mod money;
pub mod overrides;
pub mod price;
pub mod tried;
pub mod why;

use crate::web::context::Ctx;

/// Seconds that a page may take to try something, unless told otherwise.
pub const SECONDS: u32 = 3;
/// Most seconds that a page waits.
pub const SECONDS_MOST: u32 = 20;

/// The seconds asked for.
pub fn seconds(ctx: &Ctx) -> u32 {
    let asked = ctx.value("seconds").parse().unwrap_or(SECONDS);
    asked.clamp(1, SECONDS_MOST)
}

/// Choices of seconds.
pub fn choices_of_seconds(ctx: &Ctx) -> Vec<(String, String)> {
    let one = |n: u32| {
        (
            n.to_string(),
            format!("{n} {}", ctx.t("board.seconds.unit")),
        )
    };
    [SECONDS, 10, SECONDS_MOST].map(one).to_vec()
}
