//! Towns: a world in a database, a clock that tests move, and desks for people by role.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use zhuchao::acts::Desk;
use zhuchao::domain::calendar::{CalendarDay, DayKind};
use zhuchao::domain::credit_code::CreditCode;
use zhuchao::domain::people::{Actor, Body, Role};
use zhuchao::domain::round::RoundState;
use zhuchao::domain::snapshot::Snapshot;
use zhuchao::store::journal::{self, Entry};
use zhuchao::store::policies::{self, PolicyText};
use zhuchao::store::{self, Writing};

use super::pg;
use super::world::{World, key};

/// A world in a database.
pub struct Town {
    /// Which database.
    pub name: &'static str,
    /// The operator's desk.
    pub desk: Desk,
    /// URL of the database, for other processes.
    pub url: String,
    now: Hand,
    _folder: tempfile::TempDir,
}

/// The world in a fresh database of each kind; it is 2026-01-05 09:00 in Shenzhen. The round R1 is
/// open. Applications of the world are stored as they are; most tests give none.
pub fn towns(world: &World) -> Vec<Town> {
    let snapshot = world.clone().freeze();
    pg::stores()
        .into_iter()
        .map(|fresh| town(fresh, &snapshot))
        .collect()
}

fn town(fresh: pg::Fresh, snapshot: &Snapshot) -> Town {
    let now = hand();
    let desk = Desk::at(fresh.store, "operator", ticking(&now));
    desk.store()
        .write(|tx| settle(tx, &desk, snapshot))
        .expect("the world can be stored");
    Town {
        name: fresh.name,
        desk,
        url: fresh.url,
        now,
        _folder: fresh.folder,
    }
}

/// The moment that a clock shows, and by how much it goes on each time.
type Hand = Arc<Mutex<(DateTime<Utc>, TimeDelta)>>;

fn hand() -> Hand {
    let first = moment("2026-01-05T09:00:00+08:00");
    Arc::new(Mutex::new((first, TimeDelta::microseconds(1))))
}

/// A clock that goes on by a microsecond each time somebody looks at it, as real ones do.
fn ticking(now: &Hand) -> impl Fn() -> DateTime<Utc> + Send + Sync + 'static {
    let now = Arc::clone(now);
    move || {
        let mut now = now.lock().unwrap_or_else(PoisonError::into_inner);
        let (last, step) = *now;
        now.0 = last + step;
        now.0
    }
}

/// A moment such as `2026-01-05T09:00:00+08:00`.
pub fn moment(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text)
        .expect("the test names a moment")
        .with_timezone(&Utc)
}

fn settle(tx: &mut Writing<'_>, desk: &Desk, snapshot: &Snapshot) -> Result<(), store::StoreError> {
    store::upsert_many(tx, &snapshot.ground.districts)?;
    store::upsert_many(tx, &snapshot.ground.network.stations)?;
    store::upsert_many(tx, &snapshot.ground.network.lines)?;
    store::upsert_many(tx, &snapshot.ground.clusters)?;
    let stock = &snapshot.inventory;
    store::upsert_many(tx, &stock.sites)?;
    store::upsert_many(tx, &stock.buildings)?;
    store::upsert_many(tx, &stock.floors)?;
    store::upsert_many(tx, &stock.units)?;
    store::upsert_many(tx, &stock.projects)?;
    store::upsert_many(tx, &stock.apartments)?;
    let mut firms = snapshot.firms.clone();
    for (n, firm) in firms.iter_mut().enumerate() {
        firm.credit_code = credit_code(n);
    }
    store::upsert_many(tx, &firms)?;
    let mut round = snapshot.round.clone();
    round.state = RoundState::Open;
    round.cut_off = desk.now();
    store::upsert_many(tx, &[round])?;
    store::upsert_many(tx, &snapshot.applications)?;
    store::upsert_many(tx, &snapshot.quotas)?;
    store::upsert_many(tx, &holidays())?;
    let policy = PolicyText {
        version: "test".to_owned(),
        created_at: desk.now(),
        text: snapshot.policy.clone(),
    };
    policies::put(tx, &policy)?;
    let entry = Entry {
        at: desk.now(),
        actor: "operator".to_owned(),
        act: "settle the town".to_owned(),
        subject: "town".to_owned(),
        before: None,
        after: None,
    };
    journal::append(tx, &entry).map(drop)
}

/// The n-th lawful credit code.
pub fn credit_code(n: usize) -> CreditCode {
    let stem = format!("91440300{n:09}");
    "0123456789ABCDEFGHJKLMNPQRTUWXY"
        .chars()
        .find_map(|check| format!("{stem}{check}").parse().ok())
        .expect("one of the characters is the check character")
}

/// The exceptional days of 2026 that the tests need: New Year, the Spring Festival and its make-up
/// working days, the first days of May and October, as data/calendar_2025_2026_cn.csv has them.
fn holidays() -> Vec<CalendarDay> {
    let day = |text: &str, kind| CalendarDay {
        date: text.parse().expect("the test names a day"),
        kind,
        source: "test".to_owned(),
    };
    let spring = (15..=23).map(|d| day(&format!("2026-02-{d}"), DayKind::Holiday));
    let made_up = ["2026-01-04", "2026-02-14", "2026-02-28"]
        .into_iter()
        .map(|d| day(d, DayKind::MakeupWorkday));
    spring
        .chain(made_up)
        .chain(["2026-01-01", "2026-05-01", "2026-10-01"].map(|d| day(d, DayKind::Holiday)))
        .collect()
}

impl Town {
    /// The town of another process, by the URL of its database.
    pub fn visited(url: &str) -> Town {
        let now = hand();
        let store = store::Store::open(url).expect("the database of the town");
        Town {
            name: "visited",
            desk: Desk::at(store, "operator", ticking(&now)),
            url: url.to_owned(),
            now,
            _folder: tempfile::tempdir().expect("a folder"),
        }
    }

    /// It is now this moment.
    pub fn at(&self, text: &str) {
        self.now.lock().unwrap_or_else(PoisonError::into_inner).0 = moment(text);
    }

    /// From now on the clock stands still unless it is moved: for what depends on the very moment.
    pub fn still(&self) {
        self.now.lock().unwrap_or_else(PoisonError::into_inner).1 = TimeDelta::zero();
    }

    /// The desk of a person of a role, who speaks for a body. His key is `role` or `role.body`.
    pub fn person(&self, role: Role, body: Body) -> Desk {
        self.desk.of(actor(role, body))
    }

    /// The preparer of a firm.
    pub fn preparer(&self, firm: &str) -> Desk {
        self.person(Role::FirmPreparer, Body::Firm(key(firm)))
    }

    /// The approver of a firm.
    pub fn firm(&self, firm: &str) -> Desk {
        self.person(Role::FirmApprover, Body::Firm(key(firm)))
    }

    /// The reviewer of a district.
    pub fn reviewer(&self, district: &str) -> Desk {
        self.person(Role::DistrictReviewer, Body::District(key(district)))
    }

    /// The approver of a district.
    pub fn district(&self, district: &str) -> Desk {
        self.person(Role::DistrictApprover, Body::District(key(district)))
    }

    /// The bureau's planner.
    pub fn planner(&self) -> Desk {
        self.person(Role::BureauPlanner, Body::City)
    }

    /// The bureau's approver.
    pub fn bureau(&self) -> Desk {
        self.person(Role::BureauApprover, Body::City)
    }

    /// The public.
    pub fn public(&self) -> Desk {
        self.desk.of(Actor::public())
    }
}

/// A person of a role, who speaks for a body.
pub fn actor(role: Role, body: Body) -> Actor {
    let id = match &body {
        Body::Firm(firm) => format!("{}.{firm}", role.name()),
        Body::District(district) => format!("{}.{district}", role.name()),
        Body::City => role.name().to_owned(),
    };
    Actor { id, role, body }
}
