//! Plan runs: the list, and one as it goes, fetched anew upon each event of its stream, or every few seconds where
//! no stream comes through.
//!
//! Not here: the stream (`api::task_events`), asking for a run (`round_acts`).

use actix_web::{HttpResponse, web};

use super::{form, of, page, say};
use crate::acts::powers::tasks::{CANCEL_TASK, SEE_TASK};
use crate::acts::tasks::{self, Filters};
use crate::acts::{Desk, lookup};
use crate::domain::fault::Faults;
use crate::domain::ids::TaskId;
use crate::domain::points::Points;
use crate::domain::task::{Progress, Task};
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::routes::Route;
use crate::web::screen::Went;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::chart::{Chart, Curve};
use crate::web::sheet::field::Field;
use crate::web::sheet::form::{Fields, Form};
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[
    page("/tasks", of(&SEE_TASK), "plan runs", |r| r.to(list)),
    page(
        "/tasks/{id}",
        of(&SEE_TASK),
        "one plan run as it goes",
        |r| r.to(one),
    ),
    page(
        "/tasks/{id}/cancel",
        of(&CANCEL_TASK),
        "before calling a run off",
        |r| r.to(ask),
    ),
    form(
        "/tasks/{id}/cancel",
        of(&CANCEL_TASK),
        "call a run off",
        |r| r.to(cancel),
    ),
];

async fn list(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, all).await
}

fn all(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let mut found = tasks::list(
        desk,
        &Filters {
            limit: 1000,
            ..Filters::default()
        },
    )?;
    found.reverse();
    let people = lookup::people(desk)?;
    let lines = found.iter().map(|t| Line {
        key: t.id.to_string(),
        cells: vec![
            Cell::link(
                ctx.plain(&path_to("/tasks/{}", &[&t.id])),
                ctx.clock(&t.asked.at),
            )
            .under(say::person(&people, &t.asked.by)),
            say::state(ctx, "task", t.state.name()),
            Cell::text(t.work.round().to_string()),
            Cell::text(t.asked.reason.clone()),
            t.result
                .as_ref()
                .map_or_else(Cell::none, |d| Cell::key(ctx.short(d))),
            t.ended_at
                .as_ref()
                .map_or_else(Cell::none, |at| Cell::moment(ctx, at)),
        ],
    });
    let heads = [
        ("asked", ctx.t("task.asked")),
        ("state", ctx.t("state")),
        ("round", ctx.t("term.round")),
        ("reason", ctx.t("reason")),
        ("plan", ctx.t("term.plan")),
        ("ended", ctx.t("task.ended")),
    ];
    let table =
        Table::of(ctx, ctx.t("nav.tasks"), &heads, lines.collect()).empty(ctx.t("task.none"));
    Ok(Sheet::new("tasks", ctx.t("nav.tasks")).with("list", "", Part::Table(table)))
}

async fn one(ctx: Ctx, caller: Caller, id: web::Path<TaskId>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, &id))
        .await
}

fn sheet(desk: &Desk, ctx: &Ctx, id: &TaskId) -> Result<Sheet, Faults> {
    let (task, steps) = tasks::progress(desk, id, 0)?;
    let round = task.work.round().clone();
    let title = format!("{} {}", ctx.t("task.title"), ctx.clock(&task.asked.at));
    let mut sheet = Sheet::new("tasks", title)
        .under(ctx.plain("/tasks"), ctx.t("nav.tasks"))
        .lead(round.to_string())
        .state(task.state.name(), say::word(ctx, "task", task.state.name()))
        .button(
            ctx.plain(&path_to("/rounds/{}", &[&round])),
            ctx.t("task.round"),
            "",
        );
    if !task.state.is_over() {
        sheet = sheet.live(ctx.bare(&path_to("/api/v1/tasks/{}/events", &[&id])));
        if ctx.can(&CANCEL_TASK) {
            sheet = sheet.button(
                ctx.plain(&path_to("/tasks/{}/cancel", &[&id])),
                ctx.t("task.cancel"),
                "danger",
            );
        }
    }
    if let Some(failure) = &task.failure {
        let text = format!("{} {} {}", failure.code, failure.cause, failure.action);
        sheet = sheet.with("failure", "", Part::Note("warn", text));
    }
    sheet = sheet.with("figures", "", Part::Figures(figures(ctx, &task, &steps)));
    for (key, words, chart) in charts(ctx, &steps) {
        sheet = sheet.half(key, ctx.t(words), Part::Chart(chart));
    }
    Ok(sheet.with(
        "steps",
        ctx.t("task.steps"),
        Part::Table(table(ctx, &steps)),
    ))
}

fn figures(ctx: &Ctx, task: &Task, steps: &[Progress]) -> Vec<[String; 4]> {
    let last = |of: fn(&Progress) -> Option<i64>| steps.iter().rev().find_map(of);
    let points = |v: Option<i64>| v.map_or_else(|| "—".to_owned(), |v| ctx.points(&Points(v)));
    let first = steps.first().map(|s| s.at);
    let until = task.ended_at.or_else(|| steps.last().map(|s| s.at));
    let seconds = first.zip(until).map(|(a, b)| (b - a).num_seconds());
    let phase = steps
        .last()
        .map(|s| phase(ctx, &s.phase))
        .unwrap_or_default();
    vec![
        [
            ctx.t("value").to_owned(),
            points(last(|s| s.value)),
            String::new(),
            String::new(),
        ],
        [
            ctx.t("bound").to_owned(),
            points(last(|s| s.bound)),
            String::new(),
            String::new(),
        ],
        [
            ctx.t("gap").to_owned(),
            last(|s| s.gap_ppm).map_or_else(|| "—".to_owned(), |g| ctx.gap(&g)),
            String::new(),
            String::new(),
        ],
        [
            ctx.t("task.seconds").to_owned(),
            seconds.map_or_else(|| "—".to_owned(), |s| s.to_string()),
            String::new(),
            phase,
        ],
    ]
}

/// A phase of the engine in words; as the engine names it where there are none.
fn phase(ctx: &Ctx, name: &str) -> String {
    let key = format!("phase.{name}");
    match ctx.t(&key) {
        words if words == key => name.to_owned(),
        words => words.to_owned(),
    }
}

/// Seconds since the first step, with three digits.
fn since(first: chrono::DateTime<chrono::Utc>, step: &Progress) -> i64 {
    (step.at - first).num_milliseconds()
}

/// A curve of what the steps say, over time.
fn curve(
    steps: &[Progress],
    (label, class): (&str, &'static str),
    of: fn(&Progress) -> Option<i64>,
    words: &dyn Fn(i64) -> String,
) -> Curve {
    let first = steps.first().map(|s| s.at).unwrap_or_default();
    let found = steps.iter().filter_map(|s| Some((since(first, s), of(s)?)));
    let points: Vec<(i64, i64)> = found.collect();
    Curve {
        label: label.to_owned(),
        class,
        said: points
            .iter()
            .map(|(x, y)| (seconds(*x), words(*y)))
            .collect(),
        points,
    }
}

/// Milliseconds as seconds with one digit.
fn seconds(thousandths: i64) -> String {
    format!("{}.{} s", thousandths / 1000, thousandths % 1000 / 100)
}

/// A picture of curves, its axes told at their ends.
fn picture(ctx: &Ctx, words: &str, curves: Vec<Curve>, say: &dyn Fn(i64) -> String) -> Chart {
    let text = format!("{words}.text");
    let heads = [ctx.t("task.seconds"), ctx.t("points"), ""];
    let chart = Chart::curves(ctx.t(words), ctx.t(&text), heads, curves);
    let (left, right) = chart.span();
    let (low, high) = chart.reach();
    chart.between([seconds(left), seconds(right), say(low), say(high)])
}

/// Value and bound, and the gap, over the seconds since the first step; those of which there are two points.
fn charts(ctx: &Ctx, steps: &[Progress]) -> Vec<(&'static str, &'static str, Chart)> {
    let points = |v: i64| ctx.points(&Points(v));
    let gap = |v: i64| ctx.gap(&v);
    let both = vec![
        curve(steps, (ctx.t("value"), "value"), |s| s.value, &points),
        curve(steps, (ctx.t("bound"), "bound"), |s| s.bound, &points),
    ];
    let open = vec![curve(steps, (ctx.t("gap"), "bound"), |s| s.gap_ppm, &gap)];
    let mut found = Vec::new();
    if both.iter().any(|c| c.points.len() > 1) {
        let chart = picture(ctx, "task.curve", both, &points);
        found.push(("curve", "task.curve", chart));
    }
    if open.iter().any(|c| c.points.len() > 1) {
        found.push(("gap", "task.gap", picture(ctx, "task.gap", open, &gap)));
    }
    found
}

fn table(ctx: &Ctx, steps: &[Progress]) -> Table {
    let points = |v: Option<i64>| {
        v.map_or_else(
            || Cell::maybe(None),
            |v| Cell::figure(ctx.points(&Points(v)), v),
        )
    };
    let lines = steps.iter().rev().take(30).map(|s| Line {
        key: s.number.to_string(),
        cells: vec![
            Cell::count(i64::from(s.number)),
            Cell::moment(ctx, &s.at),
            Cell::text(phase(ctx, &s.phase)),
            points(s.value),
            points(s.bound),
            s.gap_ppm
                .map_or_else(|| Cell::maybe(None), |g| Cell::figure(ctx.gap(&g), g)),
        ],
    });
    let heads = [
        ("n", "#"),
        ("at", ctx.t("task.at")),
        ("phase", ctx.t("task.phase")),
        ("value", ctx.t("value")),
        ("bound", ctx.t("bound")),
        ("gap", ctx.t("gap")),
    ];
    Table::plain(ctx, ctx.t("task.steps"), &heads, lines.collect()).empty(ctx.t("task.waiting"))
}

async fn ask(ctx: Ctx, caller: Caller, id: web::Path<TaskId>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| confirm(desk, ctx, &id))
        .await
}

fn confirm(desk: &Desk, ctx: &Ctx, id: &TaskId) -> Result<Sheet, Faults> {
    let task = tasks::see(desk, id)?;
    let path = path_to("/tasks/{}", &[&id]);
    let form = Form::new(
        "cancel",
        ctx.plain(&format!("{path}/cancel")),
        ctx.t("task.cancel"),
    )
    .says(ctx.t("task.cancel.means"))
    .danger()
    .group(
        "",
        "",
        vec![
            Field::tick("keep_best", ctx.t("task.keep_best"), true),
            Field::words("reason", ctx.t("reason")),
        ],
    )
    .cancel(ctx.plain(&path));
    Ok(Sheet::new("tasks", ctx.t("task.cancel"))
        .under(ctx.plain("/tasks"), ctx.t("nav.tasks"))
        .under(ctx.plain(&path), ctx.clock(&task.asked.at))
        .with("act", "", Part::Form(form)))
}

async fn cancel(ctx: Ctx, caller: Caller, id: web::Path<TaskId>, sent: Fields) -> HttpResponse {
    let his = id.clone();
    caller
        .does(
            ctx,
            sent,
            move |desk, sent| {
                tasks::cancel(desk, &id, sent.ticked("keep_best"), sent.get("reason"))?;
                Went::to(path_to("/tasks/{}", &[&id]), "task_cancelled")
            },
            move |desk, ctx| confirm(desk, ctx, &his),
        )
        .await
}
