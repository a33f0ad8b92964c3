//! The labelled accounts of a demonstration: made once with random passwords, which are shown on the
//! terminal and kept in a file that only its owner may read.
//!
//! Not here: which accounts (`acts::people::demo`).

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use anyhow::Context;

use super::{Stop, setup, show};
use crate::acts::Desk;
use crate::acts::people::demo;
use crate::config::Config;

/// Name of the file in the home.
const FILE: &str = "demo-accounts.txt";

/// Makes the accounts unless there are some.
pub fn make(desk: &Desk, config: &Config, home: &Path) -> Result<(), Stop> {
    let made = demo::make(desk, &setup::tools(config)?)?;
    if made.is_empty() {
        return Ok(());
    }
    let mut text =
        String::from("演示账号，仅供演示 / demonstration accounts, for this demonstration only\n");
    for one in &made {
        let role = one.account.role.map_or("", |r| r.name());
        text.push_str(&format!(
            "{:<28} {:<20} {}\n",
            one.account.login, role, one.password
        ));
    }
    let path = home.join(FILE);
    // With a database elsewhere nobody has made the folder yet.
    std::fs::create_dir_all(home)
        .and_then(|()| kept(&path, &text))
        .with_context(|| format!("cannot write {}", path.display()))
        .map_err(Stop::Broken)?;
    show::say(&text);
    Ok(())
}

fn kept(path: &Path, text: &str) -> std::io::Result<()> {
    // A file that was there keeps its mode, and what it says is of another database.
    match std::fs::remove_file(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(e),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)?.write_all(text.as_bytes())
}
