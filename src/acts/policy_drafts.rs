//! Policies on their way: one officer proposes a document, another releases it, and only then it is published.
//! Examined when it is proposed and again when it is released, for the day has moved on.
//!
//! Not here: what a document says (`policy`), the operator's own way of publishing (`acts::policy`).

use serde_json::json;

use super::act::{Done, Owner, tag};
use super::documents::{self, text};
use super::powers::policies::{PROPOSE_POLICY, REFUSE_POLICY, RELEASE_POLICY, SEE_POLICY};
use super::rounds::reason as given;
use super::{Bounds, Desk, policy, refuse, stored};
use crate::domain::fault::Faults;
use crate::domain::ids::RoundId;
use crate::domain::policy_draft::{DraftStage, PolicyDraft};
use crate::domain::signature::Signature;
use crate::planning::files::digest;
use crate::store::{self, Reading, policies};

/// Largest document in bytes.
pub const POLICY_MAX: usize = 1024 * 1024;

fn signed(desk: &Desk, reason: &str) -> Signature {
    Signature {
        by: desk.actor().to_owned(),
        at: desk.now(),
        reason: reason.trim().to_owned(),
    }
}

fn need(tx: &mut Reading<'_>, version: &str) -> Result<PolicyDraft, Faults> {
    let known = store::get(tx, version)?;
    Ok(known.ok_or_else(|| refuse::absent("proposed policy", version))?)
}

fn open(draft: &PolicyDraft) -> Result<(), Faults> {
    match draft.stage {
        DraftStage::Proposed => Ok(()),
        stage => Err(refuse::wrong_state(subject(draft), stage.name(), &["proposed"]).into()),
    }
}

fn subject(draft: &PolicyDraft) -> String {
    format!("policy {}", draft.version)
}

/// Proposes a document. One that waits may be replaced by who proposed it; a refused one comes anew.
///
/// # Errors
/// Those of the document, AC190 for findings that bar it, AC191 when it has ended, ST107 for a published
/// version, AC014 while another's document of that version waits, AC018 for the reason.
pub fn propose(desk: &Desk, bytes: &[u8], reason: &str) -> Result<PolicyDraft, Faults> {
    let document = policy::fit(desk, bytes)?;
    let text = text(bytes)?;
    let version = document.policy.meta.version;
    let digest = digest(text.as_bytes());
    let asked = json!({ "version": version, "digest": digest, "reason": reason });
    desk.act(&PROPOSE_POLICY, &asked, |tx| {
        given(reason)?;
        documents::storable(tx, text)?;
        if policies::get(tx, &version)?.is_some() {
            return Err(policies::another_text(&version).into());
        }
        let before: Option<PolicyDraft> = store::get(tx, &version)?;
        if let Some(other) = &before
            && other.stage == DraftStage::Proposed
            && other.proposed.by != desk.actor()
        {
            return Err(refuse::wrong_state(subject(other), "proposed", &["decided"]).into());
        }
        let after = PolicyDraft {
            version: version.clone(),
            text: text.to_owned(),
            digest: digest.clone(),
            stage: DraftStage::Proposed,
            proposed: signed(desk, reason),
            decided: None,
        };
        store::upsert_many(tx, std::slice::from_ref(&after))?;
        let done = Done::new(after.clone(), subject(&after), Owner::city()).after(&after)?;
        Ok(match &before {
            Some(before) => done.before(before)?,
            None => done,
        })
    })
}

/// Publishes a proposed document, examined anew.
///
/// # Errors
/// AC013, AC014 unless it is proposed, AC017 for who proposed it, AC018 for the reason, and those of
/// proposing it.
pub fn release(desk: &Desk, version: &str, reason: &str) -> Result<PolicyDraft, Faults> {
    let asked = json!({ "version": version, "reason": reason });
    desk.act(&RELEASE_POLICY, &asked, |tx| {
        let before = another(desk, tx, version, reason)?;
        policy::fit(desk, before.text.as_bytes())?;
        documents::put(desk, tx, &before.text)?;
        decided(desk, tx, before, DraftStage::Released, reason)
    })
}

/// Refuses a proposed document. AC013, AC014 unless it is proposed, AC017 for who proposed it, AC018 for
/// the reason.
pub fn turn_down(desk: &Desk, version: &str, reason: &str) -> Result<PolicyDraft, Faults> {
    let asked = json!({ "version": version, "reason": reason });
    desk.act(&REFUSE_POLICY, &asked, |tx| {
        let before = another(desk, tx, version, reason)?;
        decided(desk, tx, before, DraftStage::Refused, reason)
    })
}

/// A document that waits for the actor, who did not propose it.
fn another(
    desk: &Desk,
    tx: &mut Reading<'_>,
    version: &str,
    reason: &str,
) -> Result<PolicyDraft, Faults> {
    given(reason)?;
    let draft = need(tx, version)?;
    open(&draft)?;
    match draft.proposed.by == desk.actor() {
        true => Err(refuse::same_person("proposed this policy").into()),
        false => Ok(draft),
    }
}

fn decided(
    desk: &Desk,
    tx: &mut store::Writing<'_>,
    before: PolicyDraft,
    stage: DraftStage,
    reason: &str,
) -> Result<Done<PolicyDraft>, Faults> {
    let after = PolicyDraft {
        stage,
        decided: Some(signed(desk, reason)),
        ..before.clone()
    };
    store::upsert_many(tx, std::slice::from_ref(&after))?;
    let done = Done::new(after.clone(), subject(&after), Owner::city());
    Ok(done.before(&before)?.after(&after)?)
}

/// Proposed policies, by version.
pub fn list(
    desk: &Desk,
    stage: Option<DraftStage>,
    bounds: impl Into<Bounds>,
) -> Result<Vec<PolicyDraft>, Faults> {
    desk.scope(&SEE_POLICY)?;
    let stage = stage.map(|s| ("stage", s.name().to_owned()));
    let filter = bounds
        .into()
        .filter::<PolicyDraft>(stage.into_iter().collect())?;
    Ok(desk.store().read(|tx| store::select(tx, &filter))?)
}

/// One proposed policy with its tag. AC013.
pub fn one(desk: &Desk, version: &str) -> Result<(PolicyDraft, String), Faults> {
    desk.look(&SEE_POLICY, |tx| {
        let draft = need(tx, version)?;
        let tag = tag(&draft)?;
        Ok((Owner::city(), (draft, tag)))
    })
}

/// What a version would have done to a past round: its frozen facts, and the plan that was approved, or
/// chosen.
///
/// # Errors
/// AC013 for an unknown version or round, AC014 for a round without frozen facts, those of the simulation.
pub fn simulate(desk: &Desk, version: &str, round: &RoundId) -> Result<policy::Effect, Faults> {
    let document = policy::stored(desk, version)?;
    let (snapshot, plan) = desk.look(&SEE_POLICY, |tx| {
        let digest = stored::in_force(tx, round)?.ok_or_else(|| {
            refuse::wrong_state(format!("round {round}"), "not frozen", &["frozen"])
        })?;
        let procedure = super::rounds::procedure(tx, round)?;
        let plan = procedure.choice.as_ref().map(|c| c.plan.clone());
        let plan = plan.map(|plan| stored::plan(tx, &plan)).transpose()?;
        let digest = plan.as_ref().map_or(digest, |p| p.snapshot.clone());
        Ok((Owner::city(), (stored::snapshot(tx, &digest)?, plan)))
    })?;
    policy::simulate(&snapshot, plan.as_ref(), &document)
}
