//! Reading a policy document: TOML to typed rules, all faults at once.
//!
//! Not here: evaluating a rule, finding the file.

use crate::domain::fault::Faults;

use super::gather::Gather;
use super::{Policy, prove, subsidy_twin};

/// Reads and proves a policy document (TOML, see `data/policy/default.toml`). Unknown sections and
/// keys are refused. The error holds every fault found: the codes PO1xx, and DM1xx for values.
pub fn read(text: &str) -> Result<Policy, Faults> {
    let mut doc = Gather::parse(text)?;
    let meta = doc.section("meta");
    let eligibility = doc.section("eligibility");
    let area_steps = super::entitlement::rows(&mut doc);
    let area = doc.section("area");
    let subsidy = subsidy_twin::rows(&mut doc);
    let housing = doc.section("housing");
    let reserves = doc.rows("reserve");
    let weights = doc.section("weights");
    let transit = doc.section("transit");
    let labels = doc.section("label");
    doc.refuse_rest();
    let draft = (|| {
        Some(Policy {
            meta: meta?,
            eligibility: eligibility?,
            area_steps,
            area: area?,
            subsidy,
            housing: housing?,
            reserves,
            weights: weights?,
            transit: transit?,
            labels: labels?,
        })
    })();
    if let Some(policy) = &draft {
        doc.faults.extend(prove::all(policy));
    }
    match draft {
        Some(policy) if doc.faults.is_empty() => Ok(policy),
        _ => Err(Faults(doc.faults)),
    }
}
