//! Powers over rounds and objections.

use super::{Power, Reach};
use crate::domain::people::Role;

/// Publish or correct the guide of a round.
pub const PUBLISH_GUIDE: Power = Power {
    act: "publish guide",
    who: &[(Role::BureauPlanner, Reach::All)],
};

/// Open a round.
pub const BEGIN_ROUND: Power = Power {
    act: "begin round",
    who: &[(Role::BureauPlanner, Reach::All)],
};

/// Correct what a round says of itself, before its guide is out.
pub const CORRECT_ROUND: Power = Power {
    act: "correct round",
    who: &[(Role::BureauPlanner, Reach::All)],
};

/// Freeze the facts of a round after its window.
pub const FREEZE_ROUND: Power = Power {
    act: "freeze round",
    who: &[(Role::BureauPlanner, Reach::All)],
};

/// See which applications are left out because their firms are barred.
pub const SEE_BARRED: Power = Power {
    act: "see barred applications",
    who: &[
        (Role::DistrictReviewer, Reach::Own),
        (Role::DistrictApprover, Reach::Own),
        (Role::BureauPlanner, Reach::All),
        (Role::BureauApprover, Reach::All),
        (Role::AuditAdmin, Reach::All),
        (Role::Operator, Reach::All),
    ],
};

/// Choose one stored plan.
pub const CHOOSE_PLAN: Power = Power {
    act: "choose plan",
    who: &[(Role::BureauPlanner, Reach::All)],
};

/// Approve the chosen plan; never by the one who chose it.
pub const APPROVE_PLAN: Power = Power {
    act: "approve plan",
    who: &[(Role::BureauApprover, Reach::All)],
};

/// Send the chosen plan back.
pub const SEND_BACK_PLAN: Power = Power {
    act: "send back plan",
    who: &[(Role::BureauApprover, Reach::All)],
};

/// Take the approval back before publicity.
pub const REOPEN_ROUND: Power = Power {
    act: "reopen round",
    who: &[(Role::BureauApprover, Reach::All)],
};

/// Begin the publicity period.
pub const PUBLICISE_PLAN: Power = Power {
    act: "publicise plan",
    who: &[(Role::BureauPlanner, Reach::All)],
};

/// Object to an award.
pub const OBJECT: Power = Power {
    act: "object",
    who: &[
        (Role::FirmApprover, Reach::Own),
        (Role::BureauPlanner, Reach::All),
    ],
};

/// See an objection.
pub const SEE_OBJECTION: Power = Power {
    act: "see objection",
    who: &[
        (Role::FirmPreparer, Reach::Own),
        (Role::FirmApprover, Reach::Own),
        (Role::DistrictReviewer, Reach::Own),
        (Role::DistrictApprover, Reach::Own),
        (Role::BureauPlanner, Reach::All),
        (Role::BureauApprover, Reach::All),
        (Role::AuditAdmin, Reach::All),
        (Role::Operator, Reach::All),
    ],
};

/// Uphold or dismiss an objection.
pub const REPLY_OBJECTION: Power = Power {
    act: "reply to objection",
    who: &[
        (Role::BureauPlanner, Reach::All),
        (Role::BureauApprover, Reach::All),
    ],
};

/// Confirm the plan after publicity; offers go out.
pub const CONFIRM_ROUND: Power = Power {
    act: "confirm round",
    who: &[(Role::BureauApprover, Reach::All)],
};

/// Offer what was given back to whomever it serves best.
pub const SUCCEED: Power = Power {
    act: "offer to next in line",
    who: &[
        (Role::BureauPlanner, Reach::All),
        (Role::Operator, Reach::All),
    ],
};

/// See a place on the waiting list.
pub const SEE_WAITING: Power = Power {
    act: "see waiting list",
    who: &[
        (Role::FirmPreparer, Reach::Own),
        (Role::FirmApprover, Reach::Own),
        (Role::DistrictReviewer, Reach::Own),
        (Role::DistrictApprover, Reach::Own),
        (Role::BureauPlanner, Reach::All),
        (Role::BureauApprover, Reach::All),
        (Role::AuditAdmin, Reach::All),
        (Role::Operator, Reach::All),
    ],
};

/// Close a round that is done.
pub const CLOSE_ROUND: Power = Power {
    act: "close round",
    who: &[(Role::BureauPlanner, Reach::All)],
};

/// All of these.
pub(super) const ALL: &[&Power] = &[
    &BEGIN_ROUND,
    &CORRECT_ROUND,
    &PUBLISH_GUIDE,
    &FREEZE_ROUND,
    &SEE_BARRED,
    &CHOOSE_PLAN,
    &APPROVE_PLAN,
    &SEND_BACK_PLAN,
    &REOPEN_ROUND,
    &PUBLICISE_PLAN,
    &OBJECT,
    &SEE_OBJECTION,
    &REPLY_OBJECTION,
    &CONFIRM_ROUND,
    &SUCCEED,
    &SEE_WAITING,
    &CLOSE_ROUND,
];
