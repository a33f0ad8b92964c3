//! Versions of the template of notices: a file is brought, checked and kept; an older one, or the one that is built in, can
//! be put in force again. Every version stays.
//!
//! Not here: what a template may be (`package`), filling one (`marks`).

use serde_json::json;

use super::package::Package;
use super::{Notice, docx};
use crate::acts::act::{Done, Owner};
use crate::acts::powers::papers::{CHANGE_TEMPLATE, SEE_TEMPLATE};
use crate::acts::{Desk, refuse};
use crate::domain::fault::Faults;
use crate::domain::paper_template::PaperTemplate;
use crate::domain::signature::Signature;
use crate::store::{self, Reading, Writing, case_files};

/// Longest reason in characters.
const REASON_MAX: usize = 400;

/// The holder of the files in the store.
const HOLDER: &str = case_files::OF_TEMPLATES;

/// The versions, the last first.
///
/// # Errors
/// AC010 and AC011 for whom templates are not.
pub fn list(desk: &Desk) -> Result<Vec<PaperTemplate>, Faults> {
    desk.may(&SEE_TEMPLATE)?;
    let mut all = desk.store().read(versions)?;
    all.reverse();
    Ok(all)
}

fn versions(tx: &mut Reading<'_>) -> Result<Vec<PaperTemplate>, store::StoreError> {
    let mut all: Vec<PaperTemplate> = store::all(tx)?;
    all.sort_by_key(|t| t.version);
    Ok(all)
}

/// Brings a file and puts it in force.
///
/// # Errors
/// AC511 and AC512 for a file that is no template, AC018 for the reason.
pub fn bring(desk: &Desk, bytes: &[u8], reason: &str) -> Result<PaperTemplate, Faults> {
    desk.may(&CHANGE_TEMPLATE)?;
    let fields = Package::open(bytes)?.fields()?;
    let digest = case_files::digest(bytes);
    let asked = json!({ "digest": digest, "reason": reason.trim() });
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    desk.act(&CHANGE_TEMPLATE, &asked, |tx| {
        case_files::put(tx, HOLDER, bytes)?;
        let file = (Some(digest.clone()), size, fields.clone());
        put(desk, tx, file, reason)
    })
}

/// Puts an older version in force again; without one, the template that is built in.
///
/// # Errors
/// AC013 for a version that is not there, AC018 for the reason.
pub fn back(desk: &Desk, version: Option<u32>, reason: &str) -> Result<PaperTemplate, Faults> {
    let asked = json!({ "version": version, "reason": reason.trim() });
    desk.act(&CHANGE_TEMPLATE, &asked, |tx| {
        let file = match version {
            None => (None, 0, Vec::new()),
            Some(n) => {
                let all = versions(tx)?;
                let found = all.into_iter().find(|t| t.version == n);
                let found = found.ok_or_else(|| refuse::absent("template", n))?;
                (found.digest, found.size, found.fields)
            }
        };
        put(desk, tx, file, reason)
    })
}

type File = (Option<String>, u64, Vec<String>);

fn put(
    desk: &Desk,
    tx: &mut Writing<'_>,
    (digest, size, fields): File,
    reason: &str,
) -> Result<Done<PaperTemplate>, Faults> {
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > REASON_MAX {
        let cause = format!("give 1 to {REASON_MAX} characters");
        return Err(refuse::unfit("reason", cause, "say why the template is changed").into());
    }
    let before = versions(tx)?.pop();
    let version = before.as_ref().map_or(1, |t| t.version.saturating_add(1));
    let made = PaperTemplate {
        id: format!("T{version:06}"),
        version,
        digest,
        size,
        fields,
        made: Signature {
            by: desk.actor().to_owned(),
            at: desk.now(),
            reason: reason.to_owned(),
        },
    };
    store::upsert_many(tx, std::slice::from_ref(&made))?;
    let done = Done::new(made.clone(), format!("template {version}"), Owner::city());
    let done = match &before {
        Some(before) => done.before(before)?,
        None => done,
    };
    Ok(done.after(&made)?)
}

/// The file of a version as it was brought; of none, the one that is built in.
///
/// # Errors
/// AC013 for a version that is not there.
pub fn file(desk: &Desk, version: Option<u32>) -> Result<Vec<u8>, Faults> {
    desk.may(&SEE_TEMPLATE)?;
    Ok(package(desk, version)?.packed()?)
}

/// A version filled with a notice, to be looked at.
///
/// # Errors
/// AC013 for a version that is not there.
pub fn sample(desk: &Desk, version: Option<u32>, notice: &Notice) -> Result<Vec<u8>, Faults> {
    desk.may(&SEE_TEMPLATE)?;
    Ok(package(desk, version)?.filled(notice)?)
}

/// A notice as a file by the template in force: for everybody.
///
/// # Errors
/// AC510 when it cannot be packed.
pub fn written(desk: &Desk, notice: &Notice) -> Result<Vec<u8>, Faults> {
    let last = desk.store().read(versions)?.pop();
    Ok(package(desk, last.map(|t| t.version))?.filled(notice)?)
}

fn package(desk: &Desk, version: Option<u32>) -> Result<Package, Faults> {
    let Some(n) = version else {
        return Ok(docx::built_in());
    };
    let bytes = desk.store().read(|tx| {
        let all = versions(tx)?;
        let found = all.into_iter().find(|t| t.version == n);
        match found.map(|t| t.digest) {
            None => Err(Faults::from(refuse::absent("template", n))),
            Some(None) => Ok(None),
            Some(Some(digest)) => {
                let bytes = case_files::get(tx, HOLDER, &digest)?;
                Ok(Some(bytes.ok_or_else(|| refuse::absent("file", digest))?))
            }
        }
    })?;
    match bytes {
        None => Ok(docx::built_in()),
        Some(bytes) => Ok(Package::open(&bytes)?),
    }
}
