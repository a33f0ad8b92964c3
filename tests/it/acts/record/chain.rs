//! Heads of the chain: kept elsewhere they find what was cut off or rewritten, though what is left looks whole.

use zhuchao::acts::record::heads::{self, BAD_HEADS};
use zhuchao::acts::record::journal::{self, Wanted};
use zhuchao::acts::refuse;
use zhuchao::domain::people::{Actor, Body, Role};
use zhuchao::domain::procedure::Step;
use zhuchao::store::journal::{self as rows, Entry};

use super::past_the_guards;
use crate::acts::procedure::{code, go, world};
use crate::support::town::{Town, towns};

fn auditor(town: &Town) -> zhuchao::acts::Desk {
    town.person(Role::AuditAdmin, Body::City)
}

#[test]
fn heads_hold_until_the_chain_is_cut_or_rewritten() {
    for town in towns(&world()) {
        go(&town, Step::Frozen);
        let desk = auditor(&town);
        let kept = heads::heads(&desk).expect("heads");
        assert_eq!(kept.len(), 2, "two days have entries");
        let text = heads::csv(&kept);
        assert_eq!(heads::read(text.as_bytes()).expect("csv"), kept);
        let json = serde_json::to_string(&kept).expect("json");
        assert_eq!(heads::read(json.as_bytes()).expect("json"), kept);
        assert_eq!(heads::verify(&desk, &kept).expect("held").lost, vec![]);
        let last = kept.last().expect("a head").entry;
        past_the_guards(
            &town,
            "journal",
            &format!("DELETE FROM journal WHERE seq = {last};"),
        );
        let cut = heads::verify(&desk, &kept).expect("a comparison");
        assert!(
            cut.lost.iter().all(|l| l.cause.contains("cut off")),
            "{cut:?}"
        );
        assert_eq!(cut.lost.len(), 1);
        // Somebody appends another entry in its place: the chain is whole, the head is not in it.
        let entry = Entry {
            at: town.desk.now(),
            actor: "operator".to_owned(),
            act: "nothing".to_owned(),
            subject: "town".to_owned(),
            before: None,
            after: None,
        };
        (town.desk.store())
            .write(|tx| rows::append(tx, &entry))
            .expect("appended");
        let forged = heads::verify(&desk, &kept).expect("a comparison");
        assert!(
            forged.lost.iter().any(|l| l.cause.contains("rewritten")),
            "{forged:?}"
        );
        past_the_guards(
            &town,
            "journal",
            "UPDATE journal SET subject = 'x' WHERE seq = 1;",
        );
        let broken = heads::verify(&desk, &kept).expect("a comparison");
        assert!(
            broken.lost.iter().any(|l| l.day.is_none() && l.entry == 1),
            "{broken:?}"
        );
    }
}

#[test]
fn files_that_are_no_heads_are_refused() {
    for bytes in [
        &b""[..],
        b"day,entry\n",
        b"[]",
        b"\xff\xfe",
        b"day,entry,hash,entries\n2026-01-05,x,y,1\n",
        b"[{\"day\":\"2026-01-05\"}]",
    ] {
        assert_eq!(code(heads::read(bytes)), BAD_HEADS);
    }
}

#[test]
fn the_journal_is_browsed_by_auditors_alone() {
    for town in towns(&world()) {
        go(&town, Step::Approved);
        let all = journal::list(
            &auditor(&town),
            &Wanted {
                limit: 200,
                ..Wanted::default()
            },
        );
        let all = all.expect("entries");
        let approved = all
            .iter()
            .find(|e| e.entry.act == "approve plan")
            .expect("an approval")
            .entry
            .at;
        let wanted = Wanted {
            act: Some("approve plan".to_owned()),
            subject: Some("round R1".to_owned()),
            actor: Some("bureau_approver".to_owned()),
            from: Some(approved),
            limit: 10,
            ..Wanted::default()
        };
        let one = journal::list(&auditor(&town), &wanted).expect("entries");
        assert_eq!(one.len(), 1, "{}", town.name);
        let none = Wanted {
            until: Some(approved),
            ..wanted
        };
        assert!(
            journal::list(&auditor(&town), &none)
                .expect("none")
                .is_empty()
        );
        let page = Wanted {
            after: 2,
            limit: 1,
            ..Wanted::default()
        };
        let page = journal::list(&auditor(&town), &page).expect("a page");
        assert_eq!(page, all[2..3]);
        let opened = journal::one(&auditor(&town), one[0].seq).expect("an entry");
        assert!(opened.genuine && opened.linked);
        assert_eq!(opened.record["asked"]["reason"], "in order");
        assert_eq!(code(journal::one(&auditor(&town), 9999)), refuse::ABSENT);
        for desk in [town.planner(), town.firm("F1"), town.reviewer("440305")] {
            assert_eq!(
                code(journal::list(&desk, &Wanted::default())),
                refuse::NOT_ALLOWED
            );
            assert_eq!(code(heads::heads(&desk)), refuse::NOT_ALLOWED);
        }
    }
}

#[test]
fn entries_of_the_verbs_of_the_operator_name_no_record_and_are_genuine() {
    for (name, desk, _folder) in crate::acts::desks() {
        crate::acts::demo(&desk);
        let desk = desk.of(Actor::city("audit", Role::AuditAdmin));
        let all = desk.store().read(|tx| rows::page(tx, 0, 1_000));
        for row in all.expect("a journal") {
            let opened = journal::one(&desk, row.seq).expect("an entry");
            assert!(opened.genuine && opened.linked, "{name}: {:?}", row.entry);
        }
    }
}
