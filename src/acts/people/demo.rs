//! Accounts of the demonstration: one per role, and two synthetic firms, labelled as what they are,
//! with random passwords that are shown once. There are no default passwords.
//!
//! Not here: writing the passwords down (the command line does).

use std::collections::BTreeMap;

use serde_json::json;

use super::accounts::{blank, free, subject};
use super::secrets::chosen;
use super::sign_in::{Origin, Progress, with_secret};
use super::tools::Tools;
use super::{chance, refuse, sessions};
use crate::acts::Desk;
use crate::acts::act::{Done, Owner};
use crate::acts::powers::people as powers;
use crate::acts::refuse as shared;
use crate::acts::words::Text;
use crate::domain::account::{Account, AccountState, Login};
use crate::domain::fault::Faults;
use crate::domain::firm::Firm;
use crate::domain::people::{Body, Role};
use crate::domain::place::DistrictCode;
use crate::store;

/// An account with its password. Shown once, never logged.
pub struct DemoAccount {
    /// The account.
    pub account: Account,
    /// Its password.
    pub password: String,
}

/// True when every account is of a demonstration, or there is none.
pub fn is_demo_only(desk: &Desk) -> Result<bool, Faults> {
    let all: Vec<Account> = desk.store().read(store::all)?;
    Ok(all.iter().all(|a| a.demo))
}

/// Firms that have accounts.
const FIRMS: usize = 2;

/// Makes the accounts, unless there are accounts already: then none.
pub fn make(desk: &Desk, tools: &Tools) -> Result<Vec<DemoAccount>, Faults> {
    let (count, firms) = desk.store().read(|tx| {
        let firms = store::all::<Firm>(tx)?;
        Ok::<_, Faults>((store::count::<Account>(tx)?, firms))
    })?;
    if count > 0 {
        return Ok(Vec::new());
    }
    let mut all = Vec::new();
    for (login, role, body, district) in people(&firms) {
        all.push(one(desk, tools, &login, (role, body, district))?);
    }
    Ok(all)
}

type Person = (String, Role, Body, Option<DistrictCode>);

fn people(firms: &[Firm]) -> Vec<Person> {
    let city = [
        ("demo-planner", Role::BureauPlanner),
        ("demo-bureau", Role::BureauApprover),
        // Who chose or approved a plan does not reply to objections against it.
        ("demo-bureau2", Role::BureauApprover),
        ("demo-system", Role::SystemAdmin),
        ("demo-security", Role::SecurityAdmin),
        ("demo-audit", Role::AuditAdmin),
    ];
    let mut all: Vec<Person> = city
        .into_iter()
        .map(|(login, role)| (login.to_owned(), role, Body::City, None))
        .collect();
    let mut districts: Vec<&DistrictCode> = firms.iter().map(|f| &f.district).collect();
    districts.sort_unstable();
    districts.dedup();
    for code in districts {
        // Two of each: who entered a paper does not verify it, and two officers go on a visit.
        let four = [
            ("reviewer", Role::DistrictReviewer),
            ("reviewer2", Role::DistrictReviewer),
            ("approver", Role::DistrictApprover),
            ("approver2", Role::DistrictApprover),
        ];
        all.extend(four.map(|(word, role)| {
            let body = Body::District(code.clone());
            (
                format!("demo-{word}-{code}"),
                role,
                body,
                Some(code.clone()),
            )
        }));
    }
    for (n, firm) in (1..).zip(firms.iter().take(FIRMS)) {
        let pair = [
            ("preparer", Role::FirmPreparer),
            ("approver", Role::FirmApprover),
        ];
        all.extend(pair.map(|(word, role)| {
            let body = Body::Firm(firm.id.clone());
            (
                format!("demo-firm{n}-{word}"),
                role,
                body,
                Some(firm.district.clone()),
            )
        }));
    }
    all
}

fn one(
    desk: &Desk,
    tools: &Tools,
    login: &str,
    (role, body, district): (Role, Body, Option<DistrictCode>),
) -> Result<DemoAccount, Faults> {
    let login: Login = login.parse()?;
    let name = format!("演示账号 demo account: {}", role.name());
    let mut account = blank(desk, &login, &name, body)?;
    account.take(role)?;
    account.state = AccountState::Active;
    account.district = district;
    account.demo = true;
    let password = chance::password()?;
    let secret = chosen(desk, &account.id, tools.hasher.hash(&password)?);
    let asked = json!({ "login": login, "role": role });
    desk.act(&powers::MAKE_DEMO, &asked, |tx| {
        free(tx, &login)?;
        store::upsert_many(tx, std::slice::from_ref(&account))?;
        store::upsert_many(tx, std::slice::from_ref(&secret))?;
        Ok(Done::new((), subject(&account), Owner::city()).after(&account)?)
    })?;
    Ok(DemoAccount { account, password })
}

/// The accounts of the demonstration, by login; none outside of one.
pub fn listed(desk: &Desk, tools: &Tools) -> Result<Vec<Account>, Faults> {
    if !tools.demo {
        return Ok(Vec::new());
    }
    let mut all: Vec<Account> = desk.store().read(store::all)?;
    all.retain(|a| a.demo && a.state == AccountState::Active);
    all.sort_by(|a, b| a.login.as_str().cmp(b.login.as_str()));
    Ok(all)
}

/// Names of the firms of the demonstration, which are synthetic; none outside of one.
pub fn firms(desk: &Desk, tools: &Tools) -> Result<BTreeMap<String, Text>, Faults> {
    if !tools.demo {
        return Ok(BTreeMap::new());
    }
    let all: Vec<Firm> = desk.store().read(store::all)?;
    let named = |f: &Firm| (f.id.to_string(), Text::names(&f.name_zh, &f.name_en));
    Ok(all.iter().map(named).collect())
}

/// Lets somebody in as one of the accounts of a demonstration, without a password: the demonstration is
/// served to its own machine alone, and shows nothing of anybody real.
///
/// # Errors
/// AC203 outside of a demonstration, and for an account that is not one of its own.
pub fn enter(desk: &Desk, tools: &Tools, login: &str, origin: &Origin) -> Result<Progress, Faults> {
    let found = listed(desk, tools)?;
    let account = found.into_iter().find(|a| a.login.as_str() == login);
    let Some(account) = account else {
        return Err(refuse::wrong().into());
    };
    let known = desk.store().read(|tx| with_secret(tx, account))?;
    sessions::open(desk, tools, &known, origin)
}

/// Most days that the clock of a demonstration is set ahead at once.
const AHEAD: i64 = 60;

/// Sets the clock of a demonstration ahead by some days. Sessions end by it, as they would.
///
/// # Errors
/// AC203 outside of a demonstration, AC018 for less than a day or more than 60.
pub fn ahead(desk: &Desk, tools: &Tools, days: i64) -> Result<(), Faults> {
    if !tools.demo {
        return Err(refuse::wrong().into());
    }
    if !(1..=AHEAD).contains(&days) {
        let cause = format!("{days} is not within 1 to {AHEAD}");
        return Err(shared::unfit("days", cause, "choose fewer days").into());
    }
    desk.ahead_by(days);
    Ok(())
}
