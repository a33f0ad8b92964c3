//! Cases on both databases, from the first draft to the verdict.

pub mod bulk;
mod files;
mod flags;
mod frozen;
mod housing;
mod paper;
mod precheck;
pub mod profile;
mod property;
mod review;
mod seen;
mod stages;
mod writing;

use zhuchao::acts::act::tag;
use zhuchao::acts::cases::evidence::{self, Sent};
use zhuchao::acts::cases::review::{self as verdicts, Words};
use zhuchao::acts::cases::{begin, draft, submit};
use zhuchao::acts::{Desk, Wish, care};
use zhuchao::domain::area::Area;
use zhuchao::domain::case::{Case, Draft};
use zhuchao::domain::fault::{Code, Faults};
use zhuchao::domain::people::{Actor, Body, Role};
use zhuchao::domain::procedure::Step;
use zhuchao::domain::space::Use;
use zhuchao::store::journal::{self, Entry};
use zhuchao::store::{self, Noun};

use crate::acts::procedure::{go, governed};
use crate::support::town::{Town, towns};
use crate::support::world::{World, day, key};

pub const RULES: &str = include_str!("rules.toml");

/// A whole PDF.
pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n";

/// Three firms in one district, one in another, two floors.
pub fn world() -> World {
    governed(World::city())
        .policy("[transit]", &format!("{RULES}[transit]"))
        .site("S1", "440305", 0)
        .site("S2", "440310", 500)
        .unit("A1", "S1/A/1", 300)
        .unit("A2", "S1/A/2", 500)
        .divisible("B1", "S2/B/1", 2000, 100)
        .firm("F1", 40)
        .firm("F2", 40)
        .firm("F3", 40)
        .firm_with("F9", 40, |f| f.district = key("440310"))
}

/// Towns whose round is guided and whose window is open.
pub fn here() -> Vec<Town> {
    let all = towns(&world());
    for town in &all {
        go(town, Step::Guided);
    }
    all
}

/// A draft with everything that is needed.
pub fn full() -> Draft {
    Draft {
        use_: Some(Use::RdOffice),
        area_min: Some(Area::metres(200)),
        area_max: Some(Area::metres(400)),
        start_from: Some(day(2026, 3, 1)),
        start_until: Some(day(2026, 6, 1)),
        ..Draft::default()
    }
}

/// The desk with the case as it was read.
pub fn having(desk: &Desk, case: &Case) -> Desk {
    desk.wishing(Wish {
        unchanged: Some(tag(case).expect("a tag")),
        ..Wish::default()
    })
}

/// A pledge that is a PDF.
pub fn pledge() -> Sent<'static> {
    Sent {
        kind: "pledge",
        label: "承诺书.pdf",
        bytes: PDF,
    }
}

/// Words for the firm and for officers.
pub fn words() -> Words<'static> {
    Words {
        note: "for the firm",
        internal: "for officers",
    }
}

/// A draft with everything, filed by the preparer.
pub fn drafted(town: &Town, firm: &str) -> Case {
    let mine = town.preparer(firm);
    let case = begin::begin(&mine, &key("R1")).expect("a case");
    let case = draft::save(&having(&mine, &case), &case.id, &full()).expect("saved");
    evidence::file(&mine, &case.id, &pledge()).expect("filed")
}

/// A case waiting for the approver.
pub fn prepared(town: &Town, firm: &str) -> Case {
    let case = drafted(town, firm);
    draft::prepare(&town.preparer(firm), &case.id).expect("prepared")
}

/// A submitted case.
pub fn submitted(town: &Town, firm: &str) -> Case {
    let case = prepared(town, firm);
    submit::submit(&town.firm(firm), &case.id).unwrap_or_else(|f| panic!("{firm}: {f}"))
}

/// An accepted case.
pub fn accepted(town: &Town, firm: &str) -> Case {
    let case = submitted(town, firm);
    verdicts::accept(&officer(town, &case), &case.id, words()).expect("accepted")
}

/// A verified case.
pub fn verified(town: &Town, firm: &str) -> Case {
    let case = accepted(town, firm);
    verdicts::verify(&officer(town, &case), &case.id, words()).expect("verified")
}

/// The reviewer of the case's district.
pub fn officer(town: &Town, case: &Case) -> Desk {
    town.reviewer(case.district.as_str())
}

/// A second reviewer of a district.
pub fn second(town: &Town, district: &str) -> Desk {
    town.desk.of(Actor {
        id: "reviewer.two".to_owned(),
        role: Role::DistrictReviewer,
        body: Body::District(key(district)),
    })
}

/// The case as stored.
pub fn stored(town: &Town, case: &Case) -> Case {
    let read = town.desk.store().read(|tx| store::need(tx, &case.key()));
    read.expect("the case")
}

/// Puts a case as it is, past all acts.
pub fn put(town: &Town, case: &Case) {
    let entry = Entry {
        at: town.desk.now(),
        actor: "test".to_owned(),
        act: "put case".to_owned(),
        subject: "case".to_owned(),
        before: None,
        after: None,
    };
    (town.desk.store())
        .write(|tx| {
            store::upsert_many(tx, std::slice::from_ref(case))?;
            journal::append(tx, &entry)
        })
        .expect("stored");
}

/// Rows of the journal.
pub fn rows(town: &Town) -> usize {
    let all = town.desk.store().read(|tx| journal::page(tx, 0, 100_000));
    all.expect("rows").len()
}

/// The code of a refusal.
pub fn code<T: std::fmt::Debug>(result: Result<T, Faults>) -> Code {
    result.expect_err("it is refused").0[0].code
}

/// Codes and columns of a refusal.
pub fn cells<T: std::fmt::Debug>(result: Result<T, Faults>) -> Vec<(&'static str, String)> {
    let faults = result.expect_err("it is refused").0;
    let cell =
        |f: &zhuchao::domain::fault::Fault| (f.code.0, f.place.column.clone().unwrap_or_default());
    faults.iter().map(cell).collect()
}

/// Nothing is wrong in the database.
pub fn well(town: &Town) {
    let (_, faults) = care::examine(&town.desk).expect("an examination");
    assert!(faults.is_empty(), "{}: {faults:?}", town.name);
}
