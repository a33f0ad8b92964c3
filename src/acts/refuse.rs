//! Refusals that all acts share. The doors turn their codes into a status.
//!
//! Not here: faults of one act (its own file).

use std::fmt::Display;

use crate::domain::fault::{Code, Fault, Place};
use crate::domain::people::Role;

/// Nobody is signed in, or the sign-in is over.
pub const SIGN_IN: Code = Code("AC010");
/// The role may not do this at all.
pub const NOT_ALLOWED: Code = Code("AC011");
/// The role may do this, but not for this firm or district.
pub const NOT_YOURS: Code = Code("AC012");
/// There is no such thing.
pub const ABSENT: Code = Code("AC013");
/// The thing is in a state in which this cannot be done.
pub const WRONG_STATE: Code = Code("AC014");
/// The thing was changed since it was read.
pub const CHANGED: Code = Code("AC015");
/// The key against doing twice was used for another act.
pub const KEY_REUSED: Code = Code("AC016");
/// The checker is the maker.
pub const SAME_PERSON: Code = Code("AC017");
/// A value asked for is not acceptable.
pub const UNFIT: Code = Code("AC018");
/// It is not said which version of a noun was read.
pub const NOT_READ: Code = Code("AC240");
/// The token does not reach so far, though the role does.
pub const BEYOND_TOKEN: Code = Code("AC217");
/// The act was done under this key, and its answer held a secret that is not kept.
pub const SHOWN_ONCE: Code = Code("AC024");
/// What an act left behind cannot be written as JSON.
pub const UNWRITABLE: Code = Code("AC019");

/// AC011.
pub fn not_allowed(role: Role, act: &str) -> Fault {
    Fault::new(
        NOT_ALLOWED,
        format!("the role {} may not {act}", role.name()),
        "ask somebody whose role may; the table of powers lists them",
    )
}

/// AC217.
pub fn beyond_token(act: &str) -> Fault {
    Fault::new(
        BEYOND_TOKEN,
        format!("this token may not {act}"),
        "use a token with that act in its scope, or sign in",
    )
}

/// AC012. Says nothing about the thing, for it belongs to others.
pub fn not_yours(act: &str) -> Fault {
    Fault::new(
        NOT_YOURS,
        format!("this belongs to another firm or district: not yours to {act}"),
        "choose one of your own",
    )
}

/// AC013.
pub fn absent(noun: &str, key: impl Display) -> Fault {
    Fault::new(
        ABSENT,
        format!("there is no {noun} {key}"),
        "choose one from the list",
    )
}

/// AC014: what it is, and what it would have to be.
pub fn wrong_state(subject: impl Into<String>, is: &str, needs: &[&str]) -> Fault {
    Fault::new(
        WRONG_STATE,
        format!("it is {is}; this needs {}", needs.join(" or ")),
        "look at where it stands now",
    )
    .at(Place::subject(subject))
}

/// AC015.
pub fn changed(subject: impl Into<String>) -> Fault {
    Fault::new(
        CHANGED,
        "it was changed since you read it",
        "read it again, compare, and repeat what you want",
    )
    .at(Place::subject(subject))
}

/// AC017.
pub fn same_person(what: &str) -> Fault {
    Fault::new(
        SAME_PERSON,
        format!("you {what} yourself; another person must check it"),
        "ask a second officer",
    )
}

/// AC240.
pub fn not_read() -> Fault {
    Fault::new(
        NOT_READ,
        "it is not said which version was read",
        "read it and send its ETag as If-Match",
    )
}

/// AC018 of a field.
pub fn unfit(field: &str, cause: impl Into<String>, action: &str) -> Fault {
    let place = Place {
        column: Some(field.to_owned()),
        ..Place::default()
    };
    Fault::new(UNFIT, cause, action).at(place)
}
