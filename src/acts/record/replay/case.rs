//! A case and its verdict: its states follow one another, each remark was left by whom had the power and had
//! not typed the form in, and the frozen application is the one that was verified.

use super::Kind;
use super::fold::{Fold, fold, written};
use super::report::Replay;
use super::signing::{Mark, shown};
use super::sources::{self, Sources};
use crate::acts::act::Owner;
use crate::acts::record::trail::{self, Step};
use crate::acts::refuse;
use crate::domain::case::{Case, CaseStage};
use crate::domain::case_proof;
use crate::domain::fault::Faults;
use crate::domain::ids::RoundId;
use crate::domain::procedure::Procedure;
use crate::domain::signature::Signature;
use crate::store::{self, Reading};
use serde_json::Value;

/// Cases that were submitted.
pub const KIND: Kind = Kind {
    name: "case",
    keys,
    owner: |tx, key| need(tx, key).map(|c| Owner::of(&c.firm, &c.district)),
    rebuild,
};

fn keys(tx: &mut Reading<'_>, round: &RoundId) -> Result<Vec<String>, Faults> {
    let all: Vec<Case> = store::having(tx, "round_id", round.as_str())?;
    let open = all.into_iter().filter(Case::is_open);
    Ok(open.map(|c| c.id.to_string()).collect())
}

fn need(tx: &mut Reading<'_>, key: &str) -> Result<Case, Faults> {
    let known: Option<Case> = store::get(tx, key)?;
    let known = known.filter(Case::is_open);
    Ok(known.ok_or_else(|| refuse::absent("case", key))?)
}

fn rebuild(tx: &mut Reading<'_>, sources: &mut Sources, report: &mut Replay) -> Result<(), Faults> {
    let now = need(tx, &report.key.clone())?;
    report.round = Some(now.round.to_string());
    let steps = trail::about(tx, &format!("case {}", now.id))?;
    let (bulk, first) = entered_in_bulk(tx, &now)?;
    let states = Fold {
        steps: &steps,
        first,
        is_state: |v| v.get("stage").is_some(),
    };
    fold(tx, report, states, &written(&now)?)?;
    let every: Vec<Step> = bulk.into_iter().chain(steps).collect();
    signatures(report, &every, &now);
    frozen(tx, sources, report, &now)
}

/// The entry of a bulk file that entered it, and the state that it left.
fn entered_in_bulk(
    tx: &mut Reading<'_>,
    case: &Case,
) -> Result<(Option<Step>, Option<Value>), Faults> {
    if !case.by_officer {
        return Ok((None, None));
    }
    for step in trail::about(tx, "cases")? {
        let all = step.state().and_then(Value::as_array);
        let mine = |c: &&Value| c.get("id").and_then(Value::as_str) == Some(case.id.as_str());
        if let Some(state) = all.and_then(|all| all.iter().find(mine)).cloned() {
            return Ok((Some(step), Some(state)));
        }
    }
    Ok((None, None))
}

fn signatures(report: &mut Replay, steps: &[Step], case: &Case) {
    let owner = Owner::of(&case.firm, &case.district);
    let mark = |what, signed| Mark {
        what,
        signed,
        by: &[],
        owner: &owner,
    };
    let begun: [(&str, &Option<Signature>); 2] =
        [("prepared", &case.prepared), ("submitted", &case.submitted)];
    for (what, signed) in begun {
        if let Some(signed) = signed {
            shown(report, steps, &mark(what, signed));
        }
    }
    for remark in &case.remarks {
        let name = remark.stage.name();
        let step = shown(report, steps, &mark(name, &remark.signed));
        let typed = step.and_then(Step::state).map(|s| &s["typed_by"]);
        let typed = typed.and_then(Value::as_array).into_iter().flatten();
        let by = remark.signed.by.as_str();
        if remark.stage == CaseStage::Verified && typed.into_iter().any(|t| t.as_str() == Some(by))
        {
            let place = format!("signature {name}");
            report.differs(place, "two persons", "who typed it in verified it");
        }
    }
}

/// The application in the snapshot in force is what the case asks for.
fn frozen(
    tx: &mut Reading<'_>,
    sources: &mut Sources,
    report: &mut Replay,
    case: &Case,
) -> Result<(), Faults> {
    let procedure: Option<Procedure> = store::get(tx, case.round.as_str())?;
    let Some(procedure) = procedure else {
        return Ok(());
    };
    let Some(digest) = procedure
        .snapshot
        .filter(|_| case.stage == CaseStage::Verified)
    else {
        return Ok(());
    };
    let Some(snapshot) = sources.snapshot(tx, report, &digest)? else {
        return Ok(());
    };
    report.snapshot = Some(digest.clone());
    if let Some(guide) = &procedure.guide {
        sources::policy(tx, report, (&digest, &snapshot), &guide.policy)?;
    }
    let found = snapshot.applications.iter().find(|a| a.id == case.id);
    let Some(found) = found else {
        return Ok(());
    };
    match case_proof::proved(case, found.provenance.clone()) {
        Ok(asked) if asked == *found => {
            report.proves("the frozen application is the verified one");
        }
        _ => report.differs("frozen application", "what was verified", "something else"),
    }
    Ok(())
}
