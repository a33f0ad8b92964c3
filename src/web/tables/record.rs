//! The record as tables.
//!
//! Not here: how files are written (`acts::tables`).

use super::{C, table};
use crate::acts::tables::Kind::{Day, Flag, Integer, Moment, Text};
use crate::acts::tables::Table;

/// Entries of the journal.
pub const JOURNAL: Table = table(
    "journal",
    &[
        C::shown("entry", "序号", "Entry", Integer),
        C::shown("at", "时间", "At", Moment),
        C::shown("actor", "操作人", "Actor", Text),
        C::shown("act", "操作", "Act", Text),
        C::shown("subject", "对象", "Subject", Text),
        C::shown("before", "操作前", "Before", Text),
        C::shown("after", "操作后", "After", Text),
        C::shown("hash", "链值", "Hash", Text),
    ],
);

/// Daily heads of the journal.
pub const HEADS: Table = table(
    "journal-heads",
    &[
        C::shown("day", "日期", "Day", Day),
        C::shown("entries", "条数", "Entries", Integer),
        C::shown("entry", "末条", "Last entry", Integer),
        C::shown("hash", "链值", "Hash", Text),
    ],
);

/// The history of a noun.
pub const HISTORY: Table = Table {
    name: "history",
    items: "events",
    columns: &[
        C::shown("entry", "序号", "Entry", Integer),
        C::shown("at", "时间", "At", Moment),
        C::shown("by", "操作人", "By", Text),
        C::shown("role", "角色", "Role", Text),
        C::shown("act", "操作", "Act", Text),
        C::shown("genuine", "核验", "Genuine", Flag),
        C::shown("erased", "已清除", "Erased", Flag),
    ],
};

/// What is due to be erased.
pub const DUE: Table = table(
    "retention",
    &[
        C::shown("kind", "类型", "Kind", Text),
        C::shown("rule", "规则", "Rule", Text),
        C::shown("digest", "摘要", "Digest", Text),
        C::shown("case", "申请", "Case", Text),
        C::shown("id", "异议", "Objection", Text),
    ],
);
