//! Kill -9 at any moment, ten rounds of an import and ten of a plan on each database: nothing is
//! half done, and doctor finds nothing wrong.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tempfile::TempDir;
use zhuchao::domain::space::Unit;
use zhuchao::store::{self, Store};

use super::{json, zhuchao};

const ROUNDS: u64 = 10;
const ROWS: usize = 4_000;

/// A table of so many units at one of the real sites, all at the rent of a round.
fn units(file: &Path, round: u64) {
    let mut text = String::from(
        "unit_id,site_id,building,floor,room,use,area_m2,divisible,one_tenant_per_floor,\
         raised_by,fitout,rent_yuan_m2_month,rent_evidence,available_from,evidence\n",
    );
    for n in 0..ROWS {
        let (floor, rent) = (n / 100 + 1, 60 + round);
        text.push_str(&format!(
            "K-{n:05},S006,K,{floor},{n},rd_office,100,false,false,unknown,simple,{rent},\
             assumption,2026-01-01,assumption\n"
        ));
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

/// How many of the units are stored; they must all be at the rent of one round.
fn stored(url: &str) -> usize {
    let store = Store::open(url).expect("it opens");
    let all: Vec<Unit> = store.read(store::all).expect("units");
    let ours = all.iter().filter(|u| u.id.as_str().starts_with("K-"));
    let rents: Vec<_> = ours.map(|u| u.rent.clone()).collect();
    assert!(
        rents.windows(2).all(|w| w[0] == w[1]),
        "rents of two imports are mixed"
    );
    rents.len()
}

/// Spreads the kills over the life of the verb.
fn moment(round: u64, whole: Duration) -> Duration {
    whole.mul_f64((round as f64 + 0.5) / ROUNDS as f64)
}

/// How long the life of a verb is.
fn timed(here: &Path, args: &[&str]) -> Duration {
    let start = std::time::Instant::now();
    json(here, args);
    start.elapsed()
}

fn survives(url: &str, here: &Path) {
    let file = here.join("units.csv");
    let import = ["import", "units", "units.csv", "--database", url];
    units(&file, 0);
    // A dry run does all the work of an import and leaves nothing.
    let whole = timed(here, &[&import[..], &["--dry-run"]].concat());
    for round in 0..ROUNDS {
        units(&file, round);
        killed(here, &import, moment(round, whole));
        healthy(here, url);
        let count = stored(url);
        assert!(
            [0, ROWS].contains(&count),
            "half an import: {count} of {ROWS}"
        );
    }
    json(here, &import);
    assert_eq!(stored(url), ROWS);
    let plan = [
        "plan",
        "--round",
        "R2026-1",
        "--seconds",
        "1",
        "--database",
        url,
    ];
    let whole = timed(here, &plan);
    for round in 0..ROUNDS {
        killed(here, &plan, moment(round, whole));
        healthy(here, url);
    }
    json(here, &plan);
    healthy(here, url);
}

fn seeded(fresh: crate::support::pg::Fresh) {
    let folder = TempDir::new().expect("a folder");
    let desk = zhuchao::acts::Desk::at(fresh.store, "tester", chrono::Utc::now);
    zhuchao::acts::seed::demo(&desk).expect("the embedded tables are whole");
    drop(desk);
    survives(&fresh.url, folder.path());
}

#[test]
fn a_killed_import_or_plan_leaves_sqlite_whole() {
    seeded(crate::support::pg::sqlite());
}

#[test]
fn a_killed_import_or_plan_leaves_postgresql_whole() {
    if let Some(fresh) = crate::support::pg::postgres() {
        seeded(fresh);
    }
}
