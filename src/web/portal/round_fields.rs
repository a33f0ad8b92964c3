//! What the forms of acts on a round ask, and the acts that need more than a reason.
//!
//! Not here: the pages (`round_acts`).

use chrono::{DateTime, FixedOffset, NaiveDateTime, TimeDelta, Utc};

use crate::acts::rounds::guide::{self, NewGuide};
use crate::acts::rounds::view::Seen;
use crate::acts::tasks::{self, Request};
use crate::acts::{Desk, lookup};
use crate::domain::fault::{Fault, Faults};
use crate::domain::ids::RoundId;
use crate::domain::task::Work;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::screen::Went;
use crate::web::sheet::field::Field;
use crate::web::sheet::form::{Fields, bad};

/// Back to the round, when it is done.
pub fn gone<T>(done: Result<T, Faults>, id: &RoundId, words: &'static str) -> Result<Went, Faults> {
    done?;
    Went::to(path_to("/rounds/{}", &[&id]), words)
}

/// Nothing is asked.
pub fn none(_: &Desk, _: &Ctx, _: &Seen) -> Result<Vec<Field>, Faults> {
    Ok(Vec::new())
}

/// A reason.
pub fn why(_: &Desk, ctx: &Ctx, _: &Seen) -> Result<Vec<Field>, Faults> {
    Ok(vec![Field::words("reason", ctx.t("reason")).needed()])
}

/// A document number.
pub fn number(_: &Desk, ctx: &Ctx, _: &Seen) -> Result<Vec<Field>, Faults> {
    Ok(vec![
        Field::line("number", ctx.t("notice.number"))
            .hint(ctx.t("notice.number.hint"))
            .needed(),
    ])
}

/// Beijing time.
fn beijing() -> Option<FixedOffset> {
    FixedOffset::east_opt(8 * 3600)
}

/// A moment as an input of HTML has it.
fn local(at: DateTime<Utc>) -> String {
    beijing().map_or_else(String::new, |zone| {
        at.with_timezone(&zone).format("%Y-%m-%dT%H:%M").to_string()
    })
}

/// A moment in Beijing time; WB140.
fn moment(sent: &Fields, field: &str) -> Result<DateTime<Utc>, Fault> {
    let text = sent.get(field);
    let read = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M")
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S"));
    let read = read.map_err(|_| bad(field))?;
    let zone = beijing().ok_or_else(|| bad(field))?;
    let at = read
        .and_local_timezone(zone)
        .single()
        .ok_or_else(|| bad(field))?;
    Ok(at.with_timezone(&Utc))
}

/// Days of a window unless told otherwise.
const WINDOW: i64 = 14;

/// Number, policy, window, text.
pub fn guide_fields(desk: &Desk, ctx: &Ctx, seen: &Seen) -> Result<Vec<Field>, Faults> {
    let known = seen.procedure.guide.as_ref();
    let policies = lookup::policies(desk)?
        .into_iter()
        .map(|v| (v.clone(), v))
        .collect();
    let opens = known.map_or(desk.now(), |g| g.opens_at);
    let closes = known.map_or(desk.now() + TimeDelta::days(WINDOW), |g| g.closes_at);
    Ok(vec![
        Field::line("number", ctx.t("notice.number"))
            .maybe(known.map(|g| &g.number))
            .hint(ctx.t("notice.number.hint"))
            .needed(),
        Field::one("policy", ctx.t("policy"), policies)
            .maybe(known.map(|g| &g.policy))
            .needed(),
        Field::moment("opens_at", ctx.t("guide.opens"))
            .value(local(opens))
            .needed(),
        Field::moment("closes_at", ctx.t("guide.closes"))
            .value(local(closes))
            .needed(),
        Field::line("short_window", ctx.t("guide.short"))
            .maybe(known.map(|g| &g.short_window))
            .hint(ctx.t("guide.short.hint")),
        Field::words("text", ctx.t("guide.text"))
            .maybe(known.map(|g| &g.text))
            .needed(),
    ])
}

/// Publishes the guide that was sent.
pub fn publish_guide(desk: &Desk, id: &RoundId, sent: &Fields) -> Result<Went, Faults> {
    let new = NewGuide {
        number: sent.get("number").to_owned(),
        text: sent.get("text").to_owned(),
        opens_at: moment(sent, "opens_at")?,
        closes_at: moment(sent, "closes_at")?,
        policy: sent.get("policy").to_owned(),
        short_window: sent.get("short_window").to_owned(),
    };
    gone(guide::publish(desk, id, &new), id, "round_guided")
}

/// How much work, and why.
pub fn plan_fields(_: &Desk, ctx: &Ctx, _: &Seen) -> Result<Vec<Field>, Faults> {
    Ok(vec![
        Field::number("work", ctx.t("task.work"))
            .value(60)
            .hint(ctx.t("task.work.hint"))
            .needed(),
        Field::words("reason", ctx.t("reason")),
    ])
}

/// Asks for the plan; the page of its run follows.
pub fn request_plan(desk: &Desk, id: &RoundId, sent: &Fields) -> Result<Went, Faults> {
    let asked = Request {
        work: Work::PlanRound {
            round: id.clone(),
            scenario: None,
            work: sent.need("work")?,
        },
        priority: 0,
        reason: sent.get("reason").to_owned(),
    };
    let task = tasks::request(desk, &asked)?;
    Went::to(path_to("/tasks/{}", &[&task.id]), "plan_requested")
}

/// Which plan, and why.
pub fn choose_fields(desk: &Desk, ctx: &Ctx, seen: &Seen) -> Result<Vec<Field>, Faults> {
    let plans = lookup::plans(desk, &seen.round.id)?;
    let fit = plans.iter().filter(|p| p.in_force || p.adopted);
    let choice = |p: &lookup::PlanHead| {
        let gap = p.gap.map_or_else(String::new, |g| {
            format!(" · {} {}", ctx.t("gap"), ctx.gap(&g))
        });
        let points = ctx.points(&crate::domain::points::Points(p.value));
        let of = p.scenario.clone().unwrap_or_default();
        (
            p.digest.clone(),
            format!(
                "{} · {} {} · {} {points}{gap} {of}",
                ctx.short(&p.digest),
                ctx.t("fig.placed"),
                p.placed,
                ctx.t("value")
            ),
        )
    };
    Ok(vec![
        Field::one("plan", ctx.t("term.plan"), fit.map(choice).collect())
            .wide()
            .needed(),
        Field::words("reason", ctx.t("reason")).needed(),
    ])
}

/// The chosen plan, and why.
pub fn approve_fields(_: &Desk, ctx: &Ctx, seen: &Seen) -> Result<Vec<Field>, Faults> {
    let plan = seen
        .procedure
        .choice
        .as_ref()
        .map(|c| c.plan.clone())
        .unwrap_or_default();
    Ok(vec![
        Field::one(
            "plan",
            ctx.t("term.plan"),
            vec![(plan.clone(), ctx.short(&plan))],
        )
        .needed(),
        Field::words("reason", ctx.t("reason")).needed(),
    ])
}
