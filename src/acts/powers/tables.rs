//! Powers over tables as files.

use super::{Power, Reach};
use crate::domain::people::Role;

/// See a whole table of the map, the inventory, firms, applications or quotas as a file.
pub const SEE_TABLE: Power = Power {
    act: "see table",
    who: &[
        (Role::BureauPlanner, Reach::All),
        (Role::BureauApprover, Reach::All),
        (Role::AuditAdmin, Reach::All),
        (Role::Operator, Reach::All),
    ],
};

/// Bring a table in from a file.
pub const IMPORT_TABLE: Power = Power {
    act: "import table",
    who: &[
        (Role::BureauPlanner, Reach::All),
        (Role::Operator, Reach::All),
    ],
};

/// Put the rows back that an import changed.
pub const UNDO_IMPORT: Power = Power {
    act: "undo import",
    who: &[
        (Role::BureauPlanner, Reach::All),
        (Role::Operator, Reach::All),
    ],
};

/// All of these.
pub(super) const ALL: &[&Power] = &[&SEE_TABLE, &IMPORT_TABLE, &UNDO_IMPORT];
