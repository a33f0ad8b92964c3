//! One's own sessions and tokens.
//!
//! Not here: those of others (`accounts`).

use actix_web::{HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::acts::people::sign_in::Origin;
use crate::acts::people::{secrets, sessions, tokens};
use crate::acts::powers::people as powers;
use crate::acts::refuse;
use crate::domain::credential::{ApiToken, Leave};
use crate::domain::session::Session;
use crate::web::caller::Caller;
use crate::web::doc::Doc;
use crate::web::refusal::stopped;
use crate::web::reply::{Reply, problem};
use crate::web::routes::{Route, Who};
use crate::web::tables;

/// A session.
#[derive(Serialize, ToSchema)]
pub struct SessionShown {
    id: String,
    created_at: DateTime<Utc>,
    last_seen: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    ip: String,
    browser: String,
    /// True when it still opens the door.
    live: bool,
    /// When it ended before its time, if it did.
    ended_at: Option<DateTime<Utc>>,
    /// The act that ended it.
    ended_by: Option<String>,
}

impl SessionShown {
    fn at(s: &Session, now: DateTime<Utc>) -> SessionShown {
        SessionShown {
            id: s.id.to_string(),
            created_at: s.created_at,
            last_seen: s.last_seen,
            expires_at: s.expires_at,
            ip: s.ip.clone(),
            browser: s.browser.clone(),
            live: s.is_live(now),
            ended_at: s.ended.as_ref().map(|e| e.at),
            ended_by: s.ended.as_ref().map(|e| e.why.clone()),
        }
    }
}

/// Sessions, the newest first.
#[derive(Serialize, ToSchema)]
pub struct Sessions {
    items: Vec<SessionShown>,
}

impl Sessions {
    /// Sessions as they stand at a moment.
    pub fn of(all: &[Session], now: DateTime<Utc>) -> Sessions {
        Sessions {
            items: all.iter().map(|s| SessionShown::at(s, now)).collect(),
        }
    }
}

/// A token to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeToken {
    name: String,
    /// The acts of the table of powers that it may do; or else `read_only`.
    #[serde(default)]
    acts: Option<Vec<String>>,
    #[serde(default)]
    read_only: bool,
    /// For how many days.
    days: i64,
}

/// A token.
#[derive(Serialize, ToSchema)]
pub struct TokenShown {
    id: String,
    name: String,
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    revoked_at: Option<DateTime<Utc>>,
    last_used: Option<DateTime<Utc>>,
    /// The token itself: shown once, when it is made.
    secret: Option<String>,
}

impl From<&ApiToken> for TokenShown {
    fn from(t: &ApiToken) -> TokenShown {
        TokenShown {
            id: t.id.to_string(),
            name: t.name.clone(),
            created_at: t.created_at,
            expires_at: t.expires_at,
            revoked_at: t.revoked_at,
            last_used: None,
            secret: None,
        }
    }
}

/// One's tokens, the newest first.
#[derive(Serialize, ToSchema)]
pub struct Tokens {
    items: Vec<TokenShown>,
}

/// A new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    current: String,
    new: String,
}

const TAG: &str = "people";

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::get(
        "/api/v1/sessions",
        Who::Power(&powers::SEE_SESSIONS),
        "one's sessions",
        Doc::gives::<Sessions>(TAG).table(&tables::SESSIONS),
        |r| r.to(list),
    ),
    Route::post(
        "/api/v1/sessions/end-others",
        Who::Power(&powers::END_SESSIONS),
        "end all of one's sessions but this one",
        Doc::gives::<Sessions>(TAG),
        |r| r.to(end_others),
    ),
    Route::post(
        "/api/v1/sessions/{id}/end",
        Who::Power(&powers::END_SESSIONS),
        "end one of one's sessions",
        Doc::gives::<Sessions>(TAG),
        |r| r.to(end),
    ),
    Route::post(
        "/api/v1/password",
        Who::Power(&powers::CHANGE_PASSWORD),
        "change one's password; all other sessions end",
        Doc::gives::<Sessions>(TAG).takes::<ChangePassword>(),
        |r| r.to(password),
    ),
    Route::get(
        "/api/v1/tokens",
        Who::Power(&powers::SEE_TOKENS),
        "one's tokens",
        Doc::gives::<Tokens>(TAG).table(&tables::TOKENS),
        |r| r.to(tokens_list),
    ),
    Route::post(
        "/api/v1/tokens",
        Who::Power(&powers::MAKE_TOKEN),
        "make a token; it is shown once",
        Doc::gives::<TokenShown>(TAG)
            .takes::<MakeToken>()
            .status(201),
        |r| r.to(make),
    ),
    Route::post(
        "/api/v1/tokens/{id}/revoke",
        Who::Power(&powers::REVOKE_TOKEN),
        "revoke a token",
        Doc::gives::<TokenShown>(TAG),
        |r| r.to(revoke),
    ),
];

fn all(desk: &crate::acts::Desk) -> Result<Reply, crate::domain::fault::Faults> {
    Reply::ok(&Sessions::of(&sessions::mine(desk)?, desk.now()))
}

async fn list(caller: Caller) -> HttpResponse {
    caller.ask(all).await
}

async fn end(caller: Caller, id: web::Path<String>) -> HttpResponse {
    caller
        .ask(move |desk| {
            sessions::end_one(desk, &id.parse()?)?;
            all(desk)
        })
        .await
}

async fn end_others(caller: Caller) -> HttpResponse {
    caller
        .ask(|desk| {
            sessions::end_others(desk)?;
            all(desk)
        })
        .await
}

async fn tokens_list(caller: Caller) -> HttpResponse {
    caller
        .ask(|desk| {
            let items = tokens::mine(desk)?;
            let shown =
                |(token, key): &(ApiToken, crate::domain::credential::TokenKey)| TokenShown {
                    last_used: key.last_used,
                    ..TokenShown::from(token)
                };
            Reply::ok(&Tokens {
                items: items.iter().map(shown).collect(),
            })
        })
        .await
}

async fn make(caller: Caller, body: web::Json<MakeToken>) -> HttpResponse {
    caller
        .ask(move |desk| {
            let body = body.into_inner();
            let wanted = tokens::Wanted {
                name: body.name,
                leave: match (body.read_only, body.acts) {
                    (true, _) => Leave::ReadOnly,
                    (false, Some(acts)) => Leave::Acts(acts.into_iter().collect()),
                    (false, None) => return Err(unscoped().into()),
                },
                days: body.days,
            };
            let (token, secret) = tokens::make(desk, &wanted)?;
            let shown = TokenShown {
                secret: Some(secret),
                ..TokenShown::from(&token)
            };
            Reply::created(&shown, "/api/v1/tokens".to_owned())
        })
        .await
}

/// AC018: a token is for something.
fn unscoped() -> crate::domain::fault::Fault {
    let action = "name acts, or ask for read_only";
    refuse::unfit("acts", "the token has no scope", action)
}

async fn revoke(caller: Caller, id: web::Path<String>) -> HttpResponse {
    caller
        .ask(move |desk| Reply::ok(&TokenShown::from(&tokens::revoke(desk, &id.parse()?)?)))
        .await
}

async fn password(caller: Caller, body: web::Json<ChangePassword>) -> HttpResponse {
    if let Err(fault) = caller.peer().private() {
        return problem(&fault.into());
    }
    let Some(tools) = caller.tools() else {
        return problem(&stopped().into());
    };
    let origin = Origin {
        ip: caller.ip().to_string(),
        ..Origin::default()
    };
    caller
        .ask(move |desk| {
            secrets::change(desk, &tools, (&body.current, &body.new), &origin)?;
            all(desk)
        })
        .await
}
