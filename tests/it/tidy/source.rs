//! The files of the repository, as text and as code without comments and literals.

use std::fs;
use std::path::{Path, PathBuf};

use super::strip::strip;

/// Folders that are not part of what is committed.
const OUTSIDE: [&str; 6] = [
    ".git",
    "target",
    ".zhuchao",
    "screenshots",
    "screens",
    "node_modules",
];

/// One text file.
pub struct Source {
    /// Path relative to the repository, with `/`.
    pub path: String,
    /// The text as it is.
    pub text: String,
    /// The text with comments and the contents of literals blanked; same lines.
    pub code: String,
}

impl Source {
    /// A source from its text; also used for bad examples.
    pub fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
            code: strip(text),
        }
    }

    /// The room: the first name under `src`, without `.rs`; `None` outside of `src`.
    pub fn room(&self) -> Option<&str> {
        let first = self.path.strip_prefix("src/")?.split('/').next()?;
        Some(first.strip_suffix(".rs").unwrap_or(first))
    }
}

/// The folder of the repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All text files under a folder of the repository, by path; binary files are left out.
pub fn under(folder: &str) -> Vec<Source> {
    let mut paths = Vec::new();
    walk(&root().join(folder), &mut paths);
    paths.sort();
    paths.iter().filter_map(|path| read(path)).collect()
}

/// All Rust files under `src`.
pub fn rust() -> Vec<Source> {
    rust_under("src")
}

/// All Rust files under a folder.
pub fn rust_under(folder: &str) -> Vec<Source> {
    let mut all = under(folder);
    all.retain(|s| s.path.ends_with(".rs"));
    assert!(
        !all.is_empty(),
        "no Rust file under {folder}: the test reads the wrong place"
    );
    all
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name();
        if OUTSIDE.iter().any(|o| name.to_str() == Some(*o)) {
            continue;
        }
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => walk(&entry.path(), paths),
            Ok(kind) if kind.is_file() => paths.push(entry.path()),
            _ => {}
        }
    }
}

fn read(path: &Path) -> Option<Source> {
    let text = fs::read_to_string(path).ok()?;
    let relative = path.strip_prefix(root()).ok()?;
    let relative = relative.to_string_lossy().replace('\\', "/");
    let code = if relative.ends_with(".rs") {
        strip(&text)
    } else {
        String::new()
    };
    Some(Source {
        path: relative,
        text,
        code,
    })
}
