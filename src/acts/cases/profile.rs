//! The profile of a firm: declared once by the firm, verified or refused by its district. The facts of the firm
//! change when they are verified; a frozen snapshot keeps those it has.
//!
//! Not here: its files (`profile_files`).

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{note, rules, short, sign, today};
use crate::acts::act::{Done, Owner, Scope, tag};
use crate::acts::powers::cases::{DECLARE_PROFILE, JUDGE_PROFILE, SEE_PROFILE};
use crate::acts::{Bounds, Desk, refuse};
use crate::domain::fault::{Fault, Faults};
use crate::domain::firm::Firm;
use crate::domain::ids::FirmId;
use crate::domain::place::Cluster;
use crate::domain::profile::{Controller, FirmFacts, Profile, ProfileStage, controllers_proved};
use crate::store::{self, Reading, Writing, records};

/// What a firm declares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declared {
    /// Facts of the firm.
    pub facts: FirmFacts,
    /// Who controls it.
    pub controllers: Vec<Controller>,
}

/// A profile as somebody may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// The firm with its verified facts.
    pub firm: Firm,
    /// What was declared last; `None` when nothing was.
    pub profile: Option<Profile>,
    /// Digest of the profile for `If-Match`.
    pub tag: Option<String>,
}

/// Declares facts and controllers of one's firm. They wait for the district.
///
/// # Errors
/// DM222 and DM223 by field, AC018 for an unknown field of work.
pub fn declare(desk: &Desk, id: &FirmId, new: &Declared) -> Result<Profile, Faults> {
    let asked = json!({ "firm": id, "declared": new });
    desk.act(&DECLARE_PROFILE, &asked, |tx| {
        let firm = own_firm(desk, tx, id)?;
        let facts = proved(desk, tx, new)?;
        let before: Option<Profile> = store::get(tx, firm.id.as_str())?;
        let after = Profile {
            firm: firm.id.clone(),
            district: firm.district.clone(),
            stage: ProfileStage::Declared,
            facts,
            controllers: new.controllers.clone(),
            evidence: before
                .as_ref()
                .map_or_else(Vec::new, |p| p.evidence.clone()),
            declared: sign(desk, ""),
            verdict: None,
        };
        done(tx, before.as_ref(), after)
    })
}

/// Verifies declared facts: they are now those of the firm. With a note.
///
/// # Errors
/// AC013 without a profile, AC014 unless it waits for a verdict.
pub fn verify(desk: &Desk, firm: &FirmId, why: &str) -> Result<Profile, Faults> {
    judge(desk, firm, ProfileStage::Verified, why)
}

/// Refuses declared facts, with a note that says why. The firm may declare again.
pub fn refuse(desk: &Desk, firm: &FirmId, why: &str) -> Result<Profile, Faults> {
    judge(desk, firm, ProfileStage::Refused, why)
}

fn judge(desk: &Desk, id: &FirmId, to: ProfileStage, why: &str) -> Result<Profile, Faults> {
    let asked = json!({ "firm": id, "to": to, "note": why });
    desk.act(&JUDGE_PROFILE, &asked, |tx| {
        let firm = rules::firm(tx, id)?;
        desk.own(&JUDGE_PROFILE, &owner(&firm))?;
        let before: Option<Profile> = store::get(tx, id.as_str())?;
        let before = before.ok_or_else(|| refuse::absent("profile of firm", id))?;
        if before.stage != ProfileStage::Declared {
            let is = before.stage.name();
            return Err(refuse::wrong_state(subject(id), is, &["declared"]).into());
        }
        match to {
            ProfileStage::Refused => note("note", why)?,
            _ => short("note", why)?,
        }
        if to == ProfileStage::Verified {
            store::upsert_many(tx, &[before.facts.applied(&firm)])?;
        }
        let after = Profile {
            stage: to,
            verdict: Some(sign(desk, why)),
            ..before.clone()
        };
        done(tx, Some(&before), after)
    })
}

/// The profile of a firm. The names of controllers are whole for the firm and its district, masked for
/// others; who judged is not named to the firm.
pub fn show(desk: &Desk, id: &FirmId) -> Result<Seen, Faults> {
    let role = desk.person().role;
    desk.look(&SEE_PROFILE, |tx| {
        let firm = rules::firm(tx, id)?;
        desk.own(&SEE_PROFILE, &owner(&firm))?;
        let profile: Option<Profile> = store::get(tx, id.as_str())?;
        let tag = profile.as_ref().map(tag).transpose()?;
        let profile = profile.map(|mut p| {
            if !role.is_firm() && !role.is_district() {
                p.controllers = p.controllers.iter().map(Controller::masked).collect();
            }
            if let Some(verdict) = p.verdict.as_mut().filter(|_| role.is_firm()) {
                verdict.by.clear();
            }
            p
        });
        Ok((owner(&firm), Seen { firm, profile, tag }))
    })
}

/// Profiles that the actor's district may judge, or all, by firm; controllers left out.
pub fn list(
    desk: &Desk,
    stage: Option<ProfileStage>,
    bounds: impl Into<Bounds>,
) -> Result<Vec<Profile>, Faults> {
    let mut equal = Vec::new();
    match desk.scope(&SEE_PROFILE)? {
        Scope::All => {}
        Scope::District(district) => equal.push(("district_id", district.to_string())),
        Scope::Firm(_) => return Err(refuse::not_yours(SEE_PROFILE.act).into()),
    }
    equal.extend(stage.map(|s| ("stage", s.name().to_owned())));
    let filter = bounds.into().filter::<Profile>(equal)?;
    let mut all: Vec<Profile> = desk.store().read(|tx| store::select(tx, &filter))?;
    for profile in &mut all {
        profile.controllers.clear();
    }
    Ok(all)
}

/// The digest by which a controller with this code (credit code or number of an identity card) is found
/// again. AC018 unless it has 18 letters and digits. It keeps the code out of the database, but whoever can
/// guess codes can find it again: it is shown to nobody.
pub fn code_digest(code: &str) -> Result<String, Fault> {
    let code = code.trim().to_ascii_uppercase();
    if code.len() != 18 || !code.chars().all(|c| c.is_ascii_alphanumeric()) {
        let cause = "a code of a controller has not 18 letters and digits";
        return Err(refuse::unfit("controllers", cause, "correct the code"));
    }
    Ok(records::digest(&format!("zhuchao controller\n{code}")))
}

/// A firm that the actor speaks for; AC012 for another.
pub(super) fn own_firm(desk: &Desk, tx: &mut Reading<'_>, id: &FirmId) -> Result<Firm, Faults> {
    let firm = rules::firm(tx, id)?;
    desk.own(&DECLARE_PROFILE, &owner(&firm))?;
    Ok(firm)
}

pub(super) fn owner(firm: &Firm) -> Owner {
    Owner::of(&firm.id, &firm.district)
}

fn proved(desk: &Desk, tx: &mut Reading<'_>, new: &Declared) -> Result<FirmFacts, Faults> {
    let mut faults = Vec::new();
    let facts = new.facts.clone().proved(today(desk));
    faults.extend(facts.as_ref().err().map_or_else(Vec::new, |f| f.0.clone()));
    faults.extend(
        controllers_proved(&new.controllers)
            .err()
            .map_or_else(Vec::new, |f| f.0),
    );
    for field in &new.facts.fields {
        if store::get::<Cluster>(tx, field.as_str())?.is_none() {
            let cause = format!("{field}: there is no such field of work");
            faults.push(refuse::unfit("fields", cause, "choose one from the list"));
        }
    }
    Faults(faults).or(())?;
    facts
}

fn subject(firm: &FirmId) -> String {
    format!("profile {firm}")
}

/// Stores what became of a profile.
pub(super) fn done(
    tx: &mut Writing<'_>,
    before: Option<&Profile>,
    after: Profile,
) -> Result<Done<Profile>, Faults> {
    store::upsert_many(tx, std::slice::from_ref(&after))?;
    let owner = Owner::of(&after.firm, &after.district);
    let done = Done::new(after.clone(), subject(&after.firm), owner).after(&after)?;
    Ok(match before {
        Some(before) => done.before(before)?,
        None => done,
    })
}
