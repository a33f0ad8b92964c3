//! Applications: the list of those that the reader may see, and one with its rules, evidence and history beside
//! each other. What may be done with it stands as buttons.
//!
//! Not here: doing it (`case_acts`), filling it in (`wizard`).

use actix_web::{HttpResponse, web};

use super::case_acts::open_verbs;
use super::case_parts::{asks, events, evidence, flag_table, flags, short, wanted};
use super::told::{filter, holds, passes};
use super::{of, page, say};
use crate::acts::cases::view::{self, Seen, Wanted};
use crate::acts::powers::cases::{BEGIN_CASE, SEE_CASE};
use crate::acts::powers::reasons::SEE_REASON;
use crate::acts::{Desk, lookup};
use crate::domain::case::{Case, CaseStage};
use crate::domain::fault::Faults;
use crate::domain::ids::ApplicationId;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::routes::Route;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::field::Field;
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[
    page("/cases", of(&SEE_CASE), "applications", |r| r.to(list)),
    page("/cases/{id}", of(&SEE_CASE), "one application", |r| {
        r.to(one)
    }),
];

/// Most rows that are read for a list.
const MOST: u32 = 5000;

async fn list(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, all).await
}

fn all(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let cases = view::list(
        desk,
        &Wanted {
            limit: MOST,
            ..Wanted::default()
        },
    )?;
    let table = table(desk, ctx, &cases)?.empty(ctx.t(match ctx.can(&BEGIN_CASE) {
        true => "case.none_yet",
        false => "case.none",
    }));
    let mut sheet = Sheet::new("cases", ctx.t("nav.cases"));
    if ctx.can(&BEGIN_CASE) {
        sheet = sheet.button(ctx.plain("/cases/new"), ctx.t("case.new"), "primary");
    }
    let states = CaseStage::ALL.map(|s| (s.name().to_owned(), say::word(ctx, "case", s.name())));
    let fields = vec![
        Field::one(
            "stage",
            ctx.t("state"),
            say::or_none(ctx, "all", states.to_vec()),
        ),
        Field::line("q", ctx.t("find")),
    ];
    Ok(sheet
        .with("filter", "", filter(ctx, fields))
        .with("list", "", Part::Table(table)))
}

/// A table of cases, as the address wants it.
pub fn table(desk: &Desk, ctx: &Ctx, cases: &[Case]) -> Result<Table, Faults> {
    let firms = lookup::firms(desk)?;
    let districts = lookup::districts(desk)?;
    let mut lines = Vec::new();
    for case in cases {
        let name = say::firm(ctx, &firms, case.firm.as_str());
        if !passes(ctx, "stage", case.stage.name()) || !holds(ctx, &[&name, case.id.as_str()]) {
            continue;
        }
        let last = case
            .remarks
            .last()
            .map(|r| &r.signed)
            .or(case.submitted.as_ref());
        lines.push(Line {
            key: case.id.to_string(),
            cells: vec![
                Cell::link(ctx.plain(&path_to("/cases/{}", &[&case.id])), name)
                    .under(short(&case.id)),
                say::state(ctx, "case", case.stage.name()),
                Cell::text(case.round.to_string()),
                Cell::text(say::named(ctx, &districts, case.district.as_str())),
                Cell::text(wanted(ctx, &case.draft)),
                flags(ctx, case),
                last.map_or_else(
                    || Cell::moment(ctx, &case.begun_at),
                    |s| Cell::moment(ctx, &s.at),
                ),
            ],
        });
    }
    let heads = [
        ("firm", ctx.t("firm")),
        ("stage", ctx.t("state")),
        ("round", ctx.t("term.round")),
        ("district", ctx.t("district")),
        ("want", ctx.t("case.want")),
        ("flags", ctx.t("case.flags")),
        ("at", ctx.t("case.changed")),
    ];
    Ok(Table::of(ctx, ctx.t("nav.cases"), &heads, lines))
}

async fn one(ctx: Ctx, caller: Caller, id: web::Path<ApplicationId>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, &id))
        .await
}

fn sheet(desk: &Desk, ctx: &Ctx, id: &ApplicationId) -> Result<Sheet, Faults> {
    let seen = view::show(desk, id)?;
    let case = &seen.case;
    let mut sheet = Sheet::new("cases", say::applicant(ctx, &seen))
        .under(ctx.plain("/cases"), ctx.t("nav.cases"))
        .state(case.stage.name(), say::word(ctx, "case", case.stage.name()))
        .lead(format!("{} · {}", short(&case.id), case.round));
    for (n, verb) in open_verbs(ctx, case).into_iter().enumerate() {
        // The next step stands out, and it alone.
        let kind = if n > 0 || verb.danger { "" } else { "primary" };
        let path = path_to("/cases/{}/{}", &[&id, &verb.name]);
        sheet = sheet.button(
            ctx.plain(&path),
            ctx.t(&format!("verb.{}", verb.name)),
            kind,
        );
    }
    if case.stage.is_editable() && ctx.can(&crate::acts::powers::cases::SAVE_DRAFT) {
        sheet = sheet.button(
            ctx.plain(&path_to("/cases/{}/draft", &[&id])),
            ctx.t("case.edit"),
            "primary",
        );
    }
    if case.draft.area_min.is_some() {
        sheet = sheet.button(
            ctx.plain(&path_to("/cases/{}/units", &[&id])),
            ctx.t("fit.title"),
            "",
        );
    }
    if matches!(case.stage, CaseStage::Verified) && ctx.can(&SEE_REASON) {
        let path = path_to("/cases/{}/why", &[&id]);
        sheet = sheet.button(ctx.plain(&path), ctx.t("why.page"), "");
    }
    if let Some(day) = case.supplement_until {
        let text = format!("{} {day}", ctx.t("case.supplement"));
        sheet = sheet.with("supplement", "", Part::Note("warn", text));
    }
    sheet = sheet.with(
        "way",
        ctx.t("way.title"),
        Part::Steps(super::way::of(desk, ctx, case)?),
    );
    sheet = judged(ctx, sheet, &seen);
    sheet = sheet
        .half(
            "evidence",
            ctx.t("evidence.kinds"),
            Part::Table(evidence(desk, ctx, case)?),
        )
        .half(
            "asks",
            ctx.t("app.asks"),
            Part::Pairs(asks(desk, ctx, &case.draft)?),
        );
    if !case.flags.is_empty() {
        sheet = sheet.half(
            "flags",
            ctx.t("case.flags"),
            Part::Table(flag_table(ctx, case)),
        );
    }
    Ok(sheet.half(
        "events",
        ctx.t("case.history"),
        Part::Events(say::people(desk, events(ctx, case))?),
    ))
}

/// The rules, or what keeps the draft from being an application.
fn judged(ctx: &Ctx, sheet: Sheet, seen: &Seen) -> Sheet {
    if seen.verdicts.is_empty() {
        let lines = say::missing(ctx, &Faults(seen.faults.clone()));
        let heading = ctx.t("case.missing");
        return sheet.half("rules", heading, Part::Text(lines));
    }
    let (_, word) = say::verdict(ctx, &seen.verdicts);
    let heading = format!("{} · {word}", ctx.t("rules"));
    sheet.half(
        "rules",
        heading,
        Part::Rules(say::rules(ctx, &seen.verdicts)),
    )
}
