//! `zhuchao template KIND -o FILE.xlsx`: a workbook of what is stored, to be changed and imported again.

use std::path::PathBuf;

use super::export::Exported;
use super::{Common, Stop, files, setup, show};
use crate::acts::books::template;
use crate::acts::kinds::{self, Kind};

/// Write a workbook to be filled in.
#[derive(Debug, clap::Args)]
pub struct Template {
    /// A kind of table: units, sites, apartments ..
    #[arg(value_parser = kind)]
    kind: Kind,
    /// Where to write it.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

fn kind(name: &str) -> Result<Kind, String> {
    let known = || format!("give one of: {}", kinds::names().join(", "));
    Kind::named(name).ok_or_else(known)
}

impl Template {
    /// Runs the verb.
    pub fn run(self, common: &Common) -> Result<(), Stop> {
        let desk = setup::usual_desk(common)?;
        let bytes = template::made(&desk, self.kind)?;
        files::write(&self.output, &bytes)?;
        let exported = Exported {
            kind: self.kind.name().to_owned(),
            bytes: bytes.len(),
            file: self.output,
        };
        show::result(&exported, common.json)
    }
}
