//! Accounts, their secrets, and the traces of signing in.
//!
//! Not here: which of them may be written without a journal entry (`traces`).

use super::noun::{Cell, Noun};
use super::repeats::stamp;
use crate::domain::account::Account;
use crate::domain::credential::{ApiToken, Secret, SetupCode, TokenKey};
use crate::domain::people::Body;
use crate::domain::session::{Attempts, OtpUse, Session, Sighting, Ticket};

impl Noun for Account {
    const NOUN: &'static str = "account";
    const TABLE: &'static str = "accounts";
    const COLUMNS: &'static [&'static str] = &["login", "role", "state", "firm_id", "district_id"];
    const MAYBE: &'static [&'static str] = &["role", "firm_id", "district_id"];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        let firm = match &self.body {
            Body::Firm(firm) => Some(firm.to_string()),
            _ => None,
        };
        // Of firms alone: a district's reviewer lists the accounts of its firms, not its officers.
        let district = self.district.as_ref().filter(|_| self.is_of_firm());
        vec![
            Cell::Text(self.login.to_string()),
            Cell::MaybeText(self.role.map(|role| role.name().to_owned())),
            Cell::Text(self.state.name().to_owned()),
            Cell::MaybeText(firm),
            Cell::MaybeText(district.map(ToString::to_string)),
        ]
    }
}

impl Noun for Secret {
    const NOUN: &'static str = "secret";
    const TABLE: &'static str = "secrets";
    const COLUMNS: &'static [&'static str] = &[];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        Vec::new()
    }
}

impl Noun for SetupCode {
    const NOUN: &'static str = "setup code";
    const TABLE: &'static str = "setup_codes";
    const COLUMNS: &'static [&'static str] = &["role"];

    fn key(&self) -> String {
        self.id.clone()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![Cell::Text(self.role.name().to_owned())]
    }
}

impl Noun for ApiToken {
    const NOUN: &'static str = "API token";
    const TABLE: &'static str = "api_tokens";
    const COLUMNS: &'static [&'static str] = &["account_id"];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![Cell::Text(self.account.to_string())]
    }
}

impl Noun for TokenKey {
    const NOUN: &'static str = "token key";
    const TABLE: &'static str = "token_keys";
    const COLUMNS: &'static [&'static str] = &["token_id"];

    fn key(&self) -> String {
        self.id.clone()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![Cell::Text(self.token.to_string())]
    }
}

impl Noun for Session {
    const NOUN: &'static str = "session";
    const TABLE: &'static str = "sessions";
    const COLUMNS: &'static [&'static str] = &["account_id", "digest", "ip", "expires_at"];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Text(self.account.to_string()),
            Cell::Text(self.digest.clone()),
            Cell::Text(self.ip.clone()),
            Cell::Text(stamp(self.expires_at)),
        ]
    }
}

impl Noun for Ticket {
    const NOUN: &'static str = "ticket";
    const TABLE: &'static str = "tickets";
    const COLUMNS: &'static [&'static str] = &["account_id", "expires_at"];

    fn key(&self) -> String {
        self.id.clone()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Text(self.account.to_string()),
            Cell::Text(stamp(self.expires_at)),
        ]
    }
}

impl Noun for Attempts {
    const NOUN: &'static str = "count of attempts";
    const TABLE: &'static str = "attempts";
    const COLUMNS: &'static [&'static str] = &["at"];

    fn key(&self) -> String {
        self.id.clone()
    }

    fn cells(&self) -> Vec<Cell> {
        vec![Cell::Text(stamp(self.at))]
    }
}

impl Noun for Sighting {
    const NOUN: &'static str = "sighting";
    const TABLE: &'static str = "sightings";
    const COLUMNS: &'static [&'static str] = &[];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        Vec::new()
    }
}

impl Noun for OtpUse {
    const NOUN: &'static str = "used code";
    const TABLE: &'static str = "otp_uses";
    const COLUMNS: &'static [&'static str] = &[];

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self) -> Vec<Cell> {
        Vec::new()
    }
}
