//! Accounts, sessions and tokens as the API shows them.
//!
//! Not here: any route.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::stated::{Asked, named};
use crate::acts::people::accounts::{Shown, Standing, Wanted};
use crate::domain::account::{Account, AccountState};
use crate::domain::fault::Fault;
use crate::domain::people::{Body, Role};

/// An account.
#[derive(Serialize, ToSchema)]
pub struct AccountShown {
    /// Key.
    pub id: String,
    login: String,
    name: String,
    /// None until it is given.
    role: Option<String>,
    firm: Option<String>,
    district: Option<String>,
    /// `pending`, `active` or `disabled`.
    state: String,
    /// Credit code of the firm for which a pending account says to speak.
    claims: Option<String>,
    /// Name of that firm, as the registration says.
    claims_name: Option<String>,
    created_at: DateTime<Utc>,
    /// Who made it: an account, `public` or `operator`.
    created_by: String,
    /// When it was last seen, to the minute; where accounts are looked up.
    last_seen: Option<DateTime<Utc>>,
    /// True when its password is a one-time one; where accounts are looked up.
    must_change_password: Option<bool>,
    /// True when it has a second factor; where accounts are looked up.
    second_factor: Option<bool>,
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
            claims: a.claim.as_ref().map(|c| c.credit_code.to_string()),
            claims_name: a.claim.as_ref().map(|c| c.name_zh.clone()),
            created_at: a.created_at,
            created_by: a.created_by.clone(),
            last_seen: None,
            must_change_password: None,
            second_factor: None,
            demo: a.demo,
        }
    }
}

impl From<&(Account, Standing)> for AccountShown {
    fn from((account, standing): &(Account, Standing)) -> AccountShown {
        AccountShown {
            last_seen: standing.last_seen,
            must_change_password: Some(standing.must_change),
            second_factor: Some(standing.second_factor),
            ..AccountShown::from(account)
        }
    }
}

/// A page of accounts.
#[derive(Serialize, ToSchema)]
pub struct Accounts {
    /// The accounts.
    pub items: Vec<AccountShown>,
    /// Key after which the next page begins.
    pub next: Option<String>,
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

/// Which accounts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Which {
    role: Option<String>,
    state: Option<String>,
}

/// What a list of accounts is asked for. AC018 for a role or a state that there is not.
pub fn wanted(query: &Asked<Which>) -> Result<Wanted, Fault> {
    let (role, state) = (&query.filter.role, &query.filter.state);
    if let Some(word) = role {
        named("role", word, &Role::ALL, Role::name)?;
    }
    if let Some(word) = state {
        named("state", word, &AccountState::ALL, AccountState::name)?;
    }
    let (after, limit) = query.page.fetched();
    Ok(Wanted {
        role: role.clone(),
        state: state.clone(),
        after,
        limit,
    })
}
