//! The sheet of a settlement: what each claim is awarded when all are settled together, with the way to it.
//!
//! pro rata: with claims `c_i`, their sum `T` and a pool `Q < T` the exact award is `c_i x Q / T`; each
//! claim gets its whole fen, and the fen that are left go one by one to the largest remainders. Ties:
//! the smaller key of the claim, that is the claim made earlier. The awards sum to `min(Q, T)` to the fen.
//! ranked: by points, the most first (ties: the smaller key), each in full until the next one no longer
//! fits; it and all behind it get nothing. hard: refused above the pool (PO162).
//!
//! The order in which the claims are given changes nothing.
//!
//! Not here: the arithmetic of awards (`quota`, `settle`), which claims, who signs.

use super::quota::{self, Settlement};
use crate::domain::fault::Fault;
use crate::domain::ids::{ClaimId, FirmId};
use crate::domain::money::Fen;
use crate::domain::settlement::{Sheet, SheetRow};

/// One claim to be settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// The claim.
    pub claim: ClaimId,
    /// The firm.
    pub firm: FirmId,
    /// The reviewed amount.
    pub computed: Fen,
    /// Points by which claims are ranked, in milli-points.
    pub points: i64,
}

/// The name of a mode in tables and files.
pub fn mode_name(mode: Settlement) -> &'static str {
    match mode {
        Settlement::ProRata => "pro_rata",
        Settlement::Ranked => "ranked",
        Settlement::Hard => "hard",
    }
}

/// The sheet of claims under a pool, rows by claim. PO160 for a negative amount, PO162 when a hard pool is
/// exceeded, DM110 when the claims exceed 64 bits together.
pub fn sheet(mode: Settlement, pool: Fen, asking: &[Asking]) -> Result<Sheet, Fault> {
    let mut order: Vec<&Asking> = asking.iter().collect();
    match mode {
        Settlement::Ranked => order.sort_by_key(|a| (-i128::from(a.points), a.claim.clone())),
        _ => order.sort_by_key(|a| a.claim.clone()),
    }
    let amounts: Vec<Fen> = order.iter().map(|a| a.computed).collect();
    let awards = quota::settle(mode, pool, &amounts)?;
    let computed = Fen::sum(amounts)?;
    let (num, den) = match mode {
        Settlement::ProRata if computed > pool => (pool.0, computed.0),
        _ => (1, 1),
    };
    let mut rows = Vec::with_capacity(order.len());
    for (n, (asked, awarded)) in (1..).zip(order.into_iter().zip(awards)) {
        let exact = i128::from(asked.computed.0) * i128::from(num);
        rows.push(SheetRow {
            claim: asked.claim.clone(),
            firm: asked.firm.clone(),
            rank: (mode == Settlement::Ranked).then_some(n),
            computed: asked.computed,
            floor: asked.computed.ratio_floor(num, den)?,
            // Below `den`, which has 64 bits.
            remainder: i64::try_from(exact.rem_euclid(i128::from(den))).unwrap_or(0),
            remainder_rank: None,
            cut: asked.computed.minus(awarded)?,
            awarded,
        });
    }
    if den > 1 {
        rank_remainders(&mut rows);
    }
    rows.sort_by(|a, b| a.claim.cmp(&b.claim));
    Ok(Sheet {
        mode: mode_name(mode).to_owned(),
        pool,
        computed,
        num,
        den,
        awarded: Fen::sum(rows.iter().map(|r| r.awarded))?,
        rows,
    })
}

/// The largest remainder first; ties by claim.
fn rank_remainders(rows: &mut [SheetRow]) {
    rows.sort_by(|a, b| (-a.remainder, &a.claim).cmp(&(-b.remainder, &b.claim)));
    for (n, row) in (1..).zip(rows.iter_mut()) {
        row.remainder_rank = Some(n);
    }
}
