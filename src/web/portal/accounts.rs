//! Accounts within reach: those of a firm for its approver, those of its firms for a district, all for the
//! administrators; and confirming that somebody speaks for a firm.
//!
//! Not here: one's own account (`account`), making officers' accounts (the API and the command line).

use actix_web::{HttpResponse, web};

use super::told::{filter, holds};
use super::{form, of, page, say};
use crate::acts::Desk;
use crate::acts::people::accounts::{self, Wanted};
use crate::acts::people::firms;
use crate::acts::powers::people as power;
use crate::domain::account::AccountState;
use crate::domain::fault::Faults;
use crate::domain::ids::AccountId;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::routes::Route;
use crate::web::screen::Went;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::field::Field;
use crate::web::sheet::form::{Fields, Form};
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[
    page(
        "/accounts",
        of(&power::SEE_ACCOUNT),
        "accounts within reach",
        |r| r.to(list),
    ),
    page(
        "/accounts/{id}",
        of(&power::SEE_ACCOUNT),
        "one account",
        |r| r.to(one),
    ),
    form(
        "/accounts/{id}",
        of(&power::CONFIRM_FIRM),
        "confirm a firm's account",
        |r| r.to(confirm),
    ),
];

async fn list(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, all).await
}

fn all(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let found = accounts::list(
        desk,
        &Wanted {
            limit: 5000,
            ..Wanted::default()
        },
    )?;
    let shown = found
        .iter()
        .filter(|(a, _)| holds(ctx, &[a.login.as_str(), &a.name]));
    let lines = shown.map(|(a, standing)| {
        let role = a
            .role
            .map_or_else(String::new, |r| say::word(ctx, "role", r.name()));
        Line {
            key: a.id.to_string(),
            cells: vec![
                Cell::link(
                    ctx.plain(&path_to("/accounts/{}", &[&a.id])),
                    a.login.to_string(),
                )
                .under(a.name.clone()),
                say::state(ctx, "account", a.state.name()),
                Cell::text(role),
                Cell::text(
                    a.district
                        .as_ref()
                        .map(|d| say::known(ctx, "place", d.as_str()))
                        .unwrap_or_default(),
                ),
                standing
                    .last_seen
                    .as_ref()
                    .map_or_else(Cell::none, |at| Cell::moment(ctx, at)),
            ],
        }
    });
    let heads = [
        ("login", ctx.t("sign.login")),
        ("state", ctx.t("state")),
        ("role", ctx.t("account.role")),
        ("district", ctx.t("district")),
        ("seen", ctx.t("account.seen")),
    ];
    let table = Table::of(ctx, ctx.t("nav.accounts"), &heads, lines.collect());
    Ok(Sheet::new("accounts", ctx.t("nav.accounts"))
        .with(
            "filter",
            "",
            filter(ctx, vec![Field::line("q", ctx.t("find"))]),
        )
        .with("list", "", Part::Table(table)))
}

async fn one(ctx: Ctx, caller: Caller, id: web::Path<AccountId>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, &id))
        .await
}

fn sheet(desk: &Desk, ctx: &Ctx, id: &AccountId) -> Result<Sheet, Faults> {
    let (account, standing) = accounts::get(desk, id)?;
    let role = account
        .role
        .map_or_else(String::new, |r| say::word(ctx, "role", r.name()));
    let second = if standing.second_factor {
        "account.has"
    } else {
        "account.has_not"
    };
    let mut pairs = vec![
        (
            ctx.t("sign.name").to_owned(),
            Cell::text(account.name.clone()),
        ),
        (ctx.t("account.role").to_owned(), Cell::text(role)),
        (
            ctx.t("account.since").to_owned(),
            Cell::moment(ctx, &account.created_at),
        ),
        (
            ctx.t("sign.second_factor").to_owned(),
            Cell::text(ctx.t(second)),
        ),
    ];
    if let Some(claim) = &account.claim {
        pairs.push((
            ctx.t("register.firm_name").to_owned(),
            Cell::text(claim.name_zh.clone()),
        ));
        pairs.push((
            ctx.t("credit_code").to_owned(),
            Cell::key(claim.credit_code.to_string()),
        ));
        pairs.push((
            ctx.t("industry").to_owned(),
            Cell::text(claim.industry.to_string()),
        ));
    }
    let mut sheet = Sheet::new("accounts", account.login.to_string())
        .under(ctx.plain("/accounts"), ctx.t("nav.accounts"))
        .state(
            account.state.name(),
            say::word(ctx, "account", account.state.name()),
        )
        .with("facts", ctx.t("facts"), Part::Pairs(pairs));
    if account.state == AccountState::Pending
        && account.claim.is_some()
        && ctx.can(&power::CONFIRM_FIRM)
    {
        let form = Form::new(
            "confirm",
            ctx.plain(&path_to("/accounts/{}", &[&id])),
            ctx.t("account.confirm"),
        )
        .says(ctx.t("account.confirm.means"))
        .group(
            "",
            "",
            vec![Field::words("note", ctx.t("review.note")).hint(ctx.t("profile.refuse.hint"))],
        )
        .also("refuse", "yes", ctx.t("account.refuse"))
        .cancel(ctx.plain("/accounts"));
        sheet = sheet.with("confirm", ctx.t("account.confirm"), Part::Form(form));
    }
    Ok(sheet)
}

async fn confirm(ctx: Ctx, caller: Caller, id: web::Path<AccountId>, sent: Fields) -> HttpResponse {
    let his = id.clone();
    caller
        .does(
            ctx,
            sent,
            move |desk, sent| {
                let yes = !sent.ticked("refuse");
                firms::confirm(desk, &id, yes, sent.get("note"))?;
                Went::to(
                    path_to("/accounts/{}", &[&id]),
                    if yes {
                        "account_confirmed"
                    } else {
                        "account_refused"
                    },
                )
            },
            move |desk, ctx| sheet(desk, ctx, &his),
        )
        .await
}
