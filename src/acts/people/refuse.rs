//! Refusals of the door. What a stranger is told is the same for an unknown login, a wrong password
//! and a wrong code.
//!
//! Not here: refusals that all acts share (`acts::refuse`).

use crate::domain::fault::{Code, Fault, Place};

/// The sign-in is refused: login, password or code is wrong.
pub const WRONG: Code = Code("AC203");
/// Too many failures of this account from this address.
pub const LOCKED: Code = Code("AC204");
/// Many failures of this account: its sign-ins are slowed down.
pub const SLOWED: Code = Code("AC205");
/// The sign-in under way is over, or stands at another step.
pub const TICKET: Code = Code("AC206");
/// The new password is too weak.
pub const WEAK: Code = Code("AC207");
/// The new password was used before.
pub const USED: Code = Code("AC208");
/// The account may not sign in: it waits, is disabled or dormant.
pub const NOT_ACTIVE: Code = Code("AC209");
/// Too many sign-ins at once.
pub const BUSY: Code = Code("AC212");
/// A password could not be hashed.
pub const HASH: Code = Code("AC213");
/// The file of the key cannot be made or read, or others may read it.
pub const KEY_FILE: Code = Code("AC214");
/// A secret was sealed with another key.
pub const KEY_WRONG: Code = Code("AC215");
/// This needs a session, not a token.
pub const IN_PERSON: Code = Code("AC216");
/// The scope of a token would be wider than the role.
pub const WIDER: Code = Code("AC218");
/// The login is taken.
pub const LOGIN_TAKEN: Code = Code("AC220");
/// This cannot be done to one's own account.
pub const OWN_ACCOUNT: Code = Code("AC221");
/// It is the last active administrator of its role.
pub const LAST_ADMIN: Code = Code("AC222");
/// Each of the three administrators is there already.
pub const NOTHING_TO_SET_UP: Code = Code("AC223");
/// The setup code is wrong, used or over.
pub const SETUP_CODE: Code = Code("AC224");
/// The machine gives no randomness.
pub const NO_RANDOM: Code = Code("AC226");

/// AC203.
pub fn wrong() -> Fault {
    Fault::new(
        WRONG,
        "login, password or code is wrong",
        "try again; after five failures the account is locked for this address for 15 minutes",
    )
}

/// AC204.
pub fn locked() -> Fault {
    Fault::new(
        LOCKED,
        "too many failures from this address",
        "wait 15 minutes, or ask the security administrator to unlock the account",
    )
}

/// AC205.
pub fn slowed() -> Fault {
    Fault::new(
        SLOWED,
        "many sign-ins to this account failed, so they are slowed down",
        "wait a minute and try again",
    )
}

/// AC206.
pub fn ticket() -> Fault {
    Fault::new(
        TICKET,
        "the sign-in under way is over, or stands at another step",
        "begin the sign-in again",
    )
}

/// AC207 with every reason.
pub fn weak(cause: &str, action: &str) -> Fault {
    let place = Place {
        column: Some("password".to_owned()),
        ..Place::default()
    };
    Fault::new(WEAK, cause, action).at(place)
}

/// AC208.
pub fn used() -> Fault {
    Fault::new(
        USED,
        "the password was used before",
        "choose one that differs from the last five",
    )
}

/// AC209.
pub fn not_active(cause: &str, action: &str) -> Fault {
    Fault::new(NOT_ACTIVE, cause, action)
}

/// AC221.
pub fn own_account() -> Fault {
    Fault::new(
        OWN_ACCOUNT,
        "nobody does this to his own account",
        "ask another administrator",
    )
}
