//! Powers over accounts, sessions and tokens. The three administrators (三员) exclude each other:
//! the system administrator makes accounts and enables them, the security administrator gives roles,
//! second factors and ends sessions, the audit administrator only looks. To take an account over
//! would need both of the first two: one resets the password, the other the second factor.
//!
//! Not here: what happens then (`acts::people`).

use super::{Power, Reach};
use crate::domain::people::Role;

/// Everybody who can sign in, on his own account: these acts name no other account.
const SELF: &[(Role, Reach)] = &[
    (Role::FirmPreparer, Reach::All),
    (Role::FirmApprover, Reach::All),
    (Role::DistrictReviewer, Reach::All),
    (Role::DistrictApprover, Reach::All),
    (Role::BureauPlanner, Reach::All),
    (Role::BureauApprover, Reach::All),
    (Role::SystemAdmin, Reach::All),
    (Role::SecurityAdmin, Reach::All),
    (Role::AuditAdmin, Reach::All),
];

const fn own(act: &'static str) -> Power {
    Power { act, who: SELF }
}

const SYSTEM: &[(Role, Reach)] = &[(Role::SystemAdmin, Reach::All)];
const SECURITY: &[(Role, Reach)] = &[(Role::SecurityAdmin, Reach::All)];
const PUBLIC: &[(Role, Reach)] = &[(Role::Public, Reach::All)];

/// Begin a session.
pub const SIGN_IN: Power = own("sign in");
/// End one's session.
pub const SIGN_OUT: Power = own("sign out");
/// Enrol one's second factor.
pub const ENROL: Power = own("enrol second factor");
/// Choose one's new password.
pub const CHANGE_PASSWORD: Power = own("change password");
/// See one's sessions.
pub const SEE_SESSIONS: Power = own("see own sessions");
/// End one's sessions.
pub const END_SESSIONS: Power = own("end own sessions");
/// See one's tokens.
pub const SEE_TOKENS: Power = own("see own tokens");
/// Make a token.
pub const MAKE_TOKEN: Power = own("make token");
/// Revoke a token of one's own.
pub const REVOKE_TOKEN: Power = own("revoke token");

/// See accounts.
pub const SEE_ACCOUNT: Power = Power {
    act: "see account",
    who: &[
        (Role::FirmApprover, Reach::Own),
        (Role::DistrictReviewer, Reach::Own),
        (Role::SystemAdmin, Reach::All),
        (Role::SecurityAdmin, Reach::All),
        (Role::AuditAdmin, Reach::All),
        (Role::Operator, Reach::All),
    ],
};
/// Make an officer's account, which has no power until it has a role.
pub const CREATE_ACCOUNT: Power = Power {
    act: "create account",
    who: SYSTEM,
};
/// Give an officer's account its role.
pub const GIVE_ROLE: Power = Power {
    act: "give role",
    who: SECURITY,
};
/// Invite a preparer or a further approver of one's firm.
pub const INVITE: Power = Power {
    act: "invite colleague",
    who: &[(Role::FirmApprover, Reach::Own)],
};
/// Confirm, or refuse, that somebody speaks for a firm.
pub const CONFIRM_FIRM: Power = Power {
    act: "confirm firm account",
    who: &[(Role::DistrictReviewer, Reach::Own)],
};
/// Disable an account.
pub const DISABLE: Power = Power {
    act: "disable account",
    who: &[
        (Role::FirmApprover, Reach::Own),
        (Role::SystemAdmin, Reach::All),
        (Role::SecurityAdmin, Reach::All),
    ],
};
/// Enable an account again.
pub const ENABLE: Power = Power {
    act: "enable account",
    who: &[
        (Role::FirmApprover, Reach::Own),
        (Role::SystemAdmin, Reach::All),
    ],
};
/// Give an account a one-time password.
pub const RESET_PASSWORD: Power = Power {
    act: "reset password",
    who: &[
        (Role::FirmApprover, Reach::Own),
        (Role::SystemAdmin, Reach::All),
    ],
};
/// Take a second factor away and give a code to enrol another.
pub const RESET_SECOND_FACTOR: Power = Power {
    act: "reset second factor",
    who: SECURITY,
};
/// Lift the lock of an account.
pub const UNLOCK: Power = Power {
    act: "unlock account",
    who: SECURITY,
};
/// See anybody's sessions.
pub const SEE_ANY_SESSIONS: Power = Power {
    act: "see sessions",
    who: &[
        (Role::SecurityAdmin, Reach::All),
        (Role::AuditAdmin, Reach::All),
    ],
};
/// End anybody's sessions.
pub const END_ANY_SESSIONS: Power = Power {
    act: "end sessions",
    who: SECURITY,
};
/// Register for a firm; powerless until the district confirms.
pub const REGISTER: Power = Power {
    act: "register for firm",
    who: PUBLIC,
};
/// Set up the first administrator of a role with a one-time code.
pub const SET_UP: Power = Power {
    act: "set up administrator",
    who: PUBLIC,
};
/// Make such codes, and the accounts of a demonstration.
pub const ISSUE_SETUP: Power = Power {
    act: "issue setup code",
    who: &[(Role::Operator, Reach::All)],
};
/// Make the labelled accounts of a demonstration.
pub const MAKE_DEMO: Power = Power {
    act: "make demo account",
    who: &[(Role::Operator, Reach::All)],
};

/// Acts that need the person himself, not a token that he gave away.
pub const IN_PERSON: &[&Power] = &[
    &SIGN_IN,
    &SIGN_OUT,
    &ENROL,
    &CHANGE_PASSWORD,
    &END_SESSIONS,
    &MAKE_TOKEN,
    &REVOKE_TOKEN,
];

/// All of these.
pub(super) const ALL: &[&Power] = &[
    &SIGN_IN,
    &SIGN_OUT,
    &ENROL,
    &CHANGE_PASSWORD,
    &SEE_SESSIONS,
    &END_SESSIONS,
    &SEE_TOKENS,
    &MAKE_TOKEN,
    &REVOKE_TOKEN,
    &SEE_ACCOUNT,
    &CREATE_ACCOUNT,
    &GIVE_ROLE,
    &INVITE,
    &CONFIRM_FIRM,
    &DISABLE,
    &ENABLE,
    &RESET_PASSWORD,
    &RESET_SECOND_FACTOR,
    &UNLOCK,
    &SEE_ANY_SESSIONS,
    &END_ANY_SESSIONS,
    &REGISTER,
    &SET_UP,
    &ISSUE_SETUP,
    &MAKE_DEMO,
];
