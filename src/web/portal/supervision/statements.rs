//! Quarterly statements: what is owed and until when, what is filed, one with its figures and how the terms of the
//! contract stand.
//!
//! Not here: acts on them (`statement_acts`), how terms are judged (`acts::supervision::kpis`).

use actix_web::{HttpResponse, web};

use super::statement_acts::{CONFIRM, FILE, PREPARE, RETURN};
use super::{MOST, contract, events, firm};
use crate::acts::powers::supervision as power;
use crate::acts::supervision::due::{self, Owed};
use crate::acts::supervision::{kpis, statements};
use crate::acts::{Desk, lookup};
use crate::domain::fault::Faults;
use crate::domain::ids::{ContractId, StatementId};
use crate::domain::statement::{Statement, StatementStage};
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::portal::many;
use crate::web::portal::many_acts::CONFIRM_STATEMENTS;
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
    page(
        "/statements",
        of(&power::SEE_STATEMENT),
        "statements that are owed and filed",
        |r| r.to(list),
    ),
    page(
        "/statements/{id}",
        of(&power::SEE_STATEMENT),
        "one statement, and how the terms stand",
        |r| r.to(one),
    ),
];

async fn list(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, all).await
}

fn all(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let late = ctx.value("show") == "overdue";
    let firms = lookup::firms(desk).unwrap_or_default();
    let found = due::list(desk, late)?;
    let writes = ctx.can(&power::PREPARE_STATEMENT);
    let lines = found.iter().map(|o| Line {
        key: format!("{}:{}", o.contract, o.quarter),
        cells: vec![
            quarter(ctx, o, writes),
            Cell::text(say::firm(ctx, &firms, o.firm.as_str())),
            contract(ctx, o.contract.as_str()),
            due_cell(ctx, o),
            match o.stage {
                Some(stage) => say::state(ctx, "statement", stage.name()),
                None => Cell::none(),
            },
        ],
    });
    let heads = [
        ("quarter", ctx.t("statement.quarter")),
        ("firm", ctx.t("firm")),
        ("contract", ctx.t("claim.contract")),
        ("due", ctx.t("statement.due")),
        ("stage", ctx.t("state")),
    ];
    let table = Table::of(ctx, ctx.t("statement.owed"), &heads, lines.collect());
    let shown = [("", "all"), ("overdue", "statement.overdue")];
    let shown = shown.map(|(k, w)| (k.to_owned(), ctx.t(w).to_owned()));
    let fields = vec![Field::one("show", ctx.t("statement.owed"), shown.to_vec())];
    Ok(Sheet::new("statements", ctx.t("nav.statements"))
        .lead(ctx.t("statement.lead"))
        .with("filter", "", filter(ctx, fields))
        .with(
            "owed",
            ctx.t("statement.owed"),
            Part::Table(table.empty(ctx.t("statement.nothing_owed"))),
        )
        .with(
            "filed",
            ctx.t("statement.filed_list"),
            Part::Table(filed(desk, ctx)?),
        ))
}

/// The quarter, leading to where it is written or read.
fn quarter(ctx: &Ctx, owed: &Owed, writes: bool) -> Cell {
    let text = owed.quarter.to_string();
    let open = !matches!(
        owed.stage,
        Some(StatementStage::Filed | StatementStage::Confirmed)
    );
    let path = path_to("/contracts/{}/statements/{}", &[&owed.contract, &text]);
    match (writes && open, owed.stage) {
        (true, _) => Cell::link(ctx.plain(&path), text).under(ctx.t("statement.prepare")),
        (false, Some(_)) => {
            let path = path_to("/statements/{}:{}", &[&owed.contract, &text]);
            Cell::link(ctx.plain(&path), text)
        }
        (false, None) => Cell::text(text),
    }
}

fn due_cell(ctx: &Ctx, owed: &Owed) -> Cell {
    match owed.overdue {
        true => Cell::state("failed", ctx.t("statement.overdue")).under(owed.due.to_string()),
        false => Cell::day(owed.due),
    }
}

/// What is filed and confirmed, the newest first.
fn filed(desk: &Desk, ctx: &Ctx) -> Result<Table, Faults> {
    let firms = lookup::firms(desk).unwrap_or_default();
    let mut found = statements::list(desk, None, None, (None, MOST))?;
    found.sort_by_key(|s| std::cmp::Reverse(s.quarter));
    let lines = found.iter().take(200).map(|s| Line {
        key: s.id.to_string(),
        cells: vec![
            Cell::link(
                ctx.plain(&path_to("/statements/{}", &[&s.id])),
                s.quarter.to_string(),
            ),
            Cell::text(say::firm(ctx, &firms, s.firm.as_str())),
            say::state(ctx, "statement", s.stage.name()),
            Cell::count(i64::from(s.figures.headcount)),
            Cell::money(s.figures.revenue),
            Cell::area(s.figures.area_in_use),
        ],
    });
    let heads = [
        ("quarter", ctx.t("statement.quarter")),
        ("firm", ctx.t("firm")),
        ("stage", ctx.t("state")),
        ("headcount", ctx.t("figure.headcount")),
        ("revenue", ctx.t("figure.revenue")),
        ("area", ctx.t("figure.area_in_use")),
    ];
    let mut table = Table::plain(ctx, ctx.t("statement.filed_list"), &heads, lines.collect());
    let open = found
        .iter()
        .take(200)
        .filter(|s| s.stage == StatementStage::Filed);
    let open = open.map(|s| s.id.to_string());
    table.bulk = many::bulk(ctx, &[&CONFIRM_STATEMENTS], open);
    Ok(table.empty(ctx.t("statement.none")))
}

async fn one(ctx: Ctx, caller: Caller, id: web::Path<StatementId>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, &id))
        .await
}

/// Firm and quarter.
pub fn title(desk: &Desk, ctx: &Ctx, found: &Statement) -> String {
    format!("{} {}", firm(desk, ctx, found.firm.as_str()), found.quarter)
}

fn sheet(desk: &Desk, ctx: &Ctx, id: &StatementId) -> Result<Sheet, Faults> {
    let (found, _) = statements::one(desk, id)?;
    let stage = found.stage.name();
    let sheet = Sheet::new("statements", title(desk, ctx, &found))
        .under(ctx.plain("/statements"), ctx.t("nav.statements"))
        .state(stage, say::word(ctx, "statement", stage));
    let quarter = found.quarter.to_string();
    let mine: &[&'static Verb] = match found.stage {
        StatementStage::Prepared => &[&FILE, &PREPARE],
        StatementStage::Returned => &[&PREPARE],
        StatementStage::Filed => &[&CONFIRM, &RETURN],
        StatementStage::Confirmed => &[],
    };
    let mut sheet = sheet;
    for verb in mine {
        let keys = match verb.path == PREPARE.path {
            true => verbs::keys(&[("id", found.contract.as_str()), ("quarter", &quarter)]),
            false => verbs::keys(&[("id", id.as_str())]),
        };
        sheet = verbs::buttons(sheet, ctx, &keys, &[*verb]);
    }
    let marks = [
        ("statement.prepared", Some(&found.prepared)),
        ("statement.filed", found.filed.as_ref()),
        ("statement.reviewed", found.reviewed.as_ref()),
    ];
    Ok(sheet
        .half(
            "figures",
            ctx.t("statement.figures"),
            Part::Pairs(pairs(ctx, &found)),
        )
        .half(
            "events",
            ctx.t("case.history"),
            Part::Events(say::people(desk, events(ctx, &marks))?),
        )
        .with(
            "terms",
            ctx.t("contract.kpis"),
            Part::Table(terms(desk, ctx, &found.contract)?),
        ))
}

/// Its figures.
pub fn pairs(ctx: &Ctx, found: &Statement) -> Vec<(String, Cell)> {
    let f = &found.figures;
    let text = |words: &str, text: String| (ctx.t(words).to_owned(), Cell::text(text));
    let mut pairs = vec![
        text("figure.headcount", f.headcount.to_string()),
        text("figure.revenue", ctx.money(&f.revenue)),
        text("figure.rd_expense", ctx.money(&f.rd_expense)),
        text("figure.tax", ctx.money(&f.tax)),
        text("figure.area_in_use", ctx.area(&f.area_in_use)),
        text("figure.area_sublet", ctx.area(&f.area_sublet)),
        text("figure.apartments_used", f.apartments_used.to_string()),
        text("statement.note", found.note.clone()),
    ];
    let link = contract(ctx, found.contract.as_str());
    pairs.push((ctx.t("claim.contract").to_owned(), link));
    pairs
}

/// How the terms of a contract stand today.
pub fn terms(desk: &Desk, ctx: &Ctx, id: &ContractId) -> Result<Table, Faults> {
    let judged = kpis::of_contract(desk, id)?;
    let name = |name: &str| {
        let key = format!("figure.{name}");
        match ctx.t(&key) {
            words if words == key => name.to_owned(),
            words => words.to_owned(),
        }
    };
    let lines = judged.iter().map(|j| Line {
        key: format!("{} {}", j.term.name, j.term.year),
        cells: vec![
            Cell::text(name(&j.term.name)),
            Cell::text(j.term.year.to_string()),
            Cell::count(j.term.least),
            Cell::maybe(j.filed),
            say::state(ctx, "term_outcome", j.outcome.name()),
        ],
    });
    let heads = [
        ("kpi", ctx.t("contract.kpi")),
        ("year", ctx.t("contract.year")),
        ("least", ctx.t("contract.least")),
        ("filed", ctx.t("contract.reported")),
        ("outcome", ctx.t("statement.outcome")),
    ];
    Ok(Table::plain(
        ctx,
        ctx.t("contract.kpis"),
        &heads,
        lines.collect(),
    ))
}
