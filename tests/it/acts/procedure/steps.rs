//! The state machine: each act on a round at each step by each role, and what time and persons forbid.

use zhuchao::acts::rounds::guide::{self, NewGuide};
use zhuchao::acts::rounds::moves::{self, MOVES};
use zhuchao::acts::rounds::objections::{self, NewObjection};
use zhuchao::acts::rounds::{choice, closing, confirm, freezing, publicity, succession, view};
use zhuchao::acts::{Desk, plan, refuse};
use zhuchao::domain::fault::{Code, Faults};
use zhuchao::domain::ids::RoundId;
use zhuchao::domain::people::{Body, Role};
use zhuchao::domain::procedure::{Procedure, Step};
use zhuchao::planning::files;
use zhuchao::store::journal::{self, Entry};
use zhuchao::store::plans::{self, StoredPlan};
use zhuchao::store::{self, snapshots};

use super::{again, code, go, now, planned, r1, the_guide, well, world};
use crate::support::town::{Town, moment, towns};
use crate::support::world::key;

const STEPS: [Step; 8] = [
    Step::Preparing,
    Step::Guided,
    Step::Frozen,
    Step::Chosen,
    Step::Approved,
    Step::Publicised,
    Step::Confirmed,
    Step::Closed,
];

/// Asks an act by its verb, with a body that is right where the step is.
fn ask(desk: &Desk, verb: &str) -> Result<(), Faults> {
    let round = r1();
    let unit = |r: Result<Procedure, Faults>| r.map(drop);
    match verb {
        "guide" => unit(guide::publish(desk, &round, &the_guide())),
        "freeze" => unit(freezing::freeze(desk, &round)),
        "choose" => unit(choice::choose(desk, &round, "none", "why")),
        "approve" => unit(choice::approve(desk, &round, "none", "why")),
        "send-back" => unit(choice::send_back(desk, &round, "why")),
        "reopen" => unit(choice::reopen(desk, &round, "why")),
        "publicise" => unit(publicity::publicise(desk, &round, "1")),
        "object" => {
            let new = NewObjection {
                application: key("AP-F9"),
                objector: None,
                grounds: "grounds".to_owned(),
            };
            objections::object(desk, &round, &new).map(drop)
        }
        "confirm" => unit(confirm::confirm(desk, &round, "why")),
        "next" => succession::offer_next(desk, &round).map(drop),
        "close" => unit(closing::close(desk, &round, "why")),
        other => panic!("{other} is not asked"),
    }
}

fn body(role: Role) -> Body {
    match (role.is_firm(), role.is_district()) {
        (true, _) => Body::Firm(key("F1")),
        (_, true) => Body::District(key("440305")),
        _ => Body::City,
    }
}

/// Puts the round at a step past its acts, to ask what the step forbids.
fn place(town: &Town, step: Step) {
    let mut there = now(town);
    there.step = step;
    let entry = Entry {
        at: town.desk.now(),
        actor: "test".to_owned(),
        act: "place".to_owned(),
        subject: "test".to_owned(),
        before: None,
        after: None,
    };
    (town.desk.store())
        .write(|tx| {
            store::upsert_many(tx, &[there])?;
            journal::append(tx, &entry)
        })
        .expect("placed");
}

#[test]
fn each_act_at_each_step_by_each_role_is_open_or_refused_as_the_table_says() {
    for town in towns(&world()) {
        go(&town, Step::Guided);
        for step in STEPS {
            for m in MOVES {
                for role in Role::ALL {
                    place(&town, step);
                    let desk = town.person(role, body(role));
                    let name = format!("{} {} {}", m.verb, step.name(), role.name());
                    if m.steps.contains(&step) && desk.may(m.power).is_ok() {
                        continue;
                    }
                    let code = code(ask(&desk, m.verb));
                    let wanted = match (desk.may(m.power), role) {
                        (Ok(()), _) => refuse::WRONG_STATE,
                        (_, Role::Public) => refuse::SIGN_IN,
                        _ => refuse::NOT_ALLOWED,
                    };
                    assert_eq!(code, wanted, "{name}");
                    let stands = now(&town);
                    assert_eq!(stands.step, step, "{name}");
                    let offered = moves::open(&desk, &stands);
                    assert!(offered.iter().all(|o| o.verb != m.verb), "{name}");
                }
            }
        }
    }
}

#[test]
fn each_step_follows_by_an_act_and_no_other_way() {
    for town in towns(&world()) {
        let mut last = Step::Preparing;
        go(&town, Step::Confirmed);
        let (round, planner) = (r1(), town.planner());
        assert_eq!(now(&town).step, Step::Confirmed);
        assert_eq!(
            code(closing::close(&planner, &round, "done")),
            closing::OFFERS_OPEN
        );
        assert_eq!(closing::OFFERS_OPEN, Code("AC294"));
        for offer in super::offers(&town) {
            zhuchao::acts::rounds::offers::revoke(&town.bureau(), &offer.id, "a test")
                .expect("back");
        }
        closing::close(&planner, &round, "done").expect("closed");
        for step in STEPS.into_iter().skip(1) {
            assert!(last.next().contains(&step), "{last:?} {step:?}");
            last = step;
        }
        well(&town);
    }
}

#[test]
fn a_window_must_be_open_for_a_while_and_over_before_the_freeze() {
    for town in towns(&world()) {
        let (round, planner) = (r1(), town.planner());
        let publish = |new: &NewGuide| guide::publish(&planner, &round, new);
        let empty = NewGuide {
            closes_at: the_guide().opens_at,
            ..the_guide()
        };
        assert_eq!(code(publish(&empty)), guide::BAD_WINDOW);
        let unknown = NewGuide {
            policy: "other".to_owned(),
            ..the_guide()
        };
        assert_eq!(code(publish(&unknown)), refuse::ABSENT);
        let early = NewGuide {
            opens_at: moment("2025-12-01T09:00:00+08:00"),
            ..the_guide()
        };
        assert_eq!(
            code(publish(&early)),
            refuse::UNFIT,
            "the policy is not in force"
        );
        town.at("2026-01-06T00:00:00+08:00");
        assert_eq!(code(publish(&the_guide())), guide::BAD_WINDOW, "yesterday");
        town.at("2026-01-05T23:00:00+08:00");
        publish(&the_guide()).expect("a guide, today");
        town.at("2026-01-08T09:00:00+08:00");
        publish(&the_guide()).expect("corrected, it opened when it did");
        town.at("2026-01-15T17:59:59+08:00");
        assert_eq!(
            code(freezing::freeze(&planner, &round)),
            freezing::WINDOW_OPEN
        );
        town.at("2026-01-15T18:00:00+08:00");
        let frozen = freezing::freeze(&planner, &round).expect("frozen");
        let digest = frozen.snapshot.expect("a digest");
        let stored = town.desk.store().read(|tx| snapshots::get(tx, &digest));
        let bytes = stored.expect("read").expect("stored").bytes;
        assert_eq!(files::digest(&bytes), digest);
        let snapshot = files::read_snapshot(&bytes).expect("whole");
        assert_eq!(
            snapshot.round.cut_off,
            the_guide().closes_at,
            "{}",
            town.name
        );
        town.at("2026-03-15T18:00:00+08:00");
        assert_eq!(code(publish(&the_guide())), refuse::WRONG_STATE);
    }
}

#[test]
fn only_a_proved_plan_of_the_snapshot_in_force_is_chosen() {
    for town in towns(&world()) {
        go(&town, Step::Frozen);
        let (round, planner) = (r1(), town.planner());
        let choose = |plan: &str| choice::choose(&planner, &round, plan, "why");
        assert_eq!(code(choose("none")), refuse::ABSENT);
        let old = planned(&town);
        town.at("2026-02-11T09:00:00+08:00");
        freezing::freeze(&planner, &round).expect("frozen again");
        assert_eq!(code(choose(&old)), zhuchao::acts::scenarios::NOT_IN_FORCE);
        let forged = forged(&town, &planned(&town));
        let refused = choose(&forged).expect_err("it breaks a law");
        assert_eq!(refused.0[0].code, choice::UNPROVED);
        assert!(refused.0.len() > 1, "every law that is broken is named");
        assert_eq!(now(&town).step, Step::Frozen);
    }
}

/// The plan with a rent of one fen, stored past the acts.
fn forged(town: &Town, plan: &str) -> String {
    let store = town.desk.store();
    let stored = store.read(|tx| plans::need(tx, plan)).expect("stored");
    let mut plan = stored.plan().expect("a plan");
    plan.awards[0].units[0].monthly_rent.0 = 1;
    let text = String::from_utf8(files::write_plan(&plan)).expect("text");
    let forged = StoredPlan {
        digest: files::digest(text.as_bytes()),
        text,
        ..stored
    };
    let entry = Entry {
        at: town.desk.now(),
        actor: "test".to_owned(),
        act: "forge".to_owned(),
        subject: "test".to_owned(),
        before: None,
        after: Some(forged.digest.clone()),
    };
    store
        .write(|tx| {
            plans::put(tx, &forged)?;
            journal::append(tx, &entry)
        })
        .expect("forged");
    forged.digest
}

#[test]
fn another_officer_approves_what_he_saw_or_sends_it_back() {
    for town in towns(&world()) {
        go(&town, Step::Chosen);
        let round: RoundId = r1();
        let plan = now(&town).choice.expect("a choice").plan;
        // The same person under another role is still the same person.
        let mut turncoat = town.bureau().person().clone();
        turncoat.id = town.planner().actor().to_owned();
        let turncoat = town.desk.of(turncoat);
        let approve = |desk: &Desk, plan: &str| choice::approve(desk, &round, plan, "why");
        assert_eq!(code(approve(&turncoat, &plan)), refuse::SAME_PERSON);
        assert_eq!(code(approve(&town.bureau(), "other")), refuse::CHANGED);
        assert_eq!(
            code(choice::approve(&town.bureau(), &round, &plan, " ")),
            refuse::UNFIT
        );
        let back = choice::send_back(&town.bureau(), &round, "again").expect("sent back");
        assert_eq!((back.step, back.choice), (Step::Frozen, None));
        choice::choose(&town.planner(), &round, &plan, "the best").expect("chosen");
        approve(&town.bureau(), &plan).expect("approved");
        let reopened = choice::reopen(&town.bureau(), &round, "wait").expect("reopened");
        assert_eq!((reopened.step, reopened.choice), (Step::Frozen, None));
    }
}

#[test]
fn no_plan_is_made_once_the_choice_is_approved() {
    for town in towns(&world()) {
        go(&town, Step::Approved);
        let quiet = |_| {};
        let stop = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
        let watch = zhuchao::planning::run::Watch::start(5.0, stop, &quiet);
        let settings = zhuchao::planning::run::Settings::official(5.0, 8);
        let made = plan::plan(&town.desk, &r1(), &settings, &watch).map(drop);
        assert_eq!(code(made), refuse::WRONG_STATE);
    }
}

#[test]
fn people_see_of_a_round_what_is_theirs_to_see() {
    for town in towns(&world()) {
        go(&town, Step::Chosen);
        let seen = |desk: &Desk| view::show(desk, &r1()).expect("a round");
        let inside = seen(&town.bureau());
        assert_eq!(inside.procedure.step, Step::Chosen);
        let verbs: Vec<&str> = inside.next.iter().map(|n| n.verb).collect();
        assert_eq!(verbs, ["approve", "send-back"]);
        assert!(
            inside
                .history
                .iter()
                .any(|p| p.act == "choose plan" && p.by.is_some())
        );
        let outside = seen(&town.public());
        assert_eq!(
            (outside.procedure.step, outside.procedure.choice),
            (Step::Frozen, None)
        );
        assert!(outside.next.is_empty());
        assert!(
            outside
                .history
                .iter()
                .all(|p| p.act != "choose plan" && p.by.is_none())
        );
        assert_eq!(outside.procedure.guide.expect("a guide").published.by, "");
        assert_eq!(code(view::show(&town.public(), &key("R9"))), refuse::ABSENT);
    }
}

#[test]
fn the_public_sees_the_plan_once_it_is_publicised_and_nothing_before() {
    use zhuchao::acts::boards::Boards;
    use zhuchao::acts::view::source::{BoardSource, FileKind};
    for town in towns(&world()) {
        let boards = Boards::new(town.public());
        go(&town, Step::Chosen);
        let board = boards.latest(Some(&r1())).expect("a source");
        assert!(board.is_none(), "{}", town.name);
        for kind in [FileKind::Snapshot, FileKind::Plan, FileKind::Outcome] {
            let file = boards.file(Some(&r1()), kind).expect("a source");
            assert!(file.is_none(), "{}: {kind:?}", town.name);
        }
        assert!(boards.latest(None).expect("a source").is_none());
        again(&town, Step::Publicised);
        let board = boards.latest(None).expect("a source").expect("a board");
        let choice = now(&town).choice.expect("a choice");
        assert_eq!(board.proof.plan, choice.plan, "{}", town.name);
        assert!(
            boards
                .file(None, FileKind::Snapshot)
                .expect("a source")
                .is_some()
        );
    }
}
