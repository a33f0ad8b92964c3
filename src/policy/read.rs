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
    let evidence_kinds = doc.rows("evidence_kind");
    let eligibility = doc.section("eligibility");
    let area_steps = super::entitlement::rows(&mut doc);
    let area_per_head = doc.rows("area_per_head");
    let area = doc.section("area");
    let subsidy = subsidy_twin::rows(&mut doc);
    let other_aid = doc.optional("other_aid");
    let rent = doc.optional("rent");
    let score_card = doc.optional("score_card");
    let quotas = doc.rows("quota");
    let process = doc.optional("process");
    let optimizer = doc.optional("optimizer");
    let housing = doc.section("housing");
    let reserves = doc.rows("reserve");
    let weights = doc.section("weights");
    let transit = doc.section("transit");
    let labels = doc.section("label");
    doc.refuse_rest();
    let draft = (|| {
        Some(Policy {
            meta: meta?,
            evidence_kinds,
            eligibility: eligibility?,
            area_steps,
            area_per_head,
            area: area?,
            subsidy,
            other_aid: other_aid?,
            rent: rent?,
            score_card: score_card?,
            quotas,
            process: process?,
            optimizer: optimizer?,
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
