//! The words among which a column chooses, for drop-down lists; and which columns hold numbers or
//! days, and which name the noun of the row.
//!
//! Not here: what the words mean (`words`).

use crate::domain::evidence::Evidence;
use crate::domain::housing::Layout;
use crate::domain::place::{Datum, Precision};
use crate::domain::quota::{Item, QuotaMode};
use crate::domain::space::{Fitout, Hazard, Raised, SiteKind, Use};

use super::report::Kind;
use super::words::Word;

/// How a column's cells are shown in a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Text as it is.
    Text,
    /// A number with so many decimals.
    Number(u8),
    /// A day.
    Day,
    /// One of some words.
    Choice(Vec<&'static str>),
    /// The key of another noun.
    Reference(To),
}

/// What a column of keys refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum To {
    /// Districts.
    Districts,
    /// Sites of both kinds.
    Sites,
    /// Metro stations.
    Stations,
    /// Firms.
    Firms,
    /// Rounds.
    Rounds,
    /// Areas of the reference rents of policies.
    RentAreas,
    /// Grades of the rents of policies.
    RentGrades,
}

fn words<W: Word>() -> Shape {
    // Each meaning once: the word that is written.
    let mut all: Vec<&'static str> = Vec::new();
    for (_, meaning) in W::WORDS {
        let word = meaning.word();
        if !all.contains(&word) {
            all.push(word);
        }
    }
    Shape::Choice(all)
}

/// What a column refers to by key; a key of the row itself refers to nothing.
fn reference(kind: Kind, column: &str) -> Option<To> {
    match (kind, column) {
        (_, "district_code") => Some(To::Districts),
        (Kind::Units | Kind::Apartments, "site_id" | "park_site_id") => Some(To::Sites),
        (Kind::Lines, "station_id") => Some(To::Stations),
        (Kind::Applications, "firm_id") => Some(To::Firms),
        (Kind::Applications, "round_id") => Some(To::Rounds),
        (Kind::Units, "rent_area") => Some(To::RentAreas),
        (Kind::Units, "rent_grade") => Some(To::RentGrades),
        _ => None,
    }
}

/// The shape of a column of a kind.
pub fn shape(kind: Kind, column: &str) -> Shape {
    if let Some(to) = reference(kind, column) {
        return Shape::Reference(to);
    }
    match (kind, column) {
        (Kind::Sites, "kind") => words::<SiteKind>(),
        (_, "use") => words::<Use>(),
        (_, "evidence" | "rent_evidence" | "count_evidence") => words::<Evidence>(),
        (_, "raised_by") => words::<Raised>(),
        (_, "fitout") => words::<Fitout>(),
        (_, "hazard_class") => words::<Hazard>(),
        (_, "layout") => words::<Layout>(),
        (_, "datum") => words::<Datum>(),
        (_, "position_precision") => words::<Option<Precision>>(),
        (_, "item") => words::<Item>(),
        (_, "mode") => words::<QuotaMode>(),
        (
            _,
            "divisible"
            | "one_tenant_per_floor"
            | "gas"
            | "clean_water"
            | "needs_gas"
            | "needs_clean_water"
            | "wants_subsidy",
        ) => words::<bool>(),
        (_, "founded_on" | "start_from" | "start_until") => Shape::Day,
        (Kind::Apartments, "available_from") => Shape::Day,
        (_, "lon" | "lat") => Shape::Number(6),
        (_, "clear_height_m" | "clear_height_min_m") => Shape::Number(3),
        (
            _,
            "area_m2"
            | "smallest_lot_m2"
            | "area_min_m2"
            | "area_max_m2"
            | "rent_yuan_m2_month"
            | "rent_cap_yuan_m2_month"
            | "amount_yuan"
            | "revenue_yuan"
            | "rd_share_pct",
        ) => Shape::Number(2),
        (
            _,
            "seq"
            | "count"
            | "headcount"
            | "year"
            | "power_a"
            | "power_min_a"
            | "floor_load_kg_m2"
            | "floor_load_min_kg_m2"
            | "lease_term_months"
            | "rent_free_months"
            | "max_minutes"
            | "position_accuracy_m",
        ) => Shape::Number(0),
        _ => Shape::Text,
    }
}

/// The columns that name the noun of a row: they are locked in a workbook of what is stored.
pub fn keys(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Districts => &["code"],
        Kind::Stations => &["station_id"],
        Kind::Lines => &["line", "seq"],
        Kind::Clusters => &["id"],
        Kind::Sites => &["site_id"],
        Kind::Units => &["unit_id"],
        Kind::Apartments => &["apartment_type_id"],
        Kind::Firms => &["firm_id"],
        Kind::Applications => &["application_id"],
        Kind::Quotas => &["district_code", "year", "item"],
    }
}

/// The columns that tell what a stored row is about: grey in a workbook and locked, because a row
/// that is about something else is another row.
pub fn context(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Districts => &["has_outline"],
        Kind::Stations | Kind::Lines | Kind::Quotas => &[],
        Kind::Clusters => &["row_kind"],
        Kind::Sites => &["kind", "district_code"],
        Kind::Units => &["site_id", "building", "floor"],
        Kind::Apartments => &["project_id", "project_name_zh", "site_id", "park_site_id"],
        Kind::Firms => &["credit_code"],
        Kind::Applications => &["firm_id", "round_id"],
    }
}
