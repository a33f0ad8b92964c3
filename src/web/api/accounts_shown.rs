//! Accounts, sessions and tokens as the API shows them.
//!
//! Not here: any route.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::acts::people::accounts::Shown;
use crate::domain::account::Account;
use crate::domain::people::Body;

/// An account.
#[derive(Serialize, ToSchema)]
pub struct AccountShown {
    id: String,
    login: String,
    name: String,
    /// None until it is given.
    role: Option<String>,
    firm: Option<String>,
    district: Option<String>,
    /// `pending`, `active` or `disabled`.
    state: String,
    created_at: DateTime<Utc>,
    /// True for the labelled accounts of a demonstration.
    demo: bool,
}

impl From<&Account> for AccountShown {
    fn from(a: &Account) -> AccountShown {
        AccountShown {
            id: a.id.to_string(),
            login: a.login.to_string(),
            name: a.name.clone(),
            role: a.role.map(|r| r.name().to_owned()),
            firm: match &a.body {
                Body::Firm(firm) => Some(firm.to_string()),
                _ => None,
            },
            district: a.district.as_ref().map(ToString::to_string),
            state: a.state.name().to_owned(),
            created_at: a.created_at,
            demo: a.demo,
        }
    }
}

/// A page of accounts.
#[derive(Serialize, ToSchema)]
pub struct Accounts {
    items: Vec<AccountShown>,
    /// Key after which the next page begins.
    next: Option<String>,
}

impl Accounts {
    /// A page; the next one begins after the last key of a full page.
    pub fn new(all: &[Account], limit: u32) -> Accounts {
        let full = u32::try_from(all.len()).unwrap_or(u32::MAX) >= limit;
        let last = all.last().filter(|_| full);
        Accounts {
            items: all.iter().map(AccountShown::from).collect(),
            next: last.map(|a| a.id.to_string()),
        }
    }
}

/// An account with a secret that is shown this once.
#[derive(Serialize, ToSchema)]
pub struct SecretShown {
    account: AccountShown,
    /// The initial password or the code; none when none is needed.
    secret: Option<String>,
}

impl From<&Shown> for SecretShown {
    fn from(shown: &Shown) -> SecretShown {
        SecretShown {
            account: AccountShown::from(&shown.account),
            secret: shown.secret.clone(),
        }
    }
}
