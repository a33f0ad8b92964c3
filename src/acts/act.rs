//! How an act runs: may he at all, one transaction, is it his, is it still what he read, one journal
//! entry that names a record of what was asked and left behind; and once, however often it is asked.
//!
//! Not here: any act, the table of powers (`powers`).

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::Desk;
use super::door::Via;
use super::powers::{Power, Reach};
use super::refuse;
use crate::domain::fault::{Fault, Faults};
use crate::domain::ids::FirmId;
use crate::domain::people::Body;
use crate::domain::place::DistrictCode;
use crate::store::journal::{self, Entry};
use crate::store::{Reading, Writing, records};

/// Whose a thing is. Reach `Own` needs the actor's own firm or district here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Owner {
    /// The firm.
    pub firm: Option<FirmId>,
    /// The district.
    pub district: Option<DistrictCode>,
}

impl Owner {
    /// A thing of the city: no firm's and no district's.
    pub fn city() -> Owner {
        Owner::default()
    }

    /// A thing of a firm and of the district that looks after it.
    pub fn of(firm: &FirmId, district: &DistrictCode) -> Owner {
        Owner {
            firm: Some(firm.clone()),
            district: Some(district.clone()),
        }
    }

    /// A thing of a firm alone.
    pub fn firm(firm: &FirmId) -> Owner {
        Owner {
            firm: Some(firm.clone()),
            district: None,
        }
    }

    /// A thing of a district alone.
    pub fn district(district: &DistrictCode) -> Owner {
        Owner {
            firm: None,
            district: Some(district.clone()),
        }
    }
}

/// What an act did.
pub struct Done<T> {
    value: T,
    subject: String,
    owner: Owner,
    before: Option<Value>,
    after: Option<Value>,
    read: Option<String>,
}

impl<T> Done<T> {
    /// An act on a subject such as `case A-1`, whose owner is given.
    pub fn new(value: T, subject: impl Into<String>, owner: Owner) -> Done<T> {
        Done {
            value,
            subject: subject.into(),
            owner,
            before: None,
            after: None,
            read: None,
        }
    }

    /// The tag under which it was read, where that is not the tag of the noun as it was.
    pub fn read_as(mut self, tag: String) -> Done<T> {
        self.read = Some(tag);
        self
    }

    /// The noun as it was.
    pub fn before(mut self, noun: &impl Serialize) -> Result<Done<T>, Fault> {
        self.before = Some(written(noun)?);
        Ok(self)
    }

    /// The noun as it is now.
    pub fn after(mut self, noun: &impl Serialize) -> Result<Done<T>, Fault> {
        self.after = Some(written(noun)?);
        Ok(self)
    }
}

/// What is entered of an act.
struct Told<'a> {
    power: &'a Power,
    subject: &'a str,
    asked: &'a Value,
    before: Option<String>,
    after: Option<&'a Value>,
}

/// A noun as canonical JSON.
pub(super) fn written(noun: &impl Serialize) -> Result<Value, Fault> {
    serde_json::to_value(noun).map_err(|e| {
        Fault::new(
            refuse::UNWRITABLE,
            e.to_string(),
            "report this to the makers",
        )
    })
}

/// The digest of a noun, as `ETag` and `If-Match` carry it.
pub fn tag(noun: &impl Serialize) -> Result<String, Fault> {
    Ok(records::digest(&written(noun)?.to_string()))
}

/// What a list may show to the actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Everything.
    All,
    /// What belongs to a firm.
    Firm(FirmId),
    /// What belongs to a district.
    District(DistrictCode),
}

impl Desk {
    /// Runs an act that `asked` for something. The work may read and write; what it says it did is
    /// checked against the actor's reach, entered in the journal, and answered.
    ///
    /// # Errors
    /// AC010 to AC012 and AC217 when he may not, AC015 when the noun was changed, AC016 when the key was used
    /// for something else, and those of the work; nothing is written then.
    pub fn act<T: Serialize + DeserializeOwned>(
        &self,
        power: &Power,
        asked: &impl Serialize,
        work: impl FnOnce(&mut Writing<'_>) -> Result<Done<T>, Faults>,
    ) -> Result<T, Faults> {
        self.may(power)?;
        if !self.leave().writes() {
            return Err(refuse::beyond_token(power.act).into());
        }
        let asked = written(asked)?;
        let _moment = self.moment();
        self.store().write(|tx| {
            if let Some(answer) = self.repeated(tx, power, &asked)? {
                return Ok(answer);
            }
            let done = work(tx)?;
            self.own(power, &done.owner)?;
            self.enter(tx, power, &asked, &done)?;
            self.remember(tx, power, &asked, &done.value)?;
            Ok(done.value)
        })
    }

    /// Reads one thing that belongs to somebody.
    ///
    /// # Errors
    /// AC010 to AC012 when he may not, and those of the work.
    pub fn look<T>(
        &self,
        power: &Power,
        work: impl FnOnce(&mut Reading<'_>) -> Result<(Owner, T), Faults>,
    ) -> Result<T, Faults> {
        self.may(power)?;
        let (owner, value) = self.store().read(work)?;
        self.own(power, &owner)?;
        Ok(value)
    }

    /// What a list may show to the actor; AC010 or AC011 when nothing at all.
    pub fn scope(&self, power: &Power) -> Result<Scope, Faults> {
        self.may(power)?;
        if power.reach(self.person().role) == Reach::All {
            return Ok(Scope::All);
        }
        match &self.person().body {
            Body::Firm(firm) => Ok(Scope::Firm(firm.clone())),
            Body::District(district) => Ok(Scope::District(district.clone())),
            Body::City => Err(refuse::not_yours(power.act).into()),
        }
    }

    /// AC010 or AC011 unless the role may do this for somebody; AC217 when his token does not reach
    /// so far.
    pub fn may(&self, power: &Power) -> Result<(), Faults> {
        let role = self.person().role;
        match power.reach(role) {
            Reach::None if role == crate::domain::people::Role::Public => Err(sign_in().into()),
            Reach::None => Err(refuse::not_allowed(role, power.act).into()),
            Reach::Own | Reach::All if !self.leave().allows(power.act) => {
                Err(refuse::beyond_token(power.act).into())
            }
            Reach::Own | Reach::All => Ok(()),
        }
    }

    /// AC012 unless a thing of this owner is within the actor's reach. Acts whose refusals would tell
    /// something of a thing ask this before anything else; every act is asked at its end.
    pub fn own(&self, power: &Power, owner: &Owner) -> Result<(), Faults> {
        let person = self.person();
        let his = match power.reach(person.role) {
            Reach::None => false,
            Reach::All => true,
            Reach::Own => match &person.body {
                Body::Firm(firm) => owner.firm.as_ref() == Some(firm),
                Body::District(district) => owner.district.as_ref() == Some(district),
                Body::City => false,
            },
        };
        if his {
            Ok(())
        } else {
            Err(refuse::not_yours(power.act).into())
        }
    }

    fn enter<T>(
        &self,
        tx: &mut Writing<'_>,
        power: &Power,
        asked: &Value,
        done: &Done<T>,
    ) -> Result<(), Faults> {
        let before = done
            .before
            .as_ref()
            .map(|v| records::digest(&v.to_string()));
        let held = done.read.as_ref().or(before.as_ref());
        if let Some(wanted) = &self.wish().unchanged
            && held != Some(wanted)
        {
            return Err(refuse::changed(&done.subject).into());
        }
        let record = Told {
            power,
            subject: &done.subject,
            asked,
            before,
            after: done.after.as_ref(),
        };
        self.tell(tx, &record)
    }

    /// Enters what an act changed besides its subject, in its transaction, with an entry of its own: so
    /// that the entries about a noun are all that ever happened to it. Before [`Desk::act`] enters the
    /// act itself. What comes into being has `()` before it.
    pub fn beside(
        &self,
        tx: &mut Writing<'_>,
        power: &Power,
        subject: &str,
        (before, after): (&impl Serialize, &impl Serialize),
    ) -> Result<(), Faults> {
        let (before, after) = (written(before)?, written(after)?);
        let record = Told {
            power,
            subject,
            asked: &Value::Null,
            before: (!before.is_null()).then(|| records::digest(&before.to_string())),
            after: Some(&after),
        };
        self.tell(tx, &record)
    }

    fn tell(&self, tx: &mut Writing<'_>, told: &Told<'_>) -> Result<(), Faults> {
        let record = json!({
            "act": told.power.act,
            "actor": self.person(),
            "token": self.token(),
            "at": self.now(),
            "asked": told.asked,
            "before": told.before,
            "after": told.after,
        });
        let digest = records::put(tx, &record.to_string())?;
        let entry = Entry {
            at: self.now(),
            actor: self.actor().to_owned(),
            act: told.power.act.to_owned(),
            subject: told.subject.to_owned(),
            before: told.before.clone(),
            after: Some(digest),
        };
        journal::append(tx, &entry)?;
        Ok(())
    }

    /// The token that he came with, for the record.
    fn token(&self) -> Option<&str> {
        match self.via() {
            Via::Token(id) => Some(id.as_str()),
            _ => None,
        }
    }
}

fn sign_in() -> Fault {
    Fault::new(
        refuse::SIGN_IN,
        "this needs a sign-in",
        "sign in, or send a valid token",
    )
}
