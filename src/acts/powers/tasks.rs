//! Powers over tasks and scenarios.

use super::{Power, Reach};
use crate::domain::people::Role;

/// Who looks at the bureau's work.
const LOOKS: &[(Role, Reach)] = &[
    (Role::BureauPlanner, Reach::All),
    (Role::BureauApprover, Reach::All),
    (Role::AuditAdmin, Reach::All),
    (Role::Operator, Reach::All),
];

/// Who plans.
const PLANS: &[(Role, Reach)] = &[
    (Role::BureauPlanner, Reach::All),
    (Role::Operator, Reach::All),
];

/// Ask for a plan.
pub const REQUEST_PLAN: Power = Power {
    act: "request plan",
    who: PLANS,
};

/// See tasks.
pub const SEE_TASK: Power = Power {
    act: "see task",
    who: &[
        (Role::BureauPlanner, Reach::All),
        (Role::BureauApprover, Reach::All),
        (Role::SystemAdmin, Reach::All),
        (Role::AuditAdmin, Reach::All),
        (Role::Operator, Reach::All),
    ],
};

/// Call a task off.
pub const CANCEL_TASK: Power = Power {
    act: "cancel task",
    who: &[
        (Role::BureauPlanner, Reach::All),
        (Role::SystemAdmin, Reach::All),
        (Role::Operator, Reach::All),
    ],
};

/// Claim, run and end tasks: workers on the machine.
pub const WORK_TASK: Power = Power {
    act: "work on task",
    who: &[(Role::Operator, Reach::All)],
};

/// See scenarios and compare their plans.
pub const SEE_SCENARIO: Power = Power {
    act: "see scenario",
    who: LOOKS,
};

/// Make, change, run and delete scenarios and overrides.
pub const CHANGE_SCENARIO: Power = Power {
    act: "change scenario",
    who: PLANS,
};

/// Adopt the changes of a scenario into the round: the second signature.
pub const ADOPT_SCENARIO: Power = Power {
    act: "adopt scenario",
    who: &[(Role::BureauApprover, Reach::All)],
};

/// All of these.
pub(super) const ALL: &[&Power] = &[
    &REQUEST_PLAN,
    &SEE_TASK,
    &CANCEL_TASK,
    &WORK_TASK,
    &SEE_SCENARIO,
    &CHANGE_SCENARIO,
    &ADOPT_SCENARIO,
];
