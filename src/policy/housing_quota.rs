//! The housing quota of a firm (单位住房配额) over an application: whether it asks for no more apartments than the
//! policy gives a firm of its size.
//!
//! Not here: the formula (`housing_terms`), who is granted an apartment (planning).

use chrono::NaiveDate;

use super::condition::Facts;
use super::eligibility::Verdict;
use super::{Policy, verdict};
use crate::domain::application::Application;
use crate::domain::firm::Firm;

/// Key of the rule.
pub const RULE: &str = "housing_quota";

/// The quota as a rule; `None` when the policy sets none or no apartment is asked for.
pub fn asked(
    policy: &Policy,
    firm: &Firm,
    application: &Application,
    day: NaiveDate,
) -> Option<Verdict> {
    let facts = Facts {
        firm,
        application: Some(application),
        day,
    };
    let most = policy.housing.firm_quota(&facts)?;
    let rule = policy.housing.firm_quota.as_ref()?;
    let wanted: u64 = (application.households.iter())
        .map(|h| u64::from(h.count))
        .sum();
    (wanted > 0).then(|| Verdict {
        rule: RULE.to_owned(),
        clause: String::new(),
        basis: rule.basis.clone(),
        label: verdict::label("单位住房配额", "Housing quota of the firm"),
        outcome: verdict::met(wanted <= u64::from(most)),
        detail: verdict::label(
            &format!("申请{wanted}套，至多{most}套"),
            &format!("asks for {wanted} apartments; at most {most}"),
        ),
        missing: Vec::new(),
    })
}
