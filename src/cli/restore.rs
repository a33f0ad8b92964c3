//! `zhuchao restore FILE`: proves a backup and puts it in the place of the database; the old one is kept.

use std::fmt;
use std::path::PathBuf;

use serde::Serialize;

use super::{Common, Stop, setup, show};
use crate::acts::care;
use crate::config::Layer;

/// Replace the database.
#[derive(Debug, clap::Args)]
pub struct Restore {
    /// A backup made by `zhuchao backup`.
    file: PathBuf,
}

/// What was done.
#[derive(Debug, Serialize)]
pub struct Restored {
    /// The backup.
    pub file: PathBuf,
    /// Where the old database is kept.
    pub kept: Option<PathBuf>,
}

impl fmt::Display for Restored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "restored from {}", self.file.display())?;
        match &self.kept {
            Some(kept) => write!(f, "; the old database is kept as {}", kept.display()),
            None => f.write_str("; there was no database before"),
        }
    }
}

impl Restore {
    /// Runs the verb.
    pub fn run(self, common: &Common) -> Result<(), Stop> {
        let config = setup::config(common, setup::HOME, Layer::default())?;
        setup::folder(&config)?;
        let kept = care::restore(&config.database_url, &self.file)?;
        show::result(
            &Restored {
                file: self.file,
                kept,
            },
            common.json,
        )
    }
}
