//! Rows of the table of quotas. The key is district, year and item.

use crate::domain::money::Fen;
use crate::domain::quota::{Item, Quota, QuotaMode};

use super::found::Found;
use super::gather::{Gather, Seen};
use super::outside::Context;
use super::report::Batch;
use super::row::Row;
use super::words::Word;

/// Gathers quotas.
#[derive(Debug, Default)]
pub(super) struct Quotas {
    quotas: Vec<Quota>,
    seen: Seen,
}

fn quota(row: &mut Row<'_>, ctx: &Context<'_>) -> Option<Quota> {
    let district = row.needed_district("district_code", ctx);
    let year = row.needed_number::<i32>("year");
    let item = row.needed_word::<Item>("item");
    let amount = row.needed::<Fen>("amount_yuan");
    let mode = row.needed_word::<QuotaMode>("mode");
    let provenance = row.provenance();
    Some(Quota {
        district: district?,
        year: year?,
        item: item?,
        amount: amount?,
        mode: mode?,
        provenance: provenance?,
    })
}

impl Gather for Quotas {
    fn row(&mut self, row: &mut Row<'_>, ctx: &Context<'_>) {
        let Some(quota) = quota(row, ctx) else {
            return;
        };
        let key = format!("{} {} {}", quota.district, quota.year, quota.item.word());
        self.seen.once(&key, "district_code", row.line, row.found);
        match quota.proved() {
            Ok(quota) => self.quotas.push(quota),
            Err(fault) => row.refuse("amount_yuan", fault),
        }
    }

    fn finish(self: Box<Self>, _: &Context<'_>, _: &mut Found) -> Batch {
        Batch::Quotas(self.quotas)
    }
}
