//! `zhuchao instance SNAPSHOT -o INSTANCE`: the numbers of a snapshot, without firms or floors.

use std::fmt;
use std::path::PathBuf;

use serde::Serialize;

use super::{Common, Stop, files, show};
use crate::planning::{build, files as formats, format};

/// Turn a snapshot into an instance.
#[derive(Debug, clap::Args)]
pub struct InstanceArgs {
    /// snapshot.json, plain or gzip.
    snapshot: PathBuf,
    /// Where to write the instance; a name ending in .gz is packed.
    #[arg(short, long, value_name = "INSTANCE")]
    output: PathBuf,
}

/// What was written.
#[derive(Debug, Serialize)]
pub struct Written {
    /// File.
    pub file: PathBuf,
    /// Digest of the snapshot.
    pub snapshot: String,
    /// Resources.
    pub resources: usize,
    /// Agents: eligible applications with options.
    pub agents: usize,
    /// Options.
    pub options: usize,
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} resources, {} agents, {} options",
            self.resources, self.agents, self.options
        )?;
        write!(f, "file  {}", self.file.display())
    }
}

impl InstanceArgs {
    /// Runs the verb.
    pub fn run(self, common: &Common) -> Result<(), Stop> {
        let snapshot = formats::read_snapshot(&files::read(&self.snapshot)?)?;
        let built = build::build(&snapshot)?;
        let packing = format::Packing::for_name(&self.output.to_string_lossy());
        files::write(
            &self.output,
            &format::write_instance(&built.instance, packing)?,
        )?;
        let agents = built.instance.agents();
        let written = Written {
            file: self.output,
            snapshot: built.snapshot.clone(),
            resources: built.instance.resources().len(),
            agents: agents.len(),
            options: agents.iter().map(|a| a.options.len()).sum(),
        };
        show::result(&written, common.json)
    }
}
