//! Pins: a decision that must be kept is an award with exactly its units and areas.
//!
//! Not here: who may pin.

use crate::domain::fault::{Code, Fault};
use crate::domain::plan::Plan;

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
    }
    faults
}
