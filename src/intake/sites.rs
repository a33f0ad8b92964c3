//! Rows of the table of sites.

use crate::domain::ids::SiteId;
use crate::domain::space::{Site, SiteKind};

use super::found::Found;
use super::gather::{Gather, Seen};
use super::located::located;
use super::outside::Context;
use super::report::Batch;
use super::row::Row;

/// Gathers sites.
#[derive(Debug, Default)]
pub(super) struct Sites {
    sites: Vec<Site>,
    seen: Seen,
}

fn site(row: &mut Row<'_>, ctx: &Context<'_>) -> Option<Site> {
    let id = row.needed::<SiteId>("site_id");
    let kind = row.needed_word::<SiteKind>("kind");
    let name_zh = row.needed_text("name_zh");
    let district = row.needed_district("district_code", ctx);
    let located = located(row, ctx, district.as_ref());
    let provenance = row.provenance();
    Some(Site {
        id: id?,
        kind: kind?,
        name_zh: name_zh?,
        name_en: row.text("name_en"),
        district: district?,
        address: row.text("address"),
        located,
        provenance: provenance?,
    })
}

impl Gather for Sites {
    fn row(&mut self, row: &mut Row<'_>, ctx: &Context<'_>) {
        if let Some(key) = row.word_of("site_id") {
            self.seen.once(&key, "site_id", row.line, row.found);
        }
        self.sites.extend(site(row, ctx));
    }

    fn finish(self: Box<Self>, _: &Context<'_>, _: &mut Found) -> Batch {
        Batch::Sites(self.sites)
    }
}
