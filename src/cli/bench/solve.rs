//! `zhuchao bench solve`: value, bound, gap, time and memory of the solver on synthetic cities, or on
//! the instance files of a folder, with the profile over time.
//!
//! Each run is a process of its own (`child`), so that its peak of memory is its own, and is verified
//! by another. Ctrl-C ends the run at hand with its best and keeps the rows; the table of `-o` is
//! written anew after every row.
//!
//! Not here: rivals (`tests/tools/rivals.py` runs them on the same files).

use std::path::{Path, PathBuf};

use super::child::Child;
use super::row::Row;
use super::source::{self, Job, Size};
use super::table::Table;
use crate::cli::interrupt::Interrupt;
use crate::cli::solve::limit_seconds;
use crate::cli::{Common, Stop, files, show};

/// What is solved, for how long.
#[derive(Debug, clap::Args)]
pub struct SolveBench {
    /// Sizes of the cities: S, M, L, XL (200, 2000, 20000, 100000 firms) or a number of firms.
    #[arg(long, value_delimiter = ',', default_value = "S,M")]
    sizes: Vec<Size>,
    /// Seeds of the cities.
    #[arg(long, value_delimiter = ',', default_value = "1,2,3")]
    seeds: Vec<u64>,
    /// Solve the instances of this folder (*.json, *.json.gz, also in folders below) instead; its
    /// known.csv names the best known values.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["sizes", "seeds"])]
    literature: Option<PathBuf>,
    /// Time limit of each run. Default by size: S, M and literature 60, L 300, XL 1800.
    #[arg(long, value_parser = limit_seconds)]
    seconds: Option<f64>,
    /// Threads of each run.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u32).range(1..=256))]
    threads: u32,
    /// Keep instances and outcomes here, for rivals. Default: a temporary folder that is removed.
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Print the tables as markdown.
    #[arg(long)]
    markdown: bool,
    /// Write the table as CSV too.
    #[arg(short, long, value_name = "CSV")]
    output: Option<PathBuf>,
}

impl SolveBench {
    /// Runs the verb.
    pub fn run(self, common: &Common) -> Result<(), Stop> {
        let interrupt = Interrupt::install();
        let stop = interrupt.flag();
        let jobs = match &self.literature {
            Some(folder) => source::literature(folder)?,
            None => source::cities(&self.sizes, &self.seeds),
        };
        let folder = Folder::make(self.keep.as_deref())?;
        let mut table = Table::new(self.threads, self.markdown);
        for job in &jobs {
            if stop.load(std::sync::atomic::Ordering::Relaxed) {
                break;
            }
            let row = self.row(job, &folder.0, &stop)?;
            show::say(&row.line());
            table.rows.push(row);
            if let Some(place) = &self.output {
                files::write(place, table.csv().as_bytes())?;
            }
        }
        show::result(&table, common.json)
    }

    fn row(&self, job: &Job, folder: &Path, stop: &super::child::Flag) -> Result<Row, Stop> {
        let case = job.prepare(folder)?;
        let child = Child {
            instance: &case.file,
            outcome: &folder.join(format!("{}.outcome.json.gz", case.name)),
            seconds: self.seconds.unwrap_or(case.seconds),
            threads: self.threads,
        };
        Ok(Row::of(&case, child.seconds, &child.run(stop)?))
    }
}

/// Where instances and outcomes lie; a folder of our own is removed at the end.
struct Folder(PathBuf, bool);

impl Folder {
    fn make(keep: Option<&Path>) -> Result<Folder, Stop> {
        let own = || std::env::temp_dir().join(format!("zhuchao-bench-{}", std::process::id()));
        let path = keep.map_or_else(own, Path::to_path_buf);
        std::fs::create_dir_all(&path)?;
        Ok(Folder(path, keep.is_none()))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.1 {
            // A temporary folder that cannot be removed changes no figure.
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }
}
