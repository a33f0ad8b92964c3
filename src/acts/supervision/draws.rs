//! Draws of spot checks (双随机抽查): announced, frozen before the value can be known, drawn when it is.
//!
//! Nobody can steer a draw: how the value will be obtained is published first, the list is frozen and its
//! digest published before the first day on which the value can be known, and the rest is arithmetic.
//!
//! Not here: the arithmetic (`lottery`), what the public sees (`published`).

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::risks::Rules;
use super::{fresh, lottery, need, officers, page, rules, scoped, sign, today, words};
use crate::acts::act::{Done, Owner};
use crate::acts::powers::supervision::{ANNOUNCE_DRAW, FREEZE_DRAW, HOLD_DRAW, SEE_DRAW};
use crate::acts::{Desk, refuse};
use crate::domain::draw::{Draw, DrawStage, Entry, Frozen, INSPECTORS, List, Outcome};
use crate::domain::fault::{Code, Fault, Faults, Place};
use crate::domain::ids::DrawId;
use crate::domain::offer::{Contract, ContractStage};
use crate::domain::place::{District, DistrictCode};
use crate::store::{self, Filter, Reading, Writing};

/// As many draws of the year are announced as the policy sets.
pub const ENOUGH_DRAWS: Code = Code("AC439");
/// The value cannot be known yet.
pub const TOO_EARLY: Code = Code("AC431");
/// The value may be known already, so the list cannot be frozen any more.
pub const TOO_LATE: Code = Code("AC432");
/// No contract is in force.
pub const NOTHING_TO_DRAW: Code = Code("AC433");
/// A contract has fewer than two officers who may inspect it.
pub const TOO_FEW_OFFICERS: Code = Code("AC434");

/// Longest announced value in characters.
const VALUE_MAX: usize = 200;

/// A draw to be announced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewDraw {
    /// Of which district; `None` = of the city.
    pub district: Option<DistrictCode>,
    /// Title.
    pub title: String,
    /// How the value will be obtained, for example a named public number of a named day.
    pub method: String,
    /// First day on which it can be known.
    pub known_from: NaiveDate,
}

fn owner(draw: &Draw) -> Owner {
    draw.district
        .as_ref()
        .map_or_else(Owner::city, Owner::district)
}

fn at(draw: &Draw, stage: DrawStage) -> Result<(), Fault> {
    match draw.stage() == stage {
        true => Ok(()),
        false => Err(refuse::wrong_state(
            format!("draw {}", draw.id),
            draw.stage().name(),
            &[stage.name()],
        )),
    }
}

/// Announces a draw; from now on everybody may see it.
///
/// # Errors
/// AC018 for a missing text, AC432 when the value can be known today or before, AC439 when the year has as many
/// draws as the policy sets, AC013 for an unknown
/// district, AC012 for another's.
pub fn announce(desk: &Desk, new: &NewDraw) -> Result<Draw, Faults> {
    desk.act(&ANNOUNCE_DRAW, &json!({ "draw": new }), |tx| {
        words("title", &new.title)?;
        words("method", &new.method)?;
        if let Some(code) = &new.district {
            desk.own(&ANNOUNCE_DRAW, &Owner::district(code))?;
            let known: Option<District> = store::get(tx, code.as_str())?;
            known.ok_or_else(|| refuse::absent("district", code))?;
        }
        in_time(desk, new.known_from)?;
        not_too_often(tx, desk, new)?;
        let draw = Draw {
            id: fresh("D")?,
            district: new.district.clone(),
            title: new.title.trim().to_owned(),
            method: new.method.trim().to_owned(),
            known_from: new.known_from,
            announced: sign(desk, ""),
            frozen: None,
            outcome: None,
        };
        store::upsert_many(tx, std::slice::from_ref(&draw))?;
        let done = Done::new(draw.clone(), format!("draw {}", draw.id), owner(&draw));
        Ok(done.after(&draw)?)
    })
}

/// AC439 when as many draws as the policy sets for a year are announced already, by the year in which the value
/// is known, for the same district or for the city: inspections shall not disturb firms more often than the
/// plan of the year says (年度抽查计划). A policy that does not govern the procedure sets no number.
fn not_too_often(tx: &mut Reading<'_>, desk: &Desk, new: &NewDraw) -> Result<(), Faults> {
    let Some(process) = rules(tx, today(desk))?.process else {
        return Ok(());
    };
    let all: Vec<Draw> = store::all(tx)?;
    let year = new.known_from.year();
    let same = |d: &&Draw| d.district == new.district && d.known_from.year() == year;
    let known = all.iter().filter(same).count();
    let most = usize::try_from(process.spot_checks_per_year).unwrap_or(usize::MAX);
    match known < most {
        true => Ok(()),
        false => {
            let cause = format!("{known} draws of {year} are announced; the policy sets {most}");
            let action = "wait for the next year, or change the plan of checks in the policy";
            Err(Fault::new(ENOUGH_DRAWS, cause, action).into())
        }
    }
}

/// AC432 unless the value can be known only after today.
fn in_time(desk: &Desk, known_from: NaiveDate) -> Result<(), Fault> {
    match today(desk) < known_from {
        true => Ok(()),
        false => Err(Fault::new(
            TOO_LATE,
            format!("the value can be known from {known_from} on"),
            "announce a draw with a value that nobody can know yet",
        )),
    }
}

/// Freezes the list: the contracts in force of the district or the city, weighed, with the officers who
/// may inspect each. Its digest is public at once.
///
/// # Errors
/// AC432 once the value can be known, AC433 without contracts, AC434 with too few officers, PO171 when the
/// policy does not govern the procedure, AC014 unless it is announced.
pub fn freeze(desk: &Desk, id: &DrawId) -> Result<Draw, Faults> {
    desk.act(&FREEZE_DRAW, &json!({ "draw": id }), |tx| {
        let before = taken(desk, tx, &FREEZE_DRAW, id)?;
        at(&before, DrawStage::Announced)?;
        in_time(desk, before.known_from)?;
        let frozen = frozen(desk, tx, before.district.as_ref())?;
        finish(tx, &before, |draw| draw.frozen = Some(frozen))
    })
}

fn taken(
    desk: &Desk,
    tx: &mut Reading<'_>,
    power: &crate::acts::powers::Power,
    id: &DrawId,
) -> Result<Draw, Faults> {
    let draw: Draw = need(tx, id.as_str())?;
    desk.own(power, &owner(&draw))?;
    Ok(draw)
}

fn finish(
    tx: &mut Writing<'_>,
    before: &Draw,
    change: impl FnOnce(&mut Draw),
) -> Result<Done<Draw>, Faults> {
    let mut after = before.clone();
    change(&mut after);
    store::upsert_many(tx, std::slice::from_ref(&after))?;
    let done = Done::new(after.clone(), format!("draw {}", after.id), owner(&after));
    Ok(done.before(before)?.after(&after)?)
}

fn frozen(
    desk: &Desk,
    tx: &mut Reading<'_>,
    district: Option<&DistrictCode>,
) -> Result<Frozen, Faults> {
    let mut equal = vec![("stage", ContractStage::InForce.name().to_owned())];
    equal.extend(district.map(|d| ("district_id", d.to_string())));
    let filter = Filter {
        equal,
        ..Filter::default()
    };
    // By key: so `store::select` orders, and so the list must be.
    let mut contracts: Vec<Contract> = store::select(tx, &filter)?;
    // A renewal that is signed early has nothing to see yet.
    contracts.retain(|c| c.holds.from() <= today(desk));
    if contracts.is_empty() {
        let cause = "no contract is in force";
        return Err(Fault::new(NOTHING_TO_DRAW, cause, "wait for contracts").into());
    }
    let rules = Rules::on(tx, today(desk))?;
    let people = officers::all(tx, district)?;
    let (mut entries, mut risks) = (Vec::new(), Vec::new());
    for contract in &contracts {
        let (risk, weight) = rules.weigh(tx, contract)?;
        risks.push(risk);
        entries.push(Entry {
            contract: contract.id.clone(),
            weight,
            officers: able(tx, &people, contract)?,
        });
    }
    let list = List {
        officers: u32::try_from(people.len()).unwrap_or(u32::MAX),
        count: rules.count(entries.len())?,
        entries,
    };
    list.prove()?;
    Ok(Frozen {
        digest: lottery::digest(&list),
        list,
        officers: people.into_iter().map(|o| o.id).collect(),
        risks,
        policy: rules.version().to_owned(),
        signed: sign(desk, ""),
    })
}

/// Numbers of the officers who may inspect a contract: of its district, and not those who handled its
/// case.
fn able(
    tx: &mut Reading<'_>,
    people: &[officers::Officer],
    contract: &Contract,
) -> Result<Vec<u32>, Faults> {
    let handled = officers::handled(tx, contract)?;
    let numbered = (0_u32..).zip(people);
    let able: Vec<u32> = numbered
        .filter(|(_, o)| o.district == contract.district && !handled.contains(&o.id))
        .map(|(n, _)| n)
        .collect();
    if able.len() < INSPECTORS {
        let cause = "fewer than two officers of the district may inspect it";
        let say = "give two more accounts the role of a reviewer";
        let place = Place::subject(format!("contract {}", contract.id));
        return Err(Fault::new(TOO_FEW_OFFICERS, cause, say).at(place).into());
    }
    Ok(able)
}

/// Enters the announced value and draws.
///
/// # Errors
/// AC431 before the value can be known, AC018 for no value, AC017 for who froze the list, AC014 unless it
/// is frozen.
pub fn hold(desk: &Desk, id: &DrawId, value: &str) -> Result<Draw, Faults> {
    let asked = json!({ "draw": id, "value": value });
    desk.act(&HOLD_DRAW, &asked, |tx| {
        let before = taken(desk, tx, &HOLD_DRAW, id)?;
        at(&before, DrawStage::Frozen)?;
        if today(desk) < before.known_from {
            let cause = format!("the value can be known from {} on", before.known_from);
            return Err(Fault::new(TOO_EARLY, cause, "wait for that day").into());
        }
        let value = value.trim();
        if value.is_empty() || value.chars().count() > VALUE_MAX || value.contains(char::is_control)
        {
            let say = "enter the announced value on one line";
            return Err(refuse::unfit("value", "it is empty or too long", say).into());
        }
        // Frozen by its stage.
        let Some(frozen) = &before.frozen else {
            return Err(refuse::absent("frozen list of draw", id).into());
        };
        if frozen.signed.by == desk.actor() {
            return Err(refuse::same_person("froze the list").into());
        }
        let seed = lottery::seed(&frozen.digest, value);
        let outcome = Outcome {
            value: value.to_owned(),
            picks: lottery::draw(&frozen.list, &seed)?,
            seed,
            signed: sign(desk, ""),
        };
        finish(tx, &before, |draw| draw.outcome = Some(outcome))
    })
}

/// One draw with its inner side, for officers.
pub fn one(desk: &Desk, id: &DrawId) -> Result<Draw, Faults> {
    desk.look(&SEE_DRAW, |tx| {
        let draw: Draw = need(tx, id.as_str())?;
        Ok((owner(&draw), draw))
    })
}

/// The draws whose inner side the actor may see, by key.
pub fn list(desk: &Desk, bounds: impl Into<super::Bounds>) -> Result<Vec<Draw>, Faults> {
    let equal = scoped(desk.scope(&SEE_DRAW)?);
    page(desk, equal, bounds)
}
