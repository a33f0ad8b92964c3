//! Tables as files by pages: out, tried, brought in, marked, taken back; by the planner alone, each his own file.

use actix_web::http::Method;
use zhuchao::acts::export;
use zhuchao::acts::kinds::{Format, Kind};
use zhuchao::web::context::State;
use zhuchao::web::portal::tables::FILE_GONE;

use super::walking::{form, get};
use crate::acts::cases::{here, rows};
use crate::support::client::{Answer, Ask, process};
use crate::support::town::Town;

const PLANNER: &str = "bureau_planner";

fn table(town: &Town, kind: Kind) -> String {
    let bytes = export::table(&town.desk, kind, Format::Csv).expect("a table");
    String::from_utf8(bytes).expect("UTF-8")
}

async fn send(state: &State, who: &str, path: &str, bytes: &[u8]) -> Answer {
    let head = "--b\r\nContent-Disposition: form-data; name=\"of\"\r\n\r\nfile\r\n--b\r\nContent-Disposition: form-data; \
                name=\"datum\"\r\n\r\nwgs84\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"t\"\r\n\r\n";
    let body = [head.as_bytes(), bytes, b"\r\n--b--\r\n"].concat();
    let ask = Ask::get(path).by(Method::POST).sending(&body).as_(who);
    ask.header("content-type", "multipart/form-data; boundary=b")
        .within(state)
        .await
}

/// A form that goes to the same process.
async fn then(state: &State, who: &str, path: &str, body: &str) -> Answer {
    let ask = Ask::get(path).by(Method::POST).sending(body.as_bytes());
    ask.as_(who)
        .header("content-type", "application/x-www-form-urlencoded")
        .within(state)
        .await
}

fn hidden(text: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let value = text.split(&mark).nth(1).unwrap_or_default();
    value.split('"').next().unwrap_or_default().to_owned()
}

#[actix_web::test]
async fn a_table_goes_out_comes_back_changed_and_the_change_is_taken_back() {
    for town in here() {
        let page = get(&town, PLANNER, "/tables").await;
        assert!(
            page.text.contains("/api/v1/templates/units") && page.text.contains("/tables/units")
        );
        let state = process(&town);
        let before = table(&town, Kind::Sites);
        let changed = before.replace(",S1,", ",一号园区,");
        assert_ne!(before, changed, "{before}");
        let entries = rows(&town);
        let tried = send(&state, PLANNER, "/tables/sites", changed.as_bytes()).await;
        assert_eq!(tried.status, 200, "{}", tried.text);
        assert!(tried.text.contains("S1 → 一号园区"), "{}", tried.text);
        assert_eq!(
            (rows(&town), table(&town, Kind::Sites)),
            (entries, before.clone()),
            "a trial writes nothing"
        );
        let body = format!("of=take&key={}", hidden(&tried.text, "key"));
        let other = then(&state, "operator", "/tables/sites/take", &body).await;
        assert!(
            other.text.contains(FILE_GONE.0),
            "it is its sender's: {}",
            other.text
        );
        let done = then(&state, PLANNER, "/tables/sites/take", &body).await;
        assert_eq!(done.status, 303, "{}", done.text);
        assert!(table(&town, Kind::Sites).contains("一号园区"));
        let page = get(&town, PLANNER, "/tables/sites").await;
        let body = format!(
            "of=undo&reason=wrong&import={}",
            hidden(&page.text, "import")
        );
        let undone = form(&town, PLANNER, "/tables/sites/undo", &body).await;
        assert_eq!(undone.status, 303, "{}", undone.text);
        assert_eq!(table(&town, Kind::Sites), before);
        assert_eq!(rows(&town), entries + 2, "both are in the journal");
        let stale = form(&town, PLANNER, "/tables/sites/undo", &body).await;
        assert_eq!(stale.status, 409, "it is undone");
    }
}

#[actix_web::test]
async fn a_faulty_file_comes_back_with_the_cell_of_each_fault() {
    let town = here().remove(0);
    let state = process(&town);
    let faulty = table(&town, Kind::Sites).replace(",440305,", ",nowhere,");
    let refused = send(&state, PLANNER, "/tables/sites", faulty.as_bytes()).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text.contains("district") && !refused.text.contains("/tables/sites/take"),
        "{}",
        refused.text
    );
    let ask = Ask::get("/api/v1/templates/sites").as_(PLANNER);
    let book = ask.of(&town).await;
    assert_eq!(book.status, 200);
    let none = send(&state, PLANNER, "/tables/sites", b"PK nonsense").await;
    assert_eq!(none.status, 422, "{}", none.text);
    let empty = form(&town, PLANNER, "/tables/sites", "of=file").await;
    assert_eq!(empty.status, 422);
    assert!(empty.text.contains("WB140"));
}

#[actix_web::test]
async fn tables_come_in_by_the_planner_alone_and_a_tried_file_is_its_senders() {
    let town = here().remove(0);
    for who in [
        "firm_approver.F1",
        "district_reviewer.440305",
        "bureau_approver",
        "system_admin",
    ] {
        assert_eq!(get(&town, who, "/tables/sites").await.status, 403, "{who}");
        let sent = send(&process(&town), who, "/tables/sites", b"x").await;
        assert_eq!(sent.status, 403, "{who}");
        let undone = form(
            &town,
            who,
            "/tables/sites/undo",
            "of=undo&import=I-1&reason=x",
        )
        .await;
        assert_eq!(undone.status, 403, "{who}");
    }
    assert_eq!(
        get(&town, "bureau_approver", "/tables").await.status,
        200,
        "may look"
    );
    assert_eq!(
        get(&town, PLANNER, "/tables/firms").await.status,
        404,
        "comes in by another door"
    );
    let lost = form(&town, PLANNER, "/tables/sites/take", "of=take&key=none").await;
    assert_eq!(lost.status, 422, "{}", lost.text);
    assert!(lost.text.contains(FILE_GONE.0));
}

#[actix_web::test]
async fn a_tried_file_is_shown_on_the_map_by_shape_and_in_words_before_it_is_taken() {
    let town = here().remove(0);
    let state = process(&town);
    let before = table(&town, Kind::Sites);
    let row = before
        .lines()
        .find(|l| l.contains("S1,"))
        .expect("the site S1");
    let new = row.replacen("S1,", "S77,", 1);
    let bytes = format!("{}\n{new}\n", before.trim_end());
    let tried = send(&state, PLANNER, "/tables/sites", bytes.as_bytes()).await;
    assert_eq!(tried.status, 200, "{}", tried.text);
    for words in [
        "class=\"spot new\"",
        "class=\"spot kept\"",
        "新增（▲）",
        "id=\"places\"",
        "<noscript><svg",
        "不删除任何行",
    ] {
        assert!(tried.text.contains(words), "{words}: {}", tried.text);
    }
    assert!(!tried.text.contains("class=\"spot gone\""));
    let key = hidden(&tried.text, "key");
    let path = format!("/tables/sites/map?key={key}");
    let map = Ask::get(&path).as_(PLANNER).within(&state).await;
    assert_eq!(map.status, 200, "{}", map.text);
    let value: serde_json::Value = serde_json::from_str(&map.text).expect("GeoJSON");
    let marks: Vec<&str> = (value["features"].as_array().into_iter().flatten())
        .filter_map(|f| f["properties"]["mark"].as_str())
        .collect();
    assert_eq!(
        marks.iter().filter(|m| **m == "new").count(),
        1,
        "{marks:?}"
    );
    let other = Ask::get(&path).as_("operator").within(&state).await;
    assert_eq!(other.status, 422, "it is its sender's: {}", other.text);
    let units = table(&town, Kind::Units).replacen(",500", ",510", 1);
    let tried = send(&state, PLANNER, "/tables/units", units.as_bytes()).await;
    assert_eq!(tried.status, 200, "{}", tried.text);
    assert!(
        tried.text.contains("class=\"spot changed\""),
        "{}",
        tried.text
    );
    let same = send(&state, PLANNER, "/tables/sites", before.as_bytes()).await;
    assert!(!same.text.contains("id=\"map\""), "nothing differs");
}
