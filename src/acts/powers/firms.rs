//! Powers over firms.

use super::{Power, Reach};
use crate::domain::people::Role;

/// See firms as they are registered.
pub const SEE_FIRM: Power = Power {
    act: "see firm",
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
pub(super) const ALL: &[&Power] = &[&SEE_FIRM];
