//! Firms, for officers: all of them, or those of one's district.
//!
//! Not here: profiles, which firms write (`cases::profile`); coming in from files (`import`).

use super::Desk;
use super::act::Scope;
use super::powers::firms::SEE_FIRM;
use crate::domain::fault::Faults;
use crate::domain::firm::Firm;
use crate::domain::place::DistrictCode;
use crate::store::{self, Filter};

/// At most `limit` firms after a key, by key, that the actor may see.
///
/// # Errors
/// AC010, AC011.
pub fn list(
    desk: &Desk,
    district: Option<&DistrictCode>,
    (after, limit): (Option<String>, u32),
) -> Result<Vec<Firm>, Faults> {
    let mut equal = Vec::new();
    match desk.scope(&SEE_FIRM)? {
        Scope::All => {}
        // No firm has this power.
        Scope::Firm(_) => return Ok(Vec::new()),
        Scope::District(own) => equal.push(("district_id", own.to_string())),
    }
    equal.extend(district.map(|d| ("district_id", d.to_string())));
    let filter = Filter {
        order: None,
        equal,
        after,
        limit,
    };
    Ok(desk.store().read(|tx| store::select(tx, &filter))?)
}
