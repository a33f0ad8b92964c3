//! Bringing the map and the inventory in from a file: upload, a dry run with every difference, faults with row and
//! column, and taking it in, whole or not at all.
//!
//! Not here: what cells mean (`intake`), copies of workbooks with notes (the API).

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::told::button;
use super::{form, of, page};
use crate::acts::books::BUREAU;
use crate::acts::books::changes::Change;
use crate::acts::books::fence::Fence;
use crate::acts::books::take::{self, Meant, Sent, Taken};
use crate::acts::import::Refused;
use crate::acts::kinds::{self, Kind};
use crate::acts::powers::tables::IMPORT_TABLE;
use crate::acts::{Desk, refuse};
use crate::domain::fault::Faults;
use crate::web::api::tables::Place;
use crate::web::caller::Caller;
use crate::web::context::{Ctx, State};
use crate::web::fault_words;
use crate::web::refusal::{self, stopped};
use crate::web::routes::Route;
use crate::web::screen::{self, wishing};
use crate::web::sheet::cell::Cell;
use crate::web::sheet::field::Field;
use crate::web::sheet::form::{Fields, Form, bad};
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Button, Card, Part, Sheet};

/// The routes.
pub const ROUTES: &[Route] = &[
    page(
        "/imports",
        of(&IMPORT_TABLE),
        "tables that come in by file",
        |r| r.to(list),
    ),
    page(
        "/imports/{noun}",
        of(&IMPORT_TABLE),
        "before a file is brought in",
        |r| r.to(ask),
    ),
    form(
        "/imports/{noun}",
        of(&IMPORT_TABLE),
        "try a file, or bring it in",
        |r| r.to(send),
    ),
];

/// Rows of a list of differences or faults.
const MOST: usize = 200;

async fn list(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller
        .see(ctx, |desk, ctx| {
            desk.may(&IMPORT_TABLE)?;
            let cards = BUREAU.iter().map(|kind| Card {
                title: ctx.t(&format!("import.{}", kind.name())).to_owned(),
                text: ctx.t(&format!("import.{}.text", kind.name())).to_owned(),
                href: ctx.plain(&format!("/imports/{}", kind.name())),
                label: ctx.t("import.open").to_owned(),
                post: String::new(),
            });
            Ok(Sheet::new("imports", ctx.t("nav.imports"))
                .lead(ctx.t("import.lead"))
                .with("kinds", "", Part::Cards(cards.collect())))
        })
        .await
}

/// The kind that a path names, if it comes in by this door; AC013.
fn kind(name: &str) -> Result<Kind, Faults> {
    let found = Kind::named(name).filter(|k| BUREAU.contains(k));
    found.ok_or_else(|| refuse::absent("table", name).into())
}

async fn ask(ctx: Ctx, caller: Caller, noun: web::Path<String>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| {
            desk.may(&IMPORT_TABLE)?;
            Ok(sheet(ctx, kind(&noun)?).with(
                "result",
                ctx.t("import.result"),
                Part::Note("info", ctx.t("import.none").to_owned()),
            ))
        })
        .await
}

fn sheet(ctx: &Ctx, kind: Kind) -> Sheet {
    let datums = ["", "wgs84", "cgcs2000", "gcj02", "bd09"];
    let datums = datums.map(|d| {
        let words = match d {
            "" => ctx.t("import.datum.rows").to_owned(),
            d => d.to_uppercase(),
        };
        (d.to_owned(), words)
    });
    let action = ctx.plain(&format!("/imports/{}", kind.name()));
    let mut form = Form::new("import", action, ctx.t("import.try"))
        .says(ctx.t("import.means"))
        .files()
        .group(
            "",
            "",
            vec![
                Field::file("file", ctx.t("import.file"))
                    .hint(ctx.t("import.file.hint"))
                    .wide()
                    .needed(),
                Field::one("datum", ctx.t("import.datum"), datums.to_vec())
                    .hint(ctx.t("import.datum.hint")),
            ],
        )
        .also("act", "take", ctx.t("import.take"))
        .cancel(ctx.plain("/imports"));
    form.result = true;
    let raw = |path: &str, words: &str| Button {
        href: ctx.bare(&format!("/api/v1/{path}")),
        label: ctx.t(words).to_owned(),
        kind: "",
    };
    let files = vec![
        raw(&format!("templates/{}", kind.name()), "import.template"),
        raw(&format!("tables/{}", kind.name()), "import.export"),
        button(ctx, "/imports", "import.others"),
    ];
    Sheet::new("imports", ctx.t(&format!("import.{}", kind.name())))
        .under(ctx.plain("/imports"), ctx.t("nav.imports"))
        .with("files", "", Part::Buttons(files))
        .with("form", "", Part::Form(form))
}

async fn send(
    ctx: Ctx,
    caller: Caller,
    noun: web::Path<String>,
    state: web::Data<State>,
    sent: Fields,
) -> HttpResponse {
    let place = match Place::take(state.readers()) {
        Ok(place) => place,
        Err(fault) => return refusal::refused(&ctx, &fault.into()),
    };
    let (desk, fence, his) = (caller.desk().clone(), state.fence().clone(), ctx.clone());
    let made = web::block(move || {
        let _kept_to_the_end = place;
        desk.may(&IMPORT_TABLE)?;
        let kind = kind(&noun)?;
        let done = taken(&desk, &fence, kind, &sent);
        let sheet = sheet(&his, kind);
        let (status, sheet) = match &done {
            Ok(done) => (StatusCode::OK, told(&his, sheet, done)),
            Err(refused) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                faulty(&his, sheet, refused),
            ),
        };
        Ok::<_, Faults>((status, screen::drawn(&sheet, &his)?))
    })
    .await;
    match made.unwrap_or_else(|_| Err(stopped().into())) {
        Ok((status, body)) => screen::page(&ctx, status, body),
        Err(faults) => refusal::refused(&ctx, &faults),
    }
}

/// Tries the file, or brings it in.
fn taken(desk: &Desk, fence: &Fence, kind: Kind, sent: &Fields) -> Result<Taken, Refused> {
    let file = sent
        .file
        .as_ref()
        .ok_or_else(|| Faults::from(bad("file")))?;
    let datum = match sent.get("datum") {
        "" => None,
        word => Some(kinds::datum(word).ok_or_else(|| Faults::from(bad("datum")))?),
    };
    let meant = Meant {
        datum,
        dry_run: sent.get("act") != "take",
    };
    let desk = match meant.dry_run {
        true => desk.clone(),
        false => wishing(desk, sent),
    };
    let bytes = &file.1;
    // A workbook is a zip; no CSV begins so.
    if !bytes.starts_with(b"PK") {
        return take::take(&desk, kind, &Sent::Csv(bytes), meant);
    }
    let book = fence.read(bytes).map_err(Faults::from)?;
    take::take(&desk, kind, &Sent::Book(&book), meant)
}

/// What came in, or would.
fn told(ctx: &Ctx, sheet: Sheet, done: &Taken) -> Sheet {
    let word = match (done.dry_run, done.inserted + done.updated) {
        (true, 0) => "import.nothing",
        (true, _) => "import.would",
        (false, _) => "import.done",
    };
    let text = format!(
        "{} {} {} · {} {} · {} {} · {} {}",
        ctx.t(word),
        ctx.t("import.rows"),
        done.rows,
        ctx.t("import.new"),
        done.inserted,
        ctx.t("import.changed"),
        done.updated,
        ctx.t("import.same"),
        done.unchanged
    );
    let kind = if done.dry_run { "info" } else { "good" };
    let mut sheet = sheet
        .with("result", ctx.t("import.result"), Part::Note(kind, text))
        .with(
            "changes",
            ctx.t("import.changes"),
            Part::Table(changes(ctx, done)),
        );
    if !done.remarks.is_empty() {
        let line = |l: &take::Look| {
            let row = l.row.map(|r| format!("{} {r} · ", ctx.t("import.row")));
            format!("{}{} {}", row.unwrap_or_default(), l.code, l.cause)
        };
        let lines = done.remarks.iter().take(MOST).map(line).collect();
        sheet = sheet.with("remarks", ctx.t("import.remarks"), Part::Text(lines));
    }
    sheet
}

fn changes(ctx: &Ctx, done: &Taken) -> Table {
    let line = |c: &Change| {
        let cell = |d: &crate::acts::books::changes::CellChange| match c.new {
            true => format!("{} = {}", d.column, d.to),
            false => format!("{}: {} → {}", d.column, d.from, d.to),
        };
        let cells: Vec<String> = c.cells.iter().map(cell).collect();
        let (class, word) = match c.new {
            true => ("placed", ctx.t("import.new")),
            false => ("moved", ctx.t("import.changed")),
        };
        Line {
            key: c.key.clone(),
            cells: vec![
                Cell::key(c.key.clone()),
                Cell::state(class, word),
                Cell::text(cells.join("; ")),
            ],
        }
    };
    let lines: Vec<Line> = done.changes.iter().take(MOST).map(line).collect();
    let more = done.more_changes + done.changes.len().saturating_sub(MOST);
    let caption = match more {
        0 => ctx.t("import.changes").to_owned(),
        more => format!("{} (+{more})", ctx.t("import.changes")),
    };
    let heads = [
        ("key", ctx.t("import.key")),
        ("kind", ctx.t("tried.change")),
        ("cells", ctx.t("import.cells")),
    ];
    Table::plain(ctx, &caption, &heads, lines).empty(ctx.t("import.nothing"))
}

/// Every fault with its cell; nothing came in.
fn faulty(ctx: &Ctx, sheet: Sheet, refused: &Refused) -> Sheet {
    let lines = refused.faults.0.iter().take(MOST).map(|f| {
        let said = fault_words::one(ctx, f);
        let row = f.place.row.and_then(|r| i64::try_from(r).ok());
        Line {
            key: format!("{:?}", f.place.row),
            cells: vec![
                Cell::maybe(row),
                Cell::text(f.place.column.clone().unwrap_or_default()),
                Cell::key(f.code.0),
                Cell::text(said.line()).under(said.cause),
            ],
        }
    });
    let heads = [
        ("row", ctx.t("import.row")),
        ("column", ctx.t("import.column")),
        ("code", ctx.t("import.code")),
        ("what", ctx.t("import.what")),
    ];
    let table = Table::plain(ctx, ctx.t("import.faults"), &heads, lines.collect());
    let count = refused.faults.0.len() as u64 + refused.more;
    let text = format!("{} {count}", ctx.t("import.refused"));
    sheet
        .with("result", ctx.t("import.result"), Part::Note("warn", text))
        .with("faults", ctx.t("import.faults"), Part::Table(table))
}
