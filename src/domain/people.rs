//! People (人员): the roles of accounts and who somebody is when he acts.
//!
//! Not here: which role may do what (`acts::powers`), passwords and logins (`acts::people`).

use serde::{Deserialize, Serialize};

use super::ids::FirmId;
use super::place::DistrictCode;

/// Role of an account. An account has one role, so the three administrators (三员) exclude each
/// other, and a maker is never his own checker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Nobody signed in.
    Public,
    /// 企业经办人.
    FirmPreparer,
    /// 企业授权人.
    FirmApprover,
    /// 区审核员.
    DistrictReviewer,
    /// 区审批员.
    DistrictApprover,
    /// 局规划员.
    BureauPlanner,
    /// 局审批员.
    BureauApprover,
    /// 系统管理员.
    SystemAdmin,
    /// 安全管理员.
    SecurityAdmin,
    /// 审计管理员.
    AuditAdmin,
    /// Whoever may run the program on the machine of the database.
    Operator,
}

impl Role {
    /// Every role, the powerless first.
    pub const ALL: [Role; 11] = [
        Role::Public,
        Role::FirmPreparer,
        Role::FirmApprover,
        Role::DistrictReviewer,
        Role::DistrictApprover,
        Role::BureauPlanner,
        Role::BureauApprover,
        Role::SystemAdmin,
        Role::SecurityAdmin,
        Role::AuditAdmin,
        Role::Operator,
    ];

    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            Role::Public => "public",
            Role::FirmPreparer => "firm_preparer",
            Role::FirmApprover => "firm_approver",
            Role::DistrictReviewer => "district_reviewer",
            Role::DistrictApprover => "district_approver",
            Role::BureauPlanner => "bureau_planner",
            Role::BureauApprover => "bureau_approver",
            Role::SystemAdmin => "system_admin",
            Role::SecurityAdmin => "security_admin",
            Role::AuditAdmin => "audit_admin",
            Role::Operator => "operator",
        }
    }

    /// True for accounts of a firm.
    pub fn is_firm(self) -> bool {
        matches!(self, Role::FirmPreparer | Role::FirmApprover)
    }

    /// True for accounts of a district.
    pub fn is_district(self) -> bool {
        matches!(self, Role::DistrictReviewer | Role::DistrictApprover)
    }

    /// True for officers and administrators: they sign in with a second factor.
    pub fn is_staff(self) -> bool {
        !self.is_firm() && !matches!(self, Role::Public | Role::Operator)
    }
}

/// What an account speaks for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// A firm.
    Firm(FirmId),
    /// A district.
    District(DistrictCode),
    /// The planning bureau and its administrators; also the public and the operator.
    City,
}

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Actor {
    /// Key of the account, or `operator`, `public`, `worker`. The journal names it.
    pub id: String,
    /// Role.
    pub role: Role,
    /// What he speaks for.
    pub body: Body,
}

impl Actor {
    /// Nobody signed in.
    pub fn public() -> Actor {
        Actor::city("public", Role::Public)
    }

    /// The operator of the machine.
    pub fn operator() -> Actor {
        Actor::city("operator", Role::Operator)
    }

    /// Somebody who speaks for no firm and no district.
    pub fn city(id: &str, role: Role) -> Actor {
        Actor {
            id: id.to_owned(),
            role,
            body: Body::City,
        }
    }

    /// The firm he speaks for, if any.
    pub fn firm(&self) -> Option<&FirmId> {
        match &self.body {
            Body::Firm(firm) => Some(firm),
            _ => None,
        }
    }

    /// The district he speaks for, if any.
    pub fn district(&self) -> Option<&DistrictCode> {
        match &self.body {
            Body::District(district) => Some(district),
            _ => None,
        }
    }
}
