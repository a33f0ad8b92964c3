//! The built binary, as a person or a script meets it: verbs, results, exit statuses.

mod ask;
mod bench;
mod books;
mod chain;
mod confirm;
mod corrupt;
mod draw;
mod found;
mod killed;
mod people;
mod policy;
mod rounds;
mod verbs;
mod worker;

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

/// The binary in a folder of its own, with no settings from outside.
pub fn zhuchao(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhuchao"));
    command.current_dir(folder).args(args).env_clear();
    command
}

/// Runs a verb to its end.
pub fn run(folder: &Path, args: &[&str]) -> Output {
    zhuchao(folder, args).output().expect("the binary starts")
}

/// Exit status.
pub fn status(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

/// Runs a verb that must succeed and gives its result.
pub fn json(folder: &Path, args: &[&str]) -> Value {
    let args: Vec<&str> = args
        .iter()
        .copied()
        .chain(["--json", "--progress", "none"])
        .collect();
    let output = run(folder, &args);
    assert_eq!(status(&output), 0, "{args:?}: {}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("a JSON result")
}

/// Bytes as text.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Runs a verb that must fail with status 1; what it says.
pub fn refused(folder: &Path, args: &[&str]) -> String {
    let output = run(folder, args);
    assert_eq!(status(&output), 1, "{args:?}: {}", text(&output.stderr));
    text(&output.stderr) + &text(&output.stdout)
}
