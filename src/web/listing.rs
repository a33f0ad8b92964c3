//! Lists as files: `?format=csv`, `?format=xlsx` or the `Accept` header turn the JSON of a list into a
//! file of the same rows, with the filters, powers and masking of the list. It stands around the
//! handlers, so that no list needs to know.
//!
//! How many: JSON comes in pages of at most 200 rows; a file has all rows up to 50,000 in one, read in
//! one transaction, and is refused beyond rather than cut in silence. With `limit` it has a
//! page, and `x-next-after` names the key after which the next begins.
//!
//! Not here: the columns of each list (`tables`), how files are written (`acts::tables`).

use actix_web::body::{BoxBody, MessageBody, to_bytes};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{ACCEPT, CONTENT_DISPOSITION, IF_NONE_MATCH, VARY};
use actix_web::http::{StatusCode, Uri};
use actix_web::middleware::Next;
use actix_web::{HttpResponse, web};
use serde_json::Value;

use super::format::encoded;
use super::queries;
use super::refusal::stopped;
use super::reply::problem;
use super::routes::Route;
use crate::acts::tables::{Form, ROWS_MAX, Table, items, written};
use crate::domain::fault::{Code, Fault};

/// The format is not one in which a list can be had.
pub const NO_FORMAT: Code = Code("WB130");
/// The list has more rows than a file holds.
pub const TOO_MANY_ROWS: Code = Code("WB131");

/// Most rows of a page of JSON.
const PAGE_MAX: usize = 200;

/// What of a request a file depends on.
#[derive(Clone, Copy)]
struct Wanted {
    table: &'static Table,
    form: Form,
    /// The caller asked for a page himself.
    page: bool,
}

/// Lets a request into a route and makes a file of the answer where one is wanted.
///
/// # Errors
/// Those of the handler.
pub async fn enter(
    route: &'static Route,
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let pairs = pairs(&request);
    if let Err(fault) = queries::check(route, &pairs) {
        return Ok(request.into_response(problem(&fault.into())));
    }
    let wanted = match wanted(route, &request, &pairs) {
        Ok(wanted) => wanted,
        Err(fault) => return Ok(request.into_response(problem(&fault.into()))),
    };
    let limited = route.doc.is_some_and(|d| d.paged);
    let table = route.doc.and_then(|d| d.table).is_some();
    if table || limited {
        asked_again(&mut request, &bounded(pairs, wanted, table, limited));
    }
    if wanted.is_some() {
        // The tag that a caller holds is that of the JSON.
        request.headers_mut().remove(IF_NONE_MATCH);
    }
    let response = next.call(request).await?.map_into_boxed_body();
    match wanted {
        Some(wanted) if response.status() == StatusCode::OK => sent(wanted, response).await,
        _ => Ok(response),
    }
}

type Pairs = Vec<(String, String)>;

fn pairs(request: &ServiceRequest) -> Pairs {
    let read = web::Query::<Pairs>::from_query(request.query_string());
    read.map(web::Query::into_inner).unwrap_or_default()
}

/// True when a list is asked for as a file.
pub fn is_file(request: &ServiceRequest) -> bool {
    let pairs = pairs(request);
    match pairs.iter().find(|(key, _)| key == "format") {
        Some((_, word)) => Form::named(word).is_some(),
        None => accepted(request).is_some(),
    }
}

/// The file that is wanted, if one is. The word in the address counts before the header.
fn wanted(
    route: &'static Route,
    request: &ServiceRequest,
    pairs: &Pairs,
) -> Result<Option<Wanted>, Fault> {
    let Some(table) = route.doc.and_then(|d| d.table) else {
        return Ok(None);
    };
    let word = pairs.iter().find(|(key, _)| key == "format");
    let form = match word.map(|(_, word)| word.as_str()) {
        Some("json") => None,
        Some(word) => Some(Form::named(word).ok_or_else(|| no_format(word))?),
        None => accepted(request),
    };
    let page = pairs.iter().any(|(key, _)| key == "limit");
    Ok(form.map(|form| Wanted { table, form, page }))
}

/// The first media type of the header that is one of ours.
fn accepted(request: &ServiceRequest) -> Option<Form> {
    let header = request.headers().get(ACCEPT)?.to_str().ok()?;
    let types = header
        .split(',')
        .map(|one| one.split(';').next().unwrap_or_default().trim());
    for media in types {
        match (media, Form::named(media)) {
            ("application/json" | "*/*", _) => return None,
            (_, Some(form)) if media.contains('/') => return Some(form),
            _ => {}
        }
    }
    None
}

fn no_format(word: &str) -> Fault {
    let word: String = word.chars().take(20).collect();
    Fault::new(
        NO_FORMAT,
        format!("{word:?} is no format of lists"),
        "give json, csv or xlsx",
    )
}

/// The same query without the format, and with the limit that the answer allows.
fn bounded(pairs: Pairs, wanted: Option<Wanted>, table: bool, limited: bool) -> Pairs {
    let most = match wanted {
        Some(_) => ROWS_MAX,
        None => PAGE_MAX,
    };
    let within = |(key, value): (String, String)| match value.parse::<usize>() {
        Ok(n) if limited && key == "limit" && n > most => (key, most.to_string()),
        _ => (key, value),
    };
    let kept = pairs
        .into_iter()
        .filter(|(key, _)| !(table && key == "format"));
    let mut all: Pairs = kept.map(within).collect();
    if limited && wanted.is_some_and(|w| !w.page) {
        all.push(("limit".to_owned(), most.to_string()));
    }
    all
}

/// Sets the query of a request.
fn asked_again(request: &mut ServiceRequest, pairs: &Pairs) {
    let each = pairs
        .iter()
        .map(|(k, v)| format!("{}={}", encoded(k), encoded(v)));
    let query = each.collect::<Vec<_>>().join("&");
    let path = request.uri().path();
    let text = match query.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{query}"),
    };
    let mut parts = request.uri().clone().into_parts();
    if let Ok(path_and_query) = text.parse() {
        parts.path_and_query = Some(path_and_query);
        if let Ok(uri) = Uri::from_parts(parts) {
            request.head_mut().uri = uri;
        }
    }
}

async fn sent(
    wanted: Wanted,
    response: ServiceResponse<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let (request, response) = response.into_parts();
    let bytes = to_bytes(response.into_body()).await.unwrap_or_default();
    let made = web::block(move || {
        let list: Value = serde_json::from_slice(&bytes).map_err(|_| stopped())?;
        file(wanted.table, wanted.form, &list, wanted.page)
    })
    .await;
    let answer = match made.unwrap_or_else(|_| Err(stopped())) {
        Ok((bytes, next)) => answered(wanted, bytes, next.as_deref()),
        Err(fault) => problem(&fault.into()),
    };
    Ok(ServiceResponse::new(request, answer))
}

/// The bytes of the file of a list, and the key after which there is more.
///
/// # Errors
/// WB131 when the list goes on and no page of it was asked for; those of writing.
pub fn file(
    table: &Table,
    form: Form,
    list: &Value,
    page: bool,
) -> Result<(Vec<u8>, Option<String>), Fault> {
    let next = list.get("next").and_then(Value::as_str).map(str::to_owned);
    let rows = items::rows(table, list).ok_or_else(stopped)?;
    if rows.len() > ROWS_MAX || (next.is_some() && !page) {
        return Err(Fault::new(
            TOO_MANY_ROWS,
            format!("the list has more than {ROWS_MAX} rows"),
            "filter it, or take pages with `limit` and `after`",
        ));
    }
    Ok((written(form, table.name, table.columns, &rows)?, next))
}

fn answered(wanted: Wanted, bytes: Vec<u8>, next: Option<&str>) -> HttpResponse {
    let name = format!("{}.{}", wanted.table.name, wanted.form.ending());
    let mut answer = download(wanted.form, &name);
    answer.insert_header((VARY, "accept"));
    if let Some(next) = next {
        answer.insert_header(("x-next-after", encoded(next)));
    }
    answer.body(bytes)
}

/// The head of an answer that is a file to be kept under a name.
pub fn download(form: Form, name: &str) -> actix_web::HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer
        .content_type(form.media())
        .insert_header((
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ))
        .insert_header(("cache-control", "no-store"));
    answer
}
