//! What is solved: synthetic cities by size and seed, or the instance files of a folder.
//!
//! Not here: solving (`child`), known values (`acts::bench::known`).

use std::path::{Path, PathBuf};
use std::str::FromStr;

use crate::acts::bench::known::{self, Known};
use crate::acts::{bench, generate};
use crate::cli::{Stop, files};
use crate::domain::fault::{Code, Fault};
use crate::planning::{build, format};
use crate::solve::instance::Instance;

/// A folder of instances has none.
pub const NO_INSTANCE: Code = Code("CL150");

/// Seconds for instances of the literature.
const LITERATURE_SECONDS: f64 = 60.0;
/// Label, firms and seconds.
const SIZES: [(&str, u32, f64); 4] = [
    ("S", 200, 60.0),
    ("M", 2_000, 60.0),
    ("L", 20_000, 300.0),
    ("XL", 100_000, 1_800.0),
];

/// Size of a city.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size(u32);

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Size, String> {
        let named = SIZES.iter().find(|s| s.0 == text).map(|s| s.1);
        let firms = named.or_else(|| text.parse().ok());
        firms
            .filter(|n| (1..=generate::FIRMS_MAX).contains(n))
            .map(Size)
            .ok_or_else(|| format!("give S, M, L, XL or 1 to {} firms", generate::FIRMS_MAX))
    }
}

impl Size {
    /// Its firms.
    pub(super) fn firms(self) -> u32 {
        self.0
    }

    /// Its name in tables.
    pub(super) fn label(self) -> String {
        let named = SIZES.iter().find(|s| s.1 == self.0);
        named.map_or_else(|| self.0.to_string(), |s| s.0.to_owned())
    }

    /// The seconds of the first named size that is at least as large.
    fn seconds(self) -> f64 {
        let named = SIZES.iter().find(|s| self.0 <= s.1);
        named.map_or(LITERATURE_SECONDS, |s| s.2)
    }
}

/// One run to be done.
#[derive(Debug, Clone)]
pub enum Job {
    /// A synthetic city.
    City(Size, u64),
    /// A file, with what is known of its instance.
    File(PathBuf, Option<Known>),
}

/// A job with its file.
pub struct Case {
    /// Name in tables, and of files.
    pub name: String,
    /// The instance.
    pub file: PathBuf,
    /// Default time limit.
    pub seconds: f64,
    /// Agents, options, resources.
    pub shape: [usize; 3],
    /// What the literature knows.
    pub known: Option<Known>,
}

/// Cities of every size with every seed.
pub fn cities(sizes: &[Size], seeds: &[u64]) -> Vec<Job> {
    let of_size = |size: &Size| seeds.iter().map(|seed| Job::City(*size, *seed)).collect();
    sizes
        .iter()
        .flat_map(|s| -> Vec<Job> { of_size(s) })
        .collect()
}

/// The instance files below a folder by path; CL150 when there is none.
pub fn literature(folder: &Path) -> Result<Vec<Job>, Stop> {
    let list = folder.join("known.csv");
    let known = if list.exists() {
        known::read(&files::read(&list)?)?
    } else {
        Default::default()
    };
    let mut found = Vec::new();
    collect(folder, 0, &mut found)?;
    found.sort();
    if found.is_empty() {
        let cause = format!("{} holds no *.json or *.json.gz", folder.display());
        return Err(Fault::new(NO_INSTANCE, cause, "name a folder of instance files").into());
    }
    let job = |file: PathBuf| {
        let known = known.get(&stem(&file)).copied();
        Job::File(file, known)
    };
    Ok(found.into_iter().map(job).collect())
}

/// Files of the folder and of two levels below.
fn collect(folder: &Path, depth: u32, found: &mut Vec<PathBuf>) -> Result<(), Stop> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.to_string_lossy();
        if path.is_dir() && depth < 2 {
            collect(&path, depth + 1, found)?;
        } else if name.ends_with(".json") || name.ends_with(".json.gz") {
            let outcome = name.contains(".outcome.");
            found.extend((!outcome).then_some(path));
        }
    }
    Ok(())
}

/// The name of a file without folder, `.gz` and `.json`.
fn stem(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    name.strip_suffix(".json").unwrap_or(name).to_owned()
}

impl Job {
    /// Makes or reads the instance; a city's file is written into the folder.
    pub fn prepare(&self, folder: &Path) -> Result<Case, Stop> {
        match self {
            Job::City(size, seed) => city(*size, *seed, folder),
            Job::File(file, known) => {
                let bytes = files::read(file)?;
                let instance = format::read_instance(&bytes, format::UNPACKED_LIMIT)?;
                Ok(Case {
                    name: stem(file),
                    file: file.clone(),
                    seconds: LITERATURE_SECONDS,
                    shape: shape(&instance),
                    known: *known,
                })
            }
        }
    }
}

fn city(size: Size, seed: u64, folder: &Path) -> Result<Case, Stop> {
    let snapshot = bench::city(size.0, seed)?;
    let instance = build::build(&snapshot)?.instance;
    let name = format!("{}-{seed}", size.label());
    let file = folder.join(format!("{name}.json.gz"));
    files::write(
        &file,
        &format::write_instance(&instance, format::Packing::Gzip)?,
    )?;
    Ok(Case {
        name,
        file,
        seconds: size.seconds(),
        shape: shape(&instance),
        known: None,
    })
}

fn shape(instance: &Instance) -> [usize; 3] {
    let agents = instance.agents();
    let options = agents.iter().map(|a| a.options.len()).sum();
    [agents.len(), options, instance.resources().len()]
}
