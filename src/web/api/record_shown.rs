//! Replays, histories, entries, heads and retention as the API shows them.
//!
//! Not here: any route.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::stated::next;
use crate::acts::record::heads::{Head, Held};
use crate::acts::record::history::{Event, History};
use crate::acts::record::journal::{Entered, Opened};
use crate::acts::record::replay::{Replay, Summary};
use crate::acts::record::retention::{Applied, Due, Retention};
use crate::acts::record::reveal::Revealed;

/// One decision, replayed.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReplayShown {
    kind: String,
    key: String,
    round: Option<String>,
    /// True when nothing differs.
    matches: bool,
    /// Version and SHA-256 of the policy.
    policy: Option<Value>,
    /// Digest of the snapshot, recomputed.
    snapshot: Option<String>,
    /// Digest of the plan, recomputed.
    plan: Option<String>,
    /// Who signed, in which role, when, and the entry that shows it.
    signatures: Vec<Value>,
    /// The entries that led to it.
    entries: Vec<Value>,
    /// What was proven, in words.
    proven: Vec<String>,
    differences: Vec<DifferenceShown>,
}

/// A place where it differs.
#[derive(Debug, Serialize, ToSchema)]
pub struct DifferenceShown {
    place: String,
    expected: String,
    found: String,
}

impl From<&Replay> for ReplayShown {
    fn from(r: &Replay) -> ReplayShown {
        let difference = |d: &crate::acts::record::replay::Difference| DifferenceShown {
            place: d.place.clone(),
            expected: d.expected.clone(),
            found: d.found.clone(),
        };
        ReplayShown {
            kind: r.kind.clone(),
            key: r.key.clone(),
            round: r.round.clone(),
            matches: r.matches,
            policy: r.policy.as_ref().map(|p| json!(p)),
            snapshot: r.snapshot.clone(),
            plan: r.plan.clone(),
            signatures: r.signatures.iter().map(|s| json!(s)).collect(),
            entries: r.entries.iter().map(|e| json!(e)).collect(),
            proven: r.proven.clone(),
            differences: r.differences.iter().map(difference).collect(),
        }
    }
}

/// The decisions of a round, replayed.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoundReplayed {
    matches: bool,
    replayed: usize,
    decisions: usize,
    differing: Vec<ReplayShown>,
}

impl From<&Summary> for RoundReplayed {
    fn from(s: &Summary) -> RoundReplayed {
        RoundReplayed {
            matches: s.matches(),
            replayed: s.replayed,
            decisions: s.decisions,
            differing: s.differing.iter().map(ReplayShown::from).collect(),
        }
    }
}

/// A history.
#[derive(Debug, Serialize, ToSchema)]
pub struct HistoryShown {
    subject: String,
    events: Vec<EventShown>,
    /// The noun at the end of them, masked.
    state: Option<Value>,
}

/// One act.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventShown {
    entry: i64,
    at: DateTime<Utc>,
    by: Option<String>,
    role: Option<String>,
    act: String,
    /// What was asked, masked.
    asked: Value,
    /// The noun after it, masked.
    state: Option<Value>,
    genuine: bool,
    erased: bool,
}

impl From<Event> for EventShown {
    fn from(e: Event) -> EventShown {
        EventShown {
            entry: e.entry,
            at: e.at,
            by: e.by,
            role: e.role.map(str::to_owned),
            act: e.act,
            asked: e.asked,
            state: e.state,
            genuine: e.genuine,
            erased: e.erased,
        }
    }
}

impl From<History> for HistoryShown {
    fn from(h: History) -> HistoryShown {
        HistoryShown {
            subject: h.subject,
            events: h.events.into_iter().map(EventShown::from).collect(),
            state: h.state,
        }
    }
}

/// An entry of the journal.
#[derive(Debug, Serialize, ToSchema)]
pub struct EntryShown {
    entry: i64,
    at: DateTime<Utc>,
    actor: String,
    act: String,
    subject: String,
    before: Option<String>,
    after: Option<String>,
    hash: String,
}

impl From<&Entered> for EntryShown {
    fn from(e: &Entered) -> EntryShown {
        EntryShown {
            entry: e.seq,
            at: e.entry.at,
            actor: e.entry.actor.clone(),
            act: e.entry.act.clone(),
            subject: e.entry.subject.clone(),
            before: e.entry.before.clone(),
            after: e.entry.after.clone(),
            hash: e.hash.clone(),
        }
    }
}

/// A page of the journal.
#[derive(Debug, Serialize, ToSchema)]
pub struct EntryPage {
    items: Vec<EntryShown>,
    /// Number after which the next page begins.
    next: Option<String>,
}

impl EntryPage {
    /// A page; the next one begins after the last entry of a full page.
    pub fn new(all: &[Entered], limit: u32) -> EntryPage {
        let keys: Vec<String> = all.iter().map(|e| e.seq.to_string()).collect();
        EntryPage {
            items: all.iter().map(EntryShown::from).collect(),
            next: next(&keys, limit),
        }
    }
}

/// An entry with its record.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpenedShown {
    entry: EntryShown,
    /// The record, masked.
    record: Value,
    genuine: bool,
    linked: bool,
}

impl From<Opened> for OpenedShown {
    fn from(o: Opened) -> OpenedShown {
        OpenedShown {
            entry: EntryShown::from(&o.entered),
            record: o.record,
            genuine: o.genuine,
            linked: o.linked,
        }
    }
}

/// Heads of the chain per day.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HeadsBody {
    items: Vec<HeadBody>,
}

/// The head of one day.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HeadBody {
    /// Day in Shenzhen.
    day: NaiveDate,
    /// Number of its last entry.
    entry: i64,
    hash: String,
    /// Entries of that day.
    entries: u64,
}

impl From<Vec<Head>> for HeadsBody {
    fn from(all: Vec<Head>) -> HeadsBody {
        let body = |h: Head| HeadBody {
            day: h.day,
            entry: h.entry,
            hash: h.hash,
            entries: h.entries,
        };
        HeadsBody {
            items: all.into_iter().map(body).collect(),
        }
    }
}

impl HeadsBody {
    /// The heads.
    pub fn heads(self) -> Vec<Head> {
        let head = |b: HeadBody| Head {
            day: b.day,
            entry: b.entry,
            hash: b.hash,
            entries: b.entries,
        };
        self.items.into_iter().map(head).collect()
    }
}

/// What became of heads that were kept elsewhere.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldShown {
    /// True when the chain holds all of them and is whole.
    holds: bool,
    heads: usize,
    entries: u64,
    /// Day, entry and cause of each that it does not hold.
    lost: Vec<Value>,
}

impl From<&Held> for HeldShown {
    fn from(h: &Held) -> HeldShown {
        HeldShown {
            holds: h.lost.is_empty(),
            heads: h.heads,
            entries: h.entries,
            lost: h.lost.iter().map(|l| json!(l)).collect(),
        }
    }
}

/// A wish to see personal data.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RevealAsked {
    /// The noun, for example `objection B-1`.
    pub subject: String,
    /// Why.
    pub reason: String,
}

/// Personal data.
#[derive(Serialize, ToSchema)]
pub struct RevealedShown {
    subject: String,
    fields: Vec<FieldShown>,
}

/// One personal field.
#[derive(Serialize, ToSchema)]
pub struct FieldShown {
    path: String,
    text: String,
}

impl From<Revealed> for RevealedShown {
    fn from(r: Revealed) -> RevealedShown {
        let fields = r.fields.into_iter();
        RevealedShown {
            subject: r.subject,
            fields: fields
                .map(|(path, text)| FieldShown { path, text })
                .collect(),
        }
    }
}

/// How long what is kept, and what is due.
#[derive(Debug, Serialize, ToSchema)]
pub struct DueShown {
    version: String,
    /// What, days, how well known, legal basis.
    rules: Vec<Value>,
    items: Vec<Value>,
}

impl DueShown {
    /// Settings and what is due by them.
    pub fn new(settings: &Retention, due: &Due) -> DueShown {
        DueShown {
            version: settings.version.clone(),
            rules: settings.rules.iter().map(|r| json!(r)).collect(),
            items: due.items.iter().map(|i| json!(i)).collect(),
        }
    }
}

/// What was erased.
#[derive(Debug, Serialize, ToSchema)]
pub struct AppliedShown {
    /// Keys of erasures.
    erased: Vec<String>,
    /// Drafts that were emptied.
    drafts: Vec<String>,
    /// Objections whose objector was masked.
    masked: Vec<String>,
    /// Sessions that were forgotten.
    sessions: usize,
}

impl From<Applied> for AppliedShown {
    fn from(a: Applied) -> AppliedShown {
        AppliedShown {
            erased: a.erased,
            drafts: a.drafts,
            masked: a.masked,
            sessions: a.sessions,
        }
    }
}
