//! Findings: the list, one with the firm's reply, what was decided and whether it is mended.
//!
//! Not here: acts on them (`finding_acts`), what measures bring into being (`sanctions`).

use actix_web::{HttpResponse, web};

use super::finding_acts::{CLOSE, DECIDE, MEND, NOT_MENDED, REPLY};
use super::{MOST, contract, events, firm};
use crate::acts::powers::supervision as power;
use crate::acts::supervision::findings;
use crate::acts::{Desk, lookup};
use crate::domain::fault::Faults;
use crate::domain::finding::{Finding, FindingStage, Measure};
use crate::domain::ids::FindingId;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::portal::told::filter;
use crate::web::portal::verbs::{self, Verb};
use crate::web::portal::{of, page, say};
use crate::web::routes::Route;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::field::Field;
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[
    page("/findings", of(&power::SEE_VISIT), "findings", |r| {
        r.to(list)
    }),
    page(
        "/findings/{id}",
        of(&power::SEE_VISIT),
        "one finding",
        |r| r.to(one),
    ),
];

async fn list(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, all).await
}

fn all(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let stage = FindingStage::ALL
        .into_iter()
        .find(|s| s.name() == ctx.value("stage"));
    let found = findings::list(desk, None, stage, (None, MOST))?;
    let stages =
        FindingStage::ALL.map(|s| (s.name().to_owned(), say::word(ctx, "finding", s.name())));
    let stages = say::or_none(ctx, "all", stages.to_vec());
    let fields = vec![Field::one("stage", ctx.t("state"), stages)];
    Ok(Sheet::new("findings", ctx.t("nav.findings"))
        .lead(ctx.t("finding.lead"))
        .with("filter", "", filter(ctx, fields))
        .with("list", "", Part::Table(table(desk, ctx, &found))))
}

/// Findings as a table.
pub fn table(desk: &Desk, ctx: &Ctx, found: &[Finding]) -> Table {
    let firms = lookup::firms(desk).unwrap_or_default();
    let lines = found.iter().map(|f| Line {
        key: f.id.to_string(),
        cells: vec![
            Cell::link(
                ctx.plain(&path_to("/findings/{}", &[&f.id])),
                say::word(ctx, "finding_kind", f.kind.name()),
            )
            .under(f.clause.clone()),
            Cell::text(say::firm(ctx, &firms, f.firm.as_str())),
            say::state(ctx, "finding", f.stage.name()),
            Cell::day(f.reply_due),
            Cell::text(measures(ctx, f)),
            Cell::moment(ctx, &f.entered.at),
        ],
    });
    let heads = [
        ("kind", ctx.t("finding.kind")),
        ("firm", ctx.t("firm")),
        ("stage", ctx.t("state")),
        ("reply", ctx.t("finding.reply_due")),
        ("measures", ctx.t("finding.measures")),
        ("entered", ctx.t("finding.entered")),
    ];
    Table::of(ctx, ctx.t("nav.findings"), &heads, lines.collect()).empty(ctx.t("finding.none"))
}

/// Measures in words with their days.
pub fn measures(ctx: &Ctx, found: &Finding) -> String {
    let day = |m: &Measure| match m {
        Measure::Rectify { by } => by.to_string(),
        Measure::Suspend { from, until } => {
            let until = until.map(|d| d.to_string()).unwrap_or_default();
            format!("{from} – {until}")
        }
        Measure::ClawBack { from } => from.to_string(),
        Measure::Ban { until } => until.map(|d| d.to_string()).unwrap_or_default(),
        Measure::Warn | Measure::Terminate => String::new(),
    };
    let one = |m: &Measure| {
        let word = say::word(ctx, "measure", m.name());
        format!("{word} {}", day(m)).trim_end().to_owned()
    };
    let all: Vec<String> = found.measures.iter().map(one).collect();
    all.join(ctx.t("comma"))
}

async fn one(ctx: Ctx, caller: Caller, id: web::Path<FindingId>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, &id))
        .await
}

fn sheet(desk: &Desk, ctx: &Ctx, id: &FindingId) -> Result<Sheet, Faults> {
    let (found, _) = findings::one(desk, id)?;
    let stage = found.stage.name();
    let sheet = Sheet::new(
        "findings",
        say::word(ctx, "finding_kind", found.kind.name()),
    )
    .under(ctx.plain("/findings"), ctx.t("nav.findings"))
    .state(stage, say::word(ctx, "finding", stage))
    .lead(firm(desk, ctx, found.firm.as_str()));
    let keys = verbs::keys(&[("id", id.as_str())]);
    let mine: &[&'static Verb] = match found.stage {
        FindingStage::Open => &[&REPLY, &DECIDE],
        FindingStage::Replied => &[&DECIDE],
        FindingStage::Decided => &[&MEND, &CLOSE],
        FindingStage::Mended => &[&CLOSE, &NOT_MENDED],
        FindingStage::Dismissed | FindingStage::Closed => &[],
    };
    let marks = [
        ("finding.entered", Some(&found.entered)),
        ("finding.replied", found.reply.as_ref()),
        ("finding.decided", found.decided.as_ref()),
        ("finding.mended", found.mended.as_ref()),
        ("finding.closed", found.closed.as_ref()),
    ];
    Ok(verbs::buttons(sheet, ctx, &keys, mine)
        .half("facts", ctx.t("facts"), Part::Pairs(facts(ctx, &found)))
        .half(
            "events",
            ctx.t("case.history"),
            Part::Events(say::people(desk, events(ctx, &marks))?),
        ))
}

/// What is wrong, by when to reply, what was decided.
pub fn facts(ctx: &Ctx, found: &Finding) -> Vec<(String, Cell)> {
    let visit = path_to("/visits/{}", &[&found.visit]);
    vec![
        (
            ctx.t("finding.text").to_owned(),
            Cell::text(found.text.clone()),
        ),
        (
            ctx.t("finding.clause").to_owned(),
            Cell::text(found.clause.clone()),
        ),
        (
            ctx.t("claim.contract").to_owned(),
            contract(ctx, found.contract.as_str()),
        ),
        (
            ctx.t("visit.one").to_owned(),
            Cell::link(ctx.plain(&visit), ctx.t("visit.see")),
        ),
        (
            ctx.t("finding.reply_due").to_owned(),
            Cell::day(found.reply_due),
        ),
        (
            ctx.t("finding.measures").to_owned(),
            Cell::text(measures(ctx, found)),
        ),
    ]
}
