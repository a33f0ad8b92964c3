//! Navigation: what everybody finds, and what each role works with.
//!
//! Not here: who may do what (`acts::powers`); an entry is shown when the role has the power of its page.

use super::context::Ctx;
use crate::acts::powers::{
    Power, Reach, cases, contracts, money, offers, papers, people, policies, record, rounds,
    supervision, tables, tasks,
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

/// The work by group; the first group has no heading.
const GROUPS: &[(&str, &[Work])] = &[
    ("", &[("desk", "/desk", &people::SEE_SESSIONS, |_| true)]),
    (
        "cases",
        &[
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
        ],
    ),
    (
        "letting",
        &[
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
        ],
    ),
    (
        "money",
        &[
            ("quotas", "/quotas", &money::SEE_QUOTA, |_| true),
            ("claims", "/claims", &money::SEE_CLAIM, |_| true),
            ("bank", "/bank-account", &money::SEE_ACCOUNT, |_| true),
            (
                "settlements",
                "/settlements",
                &money::SEE_SETTLEMENT,
                |_| true,
            ),
            (
                "payment_batches",
                "/payment-batches",
                &money::SEE_BATCH,
                |_| true,
            ),
            ("claw_backs", "/claw-backs", &money::SEE_CLAW_BACK, |_| true),
        ],
    ),
    (
        "supervision",
        &[
            (
                "statements",
                "/statements",
                &supervision::SEE_STATEMENT,
                |_| true,
            ),
            ("draws", "/draws", &supervision::SEE_DRAW, |_| true),
            ("visits", "/visits", &supervision::SEE_VISIT, |_| true),
            ("findings", "/findings", &supervision::SEE_VISIT, |_| true),
            (
                "sanctions",
                "/sanctions",
                &supervision::SEE_SANCTION,
                |_| true,
            ),
        ],
    ),
    (
        "office",
        &[
            ("tables", "/tables", &tables::SEE_TABLE, |_| true),
            ("policies", "/policies", &policies::SEE_POLICY, |_| true),
            (
                "templates",
                "/notice-templates",
                &papers::SEE_TEMPLATE,
                |_| true,
            ),
            ("journal", "/journal", &record::SEE_JOURNAL, |_| true),
            ("retention", "/retention", &record::SEE_RETENTION, |_| true),
            ("accounts", "/accounts", &people::SEE_ACCOUNT, |r| {
                r != Role::FirmPreparer
            }),
        ],
    ),
];

/// Entries under a heading.
pub struct Group {
    /// Heading; may be empty.
    pub heading: String,
    /// Entries.
    pub entries: Vec<Entry>,
}

/// Every entry of every role by group, with the key of the group; entries of a group without heading come first.
pub fn all(ctx: &Ctx) -> Vec<(&'static str, Group)> {
    let group = |(key, all): &(&'static str, &[Work])| {
        let group = Group {
            heading: match *key {
                "" => String::new(),
                key => ctx.t(&format!("group.{key}")).to_owned(),
            },
            entries: all.iter().map(|w| ctx.entry(w.0, w.1)).collect(),
        };
        (*key, group)
    };
    GROUPS.iter().map(group).collect()
}

/// The path of an entry.
pub fn path(key: &str) -> Option<&'static str> {
    let public = PUBLIC
        .iter()
        .find(|(k, _)| *k == key)
        .map(|(_, path)| *path);
    let mut work = GROUPS.iter().flat_map(|(_, all)| all.iter());
    public.or_else(|| work.find(|w| w.0 == key).map(|w| w.1))
}

/// Key and path of every entry.
pub fn paths() -> impl Iterator<Item = (&'static str, &'static str)> {
    let work = GROUPS.iter().flat_map(|(_, all)| all.iter());
    PUBLIC.iter().copied().chain(work.map(|w| (w.0, w.1)))
}

impl Ctx {
    /// What everybody finds.
    pub fn public_nav(&self) -> Vec<Entry> {
        PUBLIC
            .iter()
            .map(|(key, path)| self.entry(key, path))
            .collect()
    }

    /// What the signed-in role works with, by group; groups without any entry are left out.
    pub fn work_nav(&self) -> Vec<Group> {
        let Some(actor) = self.viewer() else {
            return Vec::new();
        };
        let mine = |w: &&Work| w.2.reach(actor.role) != Reach::None && w.3(actor.role);
        let group = |(key, all): &(&str, &[Work])| Group {
            heading: match *key {
                "" => String::new(),
                key => self.t(&format!("group.{key}")).to_owned(),
            },
            entries: (all.iter())
                .filter(mine)
                .map(|w| self.entry(w.0, w.1))
                .collect(),
        };
        let groups = GROUPS.iter().map(group);
        groups.filter(|g| !g.entries.is_empty()).collect()
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
            Some(Body::District(district)) => {
                let key = format!("place.{district}");
                match self.t(&key) {
                    words if words == key => district.to_string(),
                    words => words.to_owned(),
                }
            }
            _ => String::new(),
        }
    }
}
