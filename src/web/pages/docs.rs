//! `/api/docs`: the OpenAPI document as a page. It is made by the server and needs no script, so it
//! stands under the same content policy as every page and reads without a network: the usual
//! viewers are megabytes of script that name outside addresses.
//!
//! Not here: the document (`openapi`).

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use askama::Template;
use serde_json::Value;

use super::super::context::Ctx;
use super::super::openapi;

/// A named thing with a type: a parameter or a property.
struct Item {
    name: String,
    place: String,
    kind: String,
    schema: String,
    words: String,
    required: bool,
}

/// One answer.
struct Answer {
    status: String,
    words: String,
    media: String,
    schema: String,
}

/// One route.
struct Operation {
    id: String,
    method: String,
    path: String,
    summary: String,
    who: String,
    items: Vec<Item>,
    body: Vec<Answer>,
    answers: Vec<Answer>,
}

/// A schema.
struct Schema {
    name: String,
    words: String,
    items: Vec<Item>,
}

#[derive(Template)]
#[template(path = "docs.html")]
struct Page<'a> {
    c: &'a Ctx,
    here: &'static str,
    groups: Vec<(String, Vec<Operation>)>,
    schemas: Vec<Schema>,
}

/// The page.
pub async fn show(ctx: Ctx) -> HttpResponse {
    let document = openapi::document();
    let page = Page {
        c: &ctx,
        here: "about",
        groups: groups(&document),
        schemas: schemas(&document),
    };
    super::send(&ctx, &page)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The members of an object in order.
fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// The elements of an array.
fn elements(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn groups(document: &Value) -> Vec<(String, Vec<Operation>)> {
    let mut all: BTreeMap<String, Vec<Operation>> = BTreeMap::new();
    for (path, methods) in members(&document["paths"]) {
        for (method, value) in members(methods) {
            let group = text(&value["tags"][0]);
            let one = operation(method, path, value);
            all.entry(group).or_default().push(one);
        }
    }
    all.into_iter().collect()
}

fn operation(method: &str, path: &str, value: &Value) -> Operation {
    let item = |p: &Value| Item {
        place: text(&p["in"]),
        required: p["required"].as_bool().unwrap_or(false),
        ..named(&text(&p["name"]), &p["schema"], &p["description"])
    };
    let answers = members(&value["responses"]);
    Operation {
        id: text(&value["operationId"]),
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: text(&value["summary"]),
        who: text(&value["description"]),
        items: elements(&value["parameters"]).map(item).collect(),
        body: contents("", "", &value["requestBody"]["content"]),
        answers: answers
            .flat_map(|(status, answer)| {
                contents(status, &text(&answer["description"]), &answer["content"])
            })
            .collect(),
    }
}

/// One line for each media type; one without a type when there is no content.
fn contents(status: &str, words: &str, content: &Value) -> Vec<Answer> {
    let line = |media: &str, schema: String| Answer {
        status: status.to_owned(),
        words: words.to_owned(),
        media: media.to_owned(),
        schema,
    };
    let mut all: Vec<Answer> = members(content)
        .map(|(media, value)| line(media, target(&value["schema"])))
        .collect();
    if all.is_empty() && !status.is_empty() {
        all.push(line("", String::new()));
    }
    all
}

fn schemas(document: &Value) -> Vec<Schema> {
    let all = members(&document["components"]["schemas"]);
    all.map(|(name, value)| Schema {
        name: name.clone(),
        words: words(value),
        items: properties(value),
    })
    .collect()
}

/// What a schema says of itself: its description, and its words when it is a choice.
fn words(value: &Value) -> String {
    let choice: Vec<String> = elements(&value["enum"]).map(text).collect();
    let told = text(&value["description"]);
    match choice.is_empty() {
        true => told,
        false => format!("{told} {}", choice.join(" | ")).trim().to_owned(),
    }
}

fn properties(value: &Value) -> Vec<Item> {
    let needed: Vec<String> = elements(&value["required"]).map(text).collect();
    let item = |(name, value): (&String, &Value)| Item {
        required: needed.contains(name),
        ..named(name, value, &value["description"])
    };
    members(&value["properties"]).map(item).collect()
}

fn named(name: &str, schema: &Value, words: &Value) -> Item {
    Item {
        name: name.to_owned(),
        place: String::new(),
        kind: kind(schema),
        schema: target(schema),
        words: text(words),
        required: false,
    }
}

/// The type in words: `integer (int64)`, `array of`, `string | null`.
fn kind(schema: &Value) -> String {
    let plain = match &schema["type"] {
        Value::String(one) => one.clone(),
        Value::Array(some) => some.iter().map(text).collect::<Vec<_>>().join(" | "),
        _ => String::new(),
    };
    let inner = match schema["items"].is_object() {
        true => format!(" of {}", kind(&schema["items"])),
        false => String::new(),
    };
    let format = match schema["format"].as_str() {
        Some(format) => format!(" ({format})"),
        None => String::new(),
    };
    format!("{plain}{format}{inner}").trim_end().to_owned()
}

/// The named schema that a schema leads to, if it does.
fn target(schema: &Value) -> String {
    let direct = schema["$ref"].as_str().or(schema["items"]["$ref"].as_str());
    let chosen = || elements(&schema["oneOf"]).find_map(|one| one["$ref"].as_str());
    let path = direct.or_else(chosen).unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default().to_owned()
}
