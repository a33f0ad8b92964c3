//! Every stage x every act x every role: done where it may be, refused with the right code elsewhere.

use zhuchao::acts::act::tag;
use zhuchao::acts::cases::{self, draft, evidence, review, submit};
use zhuchao::acts::{Desk, Wish, refuse};
use zhuchao::domain::case::{Case, CaseStage};
use zhuchao::domain::fault::{Code, Faults};
use zhuchao::domain::people::{Body, Role};

use super::{drafted, full, here, officer, pledge, put, stored, words};
use crate::support::town::Town;
use crate::support::world::key;

use CaseStage::{Accepted, Draft, Prepared, Rejected, Returned, Submitted, Verified};

type Act = fn(&Desk, &Case) -> Result<Case, Faults>;

/// An act: its name, who may, from which stages.
struct Row {
    name: &'static str,
    act: Act,
    roles: &'static [Role],
    stages: &'static [CaseStage],
}

const PREPARER: &[Role] = &[Role::FirmPreparer];
const APPROVER: &[Role] = &[Role::FirmApprover];
const REVIEWER: &[Role] = &[Role::DistrictReviewer];

fn table() -> Vec<Row> {
    let row = |name, act, roles, stages| Row {
        name,
        act,
        roles,
        stages,
    };
    vec![
        row("save", save, PREPARER, &[Draft, Returned]),
        row("file", file, PREPARER, &[Draft, Returned]),
        row("remove", remove, PREPARER, &[Draft, Returned]),
        row(
            "prepare",
            |d, c| draft::prepare(d, &c.id),
            PREPARER,
            &[Draft],
        ),
        row(
            "take back",
            |d, c| draft::take_back(d, &c.id),
            &[Role::FirmPreparer, Role::FirmApprover],
            &[Prepared],
        ),
        row(
            "submit",
            |d, c| submit::submit(d, &c.id),
            APPROVER,
            &[Prepared, Returned],
        ),
        row(
            "withdraw",
            |d, c| draft::withdraw(d, &c.id, "x"),
            APPROVER,
            &[Draft, Prepared, Submitted, Returned, Accepted, Verified],
        ),
        row(
            "accept",
            |d, c| review::accept(d, &c.id, words()),
            REVIEWER,
            &[Submitted],
        ),
        row(
            "return",
            |d, c| review::send_back(d, &c.id, words()),
            REVIEWER,
            &[Submitted, Accepted],
        ),
        row(
            "verify",
            |d, c| review::verify(d, &c.id, words()),
            REVIEWER,
            &[Accepted],
        ),
        row(
            "reject",
            |d, c| review::reject(d, &c.id, "not_eligible", words()),
            REVIEWER,
            &[Submitted, Accepted, Verified],
        ),
        row(
            "reopen",
            |d, c| review::reopen(d, &c.id, words()),
            &[Role::DistrictApprover],
            &[Rejected],
        ),
    ]
}

fn save(desk: &Desk, case: &Case) -> Result<Case, Faults> {
    let wish = Wish {
        unchanged: tag(case).ok(),
        ..Wish::default()
    };
    draft::save(&desk.wishing(wish), &case.id, &full())
}

fn file(desk: &Desk, case: &Case) -> Result<Case, Faults> {
    evidence::file(desk, &case.id, &pledge())
}

fn remove(desk: &Desk, case: &Case) -> Result<Case, Faults> {
    evidence::remove(desk, &case.id, &case.evidence[0].digest)
}

/// One case at every stage, each as the acts left it.
fn at_every_stage(town: &Town) -> Vec<Case> {
    let draft = drafted(town, "F1");
    let (mine, id) = (town.preparer("F1"), &draft.id);
    let prepared = draft::prepare(&mine, id).expect("prepared");
    let submitted = submit::submit(&town.firm("F1"), id).expect("submitted");
    let officer = officer(town, &draft);
    let returned = review::send_back(&officer, id, words()).expect("returned");
    put(town, &submitted);
    let rejected = review::reject(&officer, id, "not_eligible", words()).expect("rejected");
    put(town, &submitted);
    let withdrawn = draft::withdraw(&town.firm("F1"), id, "x").expect("withdrawn");
    put(town, &submitted);
    let accepted = review::accept(&officer, id, words()).expect("accepted");
    let verified = review::verify(&officer, id, words()).expect("verified");
    vec![
        draft, prepared, submitted, returned, accepted, verified, rejected, withdrawn,
    ]
}

fn desk(town: &Town, role: Role) -> Desk {
    let body = match (role.is_firm(), role.is_district()) {
        (true, _) => Body::Firm(key("F1")),
        (_, true) => Body::District(key("440305")),
        _ => Body::City,
    };
    town.person(role, body)
}

/// The codes with which an act may be refused here; none = it is done.
fn refusals(row: &Row, role: Role, case: &Case) -> Vec<Code> {
    if role == Role::Public {
        return vec![refuse::SIGN_IN];
    }
    let paper = matches!(
        row.name,
        "save" | "file" | "remove" | "prepare" | "take back" | "submit" | "withdraw"
    );
    let may = row.roles.contains(&role) || (paper && role == Role::DistrictReviewer);
    if !may {
        return vec![refuse::NOT_ALLOWED];
    }
    if role.is_district() && !case.is_open() {
        return vec![refuse::NOT_YOURS];
    }
    if row.roles.contains(&role) && row.stages.contains(&case.stage) {
        return Vec::new();
    }
    if row.name == "reject" && case.stage == Returned {
        return vec![review::SUPPLEMENT_RUNNING];
    }
    if paper && role == Role::DistrictReviewer {
        return vec![refuse::WRONG_STATE, cases::WRONG_HAND];
    }
    vec![refuse::WRONG_STATE]
}

#[test]
fn every_stage_act_and_role_is_done_or_refused_as_the_law_says() {
    for town in here() {
        let all = at_every_stage(&town);
        let stages: Vec<CaseStage> = all.iter().map(|c| c.stage).collect();
        let mut wanted = CaseStage::ALL.to_vec();
        wanted.sort_unstable();
        let mut have = stages.clone();
        have.sort_unstable();
        assert_eq!(have, wanted, "one of each");
        for case in &all {
            put(&town, case);
            for row in table() {
                for role in Role::ALL {
                    let result = (row.act)(&desk(&town, role), case);
                    let name = format!("{} {} {}", case.stage.name(), row.name, role.name());
                    let refusals = refusals(&row, role, case);
                    match result {
                        Ok(after) => {
                            assert!(refusals.is_empty(), "{name} was done");
                            assert!(
                                after.stage == case.stage
                                    || case.stage.next().contains(&after.stage),
                                "{name} led to {}",
                                after.stage.name()
                            );
                            restore(&town, case);
                        }
                        Err(faults) => {
                            let code = faults.0[0].code;
                            assert!(refusals.contains(&code), "{name}: {faults}");
                            assert_eq!(stored(&town, case), *case, "{name}");
                        }
                    }
                }
            }
        }
    }
}

/// The case as it was, with its file, which removing took out of a draft.
fn restore(town: &Town, case: &Case) {
    let file = &case.evidence[0];
    let entry = zhuchao::store::journal::Entry {
        at: town.desk.now(),
        actor: "test".to_owned(),
        act: "put file".to_owned(),
        subject: "file".to_owned(),
        before: None,
        after: None,
    };
    let holder = format!("case {}", case.id);
    (town.desk.store())
        .write(|tx| {
            let digest = zhuchao::store::case_files::put(tx, &holder, super::PDF)?;
            assert_eq!(digest, file.digest);
            zhuchao::store::journal::append(tx, &entry)
        })
        .expect("stored");
    put(town, case);
}
