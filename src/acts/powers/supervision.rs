//! Powers over supervision: statements, draws, visits, findings, sanctions.

use super::{Power, Reach};
use crate::domain::people::Role;

type Who = &'static [(Role, Reach)];

const FIRM: Who = &[
    (Role::FirmPreparer, Reach::Own),
    (Role::FirmApprover, Reach::Own),
];

const FIRM_APPROVER: Who = &[(Role::FirmApprover, Reach::Own)];

/// Who prepares: the district for itself, the bureau for the city.
const MAKERS: Who = &[
    (Role::DistrictReviewer, Reach::Own),
    (Role::BureauPlanner, Reach::All),
];

/// Who decides.
const CHECKERS: Who = &[
    (Role::DistrictApprover, Reach::Own),
    (Role::BureauApprover, Reach::All),
];

const EYES: Who = &[
    (Role::FirmPreparer, Reach::Own),
    (Role::FirmApprover, Reach::Own),
    (Role::DistrictReviewer, Reach::Own),
    (Role::DistrictApprover, Reach::Own),
    (Role::BureauPlanner, Reach::All),
    (Role::BureauApprover, Reach::All),
    (Role::AuditAdmin, Reach::All),
    (Role::Operator, Reach::All),
];

const OFFICERS_EYES: Who = &[
    (Role::DistrictReviewer, Reach::Own),
    (Role::DistrictApprover, Reach::Own),
    (Role::BureauPlanner, Reach::All),
    (Role::BureauApprover, Reach::All),
    (Role::AuditAdmin, Reach::All),
    (Role::Operator, Reach::All),
];

/// See statements, those due, and how performance terms stand.
pub const SEE_STATEMENT: Power = Power {
    act: "see statement",
    who: EYES,
};

/// Prepare a quarterly statement.
pub const PREPARE_STATEMENT: Power = Power {
    act: "prepare statement",
    who: FIRM,
};

/// File a prepared statement.
pub const FILE_STATEMENT: Power = Power {
    act: "file statement",
    who: FIRM_APPROVER,
};

/// Confirm a filed statement or return it.
pub const REVIEW_STATEMENT: Power = Power {
    act: "review statement",
    who: &[(Role::DistrictReviewer, Reach::Own)],
};

/// See the inner side of a draw: why each contract weighs what it weighs, and the officers.
pub const SEE_DRAW: Power = Power {
    act: "see draw",
    who: OFFICERS_EYES,
};

/// Announce a draw of spot checks.
pub const ANNOUNCE_DRAW: Power = Power {
    act: "announce draw",
    who: MAKERS,
};

/// Freeze the list of a draw.
pub const FREEZE_DRAW: Power = Power {
    act: "freeze draw",
    who: MAKERS,
};

/// Enter the announced value and draw.
pub const HOLD_DRAW: Power = Power {
    act: "hold draw",
    who: CHECKERS,
};

/// See visits and findings.
pub const SEE_VISIT: Power = Power {
    act: "see visit",
    who: EYES,
};

/// Enter a visit with its findings.
pub const ENTER_VISIT: Power = Power {
    act: "enter visit",
    who: &[(Role::DistrictReviewer, Reach::Own)],
};

/// Reply to a finding.
pub const REPLY_FINDING: Power = Power {
    act: "reply to finding",
    who: FIRM_APPROVER,
};

/// Decide measures on a finding.
pub const DECIDE_FINDING: Power = Power {
    act: "decide finding",
    who: CHECKERS,
};

/// Say that what was found is mended.
pub const MEND_FINDING: Power = Power {
    act: "mend finding",
    who: FIRM_APPROVER,
};

/// Confirm that measures are carried out, or that they are not.
pub const CLOSE_FINDING: Power = Power {
    act: "close finding",
    who: &[
        (Role::DistrictReviewer, Reach::Own),
        (Role::DistrictApprover, Reach::Own),
    ],
};

/// See bans, suspensions and proposals to claw back.
pub const SEE_SANCTION: Power = Power {
    act: "see sanction",
    who: EYES,
};

/// Lift a ban.
pub const LIFT_BAN: Power = Power {
    act: "lift ban",
    who: CHECKERS,
};

/// Lift a suspension of subsidy.
pub const LIFT_SUSPENSION: Power = Power {
    act: "lift suspension",
    who: CHECKERS,
};

/// Say what became of a proposal to claw back.
pub const SETTLE_PROPOSAL: Power = Power {
    act: "settle claw-back proposal",
    who: &[(Role::DistrictApprover, Reach::Own)],
};

/// All of these.
pub(super) const ALL: &[&Power] = &[
    &SEE_STATEMENT,
    &PREPARE_STATEMENT,
    &FILE_STATEMENT,
    &REVIEW_STATEMENT,
    &SEE_DRAW,
    &ANNOUNCE_DRAW,
    &FREEZE_DRAW,
    &HOLD_DRAW,
    &SEE_VISIT,
    &ENTER_VISIT,
    &REPLY_FINDING,
    &DECIDE_FINDING,
    &MEND_FINDING,
    &CLOSE_FINDING,
    &SEE_SANCTION,
    &LIFT_BAN,
    &LIFT_SUSPENSION,
    &SETTLE_PROPOSAL,
];
