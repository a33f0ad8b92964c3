//! Acts on an application, each with a page that says what will happen before it does: handing it on, submitting,
//! withdrawing by the firm; accepting, returning, verifying, rejecting, reopening by the district.
//!
//! Not here: who may and when (`acts::cases`).

use actix_web::{HttpRequest, HttpResponse, web};

use super::case_fields::{clear, flag_fields, notes, reject_fields, said};
use super::{form, of, page, say};
use crate::acts::Desk;
use crate::acts::cases::review;
use crate::acts::cases::view::{self, Seen};
use crate::acts::cases::{draft, submit};
use crate::acts::powers::{Power, cases as power};
use crate::domain::case::{Case, CaseStage};
use crate::domain::fault::Faults;
use crate::domain::ids::ApplicationId;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::refusal;
use crate::web::routes::Route;
use crate::web::screen::Went;
use crate::web::sheet::field::Field;
use crate::web::sheet::form::{Fields, Form, bad};
use crate::web::sheet::{Part, Sheet};

/// An act on a case.
pub struct Verb {
    /// Last part of its path.
    pub name: &'static str,
    /// Its power.
    pub power: &'static Power,
    /// Stages at which it is offered.
    pub stages: &'static [CaseStage],
    /// True when it ends something.
    pub danger: bool,
    fields: fn(&Desk, &Ctx, &Seen) -> Result<Vec<Field>, Faults>,
    act: fn(&Desk, &ApplicationId, &Fields) -> Result<Case, Faults>,
    done: &'static str,
}

const fn verb(
    name: &'static str,
    power: &'static Power,
    stages: &'static [CaseStage],
    act: fn(&Desk, &ApplicationId, &Fields) -> Result<Case, Faults>,
    done: &'static str,
) -> Verb {
    Verb {
        name,
        power,
        stages,
        danger: false,
        fields: |_, _, _| Ok(Vec::new()),
        act,
        done,
    }
}

/// The acts.
const VERBS: &[Verb] = &[
    verb(
        "submit",
        &power::SUBMIT_CASE,
        &[CaseStage::Prepared, CaseStage::Returned],
        |d, id, _| submit::submit(d, id),
        "case_submitted",
    ),
    verb(
        "prepare",
        &power::PREPARE_CASE,
        &[CaseStage::Draft],
        |d, id, _| draft::prepare(d, id),
        "case_prepared",
    ),
    verb(
        "take-back",
        &power::TAKE_BACK_CASE,
        &[CaseStage::Prepared],
        |d, id, _| draft::take_back(d, id),
        "case_taken_back",
    ),
    Verb {
        fields: |_, ctx, _| Ok(notes(ctx)),
        ..verb(
            "accept",
            &power::ACCEPT_CASE,
            &[CaseStage::Submitted],
            |d, id, f| review::accept(d, id, said(f)),
            "case_accepted",
        )
    },
    Verb {
        fields: |_, ctx, _| Ok(notes(ctx)),
        ..verb(
            "verify",
            &power::VERIFY_CASE,
            &[CaseStage::Accepted],
            |d, id, f| review::verify(d, id, said(f)),
            "case_verified",
        )
    },
    Verb {
        fields: |_, ctx, _| Ok(notes(ctx)),
        ..verb(
            "return",
            &power::RETURN_CASE,
            &[CaseStage::Submitted, CaseStage::Accepted],
            |d, id, f| review::send_back(d, id, said(f)),
            "case_returned",
        )
    },
    Verb {
        danger: true,
        fields: reject_fields,
        ..verb(
            "reject",
            &power::REJECT_CASE,
            &[
                CaseStage::Submitted,
                CaseStage::Returned,
                CaseStage::Accepted,
            ],
            |d, id, f| review::reject(d, id, f.get("reason"), said(f)),
            "case_rejected",
        )
    },
    Verb {
        fields: flag_fields,
        ..verb(
            "clear-flag",
            &power::CLEAR_FLAG,
            &[CaseStage::Submitted, CaseStage::Accepted],
            clear,
            "flag_cleared",
        )
    },
    Verb {
        fields: |_, ctx, _| Ok(notes(ctx)),
        ..verb(
            "reopen",
            &power::REOPEN_CASE,
            &[CaseStage::Rejected],
            |d, id, f| review::reopen(d, id, said(f)),
            "case_reopened",
        )
    },
    Verb {
        danger: true,
        fields: |_, ctx, _| Ok(vec![Field::words("reason", ctx.t("reason"))]),
        ..verb(
            "withdraw",
            &power::WITHDRAW_CASE,
            &[
                CaseStage::Draft,
                CaseStage::Prepared,
                CaseStage::Submitted,
                CaseStage::Returned,
                CaseStage::Accepted,
                CaseStage::Verified,
            ],
            |d, id, f| draft::withdraw(d, id, f.get("reason")),
            "case_withdrawn",
        )
    },
];

/// The routes.
pub const ROUTES: &[Route] = &[
    page(
        "/cases/{id}/submit",
        of(&power::SUBMIT_CASE),
        "before submitting",
        |r| r.to(ask),
    ),
    form(
        "/cases/{id}/submit",
        of(&power::SUBMIT_CASE),
        "submit a case",
        |r| r.to(act),
    ),
    page(
        "/cases/{id}/prepare",
        of(&power::PREPARE_CASE),
        "before handing it on",
        |r| r.to(ask),
    ),
    form(
        "/cases/{id}/prepare",
        of(&power::PREPARE_CASE),
        "hand a draft on",
        |r| r.to(act),
    ),
    page(
        "/cases/{id}/take-back",
        of(&power::TAKE_BACK_CASE),
        "before taking it back",
        |r| r.to(ask),
    ),
    form(
        "/cases/{id}/take-back",
        of(&power::TAKE_BACK_CASE),
        "take a case back",
        |r| r.to(act),
    ),
    page(
        "/cases/{id}/accept",
        of(&power::ACCEPT_CASE),
        "before accepting",
        |r| r.to(ask),
    ),
    form(
        "/cases/{id}/accept",
        of(&power::ACCEPT_CASE),
        "accept a case",
        |r| r.to(act),
    ),
    page(
        "/cases/{id}/verify",
        of(&power::VERIFY_CASE),
        "before verifying",
        |r| r.to(ask),
    ),
    form(
        "/cases/{id}/verify",
        of(&power::VERIFY_CASE),
        "verify a case",
        |r| r.to(act),
    ),
    page(
        "/cases/{id}/return",
        of(&power::RETURN_CASE),
        "before returning it",
        |r| r.to(ask),
    ),
    form(
        "/cases/{id}/return",
        of(&power::RETURN_CASE),
        "return a case",
        |r| r.to(act),
    ),
    page(
        "/cases/{id}/reject",
        of(&power::REJECT_CASE),
        "before rejecting",
        |r| r.to(ask),
    ),
    form(
        "/cases/{id}/reject",
        of(&power::REJECT_CASE),
        "reject a case",
        |r| r.to(act),
    ),
    page(
        "/cases/{id}/clear-flag",
        of(&power::CLEAR_FLAG),
        "before clearing a flag",
        |r| r.to(ask),
    ),
    form(
        "/cases/{id}/clear-flag",
        of(&power::CLEAR_FLAG),
        "clear a flag",
        |r| r.to(act),
    ),
    page(
        "/cases/{id}/reopen",
        of(&power::REOPEN_CASE),
        "before reopening",
        |r| r.to(ask),
    ),
    form(
        "/cases/{id}/reopen",
        of(&power::REOPEN_CASE),
        "reopen a case",
        |r| r.to(act),
    ),
    page(
        "/cases/{id}/withdraw",
        of(&power::WITHDRAW_CASE),
        "before withdrawing",
        |r| r.to(ask),
    ),
    form(
        "/cases/{id}/withdraw",
        of(&power::WITHDRAW_CASE),
        "withdraw a case",
        |r| r.to(act),
    ),
];

/// The acts that the reader's role may do at the stage of a case. What person and time forbid besides, the act
/// says.
pub fn open_verbs(ctx: &Ctx, case: &Case) -> Vec<&'static Verb> {
    let staff = ctx.viewer().is_some_and(|a| a.role.is_district());
    let open = |v: &&Verb| {
        let own = !matches!(v.name, "submit" | "prepare" | "take-back" | "withdraw");
        v.stages.contains(&case.stage)
            && ctx.can(v.power)
            && (!staff || own || case.by_officer)
            && (v.name != "clear-flag" || !case.open_flags().is_empty())
    };
    VERBS.iter().filter(open).collect()
}

/// The act that the last part of the path names.
fn named(request: &HttpRequest) -> Option<&'static Verb> {
    let pattern = request.match_pattern()?;
    let name = pattern.rsplit('/').next()?;
    VERBS.iter().find(|v| v.name == name)
}

async fn ask(
    ctx: Ctx,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<ApplicationId>,
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

fn sheet(desk: &Desk, ctx: &Ctx, id: &ApplicationId, verb: &Verb) -> Result<Sheet, Faults> {
    let seen = view::show(desk, id)?;
    let path = path_to("/cases/{}", &[&id]);
    let words = ctx.t(&format!("verb.{}", verb.name)).to_owned();
    let mut form = Form::new(
        verb.name,
        ctx.plain(&format!("{path}/{}", verb.name)),
        &words,
    )
    .says(ctx.t(&format!("verb.{}.means", verb.name)))
    .hidden("tag", &seen.tag)
    .cancel(ctx.plain(&path));
    let fields = (verb.fields)(desk, ctx, &seen)?;
    if !fields.is_empty() {
        form = form.group("", "", fields);
    }
    form.danger = verb.danger;
    let case = &seen.case;
    let sheet = Sheet::new("cases", words)
        .under(ctx.plain("/cases"), ctx.t("nav.cases"))
        .under(ctx.plain(&path), say::applicant(ctx, &seen))
        .state(case.stage.name(), say::word(ctx, "case", case.stage.name()))
        .with("act", "", Part::Form(form));
    Ok(sheet.with(
        "asks",
        ctx.t("app.asks"),
        Part::Pairs(super::case_parts::asks(desk, ctx, &case.draft)?),
    ))
}

async fn act(
    ctx: Ctx,
    caller: Caller,
    request: HttpRequest,
    id: web::Path<ApplicationId>,
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
            move |desk, sent| {
                if sent.get("of") != verb.name {
                    return Err(bad("of").into());
                }
                (verb.act)(desk, &id, sent)?;
                Went::to(path_to("/cases/{}", &[&id]), verb.done)
            },
            move |desk, ctx| sheet(desk, ctx, &his, verb),
        )
        .await
}
