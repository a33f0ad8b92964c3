//! Policies at a desk: published with one journal entry, refused with reasons, in force by their dates.

use zhuchao::acts::{Desk, documents, policy, seed};
use zhuchao::policy::lint::{Finding, Kind};
use zhuchao::store::{self, journal, policies};

use super::desks_at_noon;
use crate::support::world::{POLICY, day};

fn version(name: &str, from: &str, until: Option<&str>) -> String {
    let until = until.map_or(String::new(), |d| format!("\neffective_until = \"{d}\""));
    let dates = format!("effective_from = \"{from}\"{until}");
    POLICY
        .replacen("version = \"1\"", &format!("version = \"{name}\""), 1)
        .replacen("effective_from = \"2026-01-01\"", &dates, 1)
}

fn publish(desk: &Desk, text: &str, dry_run: bool) -> Result<policy::Published, Vec<&'static str>> {
    let codes = |f: zhuchao::domain::fault::Faults| f.0.iter().map(|f| f.code.0).collect();
    policy::publish(desk, text.as_bytes(), dry_run).map_err(codes)
}

fn entries(desk: &Desk) -> Vec<String> {
    let page = desk.store().read(|tx| journal::page(tx, 0, 1_000));
    let page = page.expect("a journal");
    page.into_iter()
        .map(|e| format!("{} {}", e.entry.act, e.entry.subject))
        .collect()
}

#[test]
fn a_published_version_is_stored_with_one_entry() {
    for (name, desk, _folder) in desks_at_noon() {
        seed::ground(&desk).expect("the map");
        let before = entries(&desk).len();
        let text = version("2026.1", "2026-01-01", Some("2026-12-31"));
        let dry = publish(&desk, &text, true).expect("nothing bars it");
        assert!(dry.new && dry.dry_run, "{name}");
        assert_eq!(
            entries(&desk).len(),
            before,
            "{name}: a dry run leaves nothing behind"
        );
        assert!(publish(&desk, &text, false).expect("lawful").new, "{name}");
        assert_eq!(
            entries(&desk)[before..],
            ["publish policy policy 2026.1"],
            "{name}"
        );
        assert!(!publish(&desk, &text, false).expect("again").new, "{name}");
        assert_eq!(
            entries(&desk).len(),
            before + 1,
            "{name}: nothing new, no entry"
        );
        let stored = desk.store().read(|tx| policies::get(tx, "2026.1"));
        assert_eq!(stored.expect("read").map(|p| p.text), Some(text), "{name}");
    }
}

#[test]
fn a_document_that_reaches_back_is_named_until_it_is_published() {
    for (name, desk, _folder) in desks_at_noon() {
        seed::ground(&desk).expect("the map");
        let reaches = |found: &[Finding]| found.iter().any(|f| f.kind == Kind::Retroactive);
        let back = version("back", "2026-01-01", Some("2026-12-31"));
        let dry = publish(&desk, &back, true).expect("nothing bars it");
        assert!(reaches(&dry.findings), "{name}");
        let to_come = version("to-come", "2026-02-07", Some("2026-12-31"));
        let dry = publish(&desk, &to_come, true).expect("nothing bars it");
        assert!(!reaches(&dry.findings), "{name}");
        publish(&desk, &back, false).expect("lawful");
        let document = policy::stored(&desk, "back").expect("stored");
        let later = policy::odd(&desk, &document).expect("findings");
        assert!(!reaches(&later), "{name}: it is in force as it was decided");
    }
}

#[test]
fn findings_an_end_in_the_past_and_unknown_districts_bar_it() {
    for (name, desk, _folder) in desks_at_noon() {
        let good = version("a", "2026-01-01", None);
        assert_eq!(
            publish(&desk, &good, false),
            Err(vec!["PO150", "PO150"]),
            "{name}"
        );
        seed::ground(&desk).expect("the map");
        let before = entries(&desk).len();
        let bare = good.replacen("basis = \"step 1\"", "basis = \"\"", 1);
        for dry_run in [true, false] {
            let refused = policy::publish(&desk, bare.as_bytes(), dry_run).expect_err("no basis");
            assert_eq!(refused.0[0].code, policy::LINT_BARS, "{name}");
            let ended = version("b", "2025-01-01", Some("2026-02-05"));
            let refused = policy::publish(&desk, ended.as_bytes(), dry_run).expect_err("ended");
            assert_eq!(refused.0[0].code, policy::ALREADY_ENDED, "{name}");
        }
        // 20:00 of the sixth in Shenzhen: the last day still counts.
        let last = version("c", "2025-01-01", Some("2026-02-06"));
        assert!(publish(&desk, &last, true).is_ok(), "{name}");
        assert_eq!(publish(&desk, "\u{0}", true), Err(vec!["PO101"]), "{name}");
        let bytes = policy::publish(&desk, &[0xff], true).expect_err("no text");
        assert_eq!(bytes.0[0].code, documents::NOT_TEXT, "{name}");
        assert_eq!(entries(&desk).len(), before, "{name}");
    }
}

#[test]
fn the_version_in_force_is_the_one_that_began_last() {
    for (name, desk, _folder) in desks_at_noon() {
        seed::ground(&desk).expect("the map");
        for text in [
            version("year", "2026-01-01", None),
            version("summer", "2026-06-01", Some("2026-08-31")),
            version("next", "2027-01-01", None),
        ] {
            publish(&desk, &text, false).expect("lawful");
        }
        let on = |y, m, d| {
            let found = desk
                .store()
                .read(|tx| policy::in_force_on(tx, day(y, m, d)));
            found.expect("read").map(|p| p.version)
        };
        assert_eq!(on(2025, 12, 31), None, "{name}");
        assert_eq!(on(2026, 5, 31).as_deref(), Some("year"), "{name}");
        assert_eq!(on(2026, 6, 1).as_deref(), Some("summer"), "{name}");
        assert_eq!(on(2026, 8, 31).as_deref(), Some("summer"), "{name}");
        assert_eq!(on(2026, 9, 1).as_deref(), Some("year"), "{name}");
        assert_eq!(on(2030, 1, 1).as_deref(), Some("next"), "{name}");
    }
}

#[test]
fn a_round_is_frozen_under_the_policy_in_force_at_its_cut_off() {
    for (name, desk, _folder) in desks_at_noon() {
        let round = seed::demo(&desk).expect("the demonstration");
        // Stored later, in force later: not for this round.
        publish(&desk, &version("later", "2026-02-07", None), false).expect("lawful");
        zhuchao::acts::freeze::freeze(&desk, &round).expect("a snapshot");
        let bytes = zhuchao::acts::export::snapshot(&desk, &round).expect("stored");
        let snapshot = zhuchao::planning::files::read_snapshot(&bytes).expect("whole");
        assert!(snapshot.policy.contains("id = \"SZ-DEMO\""), "{name}");
        let stored = desk.store().read(store::policies::all).expect("read");
        assert_eq!(stored.len(), 2, "{name}");
    }
}
