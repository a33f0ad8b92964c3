//! Next in line (递补): the exact best use of all that is free in a confirmed round.
//!
//! The snapshot in force is taken as it was frozen. Whoever holds an offer or a contract keeps his award
//! whole (pins); whoever gave his up is out; whoever waits is free to get something, from today on at the
//! earliest, unless his firm is barred or he wanted to begin before. The variant is solved
//! to proof; what is new in its plan is offered, and the gain is what the plan is worth above all that was
//! kept. Space given back under a contract in force is not free in this round: it goes to the next.
//!
//! Not here: the list that firms see (`waiting`).

use crate::acts::stored;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use chrono::NaiveDate;
use serde_json::json;

use super::confirm::{self, Source};
use super::terms::{self, Term};
use super::{at, freezing, lacking, procedure, sign, subject, today, variant};
use crate::acts::act::{Done, Owner};
use crate::acts::powers::rounds::SUCCEED;
use crate::acts::{Desk, refuse};
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::ids::{ApplicationId, OfferId, RoundId};
use crate::domain::offer::{Offer, OfferStage};
use crate::domain::plan::{Award, Plan};
use crate::domain::points::Points;
use crate::domain::procedure::Step;
use crate::domain::snapshot::{Pin, Snapshot};
use crate::domain::waiting_list::{Succession, Waiter};
use crate::planning::files;
use crate::planning::run::{self, Settings, Watch};
use crate::store::journal::{self, Entry};
use crate::store::plans::{self, StoredPlan};
use crate::store::{self, Reading, Writing};

/// The best use of what is free is not proven in the work allowed.
pub const NOT_PROVEN: Code = Code("AC291");

/// Work allowed for a proof, in nominal seconds; the clock only ends a run that takes far too long.
const WORK: f64 = 60.0;
const SECONDS: f64 = 600.0;

/// Who holds what and who waits.
struct Standing {
    offers: Vec<(OfferId, OfferStage)>,
    kept: Vec<Award>,
    waiting: BTreeSet<ApplicationId>,
    base: Snapshot,
}

/// A solved variant.
struct Solved {
    snapshot: Snapshot,
    plan: Plan,
    gain: Points,
    fresh: Vec<Award>,
}

/// Offers what is free in a round to whomever it serves best; `None` when it serves nobody who waits.
///
/// # Errors
/// AC291 when the best use is not proven, AC015 when an offer was answered meanwhile, AC014 unless the
/// round is confirmed.
pub fn offer_next(desk: &Desk, round: &RoundId) -> Result<Option<Succession>, Faults> {
    desk.may(&SUCCEED)?;
    let _moment = desk.moment();
    let standing = desk.store().read(|tx| standing(tx, round, today(desk)))?;
    if standing.waiting.is_empty() {
        return Ok(None);
    }
    let solved = solve(desk, &standing)?;
    if solved.fresh.is_empty() {
        return Ok(None);
    }
    let asked = json!({ "round": round, "gain": solved.gain });
    desk.act(&SUCCEED, &asked, |tx| {
        let now = procedure(tx, round)?;
        at(&now, &[Step::Confirmed])?;
        if stages(tx, round)? != standing.offers {
            return Err(refuse::changed(subject(round)).into());
        }
        let expires_on = terms::last_day(tx, &now, Term::Offer, today(desk))?;
        let snapshot = variant::put(tx, &solved.snapshot)?;
        let plan = put_plan(desk, tx, &solved.plan, round)?;
        let source = Source {
            snapshot: &solved.snapshot,
            plan: &plan,
        };
        let awards: Vec<&Award> = solved.fresh.iter().collect();
        let offers = confirm::make(tx, &source, &awards, &sign(desk, ""), expires_on)?;
        let count = store::having::<Succession>(tx, "round_id", round.as_str())?.len();
        let succession = Succession {
            id: format!("{round}/{}", count + 1),
            round: round.clone(),
            snapshot,
            plan,
            gain: solved.gain,
            offers: offers.into_iter().map(|o| o.id).collect(),
            at: desk.now(),
        };
        store::upsert_many(tx, std::slice::from_ref(&succession))?;
        let subject = subject(round);
        let done = Done::new(Some(succession.clone()), subject, Owner::city());
        Ok(done.after(&succession)?)
    })
}

/// Every offer of a round with its stage, by key.
fn stages(tx: &mut Reading<'_>, round: &RoundId) -> Result<Vec<(OfferId, OfferStage)>, Faults> {
    let offers: Vec<Offer> = store::having(tx, "round_id", round.as_str())?;
    Ok(offers.into_iter().map(|o| (o.id, o.stage)).collect())
}

fn standing(tx: &mut Reading<'_>, round: &RoundId, day: NaiveDate) -> Result<Standing, Faults> {
    let now = procedure(tx, round)?;
    at(&now, &[Step::Confirmed])?;
    let in_force = now.snapshot.as_ref();
    let base = stored::snapshot(tx, in_force.ok_or_else(|| lacking(&now, "a snapshot"))?)?;
    let offers: Vec<Offer> = store::having(tx, "round_id", round.as_str())?;
    let waiters: Vec<Waiter> = store::having(tx, "round_id", round.as_str())?;
    let mut out = freezing::left_out(tx, round)?;
    let barred = freezing::barred(tx, round, day)?;
    out.extend(barred.into_iter().map(|b| b.application));
    out.extend(too_late(&base, day));
    let had: BTreeSet<&ApplicationId> = offers.iter().map(|o| &o.application).collect();
    let waiting = waiters
        .into_iter()
        .map(|w| w.application)
        .filter(|a| !had.contains(a) && !out.contains(a))
        .collect();
    Ok(Standing {
        waiting,
        base,
        kept: (offers.iter())
            .filter(|o| holds(o.stage))
            .map(|o| o.award.clone())
            .collect(),
        offers: offers.into_iter().map(|o| (o.id, o.stage)).collect(),
    })
}

/// Those who wanted to begin before a day at the latest: no lease from that day on serves them.
fn too_late(base: &Snapshot, day: NaiveDate) -> impl Iterator<Item = ApplicationId> + '_ {
    let late = base
        .applications
        .iter()
        .filter(move |a| a.start_until < day);
    late.map(|a| a.id.clone())
}

/// Lets no new lease begin before a day: those who wait want to begin then at the earliest.
fn not_before(snapshot: &mut Snapshot, waiting: &BTreeSet<ApplicationId>, day: NaiveDate) {
    let all = snapshot.applications.iter_mut();
    for application in all.filter(|a| waiting.contains(&a.id)) {
        application.start_from = application.start_from.max(day);
    }
}

/// True while an offer, or the contract of it, holds what it offers.
fn holds(stage: OfferStage) -> bool {
    matches!(
        stage,
        OfferStage::Open | OfferStage::Accepted | OfferStage::Signed
    )
}

fn solve(desk: &Desk, standing: &Standing) -> Result<Solved, Faults> {
    let mut in_it = standing.waiting.clone();
    in_it.extend(standing.kept.iter().map(|a| a.application.clone()));
    let mut pins: Vec<Pin> = standing.kept.iter().map(Pin::whole).collect();
    pins.sort_by(|a, b| a.application.cmp(&b.application));
    let mut snapshot = variant::with(&standing.base, pins, &in_it, desk.now());
    not_before(&mut snapshot, &standing.waiting, today(desk));
    let settings = settings(snapshot.round.seed);
    let quiet = |_| {};
    let watch = Watch::start(SECONDS, Arc::new(AtomicBool::new(false)), &quiet);
    let plan = run::run(&snapshot, &settings, &watch)?.plan;
    if plan.proof.status != "optimal" {
        return Err(Fault::new(
            NOT_PROVEN,
            "the best use of what is free is not proven",
            "try again later, or close the round and let the space go to the next",
        )
        .into());
    }
    let kept: BTreeMap<&ApplicationId, ()> =
        standing.kept.iter().map(|a| (&a.application, ())).collect();
    let (old, fresh): (Vec<Award>, Vec<Award>) =
        (plan.awards.iter().cloned()).partition(|a| kept.contains_key(&a.application));
    let before = Points::sum(old.iter().map(worth).collect::<Result<Vec<_>, _>>()?)?;
    Ok(Solved {
        gain: Points(plan.proof.value.0.saturating_sub(before.0)),
        snapshot,
        plan,
        fresh,
    })
}

/// Limits of the run that finds the best use.
pub(in crate::acts) fn settings(seed: u64) -> Settings {
    Settings {
        work: Some(WORK),
        ..Settings::official(SECONDS, seed)
    }
}

/// What an award is worth: the parts of its score and its apartments.
fn worth(award: &Award) -> Result<Points, Fault> {
    let space = award.score.iter().map(|p| p.points);
    Points::sum(space.chain(award.apartments.iter().map(|g| g.points)))
}

/// Stores the plan of a variant, with the entry that every plan has.
fn put_plan(
    desk: &Desk,
    tx: &mut Writing<'_>,
    plan: &Plan,
    round: &RoundId,
) -> Result<String, Faults> {
    let bytes = files::write_plan(plan);
    let digest = files::digest(&bytes);
    let stored = StoredPlan {
        digest: digest.clone(),
        snapshot: plan.snapshot.clone(),
        parent: plan.parent.clone(),
        round: round.clone(),
        created_at: desk.now(),
        text: String::from_utf8_lossy(&bytes).into_owned(),
    };
    if plans::put(tx, &stored)? {
        let entry = Entry {
            at: desk.now(),
            actor: desk.actor().to_owned(),
            act: "plan".to_owned(),
            subject: subject(round),
            before: Some(plan.snapshot.clone()),
            after: Some(digest.clone()),
        };
        journal::append(tx, &entry)?;
    }
    Ok(digest)
}
