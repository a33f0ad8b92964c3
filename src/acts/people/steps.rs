//! Signing in, the later steps: enrolling a second factor, giving its code, choosing a new password.
//! Each step takes the ticket of the one before; a step out of order is refused (ASVS 2.3.1), and a
//! code of the second factor is used once (6.5.1).
//!
//! Not here: the first step (`sign_in`).

use super::attempts::{self, Place};
use super::sign_in::{Known, Origin, Progress, next, ticket as new_ticket, usable, with_secret};
use super::tools::Tools;
use super::{chance, keeper, refuse, secrets, sessions, totp};
use crate::acts::Desk;
use crate::acts::act::{Done, Owner};
use crate::acts::powers::people as powers;
use crate::domain::account::Account;
use crate::domain::credential::Secret;
use crate::domain::fault::Faults;
use crate::domain::ids::AccountId;
use crate::domain::session::{OtpUse, Step, Ticket};
use crate::store::{self, Reading};

/// Begins to enrol a second factor, with the one-time code of the security administrator.
///
/// # Errors
/// AC203 when the code is wrong, AC206 when this is not the step, AC204 when too many were wrong.
pub fn enrol(
    desk: &Desk,
    tools: &Tools,
    (secret, code): (&str, &str),
    origin: &Origin,
) -> Result<Progress, Faults> {
    let (mut ticket, known) = at(desk, tools, secret, Step::Enrol)?;
    tried(desk, &mut ticket, &known, origin)?;
    let now = desk.now();
    let one = known.secret.enrol.as_ref().filter(|one| now < one.until);
    if one.is_none_or(|one| one.digest != chance::code_digest(code)) {
        return Err(refuse::wrong().into());
    }
    attempts::take_back(desk, &Place::of(known.account.login.as_str(), &origin.ip))?;
    ticket.tries = 0;
    begin_enrolment(desk, tools, ticket, &known.account, secret)
}

/// Gives a ticket a new second factor to be proved by its first code.
pub(super) fn begin_enrolment(
    desk: &Desk,
    tools: &Tools,
    ticket: Ticket,
    account: &Account,
    secret: &str,
) -> Result<Progress, Faults> {
    let otp = totp::secret()?;
    let ticket = Ticket {
        step: Step::SecondFactor,
        otp: Some(tools.vault.seal(&otp, account.id.as_str())?),
        ..ticket
    };
    desk.store().keep(|tx| Ok::<_, Faults>(tx.put(&ticket)?))?;
    Ok(Progress {
        step: Step::SecondFactor,
        ticket: Some(secret.to_owned()),
        opened: None,
        account: None,
        otp: Some((totp::text(&otp), totp::address(&account.login, &otp))),
        demo: false,
    })
}

/// The code of the second factor.
///
/// # Errors
/// AC203 when it is wrong or used, AC206 when this is not the step, AC204 when too many were wrong.
pub fn second(
    desk: &Desk,
    tools: &Tools,
    (secret, code): (&str, &str),
    origin: &Origin,
) -> Result<Progress, Faults> {
    let (mut ticket, mut known) = at(desk, tools, secret, Step::SecondFactor)?;
    tried(desk, &mut ticket, &known, origin)?;
    let sealed = ticket.otp.clone().or(known.secret.otp.clone());
    let sealed = sealed.ok_or_else(refuse::ticket)?;
    let otp = tools.vault.open(&sealed, known.account.id.as_str())?;
    let step = totp::step(&otp, code, desk.now())?.ok_or_else(refuse::wrong)?;
    use_up(desk, &known.account.id, step)?;
    if ticket.otp.is_some() {
        known.secret = keep_factor(desk, &known, sealed)?;
    }
    forget(desk, secret)?;
    match next(desk, tools, &known, true) {
        Step::Done => sessions::open(desk, tools, &known, origin),
        step => {
            attempts::take_back(desk, &Place::of(known.account.login.as_str(), &origin.ip))?;
            new_ticket(desk, &known, step)
        }
    }
}

/// Takes a step of the second factor out of use, in a transaction of its own: of two that give the
/// same code at once, one gets in.
fn use_up(desk: &Desk, account: &AccountId, step: u64) -> Result<(), Faults> {
    desk.store().keep(|tx| {
        let used = store::get::<OtpUse>(tx, account.as_str())?;
        if used.is_some_and(|used| step <= used.step) {
            return Err(refuse::wrong().into());
        }
        let id = account.clone();
        Ok(tx.put(&OtpUse { id, step })?)
    })
}

fn keep_factor(desk: &Desk, known: &Known, sealed: String) -> Result<Secret, Faults> {
    let mine = desk.of(keeper::actor(&known.account)?);
    let id = known.account.id.clone();
    mine.act(&powers::ENROL, &(), |tx| {
        let mut secret: Secret = store::need(tx, id.as_str())?;
        if secret.otp.is_some() {
            return Err(refuse::ticket().into());
        }
        secret.otp = Some(sealed);
        secret.enrol = None;
        store::upsert_many(tx, &[secret])?;
        Ok(Done::new((), format!("account {id}"), Owner::city()))
    })?;
    desk.store()
        .read(|tx| Ok(store::need(tx, known.account.id.as_str())?))
}

/// A new password instead of an initial or expired one.
///
/// # Errors
/// AC206 when this is not the step, AC207 and AC208 when the password is not acceptable.
pub fn password(
    desk: &Desk,
    tools: &Tools,
    (secret, new): (&str, &str),
    origin: &Origin,
) -> Result<Progress, Faults> {
    let (_, known) = at(desk, tools, secret, Step::Password)?;
    secrets::renew(desk, tools, &known, new, None)?;
    forget(desk, secret)?;
    let id = known.account.id.clone();
    let fresh = desk.store().read(|tx| fresh(tx, &id))?;
    sessions::open(desk, tools, &fresh, origin)
}

fn fresh(tx: &mut Reading<'_>, id: &AccountId) -> Result<Known, Faults> {
    let account = store::need::<Account>(tx, id.as_str())?;
    with_secret(tx, account)
}

/// The ticket of a step and its account.
fn at(desk: &Desk, tools: &Tools, secret: &str, step: Step) -> Result<(Ticket, Known), Faults> {
    let digest = chance::digest(secret);
    let (ticket, known) = desk.store().read(|tx| {
        let ticket = store::get::<Ticket>(tx, &digest)?.ok_or_else(refuse::ticket)?;
        let known = fresh(tx, &ticket.account)?;
        Ok::<_, Faults>((ticket, known))
    })?;
    if !ticket.is_for(step, desk.now()) || ticket.set_at != known.secret.set_at {
        return Err(refuse::ticket().into());
    }
    usable(desk, tools, &known)?;
    Ok((ticket, known))
}

/// Counts an answer before it is known whether it is right.
fn tried(desk: &Desk, ticket: &mut Ticket, known: &Known, origin: &Origin) -> Result<(), Faults> {
    attempts::admit(desk, &Place::of(known.account.login.as_str(), &origin.ip))?;
    desk.store().keep(|tx| {
        let held = store::get::<Ticket>(tx, &ticket.id)?.ok_or_else(refuse::ticket)?;
        if !held.is_for(ticket.step, desk.now()) {
            return Err(refuse::ticket().into());
        }
        ticket.tries = held.tries + 1;
        Ok(tx.put(ticket)?)
    })
}

fn forget(desk: &Desk, secret: &str) -> Result<(), Faults> {
    let digest = chance::digest(secret);
    desk.store().keep(|tx| Ok(tx.forget::<Ticket>(&digest)?))
}
