//! Powers over cases and profiles.
//!
//! A firm's preparer writes, its approver submits; a reviewer of the district judges, and leads what he
//! typed in from paper; an approver of the district opens a wrong rejection again.

use super::{Power, Reach};
use crate::domain::people::Role;

const WRITERS: &[(Role, Reach)] = &[
    (Role::FirmPreparer, Reach::Own),
    (Role::DistrictReviewer, Reach::Own),
];
const SUBMITTERS: &[(Role, Reach)] = &[
    (Role::FirmApprover, Reach::Own),
    (Role::DistrictReviewer, Reach::Own),
];
const REVIEWERS: &[(Role, Reach)] = &[(Role::DistrictReviewer, Reach::Own)];
const READERS: &[(Role, Reach)] = &[
    (Role::FirmPreparer, Reach::Own),
    (Role::FirmApprover, Reach::Own),
    (Role::DistrictReviewer, Reach::Own),
    (Role::DistrictApprover, Reach::Own),
    (Role::BureauPlanner, Reach::All),
    (Role::BureauApprover, Reach::All),
    (Role::AuditAdmin, Reach::All),
    (Role::Operator, Reach::All),
];

/// See a case.
pub const SEE_CASE: Power = Power {
    act: "see case",
    who: READERS,
};

/// Begin a case of one's firm.
pub const BEGIN_CASE: Power = Power {
    act: "begin case",
    who: &[(Role::FirmPreparer, Reach::Own)],
};

/// Type a paper form in.
pub const ENTER_PAPER: Power = Power {
    act: "enter paper case",
    who: REVIEWERS,
};

/// Enter a file of paper forms.
pub const ENTER_BULK: Power = Power {
    act: "enter cases",
    who: REVIEWERS,
};

/// Save what a case asks for.
pub const SAVE_DRAFT: Power = Power {
    act: "save draft",
    who: WRITERS,
};

/// File evidence with a case.
pub const FILE_EVIDENCE: Power = Power {
    act: "file evidence",
    who: WRITERS,
};

/// Take evidence out of a case.
pub const REMOVE_EVIDENCE: Power = Power {
    act: "remove evidence",
    who: WRITERS,
};

/// Hand a draft to who submits it.
pub const PREPARE_CASE: Power = Power {
    act: "prepare case",
    who: WRITERS,
};

/// Take a prepared case back to the draft.
pub const TAKE_BACK_CASE: Power = Power {
    act: "take back case",
    who: &[
        (Role::FirmPreparer, Reach::Own),
        (Role::FirmApprover, Reach::Own),
        (Role::DistrictReviewer, Reach::Own),
    ],
};

/// Submit a case, also again after a supplement.
pub const SUBMIT_CASE: Power = Power {
    act: "submit case",
    who: SUBMITTERS,
};

/// Withdraw a case.
pub const WITHDRAW_CASE: Power = Power {
    act: "withdraw case",
    who: SUBMITTERS,
};

/// Accept a submitted case for review.
pub const ACCEPT_CASE: Power = Power {
    act: "accept case",
    who: REVIEWERS,
};

/// Return a case for a supplement.
pub const RETURN_CASE: Power = Power {
    act: "return case",
    who: REVIEWERS,
};

/// Verify a case: it goes into the snapshot.
pub const VERIFY_CASE: Power = Power {
    act: "verify case",
    who: REVIEWERS,
};

/// Reject a case with a reason of the policy's list.
pub const REJECT_CASE: Power = Power {
    act: "reject case",
    who: REVIEWERS,
};

/// Clear a flag with a note.
pub const CLEAR_FLAG: Power = Power {
    act: "clear flag",
    who: REVIEWERS,
};

/// Open a wrong rejection again before the freeze.
pub const REOPEN_CASE: Power = Power {
    act: "reopen case",
    who: &[(Role::DistrictApprover, Reach::Own)],
};

/// See the profile of a firm.
pub const SEE_PROFILE: Power = Power {
    act: "see profile",
    who: READERS,
};

/// Declare the facts of one's firm, and file what proves them.
pub const DECLARE_PROFILE: Power = Power {
    act: "declare profile",
    who: &[
        (Role::FirmPreparer, Reach::Own),
        (Role::FirmApprover, Reach::Own),
    ],
};

/// Verify or refuse declared facts.
pub const JUDGE_PROFILE: Power = Power {
    act: "judge profile",
    who: REVIEWERS,
};

/// All of these.
pub(super) const ALL: &[&Power] = &[
    &SEE_CASE,
    &BEGIN_CASE,
    &ENTER_PAPER,
    &ENTER_BULK,
    &SAVE_DRAFT,
    &FILE_EVIDENCE,
    &REMOVE_EVIDENCE,
    &PREPARE_CASE,
    &TAKE_BACK_CASE,
    &SUBMIT_CASE,
    &WITHDRAW_CASE,
    &ACCEPT_CASE,
    &RETURN_CASE,
    &VERIFY_CASE,
    &REJECT_CASE,
    &CLEAR_FLAG,
    &REOPEN_CASE,
    &SEE_PROFILE,
    &DECLARE_PROFILE,
    &JUDGE_PROFILE,
];
