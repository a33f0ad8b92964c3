//! Kill -9 at any moment, twenty rounds: nothing is half done, and doctor finds nothing wrong.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;
use zhuchao::domain::space::Unit;
use zhuchao::store::{self, Store};

use super::{json, zhuchao};

const ROUNDS: u64 = 10;
const ROWS: usize = 12_000;

/// A table of so many units at one of the real sites.
fn units(file: &Path) {
    let mut text = String::from(
        "unit_id,site_id,building,floor,room,use,area_m2,divisible,one_tenant_per_floor,raised_by,fitout,rent_yuan_m2_month,rent_evidence,available_from,evidence\n",
    );
    for n in 0..ROWS {
        let floor = n / 100 + 1;
        text.push_str(&format!("K-{n:05},S006,K,{floor},{n},rd_office,100,false,false,unknown,simple,60,assumption,2026-01-01,assumption\n"));
    }
    std::fs::write(file, text).expect("a file");
}

/// Starts a verb and kills it after a while; true when it had ended by itself.
fn killed(here: &Path, args: &[&str], after: Duration) -> bool {
    let mut child = zhuchao(here, args)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary starts");
    std::thread::sleep(after);
    let ended = child.try_wait().expect("a status").is_some();
    child.kill().expect("it can be killed");
    child.wait().expect("it ends");
    ended
}

fn healthy(here: &Path, url: &str) {
    let doctor = json(here, &["doctor", "--database", url]);
    assert_eq!(doctor["healthy"], true, "{doctor}");
}

fn stored(url: &str) -> usize {
    let store = Store::open(url).expect("it opens");
    let all: Vec<Unit> = store.read(|tx| store::all(tx)).expect("units");
    all.iter()
        .filter(|u| u.id.as_str().starts_with("K-"))
        .count()
}

/// Spreads the kills over the life of the verb.
fn moment(round: u64, whole: Duration) -> Duration {
    whole.mul_f64((round as f64 + 0.5) / ROUNDS as f64)
}

fn survives(url: &str, here: &Path) {
    let db = ["--database", url];
    let verb = |words: &[&'static str]| {
        words
            .iter()
            .copied()
            .chain(["--progress", "none"])
            .collect::<Vec<_>>()
    };
    units(&here.join("units.csv"));
    let import = [&verb(&["import", "units", "units.csv"])[..], &db].concat();
    // The dry run does all the work of the import, so it tells how long the life of the verb is.
    let timed = |args: &[&str]| {
        let start = std::time::Instant::now();
        json(
            here,
            &args
                .iter()
                .copied()
                .filter(|a| !["--progress", "none"].contains(a))
                .collect::<Vec<_>>(),
        );
        start.elapsed()
    };
    let whole = timed(&[&import[..], &["--dry-run"]].concat());
    for round in 0..ROUNDS {
        killed(here, &import, moment(round, whole));
        healthy(here, url);
        let count = stored(url);
        assert!(
            count == 0 || count == ROWS,
            "half an import: {count} of {ROWS}"
        );
    }
    json(here, &[&["import", "units", "units.csv"], &db[..]].concat());
    assert_eq!(stored(url), ROWS);
    let plan = [&["plan", "--round", "R2026-1", "--seconds", "1"], &db[..]].concat();
    let whole = timed(&plan);
    for round in 0..ROUNDS {
        killed(here, &plan, moment(round, whole));
        healthy(here, url);
    }
    json(here, &plan);
    healthy(here, url);
}

#[test]
fn a_killed_import_or_plan_leaves_the_database_whole() {
    for fresh in crate::support::pg::stores() {
        let folder = TempDir::new().expect("a folder");
        let desk = zhuchao::acts::Desk::at(fresh.store, "tester", chrono::Utc::now);
        zhuchao::acts::seed::demo(&desk).expect("the embedded tables are whole");
        drop(desk);
        survives(&fresh.url, folder.path());
    }
}
