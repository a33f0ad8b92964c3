//! Acts on a round, each with a page that says what will happen before it does. Which are open to whom the acts
//! themselves say (`acts::rounds::moves`).
//!
//! Not here: where a round stands (`rounds`).

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, FixedOffset, NaiveDateTime, TimeDelta, Utc};

use super::notices::name;
use super::{form, of, page, say};
use crate::acts::powers::{Power, rounds as power, tasks as task_power};
use crate::acts::rounds::guide::{self, NewGuide};
use crate::acts::rounds::view::{self, Seen};
use crate::acts::rounds::{choice, closing, confirm, freezing, publicity, succession};
use crate::acts::tasks::{self, Request};
use crate::acts::{Desk, lookup};
use crate::domain::fault::{Fault, Faults};
use crate::domain::ids::RoundId;
use crate::domain::task::Work;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::refusal;
use crate::web::routes::Route;
use crate::web::screen::Went;
use crate::web::sheet::field::Field;
use crate::web::sheet::form::{Fields, Form, bad};
use crate::web::sheet::{Part, Sheet};

/// An act on a round.
struct Verb {
    name: &'static str,
    danger: bool,
    fields: fn(&Desk, &Ctx, &Seen) -> Result<Vec<Field>, Faults>,
    act: fn(&Desk, &RoundId, &Fields) -> Result<Went, Faults>,
}

const VERBS: &[Verb] = &[
    Verb { name: "guide", danger: false, fields: guide_fields, act: publish_guide },
    Verb { name: "freeze", danger: false, fields: none, act: |d, id, _| gone(freezing::freeze(d, id), id, "round_frozen") },
    Verb { name: "plan", danger: false, fields: plan_fields, act: request_plan },
    Verb { name: "choose", danger: false, fields: choose_fields, act: |d, id, f| gone(choice::choose(d, id, f.get("plan"), f.get("reason")), id, "round_chosen") },
    Verb { name: "approve", danger: false, fields: approve_fields, act: |d, id, f| gone(choice::approve(d, id, f.get("plan"), f.get("reason")), id, "round_approved") },
    Verb { name: "send-back", danger: true, fields: why, act: |d, id, f| gone(choice::send_back(d, id, f.get("reason")), id, "round_sent_back") },
    Verb { name: "reopen", danger: true, fields: why, act: |d, id, f| gone(choice::reopen(d, id, f.get("reason")), id, "round_reopened") },
    Verb { name: "publicise", danger: false, fields: number, act: |d, id, f| gone(publicity::publicise(d, id, f.get("number")), id, "round_publicised") },
    Verb { name: "confirm", danger: false, fields: why, act: |d, id, f| gone(confirm::confirm(d, id, f.get("reason")), id, "round_confirmed") },
    Verb { name: "next", danger: false, fields: none, act: |d, id, _| gone(succession::offer_next(d, id), id, "round_next") },
    Verb { name: "close", danger: true, fields: why, act: |d, id, f| gone(closing::close(d, id, f.get("reason")), id, "round_closed") },
];

/// The routes.
pub const ROUTES: &[Route] = &[
    page("/rounds/{id}/guide", of(&power::PUBLISH_GUIDE), "before publishing the guide", |r| r.to(ask)),
    form("/rounds/{id}/guide", of(&power::PUBLISH_GUIDE), "publish the guide", |r| r.to(act)),
    page("/rounds/{id}/freeze", of(&power::FREEZE_ROUND), "before freezing", |r| r.to(ask)),
    form("/rounds/{id}/freeze", of(&power::FREEZE_ROUND), "freeze the facts", |r| r.to(act)),
    page("/rounds/{id}/plan", of(&task_power::REQUEST_PLAN), "before asking for a plan", |r| r.to(ask)),
    form("/rounds/{id}/plan", of(&task_power::REQUEST_PLAN), "ask for a plan", |r| r.to(act)),
    page("/rounds/{id}/choose", of(&power::CHOOSE_PLAN), "before choosing a plan", |r| r.to(ask)),
    form("/rounds/{id}/choose", of(&power::CHOOSE_PLAN), "choose a plan", |r| r.to(act)),
    page("/rounds/{id}/approve", of(&power::APPROVE_PLAN), "before approving", |r| r.to(ask)),
    form("/rounds/{id}/approve", of(&power::APPROVE_PLAN), "approve the chosen plan", |r| r.to(act)),
    page("/rounds/{id}/send-back", of(&power::SEND_BACK_PLAN), "before sending back", |r| r.to(ask)),
    form("/rounds/{id}/send-back", of(&power::SEND_BACK_PLAN), "send the chosen plan back", |r| r.to(act)),
    page("/rounds/{id}/reopen", of(&power::REOPEN_ROUND), "before reopening", |r| r.to(ask)),
    form("/rounds/{id}/reopen", of(&power::REOPEN_ROUND), "take the approval back", |r| r.to(act)),
    page("/rounds/{id}/publicise", of(&power::PUBLICISE_PLAN), "before publicising", |r| r.to(ask)),
    form("/rounds/{id}/publicise", of(&power::PUBLICISE_PLAN), "begin the publicity period", |r| r.to(act)),
    page("/rounds/{id}/confirm", of(&power::CONFIRM_ROUND), "before confirming", |r| r.to(ask)),
    form("/rounds/{id}/confirm", of(&power::CONFIRM_ROUND), "confirm the round", |r| r.to(act)),
    page("/rounds/{id}/next", of(&power::SUCCEED), "before offering to the next", |r| r.to(ask)),
    form("/rounds/{id}/next", of(&power::SUCCEED), "offer to the next in line", |r| r.to(act)),
    page("/rounds/{id}/close", of(&power::CLOSE_ROUND), "before closing", |r| r.to(ask)),
    form("/rounds/{id}/close", of(&power::CLOSE_ROUND), "close a round", |r| r.to(act)),
];

/// True when pages know the act of a move.
pub fn knows(verb: &str) -> bool {
    VERBS.iter().any(|v| v.name == verb)
}

/// True when the reader may ask for a plan of a round.
pub fn may_plan(ctx: &Ctx) -> bool {
    let power: &Power = &task_power::REQUEST_PLAN;
    ctx.can(power)
}

fn gone<T>(done: Result<T, Faults>, id: &RoundId, words: &'static str) -> Result<Went, Faults> {
    done?;
    Went::to(format!("/rounds/{id}"), words)
}

fn none(_: &Desk, _: &Ctx, _: &Seen) -> Result<Vec<Field>, Faults> {
    Ok(Vec::new())
}

fn why(_: &Desk, ctx: &Ctx, _: &Seen) -> Result<Vec<Field>, Faults> {
    Ok(vec![Field::words("reason", ctx.t("reason")).needed()])
}

fn number(_: &Desk, ctx: &Ctx, _: &Seen) -> Result<Vec<Field>, Faults> {
    Ok(vec![Field::line("number", ctx.t("notice.number")).hint(ctx.t("notice.number.hint")).needed()])
}

/// Beijing time.
fn beijing() -> Option<FixedOffset> {
    FixedOffset::east_opt(8 * 3600)
}

/// A moment as an input of HTML has it.
fn local(at: DateTime<Utc>) -> String {
    beijing().map_or_else(String::new, |zone| at.with_timezone(&zone).format("%Y-%m-%dT%H:%M").to_string())
}

/// A moment in Beijing time; WB140.
fn moment(sent: &Fields, field: &str) -> Result<DateTime<Utc>, Fault> {
    let text = sent.get(field);
    let read = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M")
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S"));
    let read = read.map_err(|_| bad(field))?;
    let zone = beijing().ok_or_else(|| bad(field))?;
    let at = read.and_local_timezone(zone).single().ok_or_else(|| bad(field))?;
    Ok(at.with_timezone(&Utc))
}

/// Days of a window unless told otherwise.
const WINDOW: i64 = 14;

fn guide_fields(desk: &Desk, ctx: &Ctx, seen: &Seen) -> Result<Vec<Field>, Faults> {
    let known = seen.procedure.guide.as_ref();
    let policies = lookup::policies(desk)?.into_iter().map(|v| (v.clone(), v)).collect();
    let opens = known.map_or(desk.now(), |g| g.opens_at);
    let closes = known.map_or(desk.now() + TimeDelta::days(WINDOW), |g| g.closes_at);
    Ok(vec![
        Field::line("number", ctx.t("notice.number")).maybe(known.map(|g| &g.number)).hint(ctx.t("notice.number.hint")).needed(),
        Field::one("policy", ctx.t("policy"), policies).maybe(known.map(|g| &g.policy)).needed(),
        Field::moment("opens_at", ctx.t("guide.opens")).value(local(opens)).needed(),
        Field::moment("closes_at", ctx.t("guide.closes")).value(local(closes)).needed(),
        Field::words("text", ctx.t("guide.text")).maybe(known.map(|g| &g.text)).needed(),
    ])
}

fn publish_guide(desk: &Desk, id: &RoundId, sent: &Fields) -> Result<Went, Faults> {
    let new = NewGuide {
        number: sent.get("number").to_owned(),
        text: sent.get("text").to_owned(),
        opens_at: moment(sent, "opens_at")?,
        closes_at: moment(sent, "closes_at")?,
        policy: sent.get("policy").to_owned(),
    };
    gone(guide::publish(desk, id, &new), id, "round_guided")
}

fn plan_fields(_: &Desk, ctx: &Ctx, _: &Seen) -> Result<Vec<Field>, Faults> {
    Ok(vec![
        Field::number("work", ctx.t("task.work")).value(60).hint(ctx.t("task.work.hint")).needed(),
        Field::words("reason", ctx.t("reason")),
    ])
}

fn request_plan(desk: &Desk, id: &RoundId, sent: &Fields) -> Result<Went, Faults> {
    let asked = Request {
        work: Work::PlanRound { round: id.clone(), scenario: None, work: sent.need("work")? },
        priority: 0,
        reason: sent.get("reason").to_owned(),
    };
    let task = tasks::request(desk, &asked)?;
    Went::to(format!("/tasks/{}", task.id), "plan_requested")
}

fn choose_fields(desk: &Desk, ctx: &Ctx, seen: &Seen) -> Result<Vec<Field>, Faults> {
    let plans = lookup::plans(desk, &seen.round.id)?;
    let fit = plans.iter().filter(|p| p.in_force || p.adopted);
    let choice = |p: &lookup::PlanHead| {
        let gap = p.gap.map_or_else(String::new, |g| format!(" · {} {}", ctx.t("gap"), ctx.gap(&g)));
        let points = ctx.points(&crate::domain::points::Points(p.value));
        let of = p.scenario.clone().unwrap_or_default();
        (p.digest.clone(), format!("{} · {} {} · {} {points}{gap} {of}", ctx.short(&p.digest), ctx.t("fig.placed"), p.placed, ctx.t("value")))
    };
    Ok(vec![
        Field::one("plan", ctx.t("term.plan"), fit.map(choice).collect()).wide().needed(),
        Field::words("reason", ctx.t("reason")).needed(),
    ])
}

fn approve_fields(_: &Desk, ctx: &Ctx, seen: &Seen) -> Result<Vec<Field>, Faults> {
    let plan = seen.procedure.choice.as_ref().map(|c| c.plan.clone()).unwrap_or_default();
    Ok(vec![
        Field::one("plan", ctx.t("term.plan"), vec![(plan.clone(), ctx.short(&plan))]).needed(),
        Field::words("reason", ctx.t("reason")).needed(),
    ])
}

fn named(request: &HttpRequest) -> Option<&'static Verb> {
    let pattern = request.match_pattern()?;
    let name = pattern.rsplit('/').next()?;
    VERBS.iter().find(|v| v.name == name)
}

async fn ask(ctx: Ctx, caller: Caller, request: HttpRequest, id: web::Path<RoundId>) -> HttpResponse {
    match named(&request) {
        Some(verb) => caller.see(ctx, move |desk, ctx| sheet(desk, ctx, &id, verb)).await,
        None => refusal::unlisted(request).await,
    }
}

fn sheet(desk: &Desk, ctx: &Ctx, id: &RoundId, verb: &Verb) -> Result<Sheet, Faults> {
    let seen = view::show(desk, id)?;
    let path = format!("/rounds/{id}");
    let words = ctx.t(&format!("round.{}", verb.name)).to_owned();
    let mut form = Form::new(verb.name, ctx.plain(&format!("{path}/{}", verb.name)), &words)
        .says(ctx.t(&format!("round.{}.means", verb.name)))
        .cancel(ctx.plain(&path));
    // A plan is asked for beside the procedure: nothing of it may have changed meanwhile.
    if verb.name != "plan" && verb.name != "next" {
        form = form.hidden("tag", &seen.tag);
    }
    let fields = (verb.fields)(desk, ctx, &seen)?;
    if !fields.is_empty() {
        form = form.group("", "", fields);
    }
    form.danger = verb.danger;
    let step = seen.procedure.step.name();
    Ok(Sheet::new("rounds", words)
        .under(ctx.plain("/rounds"), ctx.t("nav.rounds"))
        .under(ctx.plain(&path), name(ctx, &seen))
        .state(step, say::word(ctx, "step", step))
        .with("act", "", Part::Form(form)))
}

async fn act(ctx: Ctx, caller: Caller, request: HttpRequest, id: web::Path<RoundId>, sent: Fields) -> HttpResponse {
    let Some(verb) = named(&request) else {
        return refusal::unlisted(request).await;
    };
    let his = id.clone();
    caller
        .does(ctx, sent, move |desk, sent| (verb.act)(desk, &id, sent), move |desk, ctx| sheet(desk, ctx, &his, verb))
        .await
}
