//! The drawer: files that somebody looked at and may send on unchanged. A few, in memory, each for the account that sent
//! it; what falls out or is lost with the process is asked for again.
//!
//! Not here: what is done with them (`portal::tables`).

use std::sync::{Arc, Mutex, PoisonError};

use crate::acts::kinds::Kind;
use crate::domain::place::Datum;

/// Most files that are kept: the oldest falls out.
const MOST: usize = 6;

/// A file.
#[derive(Debug, Clone)]
pub struct Kept {
    /// What it is of.
    pub kind: Kind,
    /// Datum that was named for it.
    pub datum: Option<Datum>,
    /// Its bytes.
    pub bytes: Arc<Vec<u8>>,
}

#[derive(Debug)]
struct Held {
    key: String,
    account: String,
    kept: Kept,
}

/// The files.
#[derive(Debug, Default)]
pub struct Drawer(Mutex<Vec<Held>>);

impl Drawer {
    /// Keeps a file and gives its key; an older one of the same account and kind makes room.
    pub fn put(&self, account: &str, kept: Kept) -> String {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|h| h.account != account || h.kept.kind != kept.kind);
        while all.len() >= MOST {
            all.remove(0);
        }
        let key = uuid::Uuid::now_v7().simple().to_string();
        all.push(Held {
            key: key.clone(),
            account: account.to_owned(),
            kept,
        });
        key
    }

    /// The file of a key, for the account that sent it alone.
    pub fn get(&self, account: &str, key: &str) -> Option<Kept> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mine = all.iter().find(|h| h.account == account && h.key == key);
        mine.map(|h| h.kept.clone())
    }
}
