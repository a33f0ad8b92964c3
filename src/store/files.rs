//! Files that appear whole or not at all.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::error::{NO_TARGET, StoreError};

/// A name beside `target` for what is not finished yet.
pub(super) fn beside(target: &Path, suffix: &str) -> PathBuf {
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(suffix);
    target.with_file_name(name)
}

/// ST134 when the target is there already.
pub(super) fn must_be_free(target: &Path) -> Result<(), StoreError> {
    if target.symlink_metadata().is_ok() {
        return Err(StoreError::conflict(
            NO_TARGET,
            format!("{} exists already", target.display()),
            "choose another name; a backup never replaces a file",
        ));
    }
    Ok(())
}

/// Gives a finished file its name, unless somebody else took it meanwhile.
pub(super) fn publish(draft: &Path, target: &Path) -> Result<(), StoreError> {
    settle(draft)?;
    must_be_free(target)?;
    fs::rename(draft, target).map_err(|e| failed(target, &e))?;
    settle_folder(target)
}

/// Puts a file in the place of another in one step.
pub(super) fn replace(draft: &Path, target: &Path) -> Result<(), StoreError> {
    settle(draft)?;
    fs::rename(draft, target).map_err(|e| failed(target, &e))?;
    settle_folder(target)
}

/// A second name for the file that is to be replaced: the first free one of `.before-restore-N`.
pub(super) fn keep_aside(path: &Path) -> Result<PathBuf, StoreError> {
    for n in 1..10_000 {
        let aside = beside(path, &format!(".before-restore-{n}"));
        if aside.symlink_metadata().is_ok() {
            continue;
        }
        fs::hard_link(path, &aside)
            .or_else(|_| fs::copy(path, &aside).map(drop))
            .map_err(|e| failed(&aside, &e))?;
        settle(&aside)?;
        return Ok(aside);
    }
    Err(StoreError::conflict(
        NO_TARGET,
        "too many old databases are kept aside",
        "move them away",
    ))
}

fn settle(path: &Path) -> Result<(), StoreError> {
    File::open(path)
        .and_then(|f| f.sync_all())
        .map_err(|e| failed(path, &e))
}

fn settle_folder(path: &Path) -> Result<(), StoreError> {
    let folder = path
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    settle(folder)
}

/// ST134 for an error of the file system.
pub(super) fn failed(path: &Path, error: &std::io::Error) -> StoreError {
    StoreError::broken(
        NO_TARGET,
        format!("{} cannot be written", path.display()),
        "check the folder, the rights and the free space",
        &error.to_string(),
    )
}
