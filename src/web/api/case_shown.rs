//! Cases as the API shows them, and the one way in which acts on a case are answered: with what the caller may
//! see of it.
//!
//! Not here: the routes (`cases`, `case_review`, `case_files`).

use actix_web::{HttpResponse, web};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::case_draft::DraftBody;
use super::stated::Signed;
use crate::acts::Desk;
use crate::acts::act::tag;
use crate::acts::cases::view::{self, Seen};
use crate::acts::cases::{Outcome, Verdict};
use crate::domain::case::{Case, EvidenceFile, Flag, Remark};
use crate::domain::fault::{Fault, Faults};
use crate::domain::ids::ApplicationId;
use crate::web::caller::Caller;
use crate::web::links::path_to;
use crate::web::reply::Reply;

/// A file that proves something.
#[derive(Debug, Serialize, ToSchema)]
pub struct EvidenceShown {
    /// SHA-256 of the bytes; its name in addresses.
    digest: String,
    kind: String,
    media_type: String,
    size: u64,
    label: String,
    filed: Signed,
}

impl From<&EvidenceFile> for EvidenceShown {
    fn from(e: &EvidenceFile) -> EvidenceShown {
        EvidenceShown {
            digest: e.digest.clone(),
            kind: e.kind.clone(),
            media_type: e.media_type.clone(),
            size: e.size,
            label: e.label.clone(),
            filed: Signed::from(&e.filed),
        }
    }
}

/// What a person must look at.
#[derive(Debug, Serialize, ToSchema)]
pub struct FlagShown {
    /// duplicate or related.
    kind: String,
    /// The other application.
    other: String,
    /// Common holding in basis points.
    share_bp: Option<u32>,
    /// Who cleared it, with the note.
    cleared: Option<Signed>,
}

/// A remark or verdict.
#[derive(Debug, Serialize, ToSchema)]
pub struct RemarkShown {
    /// The stage that it led to.
    stage: String,
    /// Key of the policy's list.
    reason: Option<String>,
    signed: Signed,
    /// Note for officers; empty for firms.
    internal: String,
}

impl From<&Remark> for RemarkShown {
    fn from(r: &Remark) -> RemarkShown {
        RemarkShown {
            stage: r.stage.name().to_owned(),
            reason: r.reason.clone(),
            signed: Signed::from(&r.signed),
            internal: r.internal.clone(),
        }
    }
}

/// A case, less what the caller may not see.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseShown {
    id: String,
    firm: String,
    round: String,
    district: String,
    stage: String,
    draft: DraftBody,
    evidence: Vec<EvidenceShown>,
    flags: Vec<FlagShown>,
    prepared: Option<Signed>,
    submitted: Option<Signed>,
    by_officer: bool,
    received_on: Option<NaiveDate>,
    /// Last day of the supplement.
    supplement_until: Option<NaiveDate>,
    remarks: Vec<RemarkShown>,
    begun_at: DateTime<Utc>,
}

impl CaseShown {
    /// A case that was made fit for the caller's eyes.
    pub fn of(case: &Case) -> Result<CaseShown, Faults> {
        Ok(CaseShown {
            id: case.id.to_string(),
            firm: case.firm.to_string(),
            round: case.round.to_string(),
            district: case.district.to_string(),
            stage: case.stage.name().to_owned(),
            draft: DraftBody::of(&case.draft)?,
            evidence: case.evidence.iter().map(EvidenceShown::from).collect(),
            flags: case.flags.iter().map(|f| flag(case, f)).collect(),
            prepared: case.prepared.as_ref().map(Signed::from),
            submitted: case.submitted.as_ref().map(Signed::from),
            by_officer: case.by_officer,
            received_on: case.received_on,
            supplement_until: case.supplement_until,
            remarks: case.remarks.iter().map(RemarkShown::from).collect(),
            begun_at: case.begun_at,
        })
    }
}

fn flag(case: &Case, flag: &Flag) -> FlagShown {
    let (kind, share_bp) = match flag {
        Flag::Duplicate(_) => ("duplicate", None),
        Flag::Related(_, bp) => ("related", Some(*bp)),
    };
    let cleared = case.cleared.iter().find(|c| c.flag == *flag);
    FlagShown {
        kind: kind.to_owned(),
        other: flag.other().to_string(),
        share_bp,
        cleared: cleared.map(|c| Signed::from(&c.signed)),
    }
}

/// A text in both languages.
#[derive(Debug, Serialize, ToSchema)]
pub struct BothLanguages {
    pub zh: String,
    pub en: String,
}

/// One rule with its outcome.
#[derive(Debug, Serialize, ToSchema)]
pub struct VerdictShown {
    rule: String,
    clause: String,
    basis: String,
    label: BothLanguages,
    /// met, not_met or needs_evidence.
    outcome: String,
    detail: BothLanguages,
    /// Kinds of evidence that are not there.
    missing: Vec<String>,
}

impl From<&Verdict> for VerdictShown {
    fn from(v: &Verdict) -> VerdictShown {
        let outcome = match v.outcome {
            Outcome::Met => "met",
            Outcome::NotMet => "not_met",
            Outcome::NeedsEvidence => "needs_evidence",
        };
        VerdictShown {
            rule: v.rule.clone(),
            clause: v.clause.clone(),
            basis: v.basis.clone(),
            label: BothLanguages {
                zh: v.label.zh.clone(),
                en: v.label.en.clone(),
            },
            outcome: outcome.to_owned(),
            detail: BothLanguages {
                zh: v.detail.zh.clone(),
                en: v.detail.en.clone(),
            },
            missing: v.missing.clone(),
        }
    }
}

/// A field that is missing or contradicts another.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldFault {
    code: String,
    field: Option<String>,
    cause: String,
    action: String,
}

impl From<&Fault> for FieldFault {
    fn from(f: &Fault) -> FieldFault {
        FieldFault {
            code: f.code.0.to_owned(),
            field: f.place.column.clone(),
            cause: f.cause.clone(),
            action: f.action.clone(),
        }
    }
}

/// A case with what the rules say of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseSeen {
    case: CaseShown,
    firm_name: String,
    verdicts: Vec<VerdictShown>,
    /// What keeps the draft from being an application.
    faults: Vec<FieldFault>,
}

impl CaseSeen {
    /// As shown.
    pub fn of(seen: &Seen) -> Result<CaseSeen, Faults> {
        Ok(CaseSeen {
            case: CaseShown::of(&seen.case)?,
            firm_name: seen.firm_name.clone(),
            verdicts: seen.verdicts.iter().map(VerdictShown::from).collect(),
            faults: seen.faults.iter().map(FieldFault::from).collect(),
        })
    }
}

/// The answer of an act on a case.
pub fn reply(desk: &Desk, case: &Case) -> Result<Reply, Faults> {
    let shown = CaseShown::of(&view::for_eyes(desk, case))?;
    Ok(Reply::ok(&shown)?.tagged(tag(case)?))
}

/// The answer of an act that began a case.
pub fn created(desk: &Desk, case: &Case) -> Result<Reply, Faults> {
    let shown = CaseShown::of(&view::for_eyes(desk, case))?;
    let place = path_to("/api/v1/cases/{}", &[&case.id]);
    Ok(Reply::created(&shown, place)?.tagged(tag(case)?))
}

/// Does an act on a case and answers it.
pub async fn done(
    caller: Caller,
    path: web::Path<ApplicationId>,
    act: impl FnOnce(&Desk, &ApplicationId) -> Result<Case, Faults> + Send + 'static,
) -> HttpResponse {
    caller
        .ask(move |desk| reply(desk, &act(desk, &path)?))
        .await
}
