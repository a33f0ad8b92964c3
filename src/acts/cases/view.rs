//! Cases as people see them. A firm sees its own, without notes for officers, names of officers, and flags that
//! name others; a district sees those of its firms from the submission on; the bureau all of these.
//!
//! Not here: changing anything.

use serde::Serialize;

use super::{owner, rules, take};
use crate::acts::act::{Scope, tag};
use crate::acts::powers::cases::SEE_CASE;
use crate::acts::{Bounds, Desk, rounds};
use crate::domain::case::{Case, CaseStage, Flag};
use crate::domain::case_proof;
use crate::domain::evidence::{Evidence, Provenance};
use crate::domain::fault::{Fault, Faults};
use crate::domain::ids::{ApplicationId, RoundId};
use crate::domain::personal::{Mask, mask};
use crate::policy::eligibility::Verdict;
use crate::store::{self, Reading};

/// A case as somebody may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// The case, less what he may not see.
    pub case: Case,
    /// Digest of the whole case, for `If-Match`.
    pub tag: String,
    /// Chinese name of the firm.
    pub firm_name: String,
    /// English name of the firm; may be empty.
    pub firm_name_en: String,
    /// Every rule with its outcome; none while the draft is not an application.
    pub verdicts: Vec<Verdict>,
    /// What keeps the draft from being an application.
    pub faults: Vec<Fault>,
}

/// One case. AC013 when there is none, AC012 when it is another's or a draft of a firm.
pub fn show(desk: &Desk, id: &ApplicationId) -> Result<Seen, Faults> {
    desk.look(&SEE_CASE, |tx| {
        let case = take(desk, tx, &SEE_CASE, id)?;
        let firm = rules::firm(tx, &case.firm)?;
        let (verdicts, faults) = judged(desk, tx, &case)?;
        let seen = Seen {
            tag: tag(&case)?,
            firm_name: firm.name_zh,
            firm_name_en: firm.name_en,
            verdicts,
            faults,
            case: for_eyes(desk, &case),
        };
        Ok((owner(&case), seen))
    })
}

fn judged(
    desk: &Desk,
    tx: &mut Reading<'_>,
    case: &Case,
) -> Result<(Vec<Verdict>, Vec<Fault>), Faults> {
    match case_proof::proved(case, Provenance::of(Evidence::Published)) {
        Err(faults) => Ok((Vec::new(), faults.0)),
        Ok(application) => {
            let procedure = rounds::procedure(tx, &case.round)?;
            let verdicts = rules::verdicts(desk, tx, &procedure, case, &application)?;
            Ok((verdicts, Vec::new()))
        }
    }
}

/// The case less what the actor may not see.
pub fn for_eyes(desk: &Desk, case: &Case) -> Case {
    let mut case = case.clone();
    let role = desk.person().role;
    if !role.is_firm() {
        // Names of files may name persons; only the district, which handles the case, needs them.
        for file in case.evidence.iter_mut().filter(|_| !role.is_district()) {
            file.label = mask(Mask::Whole, &file.label);
        }
        return case;
    }
    // The firm's own second case is no secret to it; who else shares its controller is.
    case.flags.retain(|f| matches!(f, Flag::Duplicate(_)));
    case.cleared.clear();
    case.typed_by.clear();
    let by_officer = case.by_officer;
    for signed in [&mut case.prepared, &mut case.submitted]
        .into_iter()
        .flatten()
    {
        if by_officer {
            signed.by.clear();
        }
    }
    for file in case.evidence.iter_mut().filter(|_| by_officer) {
        file.filed.by.clear();
    }
    for remark in &mut case.remarks {
        remark.internal.clear();
        remark.signed.by.clear();
    }
    case
}

/// Which cases are wanted.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Only these of a round.
    pub round: Option<RoundId>,
    /// Only these at a stage.
    pub stage: Option<CaseStage>,
    /// `none`, `open` or `cleared`; for officers.
    pub flagged: Option<&'static str>,
    /// Only keys after this one.
    pub after: Option<String>,
    /// At most so many; 0 = all.
    pub limit: u32,
    /// The order, as [`Bounds::sort`].
    pub sort: Option<String>,
    /// What else each must be, as [`Bounds::only`].
    pub only: Vec<(String, String)>,
}

/// The cases that the actor may see: his firm's, his district's, or all; by key.
pub fn list(desk: &Desk, wanted: &Wanted) -> Result<Vec<Case>, Faults> {
    let mut equal = Vec::new();
    match desk.scope(&SEE_CASE)? {
        Scope::Firm(firm) => equal.push(("firm_id", firm.to_string())),
        Scope::District(district) => {
            equal.push(("district_id", district.to_string()));
            equal.push(("open_to", "all".to_owned()));
        }
        Scope::All => equal.push(("open_to", "all".to_owned())),
    }
    equal.extend(wanted.round.iter().map(|r| ("round_id", r.to_string())));
    equal.extend(wanted.stage.map(|s| ("stage", s.name().to_owned())));
    if !desk.person().role.is_firm() {
        equal.extend(wanted.flagged.map(|f| ("flagged", f.to_owned())));
    }
    let bounds = Bounds {
        after: wanted.after.clone(),
        limit: wanted.limit,
        sort: wanted.sort.clone(),
        only: wanted.only.clone(),
    };
    let filter = bounds.filter::<Case>(equal)?;
    let cases: Vec<Case> = desk.store().read(|tx| store::select(tx, &filter))?;
    Ok(cases.iter().map(|c| for_eyes(desk, c)).collect())
}
