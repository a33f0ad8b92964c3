//! Files of a profile: evidence that a firm files once for all its cases. A new file puts the profile before
//! the district again.
//!
//! Not here: what a file may be (`file_kind`).

use serde_json::json;

use super::evidence::{Sent, list, listed, named};
use super::profile::{done, own_firm, owner};
use super::{file_kind, rules, sign, today};
use crate::acts::powers::cases::{DECLARE_PROFILE, SEE_PROFILE};
use crate::acts::{Desk, policy as policies, refuse};
use crate::domain::case::EvidenceFile;
use crate::domain::fault::{Fault, Faults};
use crate::domain::firm::Firm;
use crate::domain::ids::FirmId;
use crate::domain::profile::{FirmFacts, Profile, ProfileStage};
use crate::policy::{self, Policy};
use crate::store::{self, Reading, case_files};

/// Files evidence with the profile of one's firm.
///
/// # Errors
/// As [`super::evidence::file`].
pub fn file(desk: &Desk, id: &FirmId, sent: &Sent<'_>) -> Result<Profile, Faults> {
    desk.may(&DECLARE_PROFILE)?;
    let media = file_kind::media_type(sent.bytes)?;
    let digest = case_files::digest(sent.bytes);
    let asked = json!({ "firm": id, "kind": sent.kind, "label": sent.label, "digest": digest });
    desk.act(&DECLARE_PROFILE, &asked, |tx| {
        let firm = own_firm(desk, tx, id)?;
        named(&in_force(desk, tx)?, sent)?;
        let before: Option<Profile> = store::get(tx, firm.id.as_str())?;
        let mut after = again(desk, &firm, before.as_ref());
        list(&mut after.evidence, listed(desk, sent, &digest, media))?;
        case_files::put(tx, &case_files::of_firm(&firm.id), sent.bytes)?;
        done(tx, before.as_ref(), after)
    })
}

/// Takes a file out of the profile; its bytes stay for the record. AC013 when it is not listed.
pub fn remove(desk: &Desk, id: &FirmId, digest: &str) -> Result<Profile, Faults> {
    let asked = json!({ "firm": id, "removed": digest });
    desk.act(&DECLARE_PROFILE, &asked, |tx| {
        let firm = own_firm(desk, tx, id)?;
        let before: Option<Profile> = store::get(tx, firm.id.as_str())?;
        let before = before.ok_or_else(|| refuse::absent("profile of firm", &firm.id))?;
        let mut after = again(desk, &firm, Some(&before));
        after.evidence.retain(|e| e.digest != digest);
        if after.evidence.len() == before.evidence.len() {
            return Err(refuse::absent("file", digest).into());
        }
        done(tx, Some(&before), after)
    })
}

/// A file of a profile with its bytes. AC013 when it is not listed.
pub fn read(desk: &Desk, id: &FirmId, digest: &str) -> Result<(EvidenceFile, Vec<u8>), Faults> {
    desk.look(&SEE_PROFILE, |tx| {
        let firm = rules::firm(tx, id)?;
        desk.own(&SEE_PROFILE, &owner(&firm))?;
        let profile: Option<Profile> = store::get(tx, id.as_str())?;
        let files = profile.map_or_else(Vec::new, |p| p.evidence);
        let found = files.into_iter().find(|e| e.digest == digest);
        let bytes = case_files::get(tx, &case_files::of_firm(id), digest)?;
        match (found, bytes) {
            (Some(file), Some(bytes)) => Ok((owner(&firm), (file, bytes))),
            _ => Err(refuse::absent("file", digest).into()),
        }
    })
}

/// The profile as declared again; one that was never declared has the facts of the firm.
fn again(desk: &Desk, firm: &Firm, before: Option<&Profile>) -> Profile {
    Profile {
        firm: firm.id.clone(),
        district: firm.district.clone(),
        stage: ProfileStage::Declared,
        facts: before.map_or_else(|| FirmFacts::of(firm), |p| p.facts.clone()),
        controllers: before.map_or_else(Vec::new, |p| p.controllers.clone()),
        evidence: before.map_or_else(Vec::new, |p| p.evidence.clone()),
        declared: sign(desk, ""),
        verdict: None,
    }
}

/// The policy in force today; AC110 when there is none.
pub(super) fn in_force(desk: &Desk, tx: &mut Reading<'_>) -> Result<Policy, Faults> {
    let day = today(desk);
    let stored = policies::in_force_on(tx, day)?.ok_or_else(|| {
        let cause = format!("no stored policy is in force on {day}");
        Fault::new(
            crate::acts::freeze::NO_POLICY,
            cause,
            "publish a policy first",
        )
    })?;
    policy::read(&stored.text)
}
