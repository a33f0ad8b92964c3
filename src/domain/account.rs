//! Accounts (账号): who may sign in, for whom he speaks, in which role. One account has one role, and
//! whoever held one of the three administrators' roles (三员) never holds another of them.
//!
//! Not here: passwords and second factors (`credential`), sessions (`session`), powers (`acts::powers`).

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::credit_code::CreditCode;
use super::fault::{Code, Fault};
use super::ids::AccountId;
use super::industry::IndustryCode;
use super::people::{Body, Role};
use super::place::DistrictCode;

/// A login is not 3 to 40 small letters, digits or `. - _ @`.
pub const BAD_LOGIN: Code = Code("DM210");
/// The role does not fit the body for which the account speaks.
pub const ROLE_UNFIT: Code = Code("DM211");
/// The account held another of the three administrators' roles.
pub const ADMINS_EXCLUDE: Code = Code("DM212");

/// The three administrators (三员: 系统管理员, 安全管理员, 审计管理员).
pub const ADMINS: [Role; 3] = [Role::SystemAdmin, Role::SecurityAdmin, Role::AuditAdmin];

/// After so long without a sign-in an account of an officer is dormant and must be enabled again
/// (等保, profile `mlps`). Firms come once a quarter at most, so theirs are not.
pub const DORMANT_AFTER: TimeDelta = TimeDelta::days(90);

/// The name with which somebody signs in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Login(String);

impl Login {
    /// The login as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Login {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Login, Fault> {
        let text = text.trim().to_lowercase();
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-_@".contains(c);
        if (3..=40).contains(&text.len()) && text.chars().all(fits) {
            return Ok(Login(text));
        }
        Err(Fault::new(
            BAD_LOGIN,
            "this is not a login",
            "use 3 to 40 letters without accents, digits or . - _ @",
        ))
    }
}

impl TryFrom<String> for Login {
    type Error = Fault;

    fn try_from(text: String) -> Result<Login, Fault> {
        text.parse()
    }
}

impl From<Login> for String {
    fn from(login: Login) -> String {
        login.0
    }
}

impl fmt::Display for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether an account may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// It waits for its role, or for the district to confirm that it speaks for the firm.
    Pending,
    /// It may sign in.
    Active,
    /// It may not.
    Disabled,
}

impl AccountState {
    /// Every state.
    pub const ALL: [AccountState; 3] = [
        AccountState::Pending,
        AccountState::Active,
        AccountState::Disabled,
    ];

    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            AccountState::Pending => "pending",
            AccountState::Active => "active",
            AccountState::Disabled => "disabled",
        }
    }
}

/// For which firm somebody says to speak when he registers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirmClaim {
    /// Unified social credit code.
    pub credit_code: CreditCode,
    /// Chinese name as on the business licence.
    pub name_zh: String,
    /// Main industry.
    pub industry: IndustryCode,
    /// District of registration; its reviewer confirms the claim.
    pub district: DistrictCode,
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// Key.
    pub id: AccountId,
    /// Login.
    pub login: Login,
    /// Name of the person, as shown to others.
    pub name: String,
    /// Role; none until it is given.
    pub role: Option<Role>,
    /// For whom the account speaks.
    pub body: Body,
    /// The district of the body: its own, or the one that looks after the firm.
    pub district: Option<DistrictCode>,
    /// The firm that a new firm account claims.
    pub claim: Option<FirmClaim>,
    /// Whether it may be used.
    pub state: AccountState,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Who made it: an account, `public` or `operator`.
    pub created_by: String,
    /// Since when it may be used without a break.
    pub enabled_at: DateTime<Utc>,
    /// The administrator's role that it holds or held.
    pub admin: Option<Role>,
    /// True for the labelled accounts of a demonstration.
    pub demo: bool,
}

impl Account {
    /// Gives it a role.
    ///
    /// # Errors
    /// DM211 when the role does not fit the body, DM212 when it held another administrator's role.
    pub fn take(&mut self, role: Role) -> Result<(), Fault> {
        let fits = match &self.body {
            Body::Firm(_) => role.is_firm(),
            Body::District(_) => role.is_district(),
            Body::City => role.is_staff() && !role.is_district(),
        };
        if !fits {
            return Err(Fault::new(
                ROLE_UNFIT,
                format!(
                    "the role {} does not fit whom the account speaks for",
                    role.name()
                ),
                "choose a role of that body, or make another account",
            ));
        }
        let admin = ADMINS.contains(&role);
        if admin && self.admin.is_some_and(|held| held != role) {
            return Err(Fault::new(
                ADMINS_EXCLUDE,
                "the account held another of the three administrators' roles, which exclude each other",
                "give the role to another person's account",
            ));
        }
        if admin {
            self.admin = Some(role);
        }
        self.role = Some(role);
        Ok(())
    }

    /// True when it speaks for a firm, or waits to.
    pub fn is_of_firm(&self) -> bool {
        self.claim.is_some() || matches!(self.body, Body::Firm(_))
    }

    /// True when nobody signed in for so long that it must be enabled again.
    pub fn is_dormant(&self, seen: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
        let last = seen.map_or(self.enabled_at, |seen| seen.max(self.enabled_at));
        let officer = self.role.is_none_or(|role| !role.is_firm());
        officer && now - last > DORMANT_AFTER
    }
}
