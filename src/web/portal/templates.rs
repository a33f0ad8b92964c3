//! Templates of notices: the versions with who made them, bringing a new one, putting an older one in force again, the files
//! and a sample of each.
//!
//! Not here: what a template may be (`acts::papers`), the notices (`paper`).

use actix_web::{HttpResponse, web};

use super::{form, of, page, paper, say};
use crate::acts::papers::{docx, marks, templates};
use crate::acts::powers::papers::{CHANGE_TEMPLATE, SEE_TEMPLATE};
use crate::acts::{Desk, lookup};
use crate::domain::fault::Faults;
use crate::domain::paper_template::PaperTemplate;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::links::path_to;
use crate::web::routes::Route;
use crate::web::screen::Went;
use crate::web::sheet::cell::Cell;
use crate::web::sheet::field::Field;
use crate::web::sheet::form::{Fields, Form, bad};
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[
    page(
        "/notice-templates",
        of(&SEE_TEMPLATE),
        "templates of notices",
        |r| r.to(list),
    ),
    form(
        "/notice-templates",
        of(&CHANGE_TEMPLATE),
        "bring a template of notices",
        |r| r.to(bring),
    ),
    form(
        "/notice-templates/back",
        of(&CHANGE_TEMPLATE),
        "put an older template in force again",
        |r| r.to(back),
    ),
    page(
        "/notice-templates/{version}/file",
        of(&SEE_TEMPLATE),
        "the file of a template; 0 is the one that is built in",
        |r| r.to(file),
    ),
    page(
        "/notice-templates/{version}/sample",
        of(&SEE_TEMPLATE),
        "a template filled with a sample",
        |r| r.to(sample),
    ),
];

const PATH: &str = "/notice-templates";

async fn list(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, sheet).await
}

fn sheet(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    let all = templates::list(desk)?;
    let mut sheet = Sheet::new("templates", ctx.t("nav.templates"))
        .lead(ctx.t("template.lead"))
        .with(
            "versions",
            ctx.t("template.versions"),
            Part::Table(versions(desk, ctx, &all)?),
        );
    if ctx.can(&CHANGE_TEMPLATE) {
        sheet = sheet
            .half("bring", ctx.t("template.bring"), Part::Form(ask(ctx)))
            .half("back", ctx.t("template.back"), Part::Form(again(ctx, &all)));
    }
    let fields = Part::Table(fields(ctx));
    Ok(sheet.with("fields", ctx.t("template.fields"), fields))
}

fn versions(desk: &Desk, ctx: &Ctx, all: &[PaperTemplate]) -> Result<Table, Faults> {
    let people = lookup::people(desk)?;
    let link =
        |n: u32, end: &str, words: &str| Cell::link(ctx.plain(&path_to(end, &[&n])), ctx.t(words));
    let force = |on: bool| match on {
        true => Cell::state("met", ctx.t("template.in_force")),
        false => Cell::state("ended", ctx.t("template.older")),
    };
    let mut lines: Vec<Line> = Vec::new();
    for (n, t) in all.iter().enumerate() {
        let name = match t.digest {
            Some(_) => format!("{} {}", ctx.t("template.version"), t.version),
            None => format!(
                "{} {} · {}",
                ctx.t("template.version"),
                t.version,
                ctx.t("template.built_in")
            ),
        };
        lines.push(Line {
            key: t.id.clone(),
            cells: vec![
                Cell::text(name),
                force(n == 0),
                Cell::moment(ctx, &t.made.at).under(say::person(&people, &t.made.by)),
                Cell::long(t.made.reason.clone()),
                link(t.version, "/notice-templates/{}/file", "template.file"),
                link(t.version, "/notice-templates/{}/sample", "template.sample"),
            ],
        });
    }
    lines.push(Line {
        key: "0".to_owned(),
        cells: vec![
            Cell::text(ctx.t("template.built_in")),
            force(all.is_empty()),
            Cell::none(),
            Cell::none(),
            link(0, "/notice-templates/{}/file", "template.file"),
            link(0, "/notice-templates/{}/sample", "template.sample"),
        ],
    });
    let heads = [
        ("version", ctx.t("template.version")),
        ("state", ctx.t("state")),
        ("at", ctx.t("template.made")),
        ("reason", ctx.t("reason")),
        ("file", ctx.t("template.file")),
        ("sample", ctx.t("template.sample")),
    ];
    Ok(Table::plain(ctx, ctx.t("template.versions"), &heads, lines))
}

fn ask(ctx: &Ctx) -> Form {
    Form::new("bring", ctx.plain(PATH), ctx.t("template.bring"))
        .files()
        .says(ctx.t("template.bring.means"))
        .group(
            "",
            "",
            vec![
                Field::file("file", ctx.t("template.file.new"))
                    .hint(ctx.t("template.file.hint"))
                    .wide()
                    .needed(),
                Field::words("reason", ctx.t("reason")).needed(),
            ],
        )
}

fn again(ctx: &Ctx, all: &[PaperTemplate]) -> Form {
    let older = all.iter().skip(1).filter(|t| t.digest.is_some());
    let older = older.map(|t| {
        let name = format!("{} {}", ctx.t("template.version"), t.version);
        (t.version.to_string(), name)
    });
    let mut choices = vec![("0".to_owned(), ctx.t("template.built_in").to_owned())];
    choices.extend(older);
    Form::new(
        "back",
        ctx.plain("/notice-templates/back"),
        ctx.t("template.back"),
    )
    .says(ctx.t("template.back.means"))
    .group(
        "",
        "",
        vec![
            Field::one("version", ctx.t("template.version"), choices).needed(),
            Field::words("reason", ctx.t("reason")).needed(),
        ],
    )
}

/// The fields by which a template is filled.
fn fields(ctx: &Ctx) -> Table {
    let lines = marks::FIELDS.iter().map(|(zh, en, field)| {
        let (key, once) = match field {
            marks::Field::Cell(_) => (format!("template.field.{en}"), "template.row"),
            marks::Field::Head(_) => ("template.field.head".to_owned(), "template.once"),
            marks::Field::Text | marks::Field::Check => {
                (format!("template.field.{en}"), "template.paragraph")
            }
            _ => (format!("template.field.{en}"), "template.once"),
        };
        Line {
            key: (*en).to_owned(),
            cells: vec![
                Cell::key(format!("{{{{{zh}}}}}")).under(format!("{{{{{en}}}}}")),
                Cell::text(ctx.t(&key)),
                Cell::text(ctx.t(once)),
            ],
        }
    });
    let heads = [
        ("field", ctx.t("template.field")),
        ("means", ctx.t("template.means")),
        ("where", ctx.t("template.where")),
    ];
    Table::plain(ctx, ctx.t("template.fields"), &heads, lines.collect())
}

async fn bring(ctx: Ctx, caller: Caller, sent: Fields) -> HttpResponse {
    let work = |desk: &Desk, sent: &Fields| {
        let (_, bytes) = sent.file.as_ref().ok_or_else(|| bad("file"))?;
        templates::bring(desk, bytes, sent.get("reason"))?;
        Went::to(PATH, "template_made")
    };
    caller.does(ctx, sent, work, sheet).await
}

async fn back(ctx: Ctx, caller: Caller, sent: Fields) -> HttpResponse {
    let work = |desk: &Desk, sent: &Fields| {
        templates::back(desk, version(sent.need("version")?), sent.get("reason"))?;
        Went::to(PATH, "template_back")
    };
    caller.does(ctx, sent, work, sheet).await
}

/// The version of a number; 0 is the one that is built in.
fn version(n: u32) -> Option<u32> {
    Some(n).filter(|n| *n > 0)
}

async fn file(ctx: Ctx, caller: Caller, n: web::Path<u32>) -> HttpResponse {
    let name = (docx::DOCX, "notice-template.docx");
    let work = move |desk: &Desk| templates::file(desk, version(*n));
    caller.file(ctx, name, work).await
}

async fn sample(ctx: Ctx, caller: Caller, n: web::Path<u32>) -> HttpResponse {
    let name = (docx::DOCX, "notice-sample.docx");
    let notice = paper::sample(&ctx);
    let work = move |desk: &Desk| templates::sample(desk, version(*n), &notice);
    caller.file(ctx, name, work).await
}
