//! Visits and what becomes of findings: reply, measures by another officer, mending, bans, suspension,
//! the proposal to claw back.

use zhuchao::acts::cases::bans::BARRED;
use zhuchao::acts::cases::precheck::{self, Told};
use zhuchao::acts::cases::{Outcome, review};
use zhuchao::acts::rounds::contract_end;
use zhuchao::acts::rounds::contracts::Terms;
use zhuchao::acts::rounds::renewal::{self, Renewal};
use zhuchao::acts::supervision::findings::{self, REMAINS, REPLY_LATE};
use zhuchao::acts::supervision::measures::{self, REPLY_RUNNING};
use zhuchao::acts::supervision::sanctions;
use zhuchao::acts::supervision::visits::{self, NOT_DRAWN, NewVisit};
use zhuchao::acts::{Desk, refuse};
use zhuchao::domain::area::Area;
use zhuchao::domain::finding::{Finding, FindingStage, Measure};
use zhuchao::domain::firm::Firm;
use zhuchao::domain::offer::{Breach, Kpi};
use zhuchao::domain::procedure::Step;
use zhuchao::domain::profile::FirmFacts;
use zhuchao::domain::sanction::{Ban, ProposalStage};
use zhuchao::store;
use zhuchao::store::allocations::{self, Basis, HoldState, UnitAllocation};
use zhuchao::store::journal::{self, Entry};

use super::super::cases::{self, code, full, submitted, well, words};
use super::super::procedure::go;
use super::{MORE, contract, found, held, here, reviewer};
use crate::support::town::Town;
use crate::support::world::{day, key};

fn decide(
    desk: &Desk,
    finding: &Finding,
    all: &[Measure],
) -> Result<Finding, zhuchao::domain::fault::Faults> {
    measures::decide(desk, &finding.id, all, "by the agreement")
}

fn replied(town: &Town, contract: &str) -> Finding {
    town.at("2026-03-02T09:00:00+08:00");
    let finding = found(town, contract);
    findings::reply(
        &town.firm(finding.firm.as_str()),
        &finding.id,
        "a partner works with us",
    )
    .expect("replied")
}

#[test]
fn a_drawn_contract_is_visited_once_by_the_officers_who_were_drawn() {
    for town in here() {
        let draw = held(&town);
        let outcome = draw.outcome.expect("drawn");
        let pick = &outcome.picks[0];
        let people = draw.frozen.expect("frozen").officers;
        let named: Vec<&String> = pick.officers.iter().map(|n| &people[*n as usize]).collect();
        let visit = |colleague: &str| NewVisit {
            draw: Some(draw.id.clone()),
            on: day(2026, 3, 10),
            colleague: colleague.to_owned(),
            seen: "all in order".to_owned(),
            findings: Vec::new(),
        };
        let desk = reviewer(&town, named[0], "440305");
        let other = people.iter().find(|p| !named.contains(p)).expect("a third");
        let enter = |desk: &Desk, new: &NewVisit| visits::enter(desk, &pick.contract, new);
        let wrong = code(enter(&desk, &visit(other)));
        assert_eq!((wrong, NOT_DRAWN.0), (NOT_DRAWN, "AC440"));
        assert_eq!(code(enter(&desk, &visit(named[0]))), refuse::SAME_PERSON);
        assert_eq!(code(enter(&desk, &visit("reviewer.north"))), refuse::UNFIT);
        let north = reviewer(&town, "reviewer.north", "440310");
        assert_eq!(code(enter(&north, &visit(named[1]))), refuse::NOT_YOURS);
        let tomorrow = NewVisit {
            on: day(2026, 3, 11),
            ..visit(named[1])
        };
        assert_eq!(code(enter(&desk, &tomorrow)), refuse::UNFIT);
        let earlier = NewVisit {
            on: day(2026, 3, 9),
            ..visit(named[1])
        };
        assert_eq!(code(enter(&desk, &earlier)), refuse::UNFIT, "not drawn yet");
        let (made, none) = enter(&desk, &visit(named[1])).expect("entered");
        assert_eq!((made.findings, none), (0, Vec::new()));
        assert_eq!(
            code(enter(&desk, &visit(named[1]))),
            refuse::WRONG_STATE,
            "once for the draw"
        );
        let mine = visits::one(&town.firm(made.firm.as_str()), &made.id).expect("seen");
        assert!(mine.inspectors.is_empty() && mine.entered.by.is_empty());
        assert_eq!(
            code(visits::one(&town.firm("F9"), &made.id)),
            refuse::NOT_YOURS
        );
        well(&town);
    }
}

#[test]
fn the_firm_replies_in_time_and_another_officer_decides() {
    for town in here() {
        town.at("2026-03-02T09:00:00+08:00");
        let finding = found(&town, "C-1");
        assert_eq!(finding.reply_due, day(2026, 3, 9), "five working days");
        let checker = town.district("440305");
        let running = code(decide(&checker, &finding, &[Measure::Warn]));
        assert_eq!((running, REPLY_RUNNING.0), (REPLY_RUNNING, "AC443"));
        let reply = |desk: &Desk| findings::reply(desk, &finding.id, "a partner works with us");
        assert_eq!(code(reply(&town.firm("F2"))), refuse::NOT_YOURS);
        assert_eq!(code(reply(&town.preparer("F1"))), refuse::NOT_ALLOWED);
        town.at("2026-03-10T09:00:00+08:00");
        let late = code(reply(&town.firm("F1")));
        assert_eq!((late, REPLY_LATE.0), (REPLY_LATE, "AC442"));
        let inspector = town.desk.of(zhuchao::domain::people::Actor {
            id: MORE[0].to_owned(),
            role: zhuchao::domain::people::Role::DistrictApprover,
            body: zhuchao::domain::people::Body::District(key("440305")),
        });
        assert_eq!(code(decide(&inspector, &finding, &[])), refuse::SAME_PERSON);
        assert_eq!(
            code(decide(&town.district("440310"), &finding, &[])),
            refuse::NOT_YOURS
        );
        let twice = [Measure::Warn, Measure::Warn];
        assert_eq!(code(decide(&checker, &finding, &twice)), refuse::UNFIT);
        let past = [Measure::Rectify {
            by: day(2026, 3, 10),
        }];
        assert_eq!(code(decide(&checker, &finding, &past)), refuse::UNFIT);
        let after = decide(&checker, &finding, &[]).expect("dismissed");
        assert_eq!(after.stage, FindingStage::Dismissed);
        assert_eq!(code(decide(&checker, &finding, &[])), refuse::WRONG_STATE);
        well(&town);
    }
}

#[test]
fn what_is_to_be_rectified_is_mended_and_confirmed() {
    for town in here() {
        let finding = replied(&town, "C-1");
        let all = [
            Measure::Warn,
            Measure::Rectify {
                by: day(2026, 4, 1),
            },
        ];
        let decided = decide(&town.bureau(), &finding, &all).expect("decided");
        assert_eq!(decided.stage, FindingStage::Decided);
        let officer = town.reviewer("440305");
        let remains = code(findings::close(&officer, &finding.id, "seen"));
        assert_eq!((remains, REMAINS.0), (REMAINS, "AC444"));
        let mend = || findings::mend(&town.firm("F1"), &finding.id, "the partner has left");
        mend().expect("mended");
        assert_eq!(
            code(findings::close(
                &town.reviewer("440310"),
                &finding.id,
                "seen"
            )),
            refuse::NOT_YOURS
        );
        let again = findings::not_mended(&officer, &finding.id, "he is still there");
        assert_eq!(again.expect("again").stage, FindingStage::Decided);
        mend().expect("mended");
        let closed = findings::close(&officer, &finding.id, "the floor is in own use");
        assert_eq!(closed.expect("closed").stage, FindingStage::Closed);
        let (seen, _) = findings::one(&town.firm("F1"), &finding.id).expect("seen");
        assert!(seen.inspectors.is_empty());
        assert_eq!(
            seen.decided.map(|d| d.by),
            Some(String::new()),
            "no names for the firm"
        );
        assert_eq!(
            code(findings::one(&town.firm("F2"), &finding.id)),
            refuse::NOT_YOURS
        );
        well(&town);
    }
}

/// The unit of C-1 is let, as signing the contract would have done.
fn let_out(town: &Town) {
    let mine = contract("C-1", "F1", "440305");
    let unit = UnitAllocation {
        id: "C-1/A1".to_owned(),
        unit: key("A1"),
        application: mine.application,
        basis: Basis {
            plan: None,
            contract: Some(mine.number),
        },
        state: HoldState::Let,
        area: Area::metres(300),
        whole: true,
        period: mine.holds,
    };
    let entry = Entry {
        at: town.desk.now(),
        actor: "test".to_owned(),
        act: "let".to_owned(),
        subject: "unit A1".to_owned(),
        before: None,
        after: None,
    };
    (town.desk.store())
        .write(|tx| {
            allocations::add_units(tx, &[unit])?;
            journal::append(tx, &entry)
        })
        .expect("let");
}

#[test]
fn a_termination_is_carried_out_by_its_own_act() {
    for town in here() {
        let finding = replied(&town, "C-1");
        let_out(&town);
        let checker = town.district("440305");
        decide(&checker, &finding, &[Measure::Terminate]).expect("decided");
        let none = findings::mend(&town.firm("F1"), &finding.id, "mended");
        assert_eq!(code(none), refuse::UNFIT, "nothing was to be rectified");
        let close = || findings::close(&checker, &finding.id, "ended");
        assert_eq!(code(close()), REMAINS);
        let notice = Breach {
            number: "追缴1号".to_owned(),
            clause: finding.clause.clone(),
            claw_back_from: day(2026, 2, 1),
        };
        let when = (day(2026, 3, 2), "sub-let");
        contract_end::terminate(&checker, &finding.contract, when, &notice).expect("ended");
        assert_eq!(close().expect("closed").stage, FindingStage::Closed);
        well(&town);
    }
}

/// F1 is found out, barred for a year, its subsidy suspended, a claw-back proposed.
pub fn punished(town: &Town) -> Finding {
    let finding = replied(town, "C-1");
    let all = [
        Measure::Suspend {
            from: day(2026, 3, 2),
            until: None,
        },
        Measure::ClawBack {
            from: day(2026, 2, 1),
        },
        Measure::Ban {
            until: Some(day(2027, 3, 1)),
        },
    ];
    decide(&town.district("440305"), &finding, &all).expect("decided")
}

#[test]
fn money_reads_suspension_and_proposal() {
    for town in here() {
        let finding = punished(&town);
        assert_eq!(
            finding.stage,
            FindingStage::Closed,
            "nothing remains to be done"
        );
        let store = town.desk.store();
        let on = |d| store.read(|tx| sanctions::suspension_on(tx, &finding.contract, d));
        assert_eq!(on(day(2026, 3, 1)).expect("read"), None);
        let suspension = on(day(2030, 1, 1)).expect("read").expect("it holds");
        let open = || store.read(|tx| sanctions::proposals_open(tx, &finding.contract));
        let proposal = open().expect("read").remove(0);
        assert_eq!(proposal.from, day(2026, 2, 1));
        let settle = |desk: &Desk| sanctions::settle(desk, &proposal.id, true, "CB-1");
        assert_eq!(code(settle(&town.district("440310"))), refuse::NOT_YOURS);
        let settled = settle(&town.district("440305")).expect("settled");
        assert_eq!(settled.stage, ProposalStage::Ordered);
        assert_eq!(code(settle(&town.district("440305"))), refuse::WRONG_STATE);
        assert_eq!(open().expect("read"), []);
        let lift = |desk: &Desk| sanctions::lift_suspension(desk, &suspension.id, "in order");
        assert_eq!(code(lift(&town.firm("F1"))), refuse::NOT_ALLOWED);
        lift(&town.district("440305")).expect("lifted");
        assert_eq!(on(day(2030, 1, 1)).expect("read"), None);
        let count = |desk: &Desk| {
            sanctions::suspensions(desk, None, (None, 0))
                .expect("a list")
                .len()
        };
        assert_eq!([count(&town.firm("F1")), count(&town.firm("F2"))], [1, 0]);
        let theirs = sanctions::proposals(&town.district("440310"), None, (None, 0));
        assert_eq!(theirs.expect("a list"), []);
        well(&town);
    }
}

pub fn ban(town: &Town) -> Ban {
    let all = sanctions::bans(&town.district("440305"), None, (None, 0));
    all.expect("a list").remove(0)
}

fn told(town: &Town) -> Told {
    let firm: Firm = (town.desk.store())
        .read(|tx| store::need(tx, "F1"))
        .expect("the firm");
    Told {
        round: None,
        facts: FirmFacts::of(&firm),
        district: key("440305"),
        want: full(),
        held: Vec::new(),
    }
}

/// True when the pre-check says that the caller is barred.
fn barred(town: &Town, desk: &Desk) -> bool {
    let learned = precheck::check(desk, &told(town)).expect("learned");
    let found = learned.verdicts.iter().find(|v| v.rule == "ban");
    found.is_some_and(|v| v.outcome == Outcome::NotMet)
}

#[test]
fn a_barred_firm_is_told_so_and_its_case_is_not_accepted_until_the_ban_is_lifted_or_over() {
    for town in here() {
        go(&town, Step::Guided);
        let case = submitted(&town, "F1");
        punished(&town);
        assert!(barred(&town, &town.preparer("F1")));
        assert!(!barred(&town, &town.preparer("F2")));
        assert!(
            !barred(&town, &town.public()),
            "the public learns nothing of a firm"
        );
        let accept = || review::accept(&cases::officer(&town, &case), &case.id, words());
        let refused = code(accept());
        assert_eq!((refused, BARRED.0), (BARRED, "AC445"));
        let seen = zhuchao::acts::cases::view::show(&town.reviewer("440305"), &case.id);
        let rules: Vec<String> = seen
            .expect("seen")
            .verdicts
            .into_iter()
            .map(|v| v.rule)
            .collect();
        assert!(rules.contains(&"ban".to_owned()), "{rules:?}");
        let ask = Renewal {
            months: 12,
            terms: Terms {
                decision: String::new(),
                number: "HT-2".to_owned(),
                kpis: vec![Kpi {
                    name: "headcount".to_owned(),
                    year: 2031,
                    least: 1,
                    reported: None,
                }],
                clauses: vec!["self-use".to_owned()],
            },
        };
        let renewed = renewal::renew(&town.bureau(), &key("C-1"), &ask);
        assert_eq!(code(renewed), renewal::NOT_ELIGIBLE);
        let ban = ban(&town);
        let lift = |desk: &Desk| sanctions::lift_ban(desk, &ban.id, "he mended all");
        assert_eq!(code(lift(&town.district("440305"))), refuse::SAME_PERSON);
        assert_eq!(code(lift(&town.district("440310"))), refuse::NOT_YOURS);
        assert!(ban.bars(day(2027, 3, 1)) && !ban.bars(day(2027, 3, 2)));
        lift(&town.bureau()).expect("lifted");
        assert_eq!(code(lift(&town.bureau())), refuse::WRONG_STATE);
        assert!(!barred(&town, &town.preparer("F1")));
        accept().expect("accepted");
        well(&town);
    }
}

#[test]
fn a_ban_without_a_day_lasts_as_long_as_the_policy_says() {
    for town in here() {
        let finding = replied(&town, "C-1");
        let too_long = Some(day(2029, 3, 3));
        let before = day(2025, 12, 31);
        for never in [
            Measure::Ban { until: too_long },
            Measure::ClawBack { from: before },
        ] {
            let refused = code(decide(&town.bureau(), &finding, &[never]));
            assert_eq!(refused, refuse::UNFIT);
        }
        let all = [Measure::Ban { until: None }];
        decide(&town.bureau(), &finding, &all).expect("decided");
        assert_eq!(ban(&town).until, day(2029, 3, 2), "36 months");
        town.at("2029-03-02T09:00:00+08:00");
        assert!(barred(&town, &town.firm("F1")));
        town.at("2029-03-03T09:00:00+08:00");
        assert!(!barred(&town, &town.firm("F1")), "it is over");
    }
}
