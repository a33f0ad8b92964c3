//! The evidence of a claim: documents that the firm filed with its profile or with the application of the
//! contract, named by their SHA-256, and readable by whoever may see the claim.
//!
//! Not here: filing (`acts::cases`).

use super::{claims, need_claim, owner};
use crate::acts::powers::money::SEE_CLAIM;
use crate::acts::{Desk, refuse};
use crate::domain::case::{Case, EvidenceFile};
use crate::domain::fault::{Fault, Faults};
use crate::domain::ids::{ApplicationId, ClaimId, FirmId};
use crate::domain::offer::Contract;
use crate::domain::profile::Profile;
use crate::store::{self, Reading, case_files};

/// Most pieces of evidence of a claim.
const EVIDENCE_MAX: usize = 50;

/// What is wrong with the evidence that a firm names: AC018 for each piece that is not filed.
pub(super) fn wrong(
    tx: &mut Reading<'_>,
    (firm, application): (&FirmId, &ApplicationId),
    named: &[String],
) -> Result<Vec<Fault>, Faults> {
    if named.is_empty() || named.len() > EVIDENCE_MAX {
        let cause = format!("name 1 to {EVIDENCE_MAX} filed documents");
        return Ok(vec![unfit(cause)]);
    }
    let mut faults = Vec::new();
    for digest in named {
        if holder(tx, (firm, application), digest)?.is_none() {
            let short: String = digest.chars().take(12).collect();
            faults.push(unfit(format!("no document {short} is filed")));
        }
    }
    Ok(faults)
}

fn unfit(cause: String) -> Fault {
    let action =
        "file the lease, the invoices and the bank slips with the profile, and name their digests";
    refuse::unfit("evidence", cause, action)
}

/// Who holds a document: the firm's profile, or the case of the application.
fn holder(
    tx: &mut Reading<'_>,
    (firm, application): (&FirmId, &ApplicationId),
    digest: &str,
) -> Result<Option<String>, Faults> {
    for holder in [case_files::of_firm(firm), case_files::of_case(application)] {
        if case_files::has(tx, &holder, digest)? {
            return Ok(Some(holder));
        }
    }
    Ok(None)
}

/// A document that a claim names, as it is listed, with its bytes.
///
/// # Errors
/// AC013 when the claim names no such document or it is not kept any more; AC012 for whom the claim is not.
pub fn read(desk: &Desk, id: &ClaimId, digest: &str) -> Result<(EvidenceFile, Vec<u8>), Faults> {
    claims::one(desk, id)?;
    desk.look(&SEE_CLAIM, |tx| {
        let claim = need_claim(tx, id)?;
        let absent = || Faults::from(refuse::absent("document", digest));
        if !claim.stated.evidence.iter().any(|d| d == digest) {
            return Err(absent());
        }
        let contract: Contract = store::need(tx, claim.contract.as_str())?;
        let whose = (&claim.firm, &contract.application);
        let file = listed(tx, whose, digest)?.ok_or_else(absent)?;
        let bytes = match holder(tx, whose, digest)? {
            Some(holder) => case_files::get(tx, &holder, digest)?,
            None => None,
        };
        Ok((owner(&claim), (file, bytes.ok_or_else(absent)?)))
    })
}

/// How a document is listed, where it still is.
fn listed(
    tx: &mut Reading<'_>,
    (firm, application): (&FirmId, &ApplicationId),
    digest: &str,
) -> Result<Option<EvidenceFile>, Faults> {
    let profile: Option<Profile> = store::get(tx, firm.as_str())?;
    let case: Option<Case> = store::get(tx, application.as_str())?;
    let of_firm = profile.into_iter().flat_map(|p| p.evidence);
    let of_case = case.into_iter().flat_map(|c| c.evidence);
    Ok(of_firm.chain(of_case).find(|e| e.digest == digest))
}
