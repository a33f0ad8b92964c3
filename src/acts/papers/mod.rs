//! Papers: notices that are printed and sealed, as text with their number, date and space for the seal; and what a notice
//! would say before it is published.
//!
//! - `docx`: a notice as a file of a word processor; `marks` and `package`: a template of one; `templates`: its versions.
//!
//! Not here: the words around it and the page (`web`).

pub mod docx;
pub mod marks;
pub mod package;
pub mod press;
pub mod templates;

use super::powers::rounds::PUBLICISE_PLAN;
use super::view::board::Board;
use super::{Desk, refuse, rounds, stored, view};
use crate::acts::act::Owner;
use crate::domain::fault::Faults;
use crate::domain::ids::RoundId;

/// A notice, ready to be printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notice {
    /// Document number (文号).
    pub number: String,
    /// Title.
    pub title: String,
    /// Paragraphs.
    pub text: Vec<String>,
    /// Headings of the table.
    pub heads: [String; 6],
    /// Rows of the table; none where nothing is awarded yet.
    pub rows: Vec<[String; 6]>,
    /// How anyone can check it, line by line.
    pub checks: Vec<String>,
    /// Who publishes it.
    pub office: String,
    /// What stands where the seal goes.
    pub seal: String,
    /// Day.
    pub day: String,
}

/// The awards of the plan that was approved, before they are publicised: for who may publicise them.
///
/// # Errors
/// AC013 when no plan is chosen, AC010 and AC011 for others.
pub fn preview(desk: &Desk, id: &RoundId) -> Result<Board, Faults> {
    desk.look(&PUBLICISE_PLAN, |tx| {
        let procedure = rounds::procedure(tx, id)?;
        let choice = procedure.choice;
        let digest = choice
            .map(|c| c.plan)
            .ok_or_else(|| refuse::absent("chosen plan of", id))?;
        let plan = stored::plan(tx, &digest)?;
        let snapshot = stored::snapshot(tx, &plan.snapshot)?;
        Ok((Owner::city(), view::board(&snapshot, &plan, &digest)))
    })
}
