//! Accounts of firms: somebody registers for a firm by its credit code; the reviewer of the firm's
//! district confirms that he speaks for it, which makes him its approver (授权人); approvers invite
//! preparers (经办人) and further approvers.
//!
//! Not here: the firm's profile beyond what the registration says.

use serde_json::json;

use super::accounts::{Shown, blank, found, free, owner, subject};
use super::secrets::{Initial, chosen};
use super::tokens::shown_once;
use super::tools::Tools;
use crate::acts::Desk;
use crate::acts::act::{Done, Owner};
use crate::acts::powers::people as powers;
use crate::acts::refuse as shared;
use crate::domain::account::{Account, AccountState, FirmClaim, Login};
use crate::domain::evidence::{Evidence, Provenance};
use crate::domain::fault::Faults;
use crate::domain::firm::Firm;
use crate::domain::ids::AccountId;
use crate::domain::people::{Actor, Body, Role};
use crate::store::{self, Writing};

/// Longest name of a firm and longest note.
const TEXT_MAX: usize = 200;

/// Who registers for which firm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// Login.
    pub login: Login,
    /// Name of the person.
    pub name: String,
    /// The firm.
    pub claim: FirmClaim,
}

/// Registers somebody for a firm. He may do nothing until the district confirms.
///
/// # Errors
/// AC018 when a name is not acceptable, AC207 when the password is not, AC220 when the login is
/// taken, ST103 when there is no such district.
pub fn register(
    desk: &Desk,
    tools: &Tools,
    new: &Registration,
    password: &str,
) -> Result<Account, Faults> {
    let desk = &desk.of(Actor::public());
    let firm_name = &new.claim.name_zh;
    if firm_name.trim().is_empty() || firm_name.chars().count() > TEXT_MAX {
        let cause = format!("the firm's name is empty, or longer than {TEXT_MAX} characters");
        return Err(shared::unfit("firm_name", cause, "write it as on the licence").into());
    }
    let names = [new.login.as_str(), &new.name, firm_name];
    tools.rules.check(password, &names)?;
    let mut account = blank(desk, &new.login, &new.name, Body::City)?;
    account.claim = Some(new.claim.clone());
    let secret = chosen(desk, &account.id, tools.hasher.hash(password)?);
    let asked = json!({ "login": new.login, "claim": new.claim });
    desk.act(&powers::REGISTER, &asked, |tx| {
        free(tx, &new.login)?;
        account.district = owner(tx, &account)?.district;
        store::upsert_many(tx, std::slice::from_ref(&account))?;
        store::upsert_many(tx, std::slice::from_ref(&secret))?;
        let done = Done::new(account.clone(), subject(&account), Owner::city());
        Ok(done.after(&account)?)
    })
}

/// Confirms that the person of a pending account speaks for the firm, or refuses it, with a note.
///
/// # Errors
/// AC012 when the firm is of another district, AC014 when nothing is to be confirmed, AC018 when a
/// refusal has no note.
pub fn confirm(desk: &Desk, id: &AccountId, yes: bool, note: &str) -> Result<Account, Faults> {
    if note.chars().count() > TEXT_MAX || (!yes && note.trim().is_empty()) {
        let cause = format!("a refusal needs a note of at most {TEXT_MAX} characters");
        return Err(shared::unfit("note", cause, "say why").into());
    }
    let asked = json!({ "account": id, "yes": yes, "note": note });
    desk.act(&powers::CONFIRM_FIRM, &asked, |tx| {
        let old = found(tx, id)?;
        let owner = owner(tx, &old)?;
        desk.own(&powers::CONFIRM_FIRM, &owner)?;
        let Some(claim) = old
            .claim
            .clone()
            .filter(|_| old.state == AccountState::Pending)
        else {
            let is = old.state.name();
            return Err(shared::wrong_state(subject(&old), is, &["pending for a firm"]).into());
        };
        let mut new = old.clone();
        if yes {
            let firm = claimed(desk, tx, &claim)?;
            new.body = Body::Firm(firm.id);
            new.district = Some(firm.district);
            new.take(Role::FirmApprover)?;
            new.state = AccountState::Active;
            new.enabled_at = desk.now();
        } else {
            new.state = AccountState::Disabled;
        }
        store::upsert_many(tx, std::slice::from_ref(&new))?;
        let done = Done::new(new.clone(), subject(&new), owner);
        Ok(done.before(&old)?.after(&new)?)
    })
}

/// The firm of a claim; a firm that nobody knew yet is made from it, to be completed by its profile.
fn claimed(desk: &Desk, tx: &mut Writing<'_>, claim: &FirmClaim) -> Result<Firm, Faults> {
    if let Some(firm) = store::firms::by_credit_code(tx, &claim.credit_code)? {
        return Ok(firm);
    }
    let firm = Firm {
        id: format!("F-{}", claim.credit_code).parse()?,
        credit_code: claim.credit_code.clone(),
        name_zh: claim.name_zh.trim().to_owned(),
        name_en: String::new(),
        industry: claim.industry.clone(),
        district: claim.district.clone(),
        headcount: 0,
        revenue: None,
        rd_share: None,
        founded: None,
        credentials: Vec::new(),
        fields: Vec::new(),
        provenance: Provenance {
            source: format!("registered by the firm, confirmed by {}", desk.actor()),
            assumed: vec!["headcount".to_owned()],
            ..Provenance::of(Evidence::Secondary)
        },
    };
    store::upsert_many(tx, std::slice::from_ref(&firm))?;
    Ok(firm)
}

/// Invites a preparer or a further approver into one's own firm; his initial password is shown once.
///
/// # Errors
/// AC018 when the name is not acceptable, AC220 when the login is taken, DM211 when the role is not
/// one of a firm.
pub fn invite(
    desk: &Desk,
    tools: &Tools,
    (login, name): (&Login, &str),
    role: Role,
) -> Result<Shown, Faults> {
    desk.may(&powers::INVITE)?;
    let Some(firm) = desk.person().firm().cloned() else {
        return Err(shared::not_yours(powers::INVITE.act).into());
    };
    let initial = Initial::make(tools)?;
    let mut account = blank(desk, login, name, Body::Firm(firm))?;
    account.take(role)?;
    account.state = AccountState::Active;
    let secret = initial.secret(desk, &account.id);
    let asked = json!({ "login": login, "name": name, "role": role });
    shown_once(desk).act(&powers::INVITE, &asked, |tx| {
        free(tx, login)?;
        let owner = owner(tx, &account)?;
        account.district.clone_from(&owner.district);
        store::upsert_many(tx, std::slice::from_ref(&account))?;
        store::upsert_many(tx, std::slice::from_ref(&secret))?;
        Ok(Done::new((), subject(&account), owner).after(&account)?)
    })?;
    Ok(Shown {
        account,
        secret: Some(initial.password),
    })
}
