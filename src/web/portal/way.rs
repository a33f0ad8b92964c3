//! The whole way of an application, from the first draft to the contract, as steps with their days.
//!
//! Not here: the page of the application (`cases`).

use super::say;
use crate::acts::Desk;
use crate::acts::powers::contracts::SEE_CONTRACT;
use crate::acts::powers::offers::SEE_OFFER;
use crate::acts::rounds::view::{self, Seen};
use crate::acts::rounds::{contracts, offers};
use crate::domain::case::{Case, CaseStage};
use crate::domain::fault::Faults;
use crate::domain::offer::{Contract, Offer};
use crate::domain::procedure::Step;
use crate::web::context::Ctx;
use crate::web::sheet::steps::{Stage, stages};

/// The steps before the round decides.
const REVIEW: [CaseStage; 5] = [
    CaseStage::Draft,
    CaseStage::Prepared,
    CaseStage::Submitted,
    CaseStage::Accepted,
    CaseStage::Verified,
];

/// What became of a case in its round.
struct Became {
    round: Seen,
    offer: Option<Offer>,
    contract: Option<Contract>,
}

/// The steps of a case as the reader may see them.
pub fn of(desk: &Desk, ctx: &Ctx, case: &Case) -> Result<Vec<Stage>, Faults> {
    let became = became(desk, ctx, case)?;
    let now = now(case, &became);
    let mut labels: Vec<(String, String)> =
        REVIEW.iter().map(|s| review_step(ctx, case, *s)).collect();
    labels.extend(round_steps(ctx, &became));
    let words = ["step.is_done", "step.is_now", "step.is_next"].map(|w| ctx.t(w));
    Ok(stages(labels, now, words))
}

fn became(desk: &Desk, ctx: &Ctx, case: &Case) -> Result<Became, Faults> {
    let round = view::show(desk, &case.round)?;
    let role = desk.person().role;
    // Of the whole city there are too many to look through for one case.
    let own = (role.is_firm() || role.is_district()) && case.stage == CaseStage::Verified;
    let mut became = Became {
        round,
        offer: None,
        contract: None,
    };
    if own && ctx.can(&SEE_OFFER) {
        let all = offers::list(desk, Some(&case.round), None, (None, 5000))?;
        became.offer = all.into_iter().rfind(|o| o.application == case.id);
    }
    if own && ctx.can(&SEE_CONTRACT) {
        let all = contracts::list(desk, Some(&case.round), None, (None, 5000))?;
        became.contract = all.into_iter().rfind(|c| c.application == case.id);
    }
    Ok(became)
}

/// The step in the review that a stage stands at.
fn like(stage: CaseStage) -> CaseStage {
    match stage {
        CaseStage::Returned | CaseStage::Rejected | CaseStage::Withdrawn => CaseStage::Submitted,
        other => other,
    }
}

fn now(case: &Case, became: &Became) -> usize {
    let at = REVIEW.iter().position(|s| *s == like(case.stage));
    let at = at.unwrap_or(0);
    if case.stage != CaseStage::Verified {
        return at;
    }
    match became.round.procedure.step {
        Step::Preparing | Step::Guided => at,
        Step::Frozen | Step::Chosen | Step::Approved => at + 1,
        Step::Publicised => at + 2,
        Step::Confirmed | Step::Closed if became.contract.is_some() => at + 5,
        Step::Confirmed | Step::Closed => at + 3,
    }
}

fn review_step(ctx: &Ctx, case: &Case, step: CaseStage) -> (String, String) {
    let shown = if like(case.stage) == step {
        case.stage
    } else {
        step
    };
    let day = match step {
        CaseStage::Draft => Some(ctx.clock(&case.begun_at)),
        CaseStage::Prepared => case.prepared.as_ref().map(|s| ctx.clock(&s.at)),
        CaseStage::Submitted => case.submitted.as_ref().map(|s| ctx.clock(&s.at)),
        step => {
            let remark = case.remarks.iter().rev().find(|r| r.stage == step);
            remark.map(|r| ctx.clock(&r.signed.at))
        }
    };
    (
        say::word(ctx, "case", shown.name()),
        day.unwrap_or_default(),
    )
}

fn round_steps(ctx: &Ctx, became: &Became) -> [(String, String); 4] {
    let now = &became.round.procedure;
    let closes = now.guide.as_ref().map(|g| ctx.clock(&g.closes_at));
    let publicity = now.publicity.as_ref();
    let decided = matches!(now.step, Step::Confirmed | Step::Closed);
    let offer = match &became.offer {
        Some(offer) => (
            say::word(ctx, "offer", offer.stage.name()),
            format!("{} {}", ctx.t("offer.until"), offer.expires_on),
        ),
        None if decided => (ctx.t("nav.waiting").to_owned(), String::new()),
        None => (ctx.t("nav.offers").to_owned(), String::new()),
    };
    let contract = became.contract.as_ref();
    [
        (
            ctx.t("way.plan").to_owned(),
            closes.map(|c| format!("> {c}")).unwrap_or_default(),
        ),
        (
            ctx.t("round.publicity").to_owned(),
            publicity
                .map(|p| format!("{} – {}", p.from, p.until))
                .unwrap_or_default(),
        ),
        offer,
        (
            ctx.t("way.contract").to_owned(),
            contract.map(|c| c.number.clone()).unwrap_or_default(),
        ),
    ]
}
