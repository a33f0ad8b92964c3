//! Officers' accounts: made without power by the system administrator, given a role by the security
//! administrator; and looking accounts up.
//!
//! Not here: accounts of firms (`firms`), what is done to accounts later (`power_over`).

use chrono::{DateTime, Utc};
use serde_json::json;

use super::secrets::{Initial, one_time};
use super::tokens::shown_once;
use super::tools::Tools;
use super::{chance, myself, refuse, sessions};
use crate::acts::Desk;
use crate::acts::act::{Done, Owner, Scope};
use crate::acts::powers::people as powers;
use crate::acts::refuse as shared;
use crate::domain::account::{ADMINS, Account, AccountState, Login};
use crate::domain::credential::Secret;
use crate::domain::fault::{Fault, Faults};
use crate::domain::firm::Firm;
use crate::domain::ids::AccountId;
use crate::domain::people::{Body, Role};
use crate::domain::personal::{self, Mask};
use crate::domain::place::DistrictCode;
use crate::domain::session::Sighting;
use crate::store::{self, Filter, Reading};

/// Longest name of a person.
const NAME_MAX: usize = 60;

/// A new account of an officer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// Login.
    pub login: Login,
    /// Name of the person.
    pub name: String,
    /// The district for which he works; none for the bureau and its administrators.
    pub district: Option<DistrictCode>,
}

/// An account with a secret that is shown once. Never logged.
pub struct Shown {
    /// The account.
    pub account: Account,
    /// The initial password or the code; none when none is needed.
    pub secret: Option<String>,
}

/// Makes an account without power; its initial password is shown once.
///
/// # Errors
/// AC018 when the name is not acceptable, AC220 when the login is taken.
pub fn create(desk: &Desk, tools: &Tools, new: &NewAccount) -> Result<Shown, Faults> {
    desk.may(&powers::CREATE_ACCOUNT)?;
    let initial = Initial::make(tools)?;
    let body = match &new.district {
        Some(district) => Body::District(district.clone()),
        None => Body::City,
    };
    let mut account = blank(desk, &new.login, &new.name, body)?;
    account.district.clone_from(&new.district);
    let asked = json!({ "login": new.login, "name": new.name, "district": new.district });
    let secret = initial.secret(desk, &account.id);
    shown_once(desk).act(&powers::CREATE_ACCOUNT, &asked, |tx| {
        free(tx, &new.login)?;
        store::upsert_many(tx, std::slice::from_ref(&account))?;
        store::upsert_many(tx, std::slice::from_ref(&secret))?;
        Ok(Done::new((), subject(&account), Owner::city()).after(&account)?)
    })?;
    Ok(Shown {
        account,
        secret: Some(initial.password),
    })
}

/// An account that may do nothing yet; AC018 when the name is not acceptable.
pub(super) fn blank(desk: &Desk, login: &Login, name: &str, body: Body) -> Result<Account, Faults> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME_MAX || name.chars().any(char::is_control) {
        let cause = format!("the name is empty, or longer than {NAME_MAX} characters");
        return Err(shared::unfit("name", cause, "give the name of the person").into());
    }
    Ok(Account {
        id: chance::key("U", desk)?,
        login: login.clone(),
        name: name.to_owned(),
        role: None,
        body,
        district: None,
        claim: None,
        state: AccountState::Pending,
        created_at: desk.now(),
        created_by: desk.actor().to_owned(),
        enabled_at: desk.now(),
        admin: None,
        demo: false,
    })
}

/// AC220 when a login is taken.
pub(super) fn free(tx: &mut Reading<'_>, login: &Login) -> Result<(), Faults> {
    match store::having::<Account>(tx, "login", login.as_str())?.is_empty() {
        true => Ok(()),
        false => Err(Fault::new(
            refuse::LOGIN_TAKEN,
            format!("the login {login} is taken"),
            "choose another",
        )
        .into()),
    }
}

/// How the journal names an account.
pub(super) fn subject(account: &Account) -> String {
    format!("account {}", account.id)
}

/// Gives an officer's account its role; sessions and tokens under the old one end. The code to
/// enrol a second factor is shown once: so neither administrator alone can use the account.
///
/// # Errors
/// AC221 on one's own account, AC222 on the last administrator, DM211 and DM212 when the role is
/// not possible, AC014 when the account is disabled.
pub fn give_role(desk: &Desk, id: &AccountId, role: Role) -> Result<Shown, Faults> {
    let (code, one) = one_time(desk)?;
    let asked = json!({ "account": id, "role": role });
    let (account, needed) = shown_once(desk).act(&powers::GIVE_ROLE, &asked, |tx| {
        let old: Account = found(tx, id)?;
        let new = with_role(desk, tx, &old, role)?;
        let mut secret: Secret = store::need(tx, id.as_str())?;
        let needed = secret.otp.is_none();
        if needed {
            secret.enrol = Some(one);
            store::upsert_many(tx, &[secret])?;
        }
        store::upsert_many(tx, std::slice::from_ref(&new))?;
        sessions::shut(tx, id, powers::GIVE_ROLE.act, desk.now())?;
        let done = Done::new((new.clone(), needed), subject(&new), Owner::city());
        Ok(done.before(&old)?.after(&new)?)
    })?;
    Ok(Shown {
        account,
        secret: needed.then_some(code),
    })
}

fn with_role(
    desk: &Desk,
    tx: &mut Reading<'_>,
    old: &Account,
    role: Role,
) -> Result<Account, Faults> {
    if *old.id.as_str() == *desk.actor() {
        return Err(refuse::own_account().into());
    }
    if old.state == AccountState::Disabled || old.is_of_firm() {
        let needs = ["pending", "active"];
        let is = match old.state {
            AccountState::Disabled => "disabled",
            _ => "the account of a firm",
        };
        return Err(shared::wrong_state(subject(old), is, &needs).into());
    }
    if old.role != Some(role) {
        not_last(tx, old)?;
    }
    let mut new = old.clone();
    new.take(role)?;
    if new.state == AccountState::Pending {
        new.state = AccountState::Active;
        new.enabled_at = desk.now();
    }
    Ok(new)
}

/// AC222 when an account is the last active administrator of its role.
pub(super) fn not_last(tx: &mut Reading<'_>, account: &Account) -> Result<(), Faults> {
    let Some(role) = account.role.filter(|role| ADMINS.contains(role)) else {
        return Ok(());
    };
    let active = holders(tx, role)?;
    if account.state == AccountState::Active && active.iter().all(|a| a.id == account.id) {
        return Err(Fault::new(
            refuse::LAST_ADMIN,
            format!("this is the last {} that is active", role.name()),
            "give the role to another person first",
        )
        .into());
    }
    Ok(())
}

/// The active accounts of a role.
pub(super) fn holders(tx: &mut Reading<'_>, role: Role) -> Result<Vec<Account>, Faults> {
    let filter = Filter {
        equal: vec![
            ("role", role.name().to_owned()),
            ("state", AccountState::Active.name().to_owned()),
        ],
        ..Filter::default()
    };
    Ok(store::select(tx, &filter)?)
}

/// Who holds a role and could sign in: not dormant. Without any, the operator hands out a code again.
pub(super) fn able(
    tx: &mut Reading<'_>,
    role: Role,
    now: DateTime<Utc>,
) -> Result<Vec<Account>, Faults> {
    let mut able = Vec::new();
    for account in holders(tx, role)? {
        let seen = store::get::<Sighting>(tx, account.id.as_str())?;
        if !account.is_dormant(seen.map(|s| s.at), now) {
            able.push(account);
        }
    }
    Ok(able)
}

/// An account; AC013 when there is none.
pub(super) fn found(tx: &mut Reading<'_>, id: &AccountId) -> Result<Account, Faults> {
    let account = store::get::<Account>(tx, id.as_str())?;
    Ok(account.ok_or_else(|| shared::absent("account", id))?)
}

/// Whose an account is: of its firm and the district that looks after it; of the district to which
/// a claim goes; officers' accounts are the city's.
pub(super) fn owner(tx: &mut Reading<'_>, account: &Account) -> Result<Owner, Faults> {
    match (&account.body, &account.claim) {
        (Body::Firm(id), _) => {
            let firm: Firm = store::need(tx, id.as_str())?;
            Ok(Owner::of(&firm.id, &firm.district))
        }
        (_, Some(claim)) => {
            let firm = store::firms::by_credit_code(tx, &claim.credit_code)?;
            let district = firm.map_or(claim.district.clone(), |f| f.district);
            Ok(Owner::district(&district))
        }
        _ => Ok(Owner::city()),
    }
}

/// What is known of an account beside itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// When it was last seen, to the minute.
    pub last_seen: Option<DateTime<Utc>>,
    /// True when its password is a one-time one.
    pub must_change: bool,
    /// True when it has a second factor.
    pub second_factor: bool,
}

fn standing(tx: &mut Reading<'_>, account: &Account) -> Result<Standing, Faults> {
    let secret = store::get::<Secret>(tx, account.id.as_str())?;
    let sighting = store::get::<Sighting>(tx, account.id.as_str())?;
    Ok(Standing {
        last_seen: sighting.map(|s| s.at),
        must_change: secret.as_ref().is_some_and(|s| s.initial_until.is_some()),
        second_factor: secret.is_some_and(|s| s.otp.is_some()),
    })
}

/// One account.
///
/// # Errors
/// AC013 when there is none, AC012 when it is not within one's reach.
pub fn get(desk: &Desk, id: &AccountId) -> Result<(Account, Standing), Faults> {
    desk.look(&powers::SEE_ACCOUNT, |tx| {
        let account = found(tx, id)?;
        let standing = standing(tx, &account)?;
        Ok((owner(tx, &account)?, (for_eyes(desk, account), standing)))
    })
}

/// The account as somebody may see it: who only audits sees no names of persons.
fn for_eyes(desk: &Desk, mut account: Account) -> Account {
    if desk.person().role == Role::AuditAdmin && account.id.as_str() != desk.actor() {
        account.name = personal::mask(Mask::Name, &account.name);
    }
    account
}

/// One's own account; none for callers who have none.
pub fn me(desk: &Desk) -> Result<Option<Account>, Faults> {
    let me = myself(desk)?;
    desk.store().read(|tx| Ok(store::get(tx, me.as_str())?))
}

/// Which accounts are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Only of this role.
    pub role: Option<String>,
    /// Only in this state.
    pub state: Option<String>,
    /// Only after this key.
    pub after: Option<String>,
    /// At most so many.
    pub limit: u32,
}

/// The accounts within one's reach: a firm's own, those of a district's firms, or all.
pub fn list(desk: &Desk, wanted: &Wanted) -> Result<Vec<(Account, Standing)>, Faults> {
    let scope = desk.scope(&powers::SEE_ACCOUNT)?;
    let mut filter = Filter {
        order: None,
        equal: Vec::new(),
        after: wanted.after.clone(),
        limit: wanted.limit,
    };
    filter
        .equal
        .extend(wanted.role.clone().map(|role| ("role", role)));
    filter
        .equal
        .extend(wanted.state.clone().map(|state| ("state", state)));
    match &scope {
        Scope::All => {}
        Scope::Firm(firm) => filter.equal.push(("firm_id", firm.to_string())),
        Scope::District(code) => filter.equal.push(("district_id", code.to_string())),
    }
    desk.store().read(|tx| {
        let mut all = Vec::new();
        for account in store::select::<Account>(tx, &filter)? {
            let standing = standing(tx, &account)?;
            all.push((for_eyes(desk, account), standing));
        }
        Ok(all)
    })
}

/// True when somebody may administer accounts: without that nobody can sign in.
pub fn any_administrator(desk: &Desk) -> Result<bool, Faults> {
    desk.store()
        .read(|tx| Ok(!holders(tx, Role::SystemAdmin)?.is_empty()))
}
