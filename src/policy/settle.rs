//! Settling a quota (统一按比例核减): above the quota every award is cut by one uniform ratio.
//!
//! With claims `c_i`, their sum `T` and the quota `Q < T`, the exact award is `c_i x Q / T`. Each
//! claim gets the whole fen of it, and the fen that are left go one by one to the largest
//! remainders (ties: the earlier claim). So the awards sum to `min(Q, T)` to the fen, none exceeds
//! its claim, and none is a whole fen away from its exact award.
//!
//! Not here: which quota, which mode.

use crate::domain::fault::{Code, Fault};
use crate::domain::money::Fen;

/// A quota or a claim is negative.
pub const NEGATIVE_CLAIM: Code = Code("PO160");

/// The awards for `claims` under `quota`, in the same order. PO160 for a negative amount, DM110
/// when the claims exceed 64 bits together.
pub fn pro_rata(quota: Fen, claims: &[Fen]) -> Result<Vec<Fen>, Fault> {
    if quota < Fen::ZERO || claims.iter().any(|c| *c < Fen::ZERO) {
        return Err(Fault::new(
            NEGATIVE_CLAIM,
            "a quota or a claim is negative",
            "give amounts of zero or more",
        ));
    }
    let total = Fen::sum(claims.iter().copied())?;
    if total <= quota {
        return Ok(claims.to_vec());
    }
    let mut awards = Vec::with_capacity(claims.len());
    for claim in claims {
        awards.push(claim.ratio_floor(quota.0, total.0)?);
    }
    let given = Fen::sum(awards.iter().copied())?;
    let left = usize::try_from(quota.minus(given)?.0).unwrap_or(0);
    for index in by_remainder(quota, total, claims).into_iter().take(left) {
        if let Some(award) = awards.get_mut(index) {
            *award = award.plus(Fen(1))?;
        }
    }
    Ok(awards)
}

/// Indices of the claims, the largest remainder of `claim x quota / total` first.
fn by_remainder(quota: Fen, total: Fen, claims: &[Fen]) -> Vec<usize> {
    let remainder =
        |c: &Fen| (i128::from(c.0) * i128::from(quota.0)).rem_euclid(i128::from(total.0));
    let mut keyed: Vec<(i128, usize)> = claims
        .iter()
        .enumerate()
        .map(|(index, claim)| (-remainder(claim), index))
        .collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, index)| index).collect()
}
