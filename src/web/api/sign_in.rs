//! Signing in step by step, signing out, and the first administrators. Secrets are in bodies and
//! cookies only, never in addresses.
//!
//! Not here: what each step asks (`acts::people`).

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::acts::Desk;
use crate::acts::people::sign_in::{Origin, Progress};
use crate::acts::people::{Tools, sessions, setup, sign_in, steps};
use crate::acts::powers::people as powers;
use crate::domain::fault::Faults;
use crate::domain::session::Step;
use crate::web::caller::Caller;
use crate::web::cookie;
use crate::web::doc::Doc;
use crate::web::refusal::stopped;
use crate::web::reply::problem;
use crate::web::routes::{Route, Who};

/// Login and password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    login: String,
    password: String,
}

/// The answer to a step.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NextStep {
    /// The ticket of the step before.
    ticket: String,
    /// The code of the second factor, the code to enrol one, or the new password.
    answer: String,
}

/// The first administrator of a role.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetUp {
    /// The one-time code that `zhuchao admin` printed.
    code: String,
    login: String,
    name: String,
    password: String,
}

/// Where a sign-in stands.
#[derive(Serialize, ToSchema)]
pub struct Standing {
    /// `enrol`, `second_factor`, `password` or `done`.
    step: String,
    /// For the next step; it waits ten minutes.
    ticket: Option<String>,
    /// Key of the account, when done.
    account: Option<String>,
    /// Header `x-csrf` for browsers that send neither Sec-Fetch-Site nor Origin.
    csrf: Option<String>,
    /// The new second factor: its secret as text, and as an address for an app.
    otp_secret: Option<String>,
    otp_address: Option<String>,
    /// True when a second factor would be asked for outside of this demonstration.
    demo: bool,
}

const TAG: &str = "people";

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::post(
        "/api/v1/sign-in",
        Who::Public,
        "sign in, first step: login and password",
        Doc::gives::<Standing>(TAG).takes::<SignIn>().door(),
        |r| r.to(begin),
    ),
    Route::post(
        "/api/v1/sign-in/enrol",
        Who::Public,
        "sign in: begin to enrol a second factor with the code of the security administrator",
        Doc::gives::<Standing>(TAG).takes::<NextStep>().door(),
        |r| r.to(enrol),
    ),
    Route::post(
        "/api/v1/sign-in/second-factor",
        Who::Public,
        "sign in: the code of the second factor",
        Doc::gives::<Standing>(TAG).takes::<NextStep>().door(),
        |r| r.to(second),
    ),
    Route::post(
        "/api/v1/sign-in/password",
        Who::Public,
        "sign in: a new password instead of an initial or expired one",
        Doc::gives::<Standing>(TAG).takes::<NextStep>().door(),
        |r| r.to(password),
    ),
    Route::post(
        "/api/v1/setup",
        Who::Public,
        "set up the first administrator of a role with a one-time code",
        Doc::gives::<Standing>(TAG).takes::<SetUp>().door(),
        |r| r.to(set_up),
    ),
    Route::post(
        "/api/v1/sign-out",
        Who::Power(&powers::SIGN_OUT),
        "end this session",
        Doc::file(TAG, "application/json").status(204),
        |r| r.to(out),
    ),
];

type Work = Result<Progress, Faults>;

/// Runs a step off the event loop, and begins the session when it was the last.
async fn step(
    caller: Caller,
    request: HttpRequest,
    work: impl FnOnce(&Desk, &Tools, &Origin) -> Work + Send + 'static,
) -> HttpResponse {
    if let Err(fault) = caller.peer().private() {
        return problem(&fault.into());
    }
    let Some(tools) = caller.tools() else {
        return problem(&stopped().into());
    };
    let (desk, origin) = (caller.desk().clone(), origin(&request, &caller));
    let span = tracing::Span::current();
    let done = web::block(move || {
        let tools: Arc<Tools> = tools;
        span.in_scope(|| work(&desk, &tools, &origin))
    })
    .await;
    match done.unwrap_or_else(|_| Err(stopped().into())) {
        Ok(progress) => stand(&request, progress),
        Err(faults) => problem(&faults),
    }
}

fn origin(request: &HttpRequest, caller: &Caller) -> Origin {
    let browser = request.headers().get("user-agent");
    Origin {
        ip: caller.ip().to_string(),
        browser: browser
            .and_then(|v| v.to_str().ok())
            .unwrap_or_default()
            .to_owned(),
        held: cookie::held(request),
    }
}

fn stand(request: &HttpRequest, progress: Progress) -> HttpResponse {
    let (otp_secret, otp_address) = progress.otp.unzip();
    let standing = Standing {
        step: match progress.step {
            Step::Enrol => "enrol",
            Step::SecondFactor => "second_factor",
            Step::Password => "password",
            Step::Done => "done",
        }
        .to_owned(),
        ticket: progress.ticket,
        account: progress.account.map(|a| a.id.to_string()),
        csrf: progress.opened.as_ref().map(|o| sessions::csrf(&o.secret)),
        otp_secret,
        otp_address,
        demo: progress.demo,
    };
    let mut answer = HttpResponse::Ok();
    answer.insert_header(("cache-control", "no-store"));
    if let Some(opened) = progress.opened {
        answer.cookie(cookie::begun(request, opened.secret));
    }
    answer.json(standing)
}

async fn begin(caller: Caller, request: HttpRequest, body: web::Json<SignIn>) -> HttpResponse {
    let body = body.into_inner();
    step(caller, request, move |desk, tools, origin| {
        sign_in::begin(desk, tools, (&body.login, &body.password), origin)
    })
    .await
}

async fn enrol(caller: Caller, request: HttpRequest, body: web::Json<NextStep>) -> HttpResponse {
    let body = body.into_inner();
    step(caller, request, move |desk, tools, origin| {
        steps::enrol(desk, tools, (&body.ticket, &body.answer), origin)
    })
    .await
}

async fn second(caller: Caller, request: HttpRequest, body: web::Json<NextStep>) -> HttpResponse {
    let body = body.into_inner();
    step(caller, request, move |desk, tools, origin| {
        steps::second(desk, tools, (&body.ticket, &body.answer), origin)
    })
    .await
}

async fn password(caller: Caller, request: HttpRequest, body: web::Json<NextStep>) -> HttpResponse {
    let body = body.into_inner();
    step(caller, request, move |desk, tools, origin| {
        steps::password(desk, tools, (&body.ticket, &body.answer), origin)
    })
    .await
}

async fn set_up(caller: Caller, request: HttpRequest, body: web::Json<SetUp>) -> HttpResponse {
    let body = body.into_inner();
    step(caller, request, move |desk, tools, origin| {
        let first = setup::FirstAdmin {
            login: body.login.parse()?,
            name: body.name,
        };
        setup::take_up(desk, tools, (&body.code, &body.password), &first, origin)
    })
    .await
}

async fn out(caller: Caller, request: HttpRequest) -> HttpResponse {
    let desk = caller.desk().clone();
    let done = web::block(move || sessions::sign_out(&desk)).await;
    match done.unwrap_or_else(|_| Err(stopped().into())) {
        Ok(()) => HttpResponse::NoContent()
            .cookie(cookie::ended(&request))
            .finish(),
        Err(faults) => problem(&faults),
    }
}
