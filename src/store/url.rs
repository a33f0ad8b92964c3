//! Which database is meant: read from the URL's scheme, never guessed.
//!
//! Not here: connecting (`connection`).

use std::path::{Path, PathBuf};

use super::error::{BAD_URL, StoreError};

/// A database by kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// `sqlite:PATH` or `sqlite:///absolute/path`.
    Sqlite(PathBuf),
    /// `postgres://..` or `postgresql://..`, as given.
    Postgres(String),
}

impl Address {
    /// Reads a URL; ST130 when it is of no known form. The message never holds a password.
    pub fn read(url: &str) -> Result<Address, StoreError> {
        if let Some(rest) = url.strip_prefix("sqlite:") {
            return sqlite(rest);
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Address::Postgres(url.to_owned()));
        }
        Err(bad(
            "the database URL begins neither with sqlite: nor with postgres://",
        ))
    }

    /// The URL without its password, fit for a process list or a message.
    pub fn public(&self) -> String {
        match self {
            Address::Sqlite(path) => format!("sqlite:{}", path.display()),
            Address::Postgres(url) => split_password(url).0,
        }
    }
}

fn bad(cause: &str) -> StoreError {
    StoreError::unsupported(
        BAD_URL,
        cause,
        "write sqlite:zhuchao.db, sqlite:///var/lib/zhuchao/zhuchao.db or postgres://user@host/database",
    )
}

fn sqlite(rest: &str) -> Result<Address, StoreError> {
    let path = match rest.strip_prefix("//") {
        Some(absolute) if absolute.starts_with('/') => absolute,
        Some(_) => return Err(bad("sqlite:// must be followed by an absolute path")),
        None => rest,
    };
    if path.is_empty() || path.ends_with('/') || path.contains('\0') || path == ":memory:" {
        return Err(bad("the URL names no SQLite file"));
    }
    let path = Path::new(path);
    // `./` keeps SQLite from reading a name such as `file:x` as a URI of its own.
    Ok(Address::Sqlite(if path.is_absolute() {
        path.to_owned()
    } else {
        Path::new(".").join(path)
    }))
}

/// The URL without its password, and the password, decoded. Looks into `user:password@` and into
/// the parameter `password=`.
pub(super) fn split_password(url: &str) -> (String, Option<String>) {
    let (base, query) = url
        .split_once('?')
        .map_or((url, None), |(b, q)| (b, Some(q)));
    let mut password = None;
    let mut clean = base.to_owned();
    if let Some((scheme, rest)) = base.split_once("://") {
        let authority_end = rest.find('/').unwrap_or(rest.len());
        let (authority, tail) = rest.split_at(authority_end);
        if let Some((login, host)) = authority.rsplit_once('@')
            && let Some((user, secret)) = login.split_once(':')
        {
            password = Some(decoded(secret));
            clean = format!("{scheme}://{user}@{host}{tail}");
        }
    }
    let mut kept = Vec::new();
    for pair in query
        .unwrap_or_default()
        .split('&')
        .filter(|p| !p.is_empty())
    {
        match pair.strip_prefix("password=") {
            Some(secret) => password = Some(decoded(secret)),
            None => kept.push(pair),
        }
    }
    if !kept.is_empty() {
        clean = format!("{clean}?{}", kept.join("&"));
    }
    (clean, password)
}

/// Percent-decoding; what is not a valid escape stays as it is.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = bytes
            .get(at + 1..at + 3)
            .and_then(|h| std::str::from_utf8(h).ok());
        match hex.and_then(|h| u8::from_str_radix(h, 16).ok()) {
            Some(value) if byte == b'%' => {
                out.push(value);
                at += 3;
            }
            _ => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
