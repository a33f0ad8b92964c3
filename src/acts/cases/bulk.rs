//! A file of paper forms: every row becomes a submitted case of the district, all or nothing, with every fault
//! and its cell. A dry run does the same and takes everything back.
//!
//! Scans of the forms are filed afterwards; the evidence is asked for when a case is verified.
//!
//! Not here: reading the file (`intake`), single forms (`begin`).

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{begin, flags, rules, sign, typed};
use crate::acts::act::{Done, Owner};
use crate::acts::powers::cases::ENTER_BULK;
use crate::acts::reference::Reference;
use crate::acts::{Desk, import, refuse, rounds};
use crate::domain::application::Application;
use crate::domain::case::{Case, CaseStage};
use crate::domain::case_proof;
use crate::domain::fault::Faults;
use crate::domain::firm::Firm;
use crate::domain::ids::{
    ApplicationId, BuildingId, ClusterId, FirmId, GroupId, RoundId, SiteId, StationId, UnitId,
};
use crate::domain::place::DistrictCode;
use crate::domain::procedure::Procedure;
use crate::domain::space::SiteKind;
use crate::intake::outside::Known;
use crate::intake::{self, Batch, Format, Kind, Limits};
use crate::store::{self, Reading, StoreError, Writing, case_files};

/// Most bytes of a file.
pub const BULK_MAX: usize = 10 * 1024 * 1024;
/// Most rows of a file.
const ROWS_MAX: u64 = 5_000;

/// What was entered, or would be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entered {
    /// Keys of the cases, in the order of the file.
    pub cases: Vec<ApplicationId>,
    /// Nothing was written.
    pub dry_run: bool,
}

/// Enters a CSV file of applications that were received on a day.
///
/// # Errors
/// The faults of intake with row and column; a firm of another district is unknown, a round that takes no
/// paper too, and a key may not exist already. AC241 when the day is not in the window of a round.
pub fn enter(
    desk: &Desk,
    bytes: &[u8],
    received_on: NaiveDate,
    dry_run: bool,
) -> Result<Entered, Faults> {
    desk.may(&ENTER_BULK)?;
    let Some(district) = desk.person().district() else {
        return Err(refuse::not_yours(ENTER_BULK.act).into());
    };
    let applications = desk.store().read(|tx| read(tx, district, bytes))?;
    if dry_run {
        return tried(desk, &applications, received_on);
    }
    let file = case_files::digest(bytes);
    let asked = json!({ "file": file, "received_on": received_on, "rows": applications.len() });
    desk.act(&ENTER_BULK, &asked, |tx| {
        let cases = written(desk, tx, &applications, received_on)?;
        let entered = Entered {
            cases: cases.iter().map(|c| c.id.clone()).collect(),
            dry_run,
        };
        let done = Done::new(entered, "cases", Owner::district(district));
        Ok(done.after(&cases)?)
    })
}

/// Ends a transaction that must leave nothing behind.
enum Undone {
    Counted(Vec<ApplicationId>),
    Failed(Faults),
}

impl From<StoreError> for Undone {
    fn from(error: StoreError) -> Undone {
        Undone::Failed(error.into())
    }
}

fn tried(desk: &Desk, all: &[Application], received_on: NaiveDate) -> Result<Entered, Faults> {
    let undone = desk.store().write(|tx| -> Result<(), Undone> {
        let cases = written(desk, tx, all, received_on).map_err(Undone::Failed)?;
        Err(Undone::Counted(cases.into_iter().map(|c| c.id).collect()))
    });
    match undone {
        Err(Undone::Counted(cases)) => Ok(Entered {
            cases,
            dry_run: true,
        }),
        Err(Undone::Failed(faults)) => Err(faults),
        Ok(()) => Ok(Entered {
            cases: Vec::new(),
            dry_run: true,
        }),
    }
}

fn written(
    desk: &Desk,
    tx: &mut Writing<'_>,
    applications: &[Application],
    received_on: NaiveDate,
) -> Result<Vec<Case>, Faults> {
    let rounds: BTreeSet<&RoundId> = applications.iter().map(|a| &a.round).collect();
    for round in rounds {
        begin::received(desk, &rounds::procedure(tx, round)?, received_on)?;
    }
    let mut cases = Vec::with_capacity(applications.len());
    for application in applications {
        let firm = rules::firm(tx, &application.firm)?;
        desk.own(&ENTER_BULK, &Owner::of(&firm.id, &firm.district))?;
        fresh(tx, &application.id)?;
        cases.push(case(desk, &firm, application, received_on));
    }
    store::upsert_many(tx, applications)?;
    store::upsert_many(tx, &cases)?;
    for case in &mut cases {
        flags::refresh(tx, case)?;
    }
    store::upsert_many(tx, &cases)?;
    for case in &cases {
        flags::tell_others(desk, tx, &ENTER_BULK, case)?;
    }
    Ok(cases)
}

/// AC015 when somebody used the key after the file was read.
fn fresh(tx: &mut Reading<'_>, id: &ApplicationId) -> Result<(), Faults> {
    let case: Option<Case> = store::get(tx, id.as_str())?;
    let application: Option<Application> = store::get(tx, id.as_str())?;
    match (case, application) {
        (None, None) => Ok(()),
        _ => Err(refuse::changed(super::subject(id)).into()),
    }
}

fn case(desk: &Desk, firm: &Firm, application: &Application, received_on: NaiveDate) -> Case {
    let mut case = Case {
        stage: CaseStage::Submitted,
        draft: case_proof::draft_of(application),
        prepared: Some(sign(desk, "")),
        submitted: Some(sign(desk, "")),
        by_officer: true,
        received_on: Some(received_on),
        ..begin::fresh(desk, firm, &application.round, application.id.clone())
    };
    typed(desk, &mut case);
    case
}

fn read(
    tx: &mut Reading<'_>,
    district: &DistrictCode,
    bytes: &[u8],
) -> Result<Vec<Application>, Faults> {
    let shelf = Shelf::of(tx, district)?;
    let limits = Limits {
        file_bytes: BULK_MAX as u64,
        rows: ROWS_MAX,
        ..Limits::default()
    };
    let (kind, mut source) = (Kind::Applications, bytes);
    let report = intake::read(
        kind,
        &mut source,
        Format::Csv,
        None,
        &shelf.base,
        &shelf,
        &limits,
    );
    match report.into_batch()? {
        Batch::Applications(all) => Ok(all),
        _ => Ok(Vec::new()),
    }
}

/// What rows of a district's file may name.
struct Shelf {
    base: Reference,
    firms: BTreeSet<FirmId>,
    rounds: BTreeSet<RoundId>,
    taken: BTreeSet<ApplicationId>,
}

impl Shelf {
    fn of(tx: &mut Reading<'_>, district: &DistrictCode) -> Result<Shelf, Faults> {
        let firms: Vec<Firm> = store::having(tx, "district_id", district.as_str())?;
        let guided: Vec<Procedure> = store::having(tx, "step", "guided")?;
        let cases: Vec<Case> = store::all(tx)?;
        let applications: Vec<Application> = store::all(tx)?;
        let cases = cases.into_iter().map(|c| c.id);
        Ok(Shelf {
            base: import::reference(tx)?,
            firms: firms.into_iter().map(|f| f.id).collect(),
            rounds: guided.into_iter().map(|p| p.round).collect(),
            taken: cases
                .chain(applications.into_iter().map(|a| a.id))
                .collect(),
        })
    }
}

impl Known for Shelf {
    fn site_kind(&self, site: &SiteId) -> Option<SiteKind> {
        self.base.site_kind(site)
    }

    fn has_firm(&self, firm: &FirmId) -> bool {
        self.firms.contains(firm)
    }

    fn has_round(&self, round: &RoundId) -> bool {
        self.rounds.contains(round)
    }

    fn has_station(&self, station: &StationId) -> bool {
        self.base.has_station(station)
    }

    fn has_cluster(&self, cluster: &ClusterId) -> bool {
        self.base.has_cluster(cluster)
    }

    fn group_members(&self, group: &GroupId) -> Vec<(UnitId, BuildingId)> {
        self.base.group_members(group)
    }

    fn is_taken(&self, application: &ApplicationId) -> bool {
        self.taken.contains(application)
    }
}
