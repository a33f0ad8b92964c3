//! Stored plans: the allocation board, trying something else, making it an override, what an override costs, why an
//! application is where it is, and the questions about a plan (money, conflicts, changes, fairness, a unit that comes free).
//!
//! Not here: two plans side by side (`compare`), scenarios (`scenarios`), what the public sees (`pages`).

pub mod asked;
pub mod board;
pub mod conflict;
pub mod differences;
pub mod fairness;
pub mod freed;
pub mod frontier;
pub mod money;
pub mod overrides;
pub mod price;
pub mod tried;
pub mod why;

use crate::acts::powers::reasons::QUESTION_PLAN;
use crate::domain::ids::RoundId;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::sheet::Sheet;

/// Seconds that a page may take to try something, unless told otherwise.
pub const SECONDS: u32 = 3;
/// Most seconds that a page waits.
pub const SECONDS_MOST: u32 = 20;

/// The questions about a plan that have a page: its chapter, which is its title, and its path.
const QUESTIONS: [(&str, &str); 5] = [
    ("worth", "/plans/{}/money"),
    ("conflict", "/plans/{}/conflict"),
    ("frontier", "/plans/{}/frontier"),
    ("fairness", "/plans/{}/fairness"),
    ("freed", "/plans/{}/freed"),
];

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

/// The same sheet with a button to each question about a plan, but for the one that it is.
pub fn doors(ctx: &Ctx, mut sheet: Sheet, digest: &str, here: &str) -> Sheet {
    if !ctx.can(&QUESTION_PLAN) {
        return sheet;
    }
    for (key, path) in QUESTIONS.into_iter().filter(|(key, _)| *key != here) {
        let path = ctx.plain(&path_to(path, &[&digest]));
        sheet = sheet.button(path, ctx.t(&format!("chapter.{key}")), "");
    }
    sheet
}

/// The page of a question about a plan: the way to it, what it answers, the other questions.
pub fn begun(ctx: &Ctx, (digest, round): (&str, &RoundId), key: &'static str) -> Sheet {
    let board = path_to("/plans/{}/board", &[&digest]);
    let sheet = Sheet::new("rounds", ctx.t(&format!("chapter.{key}")))
        .under(ctx.plain("/rounds"), ctx.t("nav.rounds"))
        .under(
            ctx.plain(&path_to("/rounds/{}", &[round])),
            round.to_string(),
        )
        .under(ctx.plain(&board), ctx.t("board.title"))
        .lead(format!(
            "{} {} · {}",
            ctx.t("term.plan"),
            ctx.short(digest),
            ctx.t(&format!("lead.{key}"))
        ));
    doors(ctx, sheet, digest, key)
}
