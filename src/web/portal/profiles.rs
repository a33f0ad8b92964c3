//! Profiles that a district verifies: the list, and one with what is verified beside what is declared.
//!
//! Not here: declaring it (`profile`).

use actix_web::{HttpResponse, web};

use super::profile::pairs;
use super::{form, of, page, say};
use crate::acts::Desk;
use crate::acts::cases::{profile, profile_files};
use crate::acts::powers::cases::{JUDGE_PROFILE, SEE_PROFILE};
use crate::domain::fault::Faults;
use crate::domain::ids::FirmId;
use crate::domain::profile::{FirmFacts, ProfileStage};
use crate::web::api::case_files::attached;
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
    page("/profiles", of(&SEE_PROFILE), "profiles of firms", |r| {
        r.to(list)
    }),
    page("/profiles/{firm}", of(&SEE_PROFILE), "one profile", |r| {
        r.to(one)
    }),
    form(
        "/profiles/{firm}",
        of(&JUDGE_PROFILE),
        "verify or refuse a profile",
        |r| r.to(judge),
    ),
    page(
        "/profiles/{firm}/files/{digest}",
        of(&SEE_PROFILE),
        "a file of a profile",
        |r| r.to(read),
    ),
];

async fn list(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, all).await
}

fn all(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let all = profile::list(desk, None, (None, 5000))?;
    let lines = all.iter().map(|p| Line {
        key: p.firm.to_string(),
        cells: vec![
            Cell::link(
                ctx.plain(&path_to("/profiles/{}", &[&p.firm])),
                p.facts.name_zh.clone(),
            )
            .under(p.firm.to_string()),
            say::state(ctx, "profile", p.stage.name()),
            Cell::text(p.facts.industry.to_string()),
            Cell::count(i64::from(p.facts.headcount)),
            Cell::moment(ctx, &p.declared.at),
        ],
    });
    let heads = [
        ("firm", ctx.t("firm")),
        ("stage", ctx.t("state")),
        ("industry", ctx.t("industry")),
        ("headcount", ctx.t("headcount")),
        ("at", ctx.t("case.changed")),
    ];
    let table = Table::of(ctx, ctx.t("nav.profiles"), &heads, lines.collect());
    Ok(Sheet::new("profiles", ctx.t("nav.profiles"))
        .lead(ctx.t("profiles.lead"))
        .with(
            "list",
            "",
            Part::Table(table.empty(ctx.t("profiles.empty"))),
        ))
}

async fn one(ctx: Ctx, caller: Caller, firm: web::Path<FirmId>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, &firm))
        .await
}

fn sheet(desk: &Desk, ctx: &Ctx, firm: &FirmId) -> Result<Sheet, Faults> {
    let seen = profile::show(desk, firm)?;
    let code = seen.firm.credit_code.as_str();
    let mut sheet = Sheet::new("profiles", seen.firm.name_zh.clone())
        .under(ctx.plain("/profiles"), ctx.t("nav.profiles"))
        .half(
            "known",
            ctx.t("profile.known"),
            Part::Pairs(pairs(ctx, &FirmFacts::of(&seen.firm), code)),
        );
    let Some(p) = &seen.profile else {
        return Ok(sheet.half(
            "declared",
            ctx.t("profile.declared"),
            Part::Note("info", ctx.t("profile.none").to_owned()),
        ));
    };
    let holders = p.controllers.iter().map(|c| {
        let share = format!("{}.{:02} %", c.share.bp() / 100, c.share.bp() % 100);
        (c.name.clone(), Cell::text(share))
    });
    let files = p.evidence.iter().map(|f| Line {
        key: f.digest.clone(),
        cells: vec![
            Cell::link(
                ctx.plain(&path_to("/profiles/{}/files/{}", &[&firm, &f.digest])),
                f.label.clone(),
            ),
            Cell::text(f.kind.clone()),
            Cell::moment(ctx, &f.filed.at),
        ],
    });
    let heads = [
        ("file", ctx.t("file")),
        ("kind", ctx.t("file.kind")),
        ("at", ctx.t("file.at")),
    ];
    let files = Table::plain(ctx, ctx.t("profile.files"), &heads, files.collect());
    sheet = sheet
        .state(p.stage.name(), say::word(ctx, "profile", p.stage.name()))
        .half(
            "declared",
            ctx.t("profile.declared"),
            Part::Pairs(pairs(ctx, &p.facts, code)),
        )
        .half(
            "holders",
            ctx.t("profile.holders"),
            Part::Pairs(holders.collect()),
        )
        .half(
            "files",
            ctx.t("profile.files"),
            Part::Table(files.empty(ctx.t("evidence.none"))),
        );
    if p.stage == ProfileStage::Declared && ctx.can(&JUDGE_PROFILE) {
        let form = Form::new(
            "judge",
            ctx.plain(&path_to("/profiles/{}", &[&firm])),
            ctx.t("profile.verify"),
        )
        .says(ctx.t("profile.verify.means"))
        .group(
            "",
            "",
            vec![Field::words("note", ctx.t("review.note")).hint(ctx.t("profile.refuse.hint"))],
        )
        .hidden("tag", seen.tag.as_deref().unwrap_or_default())
        .also("refuse", "yes", ctx.t("profile.refuse"))
        .cancel(ctx.plain("/profiles"));
        sheet = sheet.with("judge", ctx.t("profile.judge"), Part::Form(form));
    }
    Ok(sheet)
}

async fn judge(ctx: Ctx, caller: Caller, firm: web::Path<FirmId>, sent: Fields) -> HttpResponse {
    let his = firm.clone();
    caller
        .does(
            ctx,
            sent,
            move |desk, sent| {
                let done =
                    match sent.ticked("refuse") {
                        true => profile::refuse(desk, &firm, sent.get("note"))
                            .map(|_| "profile_refused"),
                        false => profile::verify(desk, &firm, sent.get("note"))
                            .map(|_| "profile_verified"),
                    };
                Went::to(path_to("/profiles/{}", &[&firm]), done?)
            },
            move |desk, ctx| sheet(desk, ctx, &his),
        )
        .await
}

async fn read(caller: Caller, path: web::Path<(FirmId, String)>) -> HttpResponse {
    let (firm, digest) = path.into_inner();
    attached(caller, move |desk| {
        profile_files::read(desk, &firm, &digest)
    })
    .await
}
