//! The start page: what goes on, what everybody can do, and in a demonstration the way in as each role with a
//! path through a round.
//!
//! Not here: entering (`enter`).

use actix_web::HttpResponse;

use super::{page, say};
use crate::acts::Desk;
use crate::acts::lookup;
use crate::acts::people::{Tools, again, demo, demo_path};
use crate::acts::rounds::view;
use crate::domain::account::Account;
use crate::domain::fault::Faults;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::routes::{Route, Who};
use crate::web::sheet::field::Field;
use crate::web::sheet::form::Form;
use crate::web::sheet::{Card, Part, Sheet, Walk};

/// The routes.
pub const ROUTES: &[Route] = &[page("/", Who::Public, "start page", |r| r.to(show))];

/// What everybody can do: key, path.
const OPEN: [(&str, &str); 5] = [
    ("vacancies", "/vacancies"),
    ("precheck", "/precheck"),
    ("notices", "/notices"),
    ("results", "/results"),
    ("statistics", "/statistics"),
];

async fn show(ctx: Ctx, caller: Option<Caller>) -> HttpResponse {
    let Some(caller) = caller else {
        return super::super::pages::bare(&ctx);
    };
    let tools = caller.tools();
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, tools.as_deref()))
        .await
}

/// The page.
pub fn sheet(desk: &Desk, ctx: &Ctx, tools: Option<&Tools>) -> Result<Sheet, Faults> {
    let mut sheet = Sheet::new("start", ctx.t("start.title")).lead(ctx.t("start.lead"));
    let people = match tools {
        Some(tools) => demo::listed(desk, tools)?,
        None => Vec::new(),
    };
    if let (Some(tools), false) = (tools, people.is_empty()) {
        sheet = demonstration(desk, ctx, sheet, tools, people)?;
    }
    let open = OPEN.iter().map(|(key, path)| Card {
        title: ctx.t(&format!("nav.{key}")).to_owned(),
        text: ctx.t(&format!("start.{key}")).to_owned(),
        href: ctx.plain(path),
        label: ctx.t("start.open").to_owned(),
        post: String::new(),
    });
    sheet = sheet.with("open", ctx.t("start.public"), Part::Cards(open.collect()));
    Ok(sheet.with(
        "rounds",
        ctx.t("start.rounds"),
        Part::Cards(rounds(desk, ctx)?),
    ))
}

/// The rounds with where each stands.
fn rounds(desk: &Desk, ctx: &Ctx) -> Result<Vec<Card>, Faults> {
    let mut cards = Vec::new();
    for round in lookup::rounds(desk)?.into_iter().take(6) {
        let seen = view::show(desk, &round.id)?;
        let mut text = say::word(ctx, "step", seen.procedure.step.name());
        if let Some(guide) = &seen.procedure.guide {
            text = format!(
                "{text} · {} {} – {}",
                ctx.t("round.window"),
                ctx.clock(&guide.opens_at),
                ctx.clock(&guide.closes_at)
            );
        }
        cards.push(Card {
            title: if ctx.zh() {
                round.name_zh
            } else {
                round.name_en
            },
            text,
            href: ctx.plain(&path_to("/notices/{}", &[&round.id])),
            label: ctx.t("start.notice").to_owned(),
            post: String::new(),
        });
    }
    Ok(cards)
}

fn demonstration(
    desk: &Desk,
    ctx: &Ctx,
    sheet: Sheet,
    tools: &Tools,
    people: Vec<Account>,
) -> Result<Sheet, Faults> {
    let doors = super::doors::doors(desk, ctx, (tools, &people))?;
    let days = [1, 7, 14, 30].map(|n: i64| (n.to_string(), format!("{n} {}", ctx.t("start.days"))));
    let clock = Form::new("clock", ctx.plain("/demo/clock"), ctx.t("start.ahead"))
        .says(&format!(
            "{} {}{}",
            ctx.t("start.now"),
            ctx.clock(&desk.now()),
            ctx.t("start.clock")
        ))
        .group(
            "",
            "",
            vec![Field::one("days", ctx.t("start.by"), days.to_vec())],
        );
    let mut sheet = sheet
        .with(
            "demo",
            "",
            Part::Note("info", ctx.t("start.demo").to_owned()),
        )
        .with(
            "path",
            ctx.t("start.path"),
            Part::Path(walk(desk, ctx, tools)?),
        )
        .with("roles", ctx.t("start.roles"), Part::Doors(doors))
        .half("clock", ctx.t("start.clock.title"), Part::Form(clock));
    if again::is_possible(desk, tools) {
        let words = ctx.t("start.again");
        let form = Form::new("again", ctx.plain("/demo/again"), words)
            .says(ctx.t("start.again.means"))
            .sure();
        sheet = sheet.half("again", words, Part::Form(form));
    }
    Ok(sheet)
}

/// The steps of the path: key of the words, who enters, where he goes; `{round}` and `{district}` stand for what the
/// demonstration has.
const PATH: [&[(&str, &str, &str)]; 7] = [
    &[("demo-planner", "/rounds/{round}/guide", "bureau_planner")],
    &[("demo-firm1-preparer", "/cases/new", "firm_preparer")],
    &[("demo-firm1-approver", "/cases", "firm_approver")],
    &[("demo-reviewer-{district}", "/review", "district_reviewer")],
    &[("demo-planner", "/rounds/{round}", "bureau_planner")],
    &[
        ("demo-planner", "/rounds/{round}", "bureau_planner"),
        ("demo-bureau", "/rounds/{round}", "bureau_approver"),
    ],
    &[
        ("demo-bureau", "/rounds/{round}", "bureau_approver"),
        ("demo-firm1-approver", "/offers", "firm_approver"),
    ],
];

fn walk(desk: &Desk, ctx: &Ctx, tools: &Tools) -> Result<Vec<Walk>, Faults> {
    let Some(come) = demo_path::come(desk, tools)? else {
        return Ok(Vec::new());
    };
    let done = come.done();
    let named = |text: &str| {
        text.replace("{round}", come.round.as_str())
            .replace("{district}", &come.district.to_lowercase())
    };
    let way = |(login, path, role): &(&str, &str, &str)| {
        let lang = if ctx.zh() { "" } else { "?lang=en" };
        [
            named(login),
            format!("{}{lang}", named(path)),
            format!("{} {}", ctx.t("start.as"), say::word(ctx, "role", role)),
        ]
    };
    let step = |(at, ways): (usize, &&[(&str, &str, &str)])| {
        let (state, word) = match at.cmp(&done) {
            std::cmp::Ordering::Less => ("done", "step.is_done"),
            std::cmp::Ordering::Equal => ("now", "step.is_now"),
            std::cmp::Ordering::Greater => ("next", "step.is_next"),
        };
        let n = at + 1;
        Walk {
            n,
            state,
            word: ctx.t(word).to_owned(),
            title: ctx.t(&format!("path.{n}")).to_owned(),
            text: ctx.t(&format!("path.{n}.text")).to_owned(),
            enter: ctx.plain("/demo/enter"),
            ways: ways.iter().map(way).collect(),
        }
    };
    Ok(PATH.iter().enumerate().map(step).collect())
}
