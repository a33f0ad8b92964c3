//! Powers over contracts.

use super::{Power, Reach};
use crate::domain::people::Role;

/// See a contract.
pub const SEE_CONTRACT: Power = Power {
    act: "see contract",
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

/// Sign the contract of an accepted offer.
pub const SIGN_CONTRACT: Power = Power {
    act: "sign contract",
    who: &[(Role::BureauApprover, Reach::All)],
};

/// Renew a contract after another check of eligibility.
pub const RENEW_CONTRACT: Power = Power {
    act: "renew contract",
    who: &[(Role::BureauApprover, Reach::All)],
};

/// Give a contract up.
pub const EXIT_CONTRACT: Power = Power {
    act: "exit contract",
    who: &[(Role::FirmApprover, Reach::Own)],
};

/// End a contract for a breach.
pub const TERMINATE_CONTRACT: Power = Power {
    act: "terminate contract",
    who: &[
        (Role::DistrictApprover, Reach::Own),
        (Role::BureauApprover, Reach::All),
    ],
};

/// Enter the end of a contract whose term is over.
pub const END_CONTRACT: Power = Power {
    act: "end contract",
    who: &[
        (Role::BureauPlanner, Reach::All),
        (Role::Operator, Reach::All),
    ],
};

/// All of these.
pub(super) const ALL: &[&Power] = &[
    &SEE_CONTRACT,
    &SIGN_CONTRACT,
    &RENEW_CONTRACT,
    &EXIT_CONTRACT,
    &TERMINATE_CONTRACT,
    &END_CONTRACT,
];
