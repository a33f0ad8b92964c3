//! Flags: the same firm asks twice in a round, or a firm with the same controller asks too. A flag decides
//! nothing: a person looks at it and clears it with a note, or rejects the case.
//!
//! Not here: the share from which firms count as related (policy).

use serde_json::json;

use super::{at, draft, judged, note, rules, sign, subject, take};
use crate::acts::powers::Power;
use crate::acts::powers::cases::CLEAR_FLAG;
use crate::acts::{Desk, refuse, rounds};
use crate::domain::area::Share;
use crate::domain::case::{Case, CaseStage, Clearance, Flag};
use crate::domain::fault::{Code, Fault, Faults, Place};
use crate::domain::ids::{ApplicationId, FirmId, RoundId};
use crate::domain::profile::{Profile, common_share};
use crate::store::{self, Filter, Reading, Writing, applications, profiles};

/// A flag is not cleared.
pub const FLAG_OPEN: Code = Code("AC248");

/// Stages in which a case waits for a reviewer.
const WAITING: [CaseStage; 2] = [CaseStage::Submitted, CaseStage::Accepted];

/// Clears the flag that names another application, with a note.
///
/// # Errors
/// AC013 when there is no such flag, AC017 for who typed the case in, AC018 without a note.
pub fn clear(
    desk: &Desk,
    id: &ApplicationId,
    other: &ApplicationId,
    why: &str,
) -> Result<Case, Faults> {
    let asked = json!({ "case": id, "other": other, "note": why });
    desk.act(&CLEAR_FLAG, &asked, |tx| {
        let before = take(desk, tx, &CLEAR_FLAG, id)?;
        at(&before, &WAITING)?;
        judged(tx, &before.round)?;
        note("note", why)?;
        if before.typed_by.iter().any(|by| by == desk.actor()) {
            return Err(refuse::same_person("typed it in").into());
        }
        let mut after = before.clone();
        refresh(tx, &mut after)?;
        let open: Vec<Flag> = after.open_flags().into_iter().cloned().collect();
        let mine: Vec<Flag> = open.into_iter().filter(|f| f.other() == other).collect();
        if mine.is_empty() {
            return Err(refuse::absent("open flag of application", other).into());
        }
        let cleared = mine.into_iter().map(|flag| Clearance {
            flag,
            signed: sign(desk, why),
        });
        after.cleared.extend(cleared);
        draft::done(tx, &before, after)
    })
}

/// Looks again for what a person must look at. A flag that is gone loses its clearance.
pub(super) fn refresh(tx: &mut Reading<'_>, case: &mut Case) -> Result<(), Faults> {
    case.flags = found(tx, case)?;
    let flags = &case.flags;
    case.cleared.retain(|c| flags.contains(&c.flag));
    Ok(())
}

/// AC248 for each flag that nobody has cleared.
pub(super) fn all_cleared(case: &Case) -> Result<(), Faults> {
    let fault = |flag: &Flag| {
        let what = match flag {
            Flag::Duplicate(other) => format!("application {other} is of the same firm"),
            Flag::Related(other, bp) => {
                format!("application {other} is of a firm with the same controller, {bp} bp")
            }
        };
        let place = Place::subject(format!("application {}", flag.other()));
        Fault::new(FLAG_OPEN, what, "look at it and clear the flag with a note").at(place)
    };
    Faults(case.open_flags().into_iter().map(fault).collect()).or(())
}

/// Flags the cases that a submitted one concerns, as far as they wait for a reviewer. The others find the
/// flag when they are submitted again or verified.
pub(super) fn tell_others(
    desk: &Desk,
    tx: &mut Writing<'_>,
    power: &Power,
    case: &Case,
) -> Result<(), Faults> {
    let mut told = Vec::new();
    for flag in &case.flags {
        let other: Option<Case> = store::get(tx, flag.other().as_str())?;
        let Some(mut other) = other.filter(|c| WAITING.contains(&c.stage)) else {
            continue;
        };
        let back = match flag {
            Flag::Duplicate(_) => Flag::Duplicate(case.id.clone()),
            Flag::Related(_, bp) => Flag::Related(case.id.clone(), *bp),
        };
        if !other.flags.contains(&back) {
            let before = other.clone();
            other.flags.push(back);
            desk.beside(tx, power, &subject(&other.id), (&before, &other))?;
            told.push(other);
        }
    }
    store::upsert_many(tx, &told)?;
    Ok(())
}

fn found(tx: &mut Reading<'_>, case: &Case) -> Result<Vec<Flag>, Faults> {
    let same = (of_firm(tx, &case.firm, &case.round)?.into_iter())
        .filter(|id| *id != case.id)
        .map(Flag::Duplicate);
    let mut flags: Vec<Flag> = same.collect();
    for (firm, share) in related(tx, case)? {
        let theirs = of_firm(tx, &firm, &case.round)?;
        let bp = u32::try_from(share.bp()).unwrap_or(u32::MAX);
        flags.extend(theirs.into_iter().map(|id| Flag::Related(id, bp)));
    }
    Ok(flags)
}

/// The live applications of a firm in a round: those of its cases, and imported ones without a case.
fn of_firm(
    tx: &mut Reading<'_>,
    firm: &FirmId,
    round: &RoundId,
) -> Result<Vec<ApplicationId>, Faults> {
    let filter = Filter {
        equal: vec![
            ("firm_id", firm.to_string()),
            ("round_id", round.to_string()),
        ],
        ..Filter::default()
    };
    let cases: Vec<Case> = store::select(tx, &filter)?;
    let imported = applications::of_firm(tx, firm)?.into_iter();
    let mut ids: Vec<ApplicationId> = imported
        .filter(|a| a.round == *round && !cases.iter().any(|c| c.id == a.id))
        .map(|a| a.id)
        .collect();
    ids.extend(cases.into_iter().filter(Case::is_live).map(|c| c.id));
    ids.sort_unstable();
    Ok(ids)
}

/// The other firms with a common controller from the policy's share on, each with the share.
fn related(tx: &mut Reading<'_>, case: &Case) -> Result<Vec<(FirmId, Share)>, Faults> {
    let profile: Option<Profile> = store::get(tx, case.firm.as_str())?;
    let Some(profile) = profile else {
        return Ok(Vec::new());
    };
    let procedure = rounds::procedure(tx, &case.round)?;
    let (policy, _) = rules::of_round(tx, &procedure, &case.round)?;
    // A policy that does not govern the procedure states no share.
    let Some(process) = policy.process else {
        return Ok(Vec::new());
    };
    let mut related = Vec::new();
    for firm in profiles::naming(tx, &profile.controllers)? {
        if firm == case.firm.as_str() {
            continue;
        }
        let Some(theirs) = store::get::<Profile>(tx, &firm)? else {
            continue;
        };
        if let Some(share) = common_share(&profile.controllers, &theirs.controllers)
            && share.bp() >= process.related_firm_share.bp()
        {
            related.push((theirs.firm, share));
        }
    }
    Ok(related)
}
