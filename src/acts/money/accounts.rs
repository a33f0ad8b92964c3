//! Bank accounts of firms (收款账户): entered by the firm's approver, seen only masked, whole only in the
//! payment file. Neither journal nor records hold a number.
//!
//! Not here: the payment file.

use serde_json::json;

use super::words;
use crate::acts::act::{Done, Owner};
use crate::acts::powers::money::{ENTER_ACCOUNT, SEE_ACCOUNT};
use crate::acts::{Desk, refuse};
use crate::domain::fault::{Fault, Faults};
use crate::domain::firm::Firm;
use crate::domain::ids::FirmId;
use crate::domain::payment::{BankAccount, MaskedAccount};
use crate::store;

/// An account as it is entered. No `Debug`: it is secret.
pub struct NewAccount {
    /// Name of the holder.
    pub holder: String,
    /// Bank and branch.
    pub bank: String,
    /// Number; spaces and hyphens are left out.
    pub number: String,
}

/// Enters or replaces the account of a firm; gives it masked.
///
/// # Errors
/// AC018 unless holder and bank are named and the number has 8 to 32 digits.
pub fn enter(desk: &Desk, firm: &FirmId, new: &NewAccount) -> Result<MaskedAccount, Faults> {
    let account = BankAccount {
        firm: firm.clone(),
        holder: new.holder.trim().to_owned(),
        bank: new.bank.trim().to_owned(),
        number: new.number.replace([' ', '-'], ""),
        at: desk.now(),
    };
    // The journal's record keeps what was asked: the masked account.
    let asked = json!({ "firm": firm, "bank": account.bank, "number": account.masked().number });
    desk.act(&ENTER_ACCOUNT, &asked, |tx| {
        desk.own(&ENTER_ACCOUNT, &Owner::firm(firm))?;
        proved(&account)?;
        let known: Option<Firm> = store::get(tx, firm.as_str())?;
        known.ok_or_else(|| refuse::absent("firm", firm))?;
        let before: Option<BankAccount> = store::get(tx, firm.as_str())?;
        store::upsert_many(tx, std::slice::from_ref(&account))?;
        let masked = account.masked();
        let subject = format!("bank account of {firm}");
        let done = Done::new(masked.clone(), subject, Owner::firm(firm)).after(&masked)?;
        Ok(match before {
            Some(before) => done.before(&before.masked())?,
            None => done,
        })
    })
}

/// The account of a firm, masked. AC013 when none is entered.
pub fn one(desk: &Desk, firm: &FirmId) -> Result<MaskedAccount, Faults> {
    desk.look(&SEE_ACCOUNT, |tx| {
        desk.own(&SEE_ACCOUNT, &Owner::firm(firm))?;
        let known: Option<BankAccount> = store::get(tx, firm.as_str())?;
        let known = known.ok_or_else(|| refuse::absent("bank account of", firm))?;
        Ok((Owner::firm(firm), known.masked()))
    })
}

fn proved(account: &BankAccount) -> Result<(), Fault> {
    words("holder", &account.holder)?;
    words("bank", &account.bank)?;
    let digits = account.number.len();
    if (8..=32).contains(&digits) && account.number.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(());
    }
    let cause = "an account number has 8 to 32 digits";
    Err(refuse::unfit(
        "number",
        cause,
        "copy it from the bank's notice",
    ))
}
