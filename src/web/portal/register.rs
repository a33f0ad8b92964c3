//! Registration of a firm's first account; powerless until its district confirms it.
//!
//! Not here: confirming it (`accounts`).

use actix_web::HttpResponse;

use super::{form, page, say};
use crate::acts::people::firms::{self, Registration};
use crate::acts::{Desk, lookup};
use crate::domain::account::FirmClaim;
use crate::domain::fault::Faults;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::refusal::{refused, stopped};
use crate::web::routes::{Route, Who};
use crate::web::screen::Went;
use crate::web::sheet::field::Field;
use crate::web::sheet::form::{Fields, Form};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[
    page("/register", Who::Public, "register for a firm", |r| {
        r.to(show)
    }),
    form("/register", Who::Public, "register for a firm, sent", |r| {
        r.to(register)
    }),
];

async fn show(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, sheet).await
}

fn sheet(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let districts = say::choices(ctx, &lookup::districts(desk)?);
    let form = Form::new("register", ctx.plain("/register"), ctx.t("sign.register"))
        .says(ctx.t("register.means"))
        .group(
            ctx.t("register.firm"),
            "",
            vec![
                Field::line("firm_name", ctx.t("register.firm_name")).needed(),
                Field::line("credit_code", ctx.t("credit_code"))
                    .hint(ctx.t("credit_code.hint"))
                    .needed(),
                Field::line("industry", ctx.t("industry"))
                    .hint(ctx.t("industry.hint"))
                    .needed(),
                Field::one("district", ctx.t("seat"), districts).needed(),
            ],
        )
        .group(
            ctx.t("register.person"),
            "",
            vec![
                Field {
                    complete: "name",
                    ..Field::line("name", ctx.t("sign.name"))
                }
                .needed(),
                Field {
                    complete: "username",
                    ..Field::line("login", ctx.t("sign.login"))
                }
                .hint(ctx.t("register.login.hint"))
                .needed(),
                Field::secret("password", ctx.t("sign.new_password"), "new-password")
                    .hint(ctx.t("sign.password_rules"))
                    .needed(),
            ],
        )
        .cancel(ctx.plain("/sign-in"));
    Ok(Sheet::new("sign-in", ctx.t("sign.register"))
        .under(ctx.plain("/sign-in"), ctx.t("nav.sign_in"))
        .with("register", "", Part::Form(form)))
}

async fn register(ctx: Ctx, caller: Caller, sent: Fields) -> HttpResponse {
    if let Err(fault) = caller.peer().private() {
        return refused(&ctx, &fault.into());
    }
    let Some(tools) = caller.tools() else {
        return refused(&ctx, &stopped().into());
    };
    caller
        .does(
            ctx,
            sent,
            move |desk, sent| {
                let new = Registration {
                    login: sent.need("login")?,
                    name: sent.get("name").to_owned(),
                    claim: FirmClaim {
                        credit_code: sent.need("credit_code")?,
                        name_zh: sent.get("firm_name").to_owned(),
                        industry: sent.need("industry")?,
                        district: sent.need("district")?,
                    },
                };
                firms::register(desk, &tools, &new, sent.raw("password"))?;
                Went::to("/sign-in", "registered")
            },
            sheet,
        )
        .await
}
