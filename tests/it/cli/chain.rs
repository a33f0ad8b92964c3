//! The whole chain on the real tables, through the binary: demo, check, verify, doctor, export,
//! import, backup, restore.

use tempfile::TempDir;

use super::{json, refused, run, status, text};

#[test]
fn the_demonstration_is_solved_to_proven_optimality_and_checks_out() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    let planned = json(here, &["demo", "--once", "--home", "h", "--seconds", "300"]);
    let summary = &planned["summary"];
    assert_eq!(summary["status"], "optimal");
    assert_eq!(summary["value"], summary["upper_bound"]);
    assert_eq!(summary["gap_ppm"], 0);
    assert_eq!(summary["applications"], 120);
    assert_eq!(summary["synthetic"], true);
    for (key, least) in [
        ("placed", 60),
        ("not_eligible", 3),
        ("nothing_fits", 3),
        ("priced_out", 1),
        ("apartments_granted", 300),
    ] {
        assert!(
            summary[key].as_i64().is_some_and(|n| n >= least),
            "{key}: {summary}"
        );
    }
    assert!(
        summary["apartments_granted"].as_i64() < summary["apartments_asked"].as_i64(),
        "apartments do not suffice"
    );
    for d in summary["subsidies"].as_array().expect("districts") {
        assert!(d["awarded"].as_i64() <= d["quota"].as_i64(), "{d}");
    }
    assert_eq!(
        json(here, &["check", "h/plan.json", "h/snapshot.json.gz"])["ok"],
        true
    );
    assert_eq!(
        json(here, &["verify", "h/outcome.json", "h/instance.json.gz"])["ok"],
        true
    );
    let db = ["--database", "sqlite:h/zhuchao.sqlite"];
    let doctor = json(here, &[&["doctor"], &db[..]].concat());
    assert_eq!(doctor["healthy"], true, "{doctor}");
    instance_again(here);
    out_and_in_again(here);
}

/// The instance of the stored snapshot is the one that was solved, byte for byte.
fn instance_again(here: &std::path::Path) {
    json(
        here,
        &["instance", "h/snapshot.json.gz", "-o", "again.json.gz"],
    );
    let read = |name: &str| std::fs::read(here.join(name)).expect("a file");
    assert_eq!(read("again.json.gz"), read("h/instance.json.gz"));
}

fn out_and_in_again(here: &std::path::Path) {
    let db = ["--database", "sqlite:h/zhuchao.sqlite"];
    let verb = |words: &[&'static str]| [words, &db[..]].concat();
    json(here, &verb(&["export", "units", "-o", "units.csv"]));
    let dry = json(here, &verb(&["import", "units", "units.csv", "--dry-run"]));
    assert_eq!(
        (&dry["inserted"], &dry["updated"], &dry["dry_run"]),
        (&0.into(), &0.into(), &true.into())
    );
    json(here, &verb(&["backup", "copy.db"]));
    assert!(refused(here, &verb(&["backup", "copy.db"])).contains("ST134"));
    let restored = json(
        here,
        &[
            "restore",
            "copy.db",
            "--database",
            "sqlite:other/zhuchao.sqlite",
        ],
    );
    assert!(restored["kept"].is_null());
    let doctor = json(
        here,
        &["doctor", "--database", "sqlite:other/zhuchao.sqlite"],
    );
    assert_eq!(doctor["healthy"], true, "{doctor}");
    let rounds = run(
        here,
        &[
            "export",
            "rounds",
            "--database",
            "sqlite:other/zhuchao.sqlite",
        ],
    );
    assert_eq!(status(&rounds), 0);
    assert!(text(&rounds.stdout).contains("R2026-1"));
}

#[test]
fn the_same_seed_gives_the_same_plan_byte_for_byte() {
    let plan = || {
        let folder = TempDir::new().expect("a folder");
        let here = folder.path();
        json(
            here,
            &[
                "generate",
                "--firms",
                "12",
                "--seed",
                "5",
                "-o",
                "city.json.gz",
            ],
        );
        json(here, &["instance", "city.json.gz", "-o", "i.json"]);
        json(
            here,
            &[
                "solve",
                "i.json",
                "-o",
                "o.json",
                "--seconds",
                "60",
                "--seed",
                "3",
            ],
        );
        let outcome: serde_json::Value =
            serde_json::from_slice(&std::fs::read(here.join("o.json")).expect("a file"))
                .expect("JSON");
        (
            std::fs::read(here.join("i.json")).expect("a file"),
            outcome["choices"].to_string(),
            outcome["value"].clone(),
        )
    };
    assert_eq!(plan(), plan());
}
