//! What a page needs around a question: what can be chosen from, names of firms, and the things of a conflict in words.
//!
//! Not here: the answers (`questions`).

use std::collections::BTreeSet;

use super::{Conflict, Move, read};
use crate::acts::Desk;
use crate::acts::allocation::{self, Moved};
use crate::acts::powers::reasons::QUESTION_PLAN;
use crate::acts::rooms::Rooms;
use crate::acts::words::Text;
use crate::domain::area::Area;
use crate::domain::fault::Faults;
use crate::domain::ids::{ApplicationId, RoundId, UnitId};
use crate::domain::money::Fen;
use crate::domain::place::DistrictCode;
use crate::domain::quota::QuotaMode;
use crate::domain::snapshot::Snapshot;
use crate::domain::space::Unit;
use crate::planning::why::book;
use crate::planning::why::name::Names;
use crate::planning::words;

/// An application that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applicant {
    /// The application.
    pub application: ApplicationId,
    /// Its firm.
    pub firm: Text,
    /// True when it has a place in the plan.
    pub placed: bool,
}

/// A unit that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// The unit.
    pub unit: UnitId,
    /// Site, building and room.
    pub name: Text,
    /// Area.
    pub area: Area,
    /// True when somebody holds it, or a part of it, in the plan.
    pub held: bool,
}

/// A hard quota of the year of the round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HardQuota {
    /// District.
    pub district: DistrictCode,
    /// Its name.
    pub name: Text,
    /// Amount.
    pub amount: Fen,
}

/// What the questions about a plan can be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subjects {
    /// The round.
    pub round: RoundId,
    /// Applications; those that wait first.
    pub applicants: Vec<Applicant>,
    /// Units; those that nobody holds first.
    pub rooms: Vec<Room>,
    /// Districts.
    pub districts: Vec<(DistrictCode, Text)>,
    /// Hard quotas.
    pub quotas: Vec<HardQuota>,
    names: Rooms,
}

impl Subjects {
    /// The firm of an application; its key where it is not known.
    pub fn firm(&self, application: &ApplicationId) -> Text {
        let all = &self.applicants;
        let found = all.iter().find(|a| a.application == *application);
        found.map_or_else(|| Text::same(application.to_string()), |a| a.firm.clone())
    }

    /// The name of a unit; its key where it is not known.
    pub fn room(&self, unit: &UnitId) -> Text {
        self.names.name(unit)
    }

    /// What an option holds, as people call it.
    pub fn space(&self, option: &str) -> Text {
        self.names.space(option)
    }

    /// The name of a district; its code where it is not known.
    pub fn district(&self, code: &DistrictCode) -> Text {
        let found = self.districts.iter().find(|(c, _)| c == code);
        found.map_or_else(|| Text::same(code.to_string()), |(_, name)| name.clone())
    }
}

/// What can be asked about in a stored plan. AC013.
pub fn subjects(desk: &Desk, plan: &str) -> Result<Subjects, Faults> {
    let read = read(desk, &QUESTION_PLAN, plan)?;
    let (snapshot, plan) = (&read.snapshot, &read.plan);
    let firms = allocation::names(snapshot);
    let held: BTreeSet<&UnitId> = (plan.awards.iter())
        .flat_map(|a| a.units.iter().map(|g| &g.unit))
        .collect();
    let placed: BTreeSet<&ApplicationId> = plan.awards.iter().map(|a| &a.application).collect();
    let applicant = |id: &ApplicationId| Applicant {
        application: id.clone(),
        firm: allocation::named(&firms, id),
        placed: placed.contains(id),
    };
    let all = snapshot.applications.iter();
    let mut applicants: Vec<Applicant> = all.map(|a| applicant(&a.id)).collect();
    applicants.sort_by_key(|a| a.placed);
    let districts = snapshot.ground.districts.iter();
    let names = Rooms::of(&snapshot.inventory);
    Ok(Subjects {
        round: snapshot.round.id.clone(),
        applicants,
        rooms: rooms(snapshot, &names, &held),
        districts: districts
            .map(|d| (d.code.clone(), Text::names(&d.name_zh, &d.name_en)))
            .collect(),
        quotas: quotas(snapshot),
        names,
    })
}

fn rooms(snapshot: &Snapshot, names: &Rooms, held: &BTreeSet<&UnitId>) -> Vec<Room> {
    let room = |unit: &Unit| Room {
        unit: unit.id.clone(),
        name: names.name(&unit.id),
        area: unit.area,
        held: held.contains(&unit.id),
    };
    let mut all: Vec<Room> = snapshot.inventory.units.iter().map(room).collect();
    all.sort_by(|a, b| (a.held, &a.name.zh).cmp(&(b.held, &b.name.zh)));
    all
}

fn quotas(snapshot: &Snapshot) -> Vec<HardQuota> {
    let year = snapshot.round.subsidy_year;
    let hard = snapshot.quotas.iter();
    let hard = hard.filter(|q| q.year == year && q.mode == QuotaMode::Hard);
    let named = |q: &crate::domain::quota::Quota| {
        let mut all = snapshot.ground.districts.iter();
        let name = all.find(|d| d.code == q.district);
        HardQuota {
            district: q.district.clone(),
            name: name.map_or_else(
                || Text::same(q.district.to_string()),
                |d| Text::names(&d.name_zh, &d.name_en),
            ),
            amount: q.amount,
        }
    };
    hard.map(named).collect()
}

/// Who moves, with the names of firms and rooms. AC013.
pub fn moved(desk: &Desk, plan: &str, moves: &[Move]) -> Result<Vec<Moved>, Faults> {
    let read = read(desk, &QUESTION_PLAN, plan)?;
    Ok(allocation::moved(&read.snapshot, moves))
}

/// A conflict in words: its things, and what would have to give with whether that is enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// Whom each thing is about, if about somebody, and what it says.
    pub pieces: Vec<(Option<Text>, Text)>,
    /// What gives, and whether with it everything else can hold.
    pub ways: Vec<(Text, bool)>,
}

/// A conflict in words. AC013.
pub fn clash(desk: &Desk, plan: &str, found: &Conflict) -> Result<Clash, Faults> {
    let read = read(desk, &QUESTION_PLAN, plan)?;
    let names = Names {
        snapshot: &read.snapshot,
        policy: &read.built.policy,
    };
    let firms = allocation::names(&read.snapshot);
    let text = |text: book::Text| Text::of(text.zh, text.en);
    let pieces = found.pieces.iter().map(|piece| {
        let whose = piece.application();
        let whose = whose.map(|id| allocation::named(&firms, id));
        (whose, text(words::conflict::piece(&names, piece)))
    });
    let ways = found.relaxations.iter().map(|way| {
        let gives = words::conflict::give(&names, &way.give);
        (text(gives), way.enough)
    });
    Ok(Clash {
        pieces: pieces.collect(),
        ways: ways.collect(),
    })
}
