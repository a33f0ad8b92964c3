//! Files named on the command line: read whole under a limit, written whole or not at all.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;

use anyhow::Context;

use super::show::Stop;
use crate::domain::fault::{Code, Fault};

/// A file on the command line cannot be read.
pub const CANNOT_READ: Code = Code("CL101");
/// A file on the command line is larger than allowed.
pub const TOO_LARGE: Code = Code("CL102");

/// Largest file that is read whole, in bytes.
pub const FILE_LIMIT: u64 = 4 << 30;

/// Opens a file, or CL101.
pub fn open(path: &Path) -> Result<File, Stop> {
    let refused = |e: std::io::Error| {
        Stop::from(Fault::new(
            CANNOT_READ,
            format!("{}: {e}", path.display()),
            "check the name and the permissions",
        ))
    };
    let file = File::open(path).map_err(refused)?;
    if file.metadata().is_ok_and(|m| m.is_dir()) {
        return Err(refused(std::io::ErrorKind::IsADirectory.into()));
    }
    Ok(file)
}

/// Reads a whole file, or CL101, CL102. A file that says it is too large is not read at all.
pub fn read(path: &Path) -> Result<Vec<u8>, Stop> {
    let too_large = || {
        let cause = format!("{} is larger than 4 GiB", path.display());
        Stop::from(Fault::new(TOO_LARGE, cause, "split the file"))
    };
    let file = open(path)?;
    if file.metadata().is_ok_and(|m| m.len() > FILE_LIMIT) {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    let read = file.take(FILE_LIMIT + 1).read_to_end(&mut bytes);
    read.with_context(|| path.display().to_string())
        .map_err(Stop::Broken)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > FILE_LIMIT {
        return Err(too_large());
    }
    Ok(bytes)
}

/// Writes a whole file beside its place, then moves it there: a reader never sees half of it. A link
/// is followed; a pipe or a device is written to, never replaced.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Stop> {
    let known = fs::metadata(path).ok();
    let written = match known {
        Some(there) if !there.is_file() => straight(path, bytes),
        Some(_) => fs::canonicalize(path).and_then(|place| beside(&place, bytes)),
        None => beside(path, bytes),
    };
    written
        .with_context(|| format!("cannot write {}", path.display()))
        .map_err(Stop::Broken)
}

fn straight(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    fs::OpenOptions::new()
        .write(true)
        .open(path)?
        .write_all(bytes)
}

fn beside(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut name = path
        .file_name()
        .map(std::ffi::OsStr::to_os_string)
        .unwrap_or_default();
    name.push(format!(".part-{}", std::process::id()));
    let part = path.with_file_name(name);
    let written = File::create(&part)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&part, path));
    if written.is_err() {
        // The half-written file is of no use; that it cannot be removed changes nothing.
        let _ = fs::remove_file(&part);
    }
    written
}
