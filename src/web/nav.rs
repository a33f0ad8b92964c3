//! Navigation: what everybody finds, and what each role works with.
//!
//! Not here: who may do what (`acts::powers`); an entry is shown when the role has the power of its page.

use super::context::Ctx;
use crate::acts::powers::{
    Power, Reach, cases, contracts, money, offers, people, record, rounds, tables, tasks,
};
use crate::domain::people::{Body, Role};

/// An entry.
pub struct Entry {
    /// Key.
    pub key: &'static str,
    /// Address.
    pub href: String,
    /// Words.
    pub label: String,
}

/// Key, path: for everybody.
const PUBLIC: &[(&str, &str)] = &[
    ("vacancies", "/vacancies"),
    ("notices", "/notices"),
    ("results", "/results"),
    ("precheck", "/precheck"),
    ("statistics", "/statistics"),
    ("about", "/about"),
];

/// Key, path, power, roles that work with it.
type Work = (&'static str, &'static str, &'static Power, fn(Role) -> bool);

const WORK: &[Work] = &[
    ("desk", "/desk", &people::SEE_SESSIONS, |_| true),
    (
        "profile",
        "/profile",
        &cases::DECLARE_PROFILE,
        Role::is_firm,
    ),
    ("cases", "/cases", &cases::SEE_CASE, |_| true),
    ("messages", "/messages", &cases::SEE_CASE, Role::is_firm),
    ("review", "/review", &cases::ACCEPT_CASE, Role::is_district),
    (
        "profiles",
        "/profiles",
        &cases::JUDGE_PROFILE,
        Role::is_district,
    ),
    ("quotas", "/quotas", &money::SEE_QUOTA, |_| true),
    ("rounds", "/rounds", &tasks::SEE_SCENARIO, |_| true),
    ("tasks", "/tasks", &tasks::SEE_TASK, |_| true),
    ("scenarios", "/scenarios", &tasks::SEE_SCENARIO, |_| true),
    ("offers", "/offers", &offers::SEE_OFFER, |_| true),
    ("waiting", "/waiting", &rounds::SEE_WAITING, |_| true),
    ("objections", "/objections", &rounds::SEE_OBJECTION, |_| {
        true
    }),
    ("contracts", "/contracts", &contracts::SEE_CONTRACT, |_| {
        true
    }),
    ("claims", "/claims", &money::SEE_CLAIM, |_| true),
    ("tables", "/tables", &tables::SEE_TABLE, |_| true),
    ("journal", "/journal", &record::SEE_JOURNAL, |_| true),
    ("accounts", "/accounts", &people::SEE_ACCOUNT, |r| {
        r != Role::FirmPreparer
    }),
];

impl Ctx {
    /// What everybody finds.
    pub fn public_nav(&self) -> Vec<Entry> {
        PUBLIC
            .iter()
            .map(|(key, path)| self.entry(key, path))
            .collect()
    }

    /// What the signed-in role works with.
    pub fn work_nav(&self) -> Vec<Entry> {
        let Some(actor) = self.viewer() else {
            return Vec::new();
        };
        let mine = |w: &&Work| w.2.reach(actor.role) != Reach::None && w.3(actor.role);
        WORK.iter()
            .filter(mine)
            .map(|w| self.entry(w.0, w.1))
            .collect()
    }

    fn entry(&self, key: &'static str, path: &str) -> Entry {
        Entry {
            key,
            href: self.plain(path),
            label: self.t(&format!("nav.{key}")).to_owned(),
        }
    }

    /// True when the role has a power over something.
    pub fn can(&self, power: &Power) -> bool {
        let role = self.viewer().map_or(Role::Public, |a| a.role);
        power.reach(role) != Reach::None
    }

    /// The role in words.
    pub fn role_word(&self) -> String {
        let role = self.viewer().map_or(Role::Public, |a| a.role);
        self.t(&format!("role.{}", role.name())).to_owned()
    }

    /// For whom the signed-in person speaks.
    pub fn body_word(&self) -> String {
        match self.viewer().map(|a| &a.body) {
            Some(Body::Firm(firm)) => firm.to_string(),
            Some(Body::District(district)) => district.to_string(),
            _ => String::new(),
        }
    }
}
