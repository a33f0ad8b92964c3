//! Credentials (凭据): what proves that somebody is who he says. Kept in tables apart from accounts;
//! nothing here can be shown (`Debug` hides it) and nothing of it enters a record.
//!
//! Not here: how secrets are made, hashed and sealed (`acts::people`).

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::ids::{AccountId, TokenId};
use super::people::Role;

/// How many former passwords are barred (等保: the last five, the current one among them).
pub const REMEMBERED_PASSWORDS: usize = 5;
/// How long a password lasts under the profile `mlps`.
pub const PASSWORD_LASTS: TimeDelta = TimeDelta::days(90);
/// How long a one-time initial password waits for its first sign-in.
pub const INITIAL_LASTS: TimeDelta = TimeDelta::days(7);
/// How long a code to enrol a second factor, or to set up an administrator, waits.
pub const CODE_LASTS: TimeDelta = TimeDelta::hours(24);

/// Which rules a new password must pass. Chinese 等保 asks for classes and for changes that ASVS 5.0
/// (6.2.5, 6.2.10) forbids, so an operator chooses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PasswordPolicy {
    /// 等保 2.0: at least 10 characters of three classes, 90 days, the last five barred, accounts
    /// dormant after 90 days.
    #[default]
    Mlps,
    /// ASVS 5.0: at least 8 characters, no classes, no end.
    Asvs,
}

impl FromStr for PasswordPolicy {
    type Err = ();

    fn from_str(text: &str) -> Result<PasswordPolicy, ()> {
        match text {
            "mlps" => Ok(PasswordPolicy::Mlps),
            "asvs" => Ok(PasswordPolicy::Asvs),
            _ => Err(()),
        }
    }
}

/// A one-time code, by its digest.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OneTime {
    /// SHA-256 of the code.
    pub digest: String,
    /// Until when it may be used.
    pub until: DateTime<Utc>,
}

/// The secrets of an account.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secret {
    /// The account.
    pub id: AccountId,
    /// Argon2id hash as a PHC string.
    pub password: String,
    /// Hashes of former passwords, the newest first.
    pub former: Vec<String>,
    /// When the password was set.
    pub set_at: DateTime<Utc>,
    /// Until when an initial password may be used; none once the person chose one himself.
    pub initial_until: Option<DateTime<Utc>>,
    /// The TOTP secret, sealed with a key that is not in the database.
    pub otp: Option<String>,
    /// The code with which a second factor may be enrolled.
    pub enrol: Option<OneTime>,
}

impl Secret {
    /// True when a new password must be chosen before anything else.
    pub fn must_change(&self, now: DateTime<Utc>, expires: bool) -> bool {
        self.initial_until.is_some() || (expires && now - self.set_at > PASSWORD_LASTS)
    }

    /// Takes a new password, chosen by the person himself or, with `initial_until`, for him.
    pub fn renew(
        &mut self,
        hash: String,
        now: DateTime<Utc>,
        initial_until: Option<DateTime<Utc>>,
    ) {
        let old = std::mem::replace(&mut self.password, hash);
        self.former.insert(0, old);
        self.former.truncate(REMEMBERED_PASSWORDS - 1);
        self.set_at = now;
        self.initial_until = initial_until;
    }
}

/// A code with which the first administrator of a role may be set up.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetupCode {
    /// SHA-256 of the code.
    pub id: String,
    /// The role.
    pub role: Role,
    /// Until when it may be used.
    pub until: DateTime<Utc>,
}

/// How far a token goes within its account's role; a session goes all the way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Leave {
    /// Whatever the role may.
    #[default]
    Full,
    /// Only what changes nothing.
    ReadOnly,
    /// Only these acts of the table of powers.
    Acts(BTreeSet<String>),
}

impl Leave {
    /// True when an act of the table is within it.
    pub fn allows(&self, act: &str) -> bool {
        match self {
            Leave::Full | Leave::ReadOnly => true,
            Leave::Acts(acts) => acts.contains(act),
        }
    }

    /// True when it may change something at all.
    pub fn writes(&self) -> bool {
        *self != Leave::ReadOnly
    }
}

/// An API token (接口令牌).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiToken {
    /// Key.
    pub id: TokenId,
    /// Whose it is.
    pub account: AccountId,
    /// What its owner calls it.
    pub name: String,
    /// How far it goes.
    pub leave: Leave,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
}

impl ApiToken {
    /// True when it still opens the door.
    pub fn is_live(&self, now: DateTime<Utc>) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }
}

/// Which token a presented secret is, and when it was last used.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenKey {
    /// SHA-256 of the secret.
    pub id: String,
    /// The token.
    pub token: TokenId,
    /// When it was last used, to the minute.
    pub last_used: Option<DateTime<Utc>>,
}

impl fmt::Debug for OneTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OneTime(until {})", self.until)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret(of {}, set {})", self.id, self.set_at)
    }
}

impl fmt::Debug for SetupCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SetupCode({}, until {})", self.role.name(), self.until)
    }
}

impl fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TokenKey(of {})", self.token)
    }
}
