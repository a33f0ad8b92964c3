//! One test for each bug that a reader of the first version found.

use std::process::Stdio;

use tempfile::TempDir;

use super::{json, refused, run, status, text, zhuchao};

/// The tables of the repository, in the order in which they refer to each other.
const TABLES: [(&str, &str); 14] = [
    ("districts", "districts.csv"),
    ("districts", "districts.geojson"),
    ("stations", "metro_stations.csv"),
    ("lines", "metro_lines.csv"),
    ("clusters", "seed_clusters.csv"),
    ("policy", "policy/default.toml"),
    ("round", "demo/round.toml"),
    ("sites", "sites.csv"),
    ("units", "units.csv"),
    ("units", "units_assumed.csv"),
    ("apartments", "apartments.csv"),
    ("firms", "firms.csv"),
    ("quotas", "quotas.csv"),
    ("applications", "applications.csv"),
];

fn data(name: &str) -> String {
    format!("{}/data/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_round_is_built_from_files_alone_and_planned_anew_when_facts_change() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    json(here, &["migrate"]);
    for (kind, name) in TABLES {
        let file = data(name);
        let tables = ["policy", "round"];
        let datum: &[&str] = if tables.contains(&kind) {
            &[]
        } else {
            &["--datum", "wgs84"]
        };
        json(here, &[&["import", kind, &file], datum].concat());
    }
    let plan = ["plan", "--round", "R2026-1", "--seconds", "0"];
    let first = json(here, &plan);
    let quotas = std::fs::read_to_string(data("quotas.csv")).expect("a table");
    let changed = quotas.replace(
        "440304,2026,rent_subsidy,3000000",
        "440304,2026,rent_subsidy,1",
    );
    assert_ne!(quotas, changed);
    std::fs::write(here.join("quotas.csv"), changed).expect("a file");
    json(here, &["import", "quotas", "quotas.csv"]);
    let kept = json(here, &[&plan[..], &["--keep-snapshot"]].concat());
    assert_eq!(kept["snapshot"], first["snapshot"]);
    let second = json(here, &plan);
    assert_ne!(
        second["snapshot"], first["snapshot"],
        "the new quota is not seen"
    );
    let district = |planned: &serde_json::Value| {
        let all = planned["summary"]["subsidies"]
            .as_array()
            .expect("districts")
            .clone();
        all.into_iter()
            .find(|d| d["district"] == "440304")
            .expect("福田")["quota"]
            .clone()
    };
    assert_eq!(
        (district(&first), district(&second)),
        (300_000_000.into(), 100.into())
    );
    let said = refused(here, &["import", "round", &data("demo/round.toml")]);
    assert!(said.contains("AC141"), "{said}");
}

#[test]
fn the_demonstration_never_touches_a_database_that_somebody_named() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    let demo = ["demo", "--once", "--home", "h", "--seconds", "0"];
    let output = zhuchao(here, &demo)
        .env("DATABASE_URL", "sqlite:own.sqlite")
        .output()
        .expect("it starts");
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    assert!(here.join("h/zhuchao.sqlite").exists());
    assert!(!here.join("own.sqlite").exists());
    let said = refused(
        here,
        &[&demo[..], &["--database", "sqlite:own.sqlite"]].concat(),
    );
    assert!(said.contains("CL140"), "{said}");
}

#[test]
fn without_any_time_there_is_still_a_feasible_answer() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    json(
        here,
        &[
            "generate",
            "--firms",
            "30",
            "--seed",
            "1",
            "-o",
            "city.json",
        ],
    );
    json(here, &["instance", "city.json", "-o", "i.json"]);
    let solved = json(here, &["solve", "i.json", "-o", "o.json", "--seconds", "0"]);
    assert!(solved["value"].as_i64().is_some_and(|v| v > 0), "{solved}");
    assert_eq!(json(here, &["verify", "o.json", "i.json"])["ok"], true);
}

#[cfg(unix)]
#[test]
fn writing_follows_links_and_never_replaces_what_is_not_a_file() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    json(here, &["migrate"]);
    std::fs::write(here.join("real.csv"), "old").expect("a file");
    std::os::unix::fs::symlink("real.csv", here.join("link.csv")).expect("a link");
    json(here, &["export", "units", "-o", "link.csv"]);
    let link = std::fs::symlink_metadata(here.join("link.csv")).expect("it is there");
    assert!(link.file_type().is_symlink());
    assert_ne!(
        std::fs::read(here.join("real.csv")).expect("a file"),
        b"old"
    );
    std::fs::create_dir(here.join("folder")).expect("a folder");
    assert_eq!(status(&run(here, &["export", "units", "-o", "folder"])), 2);
    assert!(here.join("folder").is_dir());
}

#[test]
fn a_name_that_ends_in_gz_gives_a_packed_file() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    json(here, &["migrate"]);
    json(here, &["export", "units", "-o", "units.csv.gz"]);
    let bytes = std::fs::read(here.join("units.csv.gz")).expect("a file");
    assert_eq!(bytes.get(..2), Some(&[0x1f, 0x8b][..]));
}

#[test]
fn a_reader_that_went_away_is_no_panic() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    json(here, &["migrate"]);
    let file = data("firms.csv");
    let mut child = zhuchao(here, &["import", "firms", &file])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    drop(child.stderr.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(1));
}

#[test]
fn a_file_of_another_format_is_told_by_its_name_and_unknown_fields_are_refused() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    json(
        here,
        &["generate", "--firms", "3", "--seed", "1", "-o", "city.json"],
    );
    let said = refused(here, &["check", "city.json", "city.json"]);
    assert!(
        said.contains("PL104") && said.contains("zhuchao-plan/1"),
        "{said}"
    );
    let city = std::fs::read_to_string(here.join("city.json")).expect("a file");
    let more = city.replacen("\"synthetic\":true", "\"synthetic\":true,\"bribe\":1", 1);
    std::fs::write(here.join("more.json"), more).expect("a file");
    let said = refused(here, &["instance", "more.json", "-o", "i.json"]);
    assert!(said.contains("PL101") && said.contains("bribe"), "{said}");
}
