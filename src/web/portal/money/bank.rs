//! The bank account of one's firm: seen masked, entered whole by its approver.
//!
//! Not here: the payment file (`batch_file`).

use actix_web::HttpResponse;

use crate::acts::money::accounts::{self, NewAccount};
use crate::acts::powers::money as power;
use crate::acts::{Desk, refuse};
use crate::domain::fault::Faults;
use crate::domain::ids::FirmId;
use crate::domain::people::Body;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::portal::verbs::{self, Stand, Verb, before, upon};
use crate::web::portal::{of, page};
use crate::web::routes::Route;
use crate::web::screen::Went;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::field::Field;
use crate::web::sheet::{Part, Sheet};

const ENTER: Verb = Verb {
    path: "/bank-account/enter",
    power: &power::ENTER_ACCOUNT,
    words: "bank.enter",
    danger: false,
    stands: |_, ctx, _| {
        let stand = Stand::under("bank", "/bank-account", ctx.t("nav.bank"));
        Ok(stand.asks(vec![
            Field::line("holder", ctx.t("bank.holder")).needed(),
            Field::line("bank", ctx.t("bank.bank")).needed(),
            Field::secret("number", ctx.t("bank.number"), "off")
                .hint(ctx.t("bank.number.hint"))
                .needed(),
        ]))
    },
    act: |desk, _, sent| {
        let new = NewAccount {
            holder: sent.get("holder").to_owned(),
            bank: sent.get("bank").to_owned(),
            number: sent.get("number").to_owned(),
        };
        accounts::enter(desk, &own(desk)?, &new)?;
        Went::to("/bank-account", "bank_entered")
    },
};

/// Acts on the account.
pub const VERBS: &[Verb] = &[ENTER];

/// The routes.
pub const ROUTES: &[Route] = &[
    page(
        "/bank-account",
        of(&power::SEE_ACCOUNT),
        "the bank account of one's firm, masked",
        |r| r.to(show),
    ),
    before(&ENTER),
    upon(&ENTER),
];

/// The firm of whoever speaks for one; AC012 for others.
fn own(desk: &Desk) -> Result<FirmId, Faults> {
    match &desk.person().body {
        Body::Firm(firm) => Ok(firm.clone()),
        _ => Err(refuse::not_yours("see bank account").into()),
    }
}

async fn show(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, sheet).await
}

fn sheet(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let sheet = Sheet::new("bank", ctx.t("nav.bank")).lead(ctx.t("bank.lead"));
    let sheet = verbs::buttons(sheet, ctx, &verbs::keys(&[]), &[&ENTER]);
    let firm = own(desk)?;
    Ok(match accounts::one(desk, &firm) {
        Ok(known) => {
            let pairs = vec![
                (ctx.t("bank.bank").to_owned(), Cell::text(known.bank)),
                (ctx.t("bank.number").to_owned(), Cell::key(known.number)),
                (ctx.t("bank.at").to_owned(), Cell::moment(ctx, &known.at)),
            ];
            sheet.with("known", ctx.t("bank.known"), Part::Pairs(pairs))
        }
        Err(_) => sheet.with(
            "none",
            "",
            Part::Note("info", ctx.t("bank.none").to_owned()),
        ),
    })
}
