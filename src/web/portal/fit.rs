//! The vacant units for an application: which fit, and why each of the others does not.
//!
//! Not here: how that is found (`acts::cases::fit`).

use actix_web::{HttpResponse, web};

use super::told::filter;
use super::vacancies::{heads, line};
use super::wizard::told;
use super::{of, page, say};
use crate::acts::cases::precheck::Told;
use crate::acts::cases::{fit, view};
use crate::acts::powers::cases::SEE_CASE;
use crate::acts::{Desk, words};
use crate::domain::case::Case;
use crate::domain::fault::Faults;
use crate::domain::ids::ApplicationId;
use crate::domain::reason::HardRule;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::routes::Route;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::field::Field;
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Fits, Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[page(
    "/cases/{id}/units",
    of(&SEE_CASE),
    "units that fit an application, and why others do not",
    |r| r.to(show),
)];

async fn show(ctx: Ctx, caller: Caller, id: web::Path<ApplicationId>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, &id))
        .await
}

/// How many of those that fit are named while one types.
const NAMED: usize = 6;

/// What fits an application that is being filled in, and by which rule the rest does not.
pub fn fits(desk: &Desk, ctx: &Ctx, case: &Case, told: &Told) -> Result<Fits, Faults> {
    let units = ctx.shelf().all(desk)?;
    let looked = fit::look(desk, told, &units)?;
    let mut why: Vec<(HardRule, usize)> = Vec::new();
    for rule in looked.iter().filter_map(|l| l.why) {
        match why.iter_mut().find(|(known, _)| *known == rule) {
            Some((_, count)) => *count += 1,
            None => why.push((rule, 1)),
        }
    }
    why.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let fitting = || looked.iter().filter(|l| l.why.is_none());
    let some = fitting().take(NAMED).map(|l| {
        let v = l.vacancy;
        let rent = v.unit.rent.as_ref();
        let rent = rent.map_or_else(String::new, |r| {
            format!(" · {} {}", r.rate, ctx.t("yuan.m2"))
        });
        let place = format!("{} {}{}", v.building, v.level, ctx.t("vac.floor"));
        [
            ctx.plain(&path_to("/vacancies/site/{}", &[&v.site])),
            ctx.say(&v.name).to_owned(),
            format!("{place} · {} m²{rent}", ctx.area(&v.unit.area)),
        ]
    });
    Ok(Fits {
        fit: fitting().count(),
        all: looked.len(),
        some: some.collect(),
        why: why
            .into_iter()
            .map(|(rule, count)| (ctx.say(&words::hard_rule(rule)).to_owned(), count))
            .collect(),
        more: ctx.plain(&path_to("/cases/{}/units", &[&case.id])),
    })
}

fn sheet(desk: &Desk, ctx: &Ctx, id: &ApplicationId) -> Result<Sheet, Faults> {
    let seen = view::show(desk, id)?;
    let path = path_to("/cases/{}", &[&id]);
    let sheet = Sheet::new("cases", ctx.t("fit.title"))
        .under(ctx.plain("/cases"), ctx.t("nav.cases"))
        .under(ctx.plain(&path), say::applicant(ctx, &seen));
    let units = ctx.shelf().all(desk)?;
    let looked =
        told(desk, &seen, &seen.case.draft).and_then(|told| fit::look(desk, &told, &units));
    let looked = match looked {
        Ok(looked) => looked,
        Err(faults) => {
            let lines = say::missing(ctx, &faults);
            return Ok(sheet.with("missing", ctx.t("case.missing"), Part::Text(lines)));
        }
    };
    let fitting = looked.iter().filter(|l| l.why.is_none()).count();
    let wanted = ctx.value("fit");
    let shown = looked.iter().filter(|l| match wanted {
        "yes" => l.why.is_none(),
        "no" => l.why.is_some(),
        _ => true,
    });
    let lines = shown.map(|l| {
        let mut row: Line = line(ctx, l.vacancy);
        let cell = match l.why {
            None => Cell::state("met", ctx.t("fit.fits")),
            Some(rule) => Cell::state("not_met", ctx.say(&words::hard_rule(rule))),
        };
        row.cells.insert(1, cell);
        row
    });
    let mut columns = heads(ctx);
    columns.insert(1, ("fit", ctx.t("fit.why")));
    let table = Table::of(ctx, ctx.t("vac.caption"), &columns, lines.collect());
    let choices = [("yes", "fit.only"), ("no", "fit.others")];
    let choices = choices
        .map(|(v, word)| (v.to_owned(), ctx.t(word).to_owned()))
        .to_vec();
    let fields = vec![Field::one(
        "fit",
        ctx.t("fit.why"),
        say::or_none(ctx, "all", choices),
    )];
    Ok(sheet
        .lead(format!(
            "{fitting} / {} · {}",
            looked.len(),
            ctx.t("fit.lead")
        ))
        .with("filter", "", filter(ctx, fields))
        .with("list", ctx.t("vac.list"), Part::Table(table)))
}
