//! Money: quotas, claims, settlements, payment batches, claw-backs, each with its acts.
//!
//! Not here: what the acts do (`acts::money`).

pub mod bank;
pub mod batch_file;
pub mod batches;
pub mod claim_acts;
pub mod claim_form;
pub mod claims;
pub mod claw_backs;
pub mod quota_form;
pub mod quota_if;
pub mod quota_tables;
pub mod quotas;
pub mod settlements;

use super::verbs::Keys;
use crate::acts::{Desk, refuse};
use crate::domain::fault::Faults;
use crate::domain::ledger::QuotaKey;
use crate::domain::money::Fen;
use crate::domain::people::Body;
use crate::domain::place::DistrictCode;
use crate::domain::quota::Item;
use crate::web::links::path_to;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::field::Field;

/// Most rows that are read for a list.
pub const MOST: u32 = 5000;

/// The quota that a path names by its district and year.
pub fn quota(keys: &Keys) -> Result<QuotaKey, Faults> {
    Ok(QuotaKey {
        district: keys.read("district")?,
        year: keys.read("year")?,
        item: Item::RentSubsidy,
    })
}

/// The district of a district's officer; AC012 for others.
pub fn own_district(desk: &Desk) -> Result<DistrictCode, Faults> {
    match &desk.person().body {
        Body::District(district) => Ok(district.clone()),
        _ => Err(refuse::not_yours("work for a district").into()),
    }
}

/// Where the page of a quota is.
pub fn path_of(key: &QuotaKey) -> String {
    path_to("/quotas/{}/{}", &[&key.district, &key.year])
}

/// An amount in yuan that may not be known.
pub fn maybe(amount: Option<Fen>) -> Cell {
    amount.map_or_else(|| Cell::maybe(None), Cell::money)
}

/// A field for an amount in yuan.
pub fn yuan(name: &str, label: &str) -> Field {
    Field::number(name, label)
}
