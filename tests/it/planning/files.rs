//! Snapshot and plan files: canonical bytes, digests, and every fault of a file from outside.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use zhuchao::domain::snapshot::Snapshot;
use zhuchao::planning::{diff, files};

use super::city;
use super::run::planned;
use crate::support::world::{World, key};

fn codes(snapshot: &Snapshot) -> Vec<&'static str> {
    // Written by hand: `write_snapshot` would put it in order.
    let bytes = serde_json::to_vec(snapshot).expect("json");
    read_codes(&bytes)
}

fn read_codes(bytes: &[u8]) -> Vec<&'static str> {
    let faults = files::read_snapshot(bytes).err().unwrap_or_default();
    let mut codes: Vec<&str> = faults.0.iter().map(|f| f.code.0).collect();
    codes.dedup();
    codes
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::fast());
    gz.write_all(bytes).expect("in memory");
    gz.finish().expect("in memory")
}

#[test]
fn a_snapshot_comes_back_plain_and_packed() {
    let snapshot = city::snapshot();
    let bytes = files::write_snapshot(&snapshot);
    assert_eq!(files::read_snapshot(&bytes).expect("read"), snapshot);
    assert_eq!(
        files::read_snapshot(&packed(&bytes)).expect("read"),
        snapshot
    );
    assert!(!bytes.contains(&b'\n'));
}

#[test]
fn a_plan_comes_back() {
    let plan = planned(&city::snapshot());
    let bytes = files::write_plan(&plan);
    assert_eq!(files::read_plan(&packed(&bytes)).expect("read"), plan);
    assert_eq!(files::plan_digest(&plan), files::digest(&bytes));
    let mut other = plan;
    other.format = "zhuchao-plan/9".to_owned();
    let faults = files::read_plan(&files::write_plan(&other)).expect_err("refused");
    assert_eq!(faults.0[0].code.0, "PL104");
}

#[test]
fn equal_facts_in_another_order_give_the_same_digest() {
    let snapshot = city::snapshot();
    let mut shuffled = snapshot.clone();
    shuffled.applications.reverse();
    shuffled.inventory.units.reverse();
    shuffled.ground.network.stations.reverse();
    assert_eq!(
        files::write_snapshot(&snapshot),
        files::write_snapshot(&shuffled)
    );
    assert_eq!(files::snapshot_digest(&snapshot).len(), 64);
    let mut other = snapshot.clone();
    other.quotas[0].amount.0 += 1;
    assert_ne!(
        files::snapshot_digest(&snapshot),
        files::snapshot_digest(&other)
    );
}

#[test]
fn the_digest_is_sha_256() {
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(files::digest(b""), empty);
}

#[test]
fn a_file_that_is_no_snapshot_is_refused() {
    assert_eq!(read_codes(b"{}"), ["PL101"]);
    assert_eq!(read_codes(b"\x00\xff"), ["PL101"]);
    assert_eq!(read_codes(&b"[".repeat(100_000)), ["PL101"]);
    assert_eq!(read_codes(&packed(b"{}")[..12]), ["PL103"]);
    let mut bomb = packed(&b" ".repeat(1_000));
    assert_eq!(
        files::unpack(&bomb, 999).expect_err("large").code.0,
        "PL102"
    );
    assert_eq!(
        files::unpack(&b" ".repeat(1_000), 999)
            .expect_err("large")
            .code
            .0,
        "PL102"
    );
    bomb.truncate(20);
    assert_eq!(
        files::unpack(&bomb, 9_999).expect_err("cut").code.0,
        "PL103"
    );
}

#[test]
fn every_law_of_a_snapshot_is_tried() {
    let change = |f: &dyn Fn(&mut Snapshot)| {
        let mut snapshot = city::snapshot();
        f(&mut snapshot);
        codes(&snapshot)
    };
    assert_eq!(change(&|_| {}), Vec::<&str>::new());
    assert_eq!(change(&|s| s.format = "x".to_owned()), ["PL104"]);
    assert_eq!(change(&|s| s.inventory.units.swap(0, 1)), ["PL105"]);
    assert_eq!(
        change(&|s| s.firms[0].fields = vec![key("K2"), key("K1")]),
        ["PL105"]
    );
    assert_eq!(
        change(&|s| s.firms.insert(0, s.firms[0].clone())),
        ["PL105"]
    );
    assert_eq!(
        change(&|s| s.applications[0].firm = key("nobody")),
        ["PL106"]
    );
    assert_eq!(change(&|s| s.applications[0].round = key("R9")), ["PL106"]);
    assert_eq!(
        change(&|s| s.inventory.units[0].floor = key("S1/A/99")),
        ["PL106"]
    );
    assert_eq!(change(&|s| s.inventory.floors[0].level = 0), ["PL107"]);
    assert_eq!(change(&|s| s.inventory.units[0].area.0 = 0), ["DM170"]);
    assert_eq!(change(&|s| s.quotas[0].amount.0 = -1), ["DM190"]);
    assert_eq!(change(&|s| s.applications[0].area_min.0 = 0), ["DM180"]);
}

#[test]
fn a_group_lies_on_one_site() {
    let snapshot = World::city()
        .site("S1", "440305", 0)
        .site("S2", "440305", 900)
        .grouped("A1", "S1/A/1", 100, "G")
        .grouped("A2", "S2/A/1", 100, "G")
        .freeze();
    assert_eq!(codes(&snapshot), ["PL108"]);
}

#[test]
fn two_plans_differ_line_by_line() {
    let before = planned(&city::snapshot());
    let mut after = before.clone();
    let gone = after.awards.remove(0);
    after.awards[0].units[0].unit = key("X9");
    let lines = diff::lines(&before, &after);
    assert_eq!(lines.len(), 2);
    assert!(lines[0].starts_with(gone.application.as_str()) && lines[0].ends_with("-> waits"));
    assert!(diff::lines(&before, &before).is_empty());
}
