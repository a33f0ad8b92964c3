//! Eligibility, and area between what is wished at least and what is wished and entitled at most.
//!
//! Not here: the rules themselves (policy).

use crate::domain::fault::{Code, Fault};
use crate::domain::plan::Award;

use super::law::Asker;
use super::wrong;

/// The area lies outside what is wished or entitled.
pub const AREA_OUTSIDE_WISH: Code = Code("CK123");
/// An application that is not eligible is placed.
pub const NOT_ELIGIBLE: Code = Code("CK124");

/// Whether the application may be placed at all.
pub fn eligible(asker: &Asker) -> Vec<Fault> {
    let fault = |rule: &crate::domain::reason::Unmet| {
        let cause = format!("the firm is placed, though not eligible: {}", rule.cause);
        wrong(NOT_ELIGIBLE, asker.application.id.as_str(), cause)
    };
    asker.unmet.iter().map(fault).collect()
}

/// Whether the area of an award is allowed.
pub fn area(asker: &Asker, award: &Award) -> Vec<Fault> {
    let sum: i128 = award.units.iter().map(|g| i128::from(g.area.0)).sum();
    if i128::from(asker.least.0) <= sum && sum <= i128::from(asker.most.0) {
        return Vec::new();
    }
    let cause = format!(
        "{sum} in 0.01 m2 are not between {} and {} m2",
        asker.least, asker.most
    );
    vec![wrong(AREA_OUTSIDE_WISH, award.application.as_str(), cause)]
}
