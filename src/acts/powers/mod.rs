//! THE table of powers: role x act x ownership. An act that is not here cannot run, because every
//! act takes its power; a route names the power of its act, and a test asks each cell.
//!
//! One file per subject. Not here: how a power is enforced (`act`).

pub mod calendar;
pub mod cases;
pub mod contracts;
pub mod firms;
pub mod money;
pub mod offers;
pub mod papers;
pub mod people;
pub mod policies;
pub mod reasons;
pub mod record;
pub mod rounds;
pub mod supervision;
pub mod tables;
pub mod tasks;

use crate::domain::people::Role;

/// How far a power reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// Not at all.
    None,
    /// Things of one's own firm or district.
    Own,
    /// Everything.
    All,
}

/// Who may do one act.
#[derive(Debug)]
pub struct Power {
    /// The act, as the journal names it: a verb and its noun.
    pub act: &'static str,
    /// Roles and how far; a role that is not named may not.
    pub who: &'static [(Role, Reach)],
}

impl Power {
    /// How far the power of a role reaches.
    pub fn reach(&self, role: Role) -> Reach {
        self.who
            .iter()
            .find(|(r, _)| *r == role)
            .map_or(Reach::None, |(_, reach)| *reach)
    }
}

/// The power of an act, as the journal names it.
pub fn named(act: &str) -> Option<&'static Power> {
    let all = ALL.iter().flat_map(|some| some.iter());
    all.copied().find(|power| power.act == act)
}

/// All powers, by subject.
pub const ALL: &[&[&Power]] = &[
    cases::ALL,
    money::ALL,
    people::ALL,
    policies::ALL,
    calendar::ALL,
    rounds::ALL,
    offers::ALL,
    contracts::ALL,
    tasks::ALL,
    supervision::ALL,
    record::ALL,
    tables::ALL,
    firms::ALL,
    reasons::ALL,
    papers::ALL,
    // One line per subject.
];
