//! Powers over the record: replay, history, the journal, personal data, retention.

use super::{Power, Reach};
use crate::domain::people::Role;

/// Who looks at how something was decided.
const LOOKS: &[(Role, Reach)] = &[
    (Role::DistrictReviewer, Reach::Own),
    (Role::DistrictApprover, Reach::Own),
    (Role::BureauPlanner, Reach::All),
    (Role::BureauApprover, Reach::All),
    (Role::AuditAdmin, Reach::All),
    (Role::Operator, Reach::All),
];

/// Who reads the journal as such.
const AUDITS: &[(Role, Reach)] = &[(Role::AuditAdmin, Reach::All), (Role::Operator, Reach::All)];

/// Rebuild a decision and say whether it matches.
pub const REPLAY: Power = Power {
    act: "replay decision",
    who: LOOKS,
};

/// See who did what to a thing, with its state then.
pub const SEE_HISTORY: Power = Power {
    act: "see history",
    who: LOOKS,
};

/// Browse the journal, its daily heads, and compare heads that were kept elsewhere.
pub const SEE_JOURNAL: Power = Power {
    act: "see journal",
    who: AUDITS,
};

/// See personal data whole, with a reason.
pub const REVEAL: Power = Power {
    act: "reveal personal data",
    who: &[
        (Role::DistrictReviewer, Reach::Own),
        (Role::BureauPlanner, Reach::All),
    ],
};

/// See how long what is kept and what is due.
pub const SEE_RETENTION: Power = Power {
    act: "see retention",
    who: &[
        (Role::SystemAdmin, Reach::All),
        (Role::AuditAdmin, Reach::All),
        (Role::Operator, Reach::All),
    ],
};

/// Erase what is due.
pub const APPLY_RETENTION: Power = Power {
    act: "apply retention",
    who: &[
        (Role::SystemAdmin, Reach::All),
        (Role::Operator, Reach::All),
    ],
};

/// All of these.
pub(super) const ALL: &[&Power] = &[
    &REPLAY,
    &SEE_HISTORY,
    &SEE_JOURNAL,
    &REVEAL,
    &SEE_RETENTION,
    &APPLY_RETENTION,
];
