//! What can go wrong in the store, as faults a person can act on. The text of the database stays
//! in [`StoreError::detail`], for logs: it may hold data and never reaches a message for users.
//!
//! Not here: what doctor finds (`doctor`).

use std::fmt;

use diesel::result::{DatabaseErrorKind, Error as DieselError};

use crate::domain::fault::{Code, Fault};

/// The row does not exist.
pub const NOT_FOUND: Code = Code("ST101");
/// A key or a unique value is already taken.
pub const TAKEN: Code = Code("ST102");
/// A row names another row that does not exist, or is still named by one.
pub const MISSING_PARENT: Code = Code("ST103");
/// A unit would be let beyond its area on some day.
pub const UNIT_OVER_LET: Code = Code("ST104");
/// More apartments would be let on some day than there are.
pub const APARTMENT_OVER_LET: Code = Code("ST105");
/// A unit that is let whole only would be let in part.
pub const UNIT_IN_PART: Code = Code("ST106");
/// A stored snapshot or plan would be changed.
pub const IMMUTABLE: Code = Code("ST107");
/// The journal would be changed, or would not continue its chain.
pub const APPEND_ONLY: Code = Code("ST108");
/// A value breaks a check of the schema.
pub const CHECK_BROKEN: Code = Code("ST109");
/// Another writer holds the database.
pub const BUSY: Code = Code("ST110");
/// A quota with a ledger would be changed past it.
pub const QUOTA_LEDGERED: Code = Code("ST112");
/// Concurrent transactions got into each other's way too often.
pub const CONTENDED: Code = Code("ST111");
/// The database failed in a way that is not foreseen.
pub const BROKEN: Code = Code("ST120");
/// A stored row cannot be read as the noun it should be.
pub const BAD_ROW: Code = Code("ST121");
/// A transaction wrote something without a journal entry.
pub const UNJOURNALED: Code = Code("ST122");
/// The schema is missing or older than this program.
pub const NOT_MIGRATED: Code = Code("ST123");
/// The database cannot be opened or reached.
pub const UNREACHABLE: Code = Code("ST124");
/// The digest given is not that of the bytes given.
pub const WRONG_DIGEST: Code = Code("ST125");
/// The URL is not of a form that this program knows.
pub const BAD_URL: Code = Code("ST130");
/// The database of the URL is not built into this program.
pub const NOT_BUILT: Code = Code("ST131");
/// A tool of PostgreSQL is missing or failed.
pub const TOOL_FAILED: Code = Code("ST132");
/// The PostgreSQL extension `btree_gist` cannot be created.
pub const NO_BTREE_GIST: Code = Code("ST133");
/// The target of a backup exists, or a file cannot be written.
pub const NO_TARGET: Code = Code("ST134");
/// The file to be restored is not a whole backup of this program.
pub const UNFIT_BACKUP: Code = Code("ST135");

/// A fault of the store and, for logs only, the words of the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    fault: Fault,
    detail: String,
}

/// What went wrong, by what the caller can do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreError {
    /// The row does not exist.
    NotFound(Box<Trouble>),
    /// The write contradicts what is stored; nothing was written.
    Conflict(Box<Trouble>),
    /// Somebody else writes; try again.
    Busy(Box<Trouble>),
    /// The database failed or holds something unreadable.
    Broken(Box<Trouble>),
    /// This program or this machine cannot do that.
    Unsupported(Box<Trouble>),
}

impl StoreError {
    fn trouble(&self) -> &Trouble {
        match self {
            Self::NotFound(t)
            | Self::Conflict(t)
            | Self::Busy(t)
            | Self::Broken(t)
            | Self::Unsupported(t) => t,
        }
    }

    /// The fault for people.
    pub fn fault(&self) -> &Fault {
        &self.trouble().fault
    }

    /// Its code.
    pub fn code(&self) -> Code {
        self.fault().code
    }

    /// The words of the database, for logs; may hold data.
    pub fn detail(&self) -> &str {
        &self.trouble().detail
    }

    pub(super) fn not_found(noun: &str, key: &str) -> Self {
        let cause = format!("there is no {noun} {key:?}");
        Self::NotFound(trouble(NOT_FOUND, cause, "check the key", ""))
    }

    /// ST121: the body of a row cannot be read or written.
    pub fn bad_row(table: &str, key: &str, detail: impl fmt::Display) -> Self {
        let cause = format!("a row of {table} cannot be read: {key:?}");
        let action = "run `zhuchao doctor`, then restore a backup";
        Self::Broken(trouble(BAD_ROW, cause, action, &detail.to_string()))
    }

    pub(super) fn conflict(code: Code, cause: impl Into<String>, action: &str) -> Self {
        Self::Conflict(trouble(code, cause, action, ""))
    }

    pub(super) fn busy(code: Code, detail: &str) -> Self {
        let cause = "somebody else is writing to the database";
        Self::Busy(trouble(code, cause, "try again in a moment", detail))
    }

    pub(super) fn broken(code: Code, cause: impl Into<String>, action: &str, detail: &str) -> Self {
        Self::Broken(trouble(code, cause, action, detail))
    }

    pub(super) fn unsupported(code: Code, cause: impl Into<String>, action: &str) -> Self {
        Self::Unsupported(trouble(code, cause, action, ""))
    }
}

fn trouble(code: Code, cause: impl Into<String>, action: &str, detail: &str) -> Box<Trouble> {
    Box::new(Trouble {
        fault: Fault::new(code, cause, action),
        detail: detail.to_owned(),
    })
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fault().fmt(f)
    }
}

impl std::error::Error for StoreError {}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Fault {
        error.trouble().fault.clone()
    }
}

/// What the guards of the schema say, and what that means.
const GUARDS: [(&str, Code, &str, &str); 6] = [
    (
        "zhuchao:unit_over_let",
        UNIT_OVER_LET,
        "a unit would be let beyond its area on some day",
        "choose another unit or other days, or end the other letting first",
    ),
    (
        "zhuchao:apartment_over_let",
        APARTMENT_OVER_LET,
        "more apartments would be let on some day than there are",
        "choose another type or other days, or end the other letting first",
    ),
    (
        "zhuchao:unit_in_part",
        UNIT_IN_PART,
        "the area let and the area of the unit do not go together: it is let whole only, or is let whole already",
        "let the whole unit, or end the letting before the unit is changed",
    ),
    (
        "zhuchao:immutable",
        IMMUTABLE,
        "a stored snapshot or plan never changes",
        "store a new one that names the old one as its parent",
    ),
    (
        "zhuchao:append_only",
        APPEND_ONLY,
        "the journal and the ledger are only ever continued",
        "append a new entry",
    ),
    (
        "zhuchao:quota_ledgered",
        QUOTA_LEDGERED,
        "the amount of this quota is kept by its ledger",
        "let the district propose and release a change of the quota",
    ),
];

impl From<DieselError> for StoreError {
    fn from(error: DieselError) -> StoreError {
        let detail = error.to_string();
        if let Some((_, code, cause, action)) = GUARDS.iter().find(|g| detail.contains(g.0)) {
            return Self::Conflict(trouble(*code, *cause, action, &detail));
        }
        match &error {
            DieselError::NotFound => {
                let cause = "the row does not exist";
                Self::NotFound(trouble(NOT_FOUND, cause, "check the key", &detail))
            }
            DieselError::DatabaseError(kind, _) => from_database(kind, &detail),
            _ => unforeseen(&detail),
        }
    }
}

fn from_database(kind: &DatabaseErrorKind, detail: &str) -> StoreError {
    let conflict = |code, cause: &str, action: &str| {
        StoreError::Conflict(trouble(code, cause, action, detail))
    };
    match kind {
        DatabaseErrorKind::UniqueViolation => conflict(
            TAKEN,
            "a key or a value that must be unique is already taken",
            "use another key, or change the row that has it",
        ),
        DatabaseErrorKind::ForeignKeyViolation | DatabaseErrorKind::RestrictViolation => conflict(
            MISSING_PARENT,
            "a row names another that does not exist, or is still named by one",
            "store the row that is named first",
        ),
        DatabaseErrorKind::CheckViolation | DatabaseErrorKind::NotNullViolation => conflict(
            CHECK_BROKEN,
            "a value is outside what the database allows",
            "correct the value",
        ),
        DatabaseErrorKind::ExclusionViolation => {
            let (_, code, cause, action) = GUARDS[0];
            conflict(code, cause, action)
        }
        DatabaseErrorKind::SerializationFailure => StoreError::busy(CONTENDED, detail),
        DatabaseErrorKind::UnableToSendCommand | DatabaseErrorKind::ClosedConnection => {
            unreachable_database(detail)
        }
        _ => from_words(detail),
    }
}

/// Kinds that diesel does not tell apart.
fn from_words(detail: &str) -> StoreError {
    let has = |words: &[&str]| words.iter().any(|w| detail.contains(w));
    if has(&["deadlock detected"]) {
        return StoreError::busy(CONTENDED, detail);
    }
    if has(&["database is locked", "table is locked", "lock timeout"]) {
        return StoreError::busy(BUSY, detail);
    }
    if has(&["no such table", "no such column"]) || missing_relation(detail) {
        return StoreError::broken(
            NOT_MIGRATED,
            "the tables of this program are not there, or are older",
            "run `zhuchao migrate`",
            detail,
        );
    }
    unforeseen(detail)
}

fn missing_relation(detail: &str) -> bool {
    detail.contains("does not exist") && detail.starts_with("relation ")
}

pub(super) fn unreachable_database(detail: &str) -> StoreError {
    let has = |words: &[&str]| words.iter().any(|w| detail.contains(w));
    let (cause, action) = if has(&["authentication failed", "no password supplied"]) {
        (
            "the database refuses the name or the password",
            "check user and password of the URL",
        )
    } else if has(&["database \"", "role \""]) && has(&["does not exist"]) {
        (
            "the server has no such database or role",
            "create it, or correct the URL",
        )
    } else if has(&[
        "refused",
        "could not translate",
        "No such file or directory",
        "timeout expired",
    ]) {
        (
            "nobody answers at the address of the database",
            "check host and port, and that the server runs",
        )
    } else {
        (
            "the database cannot be opened or reached",
            "check the URL, that the folder or the server is there, and the rights",
        )
    };
    StoreError::broken(UNREACHABLE, cause, action, detail)
}

fn unforeseen(detail: &str) -> StoreError {
    StoreError::broken(
        BROKEN,
        "the database failed",
        "look into the log, then run `zhuchao doctor`",
        detail,
    )
}
