//! PostgreSQL's own tools as child processes. The password travels in the environment of the
//! child, never among its arguments, which anybody on the machine can read.
//!
//! Not here: backups of SQLite (`backup`).

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};

use super::error::{StoreError, TOOL_FAILED, UNFIT_BACKUP};
use super::url::split_password;

/// Dumps a database to a file in PostgreSQL's custom format.
pub(super) fn dump(url: &str, target: &Path) -> Result<(), StoreError> {
    let (public, password) = split_password(url);
    let arguments: [&OsStr; 6] = [
        "--format=custom".as_ref(),
        "--no-owner".as_ref(),
        "--no-privileges".as_ref(),
        "--no-password".as_ref(),
        "--file".as_ref(),
        target.as_os_str(),
    ];
    let database = format!("--dbname={public}");
    run(
        "pg_dump",
        &[&arguments[..], &[database.as_ref()]].concat(),
        password,
    )
}

/// Replaces all tables by those of a dump, in one transaction, after dumping what was there to
/// `aside`.
pub(super) fn restore(url: &str, from: &Path, aside: &Path) -> Result<(), StoreError> {
    let listed: [&OsStr; 2] = ["--list".as_ref(), from.as_os_str()];
    run("pg_restore", &listed, None).map_err(|e| no_dump(from, e))?;
    dump(url, aside)?;
    let (public, password) = split_password(url);
    let database = format!("--dbname={public}");
    let arguments: [&OsStr; 8] = [
        "--clean".as_ref(),
        "--if-exists".as_ref(),
        "--single-transaction".as_ref(),
        "--no-owner".as_ref(),
        "--no-privileges".as_ref(),
        "--no-password".as_ref(),
        database.as_ref(),
        from.as_os_str(),
    ];
    run("pg_restore", &arguments, password)
}

fn no_dump(from: &Path, error: StoreError) -> StoreError {
    if error.detail().is_empty() {
        return error;
    }
    StoreError::broken(
        UNFIT_BACKUP,
        format!(
            "{} is not a whole backup that this program can read",
            from.display()
        ),
        "choose another backup; nothing was changed",
        error.detail(),
    )
}

fn run(tool: &str, arguments: &[&OsStr], password: Option<String>) -> Result<(), StoreError> {
    let mut command = Command::new(tool);
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    if let Some(secret) = password {
        command.env("PGPASSWORD", secret);
    }
    let output = command.output().map_err(|_| missing(tool))?;
    if output.status.success() {
        return Ok(());
    }
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(StoreError::broken(
        TOOL_FAILED,
        format!("{tool} failed"),
        "look into the log; its version must not be older than that of the server",
        if words.is_empty() {
            "no message"
        } else {
            &words
        },
    ))
}

fn missing(tool: &str) -> StoreError {
    StoreError::unsupported(
        TOOL_FAILED,
        format!("{tool} cannot be started"),
        "install the PostgreSQL client tools (postgresql-client) and put them on the PATH",
    )
}
