//! Powers over offers.

use super::{Power, Reach};
use crate::domain::people::Role;

/// See an offer.
pub const SEE_OFFER: Power = Power {
    act: "see offer",
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

/// Accept an offer.
pub const ACCEPT_OFFER: Power = Power {
    act: "accept offer",
    who: &[(Role::FirmApprover, Reach::Own)],
};

/// Decline an offer.
pub const DECLINE_OFFER: Power = Power {
    act: "decline offer",
    who: &[(Role::FirmApprover, Reach::Own)],
};

/// Take an offer back before a contract is signed.
pub const REVOKE_OFFER: Power = Power {
    act: "revoke offer",
    who: &[(Role::BureauApprover, Reach::All)],
};

/// Let an offer lapse that was not answered in time.
pub const EXPIRE_OFFER: Power = Power {
    act: "expire offer",
    who: &[
        (Role::BureauPlanner, Reach::All),
        (Role::Operator, Reach::All),
    ],
};

/// All of these.
pub(super) const ALL: &[&Power] = &[
    &SEE_OFFER,
    &ACCEPT_OFFER,
    &DECLINE_OFFER,
    &REVOKE_OFFER,
    &EXPIRE_OFFER,
];
