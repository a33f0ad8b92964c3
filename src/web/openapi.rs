//! The OpenAPI 3.1 document, made from the table of routes: what is not routed is not documented,
//! and the other way round.
//!
//! Not here: the words of each route (`routes` and the files of `api`).

use std::collections::BTreeMap;

use actix_web::http::Method;
use serde_json::{Value, json};

use super::doc::{Doc, Shape, reference};
use super::routes::{Route, Who, all};
use crate::acts::lists::Words;
use crate::acts::powers::Reach;
use crate::acts::tables::XLSX;
use crate::domain::people::Role;

/// The document.
pub fn document() -> Value {
    let mut paths: BTreeMap<String, serde_json::Map<String, Value>> = BTreeMap::new();
    let mut schemas: BTreeMap<String, Value> = shapes().into_iter().collect();
    schemas.insert("Problem".to_owned(), problem());
    for route in all() {
        let Some(doc) = &route.doc else { continue };
        let methods = paths.entry(plain(route.path)).or_default();
        methods.insert(route.method.as_str().to_lowercase(), operation(route, doc));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Zhuchao",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Allocates innovative industrial floor space, talent apartments and rent subsidy. Money in fen, areas in 0.01 m2, points in milli-points, shares in basis points.",
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "token": { "type": "http", "scheme": "bearer" },
                "session": { "type": "apiKey", "in": "cookie", "name": "__Host-sid" },
            },
        },
    })
}

/// A path as OpenAPI writes it: `{id:.*}` is `{id}`.
fn plain(path: &str) -> String {
    path.replace(":.*}", "}")
}

/// Every schema that a route names, with its name, as often as it is named. Two of the same name must be
/// the same, because the document keeps one.
pub fn shapes() -> Vec<(String, Value)> {
    let docs = all().filter_map(|route| route.doc);
    let shapes = docs.flat_map(|doc| [doc.body, doc.answer]).flatten();
    shapes.flat_map(named).collect()
}

fn named(shape: Shape) -> Vec<(String, Value)> {
    let mut nested = vec![((shape.name)(), (shape.schema)())];
    (shape.nested)(&mut nested);
    let named = nested.into_iter();
    named.map(|(name, schema)| (name, json!(schema))).collect()
}

fn operation(route: &Route, doc: &Doc) -> Value {
    let mut answers = serde_json::Map::new();
    answers.insert(doc.status.to_string(), answer(doc));
    for (status, words) in refusals(route, doc) {
        answers.insert(status.to_string(), refused(words));
    }
    let mut operation = json!({
        "tags": [doc.tag],
        "operationId": name(route),
        "summary": route.shows,
        "description": powers(route),
        "parameters": parameters(route, doc),
        "responses": answers,
        "security": security(route),
    });
    if let Some(body) = doc.body {
        operation["requestBody"] = json!({
            "required": true,
            "content": { "application/json": { "schema": reference(&body) } },
        });
    }
    if let Some(media) = doc.takes {
        operation["requestBody"] = json!({ "required": true, "content": { media: {} } });
    }
    operation
}

/// `post_cases_id_submit` for `POST /api/v1/cases/{id}/submit`.
fn name(route: &Route) -> String {
    let path = plain(route.path);
    let words = path
        .trim_start_matches("/api/v1")
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty());
    let all: Vec<&str> = std::iter::once(route.method.as_str())
        .chain(words)
        .collect();
    all.join("_").to_lowercase()
}

fn powers(route: &Route) -> String {
    let Who::Power(power) = route.who else {
        return "Anyone.".to_owned();
    };
    let may = |role: &Role| match power.reach(*role) {
        Reach::None => None,
        Reach::Own => Some(format!("{} (own)", role.name())),
        Reach::All => Some(role.name().to_owned()),
    };
    let all: Vec<String> = Role::ALL.iter().filter_map(may).collect();
    format!("Act `{}`. May: {}.", power.act, all.join(", "))
}

fn security(route: &Route) -> Value {
    match route.who {
        Who::Public => json!([]),
        Who::Power(_) => json!([{ "token": [] }, { "session": [] }]),
    }
}

/// How every list that comes in pages is asked for one.
const PAGING: &[(&str, &str)] = &[
    (
        "after",
        "only keys after this one: `next` of the page before",
    ),
    ("limit", "at most so many rows, 1 to 200; 50 unless given"),
];

fn parameters(route: &Route, doc: &Doc) -> Vec<Value> {
    let path = plain(route.path);
    let in_path = path.split('/').filter_map(|part| {
        part.strip_prefix('{')?.strip_suffix('}').map(|name| {
            json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } })
        })
    });
    let paging = if doc.paged { PAGING } else { &[] };
    let in_query = doc.query.iter().chain(paging).map(|(name, words)| {
        json!({ "name": name, "in": "query", "required": false, "description": words, "schema": { "type": "string" } })
    });
    let mut all: Vec<Value> = in_path.chain(in_query).collect();
    all.extend(
        doc.words
            .map_or_else(Vec::new, |words| asked(doc, &words())),
    );
    if !doc.sorts.is_empty() {
        all.push(ordered(doc.sorts));
    }
    if doc.table.is_some() {
        let words = "json (default), csv or xlsx; or say so with Accept. A file has all rows, up to 50,000.";
        all.push(json!({ "name": "format", "in": "query", "required": false, "description": words, "schema": { "type": "string", "enum": ["json", "csv", "xlsx"] } }));
    }
    if route.is_act() {
        for (name, words) in [
            (
                "Idempotency-Key",
                "The act is done once however often it is sent with this key.",
            ),
            ("If-Match", "The ETag that the noun must still have."),
        ] {
            all.push(json!({ "name": name, "in": "header", "required": false, "description": words, "schema": { "type": "string" } }));
        }
    }
    all
}

/// The words of a list, but those that the route tells of itself.
fn asked(doc: &Doc, words: &Words) -> Vec<Value> {
    let told = |word: &str| doc.query.iter().any(|(name, _)| *name == word);
    let only = words.only.iter().filter(|word| !told(word)).map(|word| {
        json!({ "name": word, "in": "query", "required": false, "description": format!("only rows of this {word}"), "schema": { "type": "string" } })
    });
    only.chain([ordered(&words.sort)]).collect()
}

/// How a list is put in order.
fn ordered(words: &[&str]) -> Value {
    let orders = words
        .iter()
        .flat_map(|w| [(*w).to_owned(), format!("-{w}")]);
    let orders: Vec<String> = orders.collect();
    json!({ "name": "sort", "in": "query", "required": false, "description": "the order, `-` in front for the largest first; by key unless given", "schema": { "type": "string", "enum": orders } })
}

fn answer(doc: &Doc) -> Value {
    let mut content = match (doc.answer, doc.media) {
        (Some(shape), _) => json!({ "application/json": { "schema": reference(&shape) } }),
        (None, Some(media)) => json!({ media: {} }),
        (None, None) => return json!({ "description": "Done" }),
    };
    if doc.table.is_some() {
        content["text/csv"] = json!({});
        content[XLSX] = json!({});
    }
    json!({ "description": "Done", "content": content })
}

/// The refusals that a route can answer with.
fn refusals(route: &Route, doc: &Doc) -> Vec<(u16, &'static str)> {
    let mut all = vec![
        (400, "The request cannot be read"),
        (404, "There is no such thing"),
        (405, "The method is not in the table"),
        (422, "A value is not acceptable"),
        (429, "Too many requests"),
        (500, "The answer could not be made"),
        (503, "Busy, try again"),
    ];
    if matches!(route.who, Who::Power(_)) {
        all.extend([
            (401, "Nobody is signed in"),
            (403, "Not allowed, or not yours"),
        ]);
    } else if doc.door {
        all.extend([
            (401, "Wrong words, or the sign-in is over"),
            (403, "The account may not be used"),
        ]);
    }
    if route.is_act() {
        all.extend([
            (409, "It stands elsewhere, or somebody was first"),
            (412, "It was changed meanwhile"),
            (413, "Too large"),
            (415, "Not the media type that is wanted"),
        ]);
    }
    if route.method == Method::PUT {
        all.push((428, "It is not said which version was read"));
    }
    all.sort_unstable();
    all
}

fn refused(words: &str) -> Value {
    json!({
        "description": words,
        "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
    })
}

fn problem() -> Value {
    json!({
        "type": "object",
        "required": ["type", "title", "status", "code", "cause", "action"],
        "properties": {
            "type": { "type": "string" },
            "title": { "type": ["string", "null"] },
            "status": { "type": "integer" },
            "code": { "type": "string", "description": "Stable code, for example AC014" },
            "cause": { "type": "string" },
            "action": { "type": "string" },
            "place": { "type": "object" },
            "faults": { "type": "array", "items": { "type": "object" } },
        },
    })
}
