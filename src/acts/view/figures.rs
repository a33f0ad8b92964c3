//! Header figures and the table of districts: sums over rows that are shown elsewhere.
//!
//! Not here: the laws of quotas (`policy::settle`, `planning::check`).

use crate::domain::area::Area;
use crate::domain::money::Fen;
use crate::domain::place::{District, DistrictCode};
use crate::domain::quota::Item;
use crate::domain::snapshot::Snapshot;

use super::board::{DistrictRow, Figures, Outcome, Placement, ReasonKind, Row};
use super::index::Index;
use super::inventory::SiteRow;

fn fen(all: impl Iterator<Item = Fen>) -> Fen {
    Fen(all.fold(0, |sum, f| sum.saturating_add(f.0)))
}

fn area(all: impl Iterator<Item = Area>) -> Area {
    Area(all.fold(0, |sum, a| sum.saturating_add(a.0)))
}

fn placements(rows: &[Row]) -> impl Iterator<Item = &Placement> {
    rows.iter().filter_map(|row| match &row.outcome {
        Outcome::Placed(placement) => Some(placement.as_ref()),
        Outcome::Waiting(_) => None,
    })
}

/// Header figures.
pub(super) fn figures(rows: &[Row], sites: &[SiteRow], districts: &[DistrictRow]) -> Figures {
    let waiting = |kind: ReasonKind| {
        let hits = rows
            .iter()
            .filter(|r| matches!(&r.outcome, Outcome::Waiting(w) if w.kind == kind));
        hits.count()
    };
    let apartments: Vec<(u64, u64)> = sites.iter().map(SiteRow::apartments_let).collect();
    Figures {
        applications: rows.len(),
        placed: placements(rows).count(),
        not_eligible: waiting(ReasonKind::NotEligible),
        nothing_fits: waiting(ReasonKind::NothingFits),
        priced_out: waiting(ReasonKind::PricedOut),
        area_let: area(placements(rows).map(|p| p.area)),
        area_offered: area(sites.iter().map(|s| s.area)),
        monthly_rent: fen(placements(rows).map(|p| p.monthly_rent)),
        subsidy: fen(districts.iter().map(|d| d.awarded)),
        quota: fen(districts.iter().filter_map(|d| d.quota)),
        apartments_let: apartments.iter().map(|(held, _)| held).sum(),
        apartments_offered: apartments.iter().map(|(_, all)| all).sum(),
        households: (rows.iter().flat_map(|r| &r.ask.households))
            .map(|(_, count)| u64::from(*count))
            .sum(),
    }
}

/// Every district of the snapshot, by code.
pub(super) fn districts(snapshot: &Snapshot, rows: &[Row], index: &Index<'_>) -> Vec<DistrictRow> {
    let mut all: Vec<DistrictRow> = (snapshot.ground.districts.iter())
        .map(|d| district(d, snapshot, rows, index))
        .collect();
    all.sort_by(|a, b| a.code.cmp(&b.code));
    all
}

fn district(found: &District, snapshot: &Snapshot, rows: &[Row], index: &Index<'_>) -> DistrictRow {
    let code = &found.code;
    let year = snapshot.round.subsidy_year;
    let quota = (snapshot.quotas.iter())
        .find(|q| q.district == *code && q.year == year && q.item == Item::RentSubsidy);
    let here = || placements(rows).filter(|p| p.district.as_ref() == Some(code));
    let paid = || {
        let all = placements(rows).filter_map(|p| p.subsidy.as_ref());
        all.filter(|s| s.district == *code && s.year == year)
    };
    DistrictRow {
        code: code.clone(),
        name: index.district(code),
        placed: here().count(),
        area_let: area(here().map(|p| p.area)),
        area_offered: offered(code, snapshot, index),
        quota: quota.map(|q| q.amount),
        mode: quota.map(|q| q.mode),
        quota_marked: quota.is_some_and(|q| q.provenance.evidence.is_marked()),
        computed: fen(paid().map(|s| s.computed)),
        awarded: fen(paid().map(|s| s.awarded)),
    }
}

fn offered(code: &DistrictCode, snapshot: &Snapshot, index: &Index<'_>) -> Area {
    let here = |unit: &&crate::domain::space::Unit| {
        index
            .site_of(unit)
            .is_some_and(|site| site.district == *code)
    };
    area(snapshot.inventory.units.iter().filter(here).map(|u| u.area))
}
