//! Lists as files and tables by route: the same rows as the JSON, for the same people, and files
//! coming in.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use actix_web::http::Method;
use serde_json::{Value, json};
use zhuchao::acts::books::STALE_ROW;
use zhuchao::acts::powers::Reach;
use zhuchao::acts::tables::{Form, XLSX};
use zhuchao::domain::people::Role;
use zhuchao::intake::Limits;
use zhuchao::intake::workbook::open;
use zhuchao::web::api::tables::{ALL_READING, Place};
use zhuchao::web::listing::{NO_FORMAT, TOO_MANY_ROWS, file};
use zhuchao::web::routes::{Route, Who, all};
use zhuchao::web::{api, reply, tables};

use crate::acts::procedure::{go, offer, world};
use crate::support::client::{Answer, Ask};
use crate::support::town::{Town, towns};

async fn get(town: &Town, who: &str, path: &str) -> Answer {
    let ask = Ask::get(path);
    let ask = if who.is_empty() { ask } else { ask.as_(who) };
    ask.of(town).await
}

async fn send(town: &Town, who: &str, path: &str, bytes: &[u8]) -> Answer {
    Ask::get(path)
        .by(Method::POST)
        .sending(bytes)
        .as_(who)
        .of(town)
        .await
}

fn token(role: Role) -> String {
    match (role.is_firm(), role.is_district()) {
        (true, _) => format!("{}.F1", role.name()),
        (_, true) => format!("{}.440305", role.name()),
        (false, false) if role == Role::Public => String::new(),
        _ => role.name().to_owned(),
    }
}

/// The header row of a file and the number of rows below.
fn shape(answer: &Answer, form: Form) -> (String, usize) {
    match form {
        Form::Csv => {
            let mut reader = csv::Reader::from_reader(answer.bytes.as_slice());
            let head = reader
                .headers()
                .expect("a header")
                .iter()
                .next()
                .map(str::to_owned);
            let head = head.unwrap_or_default();
            (
                head.trim_start_matches('\u{feff}').to_owned(),
                reader.records().count(),
            )
        }
        Form::Xlsx => {
            let sheet = open(&answer.bytes, &Limits::default()).expect("our own workbook");
            (sheet.rows[0].cells[0].clone(), sheet.rows.len() - 1)
        }
    }
}

fn who(route: &Route, role: Role) -> bool {
    match route.who {
        Who::Public => true,
        Who::Power(power) => power.reach(role) != Reach::None,
    }
}

#[actix_web::test]
async fn every_list_can_be_had_as_csv_and_as_a_workbook_by_whoever_may_see_it() {
    let town = towns(&world()).remove(0);
    go(&town, zhuchao::domain::procedure::Step::Confirmed);
    let lists: Vec<&Route> = all()
        .filter(|r| r.doc.is_some_and(|d| d.table.is_some()))
        .collect();
    assert!(lists.len() >= 16, "{}", lists.len());
    for route in lists {
        let table = route.doc.and_then(|d| d.table).expect("it has one");
        let path = route.path.replace("{id}", "R1");
        for role in Role::ALL.into_iter().filter(|role| who(route, *role)) {
            let plain = get(&town, &token(role), &path).await;
            for form in [Form::Csv, Form::Xlsx] {
                let asked = format!("{path}?format={}", form.ending());
                let answer = get(&town, &token(role), &asked).await;
                let name = format!("{asked} as {}", role.name());
                assert_eq!(answer.status, plain.status, "{name}: {}", answer.text);
                if plain.status != 200 {
                    continue;
                }
                assert_eq!(answer.header("content-type"), form.media(), "{name}");
                let (head, rows) = shape(&answer, form);
                assert_eq!(head, table.columns[0].heading(), "{name}");
                let listed = plain.json[table.items].as_array().map_or(0, Vec::len);
                assert_eq!(rows, listed, "{name}");
            }
        }
    }
}

/// True when a path leads somewhere; through a list by its first part, and one without parts shows nothing.
fn has(item: &Value, path: &str) -> bool {
    if let Value::Array(parts) = item {
        return parts.first().is_none_or(|part| has(part, path));
    }
    match path.split_once('.') {
        Some((first, rest)) => item.get(first).is_some_and(|inner| has(inner, rest)),
        None => item.get(path).is_some(),
    }
}

/// Paths of the columns that no item of a list has.
fn strangers(table: &zhuchao::acts::tables::Table, list: &Value) -> Vec<&'static str> {
    let items = list[table.items].as_array().cloned().unwrap_or_default();
    let names = table.columns.iter().map(|c| c.key);
    names
        .filter(|key| !items.iter().any(|item| has(item, key)))
        .collect()
}

#[actix_web::test]
async fn the_columns_of_offers_and_contracts_are_there() {
    let town = towns(&world()).remove(0);
    go(&town, zhuchao::domain::procedure::Step::Confirmed);
    let list = get(&town, "bureau_planner", "/api/v1/offers").await;
    let missing = strangers(&tables::OFFERS, &list.json);
    let unanswered = ["answered.at", "answered.reason"];
    let rest: Vec<&str> = missing
        .into_iter()
        .filter(|k| !unanswered.contains(k))
        .collect();
    assert!(
        rest.iter().all(|k| k.starts_with("award.subsidy.")),
        "{rest:?} {}",
        list.text
    );
    let list = get(&town, "", "/api/v1/calendar").await;
    assert!(strangers(&tables::CALENDAR, &list.json).is_empty());
}

#[actix_web::test]
async fn a_file_shows_what_the_caller_may_see_and_nothing_else() {
    for town in towns(&world()) {
        go(&town, zhuchao::domain::procedure::Step::Confirmed);
        let mine = offer(&town, "F1");
        let (id, path) = (mine.id.to_string(), "/api/v1/offers?format=csv");
        assert!(
            get(&town, "firm_approver.F1", path)
                .await
                .text
                .contains(&id),
            "{}",
            town.name
        );
        assert!(
            !get(&town, "firm_approver.F2", path)
                .await
                .text
                .contains(&id)
        );
        assert_eq!(get(&town, "", path).await.status, 401);
        let none = get(
            &town,
            "bureau_planner",
            "/api/v1/offers?format=csv&stage=declined",
        )
        .await;
        assert_eq!(shape(&none, Form::Csv).1, 0);
    }
}

#[actix_web::test]
async fn the_format_is_named_in_the_address_or_the_header() {
    let town = towns(&world()).remove(0);
    let path = "/api/v1/calendar";
    let csv = Ask::get(path).header("accept", "text/csv").of(&town).await;
    assert_eq!(
        csv.header("content-disposition"),
        "attachment; filename=\"calendar.csv\""
    );
    let book = Ask::get(path).header("accept", XLSX).of(&town).await;
    assert!(book.bytes.starts_with(b"PK"));
    let either = "application/json, text/csv;q=0.5";
    let plain = Ask::get(path).header("accept", either).of(&town).await;
    assert!(plain.json["items"].is_array());
    let word = "/api/v1/calendar?format=json";
    let plain = Ask::get(word).header("accept", "text/csv").of(&town).await;
    assert!(plain.json["items"].is_array());
    let odd = get(&town, "", "/api/v1/calendar?format=pdf").await;
    assert_eq!((odd.status, &odd.json["code"]), (400, &json!(NO_FORMAT.0)));
    assert_eq!((NO_FORMAT.0, TOO_MANY_ROWS.0), ("WB130", "WB131"));
}

#[actix_web::test]
async fn a_page_names_the_next_and_a_list_that_goes_on_is_never_cut_in_silence() {
    let town = towns(&world()).remove(0);
    go(&town, zhuchao::domain::procedure::Step::Confirmed);
    let page = get(&town, "bureau_planner", "/api/v1/offers?format=csv&limit=1").await;
    assert_eq!(shape(&page, Form::Csv).1, 1);
    let after = page.header("x-next-after").to_owned();
    assert!(!after.is_empty());
    let rest = format!("/api/v1/offers?format=csv&after={after}");
    let rest = get(&town, "bureau_planner", &rest).await;
    assert!(!rest.text.contains(&format!("\n{after},")));
    let list = json!({ "items": [], "next": "more" });
    let fault = file(&tables::OFFERS, Form::Csv, &list, false).expect_err("it goes on");
    assert_eq!(fault.code, TOO_MANY_ROWS);
    assert!(file(&tables::OFFERS, Form::Csv, &list, true).is_ok());
    // A page of JSON stays a page, whatever is asked for.
    let many = get(&town, "bureau_planner", "/api/v1/offers?limit=100000").await;
    assert_eq!(many.status, 200);
    let none = get(&town, "bureau_planner", "/api/v1/offers?limit=none").await;
    assert_eq!(none.status, 400);
}

#[actix_web::test]
async fn a_template_goes_out_and_comes_back_over_http() {
    for town in towns(&world()) {
        let who = "bureau_planner";
        let book = get(&town, who, "/api/v1/templates/units").await;
        assert_eq!((book.status, book.header("content-type")), (200, XLSX));
        let again = send(
            &town,
            who,
            "/api/v1/imports/units?dry_run=true",
            &book.bytes,
        )
        .await;
        assert_eq!(again.status, 200, "{}: {}", town.name, again.text);
        assert_eq!(
            (&again.json["updated"], &again.json["dry_run"]),
            (&json!(0), &json!(true))
        );
        let csv = get(&town, who, "/api/v1/tables/units").await;
        let text = csv.text.replace("rd_office", "palace");
        let refused = send(&town, who, "/api/v1/imports/units", text.as_bytes()).await;
        assert_eq!(
            (refused.status, &refused.json["code"]),
            (422, &json!("IN118"))
        );
        assert_eq!(refused.json["faults"][0]["place"]["column"], "use");
        let done = send(&town, who, "/api/v1/imports/units", &csv.bytes).await;
        assert_eq!((done.status, &done.json["updated"]), (200, &json!(0)));
    }
}

/// A CSV file as a workbook without stamps.
fn book_of(text: &str) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    for (row, record) in (0..).zip(reader.records()) {
        for (at, cell) in (0..).zip(record.expect("a record").iter()) {
            sheet
                .write(row, at, cell.trim_start_matches('\u{feff}'))
                .expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

#[actix_web::test]
async fn what_is_refused_comes_back_as_a_workbook_with_notes_when_wanted() {
    let town = towns(&world()).remove(0);
    let who = "bureau_planner";
    let csv = get(&town, who, "/api/v1/tables/units?format=csv")
        .await
        .text;
    let bad = book_of(&csv.replace("rd_office", "palace"));
    let told = send(&town, who, "/api/v1/imports/units", &bad).await;
    assert_eq!((told.status, &told.json["code"]), (422, &json!("IN118")));
    let copy = send(&town, who, "/api/v1/imports/units?marked=true", &bad).await;
    assert_eq!((copy.status, copy.header("content-type")), (422, XLSX));
    assert!(copy.bytes.starts_with(b"PK"));
    let plain = send(
        &town,
        who,
        "/api/v1/imports/units?marked=true",
        csv.as_bytes(),
    )
    .await;
    assert_eq!(plain.json["code"], api::tables::NOT_MARKABLE.0);
    assert_eq!(api::tables::NOT_MARKABLE.0, "WB132");
    let broken = send(&town, who, "/api/v1/imports/units", b"PK\x03\x04 no zip").await;
    assert_eq!(
        (broken.status, &broken.json["code"]),
        (422, &json!("IN170"))
    );
}

#[actix_web::test]
async fn who_may_not_and_what_is_not_there_is_refused() {
    let town = towns(&world()).remove(0);
    let path = "/api/v1/imports/units";
    for who in [
        "bureau_approver",
        "district_approver.440305",
        "firm_approver.F1",
        "system_admin",
    ] {
        assert_eq!(send(&town, who, path, b"x").await.status, 403, "{who}");
    }
    let planner = "bureau_planner";
    assert_eq!(
        send(&town, planner, "/api/v1/imports/castles", b"x")
            .await
            .status,
        404
    );
    assert_eq!(
        get(&town, planner, "/api/v1/templates/castles")
            .await
            .status,
        404
    );
    let quotas = send(&town, planner, "/api/v1/imports/quotas", b"x").await;
    assert_eq!(
        (quotas.status, &quotas.json["code"]),
        (422, &json!("AC503"))
    );
    let datum = send(&town, planner, "/api/v1/imports/units?datum=mars", b"x").await;
    assert_eq!(datum.status, 422);
    let format = get(&town, planner, "/api/v1/tables/units?format=pdf").await;
    assert_eq!(format.status, 422);
    let book = get(&town, planner, "/api/v1/tables/units?format=xlsx").await;
    assert!(book.bytes.starts_with(b"PK"));
    assert_eq!(
        reply::status(&zhuchao::domain::fault::Fault::new(STALE_ROW, "", "")),
        409
    );
}

#[test]
fn only_so_many_files_are_read_at_once_and_a_place_is_given_back() {
    let reading = Arc::new(AtomicUsize::new(0));
    let first = Place::take(&reading).expect("a place");
    let second = Place::take(&reading).expect("a place");
    let fault = Place::take(&reading).err().expect("no place");
    assert_eq!((fault.code, ALL_READING.0), (ALL_READING, "WB133"));
    assert_eq!(reply::status(&fault).as_u16(), 503);
    drop(first);
    assert!(Place::take(&reading).is_ok());
    drop(second);
    assert_eq!(reading.load(Ordering::SeqCst), 0);
}
