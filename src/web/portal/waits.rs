//! What waits for the reader: claims, settlements, batches, findings, statements that his role may go on with.
//!
//! Not here: the desk itself (`desk`), the acts.

use crate::acts::Desk;
use crate::acts::money::{claims, payments, settle};
use crate::acts::powers::{Power, money, supervision};
use crate::acts::supervision::{due, findings};
use crate::domain::claim::ClaimStage;
use crate::domain::fault::Faults;
use crate::domain::finding::FindingStage;
use crate::domain::payment::BatchStage;
use crate::domain::settlement::SettlementStage;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::portal::say;
use crate::web::sheet::Card;

/// Most rows that are counted.
const MOST: u32 = 5000;

/// Stages of claims with who goes on from there.
const CLAIMS: [(ClaimStage, &Power); 5] = [
    (ClaimStage::Prepared, &money::SUBMIT_CLAIM),
    (ClaimStage::Returned, &money::PREPARE_CLAIM),
    (ClaimStage::Submitted, &money::REVIEW_CLAIM),
    (ClaimStage::Settled, &money::PUBLICISE_CLAIM),
    (ClaimStage::Publicised, &money::APPROVE_CLAIM),
];

/// Stages of findings with who goes on from there.
const FINDINGS: [(FindingStage, &Power); 4] = [
    (FindingStage::Open, &supervision::REPLY_FINDING),
    (FindingStage::Replied, &supervision::DECIDE_FINDING),
    (FindingStage::Decided, &supervision::MEND_FINDING),
    (FindingStage::Mended, &supervision::CLOSE_FINDING),
];

/// Stages of batches with who goes on from there.
const BATCHES: [(BatchStage, &Power); 2] = [
    (BatchStage::Made, &money::EXPORT_BATCH),
    (BatchStage::Exported, &money::CONFIRM_BATCH),
];

/// A card for each thing of which some wait.
pub fn cards(desk: &Desk, ctx: &Ctx) -> Result<Vec<Card>, Faults> {
    let mut all = Vec::new();
    for (stage, _) in CLAIMS.into_iter().filter(|(_, p)| ctx.can(p)) {
        let count = claims::list(desk, Some(stage), None, (None, MOST))?.len();
        let word = say::word(ctx, "claim", stage.name());
        let path = path_to("/claims?stage={}", &[&stage.name()]);
        all.extend(card(ctx, ("nav.claims", &word), count, &path));
    }
    if ctx.can(&money::APPROVE_SETTLEMENT) {
        let mut open = settle::list(desk, (None, MOST))?;
        open.retain(|s| s.stage == SettlementStage::Proposed);
        let word = say::word(ctx, "settlement", "proposed");
        let about = ("nav.settlements", word.as_str());
        all.extend(card(ctx, about, open.len(), "/settlements"));
    }
    for (stage, _) in BATCHES.into_iter().filter(|(_, p)| ctx.can(p)) {
        let count = payments::list(desk, Some(stage), (None, MOST))?.len();
        let word = say::word(ctx, "batch", stage.name());
        let about = ("nav.payment_batches", word.as_str());
        all.extend(card(ctx, about, count, "/payment-batches"));
    }
    for (stage, _) in FINDINGS.into_iter().filter(|(_, p)| ctx.can(p)) {
        let count = findings::list(desk, None, Some(stage), (None, MOST))?.len();
        let word = say::word(ctx, "finding", stage.name());
        let path = path_to("/findings?stage={}", &[&stage.name()]);
        all.extend(card(ctx, ("nav.findings", &word), count, &path));
    }
    let looks = [
        &supervision::PREPARE_STATEMENT,
        &supervision::REVIEW_STATEMENT,
    ];
    if looks.into_iter().any(|p| ctx.can(p)) {
        let count = due::list(desk, true)?.len();
        let about = ("nav.statements", ctx.t("statement.overdue"));
        all.extend(card(ctx, about, count, "/statements?show=overdue"));
    }
    Ok(all)
}

/// A card, unless nothing waits.
fn card(ctx: &Ctx, (noun, word): (&str, &str), count: usize, path: &str) -> Option<Card> {
    (count > 0).then(|| Card {
        title: format!("{} · {word}", ctx.t(noun)),
        text: format!("{count} {}", ctx.t("table.rows")),
        href: ctx.plain(path),
        label: ctx.t("start.open").to_owned(),
        post: String::new(),
    })
}
