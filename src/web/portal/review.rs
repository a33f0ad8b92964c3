//! The review queue of a district: what waits, the oldest first, with acts on many at once.
//!
//! Not here: one case (`cases`), the acts on many (`many_acts`), profiles (`profiles`).

use actix_web::HttpResponse;

use super::many;
use super::many_acts::{ACCEPT_CASES, VERIFY_CASES};
use super::{of, page};
use crate::acts::Desk;
use crate::acts::cases::view::{self, Wanted};
use crate::acts::powers::cases::SEE_CASE;
use crate::domain::case::CaseStage;
use crate::domain::fault::Faults;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::routes::Route;
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[page(
    "/review",
    of(&SEE_CASE),
    "applications that wait for the district",
    |r| r.to(show),
)];

/// Most cases of a queue.
const MOST: u32 = 5000;

async fn show(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, sheet).await
}

fn sheet(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let mut cases = Vec::new();
    for stage in [
        CaseStage::Submitted,
        CaseStage::Accepted,
        CaseStage::Returned,
    ] {
        let wanted = Wanted {
            stage: Some(stage),
            limit: MOST,
            ..Wanted::default()
        };
        cases.extend(view::list(desk, &wanted)?);
    }
    cases.sort_by_key(|c| c.submitted.as_ref().map(|s| s.at));
    let mut table = super::cases::table(desk, ctx, &cases)?.empty(ctx.t("review.empty"));
    let open = cases.iter().filter(|c| c.stage != CaseStage::Returned);
    let open = open.map(|c| c.id.to_string());
    table.bulk = many::bulk(ctx, &[&ACCEPT_CASES, &VERIFY_CASES], open);
    Ok(Sheet::new("review", ctx.t("nav.review"))
        .lead(ctx.t("review.lead"))
        .with("list", "", Part::Table(table)))
}
