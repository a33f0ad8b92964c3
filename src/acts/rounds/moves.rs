//! Moves: which acts on a round are open to whom at its step. What the acts refuse, this table does not
//! offer; a test walks both.

use super::today;
use crate::acts::Desk;
use crate::acts::powers::Power;
use crate::acts::powers::rounds as power;
use crate::domain::procedure::{Procedure, Step};

/// An act on a round.
pub struct Move {
    /// Its power; the name of the act is the power's.
    pub power: &'static Power,
    /// Last part of its path under the round.
    pub verb: &'static str,
    /// Steps at which it can be done.
    pub steps: &'static [Step],
}

/// All acts on a round.
pub const MOVES: &[Move] = &[
    Move {
        power: &power::PUBLISH_GUIDE,
        verb: "guide",
        steps: &[Step::Preparing, Step::Guided],
    },
    Move {
        power: &power::FREEZE_ROUND,
        verb: "freeze",
        steps: &[Step::Guided, Step::Frozen],
    },
    Move {
        power: &power::CHOOSE_PLAN,
        verb: "choose",
        steps: &[Step::Frozen, Step::Chosen],
    },
    Move {
        power: &power::APPROVE_PLAN,
        verb: "approve",
        steps: &[Step::Chosen],
    },
    Move {
        power: &power::SEND_BACK_PLAN,
        verb: "send-back",
        steps: &[Step::Chosen],
    },
    Move {
        power: &power::REOPEN_ROUND,
        verb: "reopen",
        steps: &[Step::Approved],
    },
    Move {
        power: &power::PUBLICISE_PLAN,
        verb: "publicise",
        steps: &[Step::Approved],
    },
    Move {
        power: &power::OBJECT,
        verb: "object",
        steps: &[Step::Publicised],
    },
    Move {
        power: &power::CONFIRM_ROUND,
        verb: "confirm",
        steps: &[Step::Publicised],
    },
    Move {
        power: &power::SUCCEED,
        verb: "next",
        steps: &[Step::Confirmed],
    },
    Move {
        power: &power::CLOSE_ROUND,
        verb: "close",
        steps: &[Step::Confirmed],
    },
];

/// The moves open to the actor now: by step, role, person and day.
pub fn open(desk: &Desk, now: &Procedure) -> Vec<&'static Move> {
    let open = |m: &&Move| {
        m.steps.contains(&now.step) && desk.may(m.power).is_ok() && in_time(desk, now, m.verb)
    };
    MOVES.iter().filter(open).collect()
}

/// What step and role leave open, person and day may still forbid.
fn in_time(desk: &Desk, now: &Procedure, verb: &str) -> bool {
    let day = today(desk);
    let publicity = now.publicity.as_ref();
    match verb {
        "freeze" => (now.guide.as_ref()).is_some_and(|g| g.closes_at <= desk.now()),
        "approve" => (now.choice.as_ref()).is_some_and(|c| c.chosen.by != desk.actor()),
        "object" => publicity.is_some_and(|p| p.from <= day && day <= p.until),
        "confirm" => publicity.is_some_and(|p| p.until < day),
        _ => true,
    }
}
