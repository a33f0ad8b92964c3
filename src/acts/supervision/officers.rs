//! Officers who may inspect (检查人员名录): active accounts of district reviewers. Approvers decide on findings,
//! so they do not inspect.
//!
//! Not here: whom a draw picks (`lottery`).

use std::collections::BTreeSet;

use crate::acts::act::Scope;
use crate::acts::powers::supervision::ENTER_VISIT;
use crate::acts::{Desk, refuse};
use crate::domain::account::{Account, AccountState};
use crate::domain::case::Case;
use crate::domain::fault::Faults;
use crate::domain::offer::Contract;
use crate::domain::people::{Body, Role};
use crate::domain::place::DistrictCode;
use crate::store::{self, Reading};

/// An officer with his district.
pub(super) struct Officer {
    /// Key of the account.
    pub id: String,
    /// His district.
    pub district: DistrictCode,
}

/// The officers of a district, or of all; by account.
pub(super) fn all(
    tx: &mut Reading<'_>,
    district: Option<&DistrictCode>,
) -> Result<Vec<Officer>, Faults> {
    let reviewers: Vec<Account> = store::having(tx, "role", Role::DistrictReviewer.name())?;
    let officer = |account: Account| match account.body {
        Body::District(of) if account.state == AccountState::Active => Some(Officer {
            id: account.id.to_string(),
            district: of,
        }),
        _ => None,
    };
    let all = reviewers.into_iter().filter_map(officer);
    Ok(all
        .filter(|o| district.is_none_or(|d| *d == o.district))
        .collect())
}

/// The other officers of the actor's district, who may visit with him: keys and logins of their accounts.
pub fn colleagues(desk: &Desk) -> Result<Vec<(String, String)>, Faults> {
    let Scope::District(district) = desk.scope(&ENTER_VISIT)? else {
        return Ok(Vec::new());
    };
    desk.store().read(|tx| {
        let mut found = Vec::new();
        for officer in all(tx, Some(&district))? {
            let account: Account = store::need(tx, &officer.id)?;
            found.push((officer.id, account.login.to_string()));
        }
        found.retain(|(id, _)| id != desk.actor());
        Ok(found)
    })
}

/// AC018 unless an account is an officer of a district.
pub(super) fn known(tx: &mut Reading<'_>, id: &str, district: &DistrictCode) -> Result<(), Faults> {
    if all(tx, Some(district))?.iter().any(|o| o.id == id) {
        return Ok(());
    }
    let cause = "this is no active reviewer of the district";
    Err(refuse::unfit("colleague", cause, "name a second officer of the district").into())
}

/// Accounts that handled the case of a contract: they do not inspect it.
pub(super) fn handled(
    tx: &mut Reading<'_>,
    contract: &Contract,
) -> Result<BTreeSet<String>, Faults> {
    // An imported application has no case.
    let case: Option<Case> = store::get(tx, contract.application.as_str())?;
    let Some(case) = case else {
        return Ok(BTreeSet::new());
    };
    let remarks = case.remarks.into_iter().map(|r| r.signed.by);
    let cleared = case.cleared.into_iter().map(|c| c.signed.by);
    Ok(remarks.chain(cleared).chain(case.typed_by).collect())
}
