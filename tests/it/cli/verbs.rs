//! Verbs one by one: what they print, what they refuse, and with which status.

use std::process::Stdio;
use std::time::Duration;

use clap::CommandFactory;
use serde_json::Value;
use tempfile::TempDir;

use super::{json, refused, run, status, text, zhuchao};

#[test]
fn the_command_line_is_sound_and_names_every_verb() {
    let command = zhuchao::cli::Args::command();
    command.clone().debug_assert();
    let verbs: Vec<&str> = command
        .get_subcommands()
        .map(clap::Command::get_name)
        .collect();
    for verb in "demo serve migrate doctor backup restore import export template plan policy check generate instance solve verify bench ask".split(' ') {
        assert!(verbs.contains(&verb), "{verb} is not in {verbs:?}");
    }
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    assert!(refused(here, &["check", "no.json", "none.json"]).contains("CL101"));
    assert!(refused(here, &["solve", ".", "-o", "o.json"]).contains("CL101"));
    std::fs::write(here.join("c.toml"), [0xff, 0xfe]).expect("a file");
    assert!(refused(here, &["--config", "c.toml", "doctor"]).contains("CL103"));
    std::fs::write(here.join("junk.json"), "{\"format\":").expect("a file");
    assert!(refused(here, &["check", "junk.json", "junk.json"]).contains("PL101"));
    assert!(refused(here, &["solve", "junk.json", "-o", "o.json"]).contains("SV151"));
    // A sparse file of more than 4 GiB costs nothing to make and is not read.
    let large = std::fs::File::create(here.join("large.json")).expect("a file");
    large.set_len((4 << 30) + 1).expect("a sparse file");
    assert!(refused(here, &["check", "large.json", "large.json"]).contains("CL102"));
}

#[test]
fn a_database_url_is_never_guessed() {
    let folder = TempDir::new().expect("a folder");
    for url in ["zhuchao.db", "mysql://localhost/x", "", "sqlite"] {
        let said = refused(folder.path(), &["doctor", "--database", url]);
        assert!(said.contains("ST130"), "{url:?}: {said}");
    }
    assert_eq!(
        std::fs::read_dir(folder.path()).expect("a folder").count(),
        0,
        "nothing is made by the way"
    );
}

#[test]
fn doctor_and_serve_ask_for_migration() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    let doctor = run(here, &["doctor", "--json"]);
    assert_eq!(status(&doctor), 1);
    assert!(text(&doctor.stdout).contains("zhuchao migrate"));
    assert!(refused(here, &["serve"]).contains("CL130"));
    assert!(
        !json(here, &["migrate"])["steps"]
            .as_array()
            .expect("steps")
            .is_empty()
    );
    assert!(
        json(here, &["migrate"])["steps"]
            .as_array()
            .expect("steps")
            .is_empty()
    );
    assert!(refused(here, &["serve", "--listen", "192.0.2.1:80"]).contains("CF104"));
    let holder = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let taken = holder.local_addr().expect("an address").to_string();
    assert!(refused(here, &["serve", "--listen", &taken]).contains("CL131"));
}

#[test]
fn an_import_lists_every_fault_and_how_many_more() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    json(here, &["migrate"]);
    let head = "district_code,year,item,amount_yuan,mode,evidence\n";
    let rows = "440305,2026,rent_subsidy,many,hard,assumption\n".repeat(1_005);
    std::fs::write(here.join("quotas.csv"), format!("{head}{rows}")).expect("a file");
    let output = run(here, &["import", "quotas", "quotas.csv", "--json"]);
    assert_eq!(status(&output), 1);
    let said: Value = serde_json::from_slice(&output.stderr).expect("JSON faults");
    let faults = said["faults"].as_array().expect("faults");
    assert_eq!(faults.len(), 1_001);
    assert_eq!(faults[1_000]["code"], "CL110");
    assert_eq!(faults[0]["place"]["source"], "quotas.csv");
}

#[test]
fn exports_say_what_they_need() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    json(here, &["migrate"]);
    assert!(refused(here, &["export", "castles"]).contains("CL121"));
    assert!(refused(here, &["export", "plan"]).contains("CL120"));
    assert!(refused(here, &["export", "plan", "--round", "X"]).contains("AC112"));
    assert!(refused(here, &["export", "firms", "-o", "f.geojson"]).contains("AC131"));
    assert_eq!(
        status(&run(here, &["import", "castles", "x.csv"])),
        2,
        "a wrong word on the command line"
    );
}

#[test]
fn progress_is_one_json_line_per_event() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    json(
        here,
        &[
            "generate",
            "--firms",
            "20",
            "--seed",
            "2",
            "-o",
            "city.json.gz",
        ],
    );
    json(here, &["instance", "city.json.gz", "-o", "i.json.gz"]);
    let output = run(
        here,
        &[
            "solve",
            "i.json.gz",
            "-o",
            "o.json",
            "--seconds",
            "20",
            "--progress",
            "json",
        ],
    );
    assert_eq!(status(&output), 0);
    let said = text(&output.stderr);
    let events: Vec<Value> = said
        .lines()
        .map(|l| serde_json::from_str(l).expect("one JSON object per line"))
        .collect();
    assert!(
        events
            .iter()
            .any(|e| e["event"] == "solve" && e["value"].is_i64()),
        "{said}"
    );
    assert_eq!(json(here, &["verify", "o.json", "i.json.gz"])["ok"], true);
}

#[cfg(unix)]
#[test]
fn ctrl_c_keeps_the_best_choices_and_the_bound() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    json(
        here,
        &[
            "generate",
            "--firms",
            "300",
            "--seed",
            "4",
            "-o",
            "city.json.gz",
        ],
    );
    json(here, &["instance", "city.json.gz", "-o", "i.json.gz"]);
    let mut child = zhuchao(
        here,
        &["solve", "i.json.gz", "-o", "o.json", "--seconds", "600"],
    )
    .stdout(Stdio::null())
    .stderr(Stdio::null())
    .spawn()
    .expect("the binary starts");
    std::thread::sleep(Duration::from_secs(3));
    let sent = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .expect("kill runs");
    assert!(sent.success());
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
    let verified = json(here, &["verify", "o.json", "i.json.gz"]);
    assert_eq!(verified["ok"], true, "{verified}");
    assert!(
        verified["value"].is_string() && verified["upper_bound"].is_number(),
        "{verified}"
    );
}
