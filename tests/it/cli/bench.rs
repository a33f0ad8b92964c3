//! `bench solve`: cities and files, verified rows, known values, the table as CSV and markdown.

use std::path::Path;

use tempfile::TempDir;

use super::{json, refused, run, status, text};

fn fixture(here: &Path, known: &str) {
    let from =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/solve/fixtures/gap01-1.json.gz");
    std::fs::create_dir_all(here.join("set/gap")).expect("a folder");
    std::fs::copy(from, here.join("set/gap/gap01-1.json.gz")).expect("a copy");
    std::fs::write(here.join("set/known.csv"), known).expect("a file");
}

#[test]
fn cities_are_solved_verified_and_written() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    let args = "bench solve --sizes 12 --seeds 1,2 --seconds 5 --threads 1 -o t.csv --keep kept";
    let table = json(here, &args.split(' ').collect::<Vec<_>>());
    let rows = table["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), 2);
    for row in rows {
        assert_eq!(row["verified"], true, "{row}");
        assert_eq!(row["status"], "optimal", "{row}");
        assert_eq!(row["gap_percent"], 0.0, "{row}");
        assert_eq!(
            row["profile"].as_array().map(Vec::len),
            Some(2),
            "1 s and 5 s: {row}"
        );
    }
    let csv = std::fs::read_to_string(here.join("t.csv")).expect("the table");
    assert_eq!(csv.lines().count(), 3, "{csv}");
    assert!(
        here.join("kept/12-1.json.gz").exists() && here.join("kept/12-1.outcome.json.gz").exists()
    );
}

#[test]
fn files_are_set_against_known_values() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    let args = ["bench", "solve", "--literature", "set", "--seconds", "20"];
    // A bound below a known value is wrong, and so is a value above a bound.
    for (known, verdict) in [
        ("336,336", "proven"),
        ("340,", "WRONG"),
        ("330,335", "WRONG"),
    ] {
        fixture(
            here,
            &format!("instance,known_value,upper_bound\ngap01-1,{known}\n"),
        );
        let row = json(here, &args)["rows"][0].clone();
        assert_eq!(row["known"], verdict, "{known}: {row}");
        assert_eq!(row["value"], 336, "{row}");
    }
}

#[test]
fn folders_without_instances_and_odd_sizes_are_refused() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    assert!(refused(here, &["bench", "solve", "--literature", "."]).contains("CL150"));
    let odd = run(here, &["bench", "solve", "--sizes", "XXL"]);
    assert_eq!(status(&odd), 2, "{}", text(&odd.stderr));
}

#[test]
fn markdown_has_pipes() {
    let folder = TempDir::new().expect("a folder");
    let args = "bench solve --sizes 5 --seeds 1 --seconds 2 --markdown";
    let output = run(folder.path(), &args.split(' ').collect::<Vec<_>>());
    assert!(
        text(&output.stdout).contains("| 5-1"),
        "{}",
        text(&output.stdout)
    );
}
