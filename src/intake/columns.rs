//! The columns of every kind of table, and the header of one file matched against them.
//! A column is required when its cells may not be empty; any other column may be absent.
//! (In a GeoJSON file of districts only `code` is required: names come with the table.)

use crate::domain::fault::{Fault, Place};

use super::cell::shown;
use super::codes;
use super::found::Found;
use super::report::Kind;

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Name in the header, or of the property in GeoJSON.
    pub name: &'static str,
    /// Whether it must be there and filled.
    pub required: bool,
}

const fn must(name: &'static str) -> Column {
    Column {
        name,
        required: true,
    }
}

const fn may(name: &'static str) -> Column {
    Column {
        name,
        required: false,
    }
}

const DISTRICTS: &[Column] = &[
    must("code"),
    must("name_zh"),
    may("name_en"),
    may("kind"),
    may("has_outline"),
    may("note"),
];
const STATIONS: &[Column] = &[
    must("station_id"),
    must("name_zh"),
    must("lon"),
    must("lat"),
    may("district_code"),
    may("position_accuracy_m"),
    may("near_other_district_code"),
    may("position_source"),
    may("datum"),
];
const LINES: &[Column] = &[must("line"), must("seq"), must("station_id")];
const CLUSTERS: &[Column] = &[
    must("row_kind"),
    must("id"),
    must("name_zh"),
    may("name_en"),
    may("district_code"),
    may("zone_code"),
    may("field_keywords"),
    may("suggested_fields"),
    may("anchor_station"),
    may("lon"),
    may("lat"),
    may("position_precision"),
    may("position_accuracy_m"),
    may("anchor_basis"),
    must("evidence"),
    may("source"),
    may("note"),
];
const SITES: &[Column] = &[
    must("site_id"),
    must("kind"),
    must("name_zh"),
    may("name_en"),
    must("district_code"),
    may("address"),
    may("lon"),
    may("lat"),
    may("datum"),
    may("position_precision"),
    may("position_accuracy_m"),
    must("evidence"),
    may("source"),
    may("note"),
    may("assumed"),
];
const UNITS: &[Column] = &[
    must("unit_id"),
    must("site_id"),
    must("building"),
    must("floor"),
    may("room"),
    must("use"),
    must("area_m2"),
    may("divisible"),
    may("smallest_lot_m2"),
    may("group_id"),
    may("one_tenant_per_floor"),
    may("raised_by"),
    may("fitout"),
    may("rent_yuan_m2_month"),
    may("rent_evidence"),
    may("rent_area"),
    may("rent_grade"),
    may("floor_load_kg_m2"),
    may("clear_height_m"),
    may("power_a"),
    may("gas"),
    may("clean_water"),
    may("hazard_class"),
    may("lease_term_months"),
    may("rent_free_months"),
    may("available_from"),
    may("available_until"),
    must("evidence"),
    may("source"),
    may("note"),
    may("assumed"),
];
const APARTMENTS: &[Column] = &[
    must("project_id"),
    must("project_name_zh"),
    must("site_id"),
    may("park_site_id"),
    must("apartment_type_id"),
    must("layout"),
    may("area_m2"),
    must("count"),
    may("rent_yuan_m2_month"),
    must("available_from"),
    must("evidence"),
    must("count_evidence"),
    may("source"),
    may("note"),
    may("assumed"),
];
const FIRMS: &[Column] = &[
    must("firm_id"),
    must("credit_code"),
    must("name_zh"),
    may("name_en"),
    must("industry_code"),
    must("district_code"),
    must("headcount"),
    may("revenue_yuan"),
    may("rd_share_pct"),
    may("founded_on"),
    may("credentials"),
    may("fields"),
    must("evidence"),
    may("source"),
    may("note"),
];
const APPLICATIONS: &[Column] = &[
    must("application_id"),
    must("firm_id"),
    must("round_id"),
    must("use"),
    must("area_min_m2"),
    must("area_max_m2"),
    must("start_from"),
    must("start_until"),
    may("rent_cap_yuan_m2_month"),
    may("floor_load_min_kg_m2"),
    may("clear_height_min_m"),
    may("power_min_a"),
    may("needs_gas"),
    may("needs_clean_water"),
    may("hazard_class"),
    may("site_wishes"),
    may("districts"),
    may("anchors"),
    may("max_minutes"),
    may("households"),
    may("wants_subsidy"),
    must("evidence"),
    may("source"),
    may("note"),
];
const QUOTAS: &[Column] = &[
    must("district_code"),
    must("year"),
    must("item"),
    must("amount_yuan"),
    must("mode"),
    must("evidence"),
    may("source"),
    may("note"),
];

/// The columns of a kind, in the order in which they are written.
pub fn of(kind: Kind) -> &'static [Column] {
    match kind {
        Kind::Districts => DISTRICTS,
        Kind::Stations => STATIONS,
        Kind::Lines => LINES,
        Kind::Clusters => CLUSTERS,
        Kind::Sites => SITES,
        Kind::Units => UNITS,
        Kind::Apartments => APARTMENTS,
        Kind::Firms => FIRMS,
        Kind::Applications => APPLICATIONS,
        Kind::Quotas => QUOTAS,
    }
}

/// Where each column of a kind stands in one file; `None` when it is absent.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) columns: &'static [Column],
    pub(super) at: Vec<Option<usize>>,
    pub(super) width: usize,
}

impl Header {
    /// Matches the header of a file at `line`, with every fault of it.
    pub(super) fn matched(kind: Kind, names: &[String], line: u64, found: &mut Found) -> Header {
        let columns = of(kind);
        let mut at = vec![None; columns.len()];
        for (n, raw) in names.iter().enumerate() {
            let name = raw.trim();
            let Some(known) = columns.iter().position(|c| c.name == name) else {
                found.fault(unknown(columns, name, n).at(Place::cell(line, &shown(name))));
                continue;
            };
            if let Some(first) = at.get(known).copied().flatten() {
                found.fault(twice(name, first, n).at(Place::cell(line, name)));
            } else if let Some(slot) = at.get_mut(known) {
                *slot = Some(n);
            }
        }
        let header = Header {
            columns,
            at,
            width: names.len(),
        };
        header.report_missing(line, found);
        header
    }

    fn report_missing(&self, line: u64, found: &mut Found) {
        for (column, at) in self.columns.iter().zip(&self.at) {
            if column.required && at.is_none() {
                let cause = format!("the required column {} is missing", column.name);
                let fault = Fault::new(codes::MISSING_COLUMN, cause, "add the column");
                found.fault(fault.at(Place::cell(line, column.name)));
            }
        }
    }
}

fn twice(name: &str, first: usize, second: usize) -> Fault {
    Fault::new(
        codes::DUPLICATE_COLUMN,
        format!(
            "the header names {name} twice, as columns {} and {}",
            first + 1,
            second + 1
        ),
        "keep one of them",
    )
}

/// The fault of a name that is not a column, with the nearest one that is.
pub(super) fn unknown(columns: &[Column], name: &str, index: usize) -> Fault {
    let cause = match name {
        "" => format!("column {} has no name", index + 1),
        _ => format!("{:?} is not a column of this table", shown(name)),
    };
    let action = match nearest(columns.iter().map(|c| c.name), name) {
        Some(near) => format!("did you mean {near}? Otherwise remove the column"),
        None => "remove the column".to_owned(),
    };
    Fault::new(codes::UNKNOWN_COLUMN, cause, action)
}

/// The word nearest to `name` by edit distance, if it is near enough to be meant.
pub(super) fn nearest<'a>(words: impl Iterator<Item = &'a str>, name: &str) -> Option<&'a str> {
    if name.is_empty() || name.len() > 64 {
        return None;
    }
    let lower = name.to_lowercase();
    words
        .map(|w| (distance(w, &lower), w))
        .filter(|(d, w)| *d * 2 <= w.len().max(3))
        .min_by_key(|(d, _)| *d)
        .map(|(_, w)| w)
}

/// Levenshtein distance in characters (dynamic programming over one row).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cb, above) in b.iter().zip(row.iter_mut().skip(1)) {
            let best = (diagonal + usize::from(ca != *cb))
                .min(*above + 1)
                .min(left + 1);
            diagonal = *above;
            *above = best;
            left = best;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}
