//! People: how they sign in, what ends it, how far a token goes, who may do what to whom, and that no
//! secret is kept where it can be read.

mod locks;
mod passwords;
mod power;
mod second;
mod session;
mod silence;
mod token;

use zhuchao::acts::Desk;
use zhuchao::acts::door::{Doorkeeper, Presented};
use zhuchao::acts::people::demo::DemoAccount;
use zhuchao::acts::people::hash::Cost;
use zhuchao::acts::people::sign_in::{self, Origin, Progress};
use zhuchao::acts::people::{Keeper, Tools, Ways, demo};
use zhuchao::domain::credential::PasswordPolicy;
use zhuchao::domain::fault::{Code, Faults};
use zhuchao::domain::ids::AccountId;

use crate::support::town::{Town, towns};
use crate::support::world::{World, key};

/// A password that passes every rule.
pub const GOOD: &str = "Tall-Crane-71-Nests";
/// The address from which most sign in.
pub const HERE: &str = "192.0.2.7";

/// A town with accounts: one per role, two for each of the firms F1 (district 440305) and F2 (440310).
pub struct Door {
    pub town: Town,
    pub tools: Tools,
    people: Vec<DemoAccount>,
    keys: tempfile::TempDir,
}

/// Towns with doors; `demo` asks officers for no second factor.
pub fn doors(demo: bool) -> Vec<Door> {
    let world = World::city().firm("F1", 20);
    let world = world.firm_with("F2", 20, |firm| firm.district = key("440310"));
    towns(&world)
        .into_iter()
        .map(|town| door(town, demo))
        .collect()
}

fn door(town: Town, demo: bool) -> Door {
    town.still();
    let keys = tempfile::TempDir::new().expect("a folder");
    let tools = tools(keys.path(), PasswordPolicy::Mlps, demo);
    let people = demo::make(&town.desk, &tools).expect("accounts");
    Door {
        town,
        tools,
        people,
        keys,
    }
}

/// Tools whose hashes cost little.
pub fn tools(folder: &std::path::Path, policy: PasswordPolicy, demo: bool) -> Tools {
    let ways = Ways {
        policy,
        key_file: folder.join("secret.key"),
        cost: Cost { kib: 8, passes: 1 },
        demo,
    };
    Tools::new(ways).expect("the cost is possible")
}

/// From where somebody signs in.
pub fn from(ip: &str) -> Origin {
    Origin {
        ip: ip.to_owned(),
        browser: "a test".to_owned(),
        held: None,
    }
}

/// The first fault's code.
pub fn code<T>(result: Result<T, Faults>) -> Code {
    result.map(drop).expect_err("it is refused").0[0].code
}

impl Door {
    fn person(&self, login: &str) -> &DemoAccount {
        let mut all = self.people.iter();
        all.find(|p| p.account.login.as_str() == login)
            .unwrap_or_else(|| panic!("no account {login}"))
    }

    pub fn id(&self, login: &str) -> AccountId {
        self.person(login).account.id.clone()
    }

    pub fn password(&self, login: &str) -> &str {
        &self.person(login).password
    }

    pub fn try_in(&self, login: &str, password: &str, ip: &str) -> Result<Progress, Faults> {
        sign_in::begin(&self.town.desk, &self.tools, (login, password), &from(ip))
    }

    /// The secret of a new session of an account, and its desk.
    pub fn signed_in(&self, login: &str) -> (String, Desk) {
        let progress = self.try_in(login, self.password(login), HERE);
        let opened = progress.expect("he may").opened.expect("nothing is left");
        let desk = self.by(&opened.secret).expect("it is live");
        (opened.secret, desk)
    }

    /// The desk of whoever presents a session.
    pub fn by(&self, secret: &str) -> Result<Desk, Faults> {
        self.present(Presented {
            session: Some(secret.to_owned()),
            token: None,
        })
    }

    /// The desk of whoever presents a token.
    pub fn by_token(&self, secret: &str) -> Result<Desk, Faults> {
        self.present(Presented {
            session: None,
            token: Some(secret.to_owned()),
        })
    }

    fn present(&self, presented: Presented) -> Result<Desk, Faults> {
        let keeper = Keeper::new(self.town.desk.clone());
        Ok(self.town.desk.entered(keeper.identify(&presented)?))
    }
}
