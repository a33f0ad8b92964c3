//! Retention: how long what is kept, what is due to be erased today, and erasing it.
//!
//! Not here: the periods (settings of the program), what erasing leaves behind (`acts::record::retention`).

use std::collections::BTreeMap;

use actix_web::HttpResponse;

use super::verbs::{self, Stand, Verb, before, upon};
use super::{choices, of, page, say};
use crate::acts::Desk;
use crate::acts::powers::record as power;
use crate::acts::record::retention::{self, Due, Retention};
use crate::domain::fault::Faults;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::routes::Route;
use crate::web::screen::Went;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

const APPLY: Verb = Verb {
    path: "/retention/apply",
    power: &power::APPLY_RETENTION,
    words: "retention.apply",
    danger: true,
    stands: |desk, ctx, _| {
        let settings = retention::default_settings()?;
        let due = retention::plan(desk, &settings)?;
        Ok(
            Stand::under("retention", "/retention", ctx.t("nav.retention")).about(
                "due",
                ctx.t("retention.due"),
                Part::Table(counted(ctx, &settings, &due)),
            ),
        )
    },
    act: |desk, _, _| {
        retention::apply(desk, &retention::default_settings()?)?;
        Went::to("/retention", "retention_applied")
    },
};

/// Acts on what is kept.
pub const VERBS: &[Verb] = &[APPLY];

/// The routes.
pub const ROUTES: &[Route] = &[
    page(
        "/retention",
        of(&power::SEE_RETENTION),
        "how long what is kept, and what is due",
        |r| r.to(show),
    ),
    before(&APPLY),
    upon(&APPLY),
];

async fn show(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, sheet).await
}

fn sheet(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let settings = retention::default_settings()?;
    let due = retention::plan(desk, &settings)?;
    let sheet = Sheet::new("retention", ctx.t("nav.retention")).lead(ctx.t("retention.lead"));
    let sheet = match due.items.is_empty() {
        true => sheet,
        false => verbs::buttons(sheet, ctx, &verbs::keys(&[]), &[&APPLY]),
    };
    Ok(sheet.with(
        "rules",
        ctx.t("retention.rules"),
        Part::Table(counted(ctx, &settings, &due)),
    ))
}

/// Each rule with how many are due by it. Keys of what is due stand in no page: they name persons' files.
fn counted(ctx: &Ctx, settings: &Retention, due: &Due) -> Table {
    let mut counts: BTreeMap<String, i64> = BTreeMap::new();
    for item in &due.items {
        *counts.entry(choices::name(&item.what())).or_default() += 1;
    }
    let lines = settings.rules.iter().map(|r| {
        let name = choices::name(&r.what);
        Line {
            key: name.clone(),
            cells: vec![
                Cell::text(say::word(ctx, "retention", &name)),
                Cell::count(i64::from(r.days)),
                Cell::count(counts.get(&name).copied().unwrap_or(0)),
                Cell::text(r.basis.clone()),
            ],
        }
    });
    let heads = [
        ("what", ctx.t("retention.what")),
        ("days", ctx.t("retention.days")),
        ("due", ctx.t("retention.due")),
        ("basis", ctx.t("basis")),
    ];
    Table::plain(ctx, ctx.t("retention.rules"), &heads, lines.collect())
}
