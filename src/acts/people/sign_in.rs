//! Signing in, first step: login and password. What follows (a second factor, a new password) is
//! asked under a ticket, in order; the session begins when nothing is left.
//!
//! Not here: the later steps (`steps`), how a session is stored (`sessions`).

use chrono::{DateTime, Utc};

use super::attempts::{self, Place};
use super::tools::Tools;
use super::{chance, refuse, sessions};
use crate::acts::Desk;
use crate::domain::account::{Account, AccountState};
use crate::domain::credential::Secret;
use crate::domain::fault::Faults;
use crate::domain::people::Role;
use crate::domain::session::{Sighting, Step, TICKET_LASTS, Ticket};
use crate::store::{self, Reading};

/// From where somebody signs in.
#[derive(Clone, Default)]
pub struct Origin {
    /// Address.
    pub ip: String,
    /// What the browser calls itself.
    pub browser: String,
    /// The session that the browser held until now; it ends.
    pub held: Option<String>,
}

/// A session that has begun. Never logged.
pub struct Opened {
    /// The secret for the cookie.
    pub secret: String,
    /// When it ends at the latest.
    pub expires_at: DateTime<Utc>,
}

/// Where a sign-in stands. Never logged.
pub struct Progress {
    /// What comes next.
    pub step: Step,
    /// The secret of the ticket for the next step.
    pub ticket: Option<String>,
    /// The session, when nothing is left.
    pub opened: Option<Opened>,
    /// The account, when nothing is left.
    pub account: Option<Account>,
    /// The second factor that is being enrolled, as text and as an address for apps.
    pub otp: Option<(String, String)>,
    /// True when a second factor would be asked for outside of this demonstration.
    pub demo: bool,
}

/// Login and password.
///
/// # Errors
/// AC203 when they are wrong, AC204 and AC205 when too many were, AC209 when the account may not be
/// used (told only to who knows the password), AC212.
pub fn begin(
    desk: &Desk,
    tools: &Tools,
    (login, password): (&str, &str),
    origin: &Origin,
) -> Result<Progress, Faults> {
    let place = Place::of(login, &origin.ip);
    attempts::admit(desk, &place)?;
    let known = desk.store().read(|tx| known(tx, login))?;
    let hash = known.as_ref().map(|k| k.secret.password.as_str());
    let right = tools.hasher.verify(password, hash)?;
    let Some(known) = known.filter(|_| right) else {
        return Err(refuse::wrong().into());
    };
    if let Err(faults) = usable(desk, tools, &known) {
        // He knew the password: no failure of his.
        attempts::take_back(desk, &place)?;
        return Err(faults);
    }
    match next(desk, tools, &known, false) {
        Step::Done => sessions::open(desk, tools, &known, origin),
        step => {
            attempts::take_back(desk, &place)?;
            ticket(desk, &known, step)
        }
    }
}

/// An account with its secrets.
pub(super) struct Known {
    pub(super) account: Account,
    pub(super) secret: Secret,
    seen: Option<DateTime<Utc>>,
}

fn known(tx: &mut Reading<'_>, login: &str) -> Result<Option<Known>, Faults> {
    let login = login.trim().to_lowercase();
    let found = store::having::<Account>(tx, "login", &login)?;
    found
        .into_iter()
        .next()
        .map(|a| with_secret(tx, a))
        .transpose()
}

/// An account with its secrets; ST101 when it has none.
pub(super) fn with_secret(tx: &mut Reading<'_>, account: Account) -> Result<Known, Faults> {
    let secret = store::need::<Secret>(tx, account.id.as_str())?;
    let sighting = store::get::<Sighting>(tx, account.id.as_str())?;
    Ok(Known {
        account,
        secret,
        seen: sighting.map(|s| s.at),
    })
}

/// AC203 when an initial password waited too long, AC209 when the account may not be used.
pub(super) fn usable(desk: &Desk, tools: &Tools, known: &Known) -> Result<(), Faults> {
    let now = desk.now();
    if known.secret.initial_until.is_some_and(|until| now >= until) {
        return Err(refuse::wrong().into());
    }
    let account = &known.account;
    let told = |cause, action| Err(refuse::not_active(cause, action).into());
    match account.state {
        AccountState::Pending => told(
            "the account is not confirmed yet",
            "wait for the district, or for the security administrator",
        ),
        AccountState::Disabled => told("the account is disabled", "ask the system administrator"),
        AccountState::Active if tools.rules.expires() && account.is_dormant(known.seen, now) => {
            told(
                "nobody signed in for 90 days, so the account is dormant",
                "ask the system administrator to enable it again",
            )
        }
        AccountState::Active => Ok(()),
    }
}

/// True when the role needs a second factor.
pub(super) fn needs_second(tools: &Tools, account: &Account) -> bool {
    account.role.is_some_and(Role::is_staff) && !tools.demo
}

/// What comes next, given whether the second factor was passed.
pub(super) fn next(desk: &Desk, tools: &Tools, known: &Known, passed: bool) -> Step {
    let secret = &known.secret;
    if !passed && secret.otp.is_some() {
        return Step::SecondFactor;
    }
    if !passed && needs_second(tools, &known.account) {
        return Step::Enrol;
    }
    if secret.must_change(desk.now(), tools.rules.expires()) {
        return Step::Password;
    }
    Step::Done
}

/// A ticket for the next step.
pub(super) fn ticket(desk: &Desk, known: &Known, step: Step) -> Result<Progress, Faults> {
    let secret = chance::secret()?;
    let ticket = Ticket {
        id: chance::digest(&secret),
        account: known.account.id.clone(),
        step,
        otp: None,
        set_at: known.secret.set_at,
        tries: 0,
        expires_at: desk.now() + TICKET_LASTS,
    };
    desk.store().keep(|tx| Ok::<_, Faults>(tx.put(&ticket)?))?;
    Ok(Progress {
        step,
        ticket: Some(secret),
        opened: None,
        account: None,
        otp: None,
        demo: false,
    })
}
