//! Tables as files: exact figures, texts that cannot be run, the limits of a workbook.

use proptest::prelude::{ProptestConfig, any, proptest};
use serde_json::json;
use zhuchao::acts::tables::{Column, Form, Kind, NO_ROOM, Table, items, written};
use zhuchao::intake::Limits;
use zhuchao::intake::workbook::open;

const COLUMNS: &[Column] = &[
    Column::shown("id", "编号", "Key", Kind::Text),
    Column::shown("rent", "租金（元）", "Rent (yuan)", Kind::Scaled(2)),
    Column::shown("at", "时间", "At", Kind::Moment),
    Column::shown("day", "日期", "Day", Kind::Day),
    Column::shown("place.name", "地点", "Place", Kind::Text),
    Column::shown("tags", "标签", "Tags", Kind::Text),
    Column::shown("units.area", "面积", "Areas", Kind::Scaled(2)),
];

const TABLE: Table = Table {
    name: "offers",
    items: "items",
    columns: COLUMNS,
};

fn texts(bytes: &[u8]) -> Vec<Vec<String>> {
    let sheet = open(bytes, &Limits::default()).expect("our own workbook");
    sheet.rows.into_iter().map(|row| row.cells).collect()
}

#[test]
fn items_become_rows_by_their_paths() {
    let list = json!({ "items": [
        { "id": "=1+1", "rent": 123_456, "at": "2026-01-05T01:00:00Z", "day": "2026-01-31",
          "place": { "name": { "zh": "南山", "en": "Nanshan" } }, "tags": ["a", "b"], "secret": "x",
          "units": [{ "area": 30_000 }, { "area": 5 }] },
        { "id": "B", "rent": null },
    ]});
    let rows = items::rows(&TABLE, &list).expect("a list");
    let first = [
        "=1+1",
        "1234.56",
        "2026-01-05 09:00:00",
        "2026-01-31",
        "南山",
        "a;b",
        "300.00;0.05",
    ];
    assert_eq!(rows[0], first);
    assert_eq!(rows[1], ["B", "", "", "", "", "", ""]);
    let csv = written(Form::Csv, "offers", COLUMNS, &rows).expect("a file");
    let text = String::from_utf8(csv).expect("UTF-8");
    assert!(text.starts_with("\u{feff}编号 Key,"));
    assert!(text.contains("\r\n'=1+1,1234.56,"), "{text}");
    assert!(!text.contains('x'));
    let book = written(Form::Xlsx, "offers", COLUMNS, &rows).expect("a file");
    let back = texts(&book);
    assert_eq!(back[1][..2], ["=1+1".to_owned(), "1234.56".to_owned()]);
    assert_eq!(back[1][2], "2026-01-05T09:00:00");
    assert_eq!(items::rows(&TABLE, &json!({ "rows": [] })), None);
}

#[test]
fn what_a_spreadsheet_would_spoil_stays_text() {
    let row = |id: &str, rent: &str, day: &str| {
        let cells = [id, rent, "", day, "", ""];
        cells.map(str::to_owned).to_vec()
    };
    let rows = vec![
        row("007", "12345678901234567.89", "1899-12-31"),
        row("8", "00.50", "not a day"),
    ];
    let book = written(Form::Xlsx, "offers", COLUMNS, &rows).expect("a file");
    let back = texts(&book);
    assert_eq!(back[1][..2], ["007", "12345678901234567.89"]);
    assert_eq!(back[1][3], "1899-12-31");
    assert_eq!(back[2][1], "00.50");
    assert_eq!(back[2][3], "not a day");
}

#[test]
fn a_text_beyond_a_cell_is_told_and_goes_as_csv() {
    let mut row = vec![String::new(); COLUMNS.len()];
    row[0] = "长".repeat(32_768);
    let rows = vec![row];
    let fault = written(Form::Xlsx, "offers", COLUMNS, &rows).expect_err("too long");
    assert_eq!((fault.code, NO_ROOM.0), (NO_ROOM, "AC500"));
    assert!(written(Form::Csv, "offers", COLUMNS, &rows).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_amount_in_fen_comes_back_exactly(fen in any::<i64>()) {
        let list = json!({ "items": [{ "id": "A", "rent": fen }] });
        let rows = items::rows(&TABLE, &list).expect("a list");
        let book = written(Form::Xlsx, "offers", COLUMNS, &rows).expect("a file");
        let text = &texts(&book)[1][1];
        let back = zhuchao::domain::decimal::parse(text, 2);
        // The least number has no positive twin and stays text.
        assert_eq!(back.or((fen == i64::MIN).then_some(fen)), Some(fen), "{text}");
    }
}
