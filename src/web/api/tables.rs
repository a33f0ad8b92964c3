//! Tables of nouns as files: the table itself, a template to be filled in, and a file coming in.
//!
//! A file comes in whole or not at all; a dry run says what it would change. What is wrong with
//! it is told with row and column, and with `marked=true` as a copy of the workbook with a note in every faulty cell.
//!
//! Not here: lists (`web::listing`).

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::acts::books::fence::Fence;
use crate::acts::books::take::{self, Meant, Sent};
use crate::acts::books::{marked, template};
use crate::acts::export;
use crate::acts::import::Refused;
use crate::acts::kinds::{self, Format, Kind};
use crate::acts::powers::tables::{IMPORT_TABLE, SEE_TABLE};
use crate::acts::tables::{Form, XLSX};
use crate::acts::{Desk, refuse};
use crate::domain::fault::{Code, Fault, Faults};
use crate::domain::place::Datum;
use crate::web::caller::Caller;
use crate::web::context::State;
use crate::web::doc::Doc;
use crate::web::listing::download;
use crate::web::refusal::{missing, stopped};
use crate::web::reply::{Reply, problem};
use crate::web::routes::{Route, Who};
use crate::web::{body, format};

/// A marked copy is wanted of a file that is no workbook.
pub const NOT_MARKABLE: Code = Code("WB132");

/// As many files are being read as this process reads at once.
pub const ALL_READING: Code = Code("WB133");

/// Most files that are read at once: each may take a gigabyte.
const READERS: usize = 2;
/// Most bytes of a file.
const FILE_MAX: usize = 20 << 20;

/// How a file is meant.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ImportQuery {
    #[serde(default)]
    dry_run: bool,
    #[serde(default)]
    marked: bool,
    datum: Option<String>,
}

const QUERY: &[(&str, &str)] = &[
    ("dry_run", "true: prove and compare, write nothing"),
    (
        "marked",
        "true: a workbook that is refused comes back with a note in every faulty cell (status 422)",
    ),
    (
        "datum",
        "datum of positions whose row names none: wgs84, cgcs2000, gcj02, bd09",
    ),
];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TableQuery {
    format: Option<String>,
}

/// A cell that is or would be another.
#[derive(Debug, Serialize, ToSchema)]
pub struct CellShown {
    column: String,
    from: String,
    to: String,
}

/// A row that is or would be new or another.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeShown {
    key: String,
    new: bool,
    cells: Vec<CellShown>,
}

/// Something a person should look at.
#[derive(Debug, Serialize, ToSchema)]
pub struct LookShown {
    code: String,
    /// Row of the file.
    row: Option<u64>,
    cause: String,
}

/// What came in, or would.
#[derive(Debug, Serialize, ToSchema)]
pub struct TakenShown {
    kind: String,
    rows: u64,
    inserted: usize,
    updated: usize,
    unchanged: usize,
    /// Nothing was written.
    dry_run: bool,
    /// The differences, at most 1,000.
    changes: Vec<ChangeShown>,
    more_changes: usize,
    remarks: Vec<LookShown>,
    /// Key by which it can be undone; null when nothing was changed.
    import: Option<String>,
}

impl From<take::Taken> for TakenShown {
    fn from(t: take::Taken) -> TakenShown {
        let cell = |c: crate::acts::books::changes::CellChange| CellShown {
            column: c.column,
            from: c.from,
            to: c.to,
        };
        let changes = t.changes.into_iter().map(|c| ChangeShown {
            key: c.key,
            new: c.new,
            cells: c.cells.into_iter().map(cell).collect(),
        });
        let remarks = t.remarks.into_iter().map(|r| LookShown {
            code: r.code,
            row: r.row,
            cause: r.cause,
        });
        TakenShown {
            kind: t.kind,
            rows: t.rows,
            inserted: t.inserted,
            updated: t.updated,
            unchanged: t.unchanged,
            dry_run: t.dry_run,
            changes: changes.collect(),
            more_changes: t.more_changes,
            remarks: remarks.collect(),
            import: t.import,
        }
    }
}

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::get(
        "/api/v1/tables/{noun}",
        Who::Power(&SEE_TABLE),
        "a whole table of nouns as a file that can be imported again",
        Doc::file("tables", "text/csv").query(&[("format", "csv (default) or xlsx")]),
        |r| r.to(table),
    ),
    Route::get(
        "/api/v1/templates/{noun}",
        Who::Power(&SEE_TABLE),
        "a workbook of what is stored, to be changed and sent back",
        Doc::file("tables", XLSX),
        |r| r.to(show_template),
    ),
    Route::post(
        "/api/v1/imports/{noun}",
        Who::Power(&IMPORT_TABLE),
        "bring a table in from CSV or a workbook, all or nothing",
        Doc::gives::<TakenShown>("tables")
            .takes_file("application/octet-stream")
            .query(QUERY),
        |r| r.to(import),
    ),
];

fn noun(name: &str) -> Result<Kind, Fault> {
    Kind::named(name).ok_or_else(|| {
        let known = kinds::names().join(", ");
        Fault {
            action: format!("give one of: {known}"),
            ..missing("such table")
        }
    })
}

async fn table(
    caller: Caller,
    path: web::Path<String>,
    query: web::Query<TableQuery>,
) -> HttpResponse {
    let form = query.format.as_deref().unwrap_or("csv").to_owned();
    file(caller, &path, move |desk, kind| match form.as_str() {
        "csv" => Ok((Form::Csv, export::table(desk, kind, Format::Csv)?)),
        "xlsx" => Ok((Form::Xlsx, template::made(desk, kind)?)),
        _ => Err(refuse::unfit("format", "it is no format of tables", "give csv or xlsx").into()),
    })
    .await
}

async fn show_template(caller: Caller, path: web::Path<String>) -> HttpResponse {
    let made = |desk: &Desk, kind| Ok((Form::Xlsx, template::made(desk, kind)?));
    file(caller, &path, made).await
}

async fn file(
    caller: Caller,
    name: &str,
    make: impl FnOnce(&Desk, Kind) -> Result<(Form, Vec<u8>), Faults> + Send + 'static,
) -> HttpResponse {
    let kind = match noun(name) {
        Ok(kind) => kind,
        Err(fault) => return problem(&fault.into()),
    };
    let desk = caller.desk().clone();
    let made = web::block(move || make(&desk, kind)).await;
    match made.unwrap_or_else(|_| Err(stopped().into())) {
        Ok((form, bytes)) => {
            let name = format!("{}.{}", kind.name(), form.ending());
            download(form, &format::encoded(&name)).body(bytes)
        }
        Err(faults) => problem(&faults),
    }
}

async fn import(
    caller: Caller,
    path: web::Path<String>,
    query: web::Query<ImportQuery>,
    state: web::Data<State>,
    payload: web::Payload,
) -> HttpResponse {
    let read = noun(&path).and_then(|kind| Ok((kind, datum(query.datum.as_deref())?)));
    let (kind, datum) = match read {
        Ok(read) => read,
        Err(fault) => return problem(&fault.into()),
    };
    let bytes = match body::file(payload, FILE_MAX).await {
        Ok(bytes) => bytes,
        Err(fault) => return problem(&fault.into()),
    };
    let meant = Meant {
        datum,
        dry_run: query.dry_run,
    };
    let (desk, fence, mark) = (caller.desk().clone(), state.fence().clone(), query.marked);
    let place = match Place::take(state.readers()) {
        Ok(place) => place,
        Err(fault) => return problem(&fault.into()),
    };
    let work = move || {
        let _kept_to_the_end = place;
        taken(&desk, &fence, kind, &bytes, meant, mark)
    };
    let done = web::block(work).await;
    match done.unwrap_or_else(|_| Err(stopped().into())) {
        Ok(Answer::Taken(reply)) => reply.send("", None),
        Ok(Answer::Marked(copy)) => {
            let name = format!("{}-faults.xlsx", kind.name());
            let mut answer = download(Form::Xlsx, &name);
            answer.status(StatusCode::UNPROCESSABLE_ENTITY).body(copy)
        }
        Err(faults) => problem(&faults),
    }
}

/// A place among the readers; free again when dropped.
pub struct Place(Arc<AtomicUsize>);

impl Place {
    /// Takes a place.
    ///
    /// # Errors
    /// WB133 when all are taken.
    pub fn take(reading: &Arc<AtomicUsize>) -> Result<Place, Fault> {
        let place = Place(Arc::clone(reading));
        match reading.fetch_add(1, Ordering::SeqCst) < READERS {
            true => Ok(place),
            false => Err(Fault::new(
                ALL_READING,
                format!("{READERS} files are being read"),
                "ask again in a minute",
            )),
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

enum Answer {
    Taken(Reply),
    Marked(Vec<u8>),
}

fn taken(
    desk: &Desk,
    fence: &Fence,
    kind: Kind,
    bytes: &[u8],
    meant: Meant,
    mark: bool,
) -> Result<Answer, Faults> {
    // A workbook is a zip; no CSV begins so.
    if !bytes.starts_with(b"PK") {
        if mark {
            return Err(not_markable().into());
        }
        let done = take::take(desk, kind, &Sent::Csv(bytes), meant);
        return answer(done.map_err(told)?);
    }
    desk.may(&IMPORT_TABLE)?;
    let sheet = fence.read(bytes)?;
    match take::take(desk, kind, &Sent::Book(&sheet), meant) {
        Ok(done) => answer(done),
        Err(refused) if mark && refused.faults.0.iter().any(|f| f.place.row.is_some()) => {
            Ok(Answer::Marked(marked::made(desk, kind, &sheet, &refused)?))
        }
        Err(refused) => Err(told(refused)),
    }
}

fn answer(done: take::Taken) -> Result<Answer, Faults> {
    Ok(Answer::Taken(Reply::ok(&TakenShown::from(done))?))
}

fn told(refused: Refused) -> Faults {
    refused.faults
}

fn not_markable() -> Fault {
    Fault::new(
        NOT_MARKABLE,
        "only a workbook can come back with notes",
        "send an .xlsx workbook, or leave `marked` out",
    )
}

fn datum(word: Option<&str>) -> Result<Option<Datum>, Fault> {
    let Some(word) = word else { return Ok(None) };
    let found = kinds::datum(word);
    found.map(Some).ok_or_else(|| {
        refuse::unfit(
            "datum",
            "it is no datum",
            "give wgs84, cgcs2000, gcj02 or bd09",
        )
    })
}
