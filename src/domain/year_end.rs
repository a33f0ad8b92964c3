//! Year-ends (年度关账): a budget year of a quota from which nothing more is claimed.
//!
//! Not here: what happens to the money that is left (`acts::money::year_end`).

use serde::{Deserialize, Serialize};

use super::ledger::{Balance, QuotaKey};
use super::signature::Signature;

/// The end of a budget year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearEnd {
    /// Which quota.
    pub quota: QuotaKey,
    /// What stood in the accounts when it was closed.
    pub balance: Balance,
    /// Closed by.
    pub closed: Signature,
}
