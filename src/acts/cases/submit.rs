//! Submitting: the draft becomes an application, all faults told at once; the evidence that the policy asks
//! for must be there; what a person must look at is flagged.
//!
//! Whether the rules are met is not asked here: the district judges.

use std::collections::BTreeSet;

use serde_json::json;

use super::{at, draft, flags, judged, led, moved, rules, sign, take, typed};
use crate::acts::powers::cases::SUBMIT_CASE;
use crate::acts::{Desk, refuse};
use crate::domain::application::Application;
use crate::domain::case::{Case, CaseStage};
use crate::domain::case_proof;
use crate::domain::evidence::{Evidence, Provenance};
use crate::domain::fault::{Code, Fault, Faults, Place};
use crate::domain::firm::Firm;
use crate::domain::ids::ApplicationId;
use crate::domain::place::{District, Station};
use crate::domain::space::{Site, SiteKind};
use crate::policy::eligibility::Verdict;
use crate::store::{self, Reading};

/// Evidence that the policy asks for is missing.
pub const INCOMPLETE: Code = Code("AC243");

/// Submits a prepared case, or a supplemented one.
///
/// # Errors
/// AC017 for who wrote last (a paper form is signed by the officer himself), AC241 and AC251 when it is
/// too late, DM220 and DM221 by field, AC018 for a place that does not exist, AC243 by kind of evidence;
/// the last three all at once.
pub fn submit(desk: &Desk, id: &ApplicationId) -> Result<Case, Faults> {
    desk.act(&SUBMIT_CASE, &json!({ "case": id }), |tx| {
        let before = take(desk, tx, &SUBMIT_CASE, id)?;
        at(&before, &[CaseStage::Prepared, CaseStage::Returned])?;
        led(desk, &before)?;
        another(desk, &before)?;
        draft::open(desk, tx, &before)?;
        let firm = rules::firm(tx, &before.firm)?;
        let application = complete(desk, tx, &before, &firm)?;
        store::upsert_many(tx, std::slice::from_ref(&application))?;
        let mut after = moved(&before, CaseStage::Submitted)?;
        after.submitted = Some(sign(desk, ""));
        after.supplement_until = None;
        typed(desk, &mut after);
        flags::refresh(tx, &mut after)?;
        flags::tell_others(desk, tx, &SUBMIT_CASE, &after)?;
        draft::done(tx, &before, after)
    })
}

/// AC017 when a firm's approver wrote it himself.
fn another(desk: &Desk, case: &Case) -> Result<(), Fault> {
    let wrote = case.prepared.as_ref().is_some_and(|p| p.by == desk.actor());
    match wrote && !case.by_officer {
        true => Err(refuse::same_person("prepared it")),
        false => Ok(()),
    }
}

/// The application of a case, or everything that keeps it from being one.
pub(super) fn complete(
    desk: &Desk,
    tx: &mut Reading<'_>,
    case: &Case,
    firm: &Firm,
) -> Result<Application, Faults> {
    let mut faults = places(tx, case)?;
    let application = match case_proof::proved(case, provenance(firm)) {
        Ok(application) => application,
        Err(more) => {
            faults.splice(0..0, more.0);
            return Err(Faults(faults));
        }
    };
    let procedure = judged(tx, &case.round)?;
    let verdicts = rules::verdicts(desk, tx, &procedure, case, &application)?;
    faults.extend(missing(&verdicts));
    Faults(faults).or(application)
}

/// An application of an invented firm is invented; any other is what the firm itself states.
fn provenance(firm: &Firm) -> Provenance {
    let evidence = match firm.provenance.evidence {
        Evidence::Synthetic => Evidence::Synthetic,
        _ => Evidence::Published,
    };
    Provenance::of(evidence)
}

fn missing(verdicts: &[Verdict]) -> Vec<Fault> {
    let kinds: BTreeSet<&String> = verdicts.iter().flat_map(|v| &v.missing).collect();
    let fault = |kind: &String| {
        let place = Place {
            column: Some("evidence".to_owned()),
            subject: Some(kind.clone()),
            ..Place::default()
        };
        let cause = format!("evidence of the kind {kind} is missing");
        Fault::new(INCOMPLETE, cause, "file it with the case or the profile").at(place)
    };
    kinds.into_iter().map(fault).collect()
}

/// AC018 for each site, district and station that does not exist.
fn places(tx: &mut Reading<'_>, case: &Case) -> Result<Vec<Fault>, Faults> {
    let mut faults = Vec::new();
    let mut tell = |field: &str, key: &str, cause: &str| {
        let cause = format!("{key}: {cause}");
        faults.push(refuse::unfit(field, cause, "choose one from the list"));
    };
    for id in &case.draft.site_wishes {
        let site: Option<Site> = store::get(tx, id.as_str())?;
        match site.map(|s| s.kind) {
            Some(SiteKind::Space) => {}
            Some(SiteKind::Housing) => tell("site_wishes", id.as_str(), "it is a housing site"),
            None => tell("site_wishes", id.as_str(), "there is no such site"),
        }
    }
    for code in &case.draft.districts {
        if store::get::<District>(tx, code.as_str())?.is_none() {
            tell("districts", code.as_str(), "there is no such district");
        }
    }
    for id in &case.draft.anchors {
        if store::get::<Station>(tx, id.as_str())?.is_none() {
            tell("anchors", id.as_str(), "there is no such station");
        }
    }
    Ok(faults)
}
