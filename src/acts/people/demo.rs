//! Accounts of the demonstration: one per role, and two synthetic firms, labelled as what they are,
//! with random passwords that are shown once. There are no default passwords.
//!
//! Not here: writing the passwords down (the command line does).

use serde_json::json;

use super::accounts::{blank, free, subject};
use super::chance;
use super::secrets::chosen;
use super::tools::Tools;
use crate::acts::Desk;
use crate::acts::act::{Done, Owner};
use crate::acts::powers::people as powers;
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

/// Makes the accounts, unless there are accounts already: then none.
pub fn make(desk: &Desk, tools: &Tools) -> Result<Vec<DemoAccount>, Faults> {
    let (count, firms) = desk.store().read(|tx| {
        let firms = store::page::<Firm>(tx, None, 2)?;
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
        let pair = [
            ("reviewer", Role::DistrictReviewer),
            ("approver", Role::DistrictApprover),
        ];
        all.extend(pair.map(|(word, role)| {
            let body = Body::District(code.clone());
            (
                format!("demo-{word}-{code}"),
                role,
                body,
                Some(code.clone()),
            )
        }));
    }
    for (n, firm) in (1..).zip(firms) {
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
