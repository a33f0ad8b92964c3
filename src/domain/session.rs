//! Sessions (登录会话) and what leads to them: tickets of a sign-in under way, attempts that are
//! counted, when an account was last seen, which step of a second factor was used.
//!
//! Limits: 等保 2.0 as in profile `mlps` (5 failures lock for 15 minutes; 30 minutes idle, 8 hours in
//! all) and ASVS 5.0 6.1.1 (no malicious lock-out), 6.5.1 (a code is used once), 7.3.1, 7.3.2.
//!
//! Not here: how they are stored and checked (`acts::people`).

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::ids::{AccountId, SessionId};

/// A session ends when it was not used for so long.
pub const IDLE: TimeDelta = TimeDelta::minutes(30);
/// A session ends so long after the sign-in, used or not.
pub const ABSOLUTE: TimeDelta = TimeDelta::hours(8);
/// A sign-in under way must be finished within this.
pub const TICKET_LASTS: TimeDelta = TimeDelta::minutes(5);
/// Wrong answers to one ticket.
pub const TICKET_TRIES: u32 = 5;
/// So many failures lock an account for an address.
pub const FAILURES: u32 = 5;
/// For so long; also how long failures are counted.
pub const LOCKED_FOR: TimeDelta = TimeDelta::minutes(15);
/// From so many failures of one account, wherever they come from, its sign-ins are slowed down.
pub const SLOW_FROM: u32 = 20;
/// The longest wait between two sign-ins that are slowed down.
pub const SLOW_MAX: TimeDelta = TimeDelta::seconds(60);

/// Why and when a session ended before its time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ending {
    /// When.
    pub at: DateTime<Utc>,
    /// Why: the act that ended it.
    pub why: String,
}

/// A session.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// Key, which is no secret.
    pub id: SessionId,
    /// SHA-256 of the secret in the cookie.
    pub digest: String,
    /// Whose it is.
    pub account: AccountId,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When it was last used, to the minute.
    pub last_seen: DateTime<Utc>,
    /// When it ends at the latest.
    pub expires_at: DateTime<Utc>,
    /// Address from which it began.
    pub ip: String,
    /// What the browser called itself.
    pub browser: String,
    /// How it ended before its time.
    pub ended: Option<Ending>,
}

impl Session {
    /// True when it still opens the door.
    pub fn is_live(&self, now: DateTime<Utc>) -> bool {
        self.ended.is_none() && now < self.expires_at && now - self.last_seen < IDLE
    }
}

/// What comes next in a sign-in, in this order (ASVS 2.3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Enrol a second factor with the code of the security administrator.
    Enrol,
    /// Give the code of the second factor.
    SecondFactor,
    /// Choose a new password.
    Password,
    /// Nothing: the session has begun.
    Done,
}

/// A sign-in under way.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ticket {
    /// SHA-256 of its secret.
    pub id: String,
    /// Who signs in.
    pub account: AccountId,
    /// What he must do next.
    pub step: Step,
    /// The second factor that he is enrolling, sealed.
    pub otp: Option<String>,
    /// When the password with which he came was set: another one voids the ticket.
    pub set_at: DateTime<Utc>,
    /// Wrong answers so far.
    pub tries: u32,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
}

impl Ticket {
    /// True when it may be used for a step.
    pub fn is_for(&self, step: Step, now: DateTime<Utc>) -> bool {
        self.step == step && now < self.expires_at && self.tries < TICKET_TRIES
    }
}

/// Sign-ins that were tried and not (yet) finished, by account and address or by account alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attempts {
    /// Digest of login and address, or of the login.
    pub id: String,
    /// How many.
    pub count: u32,
    /// When the last one was.
    pub at: DateTime<Utc>,
    /// No further one before this.
    pub until: Option<DateTime<Utc>>,
}

impl Attempts {
    /// None yet.
    pub fn none(id: String, now: DateTime<Utc>) -> Attempts {
        Attempts {
            id,
            count: 0,
            at: now,
            until: None,
        }
    }

    /// Until when nothing further is admitted.
    pub fn barred(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.until.filter(|until| now < *until)
    }

    /// Counts one more against the lock of an account at an address. It is counted before it is
    /// known whether it is right, so that many at once are not more than allowed.
    pub fn count_to_lock(&mut self, now: DateTime<Utc>) {
        self.count_one(now);
        if self.count >= FAILURES {
            self.until = Some(now + LOCKED_FOR);
        }
    }

    /// Takes one back, because the answer was right.
    pub fn take_back(&mut self, bound: u32) {
        self.count = self.count.saturating_sub(1);
        if self.count < bound {
            self.until = None;
        }
    }

    /// Counts one more against the pace of an account: from [`SLOW_FROM`] on, each doubles the wait.
    pub fn count_to_slow(&mut self, now: DateTime<Utc>) {
        self.count_one(now);
        if self.count >= SLOW_FROM {
            let doublings = (self.count - SLOW_FROM).min(6);
            let wait = TimeDelta::seconds(1 << doublings).min(SLOW_MAX);
            self.until = Some(now + wait);
        }
    }

    fn count_one(&mut self, now: DateTime<Utc>) {
        if now - self.at >= LOCKED_FOR {
            self.count = 0;
        }
        self.count += 1;
        self.at = now;
    }
}

/// When an account was last seen, to the minute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sighting {
    /// The account.
    pub id: AccountId,
    /// When.
    pub at: DateTime<Utc>,
}

/// The last step of the second factor that was used: none up to it is taken again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtpUse {
    /// The account.
    pub id: AccountId,
    /// The step.
    pub step: u64,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Session({} of {})", self.id, self.account)
    }
}

impl fmt::Debug for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ticket({:?} of {})", self.step, self.account)
    }
}
