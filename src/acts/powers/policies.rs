//! Powers over policies.

use super::{Power, Reach};
use crate::domain::people::Role;

/// Propose a policy, or propose a refused one anew.
pub const PROPOSE_POLICY: Power = Power {
    act: "propose policy",
    who: &[(Role::BureauPlanner, Reach::All)],
};

/// Publish a proposed policy; never by the one who proposed it.
pub const RELEASE_POLICY: Power = Power {
    act: "release policy",
    who: &[(Role::BureauApprover, Reach::All)],
};

/// Refuse a proposed policy.
pub const REFUSE_POLICY: Power = Power {
    act: "refuse policy",
    who: &[(Role::BureauApprover, Reach::All)],
};

/// See policies, published and proposed, examine and try them.
pub const SEE_POLICY: Power = Power {
    act: "see policy",
    who: &[
        (Role::BureauPlanner, Reach::All),
        (Role::BureauApprover, Reach::All),
        (Role::AuditAdmin, Reach::All),
        (Role::Operator, Reach::All),
    ],
};

/// All of these.
pub(super) const ALL: &[&Power] = &[
    &PROPOSE_POLICY,
    &RELEASE_POLICY,
    &REFUSE_POLICY,
    &SEE_POLICY,
];
