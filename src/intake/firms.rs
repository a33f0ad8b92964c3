//! Rows of the table of firms.

use crate::domain::area::Share;
use crate::domain::credit_code::CreditCode;
use crate::domain::firm::{Credential, Firm};
use crate::domain::ids::{ClusterId, FirmId};
use crate::domain::industry::IndustryCode;
use crate::domain::money::Fen;

use super::codes;
use super::found::Found;
use super::gather::{Gather, Seen};
use super::outside::Context;
use super::report::Batch;
use super::row::Row;

/// Gathers firms. The credit code is a second key: one firm, one row.
#[derive(Debug, Default)]
pub(super) struct Firms {
    firms: Vec<Firm>,
    seen: Seen,
    codes: Seen,
}

/// An amount that is not negative.
pub(super) fn amount(row: &mut Row<'_>, column: &str) -> Option<Fen> {
    let fen = row.parsed::<Fen>(column)?;
    if fen < Fen::ZERO {
        row.fault(
            column,
            codes::BAD_NUMBER,
            format!("{fen} yuan is negative"),
            "give zero or more",
        );
    }
    Some(fen)
}

fn share(row: &mut Row<'_>) -> Option<Share> {
    let bp = row.decimal::<i64>("rd_share_pct", 2)?;
    match Share::new(bp) {
        Ok(share) => Some(share),
        Err(fault) => {
            row.refuse("rd_share_pct", fault);
            None
        }
    }
}

fn fields(row: &mut Row<'_>, ctx: &Context<'_>) -> Vec<ClusterId> {
    let mut fields: Vec<ClusterId> = row.list("fields");
    for field in &fields {
        if !ctx.known.has_cluster(field) {
            row.unknown("fields", "field", field.as_str());
        }
    }
    fields.sort();
    fields
}

fn firm(row: &mut Row<'_>, ctx: &Context<'_>) -> Option<Firm> {
    let id = row.needed::<FirmId>("firm_id");
    let credit_code = row.needed::<CreditCode>("credit_code");
    let name_zh = row.needed_text("name_zh");
    let industry = row.needed::<IndustryCode>("industry_code");
    let district = row.needed_district("district_code", ctx);
    let headcount = row.needed_number::<u32>("headcount");
    let revenue = amount(row, "revenue_yuan");
    let rd_share = share(row);
    let founded = row.date("founded_on");
    let mut credentials: Vec<Credential> = row.words("credentials");
    credentials.sort();
    let fields = fields(row, ctx);
    let provenance = row.provenance();
    Some(Firm {
        id: id?,
        credit_code: credit_code?,
        name_zh: name_zh?,
        name_en: row.text("name_en"),
        industry: industry?,
        district: district?,
        headcount: headcount?,
        revenue,
        rd_share,
        founded,
        credentials,
        fields,
        provenance: provenance?,
    })
}

impl Gather for Firms {
    fn row(&mut self, row: &mut Row<'_>, ctx: &Context<'_>) {
        if let Some(key) = row.word_of("firm_id") {
            self.seen.once(&key, "firm_id", row.line, row.found);
        }
        if let Some(code) = row.word_of("credit_code") {
            self.codes.once(&code, "credit_code", row.line, row.found);
        }
        self.firms.extend(firm(row, ctx));
    }

    fn finish(self: Box<Self>, _: &Context<'_>, _: &mut Found) -> Batch {
        Batch::Firms(self.firms)
    }
}
