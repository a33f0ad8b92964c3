//! Acts on a round, each with a page that says what will happen before it does. Which are open to whom the acts
//! themselves say (`acts::rounds::moves`).
//!
//! Not here: where a round stands (`rounds`).

use actix_web::{HttpRequest, HttpResponse, web};

use super::notices::name;
use super::round_fields::{
    approve_fields, choose_fields, gone, guide_fields, none, number, plan_fields, publish_guide,
    request_plan, why,
};
use super::{form, of, page, say};
use crate::acts::Desk;
use crate::acts::powers::{Power, rounds as power, tasks as task_power};
use crate::acts::rounds::view::{self, Seen};
use crate::acts::rounds::{choice, closing, confirm, freezing, publicity, succession};
use crate::domain::fault::Faults;
use crate::domain::ids::RoundId;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::refusal;
use crate::web::routes::Route;
use crate::web::screen::Went;
use crate::web::sheet::field::Field;
use crate::web::sheet::form::{Fields, Form};
use crate::web::sheet::{Part, Sheet};

/// An act on a round.
struct Verb {
    name: &'static str,
    danger: bool,
    fields: fn(&Desk, &Ctx, &Seen) -> Result<Vec<Field>, Faults>,
    act: fn(&Desk, &RoundId, &Fields) -> Result<Went, Faults>,
}

const VERBS: &[Verb] = &[
    Verb {
        name: "guide",
        danger: false,
        fields: guide_fields,
        act: publish_guide,
    },
    Verb {
        name: "freeze",
        danger: false,
        fields: none,
        act: |d, id, _| gone(freezing::freeze(d, id), id, "round_frozen"),
    },
    Verb {
        name: "plan",
        danger: false,
        fields: plan_fields,
        act: request_plan,
    },
    Verb {
        name: "choose",
        danger: false,
        fields: choose_fields,
        act: |d, id, f| {
            gone(
                choice::choose(d, id, f.get("plan"), f.get("reason")),
                id,
                "round_chosen",
            )
        },
    },
    Verb {
        name: "approve",
        danger: false,
        fields: approve_fields,
        act: |d, id, f| {
            gone(
                choice::approve(d, id, f.get("plan"), f.get("reason")),
                id,
                "round_approved",
            )
        },
    },
    Verb {
        name: "send-back",
        danger: true,
        fields: why,
        act: |d, id, f| {
            gone(
                choice::send_back(d, id, f.get("reason")),
                id,
                "round_sent_back",
            )
        },
    },
    Verb {
        name: "reopen",
        danger: true,
        fields: why,
        act: |d, id, f| gone(choice::reopen(d, id, f.get("reason")), id, "round_reopened"),
    },
    Verb {
        name: "publicise",
        danger: false,
        fields: number,
        act: |d, id, f| {
            gone(
                publicity::publicise(d, id, f.get("number")),
                id,
                "round_publicised",
            )
        },
    },
    Verb {
        name: "confirm",
        danger: false,
        fields: why,
        act: |d, id, f| {
            gone(
                confirm::confirm(d, id, f.get("reason")),
                id,
                "round_confirmed",
            )
        },
    },
    Verb {
        name: "next",
        danger: false,
        fields: none,
        act: |d, id, _| gone(succession::offer_next(d, id), id, "round_next"),
    },
    Verb {
        name: "close",
        danger: true,
        fields: why,
        act: |d, id, f| gone(closing::close(d, id, f.get("reason")), id, "round_closed"),
    },
];

/// The routes.
pub const ROUTES: &[Route] = &[
    page(
        "/rounds/{id}/guide",
        of(&power::PUBLISH_GUIDE),
        "before publishing the guide",
        |r| r.to(ask),
    ),
    form(
        "/rounds/{id}/guide",
        of(&power::PUBLISH_GUIDE),
        "publish the guide",
        |r| r.to(act),
    ),
    page(
        "/rounds/{id}/freeze",
        of(&power::FREEZE_ROUND),
        "before freezing",
        |r| r.to(ask),
    ),
    form(
        "/rounds/{id}/freeze",
        of(&power::FREEZE_ROUND),
        "freeze the facts",
        |r| r.to(act),
    ),
    page(
        "/rounds/{id}/plan",
        of(&task_power::REQUEST_PLAN),
        "before asking for a plan",
        |r| r.to(ask),
    ),
    form(
        "/rounds/{id}/plan",
        of(&task_power::REQUEST_PLAN),
        "ask for a plan",
        |r| r.to(act),
    ),
    page(
        "/rounds/{id}/choose",
        of(&power::CHOOSE_PLAN),
        "before choosing a plan",
        |r| r.to(ask),
    ),
    form(
        "/rounds/{id}/choose",
        of(&power::CHOOSE_PLAN),
        "choose a plan",
        |r| r.to(act),
    ),
    page(
        "/rounds/{id}/approve",
        of(&power::APPROVE_PLAN),
        "before approving",
        |r| r.to(ask),
    ),
    form(
        "/rounds/{id}/approve",
        of(&power::APPROVE_PLAN),
        "approve the chosen plan",
        |r| r.to(act),
    ),
    page(
        "/rounds/{id}/send-back",
        of(&power::SEND_BACK_PLAN),
        "before sending back",
        |r| r.to(ask),
    ),
    form(
        "/rounds/{id}/send-back",
        of(&power::SEND_BACK_PLAN),
        "send the chosen plan back",
        |r| r.to(act),
    ),
    page(
        "/rounds/{id}/reopen",
        of(&power::REOPEN_ROUND),
        "before reopening",
        |r| r.to(ask),
    ),
    form(
        "/rounds/{id}/reopen",
        of(&power::REOPEN_ROUND),
        "take the approval back",
        |r| r.to(act),
    ),
    page(
        "/rounds/{id}/publicise",
        of(&power::PUBLICISE_PLAN),
        "before publicising",
        |r| r.to(ask),
    ),
    form(
        "/rounds/{id}/publicise",
        of(&power::PUBLICISE_PLAN),
        "begin the publicity period",
        |r| r.to(act),
    ),
    page(
        "/rounds/{id}/confirm",
        of(&power::CONFIRM_ROUND),
        "before confirming",
        |r| r.to(ask),
    ),
    form(
        "/rounds/{id}/confirm",
        of(&power::CONFIRM_ROUND),
        "confirm the round",
        |r| r.to(act),
    ),
    page(
        "/rounds/{id}/next",
        of(&power::SUCCEED),
        "before offering to the next",
        |r| r.to(ask),
    ),
    form(
        "/rounds/{id}/next",
        of(&power::SUCCEED),
        "offer to the next in line",
        |r| r.to(act),
    ),
    page(
        "/rounds/{id}/close",
        of(&power::CLOSE_ROUND),
        "before closing",
        |r| r.to(ask),
    ),
    form(
        "/rounds/{id}/close",
        of(&power::CLOSE_ROUND),
        "close a round",
        |r| r.to(act),
    ),
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

fn named(request: &HttpRequest) -> Option<&'static Verb> {
    let pattern = request.match_pattern()?;
    let name = pattern.rsplit('/').next()?;
    VERBS.iter().find(|v| v.name == name)
}

async fn ask(
    ctx: Ctx,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<RoundId>,
) -> HttpResponse {
    match named(&request) {
        Some(verb) => {
            caller
                .see(ctx, move |desk, ctx| sheet(desk, ctx, &id, verb))
                .await
        }
        None => refusal::unlisted(request).await,
    }
}

fn sheet(desk: &Desk, ctx: &Ctx, id: &RoundId, verb: &Verb) -> Result<Sheet, Faults> {
    let seen = view::show(desk, id)?;
    let path = path_to("/rounds/{}", &[&id]);
    let words = ctx.t(&format!("round.{}", verb.name)).to_owned();
    let mut form = Form::new(
        verb.name,
        ctx.plain(&format!("{path}/{}", verb.name)),
        &words,
    )
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
    let mut sheet = Sheet::new("rounds", words);
    if verb.name == "publicise" {
        let preview = ctx.plain(&format!("{path}/preview"));
        sheet = sheet.button(preview, ctx.t("notice.preview"), "");
    }
    Ok(sheet
        .under(ctx.plain("/rounds"), ctx.t("nav.rounds"))
        .under(ctx.plain(&path), name(ctx, &seen))
        .state(step, say::word(ctx, "step", step))
        .with("act", "", Part::Form(form)))
}

async fn act(
    ctx: Ctx,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<RoundId>,
    sent: Fields,
) -> HttpResponse {
    let Some(verb) = named(&request) else {
        return refusal::unlisted(request).await;
    };
    let his = id.clone();
    caller
        .does(
            ctx,
            sent,
            move |desk, sent| (verb.act)(desk, &id, sent),
            move |desk, ctx| sheet(desk, ctx, &his, verb),
        )
        .await
}
