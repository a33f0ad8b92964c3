//! Signing in step by step: password, second factor, first password; signing out; the first administrators.
//! One page for all steps; the ticket of a step goes along in the form, never in the address.
//!
//! Not here: what each step asks (`acts::people`), registration (`register`).

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use super::{form, of, page};
use crate::acts::Desk;
use crate::acts::people::sign_in::{Origin, Progress};
use crate::acts::people::{Tools, sessions, setup, sign_in, steps};
use crate::acts::powers::people as power;
use crate::domain::fault::Faults;
use crate::domain::session::Step;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::cookie;
use crate::web::refusal::{refused, stopped};
use crate::web::routes::{Route, Who};
use crate::web::screen::{self, Went};
use crate::web::sheet::field::Field;
use crate::web::sheet::form::{Fields, Form};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[
    page("/sign-in", Who::Public, "sign in", |r| r.to(show)),
    form("/sign-in", Who::Public, "sign in: password", |r| {
        r.to(begin)
    }),
    form(
        "/sign-in/next",
        Who::Public,
        "sign in: the next step",
        |r| r.to(next),
    ),
    page(
        "/set-up",
        Who::Public,
        "set up the first administrator",
        |r| r.to(set_up_page),
    ),
    form(
        "/set-up",
        Who::Public,
        "set up the first administrator with a code",
        |r| r.to(set_up),
    ),
    form("/sign-out", of(&power::SIGN_OUT), "sign out", |r| r.to(out)),
];

async fn show(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, |_, ctx| Ok(first(ctx))).await
}

/// The page of the first step.
fn first(ctx: &Ctx) -> Sheet {
    let fields = vec![
        Field {
            complete: "username",
            ..Field::line("login", ctx.t("sign.login"))
        }
        .needed(),
        Field::secret("password", ctx.t("sign.password"), "current-password").needed(),
    ];
    let form = Form::new("sign-in", ctx.plain("/sign-in"), ctx.t("nav.sign_in"))
        .group("", "", fields)
        .hidden("next", ctx.value("next"));
    Sheet::new("sign-in", ctx.t("nav.sign_in"))
        .half("sign-in", "", Part::Form(form))
        .half(
            "other",
            ctx.t("sign.other"),
            Part::Text(vec![ctx.t("sign.help").to_owned()]),
        )
        .with(
            "more",
            "",
            Part::Buttons(vec![
                super::told::button(ctx, "/register", "sign.register"),
                super::told::button(ctx, "/set-up", "sign.set_up"),
            ]),
        )
}

/// The page of a later step.
fn later(ctx: &Ctx, step: Step, ticket: &str, next: &str, otp: Option<&(String, String)>) -> Sheet {
    let (name, answer) = match step {
        Step::Enrol => ("enrol", Field::line("answer", ctx.t("sign.enrol_code"))),
        Step::Password => (
            "password",
            Field::secret("answer", ctx.t("sign.new_password"), "new-password")
                .hint(ctx.t("sign.password_rules")),
        ),
        _ => (
            "second_factor",
            Field {
                complete: "one-time-code",
                ..Field::line("answer", ctx.t("sign.code"))
            },
        ),
    };
    let form = Form::new("next", ctx.plain("/sign-in/next"), ctx.t("sign.go_on"))
        .group("", "", vec![answer.needed()])
        .hidden("step", name)
        .hidden("ticket", ticket)
        .hidden("next", next)
        .cancel(ctx.plain("/sign-in"));
    let sheet = Sheet::new("sign-in", ctx.t(&format!("sign.{name}")))
        .under(ctx.plain("/sign-in"), ctx.t("nav.sign_in"))
        .lead(ctx.t(&format!("sign.{name}.lead")));
    let sheet = match otp {
        Some((secret, address)) => sheet.with(
            "otp",
            ctx.t("sign.otp"),
            Part::Text(vec![
                ctx.t("sign.otp.text").to_owned(),
                secret.clone(),
                address.clone(),
            ]),
        ),
        None => sheet,
    };
    sheet.with("step", "", Part::Form(form))
}

type Work = Result<Progress, Faults>;

async fn begin(caller: Caller, ctx: Ctx, request: HttpRequest, sent: Fields) -> HttpResponse {
    stand(caller, ctx, request, sent, |desk, tools, sent, origin| {
        sign_in::begin(
            desk,
            tools,
            (sent.get("login"), sent.raw("password")),
            origin,
        )
    })
    .await
}

async fn next(caller: Caller, ctx: Ctx, request: HttpRequest, sent: Fields) -> HttpResponse {
    stand(caller, ctx, request, sent, |desk, tools, sent, origin| {
        let ticket = sent.get("ticket");
        match sent.get("step") {
            "enrol" => steps::enrol(desk, tools, (ticket, sent.get("answer")), origin),
            "password" => steps::password(desk, tools, (ticket, sent.raw("answer")), origin),
            _ => steps::second(desk, tools, (ticket, sent.get("answer")), origin),
        }
    })
    .await
}

/// Runs a step off the event loop; the session begins when it was the last.
pub async fn stand(
    caller: Caller,
    ctx: Ctx,
    request: HttpRequest,
    sent: Fields,
    work: impl FnOnce(&Desk, &Tools, &Fields, &Origin) -> Work + Send + 'static,
) -> HttpResponse {
    if let Err(fault) = caller.peer().private() {
        return refused(&ctx, &fault.into());
    }
    let Some(tools) = caller.tools() else {
        return refused(&ctx, &stopped().into());
    };
    let (desk, origin) = (caller.desk().clone(), origin(&request, &caller));
    let span = tracing::Span::current();
    let done = web::block(move || {
        let done = span.in_scope(|| work(&desk, &tools, &sent, &origin));
        (done, sent)
    })
    .await;
    match done {
        Ok((Ok(progress), sent)) => answer(&ctx, &request, progress, &sent),
        Ok((Err(faults), sent)) => again(&ctx, &sent, &faults),
        Err(_) => refused(&ctx, &stopped().into()),
    }
}

fn answer(ctx: &Ctx, request: &HttpRequest, progress: Progress, sent: &Fields) -> HttpResponse {
    let next = local(sent.get("next"));
    let Some(opened) = progress.opened else {
        let ticket = progress.ticket.unwrap_or_default();
        let sheet = later(ctx, progress.step, &ticket, &next, progress.otp.as_ref());
        return drawn(ctx, StatusCode::OK, &sheet);
    };
    let to = if next.is_empty() {
        "/desk".to_owned()
    } else {
        next
    };
    let went = Went {
        to,
        done: if progress.demo {
            "entered_demo"
        } else {
            "entered"
        },
    };
    let mut answer = screen::sent_to(ctx, &went);
    let cookie = cookie::begun(request, opened.secret);
    if answer.add_cookie(&cookie).is_err() {
        return refused(ctx, &stopped().into());
    }
    answer
}

/// The step again, saying what was wrong; a step that is over begins anew.
fn again(ctx: &Ctx, sent: &Fields, faults: &Faults) -> HttpResponse {
    let status = faults
        .0
        .first()
        .map_or(StatusCode::BAD_REQUEST, crate::web::reply::status);
    let over = faults
        .0
        .iter()
        .any(|f| f.code == crate::acts::people::refuse::TICKET);
    let (ticket, next) = (sent.get("ticket"), sent.get("next"));
    let sheet = match (sent.get("of"), sent.get("step")) {
        ("next", "enrol") if !over => later(ctx, Step::Enrol, ticket, next, None),
        ("next", "password") if !over => later(ctx, Step::Password, ticket, next, None),
        ("next", _) if !over => later(ctx, Step::SecondFactor, ticket, next, None),
        ("set-up", _) => set_up_sheet(ctx),
        _ => first(ctx),
    };
    let mut sheet = sheet.again(ctx, sent, faults);
    // What was wrong is not typed again.
    for section in &mut sheet.sections {
        if let Part::Form(form) = &mut section.part {
            let fields = form.groups.iter_mut().flat_map(|g| &mut g.fields);
            fields
                .filter(|f| f.name == "answer")
                .for_each(|f| f.value.clear());
        }
    }
    drawn(ctx, status, &sheet)
}

fn drawn(ctx: &Ctx, status: StatusCode, sheet: &Sheet) -> HttpResponse {
    match screen::drawn(sheet, ctx) {
        Ok(body) => {
            let mut answer = screen::page(ctx, status, body);
            let value = actix_web::http::header::HeaderValue::from_static("no-store");
            answer
                .headers_mut()
                .insert(actix_web::http::header::CACHE_CONTROL, value);
            answer
        }
        Err(faults) => refused(ctx, &faults),
    }
}

/// A path of this site and nothing else, or nothing: a sign-in must not lead elsewhere.
pub fn local(path: &str) -> String {
    let fine = |c: char| c.is_ascii_alphanumeric() || "/-_.~%?&=:#".contains(c);
    let ours = path.starts_with('/') && !path.starts_with("//") && path.chars().all(fine);
    if ours { path.to_owned() } else { String::new() }
}

fn origin(request: &HttpRequest, caller: &Caller) -> Origin {
    let browser = request
        .headers()
        .get("user-agent")
        .and_then(|v| v.to_str().ok());
    Origin {
        ip: caller.ip().to_string(),
        browser: browser.unwrap_or_default().to_owned(),
        held: cookie::held(request),
    }
}

async fn set_up_page(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, |_, ctx| Ok(set_up_sheet(ctx))).await
}

fn set_up_sheet(ctx: &Ctx) -> Sheet {
    let fields = vec![
        Field::line("code", ctx.t("sign.setup_code"))
            .hint(ctx.t("sign.setup_code.hint"))
            .needed(),
        Field {
            complete: "username",
            ..Field::line("login", ctx.t("sign.login"))
        }
        .needed(),
        Field {
            complete: "name",
            ..Field::line("name", ctx.t("sign.name"))
        }
        .needed(),
        Field::secret("password", ctx.t("sign.new_password"), "new-password")
            .hint(ctx.t("sign.password_rules"))
            .needed(),
    ];
    let form = Form::new("set-up", ctx.plain("/set-up"), ctx.t("sign.set_up"))
        .group("", "", fields)
        .cancel(ctx.plain("/sign-in"));
    Sheet::new("sign-in", ctx.t("sign.set_up"))
        .under(ctx.plain("/sign-in"), ctx.t("nav.sign_in"))
        .lead(ctx.t("sign.set_up.lead"))
        .with("set-up", "", Part::Form(form))
}

async fn set_up(caller: Caller, ctx: Ctx, request: HttpRequest, sent: Fields) -> HttpResponse {
    stand(caller, ctx, request, sent, |desk, tools, sent, origin| {
        let first = setup::FirstAdmin {
            login: sent.get("login").parse()?,
            name: sent.get("name").to_owned(),
        };
        setup::take_up(
            desk,
            tools,
            (sent.get("code"), sent.raw("password")),
            &first,
            origin,
        )
    })
    .await
}

async fn out(caller: Caller, ctx: Ctx, request: HttpRequest, _sent: Fields) -> HttpResponse {
    let desk = caller.desk().clone();
    let done = web::block(move || sessions::sign_out(&desk)).await;
    match done.unwrap_or_else(|_| Err(stopped().into())) {
        Ok(()) => {
            let mut answer = screen::sent_to(
                &ctx,
                &Went {
                    to: "/".to_owned(),
                    done: "left",
                },
            );
            match answer.add_cookie(&cookie::ended(&request)) {
                Ok(()) => answer,
                Err(_) => refused(&ctx, &stopped().into()),
            }
        }
        Err(faults) => refused(&ctx, &faults),
    }
}
