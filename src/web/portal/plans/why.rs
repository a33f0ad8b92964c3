//! Why this, why not that: the certificate of one application in words and in figures; for the bureau also a
//! question that is solved again. A firm reads its own and a district those of its firms, of a published plan;
//! other firms stand in it as counts.
//!
//! Not here: how reasons are found (`acts::reasons`).

use actix_web::{HttpResponse, web};

use super::{choices_of_seconds, seconds, tried};
use crate::acts::cases::view;
use crate::acts::powers::reasons::{QUESTION_PLAN, SEE_REASON};
use crate::acts::reasons::certificate::certificate;
use crate::acts::reasons::{self, Certificate, Demand, Placed, PricedOut};
use crate::acts::{Desk, allocation, lookup, words};
use crate::domain::fault::Faults;
use crate::domain::ids::ApplicationId;
use crate::domain::reason::LeftOut;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::portal::told::filter;
use crate::web::portal::{of, page, say};
use crate::web::routes::Route;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::field::Field;
use crate::web::sheet::form::bad;
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[
    page(
        "/plans/{digest}/why/{application}",
        of(&SEE_REASON),
        "why an application is where it is in a plan",
        |r| r.to(of_plan),
    ),
    page(
        "/cases/{id}/why",
        of(&SEE_REASON),
        "why an application is where it is in the published plan",
        |r| r.to(of_case),
    ),
];

async fn of_plan(
    ctx: Ctx,
    caller: Caller,
    path: web::Path<(String, ApplicationId)>,
) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| {
            let (digest, application) = &*path;
            let back = path_to("/plans/{}/board", &[&digest]);
            let sheet = match ctx.can(&QUESTION_PLAN) {
                true => Sheet::new("rounds", application.to_string())
                    .under(ctx.plain("/rounds"), ctx.t("nav.rounds"))
                    .under(ctx.plain(&back), ctx.t("board.title")),
                false => Sheet::new("cases", application.to_string())
                    .under(ctx.plain("/cases"), ctx.t("nav.cases")),
            };
            told(desk, ctx, sheet, (digest, application))
        })
        .await
}

async fn of_case(ctx: Ctx, caller: Caller, id: web::Path<ApplicationId>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| {
            let seen = view::show(desk, &id)?;
            let sheet = Sheet::new("cases", ctx.t("why.page"))
                .under(ctx.plain("/cases"), ctx.t("nav.cases"))
                .under(
                    ctx.plain(&path_to("/cases/{}", &[&id])),
                    say::applicant(ctx, &seen),
                );
            match reasons::shown(desk, &seen.case.round)? {
                Some(digest) => told(desk, ctx, sheet, (&digest, &id)),
                None => {
                    let text = ctx.t("why.not_yet").to_owned();
                    Ok(sheet.with("why", "", Part::Note("info", text)))
                }
            }
        })
        .await
}

fn told(
    desk: &Desk,
    ctx: &Ctx,
    sheet: Sheet,
    (digest, application): (&str, &ApplicationId),
) -> Result<Sheet, Faults> {
    let told = certificate(desk, digest, application)?;
    let kind = match &told.sheet.certificate {
        Certificate::NotEligible { .. } => "not_eligible",
        Certificate::NothingFits { .. } => "nothing_fits",
        Certificate::PricedOut(_) => "priced_out",
        Certificate::Placed(_) => "placed",
    };
    let sentences = told.sentences.iter().map(|s| match ctx.zh() {
        true => s.zh.clone(),
        false => s.en.clone(),
    });
    let sheet = sheet
        .state(kind, ctx.state(kind))
        .lead(format!("{} {}", ctx.t("term.plan"), ctx.short(digest)))
        .with("why", ctx.t("why.words"), Part::Text(sentences.collect()));
    let sheet = match &told.sheet.certificate {
        Certificate::NotEligible { unmet } => {
            let rules = Part::Rules(say::rules(ctx, unmet));
            sheet.with("rules", ctx.t("rules"), rules)
        }
        Certificate::NothingFits { left_out, .. } => {
            let table = Part::Table(broken(ctx, left_out));
            sheet.with("broken", ctx.t("why.nothing_fits.caption"), table)
        }
        Certificate::PricedOut(out) => sheet.with(
            "options",
            ctx.t("why.options.title"),
            Part::Table(options(ctx, out)),
        ),
        Certificate::Placed(placed) => {
            sheet.with("score", ctx.t("why.score"), Part::Table(score(ctx, placed)))
        }
    };
    match ctx.can(&QUESTION_PLAN) {
        true => ask(desk, ctx, sheet, (digest, application)),
        false => Ok(sheet),
    }
}

/// Units by the first hard rule that each breaks.
fn broken(ctx: &Ctx, left_out: &LeftOut) -> Table {
    let lines = left_out.iter().map(|(rule, n)| {
        let text = ctx.say(&words::hard_rule(*rule)).to_owned();
        Line {
            key: text.clone(),
            cells: vec![Cell::text(text), Cell::count(ctx.int(n))],
        }
    });
    let heads = [
        ("rule", ctx.t("why.hard_rule")),
        ("units", ctx.t("why.units")),
    ];
    let caption = ctx.t("why.nothing_fits.caption");
    Table::plain(ctx, caption, &heads, lines.collect())
}

/// Options that it was priced out of, the least missed first.
fn options(ctx: &Ctx, out: &PricedOut) -> Table {
    let lines = out.options.iter().take(20).map(|o| {
        let dear: Vec<&str> = o.parts.iter().map(|p| p.resource.key.as_str()).collect();
        let lacks: Vec<&str> = o.lacking.iter().map(|n| n.key.as_str()).collect();
        Line {
            key: o.option.clone(),
            cells: vec![
                Cell::key(o.option.split('|').next().unwrap_or_default())
                    .under(dear.join(ctx.t("comma"))),
                Cell::figure(ctx.points(&o.worth), o.worth.0),
                Cell::figure(ctx.points(&o.price), o.price.0),
                Cell::figure(ctx.points(&o.missed), o.missed.0),
                Cell::text(lacks.join(ctx.t("comma"))),
            ],
        }
    });
    let heads = [
        ("option", ctx.t("why.option")),
        ("worth", ctx.t("why.worth")),
        ("price", ctx.t("why.price")),
        ("missed", ctx.t("why.missed")),
        ("lacking", ctx.t("why.lacking")),
    ];
    Table::plain(ctx, ctx.t("why.options.title"), &heads, lines.collect())
}

/// Parts of the score of what it has.
fn score(ctx: &Ctx, placed: &Placed) -> Table {
    let part = |name: &str, points: crate::domain::points::Points| Line {
        key: name.to_owned(),
        cells: vec![
            Cell::text(name),
            Cell::figure(ctx.points(&points), points.0),
        ],
    };
    let mut lines: Vec<Line> = placed
        .score
        .iter()
        .map(|p| part(ctx.say(&words::score_part(&p.name)), p.points))
        .collect();
    let homes = format!(
        "{} {}/{}",
        ctx.t("fig.apartments"),
        placed.granted,
        placed.asked
    );
    lines.push(part(&homes, placed.apartments));
    let heads = [("part", ctx.t("why.part")), ("points", ctx.t("points"))];
    Table::plain(ctx, ctx.t("why.score"), &heads, lines)
}

/// Kinds of demands.
const DEMANDS: [&str; 4] = ["place", "give", "district", "keep"];

/// A question that is solved again, and its answer.
fn ask(
    desk: &Desk,
    ctx: &Ctx,
    sheet: Sheet,
    (digest, application): (&str, &ApplicationId),
) -> Result<Sheet, Faults> {
    let districts = lookup::districts(desk)?;
    let kinds = DEMANDS.map(|d| (d.to_owned(), say::word(ctx, "demand", d)));
    let fields = vec![
        Field::one(
            "ask",
            ctx.t("demand.kind"),
            say::or_none(ctx, "board.choose", kinds.to_vec()),
        ),
        Field::line("unit", ctx.t("demand.unit")),
        Field::one(
            "district",
            ctx.t("district"),
            say::or_none(ctx, "board.choose", say::choices(ctx, &districts)),
        ),
        Field::one("seconds", ctx.t("board.seconds"), choices_of_seconds(ctx)),
    ];
    let form = match filter(ctx, fields) {
        Part::Filter(mut form) => {
            ctx.t("demand.go").clone_into(&mut form.submit);
            Part::Filter(form)
        }
        other => other,
    };
    let sheet = sheet.with("ask", ctx.t("demand.title"), form);
    if ctx.value("ask").is_empty() {
        return Ok(sheet);
    }
    let found = demand(ctx, application)
        .and_then(|demand| allocation::tried(desk, digest, &demand, seconds(ctx)));
    Ok(match found {
        Ok(found) => tried::told(sheet, ctx, &found, &districts),
        Err(faults) => {
            let text = say::missing(ctx, &faults).join(" ");
            sheet.with("answer", "", Part::Note("warn", text))
        }
    })
}

fn demand(ctx: &Ctx, application: &ApplicationId) -> Result<Demand, Faults> {
    let application = application.clone();
    Ok(match ctx.value("ask") {
        "give" => Demand::Give {
            application,
            unit: ctx.value("unit").parse()?,
        },
        "district" => Demand::District {
            application,
            district: ctx.value("district").parse()?,
        },
        "place" => Demand::Place { application },
        "keep" => Demand::Keep { application },
        _ => return Err(bad("ask").into()),
    })
}
