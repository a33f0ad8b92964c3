//! Check (核验): proves a plan against its snapshot from the laws alone.
//!
//! It shares nothing with what builds plans: it knows the nouns, the policy and the atlas, and reads
//! the law again for itself. Every law is tried, everything wrong is collected; an empty list is the
//! proof. A plan with any fault must not be stored. One file, one law.
//!
//! Not here: whether a better plan exists (the bound says how much better one could be).

mod apartments;
mod bond;
mod entitled;
mod hard;
mod law;
mod lease;
mod money;
mod pins;
mod possible;
mod score;
mod space;
mod subsidy;
mod waiting;
mod whole;
mod withheld;

use crate::domain::fault::{Code, Fault, Place};
use crate::domain::plan::{Award, Plan};
use crate::domain::snapshot::Snapshot;

use law::{Asker, Law};

/// Codes of the faults, one per law.
pub mod codes {
    pub use super::UNCHECKABLE;
    pub use super::apartments::{
        ABOVE_NEED, APARTMENT_POINTS, LAYOUT_UNSUITED, NOT_OPEN, OVER_COUNT, UNKNOWN_APARTMENT,
    };
    pub use super::bond::{FLOOR_SHARED, GROUP_TORN, NOT_NEIGHBOURS, TOO_MANY_UNITS};
    pub use super::entitled::{AREA_OUTSIDE_WISH, NOT_ELIGIBLE};
    pub use super::hard::HARD_RULE;
    pub use super::lease::{LEASE_WRONG, NOT_AVAILABLE};
    pub use super::money::{RENT_WRONG, RESERVE_EXCEEDED};
    pub use super::pins::PIN_NOT_KEPT;
    pub use super::score::{
        BOUND_BELOW_VALUE, MINUTES_WRONG, SCORE_WRONG, STATUS_WRONG, VALUE_WRONG,
    };
    pub use super::space::{AREA_WRONG, BELOW_SMALLEST_LOT, OTHER_SITE, OVER_LET, UNKNOWN_UNIT};
    pub use super::subsidy::{AWARDED_WRONG, QUOTA_EXCEEDED, SUBSIDY_WRONG};
    pub use super::waiting::{LEFT_FREE, WHY_NOT_ELIGIBLE, WHY_NOTHING_FITS, WHY_PRICED_OUT};
    pub use super::whole::{
        NOT_ONCE, OTHER_FORMAT, OTHER_POLICY, OTHER_SNAPSHOT, OUT_OF_ORDER, UNKNOWN_APPLICATION,
    };
    pub use super::withheld::WITHHELD;
}

/// The snapshot itself is faulty, so that nothing can be proved against it.
pub const UNCHECKABLE: Code = Code("CK100");

/// Everything wrong with a plan; empty = proved.
pub fn check(snapshot: &Snapshot, plan: &Plan) -> Vec<Fault> {
    let law = match Law::of(snapshot) {
        Ok(law) => law,
        Err(faults) => return uncheckable(faults.0),
    };
    let mut faults = whole::faults(&law, plan);
    for award in &plan.awards {
        if let Some(asker) = law.asker(award.application.as_str()) {
            faults.extend(award_faults(&law, &asker, award));
        }
    }
    faults.extend(space::over_let(&law, plan));
    faults.extend(money::reserves(&law, plan));
    faults.extend(subsidy::settled(&law, plan));
    faults.extend(apartments::over_count(&law, plan));
    faults.extend(withheld::faults(&law, plan));
    faults.extend(score::proof(plan));
    faults.extend(pins::faults(&law, plan));
    faults.extend(waiting::faults(&law, plan));
    faults
}

/// What is wrong with one award by itself.
fn award_faults(law: &Law, asker: &Asker, award: &Award) -> Vec<Fault> {
    let mut faults = entitled::eligible(asker);
    let (units, wrong) = space::units(law, award);
    if !wrong.is_empty() {
        // The laws below speak of units that exist.
        faults.extend(wrong);
        return faults;
    }
    faults.extend(space::grants(law, award, &units));
    faults.extend(bond::faults(law, asker, award, &units));
    faults.extend(hard::faults(law, asker, award, &units));
    faults.extend(lease::faults(law, asker, award, &units));
    faults.extend(entitled::area(asker, award));
    faults.extend(money::rents(law, award, &units));
    faults.extend(subsidy::computed(law, asker, award, &units));
    faults.extend(apartments::faults(law, asker, award));
    faults.extend(score::parts(law, asker, award));
    faults
}

fn uncheckable(found: Vec<Fault>) -> Vec<Fault> {
    let action = "freeze the snapshot again; a plan for it proves nothing";
    let head = Fault::new(UNCHECKABLE, "the snapshot itself is faulty", action);
    [vec![head], found].concat()
}

/// A fault of one application.
fn wrong(code: Code, application: &str, cause: String) -> Fault {
    Fault::new(
        code,
        cause,
        "do not store this plan; make it again from its snapshot",
    )
    .at(Place::subject(format!("application {application}")))
}

/// A fault of the plan as a whole.
fn wrong_plan(code: Code, cause: String) -> Fault {
    Fault::new(
        code,
        cause,
        "do not store this plan; make it again from its snapshot",
    )
}
