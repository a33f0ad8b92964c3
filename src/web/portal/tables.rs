//! Tables as files: taken out as CSV or as a workbook to be filled in, brought in after a trial that shows every
//! difference or every fault with its cell, and the last import taken back.
//!
//! Not here: what a file may hold (`intake`), lists that only go out (`listing`).

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::vacancy_map::answer;
use super::{form, of, page, say, table_map, table_parts};
use crate::acts::books::fence::Fence;
use crate::acts::books::take::{self, Meant, Sent, Taken};
use crate::acts::books::{self, marked};
use crate::acts::import::Refused;
use crate::acts::imports;
use crate::acts::kinds::{self, Kind};
use crate::acts::powers::tables::{IMPORT_TABLE, SEE_TABLE, UNDO_IMPORT};
use crate::acts::tables::Form as FileForm;
use crate::acts::{Desk, refuse};
use crate::domain::fault::{Code, Fault, Faults};
use crate::web::api::tables::Place;
use crate::web::caller::Caller;
use crate::web::context::Ctx;
use crate::web::drawer::{Drawer, Kept};
use crate::web::links::path_to;
use crate::web::listing::download;
use crate::web::refusal::{refused, stopped};
use crate::web::routes::Route;
use crate::web::screen::{self, Went};
use crate::web::sheet::cell::Cell;
use crate::web::sheet::field::Field;
use crate::web::sheet::form::{Fields, Form, bad};
use crate::web::sheet::table::{Line, Table};
use crate::web::sheet::{Part, Sheet};

/// The file that was tried is not kept any more.
pub const FILE_GONE: Code = Code("WB150");

/// The routes.
pub const ROUTES: &[Route] = &[
    page("/tables", of(&SEE_TABLE), "tables as files", |r| r.to(list)),
    page(
        "/tables/{kind}",
        of(&IMPORT_TABLE),
        "before bringing a table in",
        |r| r.to(ask),
    ),
    form(
        "/tables/{kind}",
        of(&IMPORT_TABLE),
        "try a file: nothing is written",
        |r| r.to(try_it),
    ),
    form(
        "/tables/{kind}/take",
        of(&IMPORT_TABLE),
        "bring in the file that was tried",
        |r| r.to(take_it),
    ),
    form(
        "/tables/{kind}/undo",
        of(&IMPORT_TABLE),
        "take the last import of a table back",
        |r| r.to(undo_it),
    ),
    page(
        "/tables/{kind}/map",
        of(&IMPORT_TABLE),
        "where the differences of the file that was tried lie, GeoJSON",
        |r| r.to(map),
    ),
    page(
        "/tables/{kind}/marked",
        of(&IMPORT_TABLE),
        "the workbook that was tried, with a note in every faulty cell",
        |r| r.to(copy),
    ),
];

async fn list(ctx: Ctx, caller: Caller) -> HttpResponse {
    caller.see(ctx, all).await
}

fn all(desk: &Desk, ctx: &Ctx) -> Result<Sheet, Faults> {
    desk.may(&SEE_TABLE)?;
    let mut lines = Vec::new();
    for kind in Kind::ALL {
        let name = kind.name();
        let own = books::BUREAU.contains(&kind);
        let last = imports::last(desk, kind)?;
        let import = match own && ctx.can(&IMPORT_TABLE) {
            true => Cell::link(
                ctx.plain(&path_to("/tables/{}", &[&name])),
                ctx.t("table.import"),
            ),
            false => Cell::none(),
        };
        let file = |path: String, word: &str| Cell::link(ctx.bare(&path), ctx.t(word));
        lines.push(Line {
            key: name.to_owned(),
            cells: vec![
                Cell::text(say::word(ctx, "kind", name)),
                file(
                    path_to("/api/v1/tables/{}?format=csv", &[&name]),
                    "table.csv",
                ),
                file(path_to("/api/v1/templates/{}", &[&name]), "table.template"),
                import,
                last.map_or_else(Cell::none, |l| Cell::moment(ctx, &l.at)),
            ],
        });
    }
    let heads = [
        ("kind", ctx.t("table.kind")),
        ("csv", ctx.t("table.out")),
        ("template", ctx.t("table.fill")),
        ("import", ctx.t("table.in")),
        ("last", ctx.t("table.last")),
    ];
    let table = Table::plain(ctx, ctx.t("nav.tables"), &heads, lines);
    Ok(Sheet::new("tables", ctx.t("nav.tables"))
        .lead(ctx.t("table.lead"))
        .with("list", "", Part::Table(table)))
}

fn noun(name: &str) -> Result<Kind, Fault> {
    let known = books::BUREAU.into_iter().find(|k| k.name() == name);
    known.ok_or_else(|| refuse::absent("table", name))
}

async fn ask(ctx: Ctx, caller: Caller, kind: web::Path<String>) -> HttpResponse {
    caller
        .see(ctx, move |desk, ctx| sheet(desk, ctx, noun(&kind)?))
        .await
}

fn sheet(desk: &Desk, ctx: &Ctx, kind: Kind) -> Result<Sheet, Faults> {
    desk.may(&IMPORT_TABLE)?;
    let name = kind.name();
    let path = path_to("/tables/{}", &[&name]);
    let datums = ["wgs84", "cgcs2000", "gcj02", "bd09"].map(|d| (d.to_owned(), d.to_uppercase()));
    let form = Form::new("file", ctx.plain(&path), ctx.t("table.try"))
        .files()
        .says(ctx.t("table.try.means"))
        .group(
            "",
            "",
            vec![
                Field::file("file", ctx.t("table.file")).wide().needed(),
                Field::one(
                    "datum",
                    ctx.t("table.datum"),
                    say::or_none(ctx, "table.datum.none", datums.to_vec()),
                )
                .hint(ctx.t("table.datum.hint")),
            ],
        )
        .cancel(ctx.plain("/tables"));
    let mut sheet = Sheet::new("tables", say::word(ctx, "kind", name))
        .under(ctx.plain("/tables"), ctx.t("nav.tables"))
        .button(
            ctx.bare(&path_to("/api/v1/templates/{}", &[&name])),
            ctx.t("table.template"),
            "",
        )
        .with("try", ctx.t("table.in"), Part::Form(form));
    if let Some(last) = imports::last(desk, kind)? {
        let pairs = table_parts::import(ctx, &last);
        sheet = sheet.with("last", ctx.t("table.last"), Part::Pairs(pairs));
        if last.can_be_undone && ctx.can(&UNDO_IMPORT) {
            let words = ctx.t("table.undo");
            let undo = Form::new("undo", ctx.plain(&format!("{path}/undo")), words)
                .says(ctx.t("table.undo.means"))
                .group(
                    "",
                    "",
                    vec![Field::words("reason", ctx.t("reason")).needed()],
                )
                .hidden("import", &last.id)
                .sure();
            sheet = sheet.with("undo", words, Part::Form(undo));
        }
    }
    Ok(sheet)
}

/// A file as it was tried.
struct Tried {
    kept: Kept,
    outcome: Result<Taken, Refused>,
}

fn tried(desk: &Desk, fence: &Fence, kept: Kept, dry_run: bool) -> Tried {
    let meant = Meant {
        datum: kept.datum,
        dry_run,
    };
    // A workbook is a zip; no CSV begins so.
    let outcome = match kept.bytes.starts_with(b"PK") {
        false => take::take(desk, kept.kind, &Sent::Csv(&kept.bytes), meant),
        true => match fence.read(&kept.bytes) {
            Ok(sheet) => take::take(desk, kept.kind, &Sent::Book(&sheet), meant),
            Err(fault) => Err(Faults::from(fault).into()),
        },
    };
    Tried { kept, outcome }
}

fn sent_file(kind: Kind, sent: &Fields) -> Result<Kept, Faults> {
    let (_, bytes) = sent.file.as_ref().ok_or_else(|| bad("file"))?;
    let datum = match sent.get("datum") {
        "" => None,
        word => Some(kinds::datum(word).ok_or_else(|| bad("datum"))?),
    };
    Ok(Kept {
        kind,
        datum,
        bytes: Arc::new(bytes.clone()),
    })
}

async fn try_it(ctx: Ctx, caller: Caller, kind: web::Path<String>, sent: Fields) -> HttpResponse {
    let (desk, his) = (caller.desk().clone(), ctx.clone());
    let made = web::block(move || {
        let kind = noun(&kind)?;
        desk.may(&IMPORT_TABLE)?;
        let kept = match sent_file(kind, &sent) {
            Ok(kept) => kept,
            Err(faults) => {
                let sheet = sheet(&desk, &his, kind)?.again(&his, &sent, &faults);
                return Ok((
                    StatusCode::UNPROCESSABLE_ENTITY,
                    screen::drawn(&sheet, &his)?,
                ));
            }
        };
        let _kept_to_the_end = Place::take(his.readers())?;
        let tried = tried(&desk, his.fence(), kept, true);
        let key = his.drawer().put(desk.actor(), tried.kept.clone());
        let (status, sheet) = shown(&desk, &his, &tried, &key)?;
        Ok::<_, Faults>((status, screen::drawn(&sheet, &his)?))
    })
    .await;
    match made {
        Ok(Ok((status, body))) => screen::page(&ctx, status, body),
        Ok(Err(faults)) => refused(&ctx, &faults),
        Err(_) => refused(&ctx, &stopped().into()),
    }
}

/// What a file would do, with the button that does it; or what is wrong with it.
fn shown(desk: &Desk, ctx: &Ctx, tried: &Tried, key: &str) -> Result<(StatusCode, Sheet), Faults> {
    let kind = tried.kept.kind;
    let path = path_to("/tables/{}", &[&kind.name()]);
    let sheet = Sheet::new("tables", ctx.t("table.tried"))
        .under(ctx.plain("/tables"), ctx.t("nav.tables"))
        .under(ctx.plain(&path), say::word(ctx, "kind", kind.name()));
    match &tried.outcome {
        Ok(taken) => {
            let words = ctx.t("table.take");
            let form = Form::new("take", ctx.plain(&format!("{path}/take")), words)
                .says(ctx.t("table.take.means"))
                .hidden("key", key)
                .cancel(ctx.plain(&path));
            let mut sheet = sheet.state("met", ctx.t("table.in_order"));
            for look in &taken.remarks {
                sheet = sheet.with("look", "", table_parts::look(ctx, look));
            }
            let src = ctx.bare(&path_to("/tables/{}/map?key={}", &[&kind.name(), &key]));
            sheet = table_map::shown(desk, ctx, sheet, (taken, src))?;
            let changes = Part::Table(table_parts::changes(ctx, taken));
            sheet = sheet.with("changes", table_parts::counts(ctx, taken), changes);
            let sheet = sheet.with("take", words, Part::Form(form));
            Ok((StatusCode::OK, sheet))
        }
        Err(refused) => {
            let faults = Part::Table(table_parts::faults(ctx, &refused.faults));
            let mut sheet = sheet.state("not_met", ctx.t("table.refused"));
            let book = tried.kept.bytes.starts_with(b"PK");
            if book && refused.faults.0.iter().any(|f| f.place.row.is_some()) {
                let marked = ctx.plain(&format!("{path}/marked?key={key}"));
                sheet = sheet.button(marked, ctx.t("table.marked"), "primary");
            }
            let sheet = sheet
                .button(ctx.plain(&path), ctx.t("table.again"), "")
                .with("faults", ctx.t("table.faults"), faults);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, sheet))
        }
    }
}

fn held(desk: &Desk, drawer: &Drawer, kind: Kind, key: &str) -> Result<Kept, Fault> {
    let kept = drawer.get(desk.actor(), key);
    kept.filter(|k| k.kind == kind).ok_or_else(|| {
        let cause = "the file that was tried is not kept any more";
        Fault::new(FILE_GONE, cause, "send the file again")
    })
}

async fn take_it(ctx: Ctx, caller: Caller, kind: web::Path<String>, sent: Fields) -> HttpResponse {
    let (his, name) = (ctx.clone(), kind.clone());
    let work = move |desk: &Desk, sent: &Fields| {
        let kind = noun(&kind)?;
        desk.may(&IMPORT_TABLE)?;
        let kept = held(desk, his.drawer(), kind, sent.get("key"))?;
        let _kept_to_the_end = Place::take(his.readers())?;
        let done = tried(desk, his.fence(), kept, false).outcome;
        done.map_err(|refused| refused.faults)?;
        Went::to(path_to("/tables/{}", &[&kind.name()]), "table_taken")
    };
    let again = move |desk: &Desk, ctx: &Ctx| sheet(desk, ctx, noun(&name)?);
    caller.does(ctx, sent, work, again).await
}

async fn undo_it(ctx: Ctx, caller: Caller, kind: web::Path<String>, sent: Fields) -> HttpResponse {
    let name = kind.clone();
    let work = move |desk: &Desk, sent: &Fields| {
        let kind = noun(&kind)?;
        imports::undo(desk, sent.get("import"), sent.get("reason"))?;
        Went::to(path_to("/tables/{}", &[&kind.name()]), "table_undone")
    };
    let again = move |desk: &Desk, ctx: &Ctx| sheet(desk, ctx, noun(&name)?);
    caller.does(ctx, sent, work, again).await
}

async fn copy(ctx: Ctx, caller: Caller, kind: web::Path<String>) -> HttpResponse {
    let (desk, his) = (caller.desk().clone(), ctx.clone());
    let made = web::block(move || {
        let kind = noun(&kind)?;
        desk.may(&IMPORT_TABLE)?;
        let kept = held(&desk, his.drawer(), kind, his.value("key"))?;
        let _kept_to_the_end = Place::take(his.readers())?;
        let tried = tried(&desk, his.fence(), kept, true);
        let Err(refused) = &tried.outcome else {
            return Err(refuse::absent("fault of", kind.name()).into());
        };
        let sheet = his.fence().read(&tried.kept.bytes)?;
        Ok::<_, Faults>((kind, marked::made(&desk, kind, &sheet, refused)?))
    })
    .await;
    match made.unwrap_or_else(|_| Err(stopped().into())) {
        Ok((kind, bytes)) => {
            let name = format!("{}-faults.xlsx", kind.name());
            download(FileForm::Xlsx, &name).body(bytes)
        }
        Err(faults) => refused(&ctx, &faults),
    }
}

async fn map(ctx: Ctx, caller: Caller, kind: web::Path<String>) -> HttpResponse {
    answer(ctx, caller, "no-store", move |desk, ctx| {
        let kind = noun(&kind)?;
        desk.may(&IMPORT_TABLE)?;
        let kept = held(desk, ctx.drawer(), kind, ctx.value("key"))?;
        let _kept_to_the_end = Place::take(ctx.readers())?;
        let tried = tried(desk, ctx.fence(), kept, true).outcome;
        let taken = tried.map_err(|refused| refused.faults)?;
        table_map::features(desk, ctx, &taken)
    })
    .await
}
