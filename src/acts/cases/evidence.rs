//! Evidence of a case: filed and taken out while the case may be changed, read by whoever may see the case.
//! A file is named by its SHA-256; the name that the firm gave is for people only.
//!
//! Paper is on the officer's desk when it is typed in, so its scans may follow until the verdict. What an
//! officer may have seen is taken off the list, but its bytes stay for the record.
//!
//! Not here: what a file may be (`file_kind`), files of a profile (`profile_files`).

use serde_json::json;

use super::{FULL_LIST, JUDGED, draft, file_kind, led, owner, rules, sign, step, take};
use crate::acts::powers::cases::{FILE_EVIDENCE, REMOVE_EVIDENCE, SEE_CASE};
use crate::acts::{Desk, refuse, rounds};
use crate::domain::case::{Case, CaseStage, EvidenceFile};
use crate::domain::fault::{Fault, Faults};
use crate::domain::ids::ApplicationId;
use crate::policy::Policy;
use crate::store::{Reading, case_files};

/// Most files of a case or profile.
pub const FILES_MAX: usize = 20;
/// Longest name of a file in characters.
const LABEL_MAX: usize = 120;

/// A file that is sent.
#[derive(Debug, Clone, Copy)]
pub struct Sent<'a> {
    /// What it proves: a key of the policy's list.
    pub kind: &'a str,
    /// Name given by the sender.
    pub label: &'a str,
    /// The bytes.
    pub bytes: &'a [u8],
}

/// Files evidence with a case. The same file again changes its kind and name.
///
/// # Errors
/// AC245 and AC246 for the file, AC018 for its kind or name, AC244 beyond 20 files, and those of changing a
/// case.
pub fn file(desk: &Desk, id: &ApplicationId, sent: &Sent<'_>) -> Result<Case, Faults> {
    desk.may(&FILE_EVIDENCE)?;
    let media = file_kind::media_type(sent.bytes)?;
    let digest = case_files::digest(sent.bytes);
    let asked = json!({ "case": id, "kind": sent.kind, "label": sent.label, "digest": digest });
    desk.act(&FILE_EVIDENCE, &asked, |tx| {
        let before = take(desk, tx, &FILE_EVIDENCE, id)?;
        fileable(desk, tx, &before)?;
        let procedure = rounds::procedure(tx, &before.round)?;
        let (policy, _) = rules::of_round(tx, &procedure, &before.round)?;
        named(&policy, sent)?;
        let mut after = before.clone();
        list(&mut after.evidence, listed(desk, sent, &digest, media))?;
        draft::touched(desk, &mut after);
        case_files::put(tx, &case_files::of_case(id), sent.bytes)?;
        draft::done(tx, &before, after)
    })
}

/// Takes a file out. AC013 when the case lists no such file.
pub fn remove(desk: &Desk, id: &ApplicationId, digest: &str) -> Result<Case, Faults> {
    let asked = json!({ "case": id, "digest": digest });
    desk.act(&REMOVE_EVIDENCE, &asked, |tx| {
        let before = take(desk, tx, &REMOVE_EVIDENCE, id)?;
        draft::editable(desk, tx, &before)?;
        let mut after = before.clone();
        after.evidence.retain(|e| e.digest != digest);
        if after.evidence.len() == before.evidence.len() {
            return Err(refuse::absent("file", digest).into());
        }
        draft::touched(desk, &mut after);
        if before.submitted.is_none() {
            case_files::remove(tx, &case_files::of_case(id), digest)?;
        }
        draft::done(tx, &before, after)
    })
}

/// A file of a case with its bytes. AC013 when the case lists no such file.
pub fn read(
    desk: &Desk,
    id: &ApplicationId,
    digest: &str,
) -> Result<(EvidenceFile, Vec<u8>), Faults> {
    desk.look(&SEE_CASE, |tx| {
        let case = take(desk, tx, &SEE_CASE, id)?;
        let found = case.evidence.iter().find(|e| e.digest == digest);
        let bytes = case_files::get(tx, &case_files::of_case(id), digest)?;
        match (found, bytes) {
            (Some(file), Some(bytes)) => Ok((owner(&case), (file.clone(), bytes))),
            _ => Err(refuse::absent("file", digest).into()),
        }
    })
}

/// While the firm may change its case; for paper until the verdict.
fn fileable(desk: &Desk, tx: &mut Reading<'_>, case: &Case) -> Result<(), Faults> {
    let waits = matches!(case.stage, CaseStage::Submitted | CaseStage::Accepted);
    if !(case.by_officer && waits) {
        return draft::editable(desk, tx, case);
    }
    led(desk, case)?;
    Ok(step(&rounds::procedure(tx, &case.round)?, &JUDGED)?)
}

/// How a sent file is listed.
pub(super) fn listed(desk: &Desk, sent: &Sent<'_>, digest: &str, media: &str) -> EvidenceFile {
    EvidenceFile {
        digest: digest.to_owned(),
        kind: sent.kind.to_owned(),
        media_type: media.to_owned(),
        size: sent.bytes.len() as u64,
        label: sent.label.trim().to_owned(),
        filed: sign(desk, ""),
    }
}

/// Adds a file to a list, in place of the same file of the same kind: one file may prove two things. AC244 when
/// the list is full.
pub(super) fn list(files: &mut Vec<EvidenceFile>, new: EvidenceFile) -> Result<(), Fault> {
    files.retain(|e| (&e.digest, &e.kind) != (&new.digest, &new.kind));
    if files.len() >= FILES_MAX {
        let cause = format!("there are {FILES_MAX} files already");
        return Err(Fault::new(FULL_LIST, cause, "remove one first"));
    }
    files.push(new);
    Ok(())
}

/// AC018 unless the policy knows the kind and the name is a plain file name. A policy that names no kinds
/// takes any word.
pub(super) fn named(policy: &Policy, sent: &Sent<'_>) -> Result<(), Faults> {
    let mut faults = Vec::new();
    let kinds: Vec<&str> = (policy.evidence_kinds.iter())
        .map(|k| k.id.as_str())
        .collect();
    let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let is_word = !sent.kind.is_empty() && sent.kind.len() <= 40 && sent.kind.chars().all(word);
    if !is_word || !(kinds.is_empty() || kinds.contains(&sent.kind)) {
        let action = format!("choose one of {}", kinds.join(", "));
        let cause = "the policy names no such kind of evidence";
        faults.push(refuse::unfit("kind", cause, &action));
    }
    let label = sent.label.trim();
    let count = label.chars().count();
    if count == 0 || count > LABEL_MAX {
        let cause = "the name is empty or too long";
        faults.push(refuse::unfit("label", cause, "give at most 120 characters"));
    }
    // Signs that turn the direction of writing would show another ending than there is.
    let turns = |c: char| matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let sign = |c: char| c.is_control() || turns(c) || "/\\:*?\"<>|".contains(c);
    if label.chars().any(sign) || label.starts_with('.') {
        let cause = "the name holds a path or a sign that file names cannot have";
        faults.push(refuse::unfit("label", cause, "give a plain file name"));
    }
    Faults(faults).or(())
}
