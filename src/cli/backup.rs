//! `zhuchao backup FILE`: copies the database into a new file while it is in use.

use std::fmt;
use std::path::PathBuf;

use serde::Serialize;

use super::{Common, Stop, setup, show};
use crate::acts::care;

/// Copy the database.
#[derive(Debug, clap::Args)]
pub struct Backup {
    /// A file that does not exist yet.
    file: PathBuf,
}

/// What was written.
#[derive(Debug, Serialize)]
pub struct BackedUp {
    /// File.
    pub file: PathBuf,
    /// Bytes.
    pub bytes: u64,
}

impl fmt::Display for BackedUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes in {}", self.bytes, self.file.display())
    }
}

impl Backup {
    /// Runs the verb.
    pub fn run(self, common: &Common) -> Result<(), Stop> {
        let desk = setup::usual_desk(common)?;
        care::backup(&desk, &self.file)?;
        let bytes = std::fs::metadata(&self.file)?.len();
        show::result(
            &BackedUp {
                file: self.file,
                bytes,
            },
            common.json,
        )
    }
}
