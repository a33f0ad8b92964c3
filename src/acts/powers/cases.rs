//! Powers over cases.

use super::{Power, Reach};
use crate::domain::people::Role;

/// See a case.
pub const SEE_CASE: Power = Power {
    act: "see case",
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

/// All of these.
pub(super) const ALL: &[&Power] = &[&SEE_CASE];
