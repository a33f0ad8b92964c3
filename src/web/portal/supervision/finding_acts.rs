//! Acts on findings: the firm's reply and its mending, the decision on measures, closing.
//!
//! Not here: pages of findings (`findings`).

use super::findings::facts;
use crate::acts::Desk;
use crate::acts::powers::supervision as power;
use crate::acts::supervision::{findings, measures};
use crate::domain::fault::Faults;
use crate::domain::finding::{Finding, Measure};
use crate::domain::ids::FindingId;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::portal::say;
use crate::web::portal::verbs::{Keys, Stand, Verb, before, upon, verb};
use crate::web::routes::Route;
use crate::web::screen::Went;
use crate::web::sheet::Part;
use crate::web::sheet::field::Field;
use crate::web::sheet::form::{Fields, bad};

/// The firm's reply.
pub const REPLY: Verb = verb(
    "/findings/{id}/reply",
    &power::REPLY_FINDING,
    "finding.reply",
    with_words,
    |desk, keys, sent| {
        let id: FindingId = keys.read("id")?;
        gone(
            findings::reply(desk, &id, sent.get("text")),
            "finding_replied",
        )
    },
);

/// Deciding on measures; none dismisses it.
pub const DECIDE: Verb = Verb {
    danger: true,
    ..verb(
        "/findings/{id}/decide",
        &power::DECIDE_FINDING,
        "finding.decide",
        deciding,
        |desk, keys, sent| {
            let id: FindingId = keys.read("id")?;
            let all = chosen(sent)?;
            let done = measures::decide(desk, &id, &all, sent.get("reason"));
            gone(done, "finding_decided")
        },
    )
};

/// The firm says that it is mended.
pub const MEND: Verb = verb(
    "/findings/{id}/mend",
    &power::MEND_FINDING,
    "finding.mend",
    with_words,
    |desk, keys, sent| {
        let id: FindingId = keys.read("id")?;
        gone(
            findings::mend(desk, &id, sent.get("text")),
            "finding_mended",
        )
    },
);

/// Nothing remains.
pub const CLOSE: Verb = verb(
    "/findings/{id}/close",
    &power::CLOSE_FINDING,
    "finding.close",
    with_words,
    |desk, keys, sent| {
        let id: FindingId = keys.read("id")?;
        gone(
            findings::close(desk, &id, sent.get("text")),
            "finding_closed",
        )
    },
);

/// It is not mended.
pub const NOT_MENDED: Verb = verb(
    "/findings/{id}/not-mended",
    &power::CLOSE_FINDING,
    "finding.not_mended",
    with_words,
    |desk, keys, sent| {
        let id: FindingId = keys.read("id")?;
        let done = findings::not_mended(desk, &id, sent.get("text"));
        gone(done, "finding_not_mended")
    },
);

/// Acts on findings.
pub const VERBS: &[Verb] = &[REPLY, DECIDE, MEND, CLOSE, NOT_MENDED];

/// The routes.
pub const ROUTES: &[Route] = &[
    before(&REPLY),
    upon(&REPLY),
    before(&DECIDE),
    upon(&DECIDE),
    before(&MEND),
    upon(&MEND),
    before(&CLOSE),
    upon(&CLOSE),
    before(&NOT_MENDED),
    upon(&NOT_MENDED),
];

fn gone(done: Result<Finding, Faults>, words: &'static str) -> Result<Went, Faults> {
    Went::to(path_to("/findings/{}", &[&done?.id]), words)
}

fn seen(desk: &Desk, ctx: &Ctx, keys: &Keys) -> Result<Stand, Faults> {
    let (found, tag) = findings::one(desk, &keys.read("id")?)?;
    let stage = found.stage.name();
    let stand = Stand::under("findings", "/findings", ctx.t("nav.findings"))
        .at(
            path_to("/findings/{}", &[&found.id]),
            say::word(ctx, "finding_kind", found.kind.name()),
        )
        .state(stage, say::word(ctx, "finding", stage))
        .tag(tag)
        .about("facts", ctx.t("facts"), Part::Pairs(facts(ctx, &found)));
    Ok(match &found.reply {
        Some(reply) => stand.about(
            "reply",
            ctx.t("finding.replied"),
            Part::Text(vec![reply.reason.clone()]),
        ),
        None => stand,
    })
}

fn with_words(desk: &Desk, ctx: &Ctx, keys: &Keys) -> Result<Stand, Faults> {
    let words = Field::words("text", ctx.t("finding.words")).needed();
    Ok(seen(desk, ctx, keys)?.asks(vec![words]))
}

/// Names of measures, in the order of their weight.
const MEASURES: [&str; 6] = [
    "warn",
    "rectify",
    "suspend",
    "terminate",
    "claw_back",
    "ban",
];

fn deciding(desk: &Desk, ctx: &Ctx, keys: &Keys) -> Result<Stand, Faults> {
    let all = MEASURES.map(|m| (m.to_owned(), say::word(ctx, "measure", m)));
    let day = |name: &str| Field::day(name, ctx.t(&format!("measure.{name}")));
    Ok(seen(desk, ctx, keys)?
        .asks(vec![
            Field::many("measures", ctx.t("finding.measures"), all.to_vec())
                .hint(ctx.t("finding.measures.hint")),
        ])
        .group(
            ctx.t("measure.days"),
            ctx.t("measure.days.hint"),
            vec![
                day("rectify_by"),
                day("suspend_from"),
                day("suspend_until"),
                day("claw_back_from"),
                day("ban_until"),
            ],
        )
        .asks(vec![Field::words("reason", ctx.t("reason")).needed()]))
}

/// The measures that were ticked, each with its days.
fn chosen(sent: &Fields) -> Result<Vec<Measure>, Faults> {
    let one = |name: String| {
        Ok(match name.as_str() {
            "warn" => Measure::Warn,
            "rectify" => Measure::Rectify {
                by: sent.need("rectify_by")?,
            },
            "suspend" => Measure::Suspend {
                from: sent.need("suspend_from")?,
                until: sent.maybe("suspend_until")?,
            },
            "terminate" => Measure::Terminate,
            "claw_back" => Measure::ClawBack {
                from: sent.need("claw_back_from")?,
            },
            "ban" => Measure::Ban {
                until: sent.maybe("ban_until")?,
            },
            _ => return Err(bad("measures").into()),
        })
    };
    sent.all("measures").into_iter().map(one).collect()
}
