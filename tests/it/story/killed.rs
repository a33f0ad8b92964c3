//! Kill -9 at any moment while officials and firms act: what was acknowledged is there, nothing is half done,
//! at most the one act that was under way is there unacknowledged, and the next process goes on.
//!
//! `ZHUCHAO_TEST_KILLS` says how often each scene is killed on each database (default 6). Imports, plans and
//! tasks of workers are killed in `cli::killed` and `cli::worker`.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use zhuchao::acts::money::payment_file::FileKind;
use zhuchao::acts::money::{claims, confirm, payments, publicity, review, settle};
use zhuchao::acts::rounds::{choice, contracts, offers as answers};
use zhuchao::domain::claim::{Claim, ClaimStage};
use zhuchao::domain::fault::Faults;
use zhuchao::domain::payment::BatchStage;
use zhuchao::domain::procedure::Step;
use zhuchao::domain::quota::QuotaMode;
use zhuchao::domain::settlement::SettlementStage;

use super::city::{NANSHAN, PINGSHAN};
use super::letting::terms;
use super::rush::{crowded, one, told};
use crate::acts::money::{balance, banked, filed, grant, quota, stated, yuan};
use crate::acts::procedure::{go, now, offers, r1, well};
use crate::support::town::{Town, towns};
use crate::support::world::day;

/// Tells the child its database, scene and first turn.
const TOLD: &str = "ZHUCHAO_TEST_KILLED_CHILD";

fn kills() -> u64 {
    let given = std::env::var("ZHUCHAO_TEST_KILLS").ok();
    given.and_then(|s| s.parse().ok()).unwrap_or(6)
}

/// A scene: what is done at a turn; `None` when nothing was.
type Scene = fn(&Town, usize) -> Option<String>;

const SCENES: [(&str, Scene); 3] = [
    ("approval", approval),
    ("letting", letting),
    ("payment", payment),
];

/// The acts of the scenes, as the journal names them.
const ACTS: [&str; 18] = [
    "choose plan",
    "approve plan",
    "reopen round",
    "accept offer",
    "decline offer",
    "sign contract",
    "propose quota",
    "offer to next in line",
    "prepare claim",
    "submit claim",
    "review claim",
    "propose settlement",
    "approve settlement",
    "publicise claim",
    "approve claim",
    "make payment batch",
    "export payment batch",
    "confirm payment batch",
];

/// How often each act was done.
type Counts = BTreeMap<String, usize>;

fn done<T>(name: &str, result: Result<T, Faults>) -> Option<String> {
    result.ok().map(|_| name.to_owned())
}

/// A planner chooses, another officer approves, the round is opened again.
fn approval(town: &Town, _: usize) -> Option<String> {
    town.at("2026-02-11T09:00:00+08:00");
    let at = now(town);
    let plan = super::planning::stored_plan(town);
    match at.step {
        Step::Frozen => done(
            "choose plan",
            choice::choose(&town.planner(), &r1(), &plan, "best"),
        ),
        Step::Chosen => done(
            "approve plan",
            choice::approve(&town.bureau(), &r1(), &plan, "yes"),
        ),
        _ => done(
            "reopen round",
            choice::reopen(&town.bureau(), &r1(), "again"),
        ),
    }
}

fn letting(town: &Town, turn: usize) -> Option<String> {
    town.at("2026-03-02T09:00:00+08:00");
    one(town, turn, turn / 8).map(str::to_owned)
}

/// One step of the way of the money, whichever is possible.
fn payment(town: &Town, turn: usize) -> Option<String> {
    town.at("2026-07-14T09:00:00+08:00");
    let district = [NANSHAN, PINGSHAN][turn % 2];
    let all = claims::list(&town.planner(), None, None, (None, 200)).ok()?;
    let mine: Vec<&Claim> = all
        .iter()
        .filter(|c| c.district.as_str() == district)
        .collect();
    let some = |stage| mine.iter().find(|c| c.stage == stage).copied();
    batch(town, district)
        .or_else(|| some(ClaimStage::Payable).and_then(|c| pay(town, c)))
        .or_else(|| some(ClaimStage::Publicised).and_then(|c| approve(town, c)))
        .or_else(|| some(ClaimStage::Settled).and_then(|c| publicise(town, c)))
        .or_else(|| settlement(town, district))
        .or_else(|| some(ClaimStage::Submitted).and_then(|c| reviewed(town, c)))
        .or_else(|| asked(town, turn))
}

fn batch(town: &Town, district: &str) -> Option<String> {
    let all = payments::list(&town.reviewer(district), None, (None, 200)).ok()?;
    let open = all
        .iter()
        .find(|b| matches!(b.stage, BatchStage::Made | BatchStage::Exported))?;
    if open.stage == BatchStage::Made {
        let file = payments::export(&town.district(district), &open.id, FileKind::Csv);
        return done("export payment batch", file);
    }
    let answer = confirm::BankAnswer {
        reference: format!("B-{}", open.id),
        paid_on: day(2026, 7, 14),
        failed: Vec::new(),
    };
    done(
        "confirm payment batch",
        confirm::confirm(&town.reviewer(district), &open.id, &answer),
    )
}

fn pay(town: &Town, claim: &Claim) -> Option<String> {
    let made = payments::make(
        &town.reviewer(claim.district.as_str()),
        &claim.quota(),
        std::slice::from_ref(&claim.id),
    );
    done("make payment batch", made)
}

fn approve(town: &Town, claim: &Claim) -> Option<String> {
    let officer = town.district(claim.district.as_str());
    done("approve claim", publicity::approve(&officer, &claim.id))
}

fn publicise(town: &Town, claim: &Claim) -> Option<String> {
    town.at("2026-07-06T09:00:00+08:00");
    let officer = town.reviewer(claim.district.as_str());
    done(
        "publicise claim",
        publicity::publicise(&officer, &claim.id, "公示"),
    )
}

fn settlement(town: &Town, district: &str) -> Option<String> {
    let all = settle::list(&town.reviewer(district), (None, 200)).ok()?;
    match all.iter().find(|s| s.stage == SettlementStage::Proposed) {
        Some(open) => done(
            "approve settlement",
            settle::approve(&town.district(district), &open.id),
        ),
        None => {
            let key = quota(district, 2026);
            done(
                "propose settlement",
                settle::propose(&town.reviewer(district), &key, false, "核定"),
            )
        }
    }
}

fn reviewed(town: &Town, claim: &Claim) -> Option<String> {
    let officer = town.reviewer(claim.district.as_str());
    done(
        "review claim",
        review::review(&officer, &claim.id, None, ""),
    )
}

/// The approver submits what the preparer prepared, or the preparer prepares a month that nobody claimed.
fn asked(town: &Town, turn: usize) -> Option<String> {
    let contracts = contracts::list(&town.planner(), None, None, (None, 200)).ok()?;
    let mut aided = contracts.iter().filter(|c| c.award.subsidy.is_some());
    let contract = aided.clone().nth(turn % aided.by_ref().count().max(1))?;
    let firm = town.firm(contract.firm.as_str());
    let own = claims::list(&firm, None, Some(&contract.id), (None, 50)).ok()?;
    if let Some(ready) = own.iter().find(|c| c.stage == ClaimStage::Prepared) {
        return done("submit claim", claims::submit(&firm, &ready.id));
    }
    let taken = |m: &u32| own.iter().any(|c| c.stated.months.contains(m));
    let month = [4, 5, 6].into_iter().find(|m| !taken(m))?;
    let what = stated(&[month], contract.monthly_rent.0 / 100);
    let preparer = town.preparer(contract.firm.as_str());
    done(
        "prepare claim",
        claims::prepare(&preparer, &contract.id, 2026, &what),
    )
}

/// Not a test of its own: what the killed process runs. Without its database it has nothing to do.
#[test]
fn child_of_the_kills() {
    let Ok(told) = std::env::var(TOLD) else {
        return;
    };
    let mut words = told.split(' ');
    let mut word = || words.next().expect("database, scene and turn");
    let (url, scene, first) = (word(), word(), word());
    let town = Town::visited(url);
    let (_, act) = SCENES.iter().find(|s| s.0 == scene).expect("a scene");
    let first: usize = first.parse().expect("a turn");
    for turn in first.. {
        if let Some(name) = act(&town, turn) {
            // Past the capture of the test harness, and at once.
            let mut out = std::io::stdout().lock();
            writeln!(out, "acknowledged {name}")
                .and_then(|()| out.flush())
                .expect("a reader");
        }
    }
}

/// Lets a child act and kills it; what it acknowledged.
fn killed(town: &Town, scene: &str, kill: u64) -> Counts {
    let me = std::env::current_exe().expect("the test binary");
    let mut child = Command::new(me)
        .args([
            "story::killed::child_of_the_kills",
            "--exact",
            "--nocapture",
        ])
        .env(TOLD, format!("{} {scene} {}", town.url, kill * 1_000))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the child starts");
    let out = BufReader::new(child.stdout.take().expect("a pipe"));
    let (say, hear) = mpsc::channel();
    let reader = std::thread::spawn(move || {
        for line in out.lines().map_while(Result::ok) {
            if let Some((_, act)) = line.split_once("acknowledged ") {
                say.send(act.to_owned()).expect("it is heard to the end");
            }
        }
    });
    // One in three is killed while it starts, the others some time after their first act.
    let first = match kill.is_multiple_of(3) {
        true => None,
        false => hear.recv_timeout(Duration::from_secs(60)).ok(),
    };
    std::thread::sleep(Duration::from_millis(5 + kill * 97 % 300));
    child.kill().expect("it can be killed");
    child.wait().expect("it ends");
    reader.join().expect("it reads to the end");
    let mut counts = Counts::new();
    for act in first.into_iter().chain(hear.try_iter()) {
        *counts.entry(act).or_default() += 1;
    }
    counts
}

/// What the journal has of the acts of the scenes.
fn entered(town: &Town) -> Counts {
    let mut all = told(town);
    all.retain(|act, _| ACTS.contains(&act.as_str()));
    all
}

/// Each act that was acknowledged was entered, and at most one more, which was under way.
fn all_there(before: &Counts, acknowledged: &Counts, after: &Counts) -> bool {
    let of = |counts: &Counts, act: &str| counts.get(act).copied().unwrap_or_default();
    let more = ACTS.iter().map(|act| {
        let new = of(after, act) - of(before, act);
        new.checked_sub(of(acknowledged, act))
    });
    let more: Option<Vec<usize>> = more.collect();
    let known = acknowledged.keys().all(|act| ACTS.contains(&act.as_str()));
    known && more.is_some_and(|more| more.iter().sum::<usize>() <= 1)
}

/// Ten contracts with aid, so that there is something to claim.
fn prepared(town: &Town, scene: &str) {
    for district in [NANSHAN, PINGSHAN] {
        grant(
            town,
            &quota(district, 2026),
            yuan(500_000),
            QuotaMode::ProRata,
        );
    }
    if scene == "approval" {
        return go(town, Step::Chosen);
    }
    go(town, Step::Confirmed);
    town.at("2026-03-02T09:00:00+08:00");
    for (n, offer) in offers(town).iter().take(10).enumerate() {
        let firm = offer.firm.as_str();
        answers::accept(&town.firm(firm), &offer.id).expect("accepted");
        contracts::sign_offer(&town.bureau(), &offer.id, &terms(n)).expect("signed");
        banked(town, firm);
        filed(town, firm);
    }
}

#[test]
fn what_was_acknowledged_is_there_and_nothing_is_half_done() {
    for (scene, _) in SCENES {
        for town in towns(&crowded()) {
            prepared(&town, scene);
            let mut acknowledged = 0;
            for kill in 0..kills() {
                let before = entered(&town);
                let acts = killed(&town, scene, kill);
                let after = entered(&town);
                assert!(
                    all_there(&before, &acts, &after),
                    "{} {scene}: {before:?}, then {acts:?} acknowledged, {after:?}",
                    town.name
                );
                acknowledged += acts.values().sum::<usize>();
                for district in [NANSHAN, PINGSHAN] {
                    balance(&town, &quota(district, 2026));
                }
                well(&town);
            }
            assert!(acknowledged >= 2, "{} {scene}: {acknowledged}", town.name);
        }
    }
}
