//! Acts on claims: of the firm (`claim_form`), and of the district: reviewing, returning, rejecting, publicising,
//! approving, stopping.
//!
//! Not here: pages of claims (`claims`), settling (`settlements`), paying (`batches`).

use super::claim_form::{PREPARE, REVISE, SUBMIT, WITHDRAW, is_open, seen};
use super::yuan;
use crate::acts::Desk;
use crate::acts::money::{claims, publicity, review, stop};
use crate::acts::powers::money as power;
use crate::domain::claim::{Claim, ClaimStage};
use crate::domain::fault::Faults;
use crate::domain::ids::ClaimId;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::portal::verbs::{self, Keys, Verb, before, upon, verb};
use crate::web::routes::Route;
use crate::web::screen::Went;
use crate::web::sheet::field::Field;

/// The routes.
pub const ROUTES: &[Route] = &[
    before(&PREPARE),
    upon(&PREPARE),
    before(&REVISE),
    upon(&REVISE),
    before(&SUBMIT),
    upon(&SUBMIT),
    before(&WITHDRAW),
    upon(&WITHDRAW),
    before(&REVIEW),
    upon(&REVIEW),
    before(&RETURN),
    upon(&RETURN),
    before(&REJECT),
    upon(&REJECT),
    before(&PUBLICISE),
    upon(&PUBLICISE),
    before(&APPROVE),
    upon(&APPROVE),
    before(&STOP),
    upon(&STOP),
];

/// Goes back to a claim.
fn gone<T>(done: Result<T, Faults>, id: &ClaimId, words: &'static str) -> Result<Went, Faults> {
    done?;
    Went::to(path_to("/claims/{}", &[&id]), words)
}

/// A reason, and what is claimed beside it.
fn with_reason(desk: &Desk, ctx: &Ctx, keys: &Keys) -> Result<verbs::Stand, Faults> {
    let why = Field::words("reason", ctx.t("reason")).needed();
    Ok(seen(desk, ctx, keys)?.asks(vec![why]))
}

const REVIEW: Verb = verb(
    "/claims/{id}/review",
    &power::REVIEW_CLAIM,
    "claim.review",
    |desk, ctx, keys| {
        let claim = claims::one(desk, &keys.read("id")?)?;
        let computed = ctx.money(&claim.calculation.amount);
        let amount = yuan("amount", ctx.t("claim.fixed"))
            .hint(format!("{}{computed}", ctx.t("claim.fixed.hint")));
        let why = Field::words("reason", ctx.t("reason"));
        Ok(seen(desk, ctx, keys)?.asks(vec![amount, why]))
    },
    |desk, keys, sent| {
        let id: ClaimId = keys.read("id")?;
        let amount = sent.maybe("amount")?;
        let done = review::review(desk, &id, amount, sent.get("reason"));
        gone(done, &id, "claim_reviewed")
    },
);

const RETURN: Verb = verb(
    "/claims/{id}/return",
    &power::RETURN_CLAIM,
    "claim.return",
    with_reason,
    |desk, keys, sent| {
        let id: ClaimId = keys.read("id")?;
        let done = review::send_back(desk, &id, sent.get("reason"));
        gone(done, &id, "claim_returned")
    },
);

const REJECT: Verb = Verb {
    danger: true,
    ..verb(
        "/claims/{id}/reject",
        &power::REJECT_CLAIM,
        "claim.reject",
        with_reason,
        |desk, keys, sent| {
            let id: ClaimId = keys.read("id")?;
            let done = review::reject(desk, &id, sent.get("reason"));
            gone(done, &id, "claim_rejected")
        },
    )
};

const PUBLICISE: Verb = verb(
    "/claims/{id}/publicise",
    &power::PUBLICISE_CLAIM,
    "claim.publicise",
    |desk, ctx, keys| {
        let number = Field::line("number", ctx.t("notice.number"))
            .hint(ctx.t("notice.number.hint"))
            .needed();
        Ok(seen(desk, ctx, keys)?.asks(vec![number]))
    },
    |desk, keys, sent| {
        let id: ClaimId = keys.read("id")?;
        let done = publicity::publicise(desk, &id, sent.get("number"));
        gone(done, &id, "claim_publicised")
    },
);

const APPROVE: Verb = verb(
    "/claims/{id}/approve",
    &power::APPROVE_CLAIM,
    "claim.approve",
    seen,
    |desk, keys, _| {
        let id: ClaimId = keys.read("id")?;
        gone(publicity::approve(desk, &id), &id, "claim_approved")
    },
);

const STOP: Verb = Verb {
    danger: true,
    ..verb(
        "/claims/{id}/stop",
        &power::STOP_CLAIM,
        "claim.stop",
        with_reason,
        |desk, keys, sent| {
            let id: ClaimId = keys.read("id")?;
            gone(
                stop::stop(desk, &id, sent.get("reason")),
                &id,
                "claim_stopped",
            )
        },
    )
};

/// Acts on claims.
pub const VERBS: &[Verb] = &[
    PREPARE, REVISE, SUBMIT, WITHDRAW, REVIEW, RETURN, REJECT, PUBLICISE, APPROVE, STOP,
];

/// The acts that the stage of a claim allows. What person and time forbid besides, the act says.
pub fn open_verbs(claim: &Claim) -> Vec<&'static Verb> {
    use ClaimStage::{Batched, Payable, Publicised, Returned, Reviewed, Settled, Submitted};
    let mut open: Vec<&'static Verb> = Vec::new();
    if is_open(claim) {
        open.extend([&SUBMIT, &REVISE]);
    }
    match claim.stage {
        Submitted => open.push(&REVIEW),
        Settled => open.push(&PUBLICISE),
        Publicised => open.push(&APPROVE),
        _ => {}
    }
    if matches!(claim.stage, Submitted | Reviewed | Settled | Publicised) {
        open.push(&RETURN);
    }
    if matches!(
        claim.stage,
        Submitted | Returned | Reviewed | Settled | Publicised
    ) {
        open.push(&REJECT);
    }
    if matches!(claim.stage, Payable | Batched) {
        open.push(&STOP);
    }
    if is_open(claim) || matches!(claim.stage, Submitted | Reviewed | Settled | Publicised) {
        open.push(&WITHDRAW);
    }
    open
}
