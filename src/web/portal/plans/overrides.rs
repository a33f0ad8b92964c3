//! Making what was tried a manual override: a scenario that pins the units, with the plan as its parent and a
//! reason. A run prices it; another officer adopts it.
//!
//! Not here: the run and the adoption (`scenarios`).

use actix_web::{HttpResponse, web};

use crate::acts::Desk;
use crate::acts::allocation;
use crate::acts::powers::tasks::CHANGE_SCENARIO;
use crate::acts::scenarios::{self, Asked};
use crate::domain::fault::Faults;
use crate::domain::scenario::Changes;
use crate::domain::snapshot::Pin;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::portal::of;
use crate::web::routes::Route;
use crate::web::screen::Went;
use crate::web::sheet::field::Field;
use crate::web::sheet::form::{Fields, Form, bad};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[crate::web::portal::form(
    "/plans/{digest}/override",
    of(&CHANGE_SCENARIO),
    "make what was tried an override",
    |r| r.to(make),
)];

/// What the form carries of a pin: the application, and each unit with its area.
pub fn pairs(pin: &Pin) -> Vec<(&'static str, String)> {
    let mut all = vec![("application", pin.application.to_string())];
    let units = pin.units.iter();
    all.extend(units.map(|(unit, area)| ("pin", format!("{unit} {area}"))));
    all
}

/// The form: what is pinned goes along unseen, the name and the reason are asked.
pub fn form(ctx: &Ctx, digest: &str, pinned: &[(&'static str, String)]) -> Form {
    let units = pinned.iter().filter(|(k, _)| *k == "pin");
    let units: Vec<&str> = units.map(|(_, v)| v.as_str()).collect();
    let application = pinned.iter().find(|(k, _)| *k == "application");
    let application = application.map(|(_, v)| v.as_str()).unwrap_or_default();
    let name = format!("{application} → {}", units.join(", "));
    let mut form = Form::new(
        "override",
        ctx.plain(&path_to("/plans/{}/override", &[&digest])),
        ctx.t("override.make"),
    )
    .says(ctx.t("override.means"))
    .group(
        "",
        "",
        vec![
            Field::line("name", ctx.t("scenario.name"))
                .value(name.chars().take(100).collect::<String>())
                .wide()
                .needed(),
            Field::words("reason", ctx.t("reason")).needed(),
        ],
    )
    .cancel(ctx.plain(&path_to("/plans/{}/board", &[&digest])));
    for (name, value) in pinned {
        form = form.hidden(name, value);
    }
    form
}

/// The pin that was sent.
fn pin(sent: &Fields) -> Result<Pin, Faults> {
    let mut units = Vec::new();
    for pair in sent.all("pin") {
        let (unit, area) = pair.split_once(' ').ok_or_else(|| bad("pin"))?;
        units.push((unit.parse()?, area.parse()?));
    }
    if units.is_empty() {
        return Err(bad("pin").into());
    }
    Ok(Pin {
        application: sent.need("application")?,
        units,
        kept: None,
    })
}

async fn make(ctx: Ctx, caller: Caller, digest: web::Path<String>, sent: Fields) -> HttpResponse {
    let digest = digest.into_inner();
    let (his, typed) = (digest.clone(), sent.clone());
    caller
        .does(
            ctx,
            sent,
            move |desk, sent| {
                let board = allocation::board(desk, &digest)?;
                let asked = Asked {
                    round: board.round,
                    name: sent.get("name").to_owned(),
                    tags: Vec::new(),
                    changes: Changes {
                        pins: vec![pin(sent)?],
                        ..Changes::default()
                    },
                    parent: Some(digest.clone()),
                    reason: sent.get("reason").to_owned(),
                };
                let made = scenarios::create(desk, &asked)?;
                Went::to(path_to("/scenarios/{}", &[&made.id]), "override_made")
            },
            move |desk, ctx| again(desk, ctx, (&his, &typed)),
        )
        .await
}

/// The form alone, when it was refused.
fn again(desk: &Desk, ctx: &Ctx, (digest, typed): (&str, &Fields)) -> Result<Sheet, Faults> {
    let board = allocation::board(desk, digest)?;
    let mut pinned = vec![("application", typed.get("application").to_owned())];
    pinned.extend(typed.all("pin").into_iter().map(|v| ("pin", v)));
    let path = path_to("/plans/{}/board", &[&digest]);
    Ok(Sheet::new("rounds", ctx.t("override.title"))
        .under(ctx.plain("/rounds"), ctx.t("nav.rounds"))
        .under(
            ctx.plain(&path_to("/rounds/{}", &[&board.round])),
            board.round.to_string(),
        )
        .under(ctx.plain(&path), ctx.t("board.title"))
        .with("override", "", Part::Form(form(ctx, digest, &pinned))))
}
