//! Pins: a decision that must be kept is an award with exactly its units and areas, and where the
//! whole award is kept, with exactly its apartments and its subsidy or the lack of it.
//!
//! Not here: who may pin.

use crate::domain::fault::{Code, Fault};
use crate::domain::plan::{Award, Plan};
use crate::domain::snapshot::Kept;

use super::law::Law;
use super::wrong;

/// A pin is not kept.
pub const PIN_NOT_KEPT: Code = Code("CK170");

/// Pins that are not kept.
pub fn faults(law: &Law, plan: &Plan) -> Vec<Fault> {
    let mut faults = Vec::new();
    for pin in &law.snapshot.pins {
        let award = plan
            .awards
            .iter()
            .find(|a| a.application == pin.application);
        let held = award.map(|a| {
            a.units
                .iter()
                .map(|g| (&g.unit, g.area))
                .collect::<Vec<_>>()
        });
        let kept: Vec<_> = pin.units.iter().map(|(unit, area)| (unit, *area)).collect();
        if held != Some(kept) {
            let cause = "the pinned units are not awarded as pinned".to_owned();
            faults.push(wrong(PIN_NOT_KEPT, pin.application.as_str(), cause));
        }
        if let (Some(kept), Some(award)) = (&pin.kept, award)
            && !is_kept(kept, award)
        {
            let cause = "the pinned apartments or subsidy are not awarded as pinned".to_owned();
            faults.push(wrong(PIN_NOT_KEPT, pin.application.as_str(), cause));
        }
    }
    faults
}

/// Exactly the apartments, and subsidy exactly when it is kept.
fn is_kept(kept: &Kept, award: &Award) -> bool {
    let granted = award.apartments.iter();
    let mut granted: Vec<_> = granted
        .map(|g| (g.household, g.apartment.clone(), g.count))
        .collect();
    let mut wanted = kept.apartments.clone();
    granted.sort();
    wanted.sort();
    granted == wanted && award.subsidy.is_some() == kept.subsidised
}
