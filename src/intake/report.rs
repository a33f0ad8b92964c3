//! The result of reading one file: the batch, or every fault of it.

use crate::domain::application::Application;
use crate::domain::fault::{Fault, Faults};
use crate::domain::firm::Firm;
use crate::domain::housing::{ApartmentType, Project};
use crate::domain::place::{Cluster, District, Line, Station};
use crate::domain::quota::Quota;
use crate::domain::space::{Building, Floor, Site, Unit};

use super::found::{Found, Remark};

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Districts (CSV: names; GeoJSON: outlines).
    Districts,
    /// Metro stations.
    Stations,
    /// Metro lines.
    Lines,
    /// Clusters and fields.
    Clusters,
    /// Sites.
    Sites,
    /// Units, with their buildings and floors.
    Units,
    /// Apartment types, with their projects.
    Apartments,
    /// Firms.
    Firms,
    /// Applications.
    Applications,
    /// Quotas.
    Quotas,
}

impl Kind {
    /// Every kind, in an order in which references are known before they are used.
    pub const ALL: [Kind; 10] = [
        Kind::Districts,
        Kind::Stations,
        Kind::Lines,
        Kind::Clusters,
        Kind::Sites,
        Kind::Units,
        Kind::Apartments,
        Kind::Firms,
        Kind::Applications,
        Kind::Quotas,
    ];

    /// The name as used on the command line and in pages.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Districts => "districts",
            Kind::Stations => "stations",
            Kind::Lines => "lines",
            Kind::Clusters => "clusters",
            Kind::Sites => "sites",
            Kind::Units => "units",
            Kind::Apartments => "apartments",
            Kind::Firms => "firms",
            Kind::Applications => "applications",
            Kind::Quotas => "quotas",
        }
    }

    /// The kind of a name.
    pub fn named(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|k| k.name() == name)
    }
}

/// File format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// CSV, UTF-8 or GB18030.
    Csv,
    /// GeoJSON, UTF-8.
    GeoJson,
}

/// Encoding that was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8 without a byte-order mark.
    Utf8,
    /// UTF-8 with a byte-order mark.
    Utf8Bom,
    /// GB18030 (holds GBK and GB2312).
    Gb18030,
}

impl Encoding {
    /// The name for people.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf8Bom => "UTF-8 with BOM",
            Encoding::Gb18030 => "GB18030",
        }
    }
}

/// The nouns of one file, in the order of the file (derived nouns by key).
#[derive(Debug, Clone, PartialEq)]
pub enum Batch {
    /// Districts. From CSV without outlines, from GeoJSON with.
    Districts(Vec<District>),
    /// Metro stations.
    Stations(Vec<Station>),
    /// Metro lines.
    Lines(Vec<Line>),
    /// Clusters and fields.
    Clusters(Vec<Cluster>),
    /// Sites.
    Sites(Vec<Site>),
    /// Units and what follows from their rows.
    Units {
        /// Buildings by key.
        buildings: Vec<Building>,
        /// Floors by key.
        floors: Vec<Floor>,
        /// Units.
        units: Vec<Unit>,
    },
    /// Apartment types and what follows from their rows.
    Apartments {
        /// Projects by key.
        projects: Vec<Project>,
        /// Apartment types.
        types: Vec<ApartmentType>,
    },
    /// Firms.
    Firms(Vec<Firm>),
    /// Applications.
    Applications(Vec<Application>),
    /// Quotas.
    Quotas(Vec<Quota>),
}

impl Batch {
    /// An empty batch of a kind.
    pub fn empty(kind: Kind) -> Batch {
        match kind {
            Kind::Districts => Batch::Districts(Vec::new()),
            Kind::Stations => Batch::Stations(Vec::new()),
            Kind::Lines => Batch::Lines(Vec::new()),
            Kind::Clusters => Batch::Clusters(Vec::new()),
            Kind::Sites => Batch::Sites(Vec::new()),
            Kind::Units => Batch::Units {
                buildings: Vec::new(),
                floors: Vec::new(),
                units: Vec::new(),
            },
            Kind::Apartments => Batch::Apartments {
                projects: Vec::new(),
                types: Vec::new(),
            },
            Kind::Firms => Batch::Firms(Vec::new()),
            Kind::Applications => Batch::Applications(Vec::new()),
            Kind::Quotas => Batch::Quotas(Vec::new()),
        }
    }

    /// The kind of the batch.
    pub fn kind(&self) -> Kind {
        match self {
            Batch::Districts(_) => Kind::Districts,
            Batch::Stations(_) => Kind::Stations,
            Batch::Lines(_) => Kind::Lines,
            Batch::Clusters(_) => Kind::Clusters,
            Batch::Sites(_) => Kind::Sites,
            Batch::Units { .. } => Kind::Units,
            Batch::Apartments { .. } => Kind::Apartments,
            Batch::Firms(_) => Kind::Firms,
            Batch::Applications(_) => Kind::Applications,
            Batch::Quotas(_) => Kind::Quotas,
        }
    }
}

/// What a format reader hands over.
pub(super) struct Taken {
    pub(super) batch: Batch,
    pub(super) rows: u64,
    pub(super) encoding: Option<Encoding>,
}

impl Taken {
    /// Nothing could be read.
    pub(super) fn nothing(kind: Kind) -> Taken {
        Taken {
            batch: Batch::empty(kind),
            rows: 0,
            encoding: None,
        }
    }
}

/// The report on one file.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    batch: Batch,
    /// Faults by row, as many as the limit lists.
    pub faults: Vec<Fault>,
    /// So many more faults.
    pub more_faults: u64,
    /// Remarks by row: a person should look; they do not keep the file out.
    pub remarks: Vec<Remark>,
    /// So many more remarks.
    pub more_remarks: u64,
    /// Rows read, without the header and without empty rows.
    pub rows: u64,
    /// Encoding recognised; `None` when the file was given up before.
    pub encoding: Option<Encoding>,
}

impl Report {
    pub(super) fn of(taken: Taken, found: Found) -> Report {
        let mut faults = found.faults;
        faults.sort_by_key(|f| f.place.row);
        let mut remarks = found.remarks;
        remarks.sort_by_key(|r| r.0.place.row);
        Report {
            batch: taken.batch,
            faults,
            more_faults: found.more_faults,
            remarks,
            more_remarks: found.more_remarks,
            rows: taken.rows,
            encoding: taken.encoding,
        }
    }

    /// The batch, unless there is any fault: a file is taken whole or not at all.
    pub fn batch(&self) -> Option<&Batch> {
        self.faults.is_empty().then_some(&self.batch)
    }

    /// The batch, or the faults listed.
    pub fn into_batch(self) -> Result<Batch, Faults> {
        Faults(self.faults).or(self.batch)
    }
}
