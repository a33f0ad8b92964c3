//! Powers over accounts: whose they are, across firms and districts; and that no administrator alone
//! comes into another's account.

use zhuchao::acts::people::accounts::{self, NewAccount, Wanted};
use zhuchao::acts::people::firms::{self, Registration};
use zhuchao::acts::people::{power_over, refuse};
use zhuchao::acts::{Desk, refuse as shared};
use zhuchao::domain::account::{Account, AccountState, FirmClaim, Login};
use zhuchao::domain::fault::{Code, Faults};
use zhuchao::domain::ids::AccountId;
use zhuchao::domain::people::{Body, Role};
use zhuchao::domain::session::Step;

use super::{Door, GOOD, HERE, code, doors};
use crate::support::town::credit_code;
use crate::support::world::key;

const SYSTEM: &str = "demo-system";
const SECURITY: &str = "demo-security";

fn login(text: &str) -> Login {
    text.parse().expect("a login")
}

type Act = fn(&Desk, &AccountId, &Door) -> Result<(), Faults>;

/// What is done to another's account.
const ACTS: [(&str, Act); 8] = [
    ("see", |d, id, _| accounts::get(d, id).map(drop)),
    ("disable", |d, id, _| power_over::disable(d, id).map(drop)),
    ("enable", |d, id, _| power_over::enable(d, id).map(drop)),
    ("reset password", |d, id, door| {
        power_over::reset_password(d, &door.tools, id).map(drop)
    }),
    ("reset factor", |d, id, _| {
        power_over::reset_second_factor(d, id).map(drop)
    }),
    ("unlock", |d, id, _| power_over::unlock(d, id).map(drop)),
    ("end sessions", |d, id, _| {
        power_over::end_sessions(d, id).map(drop)
    }),
    ("see sessions", |d, id, _| {
        power_over::see_sessions(d, id).map(drop)
    }),
];

#[test]
fn nobody_reaches_accounts_of_another_firm_or_district() {
    for door in doors(true) {
        let other = door.id("demo-firm2-preparer");
        let officer = door.id("demo-reviewer-440310");
        let (_, approver) = door.signed_in("demo-firm1-approver");
        let (_, reviewer) = door.signed_in("demo-reviewer-440305");
        let kept_out = [shared::NOT_YOURS, shared::NOT_ALLOWED];
        for (name, act) in ACTS {
            for desk in [&approver, &reviewer] {
                for id in [&other, &officer, &door.id(SYSTEM)] {
                    let refused = code(act(desk, id, &door));
                    assert!(kept_out.contains(&refused), "{name}: {refused}");
                }
            }
        }
        let mine = door.id("demo-firm1-preparer");
        power_over::disable(&approver, &mine).expect("his own firm's");
        power_over::enable(&approver, &mine).expect("his own firm's");
        let (_, preparer) = door.signed_in("demo-firm1-preparer");
        for (name, act) in ACTS {
            let refused = code(act(&preparer, &door.id("demo-firm1-approver"), &door));
            assert_eq!(refused, shared::NOT_ALLOWED, "{name} by a preparer");
        }
    }
}

#[test]
fn lists_show_what_is_within_reach_and_pages_are_whole() {
    for door in doors(true) {
        let logins = |desk: &Desk, wanted: &Wanted| -> Vec<String> {
            let all = accounts::list(desk, wanted).expect("listed");
            let mut all: Vec<_> = all.into_iter().map(|(a, _)| a.login.to_string()).collect();
            all.sort_unstable();
            all
        };
        let all = Wanted {
            limit: 200,
            ..Wanted::default()
        };
        let (_, approver) = door.signed_in("demo-firm1-approver");
        let (_, reviewer) = door.signed_in("demo-reviewer-440310");
        let (_, admin) = door.signed_in(SYSTEM);
        let firm1 = ["demo-firm1-approver", "demo-firm1-preparer"];
        assert_eq!(logins(&approver, &all), firm1);
        let firm2 = ["demo-firm2-approver", "demo-firm2-preparer"];
        assert_eq!(
            logins(&reviewer, &all),
            firm2,
            "not the district's officers"
        );
        assert_eq!(logins(&admin, &all).len(), 18);
        let two = Wanted {
            limit: 2,
            ..Wanted::default()
        };
        assert_eq!(logins(&reviewer, &two).len(), 2, "a full page");
        let planners = Wanted {
            role: Some("bureau_planner".to_owned()),
            state: Some("active".to_owned()),
            ..all
        };
        assert_eq!(logins(&admin, &planners), ["demo-planner"]);
    }
}

#[test]
fn the_three_administrators_exclude_each_other() {
    for door in doors(true) {
        let by = |login: &str| door.signed_in(login).1;
        let (system, security, audit) = (by(SYSTEM), by(SECURITY), by("demo-audit"));
        let planner = door.id("demo-planner");
        let new = NewAccount {
            login: login("new.person"),
            name: "新人".to_owned(),
            district: None,
        };
        for desk in [&security, &audit] {
            let made = accounts::create(desk, &door.tools, &new);
            assert_eq!(code(made), shared::NOT_ALLOWED);
        }
        for desk in [&system, &audit] {
            let given = accounts::give_role(desk, &planner, Role::BureauApprover);
            assert_eq!(code(given), shared::NOT_ALLOWED);
            let reset = power_over::reset_second_factor(desk, &planner);
            assert_eq!(code(reset), shared::NOT_ALLOWED);
        }
        for desk in [&security, &audit] {
            let reset = power_over::reset_password(desk, &door.tools, &planner);
            assert_eq!(code(reset), shared::NOT_ALLOWED);
        }
        for (name, act) in ACTS.into_iter().filter(|(n, _)| !n.starts_with("see")) {
            assert_eq!(
                code(act(&audit, &planner, &door)),
                shared::NOT_ALLOWED,
                "{name}"
            );
        }
        assert!(accounts::get(&audit, &planner).is_ok(), "but he sees all");
        let own = [
            accounts::give_role(&security, &door.id(SECURITY), Role::BureauPlanner).map(drop),
            power_over::disable(&system, &door.id(SYSTEM)).map(drop),
            power_over::reset_password(&system, &door.tools, &door.id(SYSTEM)).map(drop),
            power_over::reset_second_factor(&security, &door.id(SECURITY)).map(drop),
        ];
        let codes: Vec<Code> = own.into_iter().map(code).collect();
        assert_eq!(codes, [refuse::OWN_ACCOUNT; 4]);
    }
}

#[test]
fn no_administrator_alone_comes_into_an_account() {
    for door in doors(false) {
        let system = door.town.person(Role::SystemAdmin, Body::City);
        let security = door.town.person(Role::SecurityAdmin, Body::City);
        let new = NewAccount {
            login: login("officer"),
            name: "官员".to_owned(),
            district: Some(key("440305")),
        };
        let made = accounts::create(&system, &door.tools, &new).expect("made");
        let initial = made.secret.expect("an initial password");
        let waits = door.try_in("officer", &initial, HERE);
        assert_eq!(code(waits), refuse::NOT_ACTIVE, "it has no role");
        let id = &made.account.id;
        let given = accounts::give_role(&security, id, Role::DistrictReviewer).expect("given");
        assert!(given.secret.is_some(), "a code that only security holds");
        let begun = door
            .try_in("officer", &initial, HERE)
            .expect("the password is right");
        assert_eq!(
            begun.step,
            Step::Enrol,
            "the system administrator stops here"
        );
        assert!(begun.opened.is_none());
    }
}

fn registered(door: &Door, name: &str, n: usize, district: &str) -> Account {
    let new = Registration {
        login: login(name),
        name: "王经理".to_owned(),
        claim: FirmClaim {
            credit_code: credit_code(n),
            name_zh: "新科技有限公司".to_owned(),
            industry: key("7452"),
            district: key(district),
        },
    };
    firms::register(&door.town.public(), &door.tools, &new, GOOD).expect("registered")
}

#[test]
fn a_firm_is_confirmed_by_its_own_district_whatever_the_registration_says() {
    for door in doors(true) {
        let (ours, theirs) = (door.town.reviewer("440305"), door.town.reviewer("440310"));
        // F1 has credit code 0 and belongs to 440305; the registration names another district.
        let sly = registered(&door, "sly.one", 0, "440310");
        assert_eq!(sly.state, AccountState::Pending);
        let refused = firms::confirm(&theirs, &sly.id, true, "");
        assert_eq!(code(refused), shared::NOT_YOURS);
        assert_eq!(code(accounts::get(&theirs, &sly.id)), shared::NOT_YOURS);
        let bare = firms::confirm(&ours, &sly.id, false, "");
        assert_eq!(code(bare), shared::UNFIT, "a refusal needs a note");
        let no = firms::confirm(&ours, &sly.id, false, "not the approver").expect("refused");
        assert_eq!((no.state, no.role), (AccountState::Disabled, None));
        assert_eq!(
            code(power_over::enable(
                &door.town.person(Role::SystemAdmin, Body::City),
                &no.id
            )),
            shared::WRONG_STATE
        );
        let new = registered(&door, "new.one", 77, "440310");
        assert_eq!(code(door.try_in("new.one", GOOD, HERE)), refuse::NOT_ACTIVE);
        let yes = firms::confirm(&theirs, &new.id, true, "").expect("confirmed");
        assert_eq!(yes.role, Some(Role::FirmApprover));
        let opened = door.try_in("new.one", GOOD, HERE).expect("in").opened;
        let desk = door.by(&opened.expect("a session").secret).expect("live");
        let (colleague, name) = (login("his.preparer"), "小李");
        let invited = firms::invite(&desk, &door.tools, (&colleague, name), Role::FirmPreparer);
        let invited = invited.expect("invited");
        assert_eq!(invited.account.body, yes.body);
        let secret = invited.secret.expect("an initial password");
        let first = door.try_in("his.preparer", &secret, HERE).expect("right");
        assert_eq!(first.step, Step::Password, "chosen by himself first");
        let officer = firms::invite(
            &desk,
            &door.tools,
            (&login("officer.x"), "x"),
            Role::BureauPlanner,
        );
        assert_eq!(code(officer).0, "DM211", "a firm makes no officers");
    }
}
