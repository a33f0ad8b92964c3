//! One's own account: who one is, password, sessions, tokens.
//!
//! Not here: accounts of others (`accounts`).

use actix_web::{HttpResponse, web};

use super::{form, of, page, say};
use crate::acts::Desk;
use crate::acts::people::sign_in::Origin;
use crate::acts::people::{accounts, secrets, sessions, tokens};
use crate::acts::powers::people as power;
use crate::domain::credential::Leave;
use crate::domain::fault::Faults;
use crate::domain::ids::{SessionId, TokenId};
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::refusal::{refused, stopped};
use crate::web::routes::Route;
use crate::web::screen::{self, Went};
use crate::web::sheet::cell::Cell;
use crate::web::sheet::field::Field;
use crate::web::sheet::form::{Fields, Form};
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[
    page("/account", of(&power::SEE_SESSIONS), "one's account", |r| {
        r.to(show)
    }),
    form(
        "/account/password",
        of(&power::CHANGE_PASSWORD),
        "change one's password",
        |r| r.to(password),
    ),
    form(
        "/account/sessions/end",
        of(&power::END_SESSIONS),
        "end sessions",
        |r| r.to(end),
    ),
    form(
        "/account/tokens",
        of(&power::MAKE_TOKEN),
        "make a token",
        |r| r.to(make),
    ),
    form(
        "/account/tokens/revoke",
        of(&power::REVOKE_TOKEN),
        "revoke a token",
        |r| r.to(revoke),
    ),
];

async fn show(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, sheet).await
}

fn sheet(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let me = accounts::me(desk)?;
    let mut pairs = vec![(
        ctx.t("account.role").to_owned(),
        Cell::text(ctx.role_word()).under(ctx.body_word()),
    )];
    if let Some(me) = &me {
        pairs.push((
            ctx.t("sign.login").to_owned(),
            Cell::text(me.login.to_string()),
        ));
        pairs.push((ctx.t("sign.name").to_owned(), Cell::text(me.name.clone())));
    }
    let change = Form::new(
        "password",
        ctx.plain("/account/password"),
        ctx.t("account.change"),
    )
    .says(ctx.t("account.change.means"))
    .group(
        "",
        "",
        vec![
            Field::secret("current", ctx.t("account.current"), "current-password").needed(),
            Field::secret("new", ctx.t("sign.new_password"), "new-password")
                .hint(ctx.t("sign.password_rules"))
                .needed(),
        ],
    );
    let sheet = Sheet::new("account", ctx.t("nav.account"))
        .half("me", ctx.t("account.me"), Part::Pairs(pairs))
        .half("password", ctx.t("account.change"), Part::Form(change))
        .with(
            "sessions",
            ctx.t("account.sessions"),
            Part::Table(session_table(desk, ctx)?),
        )
        .with("end", "", Part::Form(end_form(desk, ctx)?))
        .with(
            "tokens",
            ctx.t("account.tokens"),
            Part::Table(token_table(desk, ctx)?),
        )
        .half(
            "make",
            ctx.t("account.make_token"),
            Part::Form(make_form(ctx)),
        );
    Ok(match revoke_form(desk, ctx)? {
        Some(form) => sheet.half("revoke", ctx.t("account.revoke"), Part::Form(form)),
        None => sheet,
    })
}

fn session_table(desk: &Desk, ctx: &Ctx) -> Result<Table, Faults> {
    let all = sessions::mine(desk)?;
    let lines = all.iter().take(20).map(|s| {
        let live = s.is_live(desk.now());
        Line {
            key: s.id.to_string(),
            cells: vec![
                Cell::moment(ctx, &s.created_at),
                say::state(ctx, "session", if live { "active" } else { "ended" }),
                Cell::moment(ctx, &s.last_seen),
                Cell::text(s.ip.clone()),
                Cell::long(s.browser.clone()),
            ],
        }
    });
    let heads = [
        ("at", ctx.t("account.since")),
        ("state", ctx.t("state")),
        ("seen", ctx.t("account.seen")),
        ("ip", ctx.t("account.ip")),
        ("browser", ctx.t("account.browser")),
    ];
    Ok(Table::plain(
        ctx,
        ctx.t("account.sessions"),
        &heads,
        lines.collect(),
    ))
}

fn end_form(desk: &Desk, ctx: &Ctx) -> Result<Form, Faults> {
    let all = sessions::mine(desk)?;
    let live = all.iter().filter(|s| s.is_live(desk.now()));
    let live = live.map(|s| {
        (
            s.id.to_string(),
            format!("{} · {}", ctx.clock(&s.created_at), s.ip),
        )
    });
    let choices = say::or_none(ctx, "account.others", live.collect());
    Ok(Form::new(
        "end",
        ctx.plain("/account/sessions/end"),
        ctx.t("account.end"),
    )
    .group(
        "",
        "",
        vec![Field::one("session", ctx.t("account.which"), choices)],
    ))
}

fn token_table(desk: &Desk, ctx: &Ctx) -> Result<Table, Faults> {
    let lines = tokens::mine(desk)?.into_iter().map(|(t, key)| Line {
        key: t.id.to_string(),
        cells: vec![
            Cell::text(t.name.clone()),
            say::state(
                ctx,
                "session",
                if t.is_live(desk.now()) {
                    "active"
                } else {
                    "ended"
                },
            ),
            Cell::moment(ctx, &t.expires_at),
            key.last_used
                .map_or_else(Cell::none, |at| Cell::moment(ctx, &at)),
        ],
    });
    let heads = [
        ("name", ctx.t("account.token")),
        ("state", ctx.t("state")),
        ("until", ctx.t("account.until")),
        ("used", ctx.t("account.used")),
    ];
    let table = Table::plain(ctx, ctx.t("account.tokens"), &heads, lines.collect());
    Ok(table.empty(ctx.t("account.no_tokens")))
}

fn make_form(ctx: &Ctx) -> Form {
    Form::new(
        "make",
        ctx.plain("/account/tokens"),
        ctx.t("account.make_token"),
    )
    .says(ctx.t("account.make_token.means"))
    .group(
        "",
        "",
        vec![
            Field::line("name", ctx.t("account.token")).needed(),
            Field::number("days", ctx.t("account.days"))
                .value(30)
                .needed(),
        ],
    )
}

/// Revokes a token; `None` when there is none that lives.
fn revoke_form(desk: &Desk, ctx: &Ctx) -> Result<Option<Form>, Faults> {
    let live = tokens::mine(desk)?
        .into_iter()
        .filter(|(t, _)| t.is_live(desk.now()));
    let live: Vec<(String, String)> = live.map(|(t, _)| (t.id.to_string(), t.name)).collect();
    if live.is_empty() {
        return Ok(None);
    }
    let form = Form::new(
        "revoke",
        ctx.plain("/account/tokens/revoke"),
        ctx.t("account.revoke"),
    );
    let token = Field::one("token", ctx.t("account.token"), live).needed();
    Ok(Some(form.says(ctx.t("account.revoke.means")).sure().group(
        "",
        "",
        vec![token],
    )))
}

async fn password(ctx: Ctx, caller: Caller, sent: Fields) -> HttpResponse {
    if let Err(fault) = caller.peer().private() {
        return refused(&ctx, &fault.into());
    }
    let Some(tools) = caller.tools() else {
        return refused(&ctx, &stopped().into());
    };
    let origin = Origin {
        ip: caller.ip().to_string(),
        ..Origin::default()
    };
    caller
        .does(
            ctx,
            sent,
            move |desk, sent| {
                secrets::change(
                    desk,
                    &tools,
                    (sent.raw("current"), sent.raw("new")),
                    &origin,
                )?;
                Went::to("/account", "password_changed")
            },
            sheet,
        )
        .await
}

async fn end(ctx: Ctx, caller: Caller, sent: Fields) -> HttpResponse {
    let work = |desk: &Desk, sent: &Fields| {
        match sent.maybe::<SessionId>("session")? {
            Some(id) => sessions::end_one(desk, &id)?,
            None => sessions::end_others(desk).map(drop)?,
        }
        Went::to("/account", "sessions_ended")
    };
    caller.does(ctx, sent, work, sheet).await
}

/// A token is shown once, so its page is made here and not fetched again.
async fn make(ctx: Ctx, caller: Caller, sent: Fields) -> HttpResponse {
    let (desk, his) = (caller.desk().clone(), ctx.clone());
    let made = web::block(move || {
        let wanted = sent.need("days").map_err(Faults::from).and_then(|days| {
            tokens::make(
                &desk,
                &tokens::Wanted {
                    name: sent.get("name").to_owned(),
                    leave: Leave::ReadOnly,
                    days,
                },
            )
        });
        let page = sheet(&desk, &his)?;
        let page = match wanted {
            Ok((_, secret)) => {
                let mut page = page.with(
                    "secret",
                    his.t("account.secret"),
                    Part::Text(vec![his.t("account.secret.text").to_owned(), secret]),
                );
                page.sections.rotate_right(1);
                (actix_web::http::StatusCode::CREATED, page)
            }
            Err(faults) => (
                actix_web::http::StatusCode::UNPROCESSABLE_ENTITY,
                page.again(&his, &sent, &faults),
            ),
        };
        Ok::<_, Faults>((page.0, screen::drawn(&page.1, &his)?))
    })
    .await;
    match made {
        Ok(Ok((status, body))) => screen::page(&ctx, status, body),
        Ok(Err(faults)) => refused(&ctx, &faults),
        Err(_) => refused(&ctx, &stopped().into()),
    }
}

async fn revoke(ctx: Ctx, caller: Caller, sent: Fields) -> HttpResponse {
    let work = |desk: &Desk, sent: &Fields| {
        let id: TokenId = sent.need("token")?;
        tokens::revoke(desk, &id)?;
        Went::to("/account", "token_revoked")
    };
    caller.does(ctx, sent, work, sheet).await
}
