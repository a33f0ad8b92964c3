//! How the claims of a year are settled when they exceed the quota: cut all in one ratio, pay in order of
//! rank until the money ends, or refuse. A plan, made before there are claims, follows the mode that the
//! row of each quota states.
//!
//! Absent section for an item: the claims follow the mode of the quota's row as well.
//!
//! Not here: the ratio itself (`settle`), who ranks how (`score_card`).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::settle;
use crate::domain::evidence::Evidence;
use crate::domain::fault::{Code, Fault};
use crate::domain::money::Fen;
use crate::domain::quota::Item;

/// The awards of an item exceed a quota that is hard.
pub const QUOTA_HARD: Code = Code("PO162");

/// What happens above the quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Settlement {
    /// Every award is cut by one uniform ratio (统一按比例核减).
    ProRata,
    /// In order of rank, in full, until the next one no longer fits; it and all behind it get nothing.
    Ranked,
    /// Refused: the quota is never exceeded.
    Hard,
}

/// The rule of one item.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuotaRule {
    /// The item.
    pub item: Item,
    /// What happens above the quota.
    pub mode: Settlement,
    /// Legal basis.
    pub basis: String,
    /// How well the rule is known.
    pub evidence: Evidence,
    /// Last day on which the basis is in force; `None` = not known.
    pub basis_until: Option<NaiveDate>,
}

/// The awards for `claims` under `quota`, in the same order; for `ranked` the order of the claims is the
/// rank. The sum never exceeds the quota. PO160 for a negative amount, PO162 when a hard quota is
/// exceeded, DM110 on overflow.
pub fn settle(mode: Settlement, quota: Fen, claims: &[Fen]) -> Result<Vec<Fen>, Fault> {
    let cut = settle::pro_rata(quota, claims)?;
    match mode {
        Settlement::ProRata => Ok(cut),
        Settlement::Ranked => ranked(quota, claims),
        Settlement::Hard if cut == claims => Ok(cut),
        Settlement::Hard => {
            let cause = format!("the claims exceed the hard quota of {quota} yuan");
            Err(Fault::new(
                QUOTA_HARD,
                cause,
                "raise the quota or drop claims",
            ))
        }
    }
}

fn ranked(quota: Fen, claims: &[Fen]) -> Result<Vec<Fen>, Fault> {
    let mut left = quota;
    let mut open = true;
    let mut awards = Vec::with_capacity(claims.len());
    for claim in claims {
        open &= *claim <= left;
        let award = if open { *claim } else { Fen::ZERO };
        left = left.minus(award)?;
        awards.push(award);
    }
    Ok(awards)
}
