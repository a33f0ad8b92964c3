//! Acts on policies and rounds that begin something: a policy proposed by one officer and released or refused by
//! another, a round opened or corrected.
//!
//! Not here: the pages of policies (`policies`), later acts on rounds (`round_acts`).

use chrono::{Datelike, Months};

use super::say;
use super::verbs::{Keys, Stand, Verb, verb};
use crate::acts::powers::policies as power;
use crate::acts::powers::rounds::{BEGIN_ROUND, CORRECT_ROUND};
use crate::acts::rounds::opening::{self, NewRound};
use crate::acts::rounds::{today, view};
use crate::acts::{Desk, policy, policy_drafts};
use crate::domain::fault::Faults;
use crate::domain::ids::RoundId;
use crate::domain::round::Round;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::screen::Went;
use crate::web::sheet::field::Field;
use crate::web::sheet::form::Fields;

/// Proposes a policy.
pub const PROPOSE: Verb = verb(
    "/policies/propose",
    &power::PROPOSE_POLICY,
    "policy.propose",
    |desk, ctx, _| {
        let versions = policy::versions(desk)?;
        let now = versions.iter().find(|v| v.in_force).or(versions.first());
        let text = now
            .map(|v| policy::stored_text(desk, &v.version))
            .transpose()?;
        let fields = vec![
            Field::code("text", ctx.t("policy.text"))
                .maybe(text)
                .hint(ctx.t("policy.text.hint"))
                .needed(),
            Field::words("reason", ctx.t("reason")).needed(),
        ];
        Ok(under(ctx).asks(fields))
    },
    |desk, _, sent| {
        let text = sent.get("text").replace("\r\n", "\n");
        let draft = policy_drafts::propose(desk, text.as_bytes(), sent.get("reason"))?;
        Went::to(
            path_to("/policies/{}", &[&draft.version]),
            "policy_proposed",
        )
    },
);

/// Releases a proposed policy.
pub const RELEASE: Verb = verb(
    "/policies/{version}/release",
    &power::RELEASE_POLICY,
    "policy.release",
    stand,
    |desk, keys, sent| {
        let draft = policy_drafts::release(desk, keys.get("version"), sent.get("reason"))?;
        Went::to(
            path_to("/policies/{}", &[&draft.version]),
            "policy_released",
        )
    },
);

/// Refuses a proposed policy.
pub const REFUSE: Verb = verb(
    "/policies/{version}/refuse",
    &power::REFUSE_POLICY,
    "policy.refuse",
    stand,
    |desk, keys, sent| {
        policy_drafts::turn_down(desk, keys.get("version"), sent.get("reason"))?;
        Went::to("/policies", "policy_refused")
    },
);

/// Opens a round.
pub const BEGIN: Verb = verb(
    "/rounds/open",
    &BEGIN_ROUND,
    "round.open",
    |desk, ctx, _| {
        let id = Field::line("id", ctx.t("round.key"))
            .hint(ctx.t("round.key.hint"))
            .needed();
        let mut fields = vec![id];
        fields.extend(asked(desk, ctx, None));
        Ok(Stand::under("rounds", "/rounds", ctx.t("nav.rounds")).asks(fields))
    },
    |desk, _, sent| {
        let round = opening::begin(desk, &new(sent.need("id")?, sent)?)?;
        Went::to(path_to("/rounds/{}", &[&round.id]), "round_opened")
    },
);

/// Corrects a round without a guide.
pub const CORRECT: Verb = verb(
    "/rounds/{id}/correct",
    &CORRECT_ROUND,
    "round.correct",
    |desk, ctx, keys| {
        let id: RoundId = keys.read("id")?;
        let seen = view::show(desk, &id)?;
        let stand = Stand::under("rounds", "/rounds", ctx.t("nav.rounds"));
        Ok(stand
            .at(path_to("/rounds/{}", &[&id]), id.to_string())
            .tag(seen.tag.clone())
            .asks(asked(desk, ctx, Some(&seen.round))))
    },
    |desk, keys, sent| {
        let round = opening::correct(desk, &new(keys.read("id")?, sent)?)?;
        Went::to(path_to("/rounds/{}", &[&round.id]), "round_corrected")
    },
);

/// Acts on policies and rounds that begin.
pub const VERBS: &[Verb] = &[PROPOSE, RELEASE, REFUSE, BEGIN, CORRECT];

fn under(ctx: &Ctx) -> Stand {
    Stand::under("policies", "/policies", ctx.t("nav.policies"))
}

fn stand(desk: &Desk, ctx: &Ctx, keys: &Keys) -> Result<Stand, Faults> {
    let version = keys.get("version");
    let (draft, tag) = policy_drafts::one(desk, version)?;
    let stage = draft.stage.name();
    Ok(under(ctx)
        .at(path_to("/policies/{}", &[&version]), version)
        .state(stage, say::word(ctx, "policy_draft", stage))
        .tag(tag)
        .asks(vec![Field::words("reason", ctx.t("reason")).needed()]))
}

/// What a round says of itself.
fn asked(desk: &Desk, ctx: &Ctx, known: Option<&Round>) -> Vec<Field> {
    let soon = today(desk) + Months::new(3);
    let start = known.map_or(soon, |r| r.start);
    vec![
        Field::line("name_zh", ctx.t("round.name_zh"))
            .maybe(known.map(|r| &r.name_zh))
            .needed(),
        Field::line("name_en", ctx.t("round.name_en"))
            .maybe(known.map(|r| &r.name_en))
            .needed(),
        Field::day("start", ctx.t("lease.from"))
            .value(start)
            .needed(),
        Field::number("lease_months", ctx.t("round.months"))
            .value(known.map_or(36, |r| r.lease_months))
            .needed(),
        Field::number("subsidy_year", ctx.t("round.subsidy_year"))
            .value(known.map_or(start.year(), |r| r.subsidy_year))
            .needed(),
        Field::line("seed", ctx.t("round.seed"))
            .maybe(known.map(|r| r.seed))
            .hint(ctx.t("round.seed.hint")),
    ]
}

fn new(id: RoundId, sent: &Fields) -> Result<NewRound, Faults> {
    Ok(NewRound {
        id,
        name_zh: sent.get("name_zh").to_owned(),
        name_en: sent.get("name_en").to_owned(),
        start: sent.need("start")?,
        lease_months: sent.need("lease_months")?,
        subsidy_year: Some(sent.need("subsidy_year")?),
        seed: sent.maybe("seed")?,
    })
}
