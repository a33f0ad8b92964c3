//! Powers over reasons and questions.

use super::{Power, Reach};
use crate::domain::people::Role;

/// Read the certificate of an application: a firm its own, a district those of its firms, once the plan
/// is published; the bureau all.
pub const SEE_REASON: Power = Power {
    act: "see reason",
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

/// Ask what would be if: foils, gains, conflicts, disruption, fairness.
pub const QUESTION_PLAN: Power = Power {
    act: "question plan",
    who: &[
        (Role::BureauPlanner, Reach::All),
        (Role::BureauApprover, Reach::All),
        (Role::AuditAdmin, Reach::All),
        (Role::Operator, Reach::All),
    ],
};

/// Ask who would be placed if the quota of a district were larger.
pub const ASK_NEXT_YUAN: Power = Power {
    act: "ask next yuan",
    who: &[
        (Role::DistrictReviewer, Reach::Own),
        (Role::DistrictApprover, Reach::Own),
        (Role::BureauPlanner, Reach::All),
        (Role::BureauApprover, Reach::All),
        (Role::AuditAdmin, Reach::All),
        (Role::Operator, Reach::All),
    ],
};

/// All of these.
pub(super) const ALL: &[&Power] = &[&SEE_REASON, &QUESTION_PLAN, &ASK_NEXT_YUAN];
