//! The review queue of a district: what waits, the oldest first, with acts on many at once. What cannot be done
//! with one of them is told; the others are done.
//!
//! Not here: one case (`cases`), profiles (`profiles`).

use actix_web::HttpResponse;

use super::{form, of, page};
use crate::acts::Desk;
use crate::acts::cases::review::{self, Words};
use crate::acts::cases::view::{self, Wanted};
use crate::acts::powers::cases::{ACCEPT_CASE, SEE_CASE};
use crate::domain::case::CaseStage;
use crate::domain::fault::Faults;
use crate::domain::ids::ApplicationId;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::routes::Route;
use crate::web::screen::Went;
use crate::web::sheet::form::{Fields, bad};
use crate::web::sheet::table::Bulk;
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[
    page(
        "/review",
        of(&SEE_CASE),
        "applications that wait for the district",
        |r| r.to(show),
    ),
    form(
        "/review",
        of(&ACCEPT_CASE),
        "accept or verify many applications",
        |r| r.to(act),
    ),
];

/// Most cases of a queue.
const MOST: u32 = 5000;
/// Most cases that are done at once.
const AT_ONCE: usize = 100;

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
    if ctx.can(&ACCEPT_CASE) {
        table = table.bulk(Bulk {
            action: ctx.plain("/review"),
            acts: vec![
                ("accept", ctx.t("review.accept_many").to_owned()),
                ("verify", ctx.t("review.verify_many").to_owned()),
            ],
        });
    }
    Ok(Sheet::new("review", ctx.t("nav.review"))
        .lead(ctx.t("review.lead"))
        .with("list", "", Part::Table(table)))
}

async fn act(ctx: Ctx, caller: Caller, sent: Fields) -> HttpResponse {
    caller.does(ctx, sent, many, sheet).await
}

/// Each case by itself: an act of its own, with its own entry. The faults of those that could not be done are
/// told all at once.
fn many(desk: &Desk, sent: &Fields) -> Result<Went, Faults> {
    let keys = sent.list::<ApplicationId>("key")?;
    if keys.is_empty() || keys.len() > AT_ONCE {
        return Err(bad("key").into());
    }
    let mut faults = Vec::new();
    for id in &keys {
        let done = match sent.get("act") {
            "accept" => review::accept(desk, id, Words::default()),
            "verify" => review::verify(desk, id, Words::default()),
            _ => return Err(bad("act").into()),
        };
        if let Err(more) = done {
            faults.extend(more.0);
        }
    }
    match faults.is_empty() {
        true => Went::to("/review", "review_many"),
        false => Err(Faults(faults)),
    }
}
