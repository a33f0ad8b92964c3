//! Who reads a reason. A firm sees itself, a district the firms registered in it, the bureau all;
//! everybody else appears as a count by size of firm.
//!
//! Sizes: 从业人员 300, 100 and 10, as in 《统计上大中小微型企业划分办法》(2017) for trades that it does
//! not list, to which section M belongs.
//!
//! Not here: who may ask at all (`acts`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::firm::Firm;
use crate::domain::ids::{ApplicationId, FirmId};
use crate::domain::place::DistrictCode;
use crate::domain::snapshot::Snapshot;

/// Who reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Viewer {
    /// The bureau.
    All,
    /// A district.
    District(DistrictCode),
    /// A firm.
    Firm(FirmId),
}

impl Viewer {
    /// Whether he may see a firm by name.
    pub fn sees(&self, firm: &Firm) -> bool {
        match self {
            Viewer::All => true,
            Viewer::District(district) => firm.district == *district,
            Viewer::Firm(id) => firm.id == *id,
        }
    }
}

/// Size of a firm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Size {
    /// Fewer than 10 people.
    Micro,
    /// 10 to 99.
    Small,
    /// 100 to 299.
    Medium,
    /// 300 and more.
    Large,
}

impl Size {
    /// All, the smallest first.
    pub const ALL: [Size; 4] = [Size::Micro, Size::Small, Size::Medium, Size::Large];

    /// The size of a firm.
    pub fn of(firm: &Firm) -> Size {
        match firm.headcount {
            0..10 => Size::Micro,
            10..100 => Size::Small,
            100..300 => Size::Medium,
            _ => Size::Large,
        }
    }

    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Size::Micro => "micro",
            Size::Small => "small",
            Size::Medium => "medium",
            Size::Large => "large",
        }
    }
}

/// Some firms as a viewer sees them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Crowd {
    /// How many in all.
    pub count: u64,
    /// Applications that he may see.
    pub named: Vec<ApplicationId>,
    /// The others by size of firm.
    pub others: BTreeMap<Size, u64>,
}

/// Applications as a viewer sees them, in the order given.
pub fn crowd<'a>(
    snapshot: &Snapshot,
    viewer: &Viewer,
    applications: impl Iterator<Item = &'a ApplicationId>,
) -> Crowd {
    let mut crowd = Crowd::default();
    for id in applications {
        crowd.count += 1;
        let Some(firm) = firm_of(snapshot, id) else {
            continue;
        };
        if viewer.sees(firm) {
            crowd.named.push(id.clone());
        } else {
            *crowd.others.entry(Size::of(firm)).or_default() += 1;
        }
    }
    crowd
}

/// The firm of an application. Lists of a snapshot are sorted by key.
pub fn firm_of<'s>(snapshot: &'s Snapshot, application: &ApplicationId) -> Option<&'s Firm> {
    let applications = &snapshot.applications;
    let place = applications
        .binary_search_by(|a| a.id.cmp(application))
        .ok()?;
    let firm = &applications.get(place)?.firm;
    let place = snapshot.firms.binary_search_by(|f| f.id.cmp(firm)).ok()?;
    snapshot.firms.get(place)
}
